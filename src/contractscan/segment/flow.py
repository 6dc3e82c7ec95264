"""The text as it flows: folded, without page furniture, with the line breaks of mere wrapping closed.

Numbers, headings and sentences are looked for here, so that a contract reads the same however its lines were
wrapped. `Flow.start()` and `Flow.end()` lead back to `Document.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from contractscan.model import Document
from contractscan.text import CJK, fold

STOPS = "。；;！!？?：:."  # a line that ends so is a full line by chance only
_ENDINGS = STOPS + '_)"-'  # a line that ends so does not break off in mid-sentence
_COMMA = re.compile(r"[,。;、]")
_NEVER = float("inf")
_WIDEST = 160  # no one wraps text wider
_SHORT = 15  # narrower lines say nothing about wrapping
_WINDOW = 30  # lines
_SILENT = {"furniture", "watermark", "hidden", "deleted"}
_CJK_OR_FULL = re.compile(f"[{CJK}，。；：！？、（）《》“”「」『』【】]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
_MARKDOWN = re.compile(r"\*{2,3}|(?<!\w)_{2}(?=\w)|(?<=\w)_{2}(?!\w)|^[ ]{0,3}#{1,6}(?= )|^[ ]{0,3}>(?= )", re.M)
_FIRST_WORD = re.compile(r"[!-~]{1,40}")


@dataclass(frozen=True, slots=True)
class Flow:
    """`lines` are the starts of the lines that a reader sees as new ones; `indents` and `headed` go with them."""

    text: str
    lines: list[int]
    indents: list[int]
    headed: list[bool]  # the reader of the file says that this line is a heading
    closed: set[int]  # where a line was joined to the one before it
    contents: list[tuple[int, int]]  # tables of contents that the reader of the file found
    _flow_marks: list[int]
    _text_marks: list[int]

    def start(self, position: int) -> int:
        """Where the character at `position` stands in `Document.text`."""
        piece = bisect_right(self._flow_marks, position) - 1
        return self._text_marks[piece] + position - self._flow_marks[piece]

    def end(self, position: int) -> int:
        """Where a span that ends at `position` ends in `Document.text`."""
        return self.start(position - 1) + 1

    def line_of(self, position: int) -> int:
        return bisect_right(self.lines, position) - 1


@dataclass(slots=True)
class _Line:
    start: int
    end: int  # without the line break and the spaces before it
    indent: int = 0  # in columns
    body: int = 0  # where the text begins
    heading: bool = False
    width: int = 0  # in characters; letter-spaced Chinese counts without its spaces
    limit: float = _NEVER  # from this width on the line is full
    own: bool = False  # a table row or a note: never part of a paragraph


def flow_of(document: Document) -> Flow:
    """Close soft line breaks and leave out what is not the contract's own text.

    A break is soft when the text is wrapped at some width and the next word would not have fitted on the line.
    Between two Chinese characters nothing stays of it, else a space.
    """
    text = _blank(fold(document.text), document)
    lines = _lines(text, document)
    _set_limits(text, lines)
    pieces: list[str] = []
    flow_marks: list[int] = []
    text_marks: list[int] = []
    starts: list[int] = []
    indents: list[int] = []
    headed: list[bool] = []
    closed: set[int] = set()
    length = 0
    last: _Line | None = None
    for line in lines:
        if last is not None and _is_soft(text, last, line):
            chinese = _CJK_OR_FULL.search(text, last.body, last.end) is not None
            separator = "" if chinese or last.end == line.body else " "
            closed.add(length + len(separator))
        else:
            separator = "" if last is None or last.end == line.body else "\n"
            starts.append(length + len(separator))
            indents.append(line.indent)
            headed.append(line.heading)
        if separator:
            assert last is not None
            flow_marks.append(length)
            text_marks.append(last.end)
            pieces.append(separator)
            length += 1
        flow_marks.append(length)
        text_marks.append(line.body)
        pieces.append(text[line.body : line.end])
        length += line.end - line.body
        last = line
    flow = Flow("".join(pieces), starts, indents, headed, closed, [], flow_marks or [0], text_marks or [0])
    for muted in document.muted:
        if muted.reason == "toc":
            flow.contents.append((_flow_position(flow, muted.start), _flow_position(flow, muted.end)))
    return flow


def _flow_position(flow: Flow, position: int) -> int:
    piece = max(bisect_right(flow._text_marks, position) - 1, 0)
    return min(flow._flow_marks[piece] + max(position - flow._text_marks[piece], 0), len(flow.text))


def _blank(text: str, document: Document) -> str:
    """Overwrite with spaces what carries no structure, so that positions stay."""
    silent = [(m.start, m.end) for m in document.muted if m.reason in _SILENT]
    silent += [(b.start, b.end) for b in document.blocks if b.kind == "furniture"]
    if document.format == "md":
        silent += [match.span() for pattern in (_TAG, _MARKDOWN) for match in pattern.finditer(text)]
    pieces: list[str] = []
    position = 0
    for start, end in sorted(silent):
        start, end = max(start, position), min(end, len(text))
        if start >= end:
            continue
        pieces += (text[position:start], re.sub(r"[^\n]", " ", text[start:end]))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _lines(text: str, document: Document) -> list[_Line]:
    """The lines that hold text: at line breaks, and at blocks where the text has no line breaks at all.

    Whoever read the file has joined the blocks of a paragraph, and put the number beside its text.
    """
    starts = {0}
    position = text.find("\n")
    while position >= 0:
        starts.add(position + 1)
        position = text.find("\n", position + 1)
    unbroken = len(starts) == 1
    headings: set[int] = set()
    own: set[int] = set()
    for block in document.blocks:
        if 0 <= block.start < len(text):
            if unbroken:
                starts.add(block.start)
            if block.kind == "heading":
                headings.add(block.start)
            if block.kind in {"table", "note"}:
                own.add(block.start)
    ordered = sorted(starts)
    ordered.append(len(text))
    lines: list[_Line] = []
    for start, end in pairwise(ordered):
        content = text[start:end].rstrip()
        if not content:
            continue
        body = start + len(content) - len(content.lstrip())
        indent = sum(4 if c == "\t" else 2 if c == "\u3000" else 1 for c in document.text[start:body])
        solid = content.replace(" ", "")
        width = len(solid) if len(solid) < 0.7 * len(content) and not content.isascii() else len(content)
        lines.append(_Line(start, start + len(content), indent, body, start in headings, width, own=start in own))
    return lines


def _set_limits(text: str, lines: list[_Line]) -> None:
    """Say of every line from which width on it is full, that is, wrapped rather than ended.

    Text wrapped at one width fills many lines to nearly that width and breaks most of them off in mid-sentence. Text
    that a PDF gives back has several widths: there most lines break off, and the width is taken from the neighbours.
    """
    running = [line.width for line in lines if _breaks_off(text, line)]
    if len(running) < 3:
        return
    width = _common_width(text, lines)
    if width:
        for line in lines:
            line.limit = width * 0.92
    elif (
        len(running) > 5
        and len(running) > 0.55 * sum(1 for line in lines if line.width >= _SHORT)
        and max(running) <= _WIDEST
    ):
        for first in range(0, len(lines), _WINDOW):
            around = lines[max(first - _WINDOW // 2, 0) : first + _WINDOW + _WINDOW // 2]
            widths = sorted(line.width for line in around if _breaks_off(text, line))
            if widths:
                for line in lines[first : first + _WINDOW]:
                    line.limit = widths[int(len(widths) * 0.9)] * 0.8


def _breaks_off(text: str, line: _Line) -> bool:
    return line.width >= _SHORT and not ends_as(text, line.end, _ENDINGS)


def ends_as(text: str, end: int, endings: str) -> bool:
    """Whether the line that ends at `end` closes with one of `endings`; the point of 2026. is none."""
    return text[end - 1] in endings and not (text[end - 1] == "." and text[end - 2 : end - 1].isdigit())


def breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a Chinese line looks like the beginning of a sentence: long, with a comma, and without an end."""
    if _CJK_OR_FULL.search(text, max(end - 6, start), end) is None:
        return False
    return end - start >= _SHORT and not ends_as(text, end, _ENDINGS) and _COMMA.search(text, start, end) is not None


def _common_width(text: str, lines: list[_Line]) -> int:
    """The one width at which a text is wrapped, 0 when there is none."""
    lengths = sorted(line.width for line in lines)
    width = lengths[-1]
    for number, longest in enumerate(reversed(lengths)):  # a few lines may stick out
        if number > 0.05 * len(lengths) or bisect_left(lengths, longest * 0.88) <= len(lengths) - number - 3:
            width = longest
            break
    full = [line for line in lines if width * 0.86 <= line.width <= width]
    running = sum(1 for line in full if not ends_as(text, line.end, STOPS))
    wrapped = 12 <= width <= _WIDEST and running >= 3 and len(full) >= 0.2 * len(lines) and running >= 0.5 * len(full)
    return width if wrapped else 0


def _is_soft(text: str, last: _Line, line: _Line) -> bool:
    if last.limit == _NEVER or line.own or last.own or line.heading or last.heading:
        return False
    if text.count("\n", last.end, line.start) > 1 or ends_as(text, last.end, STOPS):
        return False
    word = _FIRST_WORD.match(text, line.body, line.end)
    room = word.end() - word.start() + 1 if word else 1
    return last.width + room >= last.limit
