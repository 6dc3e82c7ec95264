"""What a PDF carries beside its text: reviewers' comments, filled-in forms."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from contractscan.model import Comment

_MOST = 2_000  # annotations read of one page
_DRAWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
)


def remarks(page: Any, number: int) -> tuple[bool, list[Comment]]:
    """Whether form fields or typed-over text are to be drawn into the page, and the comments on it."""
    drawn = False
    comments: list[Comment] = []
    for index in range(min(_MOST, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in _DRAWN:
            drawn = True
        elif kind in _COMMENTS:
            text = _value(annotation, b"Contents")
            if text:
                comments.append(
                    Comment(author=_value(annotation, b"T"), text=text, date=_date(_value(annotation, b"M")))
                )
        pdfium.FPDFPage_CloseAnnot(annotation)
    return drawn, comments


def _value(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < 200_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _date(stamp: str) -> str | None:
    """D:20260301… → 2026-03-01."""
    digits = stamp.removeprefix("D:")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else None
