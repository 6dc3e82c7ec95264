"""Periods added to and taken from a day, with the arithmetic shown, and the working days of four places.

The day that a period starts from is not counted (for the People's Republic of China: Art. 201 Civil Code); a period in
months ends on the corresponding day (Art. 202).
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from contractscan.assess.facts import MONTHS, Country, add_months
from contractscan.model import Bilingual, Duration
from contractscan.ruleset.words import said_duration

if TYPE_CHECKING:
    from decimal import Decimal

    from holidays import HolidayBase

_ONE = datetime.timedelta(days=1)
_NAMES = {
    "CN": ("中国大陆法定节假日及调休", "public holidays of mainland China, with make-up days"),
    "TW": ("台湾国定假日", "public holidays of Taiwan"),
    "HK": ("香港公众假期", "general holidays of Hong Kong"),
    "US": ("美国联邦假日", "federal holidays of the United States"),
    "UK": ("英格兰和威尔士公众假日", "bank holidays of England and Wales"),
}
START_NOT_COUNTED: dict[Country, Bilingual] = {
    "CN": Bilingual(zh="起始日不计入（民法典第201条）", en="the first day is not counted (Art. 201, PRC Civil Code)"),
    "TW": Bilingual(zh="始日不计入", en="the first day is not counted"),
    "HK": Bilingual(zh="起始日不计入", en="the first day is not counted"),
    "US": Bilingual(zh="起始日不计入", en="the first day is not counted"),
    "UK": Bilingual(zh="起始日不计入", en="the first day is not counted"),
}


class Shifted(NamedTuple):
    """A day reached from another, and how: 2026-08-31 − 30 日 = 2026-08-01."""

    day: datetime.date
    basis: Bilingual


def shift(day: datetime.date, period: Duration, country: Country, *, back: bool = False) -> Shifted | None:
    """`day` plus (or minus) `period`. Of a range the longer figure counts: it is the safe one. None when unknown."""
    value = max((v for v in (period.value, period.upper) if v is not None), default=None)
    if value is None or period.unit is None:
        return None
    try:
        reached = _moved(day, value, period, country, -1 if back else 1)
    except (OverflowError, ValueError):  # beyond the calendar: 99999 years
        return None
    said = said_duration(period.model_copy(update={"value": value, "upper": None}))
    sign = "−" if back else "+"
    zh, en = f"{day} {sign} {said.zh} = {reached}", f"{day} {sign} {said.en} = {reached}"
    if period.business:
        convention = convention_of(country)
        zh, en = f"{zh}（{convention.zh}）", f"{en} ({convention.en})"
    return Shifted(reached, Bilingual(zh=zh, en=en))


def _moved(day: datetime.date, value: Decimal, period: Duration, country: Country, sign: int) -> datetime.date:
    whole = int(value)
    part = value - whole
    if period.unit in ("month", "quarter", "year"):
        months = MONTHS[period.unit]
        days = part * months * 30  # half a month is 15 days, half a year six months
        whole_months = whole * months
        if period.unit != "month":
            whole_months += int(part * months)
            days = part * months % 1 * 30
        return add_months(day, sign * whole_months) + sign * int(days) * _ONE
    if period.unit == "hour":
        return day + sign * -(-whole // 24) * _ONE
    days_of = whole * (7 if period.unit == "week" else 1) + (1 if part else 0)
    if period.business and period.unit == "day":
        return add_working_days(day, sign * days_of, country)
    return day + sign * days_of * _ONE


# --------------------------------------------------------------- working days


@cache
def _holidays(country: Country) -> HolidayBase:
    from holidays import country_holidays

    # In Hong Kong the library keeps general holidays, such as Good Friday, apart from the statutory ones.
    categories = ("public", "optional") if country == "HK" else None
    if country == "UK":
        return country_holidays("GB", subdiv="ENG")
    return country_holidays(country, categories=categories)


def is_working_day(day: datetime.date, country: Country) -> bool:
    """Neither weekend nor public holiday; in mainland China also the weekends that are made working days."""
    return bool(_holidays(country).is_working_day(day))


def next_working_day(day: datetime.date, country: Country) -> datetime.date:
    """`day` itself when it is a working day, else the first after it."""
    while not is_working_day(day, country):
        day += _ONE
    return day


def last_working_day(day: datetime.date, country: Country) -> datetime.date:
    """`day` itself when it is a working day, else the last before it."""
    while not is_working_day(day, country):
        day -= _ONE
    return day


_MOST_WORKING_DAYS = 2_600  # ten years; longer ones are no deadlines, and counting them day by day takes long


def add_working_days(day: datetime.date, count: int, country: Country) -> datetime.date:
    """The `count`-th working day after `day` (before it when negative). Raises ValueError beyond ten years."""
    if abs(count) > _MOST_WORKING_DAYS:
        raise ValueError(f"{count} working days")
    step = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, country):
            day += step
    return day


def convention_of(country: Country) -> Bilingual:
    """Which holidays were used, and that those of years to come may still change."""
    zh, en = _NAMES[country]
    return Bilingual(
        zh=f"工作日按周一至周五、扣除{zh}计算，尚未公布的年份请核对",
        en=f"business days are Monday to Friday without {en}; check years not yet announced",
    )
