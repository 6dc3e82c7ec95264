"""Amounts of money of both manners: 人民币伍万元整（￥50,000.00）, 2.5万元/月, USD 1.5 million.

An amount stated twice is one quantity; `consistent` says whether the statements agree, and the amount in words is the
one kept. 元 without a currency is CNY, or TWD, HKD, MOP where the whole text names that one alone.
"""

from __future__ import annotations

import re

from contractscan.model import DurationUnit, Money
from contractscan.quantities.currencies import Defaults, named_currency
from contractscan.quantities.dollars import read_dollars
from contractscan.quantities.numerals import plain
from contractscan.quantities.surroundings import SLASH_PER, bound_around, period_around, unit_named
from contractscan.quantities.yuan import Stated, read_yuan

# What opens an amount in the English manner, unless 元 or 万 follows it (US$5万元).
_WESTERN = re.compile(r"(?!RMB|CNY|NT|TWD)[$€£₹A-Z]")
_CHINESE_FOLLOWS = re.compile(r"\s?[元圆圓万萬亿億百千港美（]")
_SLASH = re.compile(SLASH_PER)


def read_money(text: str, at: int, defaults: Defaults, *, since: int = 0) -> Money | None:
    """The amount that begins at `at`, None when none does. A period is not looked for before `since`."""
    stated = _stated(text, at, defaults)
    if stated is None:
        return None
    end = stated.end
    per: DurationUnit | None = None
    slash = _SLASH.match(text, end)
    if slash:
        end, per = slash.end(), unit_named(slash["per"])
    currency = named_currency(stated.unit, defaults) or named_currency(stated.sign, defaults) or defaults.yuan
    return Money(
        text=text[at:end],
        start=at,
        end=end,
        amount=stated.amount if stated.amount is None else plain(stated.amount),
        upper=stated.upper if stated.upper is None else plain(stated.upper),
        currency=currency,
        per=per or period_around(text, at, end, reach=16, since=since, fees=True),
        bound=bound_around(text, at, end),
        consistent=stated.consistent,
    )


def _stated(text: str, at: int, defaults: Defaults) -> Stated | None:
    if _WESTERN.match(text, at):
        stated = read_dollars(text, at, defaults)
        if stated and not _CHINESE_FOLLOWS.match(text, stated.end):
            return stated
    return read_yuan(text, at, defaults) or read_dollars(text, at, defaults)
