"""Content controls (w:sdt): boxes to tick, tables of contents."""

from __future__ import annotations

from typing import Any

from contractscan.readers.docx.names import VAL, w, w14

_T, _R = w("t"), w("r")


def box_of(control: Any) -> str:
    """The box that a checkbox control stands for, "" for every other control."""
    properties = control.find(w("sdtPr"))
    box = None if properties is None else properties.find(w14("checkbox"))
    if box is None:
        return ""
    checked = box.find(w14("checked"))
    state = "0" if checked is None else checked.get(w14("val"), "1")
    return "☑" if state in ("1", "true", "on") else "☐"


def show_box(content: Any, box: str) -> None:
    """Put `box` in place of the glyph that a control round whole paragraphs or a cell shows: ☒ stands for ticked."""
    runs = [] if content is None else list(content.iter(_R))
    for run in runs:
        for child in list(run):
            run.remove(child)
    if runs:
        text = runs[0].makeelement(_T)
        text.text = box
        runs[0].append(text)


def is_toc_control(control: Any) -> bool:
    properties = control.find(w("sdtPr"))
    gallery = None if properties is None else next(properties.iter(w("docPartGallery")), None)
    return gallery is not None and gallery.get(VAL) == "Table of Contents"
