"""Can we leave, how early must we say so, and what does it cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.assess.answers.sides import Reply, Sides
from contractscan.assess.exits import conditional_exits, find_exit, is_force_majeure, tied_to
from contractscan.assess.wording import (
    cited,
    duration_of,
    held,
    main_evidence,
    of,
    owed_by,
    renewing,
    role_of,
    sentences_of,
    where,
)
from contractscan.model import SEVERITIES, Bilingual, Finding
from contractscan.ruleset.words import said_base, said_duration, said_value, same
from contractscan.text import fold

_WRITTEN = re.compile(r"书面|\bwrit", re.I)
_DEFAULT = re.compile(r"违约(?!金)|違約(?!金)|逾期|拖欠|\b(?:default|breach)", re.I)  # a price of failing
_TO_PAY = re.compile(r"^(?:应当?|须|按照?|支付|给付|赔偿|給付|應|of |the )+")


def termination(findings: Sequence[Finding], sides: Sides) -> Reply:
    reply = Reply([], [])
    way_out = find_exit(findings, us=sides.us)
    convenience = of(findings, "termination-for-convenience")
    nobody = [finding for finding in convenience if role_of(finding, "holder") is None and not tied_to(finding)]
    we, they = sides.name(sides.us), sides.name(sides.them)
    if way_out:
        reply.parts.append(_exit_said(way_out.right, way_out.later, findings, sides))
        reply.cited.append(way_out.right)
    elif not reply.say(
        nobody,
        "有任意解除的约定，但未能确认是谁的权利",
        "there is a clause on ending it without cause, but whose right it is could not be told",
    ):
        zh = f"未发现{we.zh}的任意解除权"
        reply.parts.append(Bilingual(zh=zh, en=f"no right of {we.en} to end the contract without cause was found"))
    if not way_out:
        for finding, event in conditional_exits(findings, us=sides.us)[:1]:
            reply.say([finding], f"{event.zh}可以离开", f"{event.en} {we.en} may leave")
    barred = [f for f in of(findings, "no-early-termination") if role_of(f, "holder") in (sides.us, "both", None)]
    beyond = sentences_of(of(findings, "force-majeure-platform-change"))
    cause = [
        finding
        for finding in held(of(findings, "termination-for-cause", "kpi-termination"), "holder", sides.us, "both")
        if beyond.isdisjoint(sentences_of([finding]))
    ]
    theirs = held(of(findings, "termination-for-convenience", "provider-unilateral-termination"), "holder", sides.them)
    reply.say(barred, f"约定{we.zh}不得提前解除", f"{we.en} may not end it early")
    breach = [finding for finding in cause if not is_force_majeure(finding)]
    reply.say(breach, f"{they.zh}违约等约定情形下可以解除", f"it can be ended for cause, such as breach by {they.en}")
    if not breach:
        reply.say(cause, "遇到不可抗力时可以解除", "it can be ended in a case of force majeure")
    reply.say(theirs, f"{they.zh}可以单方停止或解除", f"{they.en} may stop or end it one-sidedly")
    reply.say(of(findings, "auto-renewal"), "到期自动续约", "it renews automatically")
    return reply._replace(unclear=not way_out and bool(nobody))


def _exit_said(right: Finding, later: bool, findings: Sequence[Finding], sides: Sides) -> Bilingual:
    """可以提前解除：第8.2条，甲方提前30日书面通知即可; with a price in the same sentence it does not say 即可."""
    place = where(right)
    both = role_of(right, "holder") == "both"
    holder = Bilingual(zh="任何一方", en="either party") if both else sides.name(sides.us)
    evidence = main_evidence(right)
    written = bool(evidence and _WRITTEN.search(fold(evidence.quote)))
    period = duration_of(right, "period")
    zh = f"可以提前解除：{place.zh}，" if place.zh else "可以提前解除："
    en = f"early exit is possible: {place.en}, " if place.en else "early exit is possible: "
    if later:
        zh, en = f"{zh}首期或最低期限届满后，", f"{en}after the first or minimum term, "
    rules = ("remaining-fee-acceleration", "early-termination-fee", "non-refundable-prepayment")
    ours = [f for f in of(findings, *rules) if role_of(f, "payer") != "provider"]
    penalties = [f for f in of(findings, "liquidated-damages") if role_of(f, "payer") in (sides.us, "both")]
    price = next((f for f in (*_priced(findings, sides), *ours, *penalties) if _same_sentence(f, right)), None)
    if price is None and not later:  # a price of leaving that another clause sets
        elsewhere = [f for f in of(ours, *rules[:2]) if f.effect == "burden"]
        price = next((f for f in elsewhere if not any(_DEFAULT.search(item.quote) for item in f.evidence)), None)
    if period:
        said = said_duration(period)
        zh = f"{zh}{holder.zh}提前{said.zh}{'书面' if written else ''}通知{'' if price else '即可'}"
        en = f"{en}{holder.en} on {said.en} of {'written ' if written else ''}notice"
    else:
        zh, en = (
            f"{zh}{holder.zh}有任意解除权，该条未写明通知期",
            f"{en}{holder.en} without cause; that clause states no period",
        )
    if price:
        cost = _penalty_said(price, sides)
        if not _same_sentence(price, right):
            cost = cited(cost, price)
        zh, en = f"{zh}，但{cost.zh}", f"{en}, but {cost.en}"
    return Bilingual(zh=zh, en=en)


def _same_sentence(one: Finding, other: Finding) -> bool:
    return not {(e.start, e.end) for e in one.evidence}.isdisjoint((e.start, e.end) for e in other.evidence)


def notice(findings: Sequence[Finding], sides: Sides) -> Reply:
    reply = Reply([], [])
    we = sides.name(sides.us)
    periods = [f for f in of(findings, "notice-period") if duration_of(f, "period") and not tied_to(f)]
    ours = held(periods, "obligor", sides.us, "both")
    if not ours and (way_out := find_exit(findings, us=sides.us)) and way_out.period:
        ours = [way_out.source]  # the right names its period itself
    unknown = [finding for finding in periods if role_of(finding, "obligor") is None]
    chosen = sorted(ours or unknown, key=lambda f: -_days(f, "period"))
    if chosen:
        said = _said(chosen[0], "period")
        zh, en = f"解除须提前{said.zh}通知", f"ending it takes {said.en} of notice"
        reply.say(chosen, f"{we.zh}{zh}" if ours else zh, f"{en} by {we.en}" if ours else en)
    else:
        zh = f"未发现{we.zh}解除合同的通知期"
        reply.parts.append(Bilingual(zh=zh, en=f"no notice period for {we.en} to end it was found"))
    windows = of(renewing(findings), "non-renewal-window", "auto-renewal")
    windows = sorted((f for f in windows if duration_of(f, "window")), key=lambda f: -_days(f, "window"))
    if windows:
        said = _said(windows[0], "window")
        en = f"notice of non-renewal must arrive {said.en} before the end of the term"
        reply.say(windows, f"不续约通知须在期满前{said.zh}到达", en)
    reply.say(of(findings, "notice-form"), "通知形式有要求", "the form of notices is prescribed")
    reply.say(of(findings, "electronic-notice"), "电子方式通知有约定", "there is a rule on electronic notice")
    receipt = "when a notice counts as received is prescribed"
    reply.say(of(findings, "deemed-receipt"), "何时视为送达有约定", receipt)
    return reply._replace(unclear=not ours and bool(unknown))


def _said(finding: Finding, name: str) -> Bilingual:
    duration = duration_of(finding, name)
    return said_duration(duration) if duration else same("")


def _days(finding: Finding, name: str) -> float:
    duration = duration_of(finding, name)
    return float(duration.days or 0) if duration else 0.0


def fees(findings: Sequence[Finding], sides: Sides) -> Reply:
    reply = Reply([], [])
    prices = _priced(findings, sides)
    back = _refunds(findings)
    always = [finding for finding in back if not _in_their_case(finding, findings, sides)]
    reply.say(always, "按未履行部分退费", "fees for services not rendered are refunded")
    if not always:
        reply.say(back, "该条所列情形下退费", "fees are refunded in the case named there")
    kept = of(findings, "non-refundable-prepayment")
    reply.say(kept, "已付费用约定不予退还", "fees paid are said not to be refunded")
    rest = of(findings, "remaining-fee-acceleration")
    reply.say(rest, "提前离开仍须付剩余费用", "remaining fees fall due on leaving early")
    if prices:
        price = _penalty_said(prices[0], sides)
        reply.say(prices, price.zh, price.en)
    else:
        exits = [f for f in of(findings, "early-termination-fee") if role_of(f, "payer") != "provider"]
        reply.say(exits, "提前解约须付费用", "leaving early costs a fee")
    reply.say(of(findings, "deposit-earnest-money"), "有保证金或定金", "there is a deposit")
    reply.say(of(findings, "late-payment-penalty"), "逾期付款须付违约金", "late payment costs a late fee")
    settled = "settlement after the end is dealt with"
    reply.say(of(findings, "settlement-clause"), "终止后的结算有约定", settled)
    return reply


def _refunds(findings: Sequence[Finding]) -> list[Finding]:
    """What comes back: money that the client itself has to return is none of it."""
    return [finding for finding in of(findings, "pro-rata-refund") if role_of(finding, "payer") != "client"]


def _in_their_case(refund: Finding, findings: Sequence[Finding], sides: Sides) -> bool:
    """Whether the same sentence ties the refund to the other side's failure, or to an end that the other side chose."""
    cases = [
        *of(findings, "kpi-termination"),
        *held(of(findings, "termination-for-cause"), "holder", sides.us, "both"),
        *held(of(findings, "termination-for-convenience", "provider-unilateral-termination"), "holder", sides.them),
    ]
    return tied_to(refund) is not None or any(_same_sentence(refund, case) for case in cases)


def _priced(findings: Sequence[Finding], sides: Sides) -> list[Finding]:
    """Prices that the client pays, or nobody is named for; a share of the fees before a fixed sum, the worst first."""
    late = {f.captures["rate"].start for f in of(findings, "late-payment-penalty") if "rate" in f.captures}
    theirs = owed_by(findings, "provider")
    prices = []
    for finding in of(findings, "early-termination-fee", "liquidated-damages"):
        value = finding.captures.get("percent") or finding.captures.get("amount")
        daily = value is not None and value.kind == "percentage" and (value.per == "day" or value.start in late)
        if value is not None and not daily and value.start not in theirs:
            prices.append(finding)
    return sorted(prices, key=lambda f: ("percent" not in f.captures, -SEVERITIES.index(f.severity)))


def _penalty_said(finding: Finding, sides: Sides) -> Bilingual:
    percent, amount = finding.captures.get("percent"), finding.captures.get("amount")
    if finding.rule_id == "non-refundable-prepayment":
        return Bilingual(zh="已付费用不退", en="fees paid are not refunded")
    if finding.rule_id == "early-termination-fee" and percent is None and amount is None:
        return Bilingual(zh="须付提前解约的费用", en="at the price of a fee")
    if finding.rule_id == "remaining-fee-acceleration":
        share = said_value(percent) if percent is not None else None
        return Bilingual(
            zh=f"须付剩余费用的{share.zh}" if share else "须付剩余费用",
            en=f"at the price of {share.en} of the remaining fees" if share else "at the price of the remaining fees",
        )
    if percent is not None and percent.kind == "percentage" and percent.value is not None:
        base = re.sub(r"\s+", " ", percent.base or "").strip()
        for label in sides.labels.values():
            base = base.removeprefix(label)
        base = _TO_PAY.sub("", base)
        figure = said_value(percent)
        of_what = said_base(base)
        return Bilingual(
            zh=f"违约或提前解约须付{of_what.zh}的{figure.zh}" if base else f"违约或提前解约须付{figure.zh}",
            en=f"breach or early exit costs {figure.en}" + (f" of {of_what.en}" if base else ""),
        )
    if amount is not None and amount.kind == "money" and amount.amount is not None:
        figure = said_value(amount)
        return Bilingual(zh=f"违约或提前解约须付{figure.zh}", en=f"breach or early exit costs {figure.en}")
    if finding.rule_id == "liquidated-damages":
        return Bilingual(zh="该条另有违约金的约定", en="that clause also sets a penalty")
    return finding.title
