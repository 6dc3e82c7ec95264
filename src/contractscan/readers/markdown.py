"""Markdown as a reader of the rendered page sees it: marks out, numbers of lists in, tables as `header: cell` pairs."""

from __future__ import annotations

import re
from typing import Any

from contractscan.text import is_cjk

_FRONT_MATTER_RE = re.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t-].*\n){0,50}---\n")
_TAG_RE = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]{0,500}>", re.S)
_BREAK_TAG_RE = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.I)


# Private marks around struck text while lines are put together.
_STRUCK, _UNSTRUCK = "\ue100", "\ue101"


def strip_markdown(source: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a Markdown source, and the spans of it that are struck through.

    Ordered items carry their numbers; one inside another has both (1.2), as contracts cite them.
    """
    marked = _text(source.replace(_STRUCK, "").replace(_UNSTRUCK, ""))
    if _STRUCK not in marked:
        return marked, []
    pieces: list[str] = []
    struck: list[tuple[int, int]] = []
    length = start = 0
    for piece in re.split(f"([{_STRUCK}{_UNSTRUCK}])", marked):
        if piece == _STRUCK:
            start = length
        elif piece == _UNSTRUCK:
            struck.append((start, length))
        else:
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), [span for span in struck if span[1] > span[0]]


def _text(text: str) -> str:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(_FRONT_MATTER_RE.sub("", text))
    lines: list[str] = []
    lists: list[list[Any]] = []  # per open list: its next number (None for bullets), and the number now open
    prefix = ""
    row: list[str] | None = None
    headers: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "ordered_list_open":
            lists.append([int(token.attrGet("start") or 1), ""])
        elif kind == "bullet_list_open":
            lists.append([None, ""])
        elif kind in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
            lines.append("")
        elif kind == "list_item_open":
            prefix = _item_prefix(lists, token.markup)
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            lines.append(_row(headers, row))
            headers = headers or row
            row = None
        elif kind == "table_open":
            headers = []
        elif kind == "inline":
            content = _inline(token)
            if row is not None:
                row.append(content.replace("\n", " "))
            else:
                lines.append(prefix + content)
                prefix = ""
        elif kind in ("fence", "code_block"):
            lines += (token.content.rstrip("\n"), "")
        elif kind == "html_block":
            lines += (_without_tags(token.content).strip(), "")
        elif kind in ("paragraph_close", "heading_close", "table_close") and not (
            kind == "paragraph_close" and token.hidden
        ):
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _item_prefix(lists: list[list[Any]], markup: str) -> str:
    number = lists[-1][0]
    if number is None:
        return "• "
    lists[-1][0] += 1
    outer = lists[-2][1] if len(lists) > 1 and lists[-2][0] is not None else ""
    lists[-1][1] = f"{outer}.{number}" if outer else str(number)
    return f"{lists[-1][1]} " if outer else f"{number}{markup} "


def _inline(token: Any) -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type == "html_inline":
            pieces.append(_without_tags(child.content))
        elif child.type in ("s_open", "s_close"):
            pieces.append(_STRUCK if child.type == "s_open" else _UNSTRUCK)
        elif child.type == "image" or child.content:
            pieces.append(child.content)
    return "".join(pieces)


def _without_tags(html: str) -> str:
    return _TAG_RE.sub("", _BREAK_TAG_RE.sub("\n", html))


def _row(headers: list[str], row: list[str]) -> str:
    if not headers or not any(headers):
        return "\t".join(row)
    pairs, colon = ("；", "：") if any(is_cjk(character) for character in "".join(headers + row)) else ("; ", ": ")
    cells = ((name, cell) for name, cell in zip(headers, row, strict=False) if cell)
    return pairs.join(f"{name}{colon}{cell}" if name else cell for name, cell in cells)
