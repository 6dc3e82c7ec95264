"""Amounts as English contracts write them: US$1,000.00, USD 1.5 million, One Hundred Dollars ($100), $[***]."""

from __future__ import annotations

import re
from decimal import Decimal

from contractscan.quantities.currencies import SIGN, Defaults, named_currency
from contractscan.quantities.numerals import ARABIC, DIGIT, EN_FIGURE, EN_WORDS, is_blank, read_figure
from contractscan.quantities.yuan import Stated

_SCALES = {
    **dict.fromkeys(("thousand", "k"), 10**3),
    **dict.fromkeys(("million", "m", "mm"), 10**6),
    **dict.fromkeys(("billion", "b", "bn"), 10**9),
    "trillion": 10**12,
}
_BLANK = r"(?:\[[\s*●•_]{0,40}+\]|\*{1,20}+|_{1,60}+|●)"


_SCALE_WORD = r"\s{0,2}(?:(?i:thousand|million|billion|trillion|mm|bn)\b|[MKBmk]\b)"


def _scale(name: str) -> str:
    return rf"(?:\s{{0,2}}(?P<{name}>(?i:thousand|million|billion|trillion|mm|bn)\b|[MKBmk]\b))?"


_SIGNED = re.compile(
    rf"(?P<sign>{SIGN})\s{{0,12}}(?P<a>[{DIGIT}]{{1,3}}(?:,\s000){{1,3}}(?![{DIGIT}])|{ARABIC}|\.[{DIGIT}]{{1,6}}|{_BLANK}){_scale('ascale')}"
    rf"(?:\s{{0,2}}(?:-|–|to)\s{{0,2}}(?:(?:{SIGN})\s{{0,2}}|(?={ARABIC}{_SCALE_WORD}))(?P<b>{ARABIC}){_scale('bscale')})?"
    r"(?:\s{1,2}(?P<code>USD|RMB|CAD|EUR|AUD|U\.?S\.?\s[Dd]ollars))?"
)
_NATION = (
    r"(?:(?P<nation>U\.?\s?S\.?A?\.?|United\s{1,2}States|Canadian|Hong\s{1,2}Kong|Australian|Singapore|New\s{1,2}Taiwan"
    r"|Chinese|Renminbi)\s{1,2})?"
)
_NATIONS = {"c": "CAD", "h": "HKD", "a": "AUD", "s": "SGD", "n": "TWD", "u": "USD"}
# A bare pound is a weight as often as money.
_CODES = ("USD", "EUR", "GBP", "HKD", "SGD", "CAD", "AUD", "NZD", "CNY", "TWD", "CHF", "INR")
_NOUN = rf"dollars?|euros?|pounds?\s{{1,2}}sterling|yuan|renminbi|RMB|yen|{'|'.join(_CODES)}"
_CENTS = r"\s{1,2}and\s{1,2}(?:no|xx|zero|\d\d)\s?/\s?(?:100|xx)(?:ths)?"
_WORDS = re.compile(
    rf"(?P<a>{EN_FIGURE})(?:\s{{0,2}}\((?P<also>[^()\n$]{{1,30}})\))?(?P<cents>{_CENTS})?{_scale('ascale')}"
    rf"\s{{1,3}}{_NATION}(?P<noun>{_NOUN})\b"
    rf"(?:\s{{0,3}}\(\s?(?P<sign>{SIGN})\s{{0,3}}(?P<s>[{DIGIT}]{{1,3}}(?:,\s000){{1,3}}|{ARABIC}|{_BLANK}){_scale('sscale')}"
    r"(?:\s?(?:USD|U\.?S\.?D?\.?))?\s?\))?",
    re.I,
)
_SECOND = re.compile(rf"\s{{1,3}}\((?P<s>{EN_WORDS})(?:{_CENTS})?\s{{1,2}}{_NATION}(?:dollars?|euros?|pounds?)\)", re.I)
_NOUNS = {
    "euro": "EUR",
    "pound": "GBP",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "yen": "JPY",
    **{code.lower(): code for code in _CODES},
}


def read_dollars(text: str, at: int, defaults: Defaults) -> Stated | None:
    """The amount that begins at `at`, in the English manner."""
    match = _SIGNED.match(text, at)
    if match:
        return _signed(text, match)
    match = _WORDS.match(text, at)
    return _spelled(match, defaults) if match else None


def _signed(text: str, match: re.Match[str]) -> Stated:
    amount = _scaled(match["a"], match["ascale"])
    if match["b"]:
        upper = _scaled(match["b"], match["bscale"])
        if match["bscale"] and not match["ascale"] and amount is not None and amount < 1000:
            amount = _scaled(match["a"], match["bscale"])  # $1-2 million
        return Stated(match.end(), amount, upper, match["sign"], match["code"])
    second = _SECOND.match(text, match.end())
    words = read_figure(second["s"]) if second else None
    if not second or words is None or amount is None:
        return Stated(match.end(), amount, None, match["sign"], match["code"])
    return Stated(second.end(), words, None, match["sign"], match["code"], consistent=words == amount)


def _spelled(match: re.Match[str], defaults: Defaults) -> Stated | None:
    words = read_figure(match["a"])
    if words is None and not is_blank(match["a"]):
        return None
    if words is not None and match["ascale"]:
        words *= _SCALES[match["ascale"].lower()]
    cents = re.search(r"\d\d(?=\s?/)", match["cents"] or "")
    if words is not None and cents:
        words += Decimal(cents[0]) / 100
    figures = _scaled(match["s"], match["sscale"]) if match["s"] else None
    if match["also"] and not match["s"]:
        figures = read_figure(match["also"])
        if figures is not None and match["ascale"]:
            figures *= _SCALES[match["ascale"].lower()]
    consistent = words == figures if words is not None and figures is not None else None
    amount = words if words is not None else figures
    return Stated(match.end(), amount, None, _currency(match, defaults), None, consistent=consistent)


def _currency(match: re.Match[str], defaults: Defaults) -> str:
    """The currency's code, which `named_currency` understands as a sign."""
    noun = match["noun"].lower().split()[0].removesuffix("s")
    if noun in _NOUNS:
        return _NOUNS[noun]
    nation = (match["nation"] or "").lower()
    if nation:
        return "CNY" if nation.startswith(("chinese", "renminbi")) else _NATIONS.get(nation[0], defaults.dollar)
    return named_currency(match["sign"], defaults) or defaults.dollar


def _scaled(figure: str, scale: str | None) -> Decimal | None:
    value = read_figure("0" + figure if figure.startswith(".") else figure)
    return value * _SCALES[scale.lower()] if value is not None and scale else value
