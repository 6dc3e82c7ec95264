"""Findings → Report: absences, compound risks, the five answers, the overall risk, the checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from contractscan.assess.absences import find_absences
from contractscan.assess.answers import answer_questions
from contractscan.assess.compounds import find_compounds
from contractscan.assess.plan import Plan
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

__all__ = ["Plan", "assess", "is_reviewable"]

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
    suppressions: Mapping[str, Suppression] = {},  # noqa: B006 - never changed
    version: str = "",
) -> Report:
    """Judge the findings together.

    `expected` are the rule ids whose protection the text gives reason to expect, `conflicts` the parties' labels that
    do not agree, `plan` what only the client knows, `suppressions` why findings are set aside, by rule or finding id.
    """
    reviewed = is_reviewable(document)
    roles_known = {"client", "provider"} <= {party.role for party in parties}
    findings = list(found)
    checks = Checks()
    if reviewed:
        absences = find_absences(ruleset, found, expected, roles_known=roles_known)
        findings += absences.findings
        findings += find_compounds(ruleset, findings)
        checks = _checks(ruleset, found, absences.passed, absences.not_evaluated)
    if perspective == "provider":
        findings = [_seen_by_provider(finding) for finding in findings if finding.kind == "clause"]
    findings = set_aside(findings, suppressions)
    labels = {str(party.role): party.label for party in parties}
    return Report(
        tool=Tool(version=version, ruleset_digest=ruleset.digest),
        document=_info(document),
        perspective=perspective,
        parties=tuple(parties),
        overall=_overall(findings, reviewed=reviewed),
        answers=answer_questions(findings, labels, reviewed=reviewed),
        findings=tuple(sorted(findings, key=_place)),
        notes=document.notes,
        checks=checks,
        not_analysed=document.not_analysed,
    )


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


def _overall(findings: Sequence[Finding], *, reviewed: bool) -> Overall:
    live = [finding for finding in findings if finding.suppressed is None]
    counts: dict[Severity, int] = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in live:
        counts[finding.severity] += 1
    if not reviewed:
        basis = Bilingual(
            zh="文本没有读懂，不给出风险等级", en="the text was not understood, so no risk level is given"
        )
        return Overall(severity=None, reviewed=False, counts=counts, basis=basis)
    severity = worst(finding.severity for finding in live) or "info"
    basis = Bilingual(
        zh="总体风险取全部提示中最高的一级（严重 > 高 > 中 > 低 > 提示），不加权、不打分",
        en="the overall risk is the highest level among all findings (critical > high > medium > low > info); "
        "no weights, no score",
    )
    return Overall(severity=severity, reviewed=True, counts=counts, basis=basis, suppressed=len(findings) - len(live))


def _checks(
    ruleset: Ruleset, found: Sequence[Finding], passed: Sequence[str], not_evaluated: Sequence[NotEvaluated]
) -> Checks:
    """Passed: a burden that the text does not contain, a protection that it does."""
    present = {finding.rule_id for finding in found}
    free_of = [rule.id for rule in ruleset.rules if rule.effect == "burden" and rule.absent is None]
    clear = [rule_id for rule_id in free_of if rule_id not in present]
    return Checks(passed=tuple(sorted({*passed, *clear})), not_evaluated=tuple(not_evaluated))


def _seen_by_provider(finding: Finding) -> Finding:
    """What burdens the client protects the provider, and the other way round."""
    if finding.effect == "burden":
        return finding.model_copy(update={"effect": "protection", "severity": "info"})
    if finding.effect == "protection":
        severity = "medium" if finding.severity == "info" else finding.severity
        return finding.model_copy(update={"effect": "burden", "severity": severity})
    return finding
