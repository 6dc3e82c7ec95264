"""Text at the level of characters: folding that keeps length, language and script, the marks that patterns match.

Everything here maps one character to one character, so a span in folded or masked text is the same span in
`Document.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

from contractscan.model import Role

# One private-use character per role and per kind of quantity. Patterns speak of these instead of labels and figures.
ROLE_MARK: dict[Role, str] = {
    "client": "\ue000",
    "provider": "\ue001",
    "both": "\ue002",
    "third": "\ue003",
    "other": "\ue004",
    "unknown": "\ue005",
}
KIND_MARK = {"duration": "\ue010", "money": "\ue011", "percentage": "\ue012", "date": "\ue013"}
MARK_ROLE: dict[str, Role] = {mark: role for role, mark in ROLE_MARK.items()}

CJK = r"\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_RE = re.compile(f"[{CJK}]")
_LATIN_WORD_RE = re.compile(r"[A-Za-z]{2,}")
# Letters of scripts that no rule reads, so that a Japanese, Korean, Russian or Arabic contract is not graded.
_OTHER_SCRIPT_RE = re.compile(r"[\u0370-\u058f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0fff\u3041-\u30ff\uac00-\ud7af]")
_ENGLISH_RE = re.compile(
    r"\b(?:the|of|and|to|in|shall|be|or|this|by|any|for|is|with|will|may|not|that|which|party|agreement)\b", re.I
)


@cache
def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in (files("contractscan") / "fold_table.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            table[ord(line[0])] = line[1]
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII
        table[code] = chr(code - 0xFEE0)
    for characters, plain in (
        ("\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t\r\v\f", " "),
        ("‘’‚‛′`´｀", "'"),
        ("“”„‟″〝〞", '"'),
        ("‐‑‒–—―−﹣", "-"),
        ("〔【〖﹝", "["),
        ("〕】〗﹞", "]"),
        ("﹙", "("),
        ("﹚", ")"),
        ("｡", "。"),
        ("､", "、"),
        ("％﹪", "%"),
        ("￥", "¥"),
        ("〇", "零"),
        ("ſ", "s"),  # as RE2 reads it; lower() does not
    ):
        for character in characters:
            table[ord(character)] = plain
    for code in range(0xE000, 0xF900):  # a file's own private-use characters must not pose as our marks
        table[code] = "\ufffd"
    return table


def fold(text: str) -> str:
    """Return `text` with widths, scripts, radicals, quotes and dashes unified; the length never changes.

    Traditional characters become simplified, full-width ASCII becomes ASCII, every other white space but the line
    break becomes a space. Never NFKC on the whole: that changes length.
    """
    return text.translate(_fold_table())


def mask(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    """Overwrite each `(start, end, mark)` of `text`, character for character. Overlaps: the first one given wins."""
    pieces: list[str] = []
    position = 0
    for start, end, mark in sorted(marks, key=lambda item: item[0]):
        if start < position:
            continue
        pieces += (text[position:start], mark * (end - start))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def is_cjk(character: str) -> bool:
    """True for an ideograph (radicals and compatibility forms included)."""
    return _CJK_RE.match(character) is not None


def detect_language(text: str) -> Literal["zh", "en", "unknown"]:
    """The language most of `text` is written in; `unknown` when no rule could read it, however long it is."""
    sample = text if len(text) < 200_000 else text[:100_000] + text[-100_000:]
    ideographs = len(_CJK_RE.findall(sample))
    others = len(_OTHER_SCRIPT_RE.findall(sample))
    words = len(_LATIN_WORD_RE.findall(sample))
    if others > 0.05 * (ideographs + others) and others > 0.3 * ideographs and others > words:
        return "unknown"
    if ideographs >= 10 and ideographs >= 0.5 * words:
        return "zh"
    if words >= 10 and len(_ENGLISH_RE.findall(sample)) >= 0.08 * words:
        return "en"
    return "unknown"


def detect_script(text: str) -> Literal["hans", "hant", "latin", "unknown"]:
    """Simplified or traditional Chinese by the characters that only one of them uses; latin without ideographs."""
    sample = text[:100_000]
    if not _CJK_RE.search(sample):
        return "latin" if _LATIN_WORD_RE.search(sample) else "unknown"
    folded = fold(sample)
    traditional = sum(1 for a, b in zip(sample, folded, strict=True) if a != b and _CJK_RE.match(a))
    simplified = sum(1 for a in sample if a in _simplified_only())
    return "hant" if traditional > simplified else "hans"


@cache
def _simplified_only() -> frozenset[str]:
    table = _fold_table()
    return frozenset(value for key, value in table.items() if 0x3400 < key < 0xF900 and ord(value) not in table) - set(
        # Simplified forms that are also common in traditional texts say nothing about the script.
        "于后里面云系松台只干余征准划回历布占注游托万与个范才向志念采么周丰仆别卷厂吁咸夸家并廉御愿扎折朱朴沈游漓症秋筑累胡致舍苏药虫蒙表谷蔑踊辟适郁尸出几了"
    )
