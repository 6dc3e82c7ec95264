"""Recognition (OCR) of a page's picture with RapidOCR, whose models come inside its wheel: nothing is fetched."""

from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec
from typing import Any

from contractscan.readers.pdf.picture import Pixels, Recognise, Recognised, Word

Corners = list[tuple[float, float]]  # of a line: from the top left, clockwise

_LEAST_CONFIDENCE = 0.5
_SURE = 0.9  # mean confidence of a page that lies the right way up
_LEVEL = 0.002  # radians: a smaller slant moves nothing by a line's height
_SHORTEST_RULE, _THICKEST_RULE = 40, 14  # pixels at 200 dots an inch: type is 33 high
_MOST_RULES = 1_000
_TRIALS = 3  # longest lines that decide which way up the page is


def recogniser() -> Recognise | None:
    """The function that recognises pages, or None when contractscan[ocr] is not installed."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    return recognise


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.text_score": _LEAST_CONFIDENCE})


def recognise(picture: Pixels) -> Recognised:
    """The lines on the picture, set upright: by quarter turns first, by the small slant of a scan then."""
    import numpy

    image = numpy.frombuffer(picture.data, dtype=numpy.uint8).reshape(picture.height, picture.width, 3)
    lines = _lines(image)
    turn = _turn(image, lines)
    if turn:
        image = numpy.ascontiguousarray(numpy.rot90(image, -turn // 90))
        lines = _lines(image)
    high, wide = image.shape[:2]
    slant = _slant([corners for corners, _, _ in lines])
    words = tuple(
        Word(text, round(score, 4), _level(corners, slant, wide, high))
        for corners, text, score in lines
        if text.strip()
    )
    return Recognised(words, turn, _rules(image, slant))


def _rules(image: Any, slant: float) -> tuple[tuple[float, float, float, float], ...]:
    """The level and upright strokes that are too long for type, once the slant is taken out as for the words."""
    import cv2
    import numpy

    high, wide = image.shape[:2]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if abs(slant) >= _LEVEL:
        turned = cv2.getRotationMatrix2D((wide / 2, high / 2), math.degrees(slant), 1.0)
        grey = cv2.warpAffine(grey, turned, (wide, high), borderValue=255)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    least = max(_SHORTEST_RULE, max(high, wide) // 45)
    found: list[tuple[float, float, float, float]] = []
    for along in (True, False):
        across: Any = numpy.ones(
            (3, 1) if along else (1, 3), numpy.uint8
        )  # what slant is left breaks a line into steps
        stroke: Any = numpy.ones((1, least) if along else (least, 1), numpy.uint8)
        strokes = cv2.morphologyEx(cv2.dilate(ink, across), cv2.MORPH_OPEN, stroke)
        count, _, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        if count > _MOST_RULES:
            return ()  # a photograph or a pattern
        for x, y, width, height, _ in boxes[1:].tolist():
            if (height if along else width) <= _THICKEST_RULE:
                found.append((x, y, x + width, y + height))
    return tuple(found)


def _lines(image: Any) -> list[tuple[Corners, str, float]]:
    """Corners, text and confidence of each line, as if the picture were upright.

    RapidOCR's own classifier of upside-down lines stays off: it takes single long lines of an upright page for such
    and loses them. All three switches are named because the engine remembers the last call's.
    """
    result = _engine()(image, use_det=True, use_cls=False, use_rec=True)
    if getattr(result, "boxes", None) is None or result.txts is None:
        return []
    return [
        ([(float(x), float(y)) for x, y in box], text, float(score))
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
    ]


def _extent(corners: Corners) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _turn(image: Any, lines: list[tuple[Corners, str, float]]) -> int:
    """By how many degrees clockwise the picture must be turned; doubtful pages are tried on their longest lines."""
    import numpy

    extents = [_extent(corners) for corners, _, _ in lines]
    tall = sum(1 for x0, y0, x1, y1 in extents if y1 - y0 > 1.5 * (x1 - x0))
    sideways = tall > 0.5 * len(extents)
    if not sideways and (not lines or sum(score for _, _, score in lines) > _SURE * len(lines)):
        return 0
    turns = (90, 270) if sideways else (0, 180)
    extents = [extent for extent in extents if (extent[3] - extent[1] > extent[2] - extent[0]) == sideways]
    extents.sort(key=lambda extent: (extent[2] - extent[0]) + (extent[3] - extent[1]), reverse=True)
    scores = dict.fromkeys(turns, 0.0)
    for x0, y0, x1, y1 in extents[:_TRIALS]:
        strip = image[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
        for turn in turns:
            turned = numpy.ascontiguousarray(numpy.rot90(strip, -turn // 90))
            result = _engine()(turned, use_det=False, use_cls=False, use_rec=True)
            if result.txts:
                scores[turn] += float(result.scores[0]) * len(result.txts[0])
    return max(turns, key=lambda turn: scores[turn])


def _slant(boxes: list[Corners]) -> float:
    """The angle that the longer half of the lines runs at, in radians."""
    runs = sorted(((b[1][0] - b[0][0], b[1][1] - b[0][1]) for b in boxes), key=lambda run: -abs(run[0]))
    angles = sorted(math.atan2(rise, run) for run, rise in runs[: max(1, len(runs) // 2)] if run > 0)
    middle = angles[len(angles) // 2] if angles else 0.0
    return middle if abs(middle) < 0.2 else 0.0


def _level(corners: Corners, slant: float, wide: int, high: int) -> tuple[float, float, float, float]:
    """The box of a line once the slant is taken out, about the picture's middle."""
    if abs(slant) < _LEVEL:
        return _extent(corners)
    x = sum(point[0] for point in corners) / 4 - wide / 2
    y = sum(point[1] for point in corners) / 4 - high / 2
    cos, sin = math.cos(-slant), math.sin(-slant)
    middle_x, middle_y = x * cos - y * sin + wide / 2, x * sin + y * cos + high / 2
    half_wide, half_high = math.dist(corners[0], corners[1]) / 2, math.dist(corners[0], corners[3]) / 2
    return middle_x - half_wide, middle_y - half_high, middle_x + half_wide, middle_y + half_high
