"""Opening a PDF and one page of it: the same way for reading and for finding words on the page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Comment
from contractscan.readers.limits import ReadOptions
from contractscan.readers.pdf.notes import remarks
from contractscan.readers.pdf.objects import survey
from contractscan.readers.pdf.page import Page, TextLayer, lines_of
from contractscan.readers.pdf.quality import covered, problem
from contractscan.readers.pdf.tables import find_tables

_LEAST_EDGES = 4  # ruling lines that make a page worth a search for tables


@contextmanager
def opened(data: bytes, name: str, options: ReadOptions) -> Iterator[Any]:
    """The PDFium document; a `ReadError` says why it cannot be opened."""
    import pypdfium2

    start = data.find(b"%PDF-", 0, 1024)
    try:
        pdf = pypdfium2.PdfDocument(data[start:] if start > 0 else data, password=options.password)
    except pypdfium2.PdfiumError as error:
        raise _cannot_open(str(error), name, options) from error
    try:
        if pdf.get_formtype() != pypdfium2.raw.FORMTYPE_NONE:
            pdf.init_forms()
        yield pdf
    finally:
        pdf.close()


def _cannot_open(message: str, name: str, options: ReadOptions) -> ReadError:
    lower = message.lower()
    if "password" in lower:
        if options.password:
            return ReadError(name, "is protected and the password given is wrong.", "Check the password.")
        return ReadError(name, "is protected by a password.", "Pass it with --password.")
    if "security" in lower:
        return ReadError(name, "is encrypted in a way that is not supported.", "Print it to a new PDF and read that.")
    return ReadError(
        name,
        "is damaged or cut off: it is not a complete PDF.",
        "Get the file again, or open it in a PDF program and print it to a new PDF.",
    )


@dataclass(slots=True)
class Layout:
    """A page as read, with PDFium's text of it still open. Close it."""

    page: Page
    text: TextLayer
    comments: list[Comment]
    handle: Any

    def close(self) -> None:
        self.text.close()
        self.handle.close()


def page_layout(pdf: Any, index: int, options: ReadOptions) -> Layout | None:
    """One page with its lines, tables and the verdict on its text layer; None when PDFium cannot open it."""
    import pypdfium2

    try:
        handle = pdf[index]
    except pypdfium2.PdfiumError:
        return None
    to_draw, comments = remarks(handle, index + 1)
    if to_draw:
        handle.flatten()
        handle.close()
        handle = pdf[index]
    layer = TextLayer(handle, options.limits.page_characters)
    drawn = survey(handle, layer.geometry)
    tables = find_tables(drawn.edges) if len(drawn.edges) >= _LEAST_EDGES else []
    cuts = [edge for edge in drawn.edges if edge[2] - edge[0] < edge[3] - edge[1]] if tables else []
    seen, hidden = lines_of(layer, index + 1, hidden=drawn.hidden, cuts=cuts)
    page = Page(index + 1, layer.geometry.width, layer.geometry.height, seen, hidden, tables)
    share = covered(page, drawn)
    if hidden and not seen and share > 0.5:
        # A scan that was recognised before: the invisible text is what its image shows.
        for line in hidden:
            line.source = "ocr"
        page.lines, page.hidden = hidden, []
    page.problem = problem(layer, drawn, page.lines, share)
    page.truncated = layer.truncated
    return Layout(page, layer, comments, handle)
