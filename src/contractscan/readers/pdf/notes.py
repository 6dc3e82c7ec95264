"""What a PDF carries beside its text: reviewers' comments, filled-in forms."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from contractscan.model import Comment

_MOST = 2_000  # annotations read of one page
_UNSEEN = 2 | 32  # annotation flags: hidden, not for the screen
_TICKED = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TYPED = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_DRAWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
)


@dataclass(slots=True, frozen=True)
class Field:
    """A form field that was filled in: left, bottom, right, top in page space; a box to tick is ☑ or ☐."""

    box: tuple[float, float, float, float]
    value: str
    to_tick: bool


def remarks(page: Any, number: int, form: Any) -> tuple[bool, list[Comment], list[Field]]:
    """Whether form fields or typed-over text are to be drawn into the page, the comments on it, and its fields."""
    drawn = False
    fields: list[Field] = []
    comments: list[Comment] = []
    for index in range(min(_MOST, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in _DRAWN:
            drawn = True
            if form is not None and kind == pdfium.FPDF_ANNOT_WIDGET and (found := _field(annotation, form)):
                fields.append(found)
        elif kind in _COMMENTS:
            text = _value(annotation, b"Contents")
            if text:
                comments.append(
                    Comment(author=_value(annotation, b"T"), text=text, date=_date(_value(annotation, b"M")))
                )
        pdfium.FPDFPage_CloseAnnot(annotation)
    return drawn, comments, fields


def _field(annotation: Any, form: Any) -> Field | None:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    rectangle = pdfium.FS_RECTF()
    if (
        kind not in (*_TICKED, *_TYPED)
        or pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN
        or not pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    ):
        return None
    if kind in _TICKED:
        value = "☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    else:
        size = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
        value = _read(lambda buffer, length: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length), size)
    box = rectangle.left, min(rectangle.bottom, rectangle.top), rectangle.right, max(rectangle.bottom, rectangle.top)
    return Field(box, value, kind in _TICKED) if value else None


def _value(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    return _read(lambda buffer, length: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length), size)


def _read(call: Callable[[Any, int], int], size: int) -> str:
    """The UTF-16 text of `size` bytes that `call` writes into a buffer."""
    if not 2 < size < 200_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _date(stamp: str) -> str | None:
    """D:20260301… → 2026-03-01."""
    digits = stamp.removeprefix("D:")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else None
