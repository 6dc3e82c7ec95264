"""Tables without ruling lines: rows whose entries stand below the names of their columns.

Only what is certain becomes a table: names that columns are called by, and at least two rows of which every entry
stands below one name. Everything else stays as the rows it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from contractscan.readers.columns import are_column_words, names_columns
from contractscan.readers.pdf.compose import flow
from contractscan.readers.pdf.layout import Row
from contractscan.readers.pdf.page import Line
from contractscan.readers.pdf.tables import render

_LEAST_ROWS = 2
_FARTHEST = 3.0  # of the type size: rows of one table follow one another
_NEXT_LINE = 1.7  # of the type size: a line that goes on in the cell above is not farther than this


def set_aligned(rows: Sequence[Row]) -> list[Row]:
    """The rows, with each table that they hold as one row of kind `table`."""
    result: list[Row] = []
    position = 0
    while position < len(rows):
        entries = _entries(rows, position)
        if entries:
            used = sum(len(entry) for entry in entries)
            result.append(_as_table(rows[position], entries))
            position += used
        else:
            result.append(rows[position])
            position += 1
    return result


def _entries(rows: Sequence[Row], start: int) -> list[list[Row]]:
    """The table that begins with the row at `start`: each of its rows with the lines that go on in it."""
    head = rows[start]
    if len(head.parts) < 2 or not are_column_words([part.text for part in head.parts]):
        return []
    entries: list[list[Row]] = [[head]]
    last = head
    for row in takewhile(lambda row: row.page == head.page and row.column == head.column, rows[start + 1 :]):
        columns = _columns(head, row)
        distance = row.top - last.bottom
        if columns is None or not -0.5 * row.size < distance < _FARTHEST * row.size:
            break
        if columns[0] == 0 and len(columns) > 1:
            entries.append([row])
        elif len(entries) > 1 and 0 not in columns and row.bottom - last.bottom < _NEXT_LINE * row.size:
            entries[-1].append(row)
        else:
            break
        last = row
    full = [entry for entry in entries[1:] if len(entry[0].parts) == len(head.parts)]
    texts = _texts(entries)
    bare = [[text for text in row if text] for row in texts]
    if len(full) < _LEAST_ROWS or not names_columns(texts[0], bare[1:]):
        return []
    return entries


def _columns(head: Row, row: Row) -> list[int] | None:
    """The column of each part of `row`; None when one stands below none of the names, below two, or beside another."""
    found: list[int] = []
    for part in row.parts:
        if part.kind != "text":
            return None
        below = [
            number
            for number, name in enumerate(head.parts)
            if min(part.x1, name.x1) - max(part.x0, name.x0) > 0 or abs(part.x0 - name.x0) < 0.5 * part.size
        ]
        if len(below) != 1 or below[0] in found:
            return None
        found.append(below[0])
    return found


def _texts(entries: Sequence[Sequence[Row]]) -> list[list[str]]:
    head = entries[0][0]
    texts: list[list[str]] = []
    for entry in entries:
        cells: list[list[Line]] = [[] for _ in head.parts]
        for row in entry:
            for column, part in zip(_columns(head, row) or (), row.parts, strict=False):
                cells[column].append(part)
        texts.append([flow(lines) for lines in cells])
    return texts


def _as_table(head: Row, entries: Sequence[Sequence[Row]]) -> Row:
    lines = [part for entry in entries for row in entry for part in row.parts]
    sure = [line.confidence for line in lines if line.confidence is not None]
    box = _around(lines)
    table = Line(
        "", head.page, *box, head.size, kind="table", source=lines[0].source, confidence=min(sure) if sure else None
    )
    table.rows = [
        (text, _around([part for row in entry for part in row.parts]))
        for text, entry in zip(render(_texts(entries))[0], entries, strict=True)
        if text
    ]
    return Row([table], head.left, head.right, head.pitch, head.column)


def _around(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    boxes = [line.box for line in lines]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
