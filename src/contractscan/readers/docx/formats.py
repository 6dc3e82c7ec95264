"""Numbers as Word prints them: the ST_NumberFormat values of ECMA-376 part 1, 17.18.59, that contracts use."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_WORDS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LARGEST = 30_000  # beyond any list; a hostile start value must not print a million letters


def _roman(value: int) -> str:
    if value >= 4000:
        return str(value)
    pieces = []
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        pieces.append(letters * count)
    return "".join(pieces)


def _letter(value: int) -> str:
    """a … z, aa, bb … zz, aaa: Word repeats the letter, it does not count in base 26."""
    if value < 1:
        return ""
    repeat, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (repeat + 1) if repeat < 30 else str(value)


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _counting(value: int) -> str:
    """十, 十一, 二十一 up to 九十九; from a hundred on figure by figure (一〇一), as Word does."""
    if value > 99:
        return _digital(value)
    tens, ones = divmod(value, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return lead + (_DIGITS[ones] if ones or not tens else "")


def _thousand(value: int, digits: str = _DIGITS, units: str = "十百千", *, zero: str = "零", one: str = "一") -> str:
    """一百零五, 一千二百三十: `one` is what stands before 百 and 千 for a single one; 十 alone leads below twenty."""
    if value > 9999:
        return _digital(value)
    if value == 0:
        return digits[0]
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += zero if gap and text else ""
        gap = False
        if power == 0:
            text += digits[digit]
        elif digit == 1 and ((power == 1 and not text) or not one):
            text += units[power - 1]
        else:
            text += digits[digit] + units[power - 1]
    return text


def _japanese(value: int) -> str:
    return _thousand(value, zero="", one="")


def _legal(value: int) -> str:
    """壹拾, 壹佰零伍: in formal figures ten is never without its one."""
    text = _thousand(value, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
    return "壹" + text if text.startswith("拾") else text


def _cycle(symbols: str) -> Callable[[int], str]:
    """Symbols of a closed set; beyond it Word falls back to plain figures."""
    return lambda value: symbols[value - 1] if 0 < value <= len(symbols) else str(value)


def _range(first: str, count: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= count else str(value)


def _enclosed_circle(value: int) -> str:
    if value == 0:
        return "⓪"
    if value <= 20:
        return chr(0x2460 + value - 1)
    if value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if value <= 50 else str(value)


def _ordinal(value: int) -> str:
    last = value % 100
    suffix = "th" if 10 < last < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _cardinal_text(value: int) -> str:
    if value >= 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens] + (f"-{_ONES[ones]}" if ones else ""))
    elif rest:
        words.append(_ONES[rest])
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _ordinal_text(value: int) -> str:
    words = _cardinal_text(value)
    if not words or words[0].isdigit():
        return _ordinal(value)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:].lower()
    last = _ORDINAL_WORDS.get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")
    text = words[:cut] + last
    return text[:1].upper() + text[1:]


def _full_width(value: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(value))


_SEXAGENARY = "".join("甲乙丙丁戊己庚辛壬癸"[i % 10] + "子丑寅卯辰巳午未申酉戌亥"[i % 12] for i in range(60))

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": _enclosed_circle,
    "decimalEnclosedCircleChinese": _enclosed_circle,
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "ideographEnclosedCircle": _range("㊀", 10),
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda value: _legal(value).translate(str.maketrans("贰叁陆", "貳參陸")),
    "japaneseLegal": lambda value: _legal(value).translate(str.maketrans("壹贰叁", "壱弐参")),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographZodiacTraditional": lambda value: (
        _SEXAGENARY[2 * value - 2 : 2 * value] if 0 < value <= 60 else str(value)
    ),
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def format_number(value: int, number_format: str) -> str:
    """`value` in the given ST_NumberFormat; an unknown format, or a value out of any list's range, in figures."""
    if not 0 <= value <= _LARGEST:
        return str(value)
    return FORMATS.get(number_format, str)(value)
