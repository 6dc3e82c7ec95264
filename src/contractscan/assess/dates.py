"""The days to act by, each with its arithmetic. A day that rests on something unknown is asked for, never guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from contractscan.assess.exits import Exit, earliest_end, find_exit, last_day
from contractscan.assess.facts import Country, Facts, iso_day
from contractscan.assess.periods import START_NOT_COUNTED, last_working_day, next_working_day, shift
from contractscan.assess.plan import Plan
from contractscan.assess.wording import (
    cited,
    duration_of,
    evidence_of,
    ids,
    join,
    quoted,
    renewing,
    short,
)
from contractscan.model import Bilingual, Clause, Document, Duration, Finding, KeyDate
from contractscan.quantities import find_quantities
from contractscan.ruleset.words import named, said_duration, same
from contractscan.text import fold

_ONE = datetime.timedelta(days=1)


def find_key_dates(
    document: Document,
    clauses: Sequence[Clause],
    findings: Sequence[Finding],
    facts: Facts,
    plan: Plan,
    *,
    labels: Mapping[str, str],
    us: str = "client",
) -> tuple[KeyDate, ...]:
    """All dates, in the order in which they are decided; only findings with clauses are given here."""
    we = named(us, labels)
    way_out = find_exit(findings, us=us)
    dates = [
        *_term(findings, facts, plan),
        *_renewal(findings, facts, plan, we if us == "client" else None),
        *_earliest(way_out, facts, plan, we),
        *_planned(way_out, facts, plan, we),
        *_after_the_end(findings, facts, plan, way_out),
        *_objections(findings),
        *_payments(document, clauses, plan),
    ]
    return tuple(dates)


# ----------------------------------------------------------------------- term


def _term(findings: Sequence[Finding], facts: Facts, plan: Plan) -> list[KeyDate]:
    spoken_of = [f for f in findings if f.rule_id in ("contract-term-expiry", "auto-renewal", "non-renewal-window")]
    dates = []
    if facts.start.date:
        what = Bilingual(zh="合同起始日", en="First day of the contract")
        dates.append(
            KeyDate(what=what, date=str(facts.start.date), basis=facts.start.basis, finding_ids=facts.start.finding_ids)
        )
    what = Bilingual(zh="合同届满日", en="Last day of the contract")
    if facts.end.date:
        basis = join([facts.end.basis, _past(facts.end.date, plan)])
        dates.append(KeyDate(what=what, date=str(facts.end.date), basis=basis, finding_ids=facts.end.finding_ids))
    elif spoken_of:
        ask = facts.end.basis if facts.end.basis.zh else facts.start.basis
        missing = Bilingual(
            zh="需要合同的起始日（例如签署日、生效日）或届满日才能计算",
            en="the first day (signature, effective date) or the last day of the contract is needed",
        )
        found = facts.end.finding_ids or facts.start.finding_ids or ids(spoken_of)
        dates.append(KeyDate(what=what, date=None, basis=join([ask, missing]), finding_ids=found))
    return dates


def _past(day: datetime.date, plan: Plan) -> Bilingual:
    if plan.as_of is None or day >= plan.as_of:
        return same("")
    return Bilingual(zh=f"早于 {plan.as_of}，已过", en=f"before {plan.as_of}: it has passed")


_ARRIVAL = Bilingual(
    zh="当天必须已经到达对方，不是寄出；届满日当天不计入，遇休息日也不顺延，应提前发出",
    en="it must have arrived by that day, not merely been sent; the last day of the term is not counted, and a holiday "
    "does not move the day: send it early",
)


def _renewal(findings: Sequence[Finding], facts: Facts, plan: Plan, we: Bilingual | None) -> list[KeyDate]:
    windows: dict[tuple[str, bool], tuple[Duration, list[Finding]]] = {}
    for finding in renewing(findings):
        window = duration_of(finding, "window")
        if window and window.days is not None:
            key = str(window.days), window.business
            windows.setdefault(key, (window, []))[1].append(finding)
    dates = []
    for window, group in windows.values():
        what = Bilingual(zh="不续约通知最迟到达日", en="Last day for a notice of non-renewal to arrive")
        if we is None:
            what = Bilingual(zh="对方不续约通知最迟到达日", en="Last day for the other party's notice of non-renewal")
        if len(windows) > 1:
            several = said_duration(window)
            what = Bilingual(zh=f"{what.zh}（按{several.zh}）", en=f"{what.en} (by {several.en})")
        said = said_duration(window)
        if facts.end.date is None:
            basis = Bilingual(
                zh=f"届满日 − {said.zh}；届满日不明，请提供",
                en=f"last day of the term − {said.en}; that day is not known: please give it",
            )
            dates.append(KeyDate(what=what, date=None, basis=basis, finding_ids=ids(group)))
            continue
        reached = shift(facts.end.date, window, facts.country, back=True)
        if reached is None:
            continue
        parts = [
            reached.basis,
            _ARRIVAL,
            _working_day_before(reached.day, facts.country, plan),
            _past(reached.day, plan),
        ]
        dates.append(KeyDate(what=what, date=str(reached.day), basis=join(parts), finding_ids=ids(group)))
    for finding in findings:
        period = duration_of(finding, "renewal") if finding.rule_id == "auto-renewal" else None
        if period is None or facts.end.date is None:
            continue
        renewed = shift(facts.end.date + _ONE, period, facts.country)
        if renewed:
            said = said_duration(period)
            last = renewed.day - _ONE
            dates.append(
                KeyDate(
                    what=Bilingual(
                        zh="错过通知后的续约届满日", en="Last day of the renewed term if that day is missed"
                    ),
                    date=str(last),
                    basis=Bilingual(
                        zh=f"自 {facts.end.date + _ONE} 起续约{said.zh}，至 {last}",
                        en=f"renewed from {facts.end.date + _ONE} for {said.en}, until {last}",
                    ),
                    finding_ids=(finding.id,),
                )
            )
            break
    return dates


def _is_planning(plan: Plan) -> bool:
    """Whether somebody is about to act: only then is the calendar of holidays worth the time that it takes to load."""
    return plan.as_of is not None or plan.terminate_on is not None


def _working_day_before(day: datetime.date, country: Country, plan: Plan) -> Bilingual:
    if not _is_planning(plan):
        return same("")
    before = last_working_day(day, country)
    if before == day:
        return same("")
    return Bilingual(
        zh=f"{day} 不是工作日，之前最后一个工作日是 {before}",
        en=f"{day} is no business day; the last one before it is {before}",
    )


# --------------------------------------------------------------------- notice


def _earliest(way_out: Exit | None, facts: Facts, plan: Plan, we: Bilingual) -> list[KeyDate]:
    """Only where a right to end the contract was found: without one a notice ends nothing."""
    if way_out is None:
        return []
    what = Bilingual(zh=f"{we.zh}发出解除通知后最早的终止日", en=f"Earliest end by a notice of {we.en}")
    found = ids([way_out.right, way_out.source])
    if way_out.later:
        basis = Bilingual(
            zh="该解除权要等首期或最低期限届满后才能行使，须先确定该日；此前可按不续约通知的期限离开",
            en="this right exists only after a first or minimum term, whose end has to be settled first; until then a "
            "notice of non-renewal is the way out",
        )
        return [KeyDate(what=what, date=None, basis=basis, finding_ids=found)]
    if way_out.period is None:
        basis = Bilingual(
            zh="合同未写明通知期，法律可能要求合理期限；需要先确定通知期",
            en="no notice period is stated, and the law may ask for a reasonable one: it has to be settled first",
        )
        return [KeyDate(what=what, date=None, basis=basis, finding_ids=found)]
    said = said_duration(way_out.period)
    if plan.as_of is None:
        basis = Bilingual(
            zh=f"通知到达日 + {said.zh}；请用 --as-of 给出通知日期",
            en=f"day of receipt + {said.en}; give the day of the notice with --as-of",
        )
        return [KeyDate(what=what, date=None, basis=basis, finding_ids=found)]
    reached = earliest_end(way_out, plan, facts.country)
    if reached is None:
        return []
    assumed = Bilingual(
        zh=f"假定通知在 {plan.as_of} 当天到达，每晚到达一日则顺延一日",
        en=f"assuming that the notice is received on {plan.as_of}; each day later moves it by a day",
    )
    parts = [reached.basis, START_NOT_COUNTED[facts.country], assumed]
    if facts.end.date and facts.end.date <= reached.day:
        parts.append(
            Bilingual(
                zh=f"合同在 {facts.end.date} 已经届满，不晚于该日",
                en=f"the term ends on {facts.end.date} anyway, no later than that",
            )
        )
    return [KeyDate(what=what, date=str(reached.day), basis=join(parts), finding_ids=found)]


def _planned(way_out: Exit | None, facts: Facts, plan: Plan, we: Bilingual) -> list[KeyDate]:
    """The last day that the client has in mind, and whether the contract lets them leave by then."""
    day = plan.terminate_on
    if day is None:
        return []
    what = Bilingual(zh="所选的终止日", en="The last day that you chose")
    found = ids([way_out.right, way_out.source]) if way_out else ()
    if facts.end.date and day >= facts.end.date:
        basis = Bilingual(
            zh=f"不早于合同届满日 {facts.end.date}：到期即终止，但自动续约的须先按期发出不续约通知",
            en=f"not before the end of the term, {facts.end.date}: it ends by itself then, unless it renews and no "
            "notice of non-renewal was given in time",
        )
        return [KeyDate(what=what, date=str(day), basis=basis, finding_ids=facts.end.finding_ids)]
    if way_out is None or way_out.later or way_out.period is None:
        basis = Bilingual(
            zh=f"注意：没有发现{we.zh}可以在该日终止合同的权利，须对方同意或者另有解除事由；下面按该日计算的数字以此为前提",
            en=f"careful: no right of {we.en} to end the contract by then was found, so it takes consent or a cause; "
            "what is worked out from this day rests on that",
        )
        return [KeyDate(what=what, date=str(day), basis=basis, finding_ids=found)]
    needed = shift(day, way_out.period, facts.country, back=True)
    earliest = earliest_end(way_out, plan, facts.country)
    parts = []
    if earliest and day < earliest.day:
        parts.append(
            Bilingual(
                zh=f"注意：早于通知后最早的终止日 {earliest.day}，提前 {(earliest.day - day).days} 日离开须对方同意",
                en=f"careful: before {earliest.day}, the earliest end by notice; leaving {(earliest.day - day).days} "
                "days sooner takes consent",
            )
        )
    if needed:
        parts.append(
            Bilingual(
                zh=f"要在该日终止，通知最迟须在 {needed.day} 到达：{needed.basis.zh}",
                en=f"to end it then, notice must be received by {needed.day}: {needed.basis.en}",
            )
        )
    return [KeyDate(what=what, date=str(day), basis=join(parts), finding_ids=found)]


# ------------------------------------------------------------------ deadlines

_AT_THE_END = re.compile(r"终止|解除|届满|期满|到期|结束|terminat|expir|\bend of\b|ends\b", re.I)
_AFTER: tuple[tuple[str, str, str, str], ...] = (
    ("account-handover-duty", "deadline", "账号移交期限", "Deadline for handing the accounts over"),
    ("data-return-export", "deadline", "数据返还期限", "Deadline for returning data"),
    ("data-deletion", "deadline", "数据删除期限", "Deadline for deleting data"),
    ("pro-rata-refund", "deadline", "退费期限", "Deadline for refunds"),
    ("settlement-clause", "deadline", "结算期限", "Deadline for settlement"),
    ("transition-assistance", "period", "交接协助期满", "End of the transition assistance"),
    ("account-disable-or-rename-duty", "deadline", "停用或下架期限", "Deadline for taking content down"),
    ("commission-tail", "period", "佣金尾期届满", "End of the commission tail"),
    ("post-term-exclusivity", "period", "限制期届满", "End of the restriction on other agencies"),
)


def _after_the_end(findings: Sequence[Finding], facts: Facts, plan: Plan, way_out: Exit | None) -> list[KeyDate]:
    base, source = last_day(facts, plan, way_out)
    dates = []
    seen: set[tuple[str, str]] = set()
    for rule_id, name, zh, en in _AFTER:
        for finding in findings:
            period = duration_of(finding, name) if finding.rule_id == rule_id else None
            if period is None or (rule_id, str(period.days)) in seen:
                continue
            evidence = evidence_of(finding, name)
            if evidence is None or not _AT_THE_END.search(fold(evidence.quote)):
                continue
            seen.add((rule_id, str(period.days)))
            what = cited(Bilingual(zh=zh, en=en), finding)
            said = said_duration(period)
            reached = shift(base, period, facts.country) if base else None
            if reached is None:
                basis = Bilingual(
                    zh=f"合同终止日 + {said.zh}；终止日不明，请用 --terminate-on 给出",
                    en=f"last day of the contract + {said.en}; give that day with --terminate-on",
                )
                dates.append(KeyDate(what=what, date=None, basis=basis, finding_ids=(finding.id,)))
                continue
            parts = [
                reached.basis,
                Bilingual(zh=f"起算日为{source.zh}", en=f"counted from {source.en}"),
                START_NOT_COUNTED[facts.country],
            ]
            if name == "deadline":
                parts.append(_rolls(reached.day, facts.country, plan))
            dates.append(KeyDate(what=what, date=str(reached.day), basis=join(parts), finding_ids=(finding.id,)))
    return dates


def _rolls(day: datetime.date, country: Country, plan: Plan) -> Bilingual:
    """A last day that is a holiday is followed by the next working day (Art. 203 Civil Code, for China)."""
    if not _is_planning(plan):
        return same("")
    then = next_working_day(day, country)
    if then == day:
        return same("")
    law = ("（民法典第203条）", " (Art. 203 of the PRC Civil Code)") if country == "CN" else ("", "")
    return Bilingual(
        zh=f"{day} 是休息日，期限可能顺延至 {then}{law[0]}",
        en=f"{day} is no business day, so that the period may run until {then}{law[1]}",
    )


def _objections(findings: Sequence[Finding]) -> list[KeyDate]:
    dates = []
    for finding in findings:
        period = (
            duration_of(finding, "period") if finding.rule_id in ("objection-period", "deemed-acceptance") else None
        )
        if period is None:
            continue
        said, words = said_duration(period), quoted(evidence_of(finding, "period"))
        dates.append(
            KeyDate(
                what=cited(Bilingual(zh="提出异议的期限", en="Time to object"), finding),
                date=None,
                basis=Bilingual(
                    zh=f"每次收到之日 + {said.zh}：“{words}”；需要每次收到的日期",
                    en=f'each day of receipt + {said.en}: "{words}"; the day of receipt is needed',
                ),
                finding_ids=(finding.id,),
            )
        )
    return dates


# ------------------------------------------------------------------- payments

_PAY = re.compile(r"支付|付款|付清|给付|缴纳|交纳|汇入|\bpay(?:s|able|ment)?\b|\bdue\b", re.I)


def _payments(document: Document, clauses: Sequence[Clause], plan: Plan) -> list[KeyDate]:
    """Days that a sentence on payment names: 于2026年9月20日前支付."""
    dates: dict[datetime.date, KeyDate] = {}
    for clause in clauses:
        if clause.kind not in ("body", "annex"):
            continue
        for sentence in clause.sentences:
            text = document.text[sentence.start : sentence.end]
            folded = fold(text)
            if not _PAY.search(folded):
                continue
            for quantity in find_quantities(text, None if document.language == "unknown" else document.language):
                day = iso_day(quantity)
                before = re.match(r" ?(?:之前|以前|前|止)", folded[quantity.end : quantity.end + 3])
                until = re.search(
                    r"(?:\b(?:by|before|until|on)|不晚于|最迟于?|于|在) ?$", folded[: quantity.start], re.I
                )
                if day is None or day in dates or not (before or until):
                    continue
                words = short(text, most=80)
                said = Bilingual(zh=f"合同写明：“{words}”", en=f'the contract says: "{words}"')
                dates[day] = KeyDate(
                    what=Bilingual(zh="合同写明的付款日", en="Payment day named in the contract"),
                    date=str(day),
                    basis=join([said, _past(day, plan)]),
                )
    return list(dates.values())
