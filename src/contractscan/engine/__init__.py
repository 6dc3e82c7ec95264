"""Ruleset × Clauses → Findings: pure functions over one compiled matcher.

A sentence is matched in a form in which parties and quantities are runs of mark characters and layout is gone. One
automaton finds, in one pass, which words of all patterns occur; only a pattern whose words all occur is then run to
locate its span.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from contractscan.engine.departure import depart
from contractscan.engine.matcher import Match, Matcher, compile_matcher, match_unit, search
from contractscan.engine.units import Unit, announced_roles, clause_unit, matching_text, units
from contractscan.model import (
    SEVERITIES,
    Block,
    Capture,
    Clause,
    ClauseRef,
    Document,
    Evidence,
    Finding,
    Language,
    Mention,
    Party,
    Role,
    Sentence,
    Span,
)
from contractscan.quantities import find_quantities
from contractscan.ruleset import Condition, Rule
from contractscan.ruleset.finding import fill, holds, make_finding
from contractscan.text import MARK_ROLE

__all__ = ["Evaluation", "Matcher", "compile_matcher", "evaluate"]

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_SKIPPED_KINDS = {"toc", "signature", "title"}
_STOPS = frozenset(" .,;:•·-,。;:、")


class Evaluation(NamedTuple):
    """What the rules found, and which protections the text gives reason to expect."""

    findings: list[Finding]
    expected: frozenset[str]  # ids of rules whose `absent.applies_if` holds, or that have none


def evaluate(
    matcher: Matcher,
    document: Document,
    clauses: Sequence[Clause],
    parties: Sequence[Party],
    mentions: Sequence[Mention],
    *,
    language: Language | None = None,
) -> Evaluation:
    """Run every rule over every sentence. With `language`, only that language's patterns are used."""
    quantities = find_quantities(document.text, language)
    by_start = {quantity.start: quantity for quantity in quantities}
    masked = matching_text(document, mentions, quantities)
    by_clause = any(rule.scope.unit == "clause" for rule in matcher.ruleset.rules)
    expected = {rule.id for rule in matcher.ruleset.rules if rule.absent and not rule.absent.applies_if}
    questions = {language: _questions(matcher.ruleset.rules, language) for language in _LANGUAGES}
    announced = announced_roles(clauses, masked)
    matches: list[Match] = []
    for clause in clauses:
        if clause.kind in _SKIPPED_KINDS:
            continue
        for unit in units(clause, masked, document.text, language, headed=announced[clause.index]):
            side = matcher.sides[unit.language]
            matches += match_unit(side, unit, document, by_start)
            asked = questions[unit.language]
            for pattern in [pattern for pattern in asked if search(side, pattern, unit)]:
                expected |= asked.pop(pattern)
        whole = clause_unit(clause, masked, document.text, language) if by_clause else None
        if whole:
            matches += match_unit(matcher.sides[whole.language], whole, document, by_start, whole_clause=True)
    labels = {party.role: party.label for party in parties}
    return Evaluation(_findings(matches, matcher, document, clauses, mentions, labels), frozenset(expected))


def _questions(rules: Iterable[Rule], language: Language) -> dict[str, set[str]]:
    """Each pattern of `absent.applies_if` with the rules that it makes expected: many rules share one."""
    questions: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for pattern in rule.absent.applies_if.get(language) if rule.absent and rule.absent.applies_if else ():
            questions[pattern].add(rule.id)
    return questions


# -------------------------------------------------------------------- findings


@dataclass
class _Provision:
    """Matches of one rule that say one thing: they become one finding."""

    rule: Rule
    clause: Clause
    units: list[Unit] = field(default_factory=list)
    marks: dict[tuple[int, int], set[tuple[int, int]]] = field(default_factory=dict)  # by evidence span
    captures: dict[str, Capture] = field(default_factory=dict)

    def add(self, match: Match) -> None:
        self.units.append(match.unit)
        self.captures = {**match.captures, **self.captures}
        spans = [match.unit.span(*words) for span in match.spans if (words := _words(match.unit.text, *span))]
        places: list[Span | Sentence] = [*match.unit.sentence.lead, match.unit.sentence]
        opening = next((c for c in match.unit.text[match.unit.own :] if c.isalpha() or c in MARK_ROLE), "")
        alone = match.unit.language == "en" and (opening.isupper() or opening in MARK_ROLE)
        for place in places:
            hit = {(max(a, place.start), min(b, place.end)) for a, b in spans if a < place.end and b > place.start}
            if alone and not hit and place is not match.unit.sentence:
                continue  # an English sentence with a capital stands by itself: this lead-in says nothing of it
            self.marks.setdefault((place.start, place.end), set()).update(hit)


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without the stops and blanks around it: the colon of a lead-in alone is no word that matched."""
    while start < end and text[start] in _STOPS:
        start += 1
    while start < end and text[end - 1] in _STOPS:
        end -= 1
    return (start, end) if start < end else None


def _findings(
    matches: Iterable[Match],
    matcher: Matcher,
    document: Document,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    labels: Mapping[Role, str],
) -> list[Finding]:
    """One finding per rule and provision: a clause, or a lead-in with its items, as far as the captures agree."""
    starts = [clause.start for clause in clauses]
    provisions: dict[tuple[str, int], list[_Provision]] = defaultdict(list)
    for match in matches:
        lead = match.unit.sentence.lead
        if lead and all(end <= match.unit.own for _, end in match.spans):
            continue  # the lead-in is a sentence of its own and reports this itself
        clause = clauses[bisect_right(starts, lead[-1].start) - 1] if lead else match.unit.clause
        known = provisions[match.rule.id, clause.index]
        provision = next((p for p in known if _agree(p.captures, match.captures)), None)
        if provision is None:
            provision = _Provision(match.rule, clause)
            known.append(provision)
        provision.add(match)
    block_starts = [block.start for block in document.blocks]
    findings = [
        _finding(provision, matcher, document, block_starts, mentions, labels)
        for group in provisions.values()
        for provision in group
    ]
    findings.sort(key=lambda finding: (finding.evidence[0].start, finding.rule_id, finding.evidence[0].end))
    seen: dict[str, int] = defaultdict(int)
    for i, finding in enumerate(findings):
        seen[finding.id] += 1
        if seen[finding.id] > 1:  # the same words twice in the contract
            findings[i] = finding.model_copy(update={"id": f"{finding.id}-{seen[finding.id]}"})
    return findings


def _agree(one: Mapping[str, Capture], other: Mapping[str, Capture]) -> bool:
    return all(_same(one[name], other[name]) for name in one.keys() & other.keys())


def _same(one: Capture, other: Capture) -> bool:
    if one.kind == "text" or other.kind == "text":
        return True
    skipped = {"text", "start", "end", "base", "anchor", "bound"}
    return one.model_dump(exclude=skipped) == other.model_dump(exclude=skipped)


def _finding(
    provision: _Provision,
    matcher: Matcher,
    document: Document,
    block_starts: Sequence[int],
    mentions: Sequence[Mention],
    labels: Mapping[Role, str],
) -> Finding:
    rule = provision.rule
    severity, effect, message = rule.severity, rule.effect, rule.message
    rows = [row for row in rule.escalate if _holds(row.condition, provision, matcher)]
    higher = [row for row in rows if SEVERITIES.index(row.severity) >= SEVERITIES.index(rule.severity)]
    if rows:
        row = max(higher or rows, key=lambda r: SEVERITIES.index(r.severity))
        severity, effect, message = row.severity, row.effect or effect, row.message or message
    evidence = tuple(
        _evidence(document, block_starts, start, end, marks) for (start, end), marks in sorted(provision.marks.items())
    )
    clause = provision.units[0].clause if len(provision.units) == 1 else provision.clause
    named = {str(role): label for role, label in labels.items()}
    finding = make_finding(
        rule,
        kind="clause",
        severity=severity,
        effect=effect,
        message=fill(message, provision.captures, named),
        statutes=matcher.ruleset.statutes,
        clause=ClauseRef(number=clause.number, heading=clause.heading, path=clause.path),
        evidence=evidence,
        captures=provision.captures,
    )
    if rule.standard is None:
        return finding
    departure = depart(rule.standard, provision.units[0].language, evidence, document, mentions, named)
    return finding.model_copy(update={"departure": departure})


def _holds(condition: Condition, provision: _Provision, matcher: Matcher) -> bool:
    """Captures compare; `matches` wants one of its patterns in one of the sentences, `lacks` none in any."""
    if not holds(condition.captures, provision.captures):
        return False

    def occurs(patterns: Sequence[str], unit: Unit) -> bool:
        return any(search(matcher.sides[unit.language], pattern, unit) for pattern in patterns)

    wanted, unwanted = condition.matches, condition.lacks
    if wanted and not any(occurs(wanted.get(unit.language), unit) for unit in provision.units):
        return False
    return not (unwanted and any(occurs(unwanted.get(unit.language), unit) for unit in provision.units))


def _evidence(
    document: Document, block_starts: Sequence[int], start: int, end: int, marks: set[tuple[int, int]]
) -> Evidence:
    block: Block | None = None
    if block_starts:
        block = document.blocks[max(bisect_right(block_starts, start) - 1, 0)]
    return Evidence(
        start=start,
        end=end,
        quote=document.text[start:end],
        page=block.page if block else None,
        paragraph=block.paragraph if block else None,
        marks=tuple(sorted(marks)),
        source=block.source if block else "text",
    )
