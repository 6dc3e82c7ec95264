"""Currencies by the signs and words that stand before or after an amount."""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGNS = {
    "CNY": r"人民币|人民幣|RMB(?![A-Za-z])|CNY(?![A-Za-z])|￥|¥",
    "TWD": r"新台币|新臺幣|新台幣|新臺币|台币|臺幣|NT\$|NTD(?![A-Za-z])|TWD(?![A-Za-z])",
    "HKD": r"港币|港幣|港元|HK\$|HKD(?![A-Za-z])",
    "MOP": r"澳门元|澳門元|澳门币|澳門幣|MOP(?![A-Za-z])",
    "USD": r"美元|美金|US\s?\$|U\.\s?S\.\s?\$|USD(?:\s?\$)?(?![A-Za-z])",
    "CAD": r"C(?:AN|AD|DN)?\s?\$|CAD(?![A-Za-z])|加元",
    "AUD": r"A(?:U|UD)?\s?\$|AUD(?![A-Za-z])|澳元",
    "NZD": r"NZ(?:D)?\s?\$|NZD(?![A-Za-z])",
    "BRL": r"R\$|BRL(?![A-Za-z])",
    "SGD": r"S(?:G|GD)?\s?\$|SGD(?![A-Za-z])|新加坡元",
    "EUR": r"欧元|歐元|€|EUR(?![A-Za-z])",
    "GBP": r"英镑|英鎊|£|GBP(?![A-Za-z])",
    "JPY": r"日元|日圆|日圓|JPY(?![A-Za-z])",
    "INR": r"₹|INR(?![A-Za-z])|Rs\.?(?=\s?\d|$)",
    "CHF": r"CHF(?![A-Za-z])",
    "AED": r"AED(?![A-Za-z])",
    "MYR": r"MYR(?![A-Za-z])|RM(?=\s?\d|$)",
    "$": r"\$",
}
SIGN = "|".join(_SIGNS.values())
_WHICH = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, pattern in enumerate(_SIGNS.values())))
_CODES = tuple(_SIGNS)

_NAMES = (
    ("CNY", ("人民币", "人民幣", "RMB", "CNY", "￥", "¥")),
    ("TWD", ("新台币", "新臺幣", "新台幣", "NT$", "NTD", "TWD")),
    ("HKD", ("港币", "港幣", "HK$", "HKD", "港元")),
    ("MOP", ("澳门元", "澳門元", "澳门币", "澳門幣", "MOP")),
    ("USD", ("美元", "美金", "US$", "USD", "U.S. Dollars", "United States")),
)


class Defaults(NamedTuple):
    """What 元 and $ mean in a text when no currency stands beside them."""

    yuan: str = "CNY"
    dollar: str = "USD"


def default_currencies(text: str) -> Defaults:
    """What the bare 元 and $ of `text` mean: CNY and USD, unless it names one other currency alone."""
    named = {code for code, words in _NAMES if any(word in text for word in words)}
    if "CNY" not in named:
        for code in ("TWD", "HKD", "MOP"):
            if code in named:
                return Defaults(yuan=code, dollar="USD" if "USD" in named else code)
    return Defaults()


def named_currency(words: str | None, defaults: Defaults) -> str | None:
    """The ISO 4217 code of the currency that `words` name, None when they name none."""
    match = _WHICH.search(words) if words else None
    if match is None or match.lastgroup is None:
        return None
    code = _CODES[int(match.lastgroup[1:])]
    return defaults.dollar if code == "$" else code
