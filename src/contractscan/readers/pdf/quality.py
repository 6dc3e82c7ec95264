"""Is a page's text layer there, and is it the text that one sees? Otherwise the page is for recognition (OCR)."""

from __future__ import annotations

import re
from string import ascii_lowercase

import pypdfium2.raw as pdfium

from contractscan.readers.pdf.objects import Drawn
from contractscan.readers.pdf.page import Line, Page, TextLayer

NO_TEXT = "it holds no text, only an image"
OUTLINES = "its text is drawn as outlines"
MOSTLY_IMAGE = "an image covers it and it holds hardly any text"
BROKEN = "its text layer is broken: the characters in it are not those shown"

_SCANNED = 0.5  # of the page: an image that covers more is the page
_VISIBLE = 0.15  # of the page: a smaller image may be a logo or a seal
_FEW = 60  # characters: a scanning program's mark, a page number
_MANY_PATHS = 200
_SAMPLE = 40  # characters of a page whose error flag is asked for
_STATISTICS = 1_500  # characters that are enough for statistics
_IDEOGRAPH_RE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_PLAIN_RE = re.compile("[^\\W_]|[\\s.,;:!?()\\[\\]\"'“”‘’\\-–—_/%&@$§·…•*+=<>#￥¥、-〿！-～]")
# All but 2, PDFium's mark for a hyphen at a line's end.
_BAD_RE = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f]")
_PLACEHOLDER_RE = re.compile(r"\(cid:\d+\)")
# Lead bytes of the common characters of GB 2312 and Big5; the others, to be taken out.
_LETTERS = ascii_lowercase.encode()
_RARE_SIMPLIFIED = bytes(code for code in range(256) if not 0xB0 <= code <= 0xD7)
_RARE_TRADITIONAL = bytes(code for code in range(256) if not 0xA4 <= code <= 0xC6)


def problem(layer: TextLayer, drawn: Drawn, lines: list[Line], share: float) -> str:
    """Why the page's text cannot be used, '' when it can. `share` is the part of the page that images cover."""
    characters = sum(len(line.text) - line.text.count(" ") for line in lines)
    if not characters:
        if share > _VISIBLE:
            return NO_TEXT
        return OUTLINES if drawn.paths > _MANY_PATHS else ""
    if share > _SCANNED and characters < _FEW and all(line.source != "ocr" for line in lines):
        return MOSTLY_IMAGE
    return BROKEN if is_broken(layer) else ""


def is_broken(layer: TextLayer) -> bool:
    """Signs of missing or wrong Unicode maps: the file's own error flags, private characters, impossible statistics."""
    text = layer.text
    bad = bad_signs(text)
    if bad and bad > 0.1 * len("".join(text.split())):
        return True
    step = max(1, len(text) // _SAMPLE)
    sample = [at for at in range(0, len(text), step) if not text[at].isspace()]
    errors = sum(1 for at in sample if pdfium.FPDFText_HasUnicodeMapError(layer.raw, layer.index(at)) == 1)
    return errors > max(3.0, 0.3 * len(sample)) or is_implausible(text[:_STATISTICS])


def bad_signs(text: str) -> int:
    """How many characters of `text` are none: private codes, U+FFFD, placeholders for glyphs without a meaning."""
    placeholders = sum(map(len, _PLACEHOLDER_RE.findall(text))) if "(cid:" in text else 0
    return len(_BAD_RE.findall(text)) + placeholders


def is_implausible(text: str) -> bool:
    """True when no Chinese or English text has such characters: what a wrong Unicode map gives."""
    ideographs = "" if text.isascii() else "".join(_IDEOGRAPH_RE.findall(text))
    if len(ideographs) >= 50:
        # The common characters of either standard; running text of any kind has nine in ten of them.
        simplified = ideographs.encode("gb2312", "ignore")[::2]
        traditional = ideographs.encode("big5", "ignore")[::2]
        common = max(
            len(simplified.translate(None, _RARE_SIMPLIFIED)), len(traditional.translate(None, _RARE_TRADITIONAL))
        )
        return common < 0.7 * len(ideographs)
    latin = text.encode("ascii", "ignore").lower()
    letters = len(latin) - len(latin.translate(None, _LETTERS))
    if letters >= 200:
        vowels = len(latin) - len(latin.translate(None, b"aeiou"))
        return not 0.2 < vowels / letters < 0.62
    solid = "".join(text.split())
    return len(solid) >= 200 and len(_PLAIN_RE.findall(solid)) < 0.6 * len(solid)


def covered(page: Page, drawn: Drawn) -> float:
    """The part of the page that its images cover, overlaps counted twice and at most 1."""
    area = page.width * page.height
    total = 0.0
    for x0, top, x1, bottom in drawn.images:
        wide = min(x1, page.width) - max(x0, 0.0)
        high = min(bottom, page.height) - max(top, 0.0)
        if wide > 0 and high > 0:
            total += wide * high
    return min(1.0, total / area) if area > 0 else 0.0
