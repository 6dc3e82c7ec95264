"""Calendar dates: 2026年3月1日, 二〇二六年三月一日, 民國115年3月1日, 2026-03-01, March 1, 2026, and the blank 年 月 日.

A date of figures only (3/4/2026) is read in the order that the other dates of the text show; where none does, it is
found without an ISO form. A year alone is not a date.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from contractscan.model import Date
from contractscan.quantities.numerals import DIGIT, SPACE, ZH_DIGIT, read_figure

_PAD = rf"[_＿{SPACE}【】\[\]〔〕*＊XＸx]{{0,24}}+"
_TEMPLATE = r"\{\{[^{}\n]{0,40}\}\}"
_YEAR_DIGITS = rf"[{DIGIT}]{{4}}|[{ZH_DIGIT}]{{4}}"
_ROC_DIGITS = rf"[{DIGIT}]{{2,3}}|[{ZH_DIGIT}百十]{{2,6}}"
_MONTH_DAY = rf"[{DIGIT}]{{1,2}}|[{ZH_DIGIT}十拾廿卅]{{1,4}}|元|{_TEMPLATE}"
_ROC = rf"(?P<roc>(?:中[华華])?民[国國]){_PAD}(?P<rocyear>{_ROC_DIGITS})?"
# 115年3月1日 is a year of the Republic too; two figures (26年3月1日) could be either and are not read.
_BARE_ROC = (
    rf"(?P<bareroc>1[0-2][0-9](?={_PAD}年{_PAD}[{DIGIT}])"
    rf"|(?:一[零〇○一二][{ZH_DIGIT}]|一百[一二]?十?[{ZH_DIGIT}]?)(?={_PAD}年{_PAD}[{ZH_DIGIT}十廿卅]{{1,3}}{_PAD}月))"
)
_ZH = re.compile(
    rf"(?:{_ROC}|(?:公元)?(?P<year>{_YEAR_DIGITS})"
    rf"|{_BARE_ROC}|(?P<partial>20[{DIGIT}]?|{_TEMPLATE}))?"
    rf"(?P<p1>{_PAD})年(?P<p2>{_PAD})(?P<month>{_MONTH_DAY})?(?P<p3>{_PAD})月份?"
    rf"(?:(?P<p4>{_PAD})(?P<day>{_MONTH_DAY})?(?P<p5>{_PAD})[日号號](?![历曆期常]))?"
)
_ISO = re.compile(
    rf"(?P<year>(?:19|20)[{DIGIT}]{{2}}|[２１][０９][０-９]{{2}})[ ]?(?P<sep>[-/.．／－–])[ ]?"
    rf"(?P<month>[{DIGIT}]{{1,2}})[ ]?(?P=sep)[ ]?(?P<day>[{DIGIT}]{{1,2}})(?![{DIGIT}]|(?P=sep)[{DIGIT}])"
)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d{2})(?![\d]|[./-]\d)")
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_EN_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_EN_BLANK = r"(?:_[_ ]{0,20}|\[[ _●•*]{0,20}\]|\*{2,10})"
_EN_YEAR = r"(?:19|20)\d{2}(?!\d)"
_EN_BLANK_YEAR = rf"(?:(?:19|20)\d?(?:{_EN_BLANK})|{_EN_BLANK})"
_ORDINAL_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, 1)}
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
# March 1, 2026; March 1st 2026; March __, 2026; March 2026
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_EN_MONTH})\b\.?(?:\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])|\s{{1,3}}(?P<blank>{_EN_BLANK})(?:st|nd|rd|th)?)?"
    rf"\s{{0,2}}[,，]?\s{{0,3}}(?:(?P<year>{_EN_YEAR})|(?P<blankyear>{_EN_BLANK_YEAR}))"
)
# 1 March 2026; 1st day of March, 2026; the ___ day of ____, 20__
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?|(?P<word>(?i:{_ORDINAL}))|(?P<blank>{_EN_BLANK})(?:\s?(?:st|nd|rd|th))?)"
    rf"(?:\s?\(\d{{1,2}}(?:st|nd|rd|th)\))?[\s-]{{0,3}}(?:day\s{{1,3}}of\s{{1,3}}|of\s{{1,3}})?(?:(?P<month>{_EN_MONTH})\b\.?|(?P<blankmonth>{_EN_BLANK}))"
    rf"\s{{0,2}}[,，-]?\s{{0,3}}(?:(?P<year>{_EN_YEAR})|(?P<blankyear>{_EN_BLANK_YEAR}))"
)


def read_date(text: str, at: int) -> Date | None:
    """The date that begins at `at`, None when none does."""
    match = _ISO.match(text, at)
    if match:
        return _date(text, match, *(_number(match[name]) for name in ("year", "month", "day")))
    match = _ZH.match(text, at)
    if match:
        return _read_chinese(text, match)
    match = _NUMERIC.match(text, at)
    if match:
        return _read_numeric(text, match)
    match = _MONTH_FIRST.match(text, at)
    if match:
        blank = match["blank"] or match["blankyear"]
        if not match["day"] and not blank:
            return _date(text, match, int(match["year"]), _month(match["month"]), None)
        if match["blankyear"] and not match["day"] and not match["blank"]:
            return None
        return _date(text, match, 0 if blank else int(match["year"]), _month(match["month"]), int(match["day"] or 0))
    match = _DAY_FIRST.match(text, at)
    if match:
        if match["blank"] or match["blankmonth"] or match["blankyear"]:
            if "day of" not in " ".join(match[0].split()) and not match["month"]:
                return None
            return _date(text, match, 0, 0, 0)
        day = int(match["day"]) if match["day"] else ORDINALS[match["word"].lower()]
        return _date(text, match, int(match["year"]), _month(match["month"]), day)
    return None


def _month(name: str) -> int:
    return next(number for month, number in MONTHS.items() if month.startswith(name.lower()[:3]))


def _number(figure: str | None) -> int:
    if not figure:
        return 0
    value = 1 if figure == "元" else read_figure(figure)
    return int(value) if value is not None else 0


def _read_chinese(text: str, match: re.Match[str]) -> Date | None:
    year, month, day = match["year"], match["month"], match["day"]
    has_day = match["p4"] is not None
    pads = "".join(match[name] or "" for name in ("p1", "p2", "p3", "p4", "p5"))
    has_year = any(match[name] for name in ("rocyear", "year", "bareroc", "partial"))
    if not has_day and not (has_year and month):
        return None  # 每年 月 or 2026年的月
    if not has_year and not month and not day:
        alone = match.start() == 0 or not re.match(r"[\u4e00-\u9fff0-9]", text[match.start() - 1])
        if not pads and not (alone and re.match(r"[\s，。；）)]|$", text[match.end() : match.end() + 1] or " ")):
            return None  # 出生年月日 is a word
    if match["rocyear"] or match["bareroc"]:
        number = _number(match["rocyear"] or match["bareroc"]) + 1911
    else:
        number = _number(year)
    if year and not has_year:
        return None
    if (not has_year or match["partial"]) and (month or day) and not pads and "{" not in match[0]:
        return None  # 次年3月1日
    if not (has_year and number and month and (day or not has_day)) or "{" in match[0]:
        number = 0
    return _date(text, match, number, _number(month), _number(day) if has_day else None)


def _read_numeric(text: str, match: re.Match[str]) -> Date | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if a > 12 >= b:
        return _date(text, match, year, b, a)
    if b > 12 >= a or a == b:
        return _date(text, match, year, a, b)
    if max(a, b) > 12:
        return None
    day_first = _day_first(text)
    if day_first is None:
        return _date(text, match, 0, 0, 0)
    return _date(text, match, year, b, a) if day_first else _date(text, match, year, a, b)


@lru_cache(maxsize=4)
def _day_first(text: str) -> bool | None:
    """Whether the text writes 3/1/2026 for 3 January, as its other dates (13/1/2026) show; None when none does."""
    orders = {
        int(match["a"]) > 12
        for match in _NUMERIC.finditer(text)
        if int(match["a"]) <= 31 and int(match["b"]) <= 31 and (int(match["a"]) > 12) != (int(match["b"]) > 12)
    }
    return orders.pop() if len(orders) == 1 else None


def _date(text: str, match: re.Match[str], year: int, month: int, day: int | None) -> Date | None:
    """`year` 0 stands for a blank, `day` None for a month alone. A date that no calendar has gets no ISO form."""
    start, end = match.span()
    while start < end and text[start].isspace():
        start += 1
    iso: str | None = None
    if year:
        try:
            iso = date(year, month, day or 1).isoformat() if day != 0 else None
        except ValueError:
            iso = None
        if iso and day is None:
            iso = iso[:7]
    return Date(text=text[start:end], start=start, end=end, iso=iso)
