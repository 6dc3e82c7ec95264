"""Draws small PDF files for the reader's tests; STSong-Light needs no font file."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from contractscan.model import Document
from contractscan.readers import ReadOptions

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
UNGUARDED = ReadOptions(guarded=False)


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with one page per drawing function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    *texts: str, x: float = 72, top: float = 770, step: float = 20, font: str = "STSong-Light", size: float = 12
) -> Callable[[Canvas], None]:
    """Draw one text per line from the top; leading full-width spaces indent."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, text in enumerate(texts):
            canvas.drawString(x, top - number * step, text)

    return draw


def paragraphs(document: Document) -> list[str]:
    return document.text.rstrip("\n").split("\n")
