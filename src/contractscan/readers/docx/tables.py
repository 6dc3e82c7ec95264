"""Tables as lines of text.

A row of data is one line. Under a row of column names each cell is read with its name (`服务项目：直播；服务费：
20,000元`); without one the cells are set apart by tabs, as a copied table is. Cells that hold whole paragraphs (a
signature block, a bilingual contract side by side) are read cell by cell as ordinary lines. Merged cells are read once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from contractscan.readers.columns import column_name, names_columns, two_levels, under
from contractscan.readers.docx.controls import box_of, show_box
from contractscan.readers.docx.lines import Line, join
from contractscan.readers.docx.names import VAL, first, integer, is_on, on, value, w
from contractscan.readers.docx.state import Reading
from contractscan.readers.docx.styles import is_ground, style_of
from contractscan.text import CJK

_TR_PR, _TC_PR, _TBL_PR, _TBL_STYLE, _SHADING = (w(tag) for tag in ("trPr", "tcPr", "tblPr", "tblStyle", "shd"))
_TR, _DELETED, _INSERTED, _HIDDEN = w("tr"), w("del"), w("ins"), w("hidden")
_REPEATED, _BEFORE, _TC, _SPAN = w("tblHeader"), w("gridBefore"), w("tc"), w("gridSpan")
_DOWN, _ACROSS, _CELL_DELETED, _CELL_INSERTED = w("vMerge"), w("hMerge"), w("cellDel"), w("cellIns")
_SDT, _SDT_CONTENT = w("sdt"), w("sdtContent")
Story = Callable[[Any, Reading], Iterator[Line]]

_MOST_COLUMNS = 10_000  # Word allows 63; a hostile span must not grow without end
_LONGEST_ROW = 1_000
_LONG_CELL = 60  # a table of two languages holds clauses, not words
_CJK_RE = re.compile(f"[{CJK}]")
_LATIN_RE = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Cell:
    """A cell and the grid columns it covers, `start` up to and not including `end`."""

    start: int
    end: int
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    paragraph: int
    header: bool  # marked to be repeated on every page
    element: Any
    notes: list[Line]  # that its cells refer to: they are read below the row


def table_lines(table: Any, reading: Reading, story: Story) -> list[Line]:
    """The lines of one table, nested tables included, in reading order."""
    ground = _has_ground(table, reading)
    reading.grounds += ground
    rows = [row for row in _rows(table, reading, story) if row.cells or row.notes]
    reading.grounds -= ground
    if not rows:
        return []
    side_by_side = _is_bilingual(rows)
    headers, depth = (None, 0) if side_by_side else _header(rows)
    all_used = headers is not None and _all_used(headers, rows[depth:])
    lines: list[Line] = []
    for position, row in enumerate(rows):
        if side_by_side or not _is_data(row, headers=headers):
            lines += chain.from_iterable(cell.lines for cell in row.cells)
        elif headers is not None and position >= depth:
            lines += _with_headers(row, headers)
        elif all_used:
            lines.append(_unsaid(row))
        else:
            lines += _plain_row(row)
        lines += row.notes
    return lines


# --------------------------------------------------------------- from the XML


def _has_ground(table: Any, reading: Reading) -> bool:
    """Whether the table or its style colours cells, so that white text in it can be read."""
    properties = first(table, _TBL_PR)
    if properties is None:
        return False
    style = style_of(reading.styles, value(properties, _TBL_STYLE))
    return style.ground or _is_shaded(properties)


def _is_shaded(properties: Any) -> bool:
    shading = first(properties, _SHADING)
    return shading is not None and is_ground(shading)


def _rows(table: Any, reading: Reading, story: Story) -> Iterator[Row]:
    open_merges: dict[int, bool] = {}
    for element in _within(table, _TR, reading):
        properties = first(element, _TR_PR)
        removed = added = hidden = repeats = False
        before = 0
        for child in () if properties is None else properties:
            tag = child.tag
            if tag == _DELETED:
                removed = True
            elif tag == _INSERTED:
                added = True
            elif tag == _HIDDEN:
                hidden = is_on(child)
            elif tag == _REPEATED:
                repeats = is_on(child)
            elif tag == _BEFORE:
                before = min(max(integer(child.get(VAL)) or 0, 0), _MOST_COLUMNS)
        reading.deletions += removed
        reading.insertions += added
        gone = removed if reading.revisions == "final" else added if reading.revisions == "original" else False
        paragraph = reading.paragraphs
        reading.silent += gone
        cells = list(_cells(element, before, reading, story, open_merges))
        reading.silent -= gone
        notes = [line for cell in cells for line in cell.lines if line.kind == "note"]
        for cell in cells if notes else ():
            cell.lines = [line for line in cell.lines if line.kind != "note"]
        if hidden:
            unseen = chain(notes, *(cell.lines for cell in cells))
            reading.hidden_characters += sum(len(line.text) for line in unseen)
            continue
        yield Row([] if gone else [cell for cell in cells if cell.lines], paragraph, repeats, element, notes)


def _cells(row: Any, column: int, reading: Reading, story: Story, open_merges: dict[int, bool]) -> Iterator[Cell]:
    """The cells of a row from grid column `column` on. What goes on from the cell above (w:vMerge) is not read."""
    for element in _within(row, _TC, reading):
        own = first(element, _TC_PR)
        span, merge = 1, None
        removed = added = ground = False
        for child in () if own is None else own:
            tag = child.tag
            if tag == _SPAN:
                span = min(max(integer(child.get(VAL)) or 1, 1), _MOST_COLUMNS)
            elif tag == _DOWN:
                merge = merge or child.get(VAL, "continue")
            elif tag == _ACROSS:
                merge = "across" if child.get(VAL, "continue") == "continue" else merge
            elif tag == _CELL_DELETED:
                removed = True
            elif tag == _CELL_INSERTED:
                added = True
            elif tag == _SHADING:
                ground = is_ground(child)
        gone = removed if reading.revisions == "final" else added if reading.revisions == "original" else False
        reading.silent += gone
        reading.grounds += ground
        lines = list(story(element, reading))
        reading.grounds -= ground
        reading.silent -= gone
        start, column = column, min(column + span, _MOST_COLUMNS)
        covered = merge == "across" or (merge == "continue" and open_merges.get(start, False))
        open_merges[start] = merge == "restart" or (merge == "continue" and covered)
        if covered:
            reading.hidden_characters += sum(len(line.text) for line in lines)
            lines = []
        yield Cell(start, column, lines)


def _within(parent: Any, wanted: str, reading: Reading) -> Iterator[Any]:
    """Rows or cells, also those inside content controls and other wrappers."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            if child.tag == _SDT and (box := box_of(child)):
                show_box(first(child, _SDT_CONTENT), box)
            yield from _within(child, wanted, reading)
        elif child.tag in _MARKS:
            reading.loose_anchors.append((child.get(w("id"), ""), child.tag == w("commentRangeEnd")))


_WRAPPERS = frozenset((w("sdt"), w("sdtContent"), w("customXml"), w("smartTag"), w("ins"), w("moveTo")))
_MARKS = frozenset((w("commentRangeStart"), w("commentRangeEnd")))


def _is_bold(row: Any) -> bool:
    """Every run with text in the row is bold, or every cell is shaded: how a header row looks."""
    runs = [run for run in row.iter(w("r")) if run.find(w("t")) is not None]
    if not runs:
        return False
    return all((own := run.find(w("rPr"))) is not None and bool(on(own, w("b"))) for run in runs)


# ------------------------------------------------------------------- judgement


def _header(rows: list[Row]) -> tuple[list[tuple[int, int, str]] | None, int]:
    """The columns named by the first row as (start, end, name), or by the first two; how many rows name them."""
    if len(rows) < 2 or any(len(cell.lines) > 2 for cell in rows[0].cells):
        return None, 0
    top, below = rows[0], rows[1:]
    texts = [[cell.text for cell in row.cells] for row in rows]
    bold = _is_bold(top.element) and not all(_is_bold(row.element) for row in below)
    names = _two_levels(top, below[0]) if len(rows) > 2 else None
    if names and names_columns([name for _, _, name in names], texts[2:], marked=top.header, bold=bold):
        return names, 2
    if not names_columns(texts[0], texts[1:], marked=top.header, bold=bold):
        return None, 0
    return [(cell.start, cell.end, column_name(cell.text)) for cell in top.cells], 1


def _two_levels(top: Row, second: Row) -> list[tuple[int, int, str]] | None:
    """费用 over 月费 and 提成: the columns of a header of two rows, whose cells are merged down or across."""
    starts = sorted({cell.start for row in (top, second) for cell in row.cells})
    upper, lower = ({cell.start: cell for cell in row.cells} for row in (top, second))
    names = two_levels(*([row[at].text if at in row else "" for at in starts] for row in (upper, lower)))
    if names is None:
        return None
    return [(at, (lower.get(at) or upper[at]).end, column_name(name)) for at, name in zip(starts, names, strict=True)]


def _is_bilingual(rows: list[Row]) -> bool:
    """Two languages side by side: in at least half of the rows one cell is mostly Chinese and another mostly Latin."""
    if not any(len(cell.text) > _LONG_CELL for row in rows for cell in row.cells):
        return False
    both = 0
    for row in rows:
        kinds = {_script(cell.text) for cell in row.cells}
        both += kinds >= {"cjk", "latin"}
    return both * 2 >= len(rows)


def _script(text: str) -> str:
    sample = text[:400]
    ideographs = len(_CJK_RE.findall(sample))
    letters = len(_LATIN_RE.findall(sample))
    if ideographs + letters < 4:
        return "none"
    return "cjk" if ideographs * 3 > letters else "latin" if ideographs * 20 < letters else "mixed"


def _is_data(row: Row, *, headers: list[tuple[int, int, str]] | None) -> bool:
    """A row is one line when it has several cells and none holds more than a paragraph, a header apart."""
    lines = [line for cell in row.cells for line in cell.lines]
    if len(row.cells) < 2 or any(line.kind == "table" for line in lines):
        return False
    if headers is not None:
        return sum(len(line.text) for line in lines) <= _LONGEST_ROW
    return all(len(cell.lines) == 1 for cell in row.cells)


# ----------------------------------------------------------------------- lines


def _with_headers(row: Row, headers: list[tuple[int, int, str]]) -> list[Line]:
    leads = under([_name_of(cell, headers) for cell in row.cells], [cell.text for cell in row.cells])
    lines: list[Line] = []
    separators: list[str] = []
    for cell, lead in zip(row.cells, leads, strict=True):
        separators += [lead, *(" " for _ in cell.lines[1:])]
        lines += map(_one_line, cell.lines)
    return [join(lines, separators, kind="table", paragraph=row.paragraph)]


def _name_of(cell: Cell, headers: list[tuple[int, int, str]]) -> str:
    """The header above a cell; none for a cell that lies under several, like the total at the foot."""
    index = bisect_right(headers, cell.start, key=lambda header: header[0]) - 1
    if index < 0:
        return ""
    start, end, name = headers[index]
    return name if start <= cell.start and cell.end <= end else ""


def _all_used(headers: list[tuple[int, int, str]], rows: list[Row]) -> bool:
    """Whether each column's name is read with a value in some row."""
    used = {
        _name_of(cell, headers) for row in rows if _is_data(row, headers=headers) for cell in row.cells if cell.text
    }
    return all(name in used for _, _, name in headers)


def _unsaid(row: Row) -> Line:
    """The row of names without its words, for the notes and comments that are tied to it."""
    line = _plain_row(row)[0]
    line.text, line.deleted = "", []
    line.anchors = [(comment, 0, end) for comment, _, end in line.anchors]
    return line


def _plain_row(row: Row) -> list[Line]:
    lines = [_one_line(line) for cell in row.cells for line in cell.lines]
    separators = ["\t" if position == 0 else " " for cell in row.cells for position, _ in enumerate(cell.lines)]
    separators[0] = ""
    return [join(lines, separators, kind="table", paragraph=row.paragraph)]


def _one_line(line: Line) -> Line:
    line.text = line.text.replace("\n", " ").replace("\t", " ")
    return line
