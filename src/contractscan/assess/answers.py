"""The five questions, each answered in one line from the findings, for the party that asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from contractscan.assess.dates import find_exit
from contractscan.assess.wording import (
    ROLES,
    cited,
    duration_of,
    ids,
    join,
    main_evidence,
    plain,
    role_of,
    said_duration,
    same,
    where,
)
from contractscan.model import SEVERITIES, TOPICS, Answer, AnswerStatus, Bilingual, Finding, Topic
from contractscan.text import fold

_NOTHING: Mapping[Topic, Bilingual] = {
    "termination": Bilingual(
        zh="在已提供的文本中未发现关于解除或终止的约定",
        en="no clause on ending the contract was found in the text provided",
    ),
    "notice-period": Bilingual(
        zh="在已提供的文本中未发现关于通知期或通知方式的约定",
        en="no clause on notice was found in the text provided",
    ),
    "remaining-fees": Bilingual(
        zh="在已提供的文本中未发现关于剩余费用、退费或违约金的约定",
        en="no clause on remaining fees, refunds or penalties was found in the text provided",
    ),
    "account-ownership": Bilingual(
        zh="在已提供的文本中未发现关于账号归属或交接的约定",
        en="no clause on who holds the accounts or on handing them over was found in the text provided",
    ),
    "data-rights": Bilingual(
        zh="在已提供的文本中未发现关于数据、内容或保密的约定",
        en="no clause on data, content or confidentiality was found in the text provided",
    ),
}
NOT_REVIEWED = Bilingual(zh="未审阅：文本没有读懂", en="not reviewed: the text was not understood")
_MOST_PARTS = 4
_MOST_CLAUSES = 5


class Sides(NamedTuple):
    """Who asks, who is the other party, and what the contract calls them."""

    us: str
    them: str
    labels: Mapping[str, str]

    def name(self, role: str) -> Bilingual:
        if role == "both" or role not in self.labels:
            return Bilingual(zh=ROLES[role][0], en=ROLES[role][1])
        return same(self.labels[role])


class Reply(NamedTuple):
    """The parts of a headline, the findings they rest on, and whether a fact that decides is not known."""

    parts: list[Bilingual]
    cited: list[Finding]
    unclear: bool = False


def answer_questions(
    findings: Sequence[Finding],
    labels: Mapping[str, str],
    *,
    reviewed: bool,
    roles_known: bool = True,
    perspective: str = "client",
) -> tuple[Answer, ...]:
    """One answer per topic, in the fixed order. `not_found` speaks of the text that was read, never of the contract."""
    sides = Sides(perspective, "client" if perspective == "provider" else "provider", labels)
    clauses = [finding for finding in findings if finding.kind == "clause" and finding.suppressed is None]
    return tuple(_answer(topic, clauses, sides, reviewed=reviewed, roles_known=roles_known) for topic in TOPICS)


def _answer(topic: Topic, findings: Sequence[Finding], sides: Sides, *, reviewed: bool, roles_known: bool) -> Answer:
    if not reviewed:
        return Answer(topic=topic, status="not_reviewed", headline=NOT_REVIEWED)
    mine = [finding for finding in findings if finding.topic == topic]
    if not mine:
        return Answer(topic=topic, status="not_found", headline=_NOTHING[topic])
    if not roles_known:
        return Answer(topic=topic, status="unclear", headline=_without_roles(mine), finding_ids=ids(mine))
    reply = _REPLIES[topic](findings, sides)
    if not reply.parts:
        worst = sorted(mine, key=lambda f: -SEVERITIES.index(f.severity))[:2]
        reply = Reply([cited(finding.title, finding) for finding in worst], worst, reply.unclear)
    status: AnswerStatus = "unclear" if reply.unclear else "found"
    return Answer(
        topic=topic, status=status, headline=join(reply.parts[:_MOST_PARTS]), finding_ids=ids([*reply.cited, *mine])
    )


def _without_roles(findings: Sequence[Finding]) -> Bilingual:
    """Where the clauses stand, when nobody knows whom they bind."""
    places = list(dict.fromkeys(where(finding) for finding in findings))
    listed = join([place for place in places if place.zh][:_MOST_CLAUSES], zh="、", en=", ")
    zh = "未能确认谁是客户、谁是服务商，不能判断对谁有利"
    en = "it is not clear who is the client and who the provider, so it cannot be said whom this favours"
    if listed.zh:
        zh, en = f"{zh}；相关条款：{listed.zh}", f"{en}; clauses on it: {listed.en}"
    return Bilingual(zh=f"{zh}；可用 --client 指明客户一方", en=f"{en}; name the client with --client")


def _of(findings: Iterable[Finding], *rule_ids: str) -> list[Finding]:
    return [finding for rule_id in rule_ids for finding in findings if finding.rule_id == rule_id]


def _held(findings: Iterable[Finding], capture: str, *roles: str) -> list[Finding]:
    return [finding for finding in findings if role_of(finding, capture) in roles]


# ---------------------------------------------------------------- termination

_WRITTEN = re.compile(r"书面|\bwrit", re.I)


def _termination(findings: Sequence[Finding], sides: Sides) -> Reply:
    parts: list[Bilingual] = []
    used: list[Finding] = []
    way_out = find_exit(findings, us=sides.us)
    convenience = _of(findings, "termination-for-convenience")
    nobody = [finding for finding in convenience if role_of(finding, "holder") is None]
    we, they = sides.name(sides.us), sides.name(sides.them)
    if way_out:
        parts.append(_exit_said(way_out.right, way_out.later, findings, sides))
        used.append(way_out.right)
    elif nobody:
        text = Bilingual(
            zh="有任意解除的约定，但未能确认是谁的权利",
            en="there is a clause on ending it without cause, but whose right it is could not be told",
        )
        parts.append(cited(text, nobody[0]))
        used.append(nobody[0])
    else:
        parts.append(
            Bilingual(
                zh=f"未发现{we.zh}的任意解除权", en=f"no right of {we.en} to end the contract without cause was found"
            )
        )
    barred = [f for f in _of(findings, "no-early-termination") if role_of(f, "holder") in (sides.us, "both", None)]
    cause = _held(_of(findings, "termination-for-cause", "kpi-termination"), "holder", sides.us, "both")
    theirs = _held(
        _of(findings, "termination-for-convenience", "provider-unilateral-termination"), "holder", sides.them
    )
    renewal = _of(findings, "auto-renewal")
    for hits, zh, en in (
        (barred, f"约定{we.zh}不得提前解除", f"{we.en} may not end it early"),
        (cause, f"{they.zh}违约等约定情形下可以解除", f"it can be ended for cause, such as breach by {they.en}"),
        (theirs, f"{they.zh}可以单方停止或解除", f"{they.en} may stop or end it one-sidedly"),
        (renewal, "到期自动续约", "it renews automatically"),
    ):
        if hits:
            parts.append(cited(Bilingual(zh=zh, en=en), hits[0]))
            used.append(hits[0])
    return Reply(parts, used, unclear=not way_out and bool(nobody))


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
    price = next((f for f in _priced(findings, sides) if evidence and evidence in f.evidence), None)
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
        zh, en = f"{zh}，但{cost.zh}", f"{en}, but {cost.en}"
    return Bilingual(zh=zh, en=en)


# --------------------------------------------------------------------- notice


def _notice(findings: Sequence[Finding], sides: Sides) -> Reply:
    parts: list[Bilingual] = []
    used: list[Finding] = []
    we = sides.name(sides.us)
    periods = [f for f in _of(findings, "notice-period") if duration_of(f, "period")]
    ours = _held(periods, "obligor", sides.us, "both")
    unknown = [finding for finding in periods if role_of(finding, "obligor") is None]
    chosen = sorted(ours or unknown, key=lambda f: -_days(f, "period"))
    if chosen:
        period = duration_of(chosen[0], "period")
        assert period is not None
        said = said_duration(period)
        who = we if ours else same("")
        parts.append(
            cited(
                Bilingual(
                    zh=f"{who.zh}解除须提前{said.zh}通知",
                    en=f"ending it takes {said.en} of notice" + (f" by {who.en}" if who.en else ""),
                ),
                chosen[0],
            )
        )
        used.append(chosen[0])
    elif not periods and _of(findings, "termination-for-convenience"):
        parts.append(Bilingual(zh="未发现解除通知期", en="no notice period for ending it was found"))
    windows = sorted(
        (f for f in _of(findings, "non-renewal-window", "auto-renewal") if duration_of(f, "window")),
        key=lambda f: -_days(f, "window"),
    )
    if windows:
        window = duration_of(windows[0], "window")
        assert window is not None
        said = said_duration(window)
        text = Bilingual(
            zh=f"不续约通知须在期满前{said.zh}到达",
            en=f"notice of non-renewal must arrive {said.en} before the end of the term",
        )
        parts.append(cited(text, windows[0]))
        used.append(windows[0])
    for rule_id, zh, en in (
        ("notice-form", "通知形式有要求", "the form of notices is prescribed"),
        ("electronic-notice", "电子方式通知有约定", "there is a rule on electronic notice"),
        ("deemed-receipt", "何时视为送达有约定", "when a notice counts as received is prescribed"),
    ):
        hits = _of(findings, rule_id)
        if hits:
            parts.append(cited(Bilingual(zh=zh, en=en), hits[0]))
            used.append(hits[0])
    return Reply(parts, used, unclear=not ours and bool(unknown))


def _days(finding: Finding, name: str) -> float:
    duration = duration_of(finding, name)
    return float(duration.days or 0) if duration else 0.0


# ----------------------------------------------------------------------- fees


def _fees(findings: Sequence[Finding], sides: Sides) -> Reply:
    parts: list[Bilingual] = []
    used: list[Finding] = []
    prices = _priced(findings, sides)
    for hits, zh, en in (
        (_of(findings, "pro-rata-refund"), "按未履行部分退费", "fees for services not rendered are refunded"),
        (_of(findings, "non-refundable-prepayment"), "已付费用约定不予退还", "fees paid are said not to be refunded"),
        (
            _of(findings, "remaining-fee-acceleration"),
            "提前离开仍须付剩余费用",
            "remaining fees fall due on leaving early",
        ),
    ):
        if hits:
            parts.append(cited(Bilingual(zh=zh, en=en), hits[0]))
            used.append(hits[0])
    if prices:
        parts.append(cited(_penalty_said(prices[0], sides), prices[0]))
        used.append(prices[0])
    for rule_id, zh, en in (
        ("deposit-earnest-money", "有保证金或定金", "there is a deposit"),
        ("late-payment-penalty", "逾期付款须付违约金", "late payment costs a late fee"),
        ("settlement-clause", "终止后的结算有约定", "settlement after the end is dealt with"),
    ):
        hits = _of(findings, rule_id)
        if hits:
            parts.append(cited(Bilingual(zh=zh, en=en), hits[0]))
            used.append(hits[0])
    return Reply(parts, used)


def _priced(findings: Sequence[Finding], sides: Sides) -> list[Finding]:
    """Prices that the client pays, or nobody is named for; a share of the fees before a fixed sum, the worst first."""
    late = {f.captures["rate"].start for f in _of(findings, "late-payment-penalty") if "rate" in f.captures}
    prices = []
    for finding in _of(findings, "early-termination-fee", "liquidated-damages"):
        value = finding.captures.get("percent") or finding.captures.get("amount")
        daily = value is not None and value.kind == "percentage" and (value.per == "day" or value.start in late)
        if value is not None and not daily and role_of(finding, "payer") != "provider":
            prices.append(finding)
    return sorted(prices, key=lambda f: ("percent" not in f.captures, -SEVERITIES.index(f.severity)))


_TO_PAY = re.compile(r"^(?:应当?|须|按照?|支付|给付|赔偿|給付|應|of |the )+")


def _penalty_said(finding: Finding, sides: Sides) -> Bilingual:
    percent, amount = finding.captures.get("percent"), finding.captures.get("amount")
    if percent is not None and percent.kind == "percentage" and percent.value is not None:
        base = re.sub(r"\s+", " ", percent.base or "").strip()
        for label in sides.labels.values():
            base = base.removeprefix(label)
        base = _TO_PAY.sub("", base)
        figure = f"{plain(percent.value)}%"
        return Bilingual(
            zh=f"违约或提前解约须付{base}{'的' if base else ''}{figure}",
            en=f"breach or early exit costs {figure}" + (f" of {base}" if base else ""),
        )
    if amount is not None and amount.kind == "money" and amount.amount is not None:
        figure = f"{amount.amount:,f} {amount.currency or ''}".strip()
        return Bilingual(zh=f"违约或提前解约须付 {figure}", en=f"breach or early exit costs {figure}")
    return finding.title


# ------------------------------------------------------------------- accounts


def _account(findings: Sequence[Finding], sides: Sides) -> Reply:
    """Who is registered, who holds the phone, whose the accounts are said to be, and who hands over what when."""
    parts: list[Bilingual] = []
    used: list[Finding] = []
    registered = _first_known(_of(findings, "account-registration-entity"), "registrant", findings)
    for finding, capture, zh, en in (
        (registered, "registrant", "账号登记在{}名下", "the accounts are registered to {}"),
        (
            _known(_of(findings, "account-binding-phone-email"), "holder"),
            "holder",
            "绑定手机由{}掌握",
            "the bound phone is held by {}",
        ),
        (
            _known(_of(findings, "account-owned-by-provider", "account-owned-by-client"), "owner"),
            "owner",
            "账号权益约定归{}",
            "the rights in the accounts are said to be with {}",
        ),
    ):
        role = role_of(finding, capture) if finding else None
        if finding and role in ROLES:
            name = sides.name(role)
            parts.append(cited(Bilingual(zh=zh.format(name.zh), en=en.format(name.en)), finding))
            used.append(finding)
    nobody = _of(findings, "account-registration-entity", "account-owned-by-provider", "account-owned-by-client")
    unclear = not parts and bool(nobody)
    if unclear:
        text = Bilingual(
            zh="有账号登记或归属的约定，但未能确认是哪一方",
            en="there is a clause on who holds the accounts, but which party could not be told",
        )
        parts.append(cited(text, nobody[0]))
        used.append(nobody[0])
    conditions = _of(findings, "handover-conditioned-on-payment")
    duties = [f for f in _of(findings, "account-handover-duty") if role_of(f, "obligor") in ("provider", "both")]
    vague = [f for f in _of(findings, "account-handover-duty") if role_of(f, "obligor") is None]
    provider = sides.name("provider")
    if conditions:
        text = Bilingual(zh="付清款项之后才交接", en="handover only after payment")
        parts.append(cited(text, conditions[0]))
        used.append(conditions[0])
    elif duties:
        duties.sort(key=lambda f: duration_of(f, "deadline") is None)
        deadline = duration_of(duties[0], "deadline")
        said = said_duration(deadline) if deadline else None
        text = Bilingual(
            zh=f"{provider.zh}有交接义务，期限{said.zh}" if said else f"{provider.zh}有交接义务，未写明期限",
            en=f"{provider.en} must hand over within {said.en}"
            if said
            else f"{provider.en} must hand over, no deadline stated",
        )
        parts.append(cited(text, duties[0]))
        used.append(duties[0])
    elif vague:
        text = Bilingual(zh="有交接约定，但未能确认由谁交接", en="there is a clause on handover, but not by whom")
        parts.append(cited(text, vague[0]))
        used.append(vague[0])
        unclear = True
    elif parts or unclear:
        parts.append(Bilingual(zh="交接义务未发现", en="no duty to hand the accounts over was found"))
    return Reply(parts, used, unclear)


def _known(findings: Sequence[Finding], capture: str) -> Finding | None:
    return next((finding for finding in findings if role_of(finding, capture) in ROLES), None)


def _first_known(findings: Sequence[Finding], capture: str, others: Sequence[Finding]) -> Finding | None:
    """The first whose party is known; one about a shop or an advertising account only when there is no other."""
    shops = {item.start for f in _of(others, "ad-shop-miniapp-ownership") for item in f.evidence if item.marks}
    own = [f for f in findings if not any(item.start in shops for item in f.evidence if item.marks)]
    return _known(own, capture) or _known(findings, capture)


# ----------------------------------------------------------------------- data


def _data(findings: Sequence[Finding], sides: Sides) -> Reply:
    parts: list[Bilingual] = []
    used: list[Finding] = []
    content = _of(findings, "content-ip-owned-by-provider", "content-ip-owned-by-client")
    for finding, capture, zh, en in (
        (_known(content, "owner"), "owner", "内容的著作权归{}", "copyright in the content is with {}"),
        (
            _known(_of(findings, "data-ownership"), "owner"),
            "owner",
            "数据约定归{}",
            "the data are said to belong to {}",
        ),
    ):
        role = role_of(finding, capture) if finding else None
        if finding and role in ROLES:
            name = sides.name(role)
            parts.append(cited(Bilingual(zh=zh.format(name.zh), en=en.format(name.en)), finding))
            used.append(finding)
    back = [f for f in _of(findings, "data-return-export") if f.effect != "burden"]
    gone = [f for f in _of(findings, "data-deletion") if f.effect != "burden"]
    if back:
        parts.append(cited(Bilingual(zh="数据返还有约定", en="return of data is dealt with"), back[0]))
        used.append(back[0])
    if gone:
        parts.append(cited(Bilingual(zh="数据删除有约定", en="deletion of data is dealt with"), gone[0]))
        used.append(gone[0])
    if not back and not gone:
        parts.append(Bilingual(zh="返还或删除数据的义务未发现", en="no duty to return or delete data was found"))
    secret = _of(findings, "confidentiality")
    if secret:
        parts.append(cited(Bilingual(zh="保密有约定", en="confidentiality is dealt with"), secret[0]))
        used.append(secret[0])
    return Reply(parts, used)


_REPLIES: Mapping[Topic, Callable[[Sequence[Finding], Sides], Reply]] = {
    "termination": _termination,
    "notice-period": _notice,
    "remaining-fees": _fees,
    "account-ownership": _account,
    "data-rights": _data,
}
