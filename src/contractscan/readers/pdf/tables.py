"""Ruled tables: cells from ruling lines with pdfplumber's table finder, words from PDFium, a row to a line of text.

pdfplumber's own page parser is not used: its table functions take edges, and PDFium has those for a fortieth of the
time. A row under column names reads `项目：直播服务；金额：5000元`, as in every other format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.readers.columns import column_name, names_columns, under
from contractscan.readers.pdf.page import Box, Line, Table

_SNAP = 3.0  # points within which edges are one line and corners meet; pdfplumber's default
_MOST_EDGES = 3_000
_IDEOGRAPH_RE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LABEL_END_RE = re.compile(r"[:：]\s*$")
_PROSE = 60  # characters: a cell with more is running text, not an entry


def find_tables(edges: Sequence[Box]) -> list[Table]:
    """Tables of at least two rows and two columns that the ruling lines form."""
    if not 4 <= len(edges) <= _MOST_EDGES:
        return []
    upright = [edge for edge in edges if edge[2] - edge[0] < edge[3] - edge[1]]
    level = [edge for edge in edges if edge[2] - edge[0] >= edge[3] - edge[1]]
    if len({round(edge[0] / _SNAP) for edge in upright}) < 3 or len({round(edge[1] / _SNAP) for edge in level}) < 3:
        return []
    from pdfplumber import table as plumber

    merged = plumber.merge_edges(
        [_edge(edge, "v") for edge in upright] + [_edge(edge, "h") for edge in level],
        snap_x_tolerance=_SNAP,
        snap_y_tolerance=_SNAP,
        join_x_tolerance=_SNAP,
        join_y_tolerance=_SNAP,
    )
    crossings = plumber.edges_to_intersections(merged, _SNAP, _SNAP)
    cells = plumber.intersections_to_cells(crossings)
    tables: list[Table] = []
    for group in plumber.cells_to_tables(cells):
        table = _table(group)
        if len(table.rows) >= 2 and max(len(row) for row in table.rows) >= 2:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def _edge(box: Box, orientation: str) -> dict[str, object]:
    x0, top, x1, bottom = box
    if orientation == "v":
        x0 = x1 = (x0 + x1) / 2
    else:
        top = bottom = (top + bottom) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
        "object_type": "line",
    }


def _table(cells: Sequence[Box]) -> Table:
    tops = sorted({cell[1] for cell in cells})
    lefts = sorted({cell[0] for cell in cells})
    place = {(cell[1], cell[0]): cell for cell in cells}
    rows = [[place.get((top, left)) for left in lefts] for top in tops]
    box = (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    return Table(rows, box)


def is_layout(texts: Sequence[Sequence[str]]) -> bool:
    """True when the cells hold running text side by side: a page frame, or two languages in two columns."""
    filled = [text for row in texts for text in row if text]
    if not filled:
        return True
    prose = [text for text in filled if len(text) > 4 * _PROSE]
    if sum(map(len, prose)) > 0.6 * sum(map(len, filled)):
        return True
    columns = list(zip(*texts, strict=True))
    if len(columns) != 2:
        return False
    left, right = ("".join(column) for column in columns)
    chinese = [len(_IDEOGRAPH_RE.findall(side)) / max(1, len(side)) for side in (left, right)]
    long = [text for text in filled if len(text) > _PROSE]
    return abs(chinese[0] - chinese[1]) > 0.5 and min(len(left), len(right)) > 2 * _PROSE and len(long) >= 2


def render(texts: Sequence[Sequence[str]], header: Sequence[str] | None = None) -> tuple[list[str], list[str] | None]:
    """One text for each row ('' for an empty one), and the column names used, for the next page's part of the table.

    The row of names becomes '' where the rows below repeat all of them.
    """
    filled = [[(column, text) for column, text in enumerate(row) if text] for row in texts]
    bare = [[text for _, text in row] for row in filled]
    own = len(bare[0]) >= len(texts[0]) - 1 and names_columns(bare[0], bare[1:])
    if own:
        header = [column_name(text) for text in texts[0]]
    elif header is not None and len(header) != len(texts[0]):
        header = None
    rows: list[str] = []
    used: set[str] = set()
    for number, row in enumerate(filled):
        if header is None or len(row) < 2 or (number == 0 and own):
            rows.append(_plain([text for _, text in row]))
        elif [column_name(text) for _, text in row] == [header[column] for column, _ in row]:
            rows.append("")  # the row of names, repeated on the next page
        else:
            names = [header[column] for column, _ in row]
            used.update(names)
            rows.append("".join(lead + text for lead, (_, text) in zip(under(names, bare[number]), row, strict=True)))
    if own and header and used >= {name for name in header if name}:
        rows[0] = ""
    return rows, list(header) if header else None


def _plain(texts: Sequence[str]) -> str:
    """Cells side by side without headers: a label stays with its value."""
    line = ""
    for text in texts:
        line += text if not line or _LABEL_END_RE.search(line) else f"  {text}"
    return line


def take_lines(lines: list[Line], box: Box) -> tuple[list[Line], list[Line]]:
    """Split lines into those whose middle lies in `box` and the others."""
    x0, top, x1, bottom = box
    inside = [
        line for line in lines if x0 - 1 <= (line.x0 + line.x1) / 2 <= x1 + 1 and top - 1 <= line.middle <= bottom + 1
    ]
    taken = {id(line) for line in inside}
    return inside, [line for line in lines if id(line) not in taken]
