"""Pictures of pages for recognition, and recognised words back as lines on the page."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contractscan.errors import ReadError
from contractscan.readers.limits import Limits
from contractscan.readers.pdf.page import Line, Page, Table
from contractscan.readers.pdf.tables import find_tables

_DPI = 200
_TYPE_SHARE = 0.8  # of a recognised line's box: the rest is the margin that recognition leaves round it
# Spaces that recognition puts between figures and ideographs.
_LOOSE_RE = re.compile("(?<=[\u4e00-\u9fff]) (?=\\d)|(?<=\\d) (?=[年月日天元个條条项項页頁%％])")
ILLEGIBLE = "its picture is too blurred or too coarse to be recognised"
_LEAST_SURE = 0.75  # mean confidence of a page: below it the signs are guesses
_MOST_PIXELS = 25_000_000  # of a page's picture: beyond that recognition gains nothing


@dataclass(slots=True, frozen=True)
class Pixels:
    """A picture as three bytes a pixel, blue, green, red, row by row."""

    width: int
    height: int
    data: bytes


@dataclass(slots=True, frozen=True)
class Word:
    """A recognised line of words; box in pixels of the picture turned by `Recognised.turn`."""

    text: str
    confidence: float
    box: tuple[float, float, float, float]


@dataclass(slots=True, frozen=True)
class Recognised:
    """`turn`: by how many degrees clockwise the picture had to be turned to read upright."""

    words: tuple[Word, ...]
    turn: int = 0
    rules: tuple[tuple[float, float, float, float], ...] = ()  # level and upright ruling lines, in the words' frame


Recognise = Callable[[Pixels], Recognised]


@dataclass(slots=True, frozen=True)
class Picture:
    pixels: Pixels
    scale: float  # pixels to a point

    @property
    def width_points(self) -> float:
        return self.pixels.width / self.scale

    @property
    def height_points(self) -> float:
        return self.pixels.height / self.scale


def render_page(pdf: Any, page: Page, *, limits: Limits) -> Picture | None:
    """The page as it is shown, at 200 dots an inch, less for a very large one; None when it has no size."""
    area = page.width * page.height
    if not 0 < area < math.inf:
        return None
    most = min(_MOST_PIXELS, limits.image_pixels)
    scale = min(_DPI / 72, math.sqrt(most / area))
    if min(page.width, page.height) * scale < 8 or max(page.width, page.height) * scale > 60_000:
        return None
    shown = pdf[page.number - 1]
    try:
        bitmap = shown.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
    finally:
        shown.close()
    return Picture(_pixels(picture), scale)


def pictures(data: bytes, *, name: str, limits: Limits) -> Iterator[Picture]:
    """The pages of an image file, turned as the camera's mark says."""
    try:
        from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
    except ImportError as error:
        raise ReadError(name, "is an image, and recognition is not installed.", "Install contractscan[ocr].") from error
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and checked before anything is unpacked
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.image_pixels:
                    raise ReadError(
                        name,
                        f"holds an image of more than {limits.image_pixels:,} pixels.",
                        "Save it smaller: 200 dots an inch are enough.",
                    )
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                shrink = math.sqrt(min(1.0, _MOST_PIXELS / (upright.width * upright.height)))
                if shrink < 1:
                    upright = upright.resize((int(upright.width * shrink), int(upright.height * shrink)))
                # A scan's longer side is taken for A4's: image files seldom say their real size.
                yield Picture(_pixels(upright), max(upright.width, upright.height) / 842)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ReadError(name, "is a damaged image.", "Scan or save it again.") from error


def _pixels(picture: Any) -> Pixels:
    return Pixels(picture.width, picture.height, picture.tobytes("raw", "BGR"))


def is_legible(lines: list[Line]) -> bool:
    """True when recognition was sure of most signs; an empty page is legible."""
    signs = sum(len(line.text) for line in lines)
    return sum(len(line.text) * (line.confidence or 0.0) for line in lines) >= _LEAST_SURE * signs


def recognised_lines(found: Recognised, picture: Picture, page: Page) -> list[Line]:
    """Recognised words as lines of source `ocr`, in points, with their place on the page as shown."""
    lines: list[Line] = []
    page.turn = found.turn
    if found.turn in (90, 270):
        page.width, page.height = page.height, page.width
    for word in found.words:
        x0, top, x1, bottom = (value / picture.scale for value in word.box)
        text = _LOOSE_RE.sub("", word.text.strip())
        size = _TYPE_SHARE * (bottom - top)
        line = Line(text, page.number, x0, top, x1, bottom, size, source="ocr", confidence=word.confidence)
        if found.turn:
            line.shown = page.as_shown((x0, top, x1, bottom))
        lines.append(line)
    return lines


def recognised_tables(found: Recognised, picture: Picture) -> list[Table]:
    """The tables that the ruling lines of the picture form, in points of the frame that the words are in."""
    scale = picture.scale
    return find_tables([(x0 / scale, top / scale, x1 / scale, bottom / scale) for x0, top, x1, bottom in found.rules])
