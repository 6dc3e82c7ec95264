"""Where lines stand on their pages → the order they are read in: columns and rows.

Pure functions over `Line`s; nothing here knows PDFium, so that recognised (OCR) lines take the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from contractscan.readers.pdf.page import Line, Page

_COLUMN_EMS = 9.0  # a text column is at least this wide
_FLOWING = 0.55  # of the column's width: the median line of running text fills more
_SHORT = 0.7  # of the width between like margins: lines that stay below do not show where the right one is
_LONG_REGION = 8  # rows that show where a column's right margin is


@dataclass(slots=True)
class Row:
    """Lines that stand on one baseline inside one column; `left` and `right` are the column's margins."""

    parts: list[Line]
    left: float
    right: float
    pitch: float  # usual distance between the baselines of the column, 0 when unknown
    column: int  # number of the column, counted through the document

    text: str = field(init=False)
    x0: float = field(init=False)
    top: float = field(init=False)
    x1: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)
    page: int = field(init=False)

    def __post_init__(self) -> None:
        first, *others = self.parts
        self.text, self.x0, self.top, self.x1 = first.text, first.x0, first.top, first.x1
        self.bottom, self.size, self.page = first.bottom, first.size, first.page
        for part in others:
            self.text += f"  {part.text}"
            self.top, self.bottom = min(self.top, part.top), max(self.bottom, part.bottom)
            self.x1, self.size = part.x1, max(self.size, part.size)


def read_order(pages: Sequence[Page]) -> list[Row]:
    """The body rows of all pages in reading order."""
    rows: list[Row] = []
    regions: list[list[Row]] = []
    for page in pages:
        body = _upright([line for line in page.lines if line.kind in ("text", "toc", "table")])
        found = _regions(body)
        for lines, left, right in found:
            if len(found) == 1 and body[0].shown is None and right - left < _SHORT * (page.width - 2 * left):
                right = page.width - left  # nothing but short lines: the margins are alike, as a rule
            region = _rows(lines, left, right, len(regions))
            regions.append(region)
            rows += region
    _share_margins(regions)
    return rows


def _upright(lines: list[Line]) -> list[Line]:
    """The lines in the page's main direction of writing, turned to run from left to right.

    Lines that run another way (a note along the margin) are set aside as furniture.
    """
    if all(line.quarter == 0 for line in lines):
        # Columns of vertical writing are lines that follow one another from the right.
        return [_turned(line, 90) for line in lines] if _is_vertical(lines) else lines
    turns: Counter[int | None] = Counter()
    for line in lines:
        turns[line.quarter] += len(line.text)
    main = turns.most_common(1)[0][0]
    for line in lines:
        if line.quarter != main:
            line.kind = "furniture"
    return [_turned(line, main) if main else line for line in lines if line.quarter == main]


def _turned(line: Line, quarter: int) -> Line:
    """The line in a frame in which its text runs from left to right; `shown` keeps its place on the page."""
    if quarter == 90:
        return replace(line, x0=line.top, x1=line.bottom, top=-line.x1, bottom=-line.x0, shown=line.box)
    if quarter == 180:
        return replace(line, x0=-line.x1, x1=-line.x0, top=-line.bottom, bottom=-line.top, shown=line.box)
    return replace(line, x0=-line.bottom, x1=-line.top, top=line.x0, bottom=line.x1, shown=line.box)


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
    if right - left < 2 * _COLUMN_EMS * size or sum(line.x0 > left + _COLUMN_EMS * size for line in texts) < 3:
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
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if groups and _on_one_row(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    rows = [Row(sorted(group, key=lambda line: line.x0), left, right, 0.0, column) for group in groups]
    steps = [b.bottom - a.bottom for a, b in pairwise(rows) if b.bottom > a.bottom]
    usual = median(steps) if steps else 0.0
    for row in rows:
        row.pitch = usual
    return rows


def _on_one_row(group: list[Line], line: Line) -> bool:
    first = group[0]
    if "table" in (first.kind, line.kind):
        return False
    overlap = min(first.bottom, line.bottom) - max(first.top, line.top)
    if overlap < 0.5 * min(first.bottom - first.top, line.bottom - line.top):
        return False
    # Two lines over one another in the same place are two rows, however close they are.
    return all(min(other.x1, line.x1) - max(other.x0, line.x0) < 0.5 * line.size for other in group)


def _is_vertical(lines: list[Line]) -> bool:
    tall = sum(1 for line in lines if len(line.text) >= 3 and line.bottom - line.top > 2.5 * (line.x1 - line.x0))
    return tall > 0.6 * len(lines)


def _share_margins(regions: list[list[Row]]) -> None:
    """Give short regions (a last page, a band between columns) the right margin of long ones they line up with."""
    long = [region[0] for region in regions if len(region) >= _LONG_REGION]
    for region in regions:
        if not region or len(region) >= _LONG_REGION:
            continue
        first = region[0]
        like = [other.right for other in long if abs(other.left - first.left) < 3 * first.size]
        wider = [right for right in like if right > first.right]
        if wider:
            for row in region:
                row.right = median(wider)
