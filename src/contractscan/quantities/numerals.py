"""Figures as contracts write them: 30, ３０, 5,000.00, 十五, 壹拾贰万, 2.5万, thirty, one and one-half, and blanks.

A figure is what stands for a number in the text, decorations included: `__3___`, 【30】, `[5]`. `read_figure` gives its
value. A blank is a figure somebody forgot to fill in: `____`, 【 】, XX, [***].
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGIT = "0-9０-９"
SPACE = r" \t\u3000\u00a0\u2000-\u200a\u202f"
GAP = f"[{SPACE}]{{0,8}}"
RANGE = r"(?:[-－–—―~～〜]{1,2}|至|到)"

_ZH_DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇○", "一壹弌", "二贰貳弍两兩", "三叁參叄参弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_ZH_TENS = {"廿": 20, "卅": 30}
_ZH_UNITS = {
    **dict.fromkeys("十拾", 10),
    **dict.fromkeys("百佰", 100),
    **dict.fromkeys("千仟", 1000),
    **dict.fromkeys("万萬", 10_000),
    **dict.fromkeys("亿億", 100_000_000),
}
ZH_DIGIT = "".join(_ZH_DIGITS)
ZH_START = ZH_DIGIT + "廿卅十拾"
ZH_CHARACTER = ZH_DIGIT + "廿卅" + "".join(_ZH_UNITS)

ARABIC = (
    rf"(?:[{DIGIT}]{{1,3}}(?:,[{DIGIT}]{{3}}){{1,5}}|[{DIGIT}]{{1,15}})(?:[.．][{DIGIT}]{{1,8}})?(?![.．]?[{DIGIT}])"
)
# Letters set apart, as in 三 十 日, are one number when all of them are.
ZH_NUMBER = (
    f"[{ZH_START}](?:(?: [{ZH_CHARACTER}]){{1,8}}(?= [^ {ZH_CHARACTER}])"
    f"|[{ZH_CHARACTER}]{{0,20}}(?:[点點][{ZH_DIGIT}]{{1,6}})?)"
)
NUMBER = f"(?:{ARABIC}|{ZH_NUMBER})"

# An underlined gap, possibly in pieces. Bounded, so that a page of __ __ __ is not read again from each piece.
_LINE = rf"[_＿]++(?:[{SPACE}]{{1,6}}+[_＿]++){{0,6}}+[{SPACE}]{{0,12}}+"
_OPEN = rf"(?:{_LINE}|[【〔\[][_＿{SPACE}]{{0,40}}+)"
_CLOSE = rf"(?:[{SPACE}]{{0,4}}{_LINE})?(?:[{SPACE}]{{0,8}}[】〕\]])?"
_LETTERS = r"(?<![A-Za-z0-9])(?:[XＸ]{1,6}|[x×]{2,6})(?![A-Za-z0-9])"
_TEMPLATE = r"\{\{[^{}\n]{0,60}\}\}|[$#]\{[^{}\n]{0,60}\}"
_FILLED_WITH_NOTHING = (
    rf"[【〔\[][_＿*＊●•○xXＸ／/\-{SPACE}]{{0,60}}+[】〕\]]|[（(][_＿{SPACE}]{{1,40}}+[)）]"
    rf"|[*＊]{{2,40}}+|○{{2,6}}+|{_LINE}"
)
BLANK = f"(?:{_FILLED_WITH_NOTHING}|{_LETTERS}|{_TEMPLATE})"
# What a number or a blank looks like in Chinese text. A number comes first, so that __3__ is not read as a blank.
# A number alone in parentheses is numbering, （一）年费, unless a word asks for it: 提前（30）日.
_FILLED_IN = f"(?<=[前后後内內在于於为為约約满滿过過达達共期])[（(]{GAP}{NUMBER}{GAP}[)）]"
FIGURE = f"(?:{_OPEN}?{NUMBER}{_CLOSE}|{BLANK}|{_FILLED_IN})"
# A second statement of the same number: 十五（15）天.
ALSO = rf"[（(]{GAP}(?:{NUMBER}|[_＿{SPACE}]{{1,20}}){GAP}[)）]"

_EN_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_EN_TENS = {
    word: 10 * (value + 2)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
} | {"fourty": 40}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_EN_WORD = "|".join(sorted({*_EN_SMALL, *_EN_TENS, *_EN_SCALES}, key=len, reverse=True))
EN_FIRST = "|".join(sorted({*_EN_SMALL, *_EN_TENS}, key=len, reverse=True))
EN_WORDS = (
    rf"(?>(?:(?:{EN_FIRST})|an?(?=\s{{1,3}}(?:hundred|thousand|million|billion)))(?![A-Za-z])"
    rf"(?:(?:\s{{1,3}}(?:and\s{{1,3}})?|\s?-\s?)(?:{_EN_WORD})(?![A-Za-z]|[\s-]{{1,3}}half)){{0,12}}"
    r"(?:\s{1,3}and\s{1,3}(?:an?|one)[\s-]{1,3}half(?![A-Za-z]))?)"
)
EN_HALF = r"(?:one[\s-]{1,3}half|half)(?:[\s-]{1,3}of)?(?:[\s-]{1,3}(?:an?|one))?(?![A-Za-z])"
EN_ARABIC = rf"(?:[{DIGIT}]{{1,3}}(?:\s?½|[\s-][1-3]/[2-4](?![{DIGIT}]))|{ARABIC})"
EN_FIGURE = rf"(?:[_\[]?\s?(?:{EN_ARABIC}|{EN_WORDS})\s?(?:\]|_+)?|{BLANK})"

_DECORATION = re.compile(rf"[_＿{SPACE}\n【】〔〕\[\]（）()]+")
_HAS_NUMBER = re.compile(f"[{DIGIT}{ZH_CHARACTER}]|[a-wyzA-WYZ]{{2}}")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_SIMPLE = re.compile(r"\d+(?:\.\d+)?")
_TWO_SCALES = re.compile(r"(\d+)[万萬](\d)[千仟]")
_SCALED = re.compile(rf"([\d.]+)([{''.join(_ZH_UNITS)}]{{1,2}})")
_EN_SPLIT = re.compile(r"[\s-]+")
_EN_MIXED = re.compile(r"(\d+)[\s-]?(?:(½)|([1-3])/([2-4]))")


def is_blank(figure: str) -> bool:
    """True when nobody filled in the number: `____`, 【 】, XX, [***], a run of spaces."""
    return _HAS_NUMBER.search(_template_removed(figure)) is None


def _template_removed(figure: str) -> str:
    return "" if "{" in figure else figure


@lru_cache(maxsize=4096)
def read_figure(figure: str) -> Decimal | None:
    """The value of a figure, decorations ignored; None for a blank and for what is not a number.

    Positional writing is read as such: 一五 is 15 and 二〇二六 is 2026.
    """
    bare = _DECORATION.sub(" ", _template_removed(figure)).strip().translate(_WIDE)
    mixed = _EN_MIXED.fullmatch(bare)
    if mixed:
        part = Decimal("0.5") if mixed[2] else Decimal(mixed[3]) / Decimal(mixed[4])
        return Decimal(mixed[1]) + part
    if bare[:1].isascii() and bare[:1].isalpha():
        return _read_english(bare.lower())
    compact = bare.replace(" ", "").replace(",", "")
    if _SIMPLE.fullmatch(compact):
        return Decimal(compact)
    two = _TWO_SCALES.fullmatch(compact)
    if two:
        return Decimal(int(two[1]) * 10_000 + int(two[2]) * 1000)
    scaled = _SCALED.fullmatch(compact)
    if scaled and _SIMPLE.fullmatch(scaled[1]):
        scale = 1
        for unit in scaled[2]:
            scale *= _ZH_UNITS[unit]
        return plain(Decimal(scaled[1]) * scale)
    return _read_chinese(compact)


def plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without falling into 1E+5: 5000.00 is 5000, 1.50 is 1.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _read_chinese(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    whole, point, fraction = text.replace("點", "点").partition("点")
    value = _read_chinese_integer(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(character not in _ZH_DIGITS for character in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_ZH_DIGITS[character]) for character in fraction))


def _read_chinese_integer(text: str) -> int | None:
    """Read 一百零五, 廿五, 一万二千, 二〇二六. None for what a reader would stumble over: 一二百, 万二."""
    if not text:
        return None
    if all(character in _ZH_DIGITS for character in text):
        return int("".join(str(_ZH_DIGITS[character]) for character in text))
    total = section = 0  # the part above 万 or 亿 that is complete, and the part below it
    digit: int | None = None
    last_unit = 0  # the unit just read, for 一万五 and for checking that units fall
    largest = 10**12
    for character in text:
        if character in _ZH_DIGITS:
            if digit:  # two digits in a row inside a number with units
                return None
            digit = _ZH_DIGITS[character]
            if digit == 0:
                last_unit = 0
        elif character in _ZH_TENS:
            if digit:
                return None
            section += _ZH_TENS[character]
            digit, last_unit = None, 10
        else:
            unit = _ZH_UNITS.get(character, 0)
            if not unit:
                return None
            if unit >= 10_000:
                section += digit or 0
                if section == 0 or unit >= largest:
                    return None
                total, section, largest = total + section * unit, 0, unit
            else:
                if not digit and not (unit == 10 and digit in (None, 0)):
                    return None
                if section and section % (unit * 10):
                    return None
                section += (digit or 1) * unit
            digit, last_unit = None, unit
    if digit:
        # 一万五 and 三百五 leave the last unit out; 一百零五 does not, and 十五 has none to leave out.
        section += digit * (last_unit // 10 if last_unit >= 100 else 1)
    return total + section


def _read_english(text: str) -> Decimal | None:
    half = re.fullmatch(rf"(?:(.+?)[\s-]+and[\s-]+(?:an?|one)[\s-]+half|{EN_HALF})", text)
    if half:
        whole = _read_english(half[1]) if half[1] else Decimal(0)
        return None if whole is None else whole + Decimal("0.5")
    total = group = 0
    room = 1000  # what a following word must stay below: twenty three, but not three twenty
    for word in _EN_SPLIT.split(text):
        if word in ("and", ""):
            continue
        if word in ("a", "an"):
            group, room = group + 1, 1
        elif word in _EN_SCALES:
            scale = _EN_SCALES[word]
            if group == 0:
                return None
            if scale == 100:
                group, room = group * 100, 100
            else:
                total, group, room = total + group * scale, 0, 1000
        else:
            value = _EN_SMALL.get(word, _EN_TENS.get(word))
            if value is None or value >= room:
                return None
            group, room = group + value, 10 if value >= 20 else 1
    return Decimal(total + group)
