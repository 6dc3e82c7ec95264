"""Opening a PDF and one page of it: the same way for reading and for finding words on the page again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Comment
from contractscan.readers.limits import ReadOptions
from contractscan.readers.pdf.notes import Field, remarks
from contractscan.readers.pdf.objects import Drawn, is_on, survey
from contractscan.readers.pdf.page import Box, Geometry, Line, Page, Table, TextLayer, lines_of
from contractscan.readers.pdf.quality import covered, problem
from contractscan.readers.pdf.recover import add_lost
from contractscan.readers.pdf.strikes import mark_strikes
from contractscan.readers.pdf.tables import find_tables

_READABLE = 2.0  # points: nobody reads smaller type
_SCAN = 0.5  # of the page: an image that covers more may be a scan
_LOOK = 2.0  # pixels to a point: enough to see whether there is type
_EVEN = 24  # of 256 tones: an area that varies less holds no type
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


def page_layout(pdf: Any, index: int, options: ReadOptions, data: bytes) -> Layout | None:
    """One page with its lines, tables and the verdict on its text layer; None when PDFium cannot open it."""
    import pypdfium2

    try:
        handle = pdf[index]
    except pypdfium2.PdfiumError:
        return None
    to_draw, comments, fields = remarks(handle, index + 1, pdf.formenv)
    if to_draw:
        handle.flatten()
        handle.close()
        handle = pdf[index]
    layer = TextLayer(handle, options.limits.page_characters)
    drawn = survey(handle, layer.geometry)
    hidden_objects = drawn.hidden | _painted_over(handle, drawn)
    tables = find_tables(drawn.edges) if len(drawn.edges) >= _LEAST_EDGES else []
    cuts = [
        edge
        for edge in (drawn.edges if tables else ())
        if edge[2] - edge[0] < edge[3] - edge[1] and any(_is_of(edge, table) for table in tables)
    ]
    seen, hidden = lines_of(layer, index + 1, hidden=hidden_objects, cuts=cuts)
    page = Page(index + 1, layer.geometry.width, layer.geometry.height, seen, hidden, tables)
    mark_strikes(layer, seen, drawn.edges)
    if drawn.lost:
        add_lost(data, index + 1, options.password, page.lines, page.hidden)
    _set_unseen_aside(page)
    for field in fields:
        _fill_in(page, field, layer.geometry)
    share = covered(page, drawn)
    _take_recognised(page, drawn, share)
    page.problem = problem(layer, drawn, page.lines, share)
    page.truncated = layer.truncated
    return Layout(page, layer, comments, handle)


def _is_of(edge: Box, table: Table) -> bool:
    """Whether an upright edge parts cells of the table: the side of a coloured word elsewhere parts nothing."""
    x0, top, x1, bottom = table.box
    return x0 - 3 <= edge[0] <= x1 + 3 and edge[1] < bottom and edge[3] > top


def _painted_over(handle: Any, drawn: Drawn) -> frozenset[int]:
    """The text objects under areas painted later that do not show: a blend or a clip may let them through.

    The page is rendered to see; only pages that paint over text are.
    """
    if not drawn.covered:
        return frozenset()
    bitmap = handle.render(scale=_LOOK, grayscale=True)
    try:
        rows, step = memoryview(bitmap.buffer), bitmap.stride
        width, height = bitmap.width, bitmap.height
        gone = []
        for address, box in drawn.covered:
            x0, top = max(0, int(box[0] * _LOOK)), max(0, int(box[1] * _LOOK))
            x1, bottom = min(width, int(box[2] * _LOOK) + 1), min(height, int(box[3] * _LOOK) + 1)
            tones = b"".join(bytes(rows[y * step + x0 : y * step + x1]) for y in range(top, bottom))
            if tones and max(tones) - min(tones) < _EVEN:
                gone.append(address)
    finally:
        bitmap.close()
    return frozenset(gone)


def _set_unseen_aside(page: Page) -> None:
    """Move to `hidden` the lines that stand off the page or are too small to be read."""
    if not page.lines:
        return
    least = min(_READABLE, 0.3 * median(line.size for line in page.lines))
    unseen = [
        line
        for line in page.lines
        if line.size < least or line.x0 > page.width or line.x1 < 0 or line.top > page.height or line.bottom < 0
    ]
    if unseen:
        gone = {id(line) for line in unseen}
        page.lines = [line for line in page.lines if id(line) not in gone]
        page.hidden += unseen


def _fill_in(page: Page, field: Field, geometry: Geometry) -> None:
    """Put a form field's value on the page: a box in place of its glyph, words only where none were drawn."""
    x0, top, x1, bottom = geometry.box(*field.box)
    inside = [
        line
        for line in page.lines
        if x0 - 1 <= (line.x0 + line.x1) / 2 <= x1 + 1 and top - 1 <= line.middle <= bottom + 1
    ]
    if field.to_tick:
        gone = {id(line) for line in inside if len(line.text) <= 1}
        page.lines = [line for line in page.lines if id(line) not in gone]
    elif inside:
        return
    text = " ".join(field.value.split())
    page.lines.append(Line(text, page.number, x0, top, x1, bottom, max(1.0, min(bottom - top, x1 - x0))))


def _take_recognised(page: Page, drawn: Drawn, share: float) -> None:
    """A scan that was recognised before: the invisible text on its image is what the image shows.

    A scanning program's stamp may stand beside it. Where there is more to see than hidden, the image is a background.
    """
    if not page.hidden or share <= _SCAN:
        return
    shown = [line for line in page.hidden if is_on(line.box, drawn.images)]
    if sum(len(line.text) for line in shown) < sum(len(line.text) for line in page.lines):
        return
    for line in shown:
        line.source = "ocr"
    taken = {id(line) for line in shown}
    page.lines += shown
    page.hidden = [line for line in page.hidden if id(line) not in taken]
