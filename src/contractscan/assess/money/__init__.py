"""Money at stake: every figure with its formula and clause, a range where the contract leaves room, or why not.

Months of service are counted from the first day of the contract: whole months, then the days of the month begun over
the days of that month. All arithmetic is decimal, rounded half up to the cent at the end.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from contractscan.assess.exits import Exit, find_exit, leaving_day
from contractscan.assess.facts import MONTHS, Facts
from contractscan.assess.money.service import (
    ZERO,
    Service,
    fee_for,
    not_computable,
    remaining_fees,
    said_months,
    service_until,
    what_is_missing,
)
from contractscan.assess.money.sums import damages, deposits, late_fees
from contractscan.assess.plan import Plan
from contractscan.assess.wording import cited, ids, join, role_of
from contractscan.model import Bilingual, Exposure, Finding
from contractscan.ruleset.words import cents, figures, plain, said_duration, same
from contractscan.text import fold

__all__ = ["find_exposure"]

_OF_REST = re.compile(r"剩余|未履行|未到期|尚未|remain|unexpired|rest of the term", re.I)


def find_exposure(findings: Sequence[Finding], facts: Facts, plan: Plan) -> tuple[Exposure, ...]:
    """What leaving may cost the client, in the order in which people ask."""
    way_out = find_exit(findings)
    until, source = leaving_day(facts, plan, way_out)
    service = service_until(facts, until)
    return (
        *_refund(findings, facts, plan, service, until, source),
        *_until_notice_ends(facts, way_out),
        *_remaining(findings, facts, service, until, source),
        *damages(findings, facts, plan, service),
        *late_fees(findings, facts),
        *deposits(findings),
    )


def _refund(
    findings: Sequence[Finding],
    facts: Facts,
    plan: Plan,
    service: Service | None,
    until: datetime.date | None,
    source: Bilingual,
) -> list[Exposure]:
    barred = [f for f in findings if f.rule_id == "non-refundable-prepayment"]
    allowed = [f for f in findings if f.rule_id == "pro-rata-refund" and role_of(f, "payer") != "client"]
    if not barred and not allowed and plan.paid is None:
        return []
    what = Bilingual(zh="已付费用中未履行部分的退还", en="Refund of fees paid for services not rendered")
    found = ids([*allowed, *barred])
    currency = facts.monthly.currency or facts.total.currency
    if plan.paid is None:
        reason = not_computable("需要已付金额，请用 --paid 给出", "the amount paid is needed: --paid")
        return [Exposure(what=what, amount=None, currency=currency, basis=reason, finding_ids=found)]
    reason_or_none = what_is_missing(facts, service, until)
    if reason_or_none is not None or facts.monthly.amount is None or service is None:
        basis = reason_or_none or same("")
        return [Exposure(what=what, amount=None, currency=currency, basis=basis, finding_ids=found)]
    fee = facts.monthly.amount
    by_days, by_months = fee_for(fee, service.used), fee_for(fee, Decimal(service.begun))
    high, low = max(plan.paid - by_days, ZERO), max(plan.paid - by_months, ZERO)
    parts = [
        Bilingual(
            zh=f"已付 {figures(plan.paid)} − 月费 {figures(fee)} × {said_months(service.used)} 个月 = "
            f"{figures(plan.paid - by_days)}",
            en=f"paid {figures(plan.paid)} − fee {figures(fee)} × {said_months(service.used)} months = "
            f"{figures(plan.paid - by_days)}",
        ),
        service.basis,
        Bilingual(zh=f"终止日：{source.zh}", en=f"last day: {source.en}"),
    ]
    if by_days != by_months:
        parts.append(
            Bilingual(
                zh=f"当月按整月计则为 {figures(plan.paid - by_months)}",
                en=f"{figures(plan.paid - by_months)} if the month begun counts in full",
            )
        )
    if plan.paid < by_days:
        parts.append(
            Bilingual(
                zh=f"已付少于应付，尚欠 {figures(by_days - plan.paid)}",
                en=f"less was paid than is due: {figures(by_days - plan.paid)} is owed",
            )
        )
    if barred:
        low = ZERO
        parts.append(
            cited(
                Bilingual(
                    zh="合同另写明不予退还，故自 0 起",
                    en="the contract also says that nothing is refunded, hence from 0",
                ),
                barred[0],
            )
        )
    elif not allowed:
        low = ZERO
        parts.append(
            Bilingual(
                zh="已提供的文本没有退费约定，按比例只是主张的依据，故自 0 起",
                en="the text has no rule on refunds; in proportion is what may be claimed, hence from 0",
            )
        )
    upper = high if high != low else None
    return [
        Exposure(
            what=what,
            amount=cents(low),
            upper=upper and cents(upper),
            currency=currency,
            basis=join(parts),
            finding_ids=found,
        )
    ]


def _until_notice_ends(facts: Facts, way_out: Exit | None) -> list[Exposure]:
    """Fees of the notice period, for a right that was found; a month is taken as 30 days for a period in days."""
    period = way_out.period if way_out else None
    if way_out is None or period is None or period.days is None:
        return []
    what = Bilingual(zh="通知期内的服务费", en="Fees until the notice period ends")
    found = ids([way_out.right, way_out.source])
    fee = facts.monthly.amount
    if fee is None:
        reason = what_is_missing(facts, None, None)
        return [Exposure(what=what, amount=None, currency=None, basis=reason or same(""), finding_ids=found)]
    said = said_duration(period)
    value = max((v for v in (period.value, period.upper) if v is not None), default=ZERO)
    factor = MONTHS.get(period.unit or "")
    months = value * factor if factor else None
    if period.business:
        reason = not_computable(
            f"通知期为{said.zh}，须先确定起止日",
            f"the notice period is {said.en}: its first and last day have to be settled",
        )
        return [Exposure(what=what, amount=None, currency=facts.monthly.currency, basis=reason, finding_ids=found)]
    if months is not None:
        amount = fee_for(fee, months)
        formula = Bilingual(
            zh=f"月费 {figures(fee)} × {plain(months)} 个月 = {figures(amount)}",
            en=f"fee {figures(fee)} × {plain(months)} months = {figures(amount)}",
        )
    else:
        days = max(period.days, value if period.unit == "day" else ZERO)
        amount = cents(fee * days / 30)
        formula = Bilingual(
            zh=f"月费 {figures(fee)} × {plain(days)} 日 ÷ 30 = {figures(amount)}（一个月按 30 日）",
            en=f"fee {figures(fee)} × {plain(days)} days ÷ 30 = {figures(amount)} (a month taken as 30 days)",
        )
    basis = join([formula, cited(Bilingual(zh=f"通知期{said.zh}", en=f"notice of {said.en}"), way_out.source)])
    return [Exposure(what=what, amount=amount, currency=facts.monthly.currency, basis=basis, finding_ids=found)]


def _remaining(
    findings: Sequence[Finding], facts: Facts, service: Service | None, until: datetime.date | None, source: Bilingual
) -> list[Exposure]:
    hits = [f for f in findings if f.rule_id == "remaining-fee-acceleration"]
    if not hits:
        return []
    hits.sort(key=lambda f: not any(_OF_REST.search(fold(item.quote)) for item in f.evidence))
    what = cited(
        Bilingual(zh="剩余期限的服务费（加速到期）", en="Fees for the rest of the term (accelerated)"), hits[0]
    )
    share = _share(hits[0])
    fees = remaining_fees(facts, service)
    if fees is None or service is None or facts.monthly.amount is None:
        reason = what_is_missing(facts, service, until) or not_computable(
            "合同届满日不明", "the last day of the term is not known"
        )
        if facts.monthly.amount is not None:
            fee = figures(facts.monthly.amount)
            if share:
                fee = f"{fee} × {plain(share)}% = {figures(cents(facts.monthly.amount * share / 100))}"
            each = Bilingual(zh=f"每提前一个月为 {fee}", en=f"{fee} for each month that is left")
            reason = join([reason, each])
        return [Exposure(what=what, amount=None, currency=facts.monthly.currency, basis=reason, finding_ids=ids(hits))]
    low, high = fees
    parts = [
        _left(facts.monthly.amount, service, low, high),
        *_of_them(share, low, high),
        service.basis,
        Bilingual(zh=f"终止日：{source.zh}", en=f"last day: {source.en}"),
    ]
    if share:
        low, high = cents(low * share / 100), cents(high * share / 100)
    return [
        Exposure(
            what=what,
            amount=low,
            upper=high if high != low else None,
            currency=facts.monthly.currency,
            basis=join(parts),
            finding_ids=ids(hits),
        )
    ]


def _share(finding: Finding) -> Decimal | None:
    """The percentage of the remaining fees that is due, when it is not all of them."""
    percent = finding.captures.get("percent")
    if percent is None or percent.kind != "percentage" or percent.upper is not None or percent.per:
        return None
    return percent.value


def _of_them(share: Decimal | None, low: Decimal, high: Decimal) -> list[Bilingual]:
    if share is None:
        return []
    sums = " / ".join(
        f"{figures(fees)} × {plain(share)}% = {figures(cents(fees * share / 100))}"
        for fees in dict.fromkeys((low, high))
    )
    return [Bilingual(zh=f"按其 {plain(share)}%：{sums}", en=f"{plain(share)}% of them: {sums}")]


def _left(fee: Decimal, service: Service, low: Decimal, high: Decimal) -> Bilingual:
    assert service.left is not None
    zh = f"月费 {figures(fee)} × 剩余 {said_months(service.left)} 个月 = {figures(high)}"
    en = f"fee {figures(fee)} × {said_months(service.left)} months left = {figures(high)}"
    if low != high:
        zh += f"；只计未开始的 {service.left_whole} 个月则为 {figures(low)}"
        en += f"; {figures(low)} for the {service.left_whole} months not begun"
    return Bilingual(zh=zh, en=en)
