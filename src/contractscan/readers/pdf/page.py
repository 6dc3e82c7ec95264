"""One PDF page → lines of text with their boxes, as PDFium sees them.

The text comes from PDFium in one call and boxes are asked for per line and at doubtful spaces only: a box for every
character costs two to four times the text itself. All boxes are in points from the top left corner of the page as
shown (crop box and /Rotate applied).
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Literal

import pypdfium2.raw as pdfium

from contractscan.text import fold

Box = tuple[float, float, float, float]

_LINE_RE = re.compile(r"[^\r\n]+")
# A space, or the mark that PDFium puts where it has joined two lines at a hyphen.
_BREAK_RE = re.compile("[ \u00a0\u3000\u2000-\u200a]+|[\ufffe\x02]")
_JOINED_HYPHEN = "\ufffe\x02"
_IDEOGRAPH = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE = f"{_IDEOGRAPH}\u3000-\u303f\uff00-\uffef\u25cb"
_IDEOGRAPH_RE = re.compile(f"[{_IDEOGRAPH}]")
_WIDE_RE = re.compile(f"[{_WIDE}]")
# Autospace never follows a number that opens a line: 第一条 合同期限, 1.1 本合同.
_LABEL_RE = re.compile(
    r"(?:第[一二三四五六七八九十百零〇○\d]+[条條章节節款项項]|[\dA-Za-z]{1,3}(?:[.．]\d{1,3})*[.．、)）]?|附件[一二三四五六七八九十\d]*)$"
)
_FIELD_RE = re.compile(f"[{_IDEOGRAPH}]{{2,8}}[:：]")  # 邮箱： after what was filled in before it
_UNIT = frozenset("年月日号號天时時分元角万萬亿億个個条條款项項份小")
_LETTER_SPACED_RE = re.compile(f"(?:[{_IDEOGRAPH}] +)+[{_IDEOGRAPH}]")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x09), *range(0x0E, 0x20)]
)

# What may not stay as it is: the keys of `_plain_table`, found ten times faster than by translating every line.
_NOT_PLAIN_RE = re.compile(
    "[\x00-\x08\x0e-\x1f\xa0\xad\u037e\u2000-\u200d\u202a-\u202f\u2060\u2e80-\u2fdf\uf020-\uf0ff\uf900-\ufaff\ufeff]"
)

_SPLIT_GAP = 1.2  # of the type size: a wider gap inside a line separates columns, cells or a blank to fill in
_DROP_GAP = 0.6  # of the type size: a narrower gap next to an ideograph is autospace or justification


@dataclass(slots=True)
class Line:
    """A run of text on one line, box as shown; `first` and `last` are PDFium's character indices (half-open)."""

    text: str
    page: int  # 1-based
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: int = -1
    last: int = -1
    quarter: int | None = 0  # direction it runs in, degrees clockwise; None for a slant: a watermark or a stamp
    kind: Literal["text", "table", "furniture", "watermark", "toc", "hidden"] = "text"
    source: Literal["text", "ocr"] = "text"
    confidence: float | None = None
    rows: Sequence[tuple[str, Box]] = ()  # of a table, as they read
    struck: Sequence[tuple[int, int]] = ()  # stretches of `text` with a line through them
    shown: Box | None = None  # where it stands on the page, when the other box is in a turned frame

    @property
    def box(self) -> Box:
        return self.shown or (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Table:
    """The cells of a ruled table by row; a merged cell stands once, where it begins."""

    rows: list[list[Box | None]]
    box: Box


@dataclass(slots=True)
class Page:
    """What one page holds. `problem` says why its text layer cannot be trusted; then `lines` are doubtful."""

    number: int
    width: float
    height: float
    lines: list[Line]
    hidden: list[Line]
    tables: list[Table]
    problem: str = ""
    truncated: bool = False
    image_share: float = 0.0  # of the page that images cover
    characters: int = 0
    turn: int = 0  # degrees clockwise that its picture was turned by to be recognised; lines are in the turned frame

    def as_shown(self, box: Box) -> Box:
        """A box of the frame that the lines are in, as it lies on the page."""
        if not self.turn:
            return box
        x0, top, x1, bottom = box
        if self.turn == 90:  # the frame is as wide as the page is high
            return (top, self.width - x1, bottom, self.width - x0)
        if self.turn == 180:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return (self.height - bottom, x0, self.height - top, x1)


@cache
def _plain_table() -> dict[int, str | None]:
    """Radicals and compatibility ideographs → the ideograph that they stand for, keeping the script."""
    table: dict[int, str | None] = dict(_INVISIBLE)
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain == chr(code):
            plain = fold(plain)  # U+2E80 to U+2EFF have no compatibility mapping in Unicode
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    # The symbol fonts' private-use codes: boxes to tick keep their meaning, every other sign is a bullet.
    table.update(dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F], " "))
    table[0x37E] = ";"  # the Greek question mark, which some converters write for it
    table.update(dict.fromkeys(range(0xF020, 0xF100), "•"))
    table.update(
        {0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF071: "□", 0xF0FE: "☑", 0xF052: "☑", 0xF0FD: "☒", 0xF078: "☒"}
    )
    return table


def plain(character: str) -> str:
    """The character as it stands in the document's text, '' for one that is left out."""
    return "-" if character in _JOINED_HYPHEN else character.translate(_plain_table())


def is_wide(character: str) -> bool:
    """True for ideographs and full-width signs, which are set as wide as they are high."""
    return _WIDE_RE.match(character) is not None


class Geometry:
    """From PDFium's page space (origin bottom left, before /Rotate) to points from the shown page's top left."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = page.get_rotation()
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (wide, high) if self.turn in (0, 180) else (high, wide)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.turn == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turn == 90:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turn == 180:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)


class TextLayer:
    """PDFium's text of one page, with boxes by character. Close it; PDFium keeps the memory otherwise."""

    def __init__(self, page: Any, limit: int) -> None:
        self.geometry = Geometry(page)
        self.textpage = page.get_textpage()
        self.raw = self.textpage.raw
        self.count = max(0, pdfium.FPDFText_CountChars(self.raw))
        self.truncated = self.count > limit
        count = min(self.count, limit)
        buffer = ctypes.create_string_buffer((count + 1) * 2)
        written = pdfium.FPDFText_GetText(self.raw, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        units = max(0, written - 1)
        self.text = buffer.raw[: units * 2].decode("utf-16-le", "replace")
        self._direct = units == count
        self.exact = self._direct and len(self.text) == units  # positions in the text are PDFium's own
        # Positions in `text` → UTF-16 units, which PDFium counts in; needed only when there are astral characters.
        self._units: list[int] | None = None
        if len(self.text) != units:
            self._units = list(accumulate((2 if ord(c) > 0xFFFF else 1 for c in self.text), initial=0))
        self._loose = pdfium.FS_RECTF()
        self._edges = [ctypes.c_double() for _ in range(4)]

    def close(self) -> None:
        self.textpage.close()

    def index(self, position: int) -> int:
        """PDFium's character index of the character at `position` of `text`."""
        unit = position if self._units is None else self._units[position]
        return unit if self._direct else pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw, unit)

    def loose(self, index: int) -> Box:
        """The character's box with its full advance and line height."""
        rectangle = self._loose
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, rectangle)
        low, high = rectangle.bottom, rectangle.top
        if low > high:
            low, high = high, low
        page = self.geometry
        if page.turn == 0:  # asked twice for every line, and nearly every page stands upright
            return (rectangle.left - page.left, page.top - high, rectangle.right - page.left, page.top - low)
        return page.box(rectangle.left, low, rectangle.right, high)

    def rectangles(self, count: int) -> Iterator[Box]:
        """One box per text object that the characters last counted (FPDFText_CountRects) belong to."""
        left, top, right, bottom = self._edges
        for number in range(count):
            pdfium.FPDFText_GetRect(self.raw, number, left, top, right, bottom)
            yield self.geometry.box(left.value, bottom.value, right.value, top.value)

    def quarter(self, index: int) -> int | None:
        """The direction the character runs in as shown: 0, 90, 180, 270 degrees clockwise; None for a slant."""
        angle = pdfium.FPDFText_GetCharAngle(self.raw, index)
        if angle == 0.0 and self.geometry.turn == 0:
            return 0
        angle = math.degrees(angle)
        turned = (angle + self.geometry.turn) % 360
        nearest = round(turned / 90) * 90
        return int(nearest) % 360 if abs(turned - nearest) < 4 else None


def lines_of(
    layer: TextLayer, number: int, *, hidden: frozenset[int] = frozenset(), cuts: Sequence[Box] = ()
) -> tuple[list[Line], list[Line]]:
    """The page's lines in the order of its content stream: those that are seen, those that are hidden.

    `hidden` holds the addresses of text objects that nobody can see. No line goes across one of `cuts`, the upright
    ruling lines of tables.
    """
    seen: list[Line] = []
    unseen: list[Line] = []
    for found in _LINE_RE.finditer(layer.text):
        if not hidden:
            seen += _pieces(layer, found.start(), found.end(), number, cuts)
            continue
        for start, end, is_hidden in _visible_runs(layer, found.start(), found.end(), hidden):
            (unseen if is_hidden else seen).extend(_pieces(layer, start, end, number, cuts))
    return seen, unseen


def _visible_runs(layer: TextLayer, start: int, end: int, hidden: frozenset[int]) -> Iterator[tuple[int, int, bool]]:
    run, state = start, None
    for position in range(start, end):
        if layer.text[position].isspace():
            continue
        handle = pdfium.FPDFText_GetTextObject(layer.raw, layer.index(position))
        is_hidden = bool(handle) and ctypes.addressof(handle.contents) in hidden
        if state is not None and is_hidden != state:
            yield run, position, state
            run = position
        state = is_hidden
    yield run, end, bool(state)


def _pieces(layer: TextLayer, start: int, end: int, number: int, cuts: Sequence[Box]) -> Iterator[Line]:
    """Split `text[start:end]` where a wide gap or a new line hides in it; drop the spaces that nobody typed."""
    text = layer.text
    while start < end and text[start].isspace():
        start += 1
    stop = end
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start >= stop:
        return
    first, size, upright = _measure(layer, start)
    raw = text[start:stop]
    if not _BREAK_RE.search(raw):
        yield _line(layer, raw, start, stop, number, size, upright, first)
        return
    if cuts:
        middle = (first[1] + first[3]) / 2
        cuts = [cut for cut in cuts if cut[1] <= middle <= cut[3] and cut[0] > first[0]]
    doubtful = upright == 0 and (bool(cuts) or _is_doubtful(layer, start, stop, size))
    if not doubtful and (raw.isascii() or not _WIDE_RE.search(raw)):
        yield _line(layer, raw, start, stop, number, size, upright, first)
        return
    keep_all = upright != 0
    letter_spaced = _LETTER_SPACED_RE.fullmatch(raw) is not None and not set(raw) & set("年月日")
    piece: list[str] = []
    piece_start = previous = start
    seen, after = start, first
    for gap in _BREAK_RE.finditer(raw):
        left, right = start + gap.start() - 1, start + gap.end()
        piece.append(text[previous : left + 1])
        previous = right
        joined = gap[0] in _JOINED_HYPHEN
        if keep_all or left < start or right >= stop:
            piece.append("-" if joined else " ")
            continue
        cjk = _WIDE_RE.match(text[left]) or _WIDE_RE.match(text[right])
        if not (doubtful or cjk):
            piece.append(" ")
            continue
        before = after if left == seen else layer.loose(layer.index(left))  # spaced-out text: one sign between gaps
        seen, after = right, layer.loose(layer.index(right))
        width = after[0] - before[2]
        below = abs((after[1] + after[3]) - (before[1] + before[3])) > 1.2 * min(size, before[3] - before[1])
        cut = any(before[2] - 1 <= edge[0] <= after[0] + 1 for edge in cuts)
        if letter_spaced and not below and not cut:
            continue
        if joined:
            piece.append("-")
        if cut or below or width > _SPLIT_GAP * size or width < -2 * size:
            if not cut and _is_filled_blank(text[left], text[right]) and not below and width > 0:
                continue  # 2026    年: the figure and its unit belong together however wide the blank was
            yield _line(layer, "".join(piece), piece_start, left + 1, number, size, upright, None)
            piece, piece_start = [], right
            _, size, upright = _measure(layer, right)
        elif not joined and not _is_autospace(layer, piece_start, left, right, width, size):
            piece.append(" ")
    piece.append(text[previous:stop])
    yield _line(layer, "".join(piece), piece_start, stop, number, size, upright, None)


def _measure(layer: TextLayer, position: int) -> tuple[Box, float, int | None]:
    """Box, type size and direction of the character that starts a line."""
    index = layer.index(position)
    box, quarter = layer.loose(index), layer.quarter(index)
    wide, high = box[2] - box[0], box[3] - box[1]
    if quarter in (90, 270):
        wide, high = high, wide
    size = min(wide, high) if _WIDE_RE.match(layer.text[position]) and wide > 0 else high
    return box, size or 1.0, quarter


def _is_doubtful(layer: TextLayer, start: int, stop: int, size: float) -> bool:
    """True when the line's text objects do not follow one another closely on one line."""
    first = layer.index(start)
    count = layer.index(stop - 1) + 1 - first
    objects = pdfium.FPDFText_CountRects(layer.raw, first, count)
    if objects == 1:
        return False
    last: Box | None = None
    for box in layer.rectangles(objects):
        if last is not None and (
            box[0] - last[2] > size or box[0] < last[0] - size or box[1] > last[3] or box[3] < last[1]
        ):
            return True
        last = box
    return False


def _is_filled_blank(left: str, right: str) -> bool:
    return (left.isdigit() and (right in _UNIT or right in "%％")) or (right.isdigit() and left in "年月")


def _is_autospace(layer: TextLayer, start: int, left: int, right: int, width: float, size: float) -> bool:
    """True for a space that setting has put there or that carries nothing: next to an ideograph, and narrow.

    A space that was typed between two words of ideographs stays (联系人：沈小满 联系电话：), unless it spaces single
    characters out (开 户 行).
    """
    text = layer.text
    before, after = text[left], text[right]
    if _is_filled_blank(before, after):
        return True
    if width > _DROP_GAP * size or _LABEL_RE.match(text[start : left + 1]):
        return False
    if not (_IDEOGRAPH_RE.match(before) or _IDEOGRAPH_RE.match(after)):
        return bool(_WIDE_RE.match(before) and _WIDE_RE.match(after))
    if _FIELD_RE.match(text, right) and not _stands_alone(text, left, -1):
        return False
    if pdfium.FPDFText_IsGenerated(layer.raw, layer.index(right - 1)) == 1:
        return True
    if before.isascii() or after.isascii():
        return True
    return _stands_alone(text, left, -1) or _stands_alone(text, right, 1)


def _stands_alone(text: str, position: int, step: int) -> bool:
    """True when the ideograph at `position` has no ideograph behind it, in the direction of `step`."""
    beyond = position + step
    return _IDEOGRAPH_RE.match(text[position]) is not None and not (
        0 <= beyond < len(text) and _IDEOGRAPH_RE.match(text[beyond])
    )


def _line(
    layer: TextLayer,
    text: str,
    start: int,
    stop: int,
    number: int,
    size: float,
    upright: int | None,
    first: Box | None,
) -> Line:
    begin, end = (start, stop - 1) if layer.exact else (layer.index(start), layer.index(stop - 1))
    box = first or layer.loose(begin)
    last = layer.loose(end) if end != begin else box
    x0, top, x1, bottom = box
    if last is not box:
        x0, x1 = min(x0, last[0]), max(x1, last[2])
        top, bottom = min(top, last[1]), max(bottom, last[3])
    if not (text.isascii() and text.isprintable()) and _NOT_PLAIN_RE.search(text):
        text = text.translate(_plain_table())
    return Line(text, number, x0, top, x1, bottom, size, begin, end + 1, upright)
