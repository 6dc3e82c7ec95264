"""Everything in the text that looks like a clause number, in every style, with the readings it allows.

Nothing is decided here but what a number can never be: a figure, a date, a reference to a statute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contractscan.text import CJK

NUMERALS = "零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰廿卅"
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGIT |= {"两": 2}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50}

# How far out a style stands when nothing else is known.
RANK = {
    "annex": 0, "部分": 1, "编": 1, "part": 1, "章": 2, "chapter": 2, "article": 2, "节": 3, "条": 4, "section": 4,
    "clause": 4, "§": 4, "一、": 5, "I.": 5, "(一)": 6, "1.": 7, "1、": 7, "1": 7, "A.": 7,
}  # fmt: skip
ITEM = 8  # the rank of every style that is not listed: (1), ①, a), (i)
DECIMAL = 6  # of 1.1 and 1.1.1
# Styles that careless typing mixes within one list.
SIBLINGS = {
    style: group
    for group in (
        ("1.", "1、", "1"), ("(1)", "1)"), ("一、", "一)"), ("(a)", "a)", "a."), ("(A)", "A)", "A."),
        ("(i)", "i)", "i."), ("(I)", "I)", "I."), ("article", "section", "§"),
    )
    for style in group
}  # fmt: skip

Value = tuple[int, ...]


def rank(style: str) -> int:
    """How far out a style stands by itself: 0 an annex, 8 a list item."""
    if style[:1] == "#" or (style[:1] == "条" and len(style) > 1):
        return DECIMAL
    return RANK.get(style, ITEM)


@dataclass(slots=True)
class Mark:
    """A possible number: its span in the flow and the (style, value) readings it allows."""

    start: int
    end: int
    readings: list[tuple[str, Value]]
    delimited: bool = False  # followed by a stop, 、 or a bracket of its own, or by a space
    index: int = -1  # among all marks


_ORDINAL = re.compile(
    rf"第 ?(?:([{NUMERALS}]{{1,6}})|(\d{{1,3}}(?:\.\d{{1,2}}){{0,4}})) ?(编|部分|章|节|条|款|项)(?![款项目件例])"
)
_ITEM = re.compile(rf"[{NUMERALS}]{{1,4}} ?(?:、|\.(?!\d)|\)|,(?= ?[{CJK}]))")
_PAREN = re.compile(rf"\( ?([{NUMERALS}]{{1,4}}|\d{{1,2}}|[a-zA-Z]|[ivxl]{{2,5}}|[IVXL]{{2,5}}|[a-z]{{2}}) ?\)[.、]?")
_CIRCLE = re.compile("[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}(?:(?![.\d])|[.](?!\d)) ?、?")
_DIGITS = re.compile(r"\d{1,3} ?(?:\.(?!\d)|、|\)(?!\)))")
# A number without a stop opens a line (1 期限); 2 个月 and 30 日 are figures, 1 个人信息 and 2 日常运营 are not.
_MEASURE = (
    "个(?!人|别)|年(?!度)|月(?!度|结)|日(?!常|期|志)|天|周(?!期)|号(?!码)|时(?!间|效)|分(?!成|工|包|享)|元|万|倍|名(?!称|词)|人(?!员|民)|次(?!数)"
    "|场(?!地)|小时|套|份(?!额)|项(?!目)|条(?!款|件)|位(?!置)|台|部(?!分|门)|篇|张|%"
)
_BARE = re.compile(rf"^(\d{{1,2}})(?= +(?!{_MEASURE})[{CJK}A-Z\"《\[]|\[)", re.M)
_LETTER = re.compile(rf"(?:[A-Za-z]|[ivxl]{{2,5}}|[IVXL]{{2,5}}) ?(?:\.(?=[ \"'{CJK}A-Za-z\[])|\)|、)")
_STEMS = "甲乙丙丁戊己庚辛"
_STEM = re.compile(rf"[{_STEMS}] ?(?:、|\.)")
_WORD = re.compile(
    r"(?:A(?:rticle|RTICLE)|S(?:ection|ECTION|ec\.|EC\.)|C(?:lause|LAUSE|hapter|HAPTER)|P(?:art|ART)|§§?) ?"
    r"(\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,7}(?![A-Za-z])|[A-Z](?![A-Za-z])|(?:One|ONE|Two|TWO|Three|THREE)\b)[.:]?"
)
_ANNEX = re.compile(
    rf"附 ?(?:件|录|表|页)(?: ?(?:第? ?[{NUMERALS}]{{1,3}}|\d{{1,2}}|[A-Z](?![A-Za-z])))?"
    r"|(?:E(?:xhibit|XHIBIT)|S(?:chedule|CHEDULE)|A(?:nnex|NNEX|ppendix|PPENDIX|ttachment|TTACHMENT|ddendum|DDENDUM))"
    r"(?: ?(\d{1,2}(?:[.-]\d{1,3})?|[IVXL]{1,6}(?![A-Za-z])|[A-Z](?:-?\d{1,2})?(?![A-Za-z])))?(?![A-Za-z])"
)
_ANNEX_NUMBER = re.compile(rf"([{NUMERALS}]{{1,3}}|\d{{1,2}}|[IVXL]{{1,6}}|[A-Z])\s*\Z")
# A figure's unit right behind it: 3.5万元, 1.5倍, 2.1%. What may also open a sentence (月, 日, 年) is left out.
_UNIT_AFTER = re.compile(
    r" ?(?:[%‰‱万亿倍折元米吨㎡]|公里|千米|个月|个工作|个自然|小时|分钟|天内|天前|日内|版本?|美元|平方|[GMK]B)"
)
_NOT_BEFORE = re.compile(r"[\dA-Za-z第¥$€£#/\\+=~<>&@]")
_FIGURE_BEFORE = re.compile(r"\d[-.,:]")
_WORDS_ONE = {"one": 1, "two": 2, "three": 3}


@lru_cache(4096)
def chinese_value(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral (十二, 廿三, 一百零二, 壹拾, 二〇 as 二零, 12); 0 when it is none."""
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else 0
    if not any(c in _UNIT or c in "廿卅" for c in numeral):
        value = 0
        for c in numeral:
            value = value * 10 + _DIGIT.get(c, 0)
        return value
    total, digit = 0, 0
    for c in numeral:
        if c in "廿卅":
            total += 20 if c == "廿" else 30
        elif c in _UNIT:
            total += (digit or 1) * _UNIT[c]
            digit = 0
        else:
            digit = _DIGIT.get(c, 0)
    return total + digit


@lru_cache(1024)
def roman_value(numeral: str) -> int:
    """The value of a Roman numeral up to 89; 0 when it is none."""
    lower = numeral.lower()
    if not _ROMAN.match(lower):
        return 0
    total = 0
    for c, after in zip(lower, lower[1:] + " ", strict=True):
        value = _ROMAN_VALUE[c]
        total += -value if _ROMAN_VALUE.get(after, 0) > value else value
    return total


def find_marks(text: str) -> list[Mark]:
    """All possible numbers of a folded text, in order, without overlaps."""
    found: list[Mark] = []
    for match in _ORDINAL.finditer(text):
        numeral, digits, unit = match.groups()
        value = tuple(int(part) for part in digits.split(".")) if digits else (chinese_value(numeral),)
        style = unit if len(value) == 1 else f"条{len(value)}"
        found.append(_mark(text, match, [(style, value)]))
    for match in _ITEM.finditer(text):
        if text[match.start() - 1 : match.start()] in ("第", "、"):
            continue
        word = match.group()
        style = "一)" if word[-1] == ")" else "一、"
        found.append(_mark(text, match, [(style, (chinese_value(word[:-1].strip()),))]))
    for match in _PAREN.finditer(text):
        readings = _paren_readings(match.group(1))
        if readings:
            found.append(_mark(text, match, readings))
    found += [_circle(text, match) for match in _CIRCLE.finditer(text)]
    for pattern in (_DECIMAL, _DIGITS):
        for match in pattern.finditer(text):
            mark = _digits(text, match)
            if mark:
                found.append(mark)
    found += [_mark(text, match, [("1", (int(match.group(1)),))]) for match in _BARE.finditer(text)]
    for match in _LETTER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not before or not (before in "'.-(" or _NOT_BEFORE.match(before)):
            found.append(_mark(text, match, _letter_readings(match.group())))
    for match in _STEM.finditer(text):
        found.append(_mark(text, match, [("甲、", (_STEMS.index(match.group()[0]) + 1,))]))
    for match in _WORD.finditer(text):
        found.append(_mark(text, match, _word_readings(match)))
    for match in _ANNEX.finditer(text):
        found.append(_mark(text, match, [("annex", (_annex_value(match.group()),))]))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    marks: list[Mark] = []
    reach = 0
    for mark in found:
        if mark.start >= reach:
            mark.index = len(marks)
            marks.append(mark)
            reach = mark.end
    return marks


def _mark(text: str, match: re.Match[str], readings: list[tuple[str, Value]]) -> Mark:
    end = match.end()
    after = text[end : end + 1]
    delimited = after in ("", " ", "\n", ":", "、", "【", "[", ".") or text[end - 1] in ".、):"
    return Mark(match.start(), end, readings, delimited=delimited)


def _digits(text: str, match: re.Match[str]) -> Mark | None:
    start, end = match.span()
    if start and (_NOT_BEFORE.match(text, start - 1, start) or _FIGURE_BEFORE.match(text, max(start - 2, 0), start)):
        return None
    word = match.group()
    parts = word.rstrip(" .、)").split(".")
    if any(part != "0" and part.startswith("0") for part in parts) or len(parts[0]) > 2:
        return None
    if _UNIT_AFTER.match(text, end) and word[-1] not in "、)":
        return None
    value = tuple(int(part) for part in parts)
    if len(value) > 1:
        # 1.0 and 3.99 are figures; 2.10 is a clause
        if 0 in value or max(value) > 99 or text[end : end + 1] in (",", "-", "~", "/", "，"):
            return None
        return _mark(text, match, [(f"#{len(value)}", value)])
    style = {"、": "1、", ")": "1)"}.get(word[-1], "1.")
    return _mark(text, match, [(style, value)]) if value[0] else None


def _circle(text: str, match: re.Match[str]) -> Mark:
    code = ord(match.group())
    for first, style in ((0x2460, "①"), (0x2474, "(1)"), (0x2488, "1."), (0x3220, "(一)"), (0x2776, "①")):
        if first <= code < first + 20:
            return _mark(text, match, [(style, (code - first + 1,))])
    raise AssertionError(match.group())


@lru_cache(4096)
def _paren(numeral: str) -> tuple[tuple[str, Value], ...]:
    if numeral.isdigit():
        return (("(1)", (int(numeral),)),) if int(numeral) > 0 else ()
    if not numeral.isascii():
        value = chinese_value(numeral)
        return (("(一)", (value,)),) if 0 < value < 100 else ()
    return _latin(numeral, "(a)", "(i)", "(A)", "(I)")


def _latin(letters: str, small: str, small_roman: str, large: str, large_roman: str) -> tuple[tuple[str, Value], ...]:
    readings: list[tuple[str, Value]] = []
    lower = letters.islower()
    if len(letters) == 1 or (len(letters) == 2 and letters[0] == letters[1]):
        value = ord(letters[0].lower()) - 96 + (26 if len(letters) == 2 else 0)
        readings.append((small if lower else large, (value,)))
    value = roman_value(letters) if letters.islower() or letters.isupper() else 0
    if value:
        readings.insert(0 if value in (1,) else len(readings), (small_roman if lower else large_roman, (value,)))
    return tuple(readings)


def _paren_readings(numeral: str) -> list[tuple[str, Value]]:
    return list(_paren(numeral))


def _letter_readings(word: str) -> list[tuple[str, Value]]:
    letters, stop = word[:-1].strip(), word[-1]
    if stop == "、":
        stop = "."
    return list(_latin(letters, f"a{stop}", f"i{stop}", f"A{stop}", f"I{stop}"))


def _word_readings(match: re.Match[str]) -> list[tuple[str, Value]]:
    word, number = match.group(), match.group(1)
    style = "§" if word[0] == "§" else {"a": "article", "s": "section", "c": "clause", "p": "part"}[word[0].lower()]
    if word[:2].lower() == "ch":
        style = "chapter"
    if number[0].isdigit():
        value = tuple(int(part) for part in number.split("."))
        return [(style if len(value) == 1 else f"#{len(value)}", value)]
    value_of_word = _WORDS_ONE.get(number.lower()) or roman_value(number) or ord(number[0]) - 64
    return [(style, (value_of_word,))]


def _annex_value(word: str) -> int:
    match = _ANNEX_NUMBER.search(word)
    if not match:
        return 0
    return letter_or_number(match.group(1))


def letter_or_number(number: str) -> int:
    """附件二 and 附件2 are 2, Exhibit B is 2, Annex IV is 4; a single letter is a letter."""
    if number.isascii() and number[0].isalpha():
        return ord(number[0]) - 64 if len(number) == 1 or not roman_value(number) else roman_value(number)
    return chinese_value(number.split("-")[0].split(".")[0])
