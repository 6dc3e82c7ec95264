"""What is drawn on a PDF page besides its text: ruling lines, images, and text that nobody can see."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from contractscan.readers.pdf.page import Box, Geometry

_MOST_OBJECTS = 20_000  # a page with more is a drawing or an attack; what was seen so far is used
_DEEPEST_FORM = 5
_THIN = 3.0  # points: a filled rectangle this thin is a ruling line
_LEAST_TABLE = 20.0  # points: a path that draws several cells is wider and higher
_WHITE = 250
_MOST_PAINTED = 200  # areas of a page that are looked under
_EVERYWHERE_RE = re.compile(rb"Helvetica|Arial|Times|Courier|Symbol|Dingbats|Calibri|Cambria|Verdana|Georgia|Tahoma")


@dataclass(slots=True)
class Drawn:
    """Boxes as shown on the page. `hidden` holds the addresses of text objects that leave no visible mark."""

    edges: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)  # areas with a colour, on which white text can be read
    images: list[Box] = field(default_factory=list)
    hidden: frozenset[int] = frozenset()
    covered: list[tuple[int, Box]] = field(default_factory=list)  # text objects that an area was painted over later
    lost: int = 0  # text objects that PDFium takes for empty, since their font is not there
    paths: int = 0


def survey(page: Any, geometry: Geometry) -> Drawn:
    """Walk the page's objects once, those inside form XObjects too."""
    drawn = Drawn()
    invisible: list[int] = []
    white: list[tuple[int, Box]] = []
    earlier: list[Any] = []  # text objects outside forms
    places: list[tuple[float, float, float, float]] = []  # of these, in page space, once they are asked for
    painted = 0
    colour = [ctypes.c_uint() for _ in range(4)]
    bounds = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    # Each entry: count, getter of the nth object, matrix of the form it stands in.
    stack: list[tuple[Any, bool, tuple[float, ...], int]] = [(page.raw, False, identity, 0)]
    left_over = _MOST_OBJECTS
    while stack:
        holder, is_form, matrix, depth = stack.pop()
        count = pdfium.FPDFFormObj_CountObjects(holder) if is_form else pdfium.FPDFPage_CountObjects(holder)
        get = pdfium.FPDFFormObj_GetObject if is_form else pdfium.FPDFPage_GetObject
        for number in range(min(count, left_over)):
            left_over -= 1
            item = get(holder, number)
            if not item:
                continue
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                pdfium.FPDFPageObj_GetBounds(item, *bounds)
                if bounds[0].value == bounds[2].value and _lacks_font(item):
                    drawn.lost += 1
                if not depth:
                    earlier.append(item)
                if pdfium.FPDFTextObj_GetTextRenderMode(item) in (3, 7):
                    invisible.append(ctypes.addressof(item.contents))
                elif pdfium.FPDFPageObj_GetFillColor(item, *colour) and (
                    colour[3].value == 0
                    or (colour[0].value >= _WHITE and min(colour[1].value, colour[2].value) >= _WHITE)
                ):
                    white.append((ctypes.addressof(item.contents), _bounds(item, bounds, matrix, geometry)))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                drawn.paths += 1
                pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
                if not fill.value and not stroke.value:
                    continue
                box = _bounds(item, bounds, matrix, geometry)
                if fill.value and not depth and painted < _MOST_PAINTED and min(_sizes(box)) > _THIN:
                    painted += 1
                    drawn.covered += _under(item, colour, earlier, places, geometry)
                coloured = stroke.value or not pdfium.FPDFPageObj_GetFillColor(item, *colour)
                coloured = coloured or (
                    colour[3].value > 0 and min(colour[0].value, colour[1].value, colour[2].value) < _WHITE
                )
                if coloured:
                    _add_path(drawn, item, box, matrix, geometry, filled=bool(fill.value))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                drawn.images.append(_bounds(item, bounds, matrix, geometry))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                own = pdfium.FS_MATRIX()
                if pdfium.FPDFPageObj_GetMatrix(item, own):
                    inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                    stack.append((item, True, inner, depth + 1))
    unseen = [address for address, box in white if not is_on(box, drawn.fills) and not is_on(box, drawn.images)]
    drawn.hidden = frozenset(invisible + unseen)
    return drawn


def _sizes(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _under(
    area: Any,
    colour: list[Any],
    earlier: list[Any],
    places: list[tuple[float, float, float, float]],
    geometry: Geometry,
) -> list[tuple[int, Box]]:
    """The text objects among `earlier` that the area just painted lies over."""
    if not earlier or not pdfium.FPDFPageObj_GetFillColor(area, *colour) or colour[3].value < 255:
        return []
    places += [_own_bounds(item) for item in earlier[len(places) :]]
    left, bottom, right, top = _own_bounds(area)
    return [
        (ctypes.addressof(item.contents), geometry.box(*box))
        for item, box in zip(earlier, places, strict=True)
        if left - 1 <= box[0] < box[2] <= right + 1 and bottom - 1 <= box[1] < box[3] <= top + 1
    ]


def _own_bounds(item: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return (left.value, bottom.value, right.value, top.value)


def _lacks_font(item: Any) -> bool:
    """Whether a text object's font is not in the file and none of those that every PDF program has."""
    font = pdfium.FPDFTextObj_GetFont(item)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font):
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return _EVERYWHERE_RE.search(name.value) is None


def _times(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = second
    return (a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r)


def _point(x: float, y: float, matrix: tuple[float, ...]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Any, bounds: list[Any], matrix: tuple[float, ...], geometry: Geometry) -> Box:
    pdfium.FPDFPageObj_GetBounds(item, *bounds)
    left, bottom, right, top = (value.value for value in bounds)
    if matrix != (1.0, 0.0, 0.0, 1.0, 0.0, 0.0):
        corners = [_point(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    return geometry.box(left, bottom, right, top)


def _add_path(
    drawn: Drawn, item: Any, box: Box, matrix: tuple[float, ...], geometry: Geometry, *, filled: bool
) -> None:
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide <= _THIN or high <= _THIN:
        drawn.edges.append(box)
        return
    if filled:
        drawn.fills.append(box)
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments <= 5:
        drawn.edges += _sides(box)
        return
    if segments > 4_000 or wide < _LEAST_TABLE or high < _LEAST_TABLE:
        return  # a drawing; a sign or a letter drawn as an outline
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    whole = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _point(x.value, y.value, whole)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            edge = geometry.box(
                min(last[0], point[0]), min(last[1], point[1]), max(last[0], point[0]), max(last[1], point[1])
            )
            if edge[2] - edge[0] <= _THIN or edge[3] - edge[1] <= _THIN:
                drawn.edges.append(edge)
        last = point


def _sides(box: Box) -> list[Box]:
    x0, top, x1, bottom = box
    return [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]


def is_on(box: Box, areas: list[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in areas)
