"""Sums that the contract names: for leaving early, for breach, for paying late, as a deposit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from contractscan.assess.facts import Facts
from contractscan.assess.money.service import Service, not_computable, remaining_fees
from contractscan.assess.plan import Plan
from contractscan.assess.wording import cited, evidence_of, join, owed_by, quoted, role_of
from contractscan.model import Bilingual, Exposure, Finding, Money, Percentage
from contractscan.quantities import find_quantities
from contractscan.ruleset.words import cents, figures, plain, same
from contractscan.text import fold

_OF_TOTAL = re.compile(
    r"总额|总价|总金额|合计|总费用|全部服务费|合同金额|合同价款|合同款|年度服务费|全年"
    r"|\btotal\b|contract (?:value|price|sum)|aggregate",
    re.I,
)
_OF_REST = re.compile(r"剩余|未履行|未到期|尚未|未付|remain|unexpired|balance of the term", re.I)
_OF_PAID = re.compile(r"已付|已支付|已收|已缴|预付|\bpaid\b|received", re.I)
_OF_MONTH = re.compile(r"月服务费|每月|月费|当月|月度|monthly|per month", re.I)
_SHORTFALL = re.compile(r"差额|不足部分|补足|补齐|\bshortfall|\bdifference", re.I)
_DEPOSIT = re.compile(r"保证金|定金|订金|押金|质保金|deposit|earnest|retention", re.I)


def damages(findings: Sequence[Finding], facts: Facts, plan: Plan, service: Service | None) -> list[Exposure]:
    """Sums that the contract names for leaving early or for breach; who pays is said where it is known."""
    late = {f.captures["rate"].start for f in findings if f.rule_id == "late-payment-penalty" and "rate" in f.captures}
    names = {
        "early-termination-fee": Bilingual(zh="提前解约的代价", en="Price of leaving early"),
        "liquidated-damages": Bilingual(zh="违约金", en="Liquidated damages"),
        "minimum-commitment": Bilingual(zh="最低承诺金额", en="Minimum commitment"),
    }
    seen = owed_by(findings, "provider")
    result = []
    for rule_id, name in names.items():
        for finding in findings:
            if finding.rule_id != rule_id or role_of(finding, "payer") == "provider":
                continue
            for key in ("amount", "percent"):
                value = finding.captures.get(key)
                if value is None or value.start in seen or value.start in late:
                    continue
                seen.add(value.start)
                what = cited(name, finding)
                quote = _quote(finding, key)
                if isinstance(value, Money) and rule_id == "minimum-commitment" and _SHORTFALL.search(fold(quote.zh)):
                    result.append(_shortfall(what, value, quote, finding))
                elif isinstance(value, Money):
                    result.append(_fixed(what, value, quote, finding))
                elif isinstance(value, Percentage) and value.per != "day":
                    result.append(_share(what, value, quote, finding, facts, plan, service))
    return result


def _quote(finding: Finding, name: str) -> Bilingual:
    words = quoted(evidence_of(finding, name), most=120)
    return Bilingual(zh=f"“{words}”", en=f'"{words}"')


def _fixed(what: Bilingual, money: Money, quote: Bilingual, finding: Finding) -> Exposure:
    if money.amount is None or money.consistent is False:
        reason = not_computable("金额留空，或大写与小写不一致", "the amount is blank, or words and figures differ")
        return Exposure(
            what=what, amount=None, currency=money.currency, basis=join([reason, quote]), finding_ids=(finding.id,)
        )
    stated = Bilingual(zh=f"合同写明的金额 {figures(money.amount)}", en=f"the amount stated: {figures(money.amount)}")
    parts = [stated, quote]
    if money.per == "month":
        parts.insert(1, Bilingual(zh="每月", en="each month"))
    elif re.search(r"每[次条人项个场家]|\b(?:each|per)\b", fold(quote.zh), re.I):
        parts.insert(1, Bilingual(zh="按次或按件计，总额取决于次数", en="for each case: the sum depends on how many"))
    return Exposure(
        what=what,
        amount=cents(money.amount),
        upper=money.upper,
        currency=money.currency,
        basis=join(parts),
        finding_ids=(finding.id,),
    )


def _shortfall(what: Bilingual, least: Money, quote: Bilingual, finding: Finding) -> Exposure:
    """Of a minimum only what is short of it is paid, or a share of that: from nothing to the whole."""
    if least.amount is None:
        return _fixed(what, least, quote, finding)
    sentence = evidence_of(finding, "amount")
    stated = find_quantities(sentence.quote) if sentence else []
    shares = [q for q in stated if isinstance(q, Percentage) and q.value is not None]
    share = shares[0].value if len(shares) == 1 else None
    if shares and share is None:
        reason = not_computable("差额的计算有几个比例", "several percentages of the shortfall are named")
        basis = join([reason, quote])
        return Exposure(what=what, amount=None, currency=least.currency, basis=basis, finding_ids=(finding.id,))
    most = cents(least.amount * (share if share is not None else 100) / 100)
    rate = f" × {plain(share)}%" if share is not None else ""
    each = {"month": Bilingual(zh="每月", en="each month"), "year": Bilingual(zh="每年", en="each year")}
    whole = figures(least.amount)
    parts = [
        Bilingual(
            zh=f"只补差额：达到 {whole} 为 0，完全没有达到为 {whole}{rate} = {figures(most)}",
            en=f"only the shortfall counts: nothing once {whole} is reached, at most {whole}{rate} = {figures(most)}",
        ),
        each.get(least.per or "", same("")),
        quote,
    ]
    zero = cents(Decimal(0))
    return Exposure(
        what=what, amount=zero, upper=most, currency=least.currency, basis=join(parts), finding_ids=(finding.id,)
    )


def _share(
    what: Bilingual,
    percent: Percentage,
    quote: Bilingual,
    finding: Finding,
    facts: Facts,
    plan: Plan,
    service: Service | None,
) -> Exposure:
    base, named, reason = _base(percent, facts, plan, service)
    currency = facts.total.currency or facts.monthly.currency
    if percent.value is None:
        reason = not_computable("比例留空", "the percentage is blank")
    if reason is not None or base is None or percent.value is None:
        return Exposure(
            what=what,
            amount=None,
            currency=currency,
            basis=join([reason or same(""), quote]),
            finding_ids=(finding.id,),
        )
    low, high = (cents(side * percent.value / 100) for side in base)
    formula = Bilingual(
        zh=f"{named.zh} {figures(base[1])} × {plain(percent.value)}% = {figures(high)}",
        en=f"{named.en} {figures(base[1])} × {plain(percent.value)}% = {figures(high)}",
    )
    parts = [formula, facts.total.basis if named.en == "total fees" else same(""), quote]
    if low != high:
        parts.insert(
            1,
            Bilingual(zh=f"基数为 {figures(base[0])} 时为 {figures(low)}", en=f"{figures(low)} of {figures(base[0])}"),
        )
    return Exposure(
        what=what,
        amount=low,
        upper=high if high != low else None,
        currency=currency,
        basis=join(parts),
        finding_ids=(finding.id,),
    )


def _base(
    percent: Percentage, facts: Facts, plan: Plan, service: Service | None
) -> tuple[tuple[Decimal, Decimal] | None, Bilingual, Bilingual | None]:
    """The sum that the percentage is taken of, as a range; its name; or why it is not known."""
    words = fold(percent.base or "")
    if _OF_REST.search(words):
        fees = remaining_fees(facts, service)
        name = Bilingual(zh="剩余服务费", en="remaining fees")
        why = not_computable(
            "剩余服务费需要月费、起始日、届满日和终止日",
            "remaining fees need the monthly fee, the term and the last day",
        )
        return fees, name, None if fees else why
    if _OF_PAID.search(words):
        name = Bilingual(zh="已付费用", en="fees paid")
        why = not_computable("需要已付金额，请用 --paid 给出", "the amount paid is needed: --paid")
        return (plan.paid, plan.paid) if plan.paid is not None else None, name, None if plan.paid is not None else why
    if _OF_TOTAL.search(words):
        total = facts.total.amount
        name = Bilingual(zh="服务费总额", en="total fees")
        why = join([not_computable("总额不明", "the total is not known"), facts.total.basis])
        return (total, total) if total is not None else None, name, None if total is not None else why
    if _OF_MONTH.search(words):
        fee = facts.monthly.amount
        name = Bilingual(zh="月费", en="monthly fee")
        why = not_computable("需要月费，请用 --monthly-fee 给出", "the monthly fee is needed: --monthly-fee")
        return (fee, fee) if fee is not None else None, name, None if fee is not None else why
    stated = percent.base or ""
    why = not_computable(
        f"计算基数{f'“{stated}”' if stated else ''}的金额不明",
        f"the sum that it is taken of{f' ({stated})' if stated else ''} is not known",
    )
    return None, same(""), why


def late_fees(findings: Sequence[Finding], facts: Facts) -> list[Exposure]:
    """What a day (month, year) of delay costs on one month's fee: what is overdue is not known."""
    result = []
    seen: set[str] = set()
    for finding in findings:
        rate = finding.captures.get("rate")
        if finding.rule_id != "late-payment-penalty" or not isinstance(rate, Percentage) or rate.value is None:
            continue
        per = rate.per or (
            "day" if re.search(r"每日|每天|按日|日|\bday|daily", fold(finding.evidence[0].quote)) else None
        )
        zh, en = {"day": ("日", "day"), "week": ("周", "week"), "month": ("月", "month"), "year": ("年", "year")}.get(
            per or "", ("", "")
        )
        if f"{rate.value}/{per}" in seen:
            continue
        seen.add(f"{rate.value}/{per}")
        what = cited(Bilingual(zh="逾期付款的违约金（拖欠一个月服务费时）", en="Late fee on one month's fee"), finding)
        fee = facts.monthly.amount
        if fee is None or not zh:
            reason = not_computable(
                "逾期金额或计算周期不明", "the amount overdue or the period of the rate is not known"
            )
            stated = Bilingual(
                zh=f"费率 {plain(rate.value)}%" + (f"／{zh}" if zh else ""),
                en=f"rate {plain(rate.value)}%" + (f" a {en}" if en else ""),
            )
            result.append(
                Exposure(
                    what=what,
                    amount=None,
                    currency=facts.monthly.currency,
                    basis=join([reason, stated]),
                    finding_ids=(finding.id,),
                )
            )
            continue
        amount = cents(fee * rate.value / 100)
        parts = [
            Bilingual(
                zh=f"{figures(fee)} × {plain(rate.value)}% = 每{zh} {figures(amount)}",
                en=f"{figures(fee)} × {plain(rate.value)}% = {figures(amount)} a {en}",
            )
        ]
        if per == "day":
            yearly = rate.value * 365
            parts.append(
                Bilingual(zh=f"折合每年 {plain(yearly)}%（365 日）", en=f"{plain(yearly)}% a year of 365 days")
            )
        result.append(
            Exposure(
                what=what, amount=amount, currency=facts.monthly.currency, basis=join(parts), finding_ids=(finding.id,)
            )
        )
    return result


def deposits(findings: Sequence[Finding]) -> list[Exposure]:
    result = []
    seen: set[int] = set()
    for finding in findings:
        money = finding.captures.get("amount")
        if finding.rule_id != "deposit-earnest-money" or not isinstance(money, Money) or money.start in seen:
            continue
        if not _DEPOSIT.search(fold(quoted(evidence_of(finding, "amount"), most=10_000))):
            continue  # an amount of another sentence of the same clause
        seen.add(money.start)
        what = cited(Bilingual(zh="保证金或定金", en="Deposit"), finding)
        result.append(_fixed(what, money, _quote(finding, "amount"), finding))
    return result
