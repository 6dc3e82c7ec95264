"""Lengths of time: 三十日, 十五（15）个工作日, 一个半月, 3-5日, thirty (30) days, 12-month, and blanks of that kind.

Conversion to days: month 30, quarter 90, year 365, week 7, hour 1/24; half a year is six months, 180 days.
Business days are counted as they stand and marked `business`; nobody knows how many calendar days they take.
"""

from __future__ import annotations

import re
from decimal import Decimal

from contractscan.model import Duration, DurationUnit
from contractscan.quantities.numerals import (
    ALSO,
    DIGIT,
    EN_FIGURE,
    EN_HALF,
    FIGURE,
    GAP,
    NUMBER,
    RANGE,
    SPACE,
    ZH_CHARACTER,
    is_blank,
    plain,
    read_figure,
)
from contractscan.quantities.surroundings import anchor_around, bound_around

DAYS: dict[DurationUnit, Decimal] = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal(30),
    "quarter": Decimal(90),
    "year": Decimal(365),
}

_BUSINESS = "(?:法定|银行|銀行)?(?:工作日|工作天|营业日|營業日|交易日|办公日|辦公日|上班日)"
_DAY = (
    "(?:自然日|自然天|日历日|日历天|日曆日|日曆天|历日|曆日|公历日|连续日|連續日"
    "|日(?![历曆期常元报報志誌均益用][^，。；]|[期常志誌益])|天(?![猫貓津然气氣河赋賦空]))"
)
_WEEK = "(?:星期|礼拜|禮拜|[周週](?![ 　]{0,2}[边邊转轉末岁歲一二三四五六日年]))"
# 一年期LPR and 五年期以上 name a rate of interest, not a time to keep.
_LOAN = "(?:LPR|以上|[贷貸存][款]?|定期|国债|國債|市场|市場)"
_MONTH = f"(?:[个個](?:自然|日历|日曆|完整|整|公历|公曆|[历曆])?月(?!期{_LOAN}))"
_YEAR = f"(?:周年|週年|年(?![度份级級龄齡检檢报報审審利化]|期{_LOAN}))"
_ZH_UNIT = (
    rf"(?:[个個]?{_BUSINESS}|[个個]?{_DAY}|[个個]?{_WEEK}|{_MONTH}|[个個](?:会计|會計|自然|合同|日历)?(?:年度|周年|年)|{_YEAR}"
    r"|[个個]?(?:小时|小時|钟头|鐘頭)|[个個]季度)"
)
_AGAIN = rf"(?:{GAP}[（(]{GAP}{NUMBER}{GAP}[个個日天工周月年小][^（()）\n]{{0,6}}[)）])?"
_ZH = re.compile(
    rf"(?P<a>{FIGURE})(?:[个個](?={GAP}[（(]))?(?P<also>{GAP}{ALSO})?"
    rf"(?:(?P<au>{_ZH_UNIT})?{GAP}{RANGE}{GAP}(?P<b>{FIGURE})(?P<balso>{GAP}{ALSO})?)?"
    rf"{GAP}(?:(?P<halfof>[个個]半)(?P<halfunit>月|年|小时|小時|季度|星期|钟头)"
    rf"|(?P<unit>{_ZH_UNIT})(?P<half>半)?(?:[零又]?(?P<c>{NUMBER}){GAP}(?P<cu>{_MONTH}|{_DAY}|{_WEEK}))?){_AGAIN}"
)
_HALF = re.compile(
    r"半(?:(?P<month>[个個]月)|(?P<year>年)(?![度报報])|(?P<day>天|日(?!制))|(?P<hour>[个個]?(?:小时|小時|钟头)))"
)
_BARE_MONTH = re.compile(rf"(?P<a>{FIGURE}){GAP}月(?![{DIGIT}初底末中份第一二三四五六七八九十_＿{SPACE}])")
_BARE_MONTH_LEAD = re.compile(r"(?:提前|为期|為期|期限为|期限為|不少于|不超过|至少|最长|逾期|满|超过)[_＿\s]{0,3}$")
_AROUND_THE_CLOCK = re.compile(
    rf"(?P<days>[{DIGIT}七]{{1,2}}){GAP}[天日]?{GAP}[×xX*＊✕]{GAP}(?P<hours>[{DIGIT}]{{1,2}}){GAP}(?:小时|小時|[hH]ours?\b|[hH]\b)"
)
# The blank was lost with the underlining: 提前个工作日.
_LOST_BLANK = re.compile(rf"[个個](?:{_BUSINESS}|自然日|日历日|日历天|月)(?=[内內以前之书書向通支告的])")
_SPACE_BLANK = re.compile(
    rf"[{SPACE}]{{1,30}}(?P<unit>[个個](?:{_BUSINESS}|自然日|日历日|月|星期)|{_BUSINESS}|[日天年周](?=[内內以之前后後书書，。；通止）)\n]|$))"
)

_ORDINAL = re.compile(
    rf"第[{SPACE}_＿【\[（(]{{0,3}}(?:[{DIGIT}{ZH_CHARACTER}]{{1,4}}[日天年]?[、至到和或~～\-—–]{{1,2}})?$"
)
_DAY_OF_MONTH = re.compile(
    rf"(?<![个個])月份?[的之前後后]?[{SPACE}]{{0,3}}第?(?:[{DIGIT}{ZH_CHARACTER}{SPACE}_＿]{{1,8}}[日号號]?[{SPACE}]?[、和及与與或至到~～\-—–]{{1,2}}(?:[每当當次同下]?月)?[{SPACE}]{{0,3}})?$"
)
_NOT_ONE = "同任某统統唯之其万单單每各首逐归歸专專惟"
_NUMBERED_LINE = re.compile(rf"(?:^|\n)[{SPACE}]*$")

_WRAP = r"(?:[\s-]{0,4}|[ \t]{0,40}(?:\r?\n[ \t]{0,60})?)"  # hard-wrapped lines are often set in by a wide margin
_EN_MODIFIERS = (
    r"(?:(?:calendar|business|working|banking|bank|trading|consecutive|full|additional|complete|further|contract|successive|"
    r"continuous|natural|whole|fiscal|regular|normal|clear|commercial|annual|prior|more|or\s+more|or\s+fewer|or\s+less)"
    r"(?:[\s-]{1,4}|[ \t]{1,40}|[ \t]{0,40}\r?\n[ \t]{0,60})){0,3}"
)
_EN_ALSO = rf"(?:{_WRAP}\((?P<also>[^()\n]{{1,30}})\)\]?)?"
_EN = re.compile(
    rf"(?:(?P<a>{EN_FIGURE}){_EN_ALSO}"
    rf"(?:\s{{0,3}}(?P<link>to|-|–|—|and|or|through)\s{{0,3}}(?P<b>{EN_FIGURE}){_EN_ALSO.replace('also', 'balso')})?"
    rf"|(?P<h>{EN_HALF}))"
    rf"{_WRAP}(?P<mods>{_EN_MODIFIERS})(?P<unit>hour|hr|day|week|fortnight|month|mo|quarter|year|yr)s?\b\.?(?!\s+(?:old|of\s+age|ended|ending)\b)"
    rf"(?P<half>\s+and\s+(?:an?|one)[\s-]half)?"
    rf"(?:(?<=year|.yrs|ears)\s{{1,3}}and\s{{1,3}}(?P<months>{EN_FIGURE}){_WRAP}(?:\([^()\n]{{1,12}}\){_WRAP})?months?\b(?!['’]|\s+(?:prior|written|advance|notice)))?"
    rf"(?:\s{{1,2}}\({EN_FIGURE}[\s-]{{1,2}}(?:{_EN_MODIFIERS})(?:hour|day|week|month|year)s?\))?",
    re.I,
)
_EN_SINGLE = re.compile(
    r"an?\s+(?P<unit>day|week|fortnight|month|quarter|year)\b(?P<notice>['’]?s?['’]?\s+(?:(?:prior|advance|written|clear)\s+)*notice)?"
    r"(?!\s*['’]s)",
    re.I,
)
# Net 30, net-30: an invoice falls due so many days after its date.
_EN_NET = re.compile(
    rf"(?P<a>{EN_FIGURE})(?=\s*[,.;:)]|\s+(?:from|after|of|upon|terms?|payment|basis|and)\b|\s*\Z)", re.I
)
_EN_NET_LEAD = re.compile(r"\bnet[\s-]{1,2}\Z", re.I)
# T+7, D+3: the settlement of platforms, so many days after the transaction.
_SETTLED = re.compile(rf"[TD]\s?\+\s?(?P<a>[{DIGIT}]{{1,3}})(?![{DIGIT}.]|{GAP}{_ZH_UNIT})")
_EN_SINGLE_LEAD = r"(?<![A-Za-z])(?:within|for|at least|a period of|minimum of|term of)\s{1,3}"


def read_duration(text: str, at: int) -> Duration | None:
    """The duration that begins at `at`, None when none does."""
    settled = _SETTLED.match(text, at)
    if settled:
        return _duration(text, at, settled.end(), read_figure(settled["a"]), "day")
    return _read_chinese(text, at) or _read_english(text, at)


def _read_chinese(text: str, at: int) -> Duration | None:
    clock = _AROUND_THE_CLOCK.match(text, at)
    if clock:
        days, hours = read_figure(clock["days"]), read_figure(clock["hours"])
        assert days is not None
        assert hours is not None
        return _duration(text, at, clock.end(), days * hours, "hour", days=days * hours / 24)
    match = _ZH.match(text, at)
    if match:
        return _from_chinese(text, at, match)
    half = _HALF.match(text, at)
    if half and (text[at - 2 : at] == "提前" or text[at - 1 : at] not in tuple("上下前后後多大一")):
        if half["month"]:
            return _duration(text, at, half.end(), Decimal("0.5"), "month")
        if half["year"]:
            return _duration(text, at, half.end(), Decimal(6), "month")
        return _duration(text, at, half.end(), Decimal("0.5"), "day" if half["day"] else "hour")
    month = _BARE_MONTH.match(text, at)
    if month and _BARE_MONTH_LEAD.search(text, max(0, at - 8), at):
        value = read_figure(month["a"])
        if value is not None or is_blank(month["a"]):
            return _duration(text, at, month.end(), value, "month")
    blank = _SPACE_BLANK.match(text, at) or _LOST_BLANK.match(text, at)
    if blank:
        return _duration(text, at, blank.end(), None, _unit(blank[0].strip()), business=_is_business(blank[0]))
    return None


def _from_chinese(text: str, at: int, match: re.Match[str]) -> Duration | None:
    a, b = match["a"], match["b"]
    value = read_figure(a)
    upper = read_figure(b) if b else None
    if (value is None and not is_blank(a)) or (b and upper is None and not is_blank(b)):
        return None
    unit_text = match["unit"] or match["halfunit"]
    unit = _unit(unit_text)
    before = text[max(0, at - 24) : at]
    if _ORDINAL.search(before):
        return None
    if unit == "day" and unit_text in ("日", "天") and _DAY_OF_MONTH.search(before):
        return None
    if unit_text == "年" and value is not None and (1900 <= value <= 2100 or before.endswith(("民国", "民國"))):
        return None
    if a == "一" and before[-1:] and before[-1] in _NOT_ONE and not before.endswith(("逾期每", "每")):
        return None
    if (
        "." in a
        and "." in match[0]
        and _NUMBERED_LINE.search(text, max(0, at - 40), at)
        and unit_text in ("日", "天", "年")
    ):
        return None
    if a == "一" and (
        before.endswith(("最后", "最後", "最末")) or (unit_text == "年" and before.endswith(("上", "下")))
    ):
        return None
    pair = _approximate(a)
    if pair and not b:
        value, upper = pair
    value, upper = _with_second_statement(value, upper, match["also"], match["balso"])
    if match["halfof"] or match["half"]:
        if value is None:
            return None
        if unit == "year":
            return _duration(text, at, match.end(), value * 12 + 6, "month", days=value * 365 + 180)
        value += Decimal("0.5")
    if match["c"]:
        extra = read_figure(match["c"])
        if extra is None or value is None:
            return None
        smaller = _unit(match["cu"])
        days = value * DAYS[unit] + extra * DAYS[smaller]
        if unit == "year" and smaller == "month":
            return _duration(text, at, match.end(), value * 12 + extra, "month", days=days)
        return _duration(text, at, match.end(), days, "day", days=days)
    return _duration(text, at, match.end(), value, unit, upper=upper, business=_is_business(unit_text))


def _with_second_statement(
    value: Decimal | None, upper: Decimal | None, also: str | None, upper_also: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """Add 十五（15）'s second figure: it fills a blank in; where it differs, both are kept as the ends of a range."""
    second = read_figure(also.strip(" （(")) if also and not is_blank(also) else None
    upper_second = read_figure(upper_also.strip(" （(")) if upper_also and not is_blank(upper_also) else None
    if upper is None and value is not None and second is not None and second != value:
        return min(value, second), max(value, second)
    return (value if value is not None else second), (upper if upper is not None else upper_second)


def _approximate(figure: str) -> tuple[Decimal, Decimal] | None:
    """两三天 is two to three days, not 23."""
    if figure in ("一两", "一兩", "两三", "兩三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"):
        low, high = read_figure(figure[0]), read_figure(figure[1])
        if low is not None and high is not None:
            return low, high
    return None


def _unit(words: str) -> DurationUnit:
    if "时" in words or "時" in words or "钟" in words or "鐘" in words:
        return "hour"
    if "季" in words:
        return "quarter"
    if "年" in words:
        return "year"
    if "月" in words:
        return "month"
    if words.endswith(("周", "週", "星期", "礼拜", "禮拜")):
        return "week"
    return "day"


def _is_business(words: str) -> bool:
    return any(word in words for word in ("工作", "营业", "營業", "交易日", "办公", "辦公", "上班"))


def _read_english(text: str, at: int) -> Duration | None:
    match = _EN.match(text, at)
    if not match:
        return _read_english_single(text, at)
    a, b = match["a"], match["b"]
    if match["h"]:
        if match["unit"].lower() in ("year", "yr"):
            return _duration(text, at, match.end("unit"), Decimal(6), "month")
        value: Decimal | None = Decimal("0.5")
    else:
        value = read_figure(a)
        if value is None and not is_blank(a):
            return None
    upper = read_figure(b) if b else None
    if b and upper is None and not is_blank(b):
        return None
    if match["link"] == "and" and not text[max(0, at - 9) : at].lower().rstrip().endswith("between"):
        return None
    word = match["unit"].lower()
    if word == "day" and value is None and re.match(r"\s{1,3}of\b", text[match.end() : match.end() + 6]):
        return None  # this ____ day of May
    unit = _unit_in(word)
    if unit == "year" and value is not None and 1900 <= value <= 2100 and value == int(value):
        return None
    if a and "." in a and _NUMBERED_LINE.search(text, max(0, at - 40), at):
        return None  # 2.7 Year-End Batch
    also, balso = match["also"], match["balso"]
    if also and not _figure_like(also):
        return None
    value, upper = _with_second_statement(value, upper, also, balso)
    if word == "fortnight":
        value, upper = (None if number is None else number * 2 for number in (value, upper))
    months = read_figure(match["months"]) if match["months"] else None
    if months is not None and value is not None:
        return _duration(text, at, match.end(), value * 12 + months, "month", days=value * 365 + months * 30)
    if match["half"] and value is not None:
        value += Decimal("0.5")
    mods = match["mods"].lower()
    end = match.end() - (
        text[match.end() - 1] == "." and text[match.end() - 3 : match.end() - 1].lower() not in ("mo", "yr", "hr")
    )
    business = any(kind in mods for kind in ("business", "working", "bank", "trading")) and unit == "day"
    duration = _duration(text, at, end, value, unit, upper=upper, business=business)
    if "more" in mods and "or" in mods:
        return duration.model_copy(update={"bound": "at_least"})
    if "or fewer" in mods or "or less" in mods:
        return duration.model_copy(update={"bound": "at_most"})
    return duration


def _unit_in(word: str) -> DurationUnit:
    return "week" if word == "fortnight" else next(name for name in DAYS if name[0] == word[0])


_FIGURE_LIKE = re.compile(rf"\s*(?:{EN_FIGURE})\s*", re.I)
_EN_SINGLE_BEFORE = re.compile(_EN_SINGLE_LEAD + "$", re.I)


def _figure_like(words: str) -> bool:
    return _FIGURE_LIKE.fullmatch(words) is not None


def _read_english_single(text: str, at: int) -> Duration | None:
    match = _EN_SINGLE.match(text, at)
    if not match:
        net = _EN_NET.match(text, at) if _EN_NET_LEAD.search(text, max(0, at - 6), at) else None
        return _duration(text, at, net.end("a"), read_figure(net["a"]), "day") if net else None
    if not (match["notice"] or _EN_SINGLE_BEFORE.search(text, max(0, at - 16), at)):
        return None
    word = match["unit"].lower()
    value, unit = (Decimal(2), "week") if word == "fortnight" else (Decimal(1), word)
    return _duration(text, at, match.end("unit"), value, _unit_in(unit))


def _duration(
    text: str,
    start: int,
    end: int,
    value: Decimal | None,
    unit: DurationUnit,
    *,
    upper: Decimal | None = None,
    business: bool = False,
    days: Decimal | None = None,
) -> Duration:
    if days is None and value is not None:
        days = round(value / 24, 4) if unit == "hour" else value * DAYS[unit]
    return Duration(
        text=text[start:end],
        start=start,
        end=end,
        value=None if value is None else plain(value),
        upper=None if upper is None else plain(upper),
        unit=unit,
        days=None if days is None else plain(days),
        business=business,
        bound=bound_around(text, start, end),
        anchor=anchor_around(text, start, end),
    )
