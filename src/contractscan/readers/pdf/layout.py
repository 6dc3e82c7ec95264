"""Where lines stand on their pages → the order they are read in: columns, rows, page furniture, watermarks.

Pure functions over `Line`s; nothing here knows PDFium, so that recognised (OCR) lines take the same way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from contractscan.readers.pdf.page import Line, Page

_BAND = 0.12  # of the page height, at the top and at the bottom, where furniture stands
_COLUMN_EMS = 9.0  # a text column is at least this wide
_FLOWING = 0.55  # of the column's width: the median line of running text fills more
_DIGITS_RE = re.compile(r"\d+|(?<![^\W\d_])[ivxlIVXL]{1,6}(?![^\W\d_])|[一二三四五六七八九十百]+(?=页|頁|$)")
_PAGE_NUMBER_RE = re.compile(
    r"[-–—－~·\s]*(?:第?\s*[\d一二三四五六七八九十百]+\s*[页頁]?|(?:page|p\.?)\s*\d+|[ivxl]{1,6})"
    r"(?:\s*(?:[,，/|;；]|of|共|／)\s*(?:共|总|總|of)?\s*(?:page\s*)?\d*\s*[页頁]?)*[-–—－~·\s]*",
    re.I,
)
_EXPLICIT_PAGE_RE = re.compile(
    r"第\s*\d+\s*[页頁]|\bpage\s+\d+|^\s*[-–—－]\s*\d+\s*[-–—－]\s*$|^\s*\d+\s*/\s*\d+\s*$", re.I
)


@dataclass(slots=True)
class Row:
    """Lines that stand on one baseline inside one column; `left` and `right` are the column's margins."""

    parts: list[Line]
    left: float
    right: float
    pitch: float  # usual distance between the baselines of the column, 0 when unknown
    column: int  # number of the column, counted through the document

    @property
    def text(self) -> str:
        return "  ".join(part.text for part in self.parts)

    @property
    def x0(self) -> float:
        return self.parts[0].x0

    @property
    def x1(self) -> float:
        return self.parts[-1].x1

    @property
    def size(self) -> float:
        return max(part.size for part in self.parts)

    @property
    def top(self) -> float:
        return min(part.top for part in self.parts)

    @property
    def bottom(self) -> float:
        return max(part.bottom for part in self.parts)

    @property
    def page(self) -> int:
        return self.parts[0].page


def mark_furniture(pages: Sequence[Page]) -> None:
    """Set `kind` of running headers, footers, page numbers and watermarks, by position and repetition.

    A line is furniture when the same words (figures aside) stand at the same height in the top or bottom band of at
    least three pages, or of both pages of a two-page file, or when it is nothing but a page number there.
    """
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    numbers: dict[int, list[Line]] = defaultdict(list)
    bodies: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    sizes = [line.size for page in pages for line in page.lines if line.quarter == 0]
    usual = median(sizes) if sizes else 0.0
    for page in pages:
        in_band = _band(page)
        for line in page.lines:
            if line.kind != "text":
                continue
            if line.quarter is None:
                line.kind = "watermark"
            elif line in in_band:
                height = round(_height_key(line, page) / 4)
                places[_DIGITS_RE.sub("#", line.text.strip()).replace(" ", ""), height].append(line)
                if _PAGE_NUMBER_RE.fullmatch(line.text.strip()):
                    numbers[height].append(line)
            elif line.size > 1.6 * usual:
                bodies[line.text, round(line.x0 / 4), round(line.top / 4)].append(line)
    for lines in _near(places):
        on = {line.page for line in lines}
        if len(on) >= 3 or (len(on) == 2 == len(pages)):
            for line in lines:
                line.kind = "furniture"
    for lines in numbers.values():
        if len({line.page for line in lines}) >= 2 or _EXPLICIT_PAGE_RE.search(lines[0].text):
            for line in lines:
                line.kind = "furniture"
    for lines in bodies.values():
        on = {line.page for line in lines}
        if len(on) >= 3 and len(on) >= 0.6 * len(pages):
            for line in lines:
                line.kind = "watermark"


def _height_key(line: Line, page: Page) -> float:
    """Heights from the nearer edge: footers of portrait and landscape pages of one file agree."""
    return line.middle if line.middle < page.height / 2 else 10_000 + page.height - line.middle


def _band(page: Page) -> list[Line]:
    """The lines in the outer bands that stand outside the body: at most three rows at each end."""
    lines = [line for line in page.lines if line.kind == "text" and line.quarter == 0]
    above = sorted((line for line in lines if line.middle < _BAND * page.height), key=lambda line: line.middle)
    below = sorted((line for line in lines if line.middle > (1 - _BAND) * page.height), key=lambda line: -line.middle)
    return _outer_rows(above) + _outer_rows(below)


def _outer_rows(lines: list[Line], most: int = 3) -> list[Line]:
    rows, last = 0, None
    taken: list[Line] = []
    for line in lines:
        if last is None or abs(line.middle - last) > 0.5 * line.size:
            rows += 1
            last = line.middle
        if rows > most:
            break
        taken.append(line)
    return taken


def _near(places: dict[tuple[str, int], list[Line]]) -> Iterable[list[Line]]:
    """Groups whose heights fall into neighbouring steps count as one."""
    for (words, height), lines in places.items():
        if words:
            yield lines + places.get((words, height + 1), [])


# --------------------------------------------------------------- reading order


def read_order(pages: Sequence[Page]) -> list[Row]:
    """The body rows of all pages in reading order."""
    rows: list[Row] = []
    regions: list[list[Row]] = []
    for page in pages:
        body = [line for line in page.lines if line.kind in ("text", "toc", "table")]
        for lines, left, right in _regions(_upright(body, page)):
            region = _rows(lines, left, right, len(regions))
            regions.append(region)
            rows += region
    _share_margins(regions)
    return rows


def _upright(lines: list[Line], page: Page) -> list[Line]:
    """The page's main direction of writing decides; lines that run another way are set aside at its end."""
    turns = Counter(line.quarter for line in lines for _ in range(len(line.text)))
    if not turns:
        return lines
    main = turns.most_common(1)[0][0]
    if main == 0 and len(turns) == 1:
        return lines
    for line in lines:
        if line.quarter != main:
            line.kind = "watermark"
    return [line for line in lines if line.quarter == main]


def _turned(line: Line, quarter: int) -> Line:
    """The line's box in a frame in which its text runs from left to right."""
    if quarter == 90:
        return replace(line, x0=line.top, x1=line.bottom, top=-line.x1, bottom=-line.x0)
    if quarter == 180:
        return replace(line, x0=-line.x1, x1=-line.x0, top=-line.bottom, bottom=-line.top)
    return replace(line, x0=-line.bottom, x1=-line.top, top=line.x0, bottom=line.x1)


def _regions(lines: list[Line], depth: int = 0) -> list[tuple[list[Line], float, float]]:
    """Split into columns and the bands between them, in reading order; each with its margins (0, 0 when full width)."""
    if not lines:
        return []
    gutter = _gutter(lines) if depth < 3 and len(lines) >= 6 else None
    if gutter is None:
        return [(lines, min(line.x0 for line in lines), max(line.x1 for line in lines))]
    crossing = [line for line in lines if line.x0 < gutter < line.x1]
    result: list[tuple[list[Line], float, float]] = []
    band_top = float("-inf")
    for bound in [*sorted(crossing, key=lambda line: line.middle), None]:
        limit = bound.middle if bound else float("inf")
        inside = [line for line in lines if band_top <= line.middle < limit and line not in crossing]
        result += _regions([line for line in inside if line.x1 <= gutter], depth + 1)
        result += _regions([line for line in inside if line.x0 >= gutter], depth + 1)
        if bound:
            result.append(([bound], 0.0, 0.0))
            band_top = limit
    return _merged(result)


def _merged(regions: list[tuple[list[Line], float, float]]) -> list[tuple[list[Line], float, float]]:
    """Join full-width lines that follow one another into one region."""
    merged: list[tuple[list[Line], float, float]] = []
    for lines, left, right in regions:
        if merged and (left, right) == (0.0, 0.0) == merged[-1][1:]:
            merged[-1][0].extend(lines)
        else:
            merged.append((list(lines), left, right))
    return [(lines, min(line.x0 for line in lines), max(line.x1 for line in lines)) for lines, left, right in merged]


def _gutter(lines: list[Line]) -> float | None:
    """The middle of a white lane between two columns of running text, or None.

    Both sides must hold several lines that fill their column and stand beside one another; short lines side by side
    are a signature block or a list of figures, and those are read row by row.
    """
    texts = [line for line in lines if line.kind == "text"]
    if len(texts) < 6:
        return None
    left, right = min(line.x0 for line in texts), max(line.x1 for line in texts)
    size = median(line.size for line in texts)
    if right - left < 2 * _COLUMN_EMS * size:
        return None
    step = 2.0
    cells = int((right - left) / step) + 1
    change = [0] * (cells + 1)
    for line in lines:
        change[max(0, int((line.x0 - left) / step))] += 1
        change[min(cells, int((line.x1 - left) / step) + 1)] -= 1
    cover: list[int] = []
    running = 0
    for value in change[:cells]:
        running += value
        cover.append(running)
    allowed = max(1, int(0.25 * len(texts)))
    best: tuple[float, float] | None = None
    position = 0
    while position < cells:
        if cover[position] > allowed:
            position += 1
            continue
        end = position
        while end < cells and cover[end] <= allowed:
            end += 1
        lowest = min(cover[position:end])
        lane = [index for index in range(position, end) if cover[index] == lowest]
        at = left + (lane[len(lane) // 2] + 0.5) * step
        score = _column_score(texts, at, left, right, size)
        if score > 0 and (best is None or score > best[0]):
            best = (score, at)
        position = end
    return best[1] if best else None


def _column_score(lines: list[Line], at: float, left: float, right: float, size: float) -> float:
    before = [line for line in lines if line.x1 <= at]
    after = [line for line in lines if line.x0 >= at]
    if min(len(before), len(after)) < 3 or len(before) + len(after) < 0.7 * len(lines):
        return 0.0
    inner_left, inner_right = max(line.x1 for line in before), min(line.x0 for line in after)
    widths = (inner_left - left, right - inner_right)
    if inner_right - inner_left < 0.5 * size or min(widths) < _COLUMN_EMS * size:
        return 0.0
    top = max(min(line.top for line in before), min(line.top for line in after))
    bottom = min(max(line.bottom for line in before), max(line.bottom for line in after))
    beside = [sum(1 for line in side if top <= line.middle <= bottom) for side in (before, after)]
    # One column may be short (the end of the text): then it must at least stand beside the other.
    shares = beside[0] / len(before), beside[1] / len(after)
    if min(beside) < 3 or (min(shares) < 0.4 and max(shares) < 0.9):
        return 0.0
    for side, width in zip((before, after), widths, strict=True):
        filling = sorted(line.x1 - line.x0 for line in _joined_rows(side))
        if filling[len(filling) // 2] < _FLOWING * width:
            return 0.0
    return float(min(len(before), len(after)))


def _joined_rows(lines: list[Line]) -> list[Line]:
    """Lines on one baseline as one, so that a label before its text does not count as a short line."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if joined and abs(joined[-1].middle - line.middle) < 0.5 * line.size:
            last = joined[-1]
            joined[-1] = replace(last, x0=min(last.x0, line.x0), x1=max(last.x1, line.x1))
        else:
            joined.append(line)
    return joined


def _rows(lines: list[Line], left: float, right: float, column: int) -> list[Row]:
    quarter = lines[0].quarter or 0
    framed = [(_turned(line, quarter) if quarter else line, line) for line in lines]
    if _is_vertical([frame for frame, _ in framed]):
        # Vertical writing: PDFium's order (right to left) holds, a line is a paragraph's line.
        return [Row([line], line.x0, line.x1, 0.0, column) for line in lines]
    framed.sort(key=lambda pair: pair[0].middle)
    groups: list[list[tuple[Line, Line]]] = []
    for frame, line in framed:
        if groups and _on_one_row(groups[-1], frame):
            groups[-1].append((frame, line))
        else:
            groups.append([(frame, line)])
    rows: list[Row] = []
    for group in groups:
        group.sort(key=lambda pair: pair[0].x0)
        rows.append(Row([frame if quarter else line for frame, line in group], left, right, 0.0, column))
    if quarter:
        left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
        for row in rows:
            row.left, row.right = left, right
    steps = [b.bottom - a.bottom for a, b in pairwise(rows) if b.bottom > a.bottom]
    usual = median(steps) if steps else 0.0
    for row in rows:
        row.pitch = usual
    return rows


def _on_one_row(group: list[tuple[Line, Line]], line: Line) -> bool:
    first = group[0][0]
    if "table" in (first.kind, line.kind):
        return False
    overlap = min(first.bottom, line.bottom) - max(first.top, line.top)
    if overlap < 0.5 * min(first.bottom - first.top, line.bottom - line.top):
        return False
    # Two lines over one another in the same place are two rows, however close they are.
    return all(min(other.x1, line.x1) - max(other.x0, line.x0) < 0.5 * line.size for other, _ in group)


def _is_vertical(lines: list[Line]) -> bool:
    tall = sum(1 for line in lines if len(line.text) >= 3 and line.bottom - line.top > 2.5 * (line.x1 - line.x0))
    return tall > 0.6 * len(lines)


def _share_margins(regions: list[list[Row]]) -> None:
    """Give short regions (a last page, a band between columns) the margins of the long ones they line up with."""
    margins = [(region[0].left, region[0].right, len(region)) for region in regions if region and len(region) >= 8]
    rights = {id(region): region[0].right for region in regions if region}
    for region in regions:
        if not region:
            continue
        left, right = region[0].left, region[0].right
        like = [other for other in margins if abs(other[0] - left) < 3 * region[0].size and other[1] > right - 1]
        if like and len(region) < 8:
            right = median(other[1] for other in like)
        for row in region:
            row.right = max(right, rights[id(region)])
