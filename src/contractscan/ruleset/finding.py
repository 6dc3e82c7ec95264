"""Conditions over captures, and the finding that a rule makes of a place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from contractscan.model import (
    SEVERITIES,
    Bilingual,
    Capture,
    ClauseRef,
    Effect,
    Evidence,
    Finding,
    Severity,
    Statute,
    Suppression,
)
from contractscan.ruleset.shape import Comparison, Compound, Rule
from contractscan.ruleset.words import named, said

_THRESHOLD = re.compile(r"^\s*(-?[\d.]+)\s*(business day|hour|day|week|month|quarter|year|%)?s?(?:\s+[A-Z]{3})?\s*$")
_DAYS = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal(30),
    "quarter": Decimal(90),
    "year": Decimal(365),
}
BUSINESS_DAY = Decimal("1.4")  # calendar days that a business day is taken for when durations are compared
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def holds(tests: Mapping[str, Comparison], captures: Mapping[str, Capture]) -> bool:
    """True when every test holds. An unknown value fails every test but `known: false`."""
    return all(_passes(test, captures.get(name)) for name, test in tests.items())


def is_known(capture: Capture | None) -> bool:
    return capture is not None and _value(capture) is not None


def _value(capture: Capture) -> Decimal | str | None:
    if capture.kind == "duration":
        return capture.days * BUSINESS_DAY if capture.business and capture.days is not None else capture.days
    if capture.kind == "percentage":
        return capture.value
    if capture.kind == "money":
        return capture.amount
    if capture.kind == "date":
        return capture.iso
    if capture.kind == "party":
        return None if capture.role == "unknown" else capture.role
    return capture.text


def _passes(test: Comparison, capture: Capture | None) -> bool:
    value = _value(capture) if capture is not None else None
    if test.known is not None:
        return (value is not None) == test.known
    if test.is_not is not None:
        return str(value) != test.is_not
    if value is None or (test.per and getattr(capture, "per", None) != test.per):
        return False
    if test.is_in:
        return str(value) in test.is_in
    if isinstance(value, str):
        return test.eq is not None and value == str(test.eq)
    bounds = ((test.gt, value.__gt__), (test.gte, value.__ge__), (test.lt, value.__lt__), (test.lte, value.__le__))
    wanted = [compare(threshold(bound)) for bound, compare in bounds if bound is not None]
    if test.eq is not None:
        wanted.append(value == threshold(test.eq))
    return bool(wanted or test.per) and all(wanted)


def threshold(text: str | float) -> Decimal:
    """`60 days`, `3 months`, `30%`, `50000` → the number that captures are compared with. ValueError otherwise."""
    match = _THRESHOLD.match(str(text))
    if not match:
        raise ValueError(f"{text!r} is no threshold: write a number, `60 days`, `3 months` or `30%`")
    number, unit = Decimal(match[1]), match[2]
    if unit == "business day":
        return number * BUSINESS_DAY
    return number * _DAYS.get(unit or "", Decimal(1))


def worst(severities: Iterable[Severity]) -> Severity | None:
    return max(severities, key=SEVERITIES.index, default=None)


def fill(text: Bilingual, captures: Mapping[str, Capture], labels: Mapping[str, str]) -> Bilingual:
    """Put captured values into a message. What is not known is said to be not stated."""

    def insert(language: Literal["zh", "en"], unknown: str) -> str:
        def value(match: re.Match[str]) -> str:
            capture = captures.get(match[1])
            if capture is None or not is_known(capture):
                return unknown
            if capture.kind == "party":
                return named(capture.role, labels, otherwise=capture.text).get(language)
            return said(capture).get(language)

        filled = _PLACEHOLDER.sub(value, text.get(language))
        return filled[:1].upper() + filled[1:]  # a party may begin the sentence

    return Bilingual(zh=insert("zh", "（未写明）"), en=insert("en", "(not stated)"))


def make_finding(
    rule: Rule | Compound,
    *,
    kind: Literal["clause", "absence", "compound"],
    severity: Severity,
    effect: Effect,
    message: Bilingual,
    statutes: Mapping[str, Statute],
    clause: ClauseRef | None = None,
    evidence: tuple[Evidence, ...] = (),
    captures: Mapping[str, Capture] | None = None,
    related: tuple[str, ...] = (),
) -> Finding:
    """The finding of `rule`. Its id is a fingerprint of the rule and of the quoted words, not of their place."""
    quoted = "".join(re.sub(r"[\W_]+", "", item.quote) for item in evidence)
    fingerprint = hashlib.sha256(f"{rule.id}\0{quoted}".encode()).hexdigest()[:12]
    return Finding(
        id=fingerprint,
        rule_id=rule.id,
        topic=rule.topic,
        kind=kind,
        effect=effect,
        severity=severity,
        title=rule.title,
        message=message,
        rationale=rule.rationale,
        suggestion=rule.suggestion,
        fallback=rule.fallback if isinstance(rule, Rule) else None,
        references=tuple(statutes[key] for key in rule.references if key in statutes),
        clause=clause or ClauseRef(),
        evidence=evidence,
        captures=dict(captures or {}),
        related=related,
    )


def set_aside(findings: Iterable[Finding], reasons: Mapping[str, Suppression]) -> list[Finding]:
    """Mark the findings that `reasons` names, by their id or by the id of their rule; none is dropped.

    The id of the finding counts before that of its rule, and what is set aside already keeps its reason.
    """

    def marked(finding: Finding) -> Finding:
        reason = reasons.get(finding.id) or reasons.get(finding.rule_id)
        if reason is None or finding.suppressed is not None:
            return finding
        return finding.model_copy(update={"suppressed": reason})

    return [marked(finding) for finding in findings]
