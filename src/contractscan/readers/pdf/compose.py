"""Rows in reading order → paragraphs, the document's text, its blocks and what is muted in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from pydantic import TypeAdapter

from contractscan.model import Block, Muted
from contractscan.readers.pdf.layout import Row
from contractscan.readers.pdf.page import Line

_NUMBERED_RE = re.compile(
    r"""\s*(?:
      第\s?[一二三四五六七八九十百零〇○\d]{1,5}\s?[条條章节節款项項编編部]
    | [一二三四五六七八九十]{1,3}\s?[、.．:：]
    | [（(]\s?[一二三四五六七八九十\d]{1,3}\s?[)）]
    | [\u2460-\u249b\u3220-\u3229\u2776-\u2793]
    | \d{1,2}(?:[.．]\d{1,2}){1,4}(?![\d%％万萬亿元年月日]|[.．]\d)
    | \d{1,2}\s?[.．、)）](?!\d)
    | [（(]?[a-zA-Z][)）](?=\s|[\u4e00-\u9fff])
    | [A-Z][.．、]\s?(?=[A-Z\u4e00-\u9fff])
    | [(]?[ivxIVX]{1,5}[).](?=\s)
    | (?:article|section|clause|schedule|exhibit|annex|appendix|part)\s+(?:\d|[IVX]+\b|[A-Z]\b)
    | (?:附件|附录|附錄|附表)\s?
      (?:[一二三四五六七八九十\d]{0,3}\s?[:：]|[一二三四五六七八九十\d]{1,3}(?:\s|[^\W\d_]{2,10}$))
    | 鉴于|鑒於|WHEREAS
    | [•●▪■◆◇※★*□☐☑☒☑√✓✔➢►▶·](?!\s?[.·…])
    | [-–—]\s
    )""",
    re.X | re.I,
)
# A number that a sentence goes on from: 依据本合同 / 第八条的约定; under / Section 5.2 of this Agreement.
_CROSS_REFERENCE_RE = re.compile(
    r"""\s*(?:
      第[一二三四五六七八九十百零〇○\d]{1,5}[条條章节節款项項][之的所规規约約中至到和或及与與、，,；;）)第项項款]
    | (?:article|section|clause|schedule|exhibit|annex|appendix|part)\s+[\dIVXA-Z][\w.()]*
      (?:\s+(?:of|and|or|to|hereof|above|below|shall|is|are|through|hereto|herein)\b|\s*[,;)]|\s+[a-z])
    | (?:section|clause|article|part|schedule|exhibit)\s
    )""",
    re.X,
)
_STRONG_RE = re.compile(r"\s*第[一二三四五六七八九十百零〇○\d]{1,5}[条條章节節](?:[\s:：、]|.{1,18}$)")
_TERMINAL_RE = re.compile(r"""[。；;:：！!？?.…][\s"'”’」』)）】]*$""")
_NEVER_OPEN = frozenset("，。、；：！？）》」』】”’,.;:!?)")
_WIDE_RE = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_EITHER = "“”‘’…—"  # set wide in Chinese and narrow in English
_IDEOGRAPH_RE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BLANK_ENDS = "自至年月＿_"
_BLANK_TAIL_RE = re.compile(r"(?:自|至|年|月|[＿_]{2,})\s*$")
_BLANK_HEAD_RE = re.compile(r"\s*(?:[＿_\s]*[年月日]|[＿_]{2,})")
_GOES_ON_RE = re.compile(r"[a-z]{2,}[\s,]")
_UNFINISHED_RE = re.compile(
    r"(?:[\s(](?:the|of|and|or|to|a|an|by|in|on|for|with|from|any|such|this|that|its|their|shall|may|under|upon|as)|,)$"
)
_FIELD_RE = re.compile("[\u4e00-\u9fff]{2,8}[:：]\\s?\\S")
_LEADER_RE = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|(?:[.．·]\s){4,}|_{4,}|－{4,})\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*$")
_TOC_TITLE_RE = re.compile(r"\s*(?:目\s*[录錄次]|(?:table\s+of\s+)?contents)\s*$", re.I)
_TOC_ENTRY_RE = re.compile(r".{0,200}?[^\s\d.…·].{0,200}?(?:\s|[.…·]{2,}\s*)[-–—]?(\d{1,3})[-–—]?\s*$")
_FIRST_WORD_RE = re.compile(r"[\x21-\x7e\u00c0-\u024f]{1,40}")
_WORD_RE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")

_BLOCKS, _MUTED = TypeAdapter(tuple[Block, ...]), TypeAdapter(tuple[Muted, ...])
_SLACK = 2.2  # ems that a full line of Chinese may leave at its right: punctuation that may not open the next one


@dataclass(slots=True)
class Composed:
    """A finished text with what points into it."""

    text: str
    blocks: tuple[Block, ...]
    muted: tuple[Muted, ...]


def mark_contents(rows: Sequence[Row]) -> None:
    """Set kind `toc` on tables of contents: entries with leaders, and entries below a title of contents."""
    leaders = [_has_leader(row.text) for row in rows]
    number = 0
    while number < len(rows):
        near = leaders[max(0, number - 2) : number] + leaders[number + 1 : number + 3]
        end = number + 1
        if _TOC_TITLE_RE.match(rows[number].text):
            end = _end_of_contents(rows, number + 1)
        elif not (leaders[number] and any(near)):
            number += 1
            continue
        if end > number + 1 or leaders[number]:
            for row in rows[number:end]:
                for part in row.parts:
                    if part.kind == "text":
                        part.kind = "toc"
        number = end


def _has_leader(text: str) -> bool:
    return text[-2:].strip(" -–—").isdigit() and _LEADER_RE.search(text) is not None


def _end_of_contents(rows: Sequence[Row], start: int) -> int:
    """The row after the last entry below a title at `start - 1`; `start` when these are no entries.

    Entries end in page numbers that never fall; up to two rows without one may stand between them (a heading, an
    entry of two lines).
    """
    end, entries, last_page, missed = start, 0, 0, 0
    for number in range(start, min(len(rows), start + 400)):
        found = _TOC_ENTRY_RE.match(rows[number].text)
        if found and last_page <= int(found[1]) <= last_page + 200:
            entries, last_page, missed, end = entries + 1, int(found[1]), 0, number + 1
        else:
            missed += 1
            if missed > 2:
                break
    return end if entries >= 3 else start


def compose(rows: Sequence[Row], furniture: Iterable[Line]) -> Composed:
    """Join rows into paragraphs, one a line of the text; furniture goes after the paragraph that its page ends in.

    So a sentence that crosses pages stays whole, and nothing of the file is lost.
    """
    words = _vocabulary(rows)
    builder = _Builder()
    waiting = sorted(furniture, key=lambda line: (line.page, line.top, line.x0))
    fonts = [row.size for row in rows]
    usual = median(fonts) if fonts else 0.0
    last: Row | None = None
    opening: Row | None = None
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else None
        if last is None or not _continues(last, row, after, is_first=last is opening):
            builder.end_paragraph()
            while waiting and waiting[0].page < row.page:
                builder.add_aside(waiting.pop(0))
            opening = row
        builder.add_row(row, words, usual)
        last = row
    builder.end_paragraph()
    for line in waiting:
        builder.add_aside(line)
    blocks, muted = _BLOCKS.validate_python(builder.blocks), _MUTED.validate_python(builder.muted)
    return Composed("".join(builder.pieces), blocks, muted)


class _Builder:
    """Grows the text piece by piece, so that every block knows its place."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.paragraph = -1
        self.open = False
        self.blocks: list[dict[str, Any]] = []
        self.muted: list[dict[str, Any]] = []

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def end_paragraph(self) -> None:
        if self.open:
            self.put("\n")
        self.open = False

    def start_paragraph(self) -> None:
        self.paragraph += 1
        self.open = True

    def add_row(self, row: Row, words: frozenset[str], usual: float) -> None:
        for number, part in enumerate(row.parts):
            if part.kind == "table":
                self.add_table(part)
                continue
            if not self.open:
                self.start_paragraph()
            elif number:
                self.put(" " if part.x0 - row.parts[number - 1].x1 < 3 * part.size else "  ")
            else:
                between, breaks_word = joint(self.pieces[-1], part.text, words)
                if breaks_word:
                    self.take_back()
                self.put(between)
            large = row.size > 1.15 * usual and len(row.text) <= 40
            self.add(part, part.text, kind="heading" if large else "text")

    def take_back(self) -> None:
        self.pieces[-1] = self.pieces[-1][:-1]
        self.length -= 1
        self.blocks[-1]["end"] -= 1

    def add(self, line: Line, text: str, *, kind: Literal["text", "heading", "table", "note", "furniture"]) -> None:
        start = self.length
        self.put(text)
        self.blocks.append(_block(start, self.length, line, self.paragraph, kind))
        for first, last in line.struck:
            self.mute(start + first, start + min(last, len(text)), "deleted")
        if line.kind == "toc":
            self.mute(start, self.length, "toc")

    def mute(self, start: int, end: int, reason: str) -> None:
        self.muted.append({"start": start, "end": end, "reason": reason})

    def add_table(self, line: Line) -> None:
        self.end_paragraph()
        for text, box in line.rows:
            self.start_paragraph()
            start = self.length
            self.put(text)
            row = Line("", line.page, *box, line.size, source=line.source, confidence=line.confidence)
            self.blocks.append(_block(start, self.length, row, self.paragraph, "table"))
            self.end_paragraph()

    def add_aside(self, line: Line) -> None:
        if not line.text:
            return
        self.start_paragraph()
        start = self.length
        self.add(line, line.text, kind="furniture")
        reason: Literal["furniture", "watermark", "hidden"] = (
            line.kind if line.kind in ("watermark", "hidden") else "furniture"
        )
        self.mute(start, self.length, reason)
        self.end_paragraph()


def joint(last: str, text: str, words: frozenset[str] = frozenset()) -> tuple[str, bool]:
    """What belongs between the line `last` and the next one, and whether the hyphen that ends `last` must go."""
    if not last or not text:
        return "", False
    if last[-1] == "-" and len(last) > 1 and last[-2].isalpha() and text[0].isalpha():
        before, after = _WORD_RE.findall(last), _WORD_RE.match(text)
        return "", bool(before and after and not _keeps_hyphen(before[-1], after[0], words))
    if last[-1] == " ":
        return "", False
    if last[-1].isascii() and text[0].isascii() and not last[-1].isdigit():
        return " ", False
    if _WIDE_RE.match(last[-1]) or _WIDE_RE.match(text[0]):
        return "", False
    if (last[-1] in _EITHER or text[0] in _EITHER) and _IDEOGRAPH_RE.search(last + text):
        return "", False
    if last[-1].isdigit() and text[0] in "0123456789,.%％" and _IDEOGRAPH_RE.search(last + text):
        return "", False
    return " ", False


def flow(lines: Iterable[Line]) -> str:
    """The text of a table's cell: its lines from the top, joined as in a paragraph."""
    text = ""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if rows and line.middle - rows[-1][0].middle < 0.5 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    for line in (line for row in rows for line in sorted(row, key=lambda line: line.x0)):
        between, breaks_word = joint(text, line.text)
        if text and _NUMBERED_RE.match(line.text):
            between = " "
        text = (text[:-1] if breaks_word else text) + between + line.text
    return text.strip()


def _block(
    start: int,
    end: int,
    line: Line,
    paragraph: int,
    kind: Literal["text", "heading", "table", "note", "furniture"],
) -> dict[str, Any]:
    """The fields of a Block; all of a file's are made into models at once, which costs half as much."""
    x0, top, x1, bottom = line.box
    return {
        "start": start,
        "end": end,
        "page": line.page,
        "paragraph": paragraph,
        "box": (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)),
        "kind": kind,
        "source": line.source,
        "confidence": line.confidence,
    }


def _vocabulary(rows: Sequence[Row]) -> frozenset[str]:
    """The words of the document, to tell a hyphen that breaks a word from one that belongs to it."""
    if not any(row.parts[-1].text.endswith("-") for row in rows):
        return frozenset()
    words: set[str] = set()
    for row in rows:
        for part in row.parts:
            found = _WORD_RE.findall(part.text.lower())
            words.update(found[:-1] if part.text.endswith("-") else found)
    return frozenset(words)


def _keeps_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    first, second = before.lower(), after.lower()
    if f"{first}-{second}" in words or after[0].isupper():
        return True
    if first.rpartition("-")[2] + second in words:
        return False
    return (first in words and second in words) or first in ("non", "self", "pre", "post", "sub", "co", "third")


# ------------------------------------------------------------------ paragraphs


def _continues(last: Row, row: Row, after: Row | None, *, is_first: bool) -> bool:
    """True when `row` goes on with the paragraph that `last` belongs to (`is_first`: as its first line)."""
    if last.parts[-1].kind != "text" or row.parts[0].kind != "text" or not _same_size(last, row):
        return False
    size = row.size
    text, tail = row.text, last.text
    end = tail[-12:]
    together = last.page == row.page and last.column == row.column
    if together and row.pitch and row.bottom - last.bottom > max(1.55 * row.pitch, row.pitch + 0.5 * size):
        return False
    if text[:1] in _NEVER_OPEN or (tail.endswith("-") and text[:1].islower()):
        return True
    # Most lines of English open with a word in small letters: those need no look at the patterns.
    numbered = not (text[:5].islower() and text[:5].isalpha()) and _NUMBERED_RE.match(text) is not None
    if (end[-1:] in _BLANK_ENDS or end[-1:].isspace()) and _BLANK_TAIL_RE.search(end) and _BLANK_HEAD_RE.match(text):
        return True  # 自    年 / 月    日: a date to fill in, cut by the line's end
    if not _is_full(last, text):
        # English set ragged: a sentence that goes on in small letters has not ended.
        half = last.x1 - last.left > 0.5 * (last.right - last.left)
        unfinished = (tail[-1:].isalpha() and _GOES_ON_RE.match(text)) or (not numbered and _UNFINISHED_RE.search(end))
        return half and bool(unfinished) and len(row.parts) == 1
    terminal = bool(_TERMINAL_RE.search(end))
    indent = (row.x0 - row.left) - (last.x0 - last.left) if not together else row.x0 - last.x0
    if len(last.parts) > 1 and len(row.parts) > 1 and (not terminal or numbered or tail[-1] in ":：_"):
        return False  # signatures side by side, entries of a list with their pages
    if together and _is_centred_pair(last, row):
        return False
    if numbered:
        if terminal or (_STRONG_RE.match(text) and not _CROSS_REFERENCE_RE.match(text)):
            return False
        return bool(_CROSS_REFERENCE_RE.match(text)) or abs(indent) < 0.6 * size
    if not terminal and _is_field(last) and _is_field(row):
        return False  # label and value, row under row
    if indent > 0.8 * size:
        hanging = is_first and (
            _NUMBERED_RE.match(tail) is not None or (after is not None and abs(after.x0 - row.x0) < 0.6 * size)
        )
        return hanging or not terminal
    if indent < -0.8 * size:
        return is_first or not terminal
    return True


def _is_field(row: Row) -> bool:
    return len(row.parts) > 1 or _FIELD_RE.match(row.text) is not None


def _is_centred_pair(last: Row, row: Row) -> bool:
    """Two lines of a title: different widths about one axis."""
    inset = row.x0 - last.x0
    return abs(inset) > 0.8 * row.size and abs(inset - (last.x1 - row.x1)) < 0.8 * row.size


def _same_size(last: Row, row: Row) -> bool:
    return last.size == row.size or max(last.size, row.size) <= 1.35 * min(last.size, row.size)


def _is_full(last: Row, following: str) -> bool:
    """True when the first word of the next line would not have fitted behind `last`."""
    room = last.right - last.x1
    size = last.size
    if not following[:1].isascii() and _WIDE_RE.match(following):
        if not _IDEOGRAPH_RE.search(last.text):
            return room < 4 * size
        running = len(last.text) > 15 and not _TERMINAL_RE.search(last.text[-12:]) and not _FIELD_RE.match(following)
        return room < (2 * _SLACK if running else _SLACK) * size
    word = _FIRST_WORD_RE.match(following)
    advance = min((last.x1 - last.x0) / max(1, len(last.text)), 0.8 * size)
    width = 1.1 * advance * len(word[0]) if word else 0.0
    if room < width + 0.6 * size:
        return True
    return room < _SLACK * size and not last.text.isascii() and _IDEOGRAPH_RE.search(last.text) is not None
