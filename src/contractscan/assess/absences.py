"""Protections that the text should have and does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from contractscan.model import Bilingual, Finding, NotEvaluated
from contractscan.ruleset import Rule, Ruleset
from contractscan.ruleset.finding import holds, is_known, make_finding


class Absences(NamedTuple):
    """What is missing, which protections are there, and what could not be decided."""

    findings: list[Finding]
    passed: list[str]
    not_evaluated: list[NotEvaluated]


_NO_PARTIES = Bilingual(
    zh="未能确认谁是客户、谁是服务商，因此不判断缺少哪些保护条款；可用 --client 指明客户一方",
    en="it is not clear who is the client and who the provider, so missing protections are not judged; name the client "
    "with --client",
)
_NOT_SPOKEN_OF = Bilingual(
    zh="已提供的文本没有涉及这项内容", en="the text provided does not deal with the matter that this protects"
)
_SWITCHED_OFF = Bilingual(
    zh="可以满足这项要求的规则没有启用，因此不判断是否缺少",
    en="rules whose findings could provide it are not in use, so it is not judged whether it is missing",
)
_UNCLEAR = Bilingual(
    zh="有相关条款，但关键事实不明（例如权利人是谁），需要人工核对",
    en="there is a clause on it, but a fact that decides is not clear (such as who holds the right): check it by hand",
)

_BURDENS = Bilingual(
    zh="有相关条款，但约定对客户不利，见该条的提示",
    en="there is a clause on it, and it burdens the client: see the finding on that clause",
)


def find_absences(
    ruleset: Ruleset, found: Sequence[Finding], expected: Iterable[str], *, roles_known: bool
) -> Absences:
    """Judge every rule with `absent`. An unknown fact leads to `not_evaluated`, never to "missing"."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in found:
        by_rule.setdefault(finding.rule_id, []).append(finding)
    expected = frozenset(expected)
    loaded = {rule.id for rule in ruleset.rules}
    result = Absences([], [], [])
    for rule in ruleset.rules:
        if rule.absent is None:
            continue
        reason = _not_applicable(rule, by_rule, expected, roles_known)
        if reason:
            result.not_evaluated.append(NotEvaluated(rule_id=rule.id, reason=reason))
            continue
        candidates = [f for rule_id in rule.absent.satisfied_by or (rule.id,) for f in by_rule.get(rule_id, ())]
        condition = rule.absent.satisfied_if
        tests = condition.captures if condition else {}
        if any(holds(tests, f.captures) and f.effect != "burden" for f in candidates):
            result.passed.append(rule.id)
        elif any(holds(tests, f.captures) for f in candidates):
            result.not_evaluated.append(NotEvaluated(rule_id=rule.id, reason=_BURDENS))
        elif any(not all(is_known(f.captures.get(name)) for name in tests) for f in candidates):
            result.not_evaluated.append(NotEvaluated(rule_id=rule.id, reason=_UNCLEAR))
        elif not loaded.issuperset(rule.absent.satisfied_by):
            result.not_evaluated.append(NotEvaluated(rule_id=rule.id, reason=_SWITCHED_OFF))
        else:
            result.findings.append(_absence(rule, ruleset, by_rule))
    return result


def _not_applicable(
    rule: Rule, by_rule: Mapping[str, list[Finding]], expected: frozenset[str], roles_known: bool
) -> Bilingual | None:
    assert rule.absent is not None
    if not roles_known:
        return _NO_PARTIES
    if rule.id in expected and not (rule.absent.applies_if_found and not rule.absent.applies_if):
        return None
    if any(rule_id in by_rule for rule_id in rule.absent.applies_if_found):
        return None
    return _NOT_SPOKEN_OF


def _absence(rule: Rule, ruleset: Ruleset, by_rule: Mapping[str, list[Finding]]) -> Finding:
    assert rule.absent is not None
    severity = rule.absent.severity
    for row in rule.absent.lower:
        tests = row.condition.captures if row.condition else {}
        if any(holds(tests, f.captures) for rule_id in row.found for f in by_rule.get(rule_id, ())):
            severity = row.severity
            break
    finding = make_finding(
        rule,
        kind="absence",
        severity=severity,
        effect="burden",
        message=rule.absent.message,
        statutes=ruleset.statutes,
    )
    return finding.model_copy(update={"title": rule.absent.title}) if rule.absent.title else finding
