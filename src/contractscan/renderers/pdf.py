"""The original PDF with highlights at the findings' words, each with a note; the file's own bytes are kept.

The annotations are appended to the file (an incremental update), so that what was there stays as it was. PDFium is
called on one thread only: it is not safe on several.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from contractscan.errors import UsageError
from contractscan.model import Block, Document, Report
from contractscan.renderers.notes import AUTHOR, Note, note_lines, notes, original, summary_lines
from contractscan.renderers.options import Options
from contractscan.text import fold

Box = tuple[float, float, float, float]  # x0, top, x1, bottom from the top left of the page as shown

_COLOURS = {
    "critical": (255, 150, 150),
    "high": (255, 185, 140),
    "medium": (255, 225, 120),
    "low": (160, 220, 240),
    "info": (205, 212, 222),
    "protection": (165, 230, 180),
}
_PRINTED = 4  # annotation flag: shown on paper too
_IDENTIFIER = re.compile(rb"(/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<)([0-9A-Fa-f]*)(>)")
_NOTE_SIZE = 20.0  # points


def render_pdf(report: Report, options: Options) -> bytes:
    """Highlights with notes, and a note on page 1 with the answers and with what has no words to stand at."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    document, data = original(report, options, "pdf")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"{document.name}: the PDF cannot be opened for highlighting ({error})") from error
    try:
        placed: dict[int, list[tuple[Note, list[_Part]]]] = defaultdict(list)
        unplaced: list[Note] = []
        finder = _Lines(document)
        for note in notes(report, document):
            by_page = finder.of(note)
            for number, parts in by_page.items():
                placed[number].append((note, parts))
            if not by_page:
                unplaced.append(note)
        summary = "\n".join(summary_lines(report, unplaced, options.language))
        for number in range(1, min(len(pdf), max((1, *placed))) + 1):
            if number == 1 or number in placed:
                page = pdf[number - 1]
                _annotate(page, placed.get(number, []), document, options.language)
                if number == 1:
                    _write_note(page, summary)
                page.close()
        out = BytesIO()
        pdf.save(out, flags=pdfium.FPDF_INCREMENTAL)
        saved = out.getvalue()
        kept = len(data) if saved.startswith(data) else 0
        return data[:kept] + _steady(saved[kept:], data)
    finally:
        pdf.close()


def _steady(update: bytes, data: bytes) -> bytes:
    """The appended part with the file identifier that PDFium draws at random taken from the file instead."""
    digest = hashlib.sha256(data + update[: update.rfind(b"/ID")]).hexdigest().upper().encode()
    return _IDENTIFIER.sub(lambda m: m[1] + digest[: len(m[2])] + m[3], update)


class _Part(NamedTuple):
    """The words `start` to `end` of the document's text, within one line."""

    line: Block
    start: int
    end: int


class _Lines:
    """The document's lines that have a place on a page, in text order."""

    def __init__(self, document: Document) -> None:
        self.blocks = [block for block in document.blocks if block.page and block.box and block.kind != "furniture"]
        self.ends = [block.end for block in self.blocks]

    def of(self, note: Note) -> dict[int, list[_Part]]:
        """The note's words line by line, by page."""
        found: dict[int, list[_Part]] = {}
        start, end = note.evidence.start, note.evidence.end
        for index in range(bisect_left(self.ends, start + 1), len(self.blocks)):
            block = self.blocks[index]
            if block.start >= end:
                break
            if block.page:
                part = _Part(block, max(start, block.start), min(end, block.end))
                found.setdefault(block.page, []).append(part)
        return found


def _annotate(page: Any, placed: list[tuple[Note, list[_Part]]], document: Document, language: str) -> None:
    if not placed:
        return
    layer = _Layer(page)
    try:
        for note, parts in placed:
            boxes = [box for part in parts for box in layer.boxes(part, document)]
            _highlight(page, layer, boxes, note, language)
    finally:
        layer.close()


class _Layer:
    """The characters of one page and where they stand. Close it; PDFium keeps the memory otherwise."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = page.get_rotation()
        self.textpage = page.get_textpage()
        self._characters: list[tuple[str, Box]] | None = None

    def close(self) -> None:
        self.textpage.close()

    def boxes(self, part: _Part, document: Document) -> Iterator[Box]:
        """Where the words of `part` stand within their line's box.

        The line's characters on the page are compared with its text, blanks apart; when they differ (scanned text, a
        table's row) the whole line is taken.
        """
        line = part.line
        assert line.box is not None
        whole = _letters(document.text[line.start : line.end])
        before = len(_letters(document.text[line.start : part.start]))
        count = len(_letters(document.text[part.start : part.end]))
        if count == len(whole):
            yield line.box
            return
        inside = [(c, box) for c, box in self.characters() if _within(box, line.box)]
        if "".join(c for c, _ in inside) != whole:
            yield line.box
            return
        words = [box for _, box in inside[before : before + count]]
        if words:
            left, top, right, bottom = (f(b[i] for b in words) for i, f in enumerate((min, min, max, max)))
            if line.box[2] - line.box[0] >= line.box[3] - line.box[1]:
                yield (left, line.box[1], right, line.box[3])
            else:  # a line that runs up or down the page as shown
                yield (line.box[0], top, line.box[2], bottom)

    def characters(self) -> list[tuple[str, Box]]:
        """The page's characters in PDFium's order, folded, blanks left out."""
        import pypdfium2.raw as pdfium

        if self._characters is None:
            self._characters = []
            raw = self.textpage.raw
            rectangle = pdfium.FS_RECTF()
            for index in range(pdfium.FPDFText_CountChars(raw)):
                for character in _letters(chr(pdfium.FPDFText_GetUnicode(raw, index))):
                    pdfium.FPDFText_GetLooseCharBox(raw, index, rectangle)
                    low, high = sorted((rectangle.bottom, rectangle.top))
                    self._characters.append((character, self._shown(rectangle.left, low, rectangle.right, high)))
        return self._characters

    def _shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.turn == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turn == 90:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turn == 180:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)

    def page_space(self, box: Box) -> Box:
        """left, bottom, right, top in the page's own space: the way back from `_shown`."""
        x0, top, x1, bottom = box
        if self.turn == 0:
            return (x0 + self.left, self.top - bottom, x1 + self.left, self.top - top)
        if self.turn == 90:
            return (top + self.left, x0 + self.bottom, bottom + self.left, x1 + self.bottom)
        if self.turn == 180:
            return (self.right - x1, top + self.bottom, self.right - x0, bottom + self.bottom)
        return (self.right - bottom, self.top - x1, self.right - top, self.top - x0)


def _letters(text: str) -> str:
    return fold("".join(c for c in text if not c.isspace() and c.isprintable()))


def _within(inner: Box, outer: Box) -> bool:
    """Whether the middle of `inner` lies in `outer`."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


# ---------------------------------------------------------------- annotations


def _highlight(page: Any, layer: _Layer, boxes: list[Box], note: Note, language: str) -> None:
    """One annotation with a quadrilateral a line."""
    import pypdfium2.raw as pdfium

    areas = [layer.page_space(box) for box in boxes]
    if not areas:
        return
    annotation = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_HIGHLIGHT)
    for left, bottom, right, top in areas:
        # Upper left, upper right, lower left, lower right: the order that viewers expect, whatever the standard says.
        quad = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    around = pdfium.FS_RECTF(
        min(a[0] for a in areas), max(a[3] for a in areas), max(a[2] for a in areas), min(a[1] for a in areas)
    )
    pdfium.FPDFAnnot_SetRect(annotation, around)
    _finish(annotation, _COLOURS[note.level], "\n".join(note_lines(note, language)))


def _write_note(page: Any, text: str) -> None:
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_cropbox()
    annotation = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_TEXT)
    rectangle = pdfium.FS_RECTF(left + 8, top - 8, left + 8 + _NOTE_SIZE, top - 8 - _NOTE_SIZE)
    pdfium.FPDFAnnot_SetRect(annotation, rectangle)
    _finish(annotation, _COLOURS["medium"], text)


def _finish(annotation: Any, colour: tuple[int, int, int], text: str) -> None:
    import pypdfium2.raw as pdfium

    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, 255)
    pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
    for key, value in ((b"Contents", text), (b"T", AUTHOR)):
        wide = ctypes.create_string_buffer(value.encode("utf-16-le") + b"\x00\x00")
        pdfium.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(wide, pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPage_CloseAnnot(annotation)
