"""Everything in the text that looks like a clause number, in every style, with the readings it allows.

Nothing is decided here but what a number can never be: a figure, a date, a reference to a statute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from contractscan.text import CJK

_FINANCIAL = "壹贰叁参肆伍陆柒捌玖拾佰"  # the long forms: 壹、 stands above 一、
NUMERALS = f"零一二三四五六七八九十百千两{_FINANCIAL}廿卅"
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGIT |= {"两": 2, "参": 3}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50}

# How far out a style stands when nothing else is known.
RANK = {
    "annex": 0, "部分": 1, "编": 1, "part": 1, "章": 2, "chapter": 2, "article": 2, "节": 3, "壹、": 3, "条": 4,
    "section": 4, "clause": 4, "§": 4, "一、": 5, "I.": 5, "(一)": 6, "1.": 7, "1、": 7, "1": 7, "A.": 7,
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
Readings = tuple[tuple[str, Value], ...]


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
    readings: Readings
    delimited: bool = False  # followed by a stop, 、 or a bracket of its own, or by a space
    index: int = -1  # among all marks


_ORDINAL = re.compile(
    rf"第 ?(?:([{NUMERALS}]{{1,6}})|(\d{{1,3}}(?:\.\d{{1,2}}){{0,4}})) ?(编|部分|章|节|条|款|项)(?![款项目件例])"
)
_ITEM = re.compile(rf"(?<![第、])[{NUMERALS}]{{1,4}} ?(?:、|\.(?!\d)|\)|,(?= ?[{CJK}]))")
_PAREN = re.compile(rf"\( ?([{NUMERALS}]{{1,4}}|\d{{1,2}}|[a-zA-Z]|[ivxl]{{2,5}}|[IVXL]{{2,5}}|[a-z]{{2}}) ?\)[.、]?")
_CIRCLE = re.compile("[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}(?:(?![.\d])|[.](?!\d)) ?、?")
_DIGITS = re.compile(r"\d{1,3} ?(?:\.(?!\d)|、|\)(?!\)))")
# A number without a stop opens a line (1 期限); 2 个月 and 30 日 are figures, 1 个人信息 and 2 日常运营 are not.
_MEASURE = (
    "个(?![人别资案体性])|年(?![度费终检审报])|月(?![度结])|日(?![常期志历])|天(?!猫)|周(?!期)|号(?!码)|时(?![间效限段])"
    "|分(?![成工包享配期账润类支])|元(?!素)|万|倍|名(?![称词誉单])|人(?![员民力身工事])|次(?![数要])|场(?![地景所])|小时|套(?!餐)"
    "|份(?!额)|项(?!目)|条(?![款件])|位(?!置)|台(?![湾账])|部(?![分门署])|篇|张|%"
)
_BARE = re.compile(rf"^(\d{{1,2}})(?= +(?!{_MEASURE})[{CJK}A-Z\"《\[]|\[)", re.M)
_LETTER = re.compile(
    r"(?<![\dA-Za-z第¥$€£#/\\+=~<>&@'.(-])(?:[A-Za-z]|[ivxl]{2,5}|[IVXL]{2,5}) ?"
    rf"(?:\.(?=[ \"'{CJK}A-Za-z\[])|\)|、)"
)
_STEMS = "甲乙丙丁戊己庚辛"
_STEM = re.compile(rf"[{_STEMS}] ?(?:、|\.)")
_WORD = re.compile(
    r"(?:A(?:rticle|RTICLE)|S(?:ection|ECTION|ec\.|EC\.)|C(?:lause|LAUSE|hapter|HAPTER)|P(?:art|ART)|§§?) ?"
    r"(\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,7}(?![A-Za-z])|[A-Z](?![A-Za-z])|(?:One|ONE|Two|TWO|Three|THREE)\b)[.:]?"
)
_ANNEX = re.compile(
    rf"附 ?(?:件|录|表|页)(?: ?(?:第? ?[{NUMERALS}]{{1,3}}|\d{{1,2}}|[A-Z](?![A-Za-z])))?"
    r"|(?:E(?:xhibit|XHIBIT)|S(?:chedule|CHEDULE)|A(?:nnex(?:ure)?|NNEX(?:URE)?|ppendix|PPENDIX|ttachment|TTACHMENT|ddendum|DDENDUM))"
    r"(?: ?[\"']?(\d{1,2}(?:[.-]\d{1,3})?|[IVXL]{1,6}(?![A-Za-z])|[A-Z](?:-?\d{1,2})?(?![A-Za-z]))[\"']?)?(?![A-Za-z])"
)
_ANNEX_NUMBER = re.compile(rf"([{NUMERALS}]{{1,3}}|\d{{1,2}}|[IVXL]{{1,6}}|[A-Z])[\"'\s]*\Z")
# A figure's unit right behind it: 3.5万元, 1.5倍, 2.1%. What may also open a sentence (月, 日, 年) is left out.
_UNIT_AFTER = re.compile(
    r" ?(?:[%‰‱万亿倍折元米吨㎡]|公里|千米|个月|个工作|个自然|小时|分钟|天内|天前|日内|版本?|美元|平方|[GMK]B)"
)
_TITLED = re.compile(r" +[A-Z][A-Za-z]{2}")
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
    found = [
        Mark(match.start(), match.end(), readings)
        for pattern, read in _STYLES
        for match in pattern.finditer(text)
        if (readings := read(match.group()))
    ]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    marks: list[Mark] = []
    reach = 0
    for mark in found:
        if mark.start < reach or (mark.readings[0][0][0] in "#1" and _is_figure(text, mark)):
            continue
        end = mark.end
        mark.delimited = text[end : end + 1] in ("", " ", "\n", ":", "、", "[", ".") or text[end - 1] in ".、):"
        mark.index = len(marks)
        marks.append(mark)
        reach = end
    return marks


def _is_figure(text: str, mark: Mark) -> bool:
    """3.5万元, 2026.3.1, 1.5-2 and 010.5 are no numbers of clauses."""
    start, end = mark.start, mark.end
    if start and (_NOT_BEFORE.match(text, start - 1, start) or _FIGURE_BEFORE.match(text, max(start - 2, 0), start)):
        return True
    if text[end - 1] in "、)":
        return False
    if text[start:end].rstrip().endswith(".0") and not _TITLED.match(text, end):
        return True
    return _UNIT_AFTER.match(text, end) is not None or (
        len(mark.readings[0][1]) > 1 and text[end : end + 1] in (",", "-", "~", "/")
    )


# Each reader is given what its pattern matched and says what that may mean; nothing when it can be no number.


@lru_cache(4096)
def _ordinal(word: str) -> Readings:
    match = _ORDINAL.fullmatch(word)
    assert match is not None
    numeral, digits, unit = match.groups()
    value = tuple(int(part) for part in digits.split(".")) if digits else (chinese_value(numeral),)
    return ((unit if len(value) == 1 else f"条{len(value)}", value),)


@lru_cache(4096)
def _item(word: str) -> Readings:
    style = "一)" if word[-1] == ")" else "壹、" if word[0] in _FINANCIAL else "一、"
    return ((style, (chinese_value(word[:-1].strip()),)),)


@lru_cache(4096)
def _paren(word: str) -> Readings:
    numeral = word.strip("().、 ")
    if numeral.isascii() and numeral.isalpha():
        return _latin(numeral, "(a)", "(i)", "(A)", "(I)")
    value = chinese_value(numeral)
    return (("(1)" if numeral.isascii() else "(一)", (value,)),) if 0 < value < 100 else ()


@lru_cache(128)
def _circle(word: str) -> Readings:
    code = ord(word)
    for first, style in ((0x2460, "①"), (0x2474, "(1)"), (0x2488, "1."), (0x3220, "(一)"), (0x2776, "①")):
        if first <= code < first + 20:
            return ((style, (code - first + 1,)),)
    return ()


@lru_cache(8192)
def _digits(word: str) -> Readings:
    parts = word.rstrip(" .、)").split(".")
    if any(part != "0" and part.startswith("0") for part in parts) or len(parts[0]) > 2:
        return ()
    value = tuple(int(part) for part in parts)
    if len(value) == 2 and value[0] and value[1] == 0:
        return (("1.", value[:1]),)  # 1.0   Definitions
    if 0 in value or max(value) > 99:
        return ()  # 3.0.1, 3.125
    if len(value) > 1:
        return ((f"#{len(value)}", value),)
    return (({"、": "1、", ")": "1)"}.get(word[-1], "1."), value),)


@lru_cache(128)
def _bare(word: str) -> Readings:
    return (("1", (int(word),)),) if int(word) else ()


@lru_cache(512)
def _letter(word: str) -> Readings:
    letters, stop = word[:-1].strip(), word[-1].replace("、", ".")
    return _latin(letters, f"a{stop}", f"i{stop}", f"A{stop}", f"I{stop}")


def _latin(letters: str, small: str, small_roman: str, large: str, large_roman: str) -> Readings:
    """A letter, a Roman numeral, or both; (i) is more often the first Roman numeral than the ninth letter."""
    readings: list[tuple[str, Value]] = []
    lower = letters.islower()
    if len(letters) == 1 or (len(letters) == 2 and letters[0] == letters[1]):
        value = ord(letters[0].lower()) - 96 + (26 if len(letters) == 2 else 0)
        readings.append((small if lower else large, (value,)))
    value = roman_value(letters) if lower or letters.isupper() else 0
    if value:
        readings.insert(0 if value == 1 else len(readings), (small_roman if lower else large_roman, (value,)))
    return tuple(readings)


@lru_cache(16)
def _stem(word: str) -> Readings:
    return (("甲、", (_STEMS.index(word[0]) + 1,)),)


@lru_cache(4096)
def _worded(word: str) -> Readings:
    match = _WORD.fullmatch(word)
    assert match is not None
    number = match.group(1)
    style = "§" if word[0] == "§" else {"a": "article", "s": "section", "c": "clause", "p": "part"}[word[0].lower()]
    if word[:2].lower() == "ch":
        style = "chapter"
    if number[0].isdigit():
        value = tuple(int(part) for part in number.split("."))
        return ((style if len(value) == 1 else f"#{len(value)}", value),)
    return ((style, (_WORDS_ONE.get(number.lower()) or roman_value(number) or ord(number[0]) - 64,)),)


@lru_cache(512)
def _annex(word: str) -> Readings:
    match = _ANNEX_NUMBER.search(word)
    return (("annex", (letter_or_number(match.group(1)) if match else 0,)),)


def letter_or_number(number: str) -> int:
    """附件二 and 附件2 are 2, Exhibit B is 2, Annex IV is 4; a single letter is a letter."""
    if number.isascii() and number[0].isalpha():
        return ord(number[0]) - 64 if len(number) == 1 or not roman_value(number) else roman_value(number)
    return chinese_value(number.split("-")[0].split(".")[0])


_STYLES: tuple[tuple[re.Pattern[str], Callable[[str], Readings]], ...] = (
    (_ORDINAL, _ordinal),
    (_ITEM, _item),
    (_PAREN, _paren),
    (_CIRCLE, _circle),
    (_DECIMAL, _digits),
    (_DIGITS, _digits),
    (_BARE, _bare),
    (_LETTER, _letter),
    (_STEM, _stem),
    (_WORD, _worded),
    (_ANNEX, _annex),
)
