"""Captured values and parties in words, for readers of either language.

Who reads in the contract's own language gets its own words (九十日); who reads in the other gets the value (90 days).
Quotes are never worded anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from contractscan.model import Bilingual, Capture, Date, Duration, Money, Percentage
from contractscan.text import CJK, fold

_CJK = re.compile(f"[{CJK}]")
_UNITS = {
    "hour": ("小时", "hour"),
    "day": ("日", "day"),
    "week": ("周", "week"),
    "month": ("个月", "month"),
    "quarter": ("个季度", "quarter"),
    "year": ("年", "year"),
}
_CURRENCIES = {"USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "SGD": "新加坡元"}
ROLES = {
    "client": ("客户", "the client"),
    "provider": ("服务商", "the provider"),
    "both": ("双方", "both parties"),
    "third": ("第三方", "a third party"),
    "other": ("对方", "the other party"),
}
# Labels that are common nouns, which a Chinese reader is given in Chinese; any other label is a name.
_COMMON = re.compile(
    r"(?:the )?(?:(?:services?|marketing|social media|creative) )?(?:client|customer|company|agency|agent|provider"
    r"|supplier|contractor|consultant|vendor|advertiser|brand|studio|owner|operator|manager|licensee|licensor|influencer|creator"
    r"|talent|buyer|seller|purchaser|sponsor|publisher|host|developer|employer|principal|party [ab]|user|you|we|us)",
    re.I,
)
# What a percentage is taken of, in the words of many contracts; the first that occurs counts.
_BASES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.I), zh, en)
    for pattern, zh, en in (
        (r"差额|不足部分|\bshortfall|\bdifference", "差额", "the shortfall"),
        (r"逾期|拖欠|应付未付|欠[付款]|\boverdue|\boutstanding|\blate\b|\bunpaid", "逾期金额", "the sum overdue"),
        (
            r"剩余|未履行|未到期|未执行|\bremain|unexpired|balance of the (?:term|fees)",
            "剩余费用",
            "the remaining fees",
        ),
        (r"已[收付支缴]|\bpaid\b|received", "已付费用", "the fees paid"),
        (r"成交|GMV|销售额|销售收入|营业额|\bsales\b|turnover", "成交额", "the sales"),
        (r"投放|消耗|广告费|ad spend|media spend|advertising", "广告消耗", "the ad spend"),
        (r"保证金|定金|押金|deposit", "保证金", "the deposit"),
        (r"每?月[的]?(?:服务|运营|委任|合作)?费|当月|月度|monthly|per month", "月费", "the monthly fee"),
        (r"年(?:度|服务)[^,，。]{0,4}费|全年|annual|yearly", "年度费用", "the annual fees"),
        (
            r"总额|总价|总金额|合计|全部(?:服务)?费|合[同约](?:金额|价|款|总)|\btotal\b|\bcontract (?:value|price)",
            "合同总额",
            "the contract total",
        ),
        (r"服务费|费用|价款|\bfees?\b", "费用", "the fees"),
    )
)


def same(text: str) -> Bilingual:
    """A text that is the same in both languages: a number, a name."""
    return Bilingual(zh=text, en=text)


def named(role: str, labels: Mapping[str, str], *, otherwise: str = "") -> Bilingual:
    """What `role` is called: the contract's label where the reader reads its language, else the plain role.

    A role without a name here is called `otherwise`.
    """
    zh, en = ROLES.get(role, (otherwise, otherwise))
    label = labels.get(role, "") if role != "both" else ""
    if not label:
        return Bilingual(zh=zh, en=en)
    if _CJK.search(label):
        return Bilingual(zh=label, en=en)
    return Bilingual(zh=zh if _COMMON.fullmatch(label.strip()) else label, en=label)


def said_duration(duration: Duration) -> Bilingual:
    """30日, 30 days; 15个工作日, 15 business days; the contract's own words where the unit is not known."""
    if duration.value is None or duration.unit is None:
        return same(duration.text.strip())
    zh, en = _UNITS[duration.unit]
    figure = plain(duration.value) + (f"–{plain(duration.upper)}" if duration.upper is not None else "")
    if duration.business:
        zh, en = "个工作日", f"business {en}"
    return Bilingual(zh=figure + zh, en=f"{figure} {en}{'' if figure == '1' else 's'}")


def said_value(capture: Capture) -> Bilingual:
    """The value in figures, whatever the contract's words; those words for what has no value."""
    if isinstance(capture, Duration):
        return said_duration(capture)
    if isinstance(capture, Money) and capture.amount is not None:
        return _said_money(capture)
    if isinstance(capture, Percentage) and capture.value is not None:
        zh = en = plain(capture.value) + (f"–{plain(capture.upper)}" if capture.upper is not None else "") + "%"
        return Bilingual(zh=zh, en=en)
    if isinstance(capture, Date) and capture.iso:
        year, month, *day = capture.iso.split("-")
        zh = f"{year}年{int(month)}月" + (f"{int(day[0])}日" if day else "")
        return Bilingual(zh=zh, en=capture.iso)
    return same(re.sub(r"[\s_]+", " ", capture.text).strip())


def said(capture: Capture) -> Bilingual:
    """The contract's own words in its own language, the value in the other."""
    value = said_value(capture)
    words = re.sub(r"[\s_]+", " ", capture.text).strip()
    if _CJK.search(words):
        return Bilingual(zh=words.replace(" ", ""), en=value.en)
    return Bilingual(zh=value.zh if re.search("[A-Za-z]", words) else words, en=words)


def said_base(base: str) -> Bilingual:
    """What a percentage is taken of: own words in the contract's language, in the other a name for the kind of sum."""
    folded = fold(base)
    zh, en = next(
        ((zh, en) for pattern, zh, en in _BASES if pattern.search(folded)),
        ("该条所写的金额", "the sum named in that clause"),
    )
    return Bilingual(zh=base, en=en) if _CJK.search(base) else Bilingual(zh=zh, en=base)


def _said_money(money: Money) -> Bilingual:
    assert money.amount is not None
    figure = figures(money.amount) + (f"–{figures(money.upper)}" if money.upper is not None else "")
    if money.currency is None:
        return same(figure)
    names = {"CNY": f"人民币{figure}元", "TWD": f"新台币{figure}元"}
    foreign = f"{figure}{_CURRENCIES.get(money.currency, ' ' + money.currency)}"
    return Bilingual(zh=names.get(money.currency, foreign), en=f"{money.currency} {figure}")


def plain(value: Decimal) -> str:
    """30, 0.05: a number without exponent and without idle zeros."""
    return f"{value.normalize():f}"


def cents(value: Decimal) -> Decimal:
    """Rounded half up to the cent."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def figures(value: Decimal) -> str:
    """30,000 or 1,234.50."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{cents(value):,f}"
