"""Months of service up to a day, and the fees that they come to."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from contractscan.assess.facts import Facts, add_months
from contractscan.assess.wording import join
from contractscan.model import Bilingual
from contractscan.ruleset.words import cents, plain

_ONE = datetime.timedelta(days=1)
ZERO = Decimal(0)


class Service(NamedTuple):
    """Months of service up to a day, and of the whole term after it: by days, and with the month begun as a whole."""

    used: Decimal
    begun: int
    left: Decimal | None
    left_whole: int | None  # months not begun
    basis: Bilingual


def service_until(facts: Facts, until: datetime.date | None) -> Service | None:
    """Months from the first day to `until`, both counted. None when either is unknown or the days are out of order."""
    start = facts.start.date
    if start is None or until is None or until < start:
        return None
    whole = (until.year - start.year) * 12 + until.month - start.month + 1
    while add_months(start, whole) - _ONE > until:
        whole -= 1
    begin = add_months(start, whole)
    days, length = (until - begin).days + 1, (add_months(start, whole + 1) - begin).days
    used = Decimal(whole) + Decimal(days) / Decimal(length)
    begun = whole + (1 if days else 0)
    left = left_whole = None
    if facts.months is not None:
        left, left_whole = max(Decimal(facts.months) - used, ZERO), max(facts.months - begun, 0)
    zh, en = f"{start} 至 {until} 为 {whole} 个月", f"{start} to {until}: {whole} months"
    if days:
        zh, en = f"{zh}零 {days} 日（当月 {length} 日）", f"{en} and {days} of {length} days"
    return Service(used, begun, left, left_whole, Bilingual(zh=zh, en=en))


def fee_for(fee: Decimal, months: Decimal) -> Decimal:
    return cents(fee * months)


def said_months(months: Decimal) -> str:
    return plain(months.quantize(Decimal("0.0001")))


def not_computable(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=f"无法计算：{zh}", en=f"not computable: {en}")


def what_is_missing(facts: Facts, service: Service | None, until: datetime.date | None) -> Bilingual | None:
    """What fees by the month need and is not known."""
    if facts.monthly.amount is None:
        return join(
            [
                not_computable("需要月费，请用 --monthly-fee 给出", "the monthly fee is needed: --monthly-fee"),
                facts.monthly.basis,
            ]
        )
    if until is None:
        return not_computable(
            "需要终止日，请用 --terminate-on 给出", "the last day of the contract is needed: --terminate-on"
        )
    if service is None:
        return not_computable(
            "合同起始日不明，或终止日早于起始日", "the first day is not known, or lies after the last day"
        )
    return None


def remaining_fees(facts: Facts, service: Service | None) -> tuple[Decimal, Decimal] | None:
    """Fees of the months left: of those not begun, and by days. The first is never the larger."""
    if facts.monthly.amount is None or service is None or service.left is None or service.left_whole is None:
        return None
    fee = facts.monthly.amount
    return fee_for(fee, Decimal(service.left_whole)), fee_for(fee, service.left)
