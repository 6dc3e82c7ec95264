"""PDF → Document: PDFium for text and boxes, pdfplumber's table finder on pages with ruling lines, OCR where asked."""

from __future__ import annotations

from typing import Any

from contractscan.model import Document
from contractscan.readers.limits import ReadOptions
from contractscan.readers.pdf.compose import compose, mark_contents
from contractscan.readers.pdf.layout import mark_furniture, read_order
from contractscan.readers.pdf.objects import survey
from contractscan.readers.pdf.page import Page, TextLayer, lines_of


def read_pdf(data: bytes, *, name: str, options: ReadOptions) -> Document:
    pdf = _open(data, name, options)
    try:
        pages = [_read_page(pdf, number, options) for number in range(min(len(pdf), options.limits.pages))]
    finally:
        pdf.close()
    mark_furniture(pages)
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
    lines, hidden = lines_of(layer, number + 1, hidden=drawn.hidden)
    layer.close()
    page.close()
    return Page(number + 1, layer.geometry.width, layer.geometry.height, lines, hidden, drawn.edges)
