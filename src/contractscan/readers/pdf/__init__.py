"""PDF → Document: PDFium for text and boxes, pdfplumber's table finder on pages with ruling lines, OCR where asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contractscan.model import Document
from contractscan.readers.limits import ReadOptions
from contractscan.readers.pdf.compose import compose, flow, mark_contents
from contractscan.readers.pdf.layout import mark_furniture, read_order
from contractscan.readers.pdf.objects import survey
from contractscan.readers.pdf.page import Line, Page, TextLayer, lines_of
from contractscan.readers.pdf.tables import find_tables, is_layout, render, take_lines

_LEAST_EDGES = 4  # ruling lines that make a page worth a search for tables


def read_pdf(data: bytes, *, name: str, options: ReadOptions) -> Document:
    pdf = _open(data, name, options)
    try:
        pages = [_read_page(pdf, number, options) for number in range(min(len(pdf), options.limits.pages))]
    finally:
        pdf.close()
    mark_furniture(pages)
    _set_tables(pages)
    rows = read_order(pages)
    mark_contents(rows)
    aside = [line for page in pages for line in page.lines if line.kind in ("furniture", "watermark")]
    composed = compose(rows, aside)
    return Document(
        name=name,
        format="pdf",
        pages=len(pages),
        text=composed.text,
        blocks=tuple(composed.blocks),
        muted=tuple(composed.muted),
    )


def _open(data: bytes, name: str, options: ReadOptions) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(data, password=options.password)


def _read_page(pdf: Any, number: int, options: ReadOptions) -> Page:
    page = pdf[number]
    layer = TextLayer(page, options.limits.page_characters)
    drawn = survey(page, layer.geometry)
    tables = find_tables(drawn.edges) if len(drawn.edges) >= _LEAST_EDGES else []
    cuts = [edge for edge in drawn.edges if edge[2] - edge[0] < edge[3] - edge[1]] if tables else []
    lines, hidden = lines_of(layer, number + 1, hidden=drawn.hidden, cuts=cuts)
    layer.close()
    page.close()
    return Page(number + 1, layer.geometry.width, layer.geometry.height, lines, hidden, tables)


def _set_tables(pages: Sequence[Page]) -> None:
    """Put each ruled table in the place of its lines: one line of kind `table` with its rows as they read."""
    header: list[str] | None = None
    last_page, edges = 0, [0.0]
    for page in pages:
        for table in page.tables:
            own = [cell[0] for cell in table.rows[0] if cell]
            same = len(own) == len(edges) and all(abs(a - b) < 3 for a, b in zip(own, edges, strict=True))
            if not same or page.number != last_page + 1:
                header = None  # not the last page's table going on
            last_page, edges = page.number, own
            body = [line for line in page.lines if line.kind == "text"]
            inside, _ = take_lines(body, table.box)
            cells = [[take_lines(inside, cell)[0] if cell else [] for cell in row] for row in table.rows]
            texts = [[flow(lines) for lines in row] for row in cells]
            if is_layout(texts):
                continue
            rows, header = render(texts, header)
            size = max((line.size for line in inside), default=10.0)
            line = Line("", page.number, *table.box, size, kind="table")
            line.rows = [
                (
                    text,
                    (
                        table.box[0],
                        min(cell[1] for cell in row if cell),
                        table.box[2],
                        max(cell[3] for cell in row if cell),
                    ),
                )
                for text, row in zip(rows, table.rows, strict=True)
                if text
            ]
            gone = {id(line) for line in inside}
            page.lines = [line for line in page.lines if id(line) not in gone] + [line]
