"""What stands on the pages beside the text: running headers, page numbers, counted lines, watermarks.

Pure functions over `Line`s; nothing here knows PDFium, so that recognised (OCR) lines take the same way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from contractscan.readers.pdf.page import Box, Line, Page

_BAND = 0.12  # of the page height, at the top and at the bottom, where furniture stands
_OUTER_ROWS = 4
_LONGEST_NUMBER = 20  # characters of a line that may be a page's number
_LEAST_COUNTED = 8  # numbers in the margin that make a page with counted lines
_IDEOGRAPH_RE = re.compile("[\u3400-\u9fff]")
_WORDS_RE = re.compile(r"[^\W\d_]")
_DIGITS_RE = re.compile(r"\d+|(?<![^\W\d_])[ivxlIVXL]{1,6}(?![^\W\d_])|[一二三四五六七八九十百]+(?=页|頁|$)")
_PAGE_NUMBER_RE = re.compile(
    r"[-–—－~·\s]*(?:第?\s*[\d一二三四五六七八九十百]+\s*[页頁]?|(?:page|p\.?)\s*\d+|[ivxl]{1,6})"
    r"(?:\s*(?:[,，/|;；]|of|共|／)\s*(?:共|总|總|of)?\s*(?:page\s*)?\d*\s*[页頁]?)*[-–—－~·\s]*",
    re.I,
)
_LONE_NUMBER_RE = re.compile(r"\s*([-–—－~·]|page|)\s*(\d{1,4})\s*[-–—－~·]?\s*", re.I)
_EXPLICIT_PAGE_RE = re.compile(
    r"第\s*\d+\s*[页頁]|\bpage\s+\d+|^\s*[-–—－]\s*\d+\s*[-–—－]\s*$|^\s*\d+\s*/\s*\d+\s*$", re.I
)


def mark_furniture(pages: Sequence[Page]) -> None:
    """Set `kind` of running headers, footers, page numbers and watermarks, by position and repetition.

    A line is furniture when the same words (figures aside) stand at the same height in the top or bottom band of at
    least three pages, or of both pages of a two-page file, or when it is nothing but a page number there.
    """
    places: dict[tuple[str, int], list[list[Line]]] = defaultdict(list)
    numbers: dict[int, list[list[Line]]] = defaultdict(list)
    bodies: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    sizes = [line.size for page in pages for line in page.lines if line.quarter == 0]
    usual = median(sizes) if sizes else 0.0
    whole = [_as_rows(page) for page in pages]
    for page, page_rows in zip(pages, whole, strict=True):
        rows = _band(page, page_rows)
        in_band = {id(line) for row in rows for line in row}
        for row in rows:
            height = round(_height_key(row[0], page) / 4)
            words = " ".join(line.text.strip() for line in sorted(row, key=lambda line: line.x0))
            if _PAGE_NUMBER_RE.fullmatch(words):
                numbers[height].append(row)
            elif _WORDS_RE.search(words):
                places[_DIGITS_RE.sub("#", words).replace(" ", ""), height].append(row)
        for line in page.lines:
            if line.kind == "text" and (line.quarter is None or (0 < 2 * usual < line.size and _lies_over(line, page))):
                line.kind = "watermark"
            elif line.kind == "text" and id(line) not in in_band and line.size > 1.6 * usual:
                bodies[line.text, round(line.x0 / 4), round(line.top / 4)].append(line)
    for group in _near(places):
        if _is_running(group, len(pages)):
            _set_aside(group)
    for group in numbers.values():
        if len({row[0].page for row in group}) >= 2 or _EXPLICIT_PAGE_RE.search(group[0][0].text):
            _set_aside(group)
    _set_aside(_page_number_chain(whole))
    for page, page_rows in zip(pages, whole, strict=True):
        _keep_column_names(page)
        _set_aside(_line_numbers(page_rows))
    for lines in bodies.values():
        on = {line.page for line in lines}
        if len(on) >= 3 and len(on) >= 0.6 * len(pages):
            for line in lines:
                line.kind = "watermark"


def _lies_over(large: Line, page: Page) -> bool:
    """Whether a line is written across others, as a watermark is."""
    return any(
        line is not large
        and line.size < 0.6 * large.size
        and min(line.bottom, large.bottom) - max(line.top, large.top) > 0.6 * (line.bottom - line.top)
        and min(line.x1, large.x1) - max(line.x0, large.x0) > 2 * line.size
        for line in page.lines
    )


def _keep_column_names(page: Page) -> None:
    """A table's row of names, repeated at the top of every page, is no furniture while other rows of it are not.

    Rows of several cells only: a frame round the page holds the header in one row and the text in one cell.
    """
    for table in page.tables:
        rows = [cells for cells in (_filled_cells(page, row) for row in table.rows) if len(cells) > 1]
        aside = [all(line.kind == "furniture" for lines in cells for line in lines) for cells in rows]
        if all(aside):
            continue
        for cells in (cells for cells, is_aside in zip(rows, aside, strict=True) if is_aside):
            for line in (line for lines in cells for line in lines):
                line.kind = "text"


def _filled_cells(page: Page, row: Sequence[Box | None]) -> list[list[Line]]:
    filled = []
    for x0, top, x1, bottom in (cell for cell in row if cell):
        lines = [
            line
            for line in page.lines
            if line.kind in ("text", "furniture")
            and x0 <= (line.x0 + line.x1) / 2 <= x1
            and top <= line.middle <= bottom
        ]
        if lines:
            filled.append(lines)
    return filled


def _height_key(line: Line, page: Page) -> float:
    """Heights from the nearer edge: footers of portrait and landscape pages of one file agree."""
    return line.middle if line.middle < page.height / 2 else 10_000 + page.height - line.middle


def _is_running(rows: list[list[Line]], pages: int) -> bool:
    """True for rows that stand on most pages of a stretch and whose figures, if any change, count the pages.

    So Schedule 1, Schedule 2 at the tops of their pages stay part of the contract.
    """
    on = sorted({row[0].page for row in rows})
    if len(on) < 3 and not len(on) == 2 == pages:
        return False
    if len(on) < 0.45 * (on[-1] - on[0] + 1):
        return False
    figures = [(row[0].page, [int(n) for line in row for n in re.findall(r"\d{1,9}", line.text)]) for row in rows]
    words = {"".join(line.text for line in row).replace(" ", "") for row in rows}
    if len(words) == 1:
        return True
    if any(len(numbers) != len(figures[0][1]) for _, numbers in figures) or not figures[0][1]:
        return False
    return all(
        len(set(column)) == 1
        or len({value - page for value, page in zip(column, (p for p, _ in figures), strict=True)}) == 1
        for column in zip(*(numbers for _, numbers in figures), strict=True)
    )


def _page_number_chain(pages: Sequence[list[list[Line]]]) -> list[list[Line]]:
    """Rows that hold nothing but a number and count up by one through the file, wherever on the page they stand."""
    chains: list[list[list[Line]]] = []
    open_at: dict[tuple[str, int], list[list[list[Line]]]] = defaultdict(list)  # by the number that would come next
    for rows in pages:
        for row in rows:
            found = (
                _LONE_NUMBER_RE.fullmatch(row[0].text)
                if len(row) == 1 and len(row[0].text) < _LONGEST_NUMBER and row[0].kind in ("text", "furniture")
                else None
            )
            if found is None:
                continue
            style, value = found[1].strip().lower(), int(found[2])
            waiting = open_at[style, value]
            chain = waiting.pop(0) if waiting else []
            if not chain:
                chains.append(chain)
            chain.append(row)
            open_at[style, value + 1].append(chain)
    return [row for chain in chains if len(chain) >= 3 for row in chain]


def _line_numbers(rows: list[list[Line]]) -> list[list[Line]]:
    """The numbers in the margin of a page whose every line is counted, as in pleadings.

    They stand evenly and beside lines that a sentence runs through; the numbers of clauses do not.
    """
    numbers: list[Line] = []
    flowing = with_text = 0
    last = ""
    for row in rows:
        if len(row) == 1 and not row[0].text.isdigit():
            continue
        first, *others = sorted(row, key=lambda line: line.x0)
        if not (first.text.isdigit() and len(first.text) <= 3):
            continue
        numbers.append(first)
        if others:
            with_text += 1
            flowing += others[0].text[:1].islower() or bool(last and _IDEOGRAPH_RE.match(last[-1]))
            last = others[-1].text
    if len(numbers) < _LEAST_COUNTED or with_text < 3 or flowing < 0.4 * with_text:
        return []
    steps = [b.middle - a.middle for a, b in pairwise(numbers)]
    even = max(steps) - min(steps) < 0.3 * median(steps)
    counted = {int(b.text) - int(a.text) for a, b in pairwise(numbers)}
    aligned = max(line.x1 for line in numbers) - min(line.x1 for line in numbers) < 2 * numbers[0].size
    return [[line] for line in numbers] if even and aligned and counted in ({1}, {5}) else []


def _as_rows(page: Page) -> list[list[Line]]:
    rows: list[list[Line]] = []
    lines = [line for line in page.lines if line.kind in ("text", "furniture") and line.quarter == 0]
    for line in sorted(lines, key=lambda line: line.middle):
        if rows and abs(rows[-1][0].middle - line.middle) <= 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _set_aside(rows: Iterable[list[Line]]) -> None:
    for row in rows:
        for line in row:
            line.kind = "furniture"


def _band(page: Page, rows: list[list[Line]]) -> list[list[Line]]:
    """Those of the page's rows that stand in its outer bands: at most four at each end."""
    above = [row for row in rows[:_OUTER_ROWS] if row[0].middle < _BAND * page.height]
    below = [row for row in rows[-_OUTER_ROWS:] if row[0].middle > (1 - _BAND) * page.height]
    return above + [row for row in below if row not in above]


def _near(places: dict[tuple[str, int], list[list[Line]]]) -> Iterable[list[list[Line]]]:
    """Groups whose heights fall into neighbouring steps count as one."""
    for (words, height), rows in places.items():
        yield rows + places.get((words, height + 1), [])
