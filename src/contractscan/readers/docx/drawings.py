"""Drawings: the text boxes in them, once each; WordArt; pictures and objects that may hold text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractscan.readers.docx.names import a, integer, mc, w
from contractscan.readers.docx.state import Reading, not_read

_BOX = w("txbxContent")
_VML = "{urn:schemas-microsoft-com:vml}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_EXTENT_TAGS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent",
    "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}extent",
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHOICES = (mc("Choice"), mc("Fallback"))
_EMU_PER_POINT = 12_700
_CSS_LENGTH_RE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, None: 0.75}
_EXPORT = "Export the file as PDF, or read this part yourself."


def alternative(element: Any) -> Any:
    """The one branch of mc:AlternateContent to read: the first that holds text, else the first.

    The branches are the same content for newer and older programs; reading both would give everything twice.
    """
    branches = [branch for branch in element if branch.tag in _CHOICES]
    for branch in branches:
        if next(branch.iter(_BOX, w("t"), a("t"), w("tab"), w("sym")), None) is not None:
            return branch
    return branches[0] if branches else None


def read_drawing(element: Any, reading: Reading) -> None:
    """Note what a w:drawing, w:pict or w:object holds; its text boxes are read after the paragraph."""
    if reading.silent or reading.hiding:
        return
    for child in _outermost(element):
        tag = child.tag
        if tag == _BOX:
            reading.line.boxes.append(child)
        elif tag == a("p"):
            reading.line.boxes.append("".join(text.text or "" for text in child.iter(a("t"))))
        elif tag == _VML + "textpath":
            reading.line.boxes.append(child.get("string", ""))
        elif tag in (a("blip"), _VML + "imagedata"):
            reading.images.append((reading.paragraphs - 1, _area(element)))
        elif tag == _OLE:
            kind = child.get("ProgID", "") or "unknown"
            not_read(reading, f"embedded object ({kind})", "Objects of other programs are not read.", _EXPORT)
        elif tag == _CHART:
            not_read(reading, "chart", "The text of charts is not read.", _EXPORT)
        elif tag == _DIAGRAM:
            not_read(reading, "diagram (SmartArt)", "The text of diagrams is not read.", _EXPORT)


_LEAVES = {_BOX, a("p"), _VML + "textpath", a("blip"), _VML + "imagedata", _OLE, _CHART, _DIAGRAM}


def _outermost(element: Any) -> Iterator[Any]:
    """The elements that matter, in order, none inside another, one branch of each alternative."""
    stack = [element]
    while stack:
        current = stack.pop()
        if current.tag in _LEAVES:
            yield current
            continue
        if current.tag == mc("AlternateContent"):
            current = alternative(current)
            if current is None:
                continue
        stack.extend(reversed(current))


def _area(drawing: Any) -> float:
    """Square points that the drawing covers on the page; 0 when it does not say."""
    for extent in drawing.iter(*_EXTENT_TAGS):
        width, height = integer(extent.get("cx")) or 0, integer(extent.get("cy")) or 0
        return width / _EMU_PER_POINT * (height / _EMU_PER_POINT)
    largest = 0.0
    for shape in drawing.iter():
        style = shape.get("style") if isinstance(shape.tag, str) and shape.tag.startswith(_VML) else None
        if style:
            sides = {
                name: float(size) * _POINTS[unit or None] for name, size, unit in _CSS_LENGTH_RE.findall(style[:500])
            }
            largest = max(largest, sides.get("width", 0.0) * sides.get("height", 0.0))
    return largest
