"""The ways out of a contract: the right to end it without cause, when it takes effect, and rights tied to an event."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from contractscan.assess.facts import Country, Facts
from contractscan.assess.periods import Shifted, shift
from contractscan.assess.plan import Plan
from contractscan.assess.wording import duration_of, held, main_evidence, of
from contractscan.model import Bilingual, Duration, Finding
from contractscan.ruleset.words import same
from contractscan.text import fold


class Exit(NamedTuple):
    """The client's right to end the contract without cause, and the notice that it takes (None: not stated)."""

    right: Finding
    period: Duration | None
    source: Finding  # where the period stands
    later: bool = False  # only after a first or minimum term


_LATER = re.compile(
    r"(?:首期|首年|初始|最低|合作期|服务期|期限|合同期)[^,。;]{0,8}(?:届满|期满|满|结束)(?:之?后|的)|(?:届满|期满)(?:之?后)|满[^,。;]{1,6}(?:个月|年|日|天)后"
    r"|\bthereafter\b[^.;]{0,80}\buntil\b"
    r"|\b(?:after|following|upon (?:the )?(?:expiry|completion) of)\b[^,.;]{0,30}\b(?:initial|first|minimum)\b",
    re.I,
)


# Events that a right to leave may be tied to: what the reader is told, and the words by which they are known.
_EVENTS: tuple[tuple[Bilingual, re.Pattern[str]], ...] = (
    (
        Bilingual(zh="遇到不可抗力时", en="in a case of force majeure"),
        re.compile(r"不可抗力|\bforce majeure\b|\bact of god\b", re.I),
    ),
    (
        Bilingual(zh="不接受对方的变更时", en="when it does not accept a change"),
        re.compile(
            r"不(?:能|愿|愿意)?(?:接受|同意|认可)[^。;]{0,24}?(?:修改|变更|调整|更新|价格|收费)"
            r"|\b(?:not (?:accept|agree)|disagree|objects?)\b[^.;]{0,60}\b(?:chang|amend|modif|increas|adjust|revis)",
            re.I,
        ),
    ),
    (
        Bilingual(zh="出现该条所列的情形时", en="on the events named there"),
        re.compile(
            r"下列[^。;]{0,8}?(?:情形|情况|事由|条件)|(?:前[开述揭款项]|上述)(?:之|的)?(?:期间|期限|情形|情况|事由)"
            r"|(?:未按|未能|逾期|迟延|延误|违反|不佳|失误|过错|破产|解散|吊销)[^。;]{0,60}?(?:解除|终止|中止)"
            r"|(?:一方|对方|甲方|乙方)[^,。;]{0,4}违约(?!金|责任)"
            r"|\b(?:breach|default|fails? to|failure|insolven|bankrupt|change of control)\w*\b[^.;]{0,200}?\bterminat",
            re.I,
        ),
    ),
)
# A right that is gone after the first weeks, with or without a reason.
_TRIAL = re.compile(
    r"(?:试用|磨合|试运营|试营运|试合作|试播|考察|体验|冷静|犹豫)期?[^,。;]{0,4}[内间]|(?:签订|签署|签约|生效)(?:之日起|之?后)[^,。;]{0,8}[日天]内"
    r"|\b(?:trial|probation(?:ary)?|cooling[- ]off|pilot) period\b"
    r"|\b(?:during|in) the first [^.,;]{0,20}\b(?:days|weeks|months)\b"
    r"|\bwithin [^.,;]{0,24}\bdays (?:of|after|from) (?:signing|signature|execution|the effective date)\b",
    re.I,
)
# Once that time is over the right stands: neither of the trial, nor of a later day still to be settled.
_AFTER_TRIAL = re.compile(
    r"(?:试用|磨合|试运营|试营运|试合作|试播|考察|体验|冷静|犹豫)期?(?:届满|期满|满|结束|终了)?(?:之后|以后|后)"
    r"|\b(?:after|following) (?:the )?(?:end |expiry )?(?:of )?(?:the )?"
    r"(?:trial|probation(?:ary)?|cooling[- ]off|pilot) period\b",
    re.I,
)
_IN_TRIAL = Bilingual(zh="仅在试用、磨合或签约后的最初期间内", en="only within the trial or first period")
_UNCONDITIONAL = re.compile(
    r"(?:无需|无须|不需|不附|毋需|毋须|没有|任何|无)(?:任何|说明|附)*(?:理由|原因)|无因|任意(?:解除|终止)"
    r"|\bwithout (?:any )?(?:cause|reason)\b|\bfor (?:any|no)\b[^.;]{0,16}\breason\b|\bfor (?:its )?convenience\b"
    r"|\bwith or without cause\b",
    re.I,
)


def tied_to(finding: Finding) -> Bilingual | None:
    """The event that the right or the period of `finding` waits for; None when it waits for none."""
    words = _AFTER_TRIAL.sub("", fold("".join(item.quote for item in finding.evidence)))
    if _TRIAL.search(words):
        return _IN_TRIAL
    if _UNCONDITIONAL.search(words):
        return None
    return next((said for said, pattern in _EVENTS if pattern.search(words)), None)


def is_force_majeure(finding: Finding) -> bool:
    """Whether the right waits for force majeure: nobody's breach."""
    return tied_to(finding) == _EVENTS[0][0]


def conditional_exits(findings: Sequence[Finding], *, us: str = "client") -> list[tuple[Finding, Bilingual]]:
    """Rights of `us` to end the contract that wait for an event, each with that event; those of a named event first."""
    tied = [(finding, event) for finding in _rights(findings, us) if (event := tied_to(finding))]
    return sorted(tied, key=lambda pair: pair[1] == _EVENTS[-1][0])


def _rights(findings: Sequence[Finding], us: str) -> list[Finding]:
    return held(of(findings, "termination-for-convenience"), "holder", us, "both")


def find_exit(findings: Sequence[Finding], *, us: str = "client") -> Exit | None:
    """The right of `us`, with the longest notice period that the contract asks of them. None without a known right.

    A right that waits for an event, such as a change of price that is not accepted, is none.
    """
    rights = [finding for finding in _rights(findings, us) if not tied_to(finding)]
    if not rights:
        return None
    stated = [(period, f) for f in rights if (period := duration_of(f, "period"))]
    if not stated:
        stated = [
            (period, f)
            for f in held(of(findings, "notice-period"), "obligor", us, "both")
            if not tied_to(f) and (period := duration_of(f, "period"))
        ]
    if not stated:
        return Exit(rights[0], None, rights[0], later=_only_later(rights[0]))
    period, source = max(stated, key=lambda item: item[0].days or 0)
    right = source if source in rights else rights[0]
    return Exit(right, period, source, later=_only_later(right))


def _only_later(right: Finding) -> bool:
    evidence = main_evidence(right)
    return evidence is not None and _LATER.search(_AFTER_TRIAL.sub("", fold(evidence.quote))) is not None


def earliest_end(way_out: Exit | None, plan: Plan, country: Country) -> Shifted | None:
    """The last day of the contract when notice is received on `plan.as_of`."""
    if way_out is None or way_out.later or way_out.period is None or plan.as_of is None:
        return None
    return shift(plan.as_of, way_out.period, country)


def leaving_day(facts: Facts, plan: Plan, way_out: Exit | None) -> tuple[datetime.date | None, Bilingual]:
    """The day on which the client means to leave: as given, else the end of the notice. None when it is not known."""
    if plan.terminate_on:
        return plan.terminate_on, Bilingual(zh="所提供的日期", en="the day given")
    notice = earliest_end(way_out, plan, facts.country)
    if notice and (facts.end.date is None or notice.day < facts.end.date):
        return notice.day, Bilingual(zh="通知期满之日", en="the end of the notice period")
    return None, same("")


def last_day(facts: Facts, plan: Plan, way_out: Exit | None) -> tuple[datetime.date | None, Bilingual]:
    """The day on which the contract ends: when the client leaves, else by lapse of time."""
    day, source = leaving_day(facts, plan, way_out)
    if day is None and facts.end.date:
        return facts.end.date, Bilingual(zh="合同届满日", en="the end of the term")
    return day, source
