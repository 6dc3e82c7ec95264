"""Words and figures that recognition (OCR) misread, as they must have been: for understanding, never for quoting.

One character for one, in recognised blocks only, so every position stays what it was:

- a key word of which fewer than half the signs are wrong (of two signs, one), each by one that looks like it
  (拌音: 抖音);
- a point before three digits of an amount (360.000元), since money has no three decimals;
- letters among digits (1O,000元, 3l日) and the sign for ¥ before an amount (#5,000);
- misread signs among the numerals of an amount in words (壹抬万元整).

What reads as another word of the language is not touched, and what the scan left unreadable stays so.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from contractscan.model import Document
from contractscan.text import fold

_NUMERALS = "壹贰叁肆伍陆柒捌玖拾佰仟零万亿"
_POINTED_RE = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?=\s?[元圆])|(?<=[币¥])\s?[1-9]\d{0,2}(?:[.,]\d{3})+(?![\d,]|\.\d)"
)
_FIGURE_RE = re.compile(r"(?<![A-Za-z\d])[\dOolI|]+(?:[.,][\dOolI|]+)*(?=\s?[元圆万日天个年月%‰周次条])|\d[\dOo,]*\d")
_HASH_RE = re.compile(r"[#Y](?=\s?\d{1,3}(?:,\d{3})+(?!\d))")
_DIGITS = str.maketrans("OolI|", "00111")


class _Vocabulary(NamedTuple):
    words: frozenset[str]
    misread_re: re.Pattern[str]  # a word, or what it may have been read as; the group's number is the word's
    order: tuple[str, ...]
    numerals_re: re.Pattern[str]  # the signs before 元 in an amount in words
    numeral: dict[str, str]  # lookalike → numeral


def mend(document: Document) -> Document:
    """`document` with the misreadings in its recognised blocks mended; itself when there is none."""
    text = document.text
    pieces: list[str] = []
    position = 0
    for start, end in _recognised(document):
        pieces += (text[position:start], _mended(text[start:end]))
        position = end
    mended = "".join((*pieces, text[position:]))
    return document if mended == text else document.model_copy(update={"text": mended})


def _recognised(document: Document) -> list[tuple[int, int]]:
    """Stretches of recognised text: blocks with nothing but white space between them, since lines break words."""
    runs: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.source == "ocr":
            if runs and not document.text[runs[-1][1] : block.start].strip():
                runs[-1] = (runs[-1][0], block.end)
            else:
                runs.append((block.start, block.end))
    return runs


def _mended(text: str) -> str:
    signs = list(text)
    folded = fold(text)
    vocabulary = _vocabulary()

    def write(start: int, wanted: str) -> None:
        for offset, (sign, found) in enumerate(zip(wanted, folded[start : start + len(wanted)], strict=True)):
            if sign != found:
                signs[start + offset] = sign

    for match in vocabulary.misread_re.finditer(folded):
        word, found = vocabulary.order[(match.lastindex or 1) - 1], match[0]
        right = sum(a == b for a, b in zip(word, found, strict=True))
        if found not in vocabulary.words and 2 * right >= len(word):
            write(match.start(), word)
    for match in vocabulary.numerals_re.finditer(folded):
        right = sum(sign in _NUMERALS for sign in match[1])
        if 2 * right >= len(match[1]):
            write(match.start(1), "".join(vocabulary.numeral.get(sign, sign) for sign in match[1]))
    for match in _POINTED_RE.finditer(folded):
        write(match.start(), match[0].replace(".", ","))
    folded = fold("".join(signs))
    for match in _FIGURE_RE.finditer(folded):
        if any(sign.isdigit() for sign in match[0]):
            write(match.start(), match[0].translate(_DIGITS))
    for match in _HASH_RE.finditer(folded):
        write(match.start(), "¥")
    return "".join(signs)


@cache
def _vocabulary() -> _Vocabulary:
    words: dict[str, str] = {}  # word: signs that may not follow
    lookalikes: dict[str, str] = {}
    for line in (files("contractscan.readers") / "misreadings.txt").read_text("utf-8").splitlines():
        for entry in () if line.startswith("#") else line.split():
            sign, separator, others = entry.partition("=")
            if separator:
                lookalikes[sign] = lookalikes.get(sign, "") + others
            else:
                word, _, after = entry.partition("/")
                words[word] = after
    order = tuple(sorted(words, key=lambda word: (-len(word), word)))
    alternatives = []
    for word in order:
        signs = "".join(f"[{re.escape(sign + lookalikes.get(sign, ''))}]" for sign in word)
        guard = f"(?!(?<!{word})[{words[word]}])" if words[word] else ""
        alternatives.append(f"({signs}{guard})")
    numeral = {other: sign for sign in _NUMERALS for other in lookalikes.get(sign, "")}
    run = re.escape(_NUMERALS + "".join(numeral))
    return _Vocabulary(
        frozenset(words),
        re.compile("|".join(alternatives)),
        order,
        re.compile(rf"(?<![{run}])([{run}]{{2,24}})(?=[元圆])"),
        numeral,
    )
