"""Recognition (OCR) of a page's picture with RapidOCR, whose models come inside its wheel: nothing is fetched."""

from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec
from typing import Any

from contractscan.readers.pdf.picture import Pixels, Recognise, Recognised, Word

_LEAST_CONFIDENCE = 0.5
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
    result = _engine()(image)
    if result.boxes is None or result.txts is None or not len(result.boxes):
        return Recognised(())
    corners = [[(float(x), float(y)) for x, y in box] for box in result.boxes]
    turn = _turn(image, corners)
    upright = [[_turned(point, turn, picture) for point in box] for box in corners]
    slant = _slant(upright)
    words = tuple(
        Word(text, round(float(score), 4), _level(box, slant, picture))
        for text, score, box in zip(result.txts, result.scores, upright, strict=True)
        if text.strip()
    )
    return Recognised(words, turn)


def _turned(point: tuple[float, float], turn: int, picture: Pixels) -> tuple[float, float]:
    x, y = point
    if turn == 90:
        return picture.height - y, x
    if turn == 180:
        return picture.width - x, picture.height - y
    if turn == 270:
        return y, picture.width - x
    return x, y


def _extent(box: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in box], [y for _, y in box]
    return min(xs), min(ys), max(xs), max(ys)


def _turn(image: Any, corners: list[list[tuple[float, float]]]) -> int:
    """By how many degrees clockwise the picture must be turned, tried on its longest lines."""
    import numpy

    extents = [_extent(box) for box in corners]
    tall = sum(1 for x0, y0, x1, y1 in extents if y1 - y0 > 1.5 * (x1 - x0))
    sideways = tall > 0.5 * len(extents)
    turns = (90, 270) if sideways else (0, 180)
    extents = [e for e in extents if (e[3] - e[1] > e[2] - e[0]) == sideways]
    extents.sort(key=lambda e: (e[2] - e[0]) + (e[3] - e[1]), reverse=True)
    scores = dict.fromkeys(turns, 0.0)
    for x0, y0, x1, y1 in extents[:_TRIALS]:
        strip = image[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
        for turn in turns:
            result = _engine()(
                numpy.ascontiguousarray(numpy.rot90(strip, -turn // 90)), use_det=False, use_cls=False, use_rec=True
            )
            if result.txts:
                scores[turn] += float(result.scores[0]) * len(result.txts[0])
    return max(turns, key=lambda turn: scores[turn])


def _slant(boxes: list[list[tuple[float, float]]]) -> float:
    """The angle that the longer half of the lines runs at, in radians."""
    runs = sorted(((b[1][0] - b[0][0], b[1][1] - b[0][1]) for b in boxes), key=lambda run: -abs(run[0]))
    angles = sorted(math.atan2(rise, run) for run, rise in runs[: max(1, len(runs) // 2)] if run > 0)
    middle = angles[len(angles) // 2] if angles else 0.0
    return middle if abs(middle) < 0.2 else 0.0


def _level(box: list[tuple[float, float]], slant: float, picture: Pixels) -> tuple[float, float, float, float]:
    """The box of a line once the slant is taken out, about the picture's middle."""
    if abs(slant) < 0.002:
        return _extent(box)
    x = sum(point[0] for point in box) / 4 - picture.width / 2
    y = sum(point[1] for point in box) / 4 - picture.height / 2
    cos, sin = math.cos(-slant), math.sin(-slant)
    middle_x, middle_y = x * cos - y * sin + picture.width / 2, x * sin + y * cos + picture.height / 2
    wide, high = math.dist(box[0], box[1]) / 2, math.dist(box[0], box[3]) / 2
    return middle_x - wide, middle_y - high, middle_x + wide, middle_y + high
