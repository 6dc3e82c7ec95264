"""Findings → Report: absences, compound risks, the five answers, the overall risk, the checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from contractscan.assess.absences import find_absences
from contractscan.assess.answers import answer_questions
from contractscan.assess.compounds import find_compounds, inconsistency_kinds
from contractscan.assess.dates import find_key_dates
from contractscan.assess.facts import find_facts
from contractscan.assess.handover import find_handover
from contractscan.assess.inconsistencies import find_inconsistencies
from contractscan.assess.law import with_applicable_law
from contractscan.assess.money import find_exposure
from contractscan.assess.negotiation import find_asks
from contractscan.assess.notice import find_notice_steps
from contractscan.assess.perspective import in_their_words, seen_by_provider
from contractscan.assess.plan import Plan
from contractscan.assess.wording import ids
from contractscan.model import (
    SEVERITIES,
    Bilingual,
    Checks,
    Clause,
    Document,
    DocumentInfo,
    Finding,
    Inconsistency,
    NotEvaluated,
    Overall,
    Party,
    Report,
    Severity,
    Suppression,
    Tool,
)
from contractscan.ruleset import Ruleset
from contractscan.ruleset.finding import set_aside, worst
from contractscan.text import fold

__all__ = ["Plan", "assess", "is_reviewable"]

_HANDED_OVER = ("account-ownership", "data-rights")
_ORDER = {"compound": 0, "clause": 1, "absence": 2}


def is_reviewable(document: Document) -> bool:
    """True when there is text in a language that rules read. Anything else is never graded."""
    return document.language != "unknown" and bool(document.text.strip())


def assess(
    document: Document,
    parties: Sequence[Party],
    ruleset: Ruleset,
    found: Sequence[Finding],
    *,
    clauses: Sequence[Clause] = (),
    expected: Iterable[str] = (),
    conflicts: Sequence[Inconsistency] = (),
    plan: Plan = Plan(),  # noqa: B008 - frozen
    perspective: Literal["client", "provider"] = "client",
    suppressions: Mapping[str, Suppression] = {},
    version: str = "",
) -> Report:
    """Judge the findings together.

    `expected` are the rule ids whose protection the text gives reason to expect, `conflicts` the parties' labels that
    do not agree, `plan` what only the client knows, `suppressions` why findings are set aside, by rule or finding id.
    """
    reviewed = is_reviewable(document)
    roles_known = {"client", "provider"} <= {party.role for party in parties}
    findings = list(found)
    inconsistencies = (*conflicts, *find_inconsistencies(document, clauses, found))
    checks = Checks()
    if reviewed:
        absences = find_absences(ruleset, found, expected, roles_known=roles_known)
        findings += absences.findings
        findings += find_compounds(ruleset, findings, inconsistencies)
        checks = _checks(ruleset, found, absences.passed, absences.not_evaluated, roles_known=roles_known)
    shown = findings if perspective == "client" else [seen_by_provider(f) for f in findings if f.kind == "clause"]
    labels = {str(party.role): party.label for party in parties}
    facts = find_facts(document, clauses, found, monthly_fee=plan.monthly_fee)
    text = fold(document.text)
    shown = [with_applicable_law(finding, facts.law, text) for finding in shown]
    shown = set_aside([in_their_words(finding, labels) for finding in shown], suppressions)
    answers = answer_questions(
        findings,
        labels,
        reviewed=reviewed,
        roles_known=roles_known,
        between_parties=bool(parties or found),
        perspective=perspective,
    )
    notice = roles_known and any(f.topic in ("termination", "notice-period") for f in found)
    for_client = perspective == "client" and roles_known
    return Report(
        tool=Tool(version=version, ruleset_digest=ruleset.digest),
        document=_info(document),
        perspective=perspective,
        parties=tuple(parties),
        overall=_overall(shown, reviewed=reviewed, roles_known=roles_known),
        answers=answers,
        findings=tuple(sorted(shown, key=_place)),
        key_dates=find_key_dates(document, clauses, found, facts, plan, labels=labels, us=perspective),
        exposure=find_exposure(found, facts, plan) if for_client else (),
        negotiation=find_asks(shown) if for_client else (),
        notice=find_notice_steps(found, labels=labels, country=facts.country, us=perspective) if notice else (),
        handover=find_handover(document, found, labels=labels, roles_known=roles_known)
        if any(f.topic in _HANDED_OVER for f in found)
        else (),
        inconsistencies=tuple(_reported(item, shown, ruleset) for item in inconsistencies),
        notes=document.notes,
        checks=checks,
        not_analysed=document.not_analysed,
    )


def _reported(item: Inconsistency, findings: Sequence[Finding], ruleset: Ruleset) -> Inconsistency:
    """The inconsistency with the ids of the compound risks that report it."""
    reporting = {compound.id for compound in ruleset.compounds if item.kind in inconsistency_kinds(compound.when)}
    return item.model_copy(update={"finding_ids": ids([f for f in findings if f.rule_id in reporting])})


def _place(finding: Finding) -> tuple[int, int, str]:
    start = finding.evidence[0].start if finding.evidence else 0
    return _ORDER[finding.kind], start, finding.rule_id


def _info(document: Document) -> DocumentInfo:
    return DocumentInfo(
        name=document.name,
        sha256=document.sha256,
        format=document.format,
        language=document.language,
        script=document.script,
        pages=document.pages,
        characters=len(document.text),
    )


def _overall(findings: Sequence[Finding], *, reviewed: bool, roles_known: bool) -> Overall:
    live = [finding for finding in findings if finding.suppressed is None]
    counts: dict[Severity, int] = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in live:
        counts[finding.severity] += 1
    if not reviewed:
        basis = Bilingual(
            zh="文本没有读懂，不给出风险等级", en="The text was not understood, so no risk level is given"
        )
        return Overall(severity=None, reviewed=False, counts=counts, basis=basis)
    if not roles_known and not findings:
        basis = Bilingual(
            zh="没有认出当事人，也没有发现任何相关条款：不给出风险等级，这不表示没有风险",
            en="Neither parties nor any clause on these questions were recognised: no risk level is given, which is "
            "no all-clear",
        )
        return Overall(severity=None, reviewed=True, counts=counts, basis=basis)
    severity = worst(finding.severity for finding in live) or "info"
    basis = Bilingual(
        zh="总体风险取全部提示中最高的一级（严重 > 高 > 中 > 低 > 提示），不加权、不打分",
        en="The overall risk is the highest level among all findings (critical > high > medium > low > info); "
        "no weights, no score",
    )
    if not roles_known:
        basis = Bilingual(
            zh="未能确认谁是客户、谁是服务商：没有判断缺少的保护条款，也没有判断对谁有利，"
            f"这一等级不表示没有风险；{basis.zh}",
            en="It is not clear who is the client and who the provider: missing protections and whom a clause favours "
            f"were not judged, so this level is no all-clear. {basis.en}",
        )
    return Overall(severity=severity, reviewed=True, counts=counts, basis=basis, suppressed=len(findings) - len(live))


_ROLES_UNKNOWN = Bilingual(
    zh="未能确认谁是客户、谁是服务商，没有发现不等于没有这种风险；可用 --client 指明客户一方",
    en="it is not clear who is the client and who the provider, so finding nothing does not clear the text of it; "
    "name the client with --client",
)


def _checks(
    ruleset: Ruleset,
    found: Sequence[Finding],
    passed: Sequence[str],
    not_evaluated: Sequence[NotEvaluated],
    *,
    roles_known: bool,
) -> Checks:
    """Passed: a burden that the text does not contain, a protection that it does.

    Without the roles a rule bound to one cannot match, so a burden that was not found is not evaluated.
    """
    present = {finding.rule_id for finding in found}
    free_of = [rule.id for rule in ruleset.rules if rule.effect == "burden" and rule.absent is None]
    clear = [rule_id for rule_id in free_of if rule_id not in present]
    if not roles_known:
        unclear = [NotEvaluated(rule_id=rule_id, reason=_ROLES_UNKNOWN) for rule_id in clear]
        return Checks(passed=tuple(sorted(passed)), not_evaluated=(*not_evaluated, *unclear))
    return Checks(passed=tuple(sorted({*passed, *clear})), not_evaluated=tuple(not_evaluated))
