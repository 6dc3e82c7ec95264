"""Risks that several findings make together. They rest on known values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contractscan.assess.exits import tied_to
from contractscan.assess.wording import join, main_evidence, of, sentences_of
from contractscan.model import SEVERITIES, Bilingual, Capture, Evidence, Finding, Inconsistency
from contractscan.ruleset import Condition, Ruleset, Term, term_rules
from contractscan.ruleset.finding import BUSINESS_DAY, holds, make_finding

_MOST_SAID = 3  # inconsistencies of one kind that a message names; the others are counted


def find_compounds(
    ruleset: Ruleset, found: Sequence[Finding], inconsistencies: Sequence[Inconsistency] = ()
) -> list[Finding]:
    """Every compound risk whose condition is met, citing the findings that it rests on.

    One that rests on inconsistencies of the text says which.
    """
    result = []
    loaded = {rule.id for rule in ruleset.rules}
    for compound in ruleset.compounds:
        kinds = inconsistency_kinds(compound.when)
        places = [item for item in inconsistencies if item.kind in kinds]
        there = frozenset(kind for kind in kinds if any(item.kind == kind for item in places))
        grounds = _grounds(compound.when, found, there)
        if grounds is None or not (grounds or places) or not loaded.issuperset(_excluded(compound.when)):
            continue
        evidence = _evidence([*(main_evidence(f) for f in grounds), *(e for item in places for e in item.evidence)])
        result.append(
            make_finding(
                compound,
                kind="compound",
                severity=compound.severity,
                effect="burden",
                message=_listed(places) if places else compound.message,
                statutes=ruleset.statutes,
                evidence=evidence,
                related=tuple(dict.fromkeys(finding.id for finding in grounds)),
            )
        )
    return result


def inconsistency_kinds(term: Term) -> frozenset[str]:
    """The kinds of inconsistency that the condition speaks of."""
    kinds = {term.inconsistency} if term.inconsistency else set()
    return frozenset(kinds).union(*(inconsistency_kinds(part) for part in (*(term.all or ()), *(term.any or ()))))


def _listed(places: Sequence[Inconsistency]) -> Bilingual:
    said = join([item.what for item in places[:_MOST_SAID]])
    more = len(places) - _MOST_SAID
    zh, en = (f"；另有 {more} 处", f"; and {more} more") if more > 0 else ("", "")
    return Bilingual(zh=f"{said.zh}{zh}。", en=f"{said.en[:1].upper()}{said.en[1:]}{en}.")


def _excluded(term: Term) -> Iterator[str]:
    """The rules that must have found nothing: where one is not in use, that is not known."""
    for part in term.none or ():
        yield from term_rules(part)
    for part in (*(term.all or ()), *(term.any or ())):
        yield from _excluded(part)


def _grounds(term: Term, found: Sequence[Finding], kinds: frozenset[str]) -> list[Finding] | None:
    """The findings that make `term` true, [] when it is true without one (`none`), None when it is not true."""
    if term.all is not None:
        parts = [_grounds(part, found, kinds) for part in term.all]
        return None if any(part is None for part in parts) else [f for part in parts for f in part or ()]
    if term.any is not None:
        true = [part for part in (_grounds(part, found, kinds) for part in term.any) if part is not None]
        return [f for part in true for f in part] if true else None
    if term.none is not None:
        return [] if all(_grounds(part, found, kinds) is None for part in term.none) else None
    if term.inconsistency is not None:
        return [] if term.inconsistency in kinds else None
    if term.missing is not None:
        return [f for f in found if f.rule_id == term.missing and f.kind == "absence"] or None
    if term.compare is not None:
        compare = term.compare
        elsewhere = sentences_of(of(found, *compare.apart_from))
        sides = [f for f in found if elsewhere.isdisjoint(sentences_of([f]))]
        # A period of the trial, or of one event, does not contradict the one for every other case.
        sides = [f for f in sides if f.rule_id != "notice-period" or not tied_to(f)]
        for left, left_value in _values(sides, compare.left, compare.left_if):
            for right, right_value in _values(sides, compare.right, compare.right_if):
                if left is not right and left_value > Decimal(str(compare.times)) * right_value:
                    return [left, right]
        return None
    tests = term.where.captures if term.where else {}
    hits = [f for f in found if f.rule_id in (term.found or ()) and f.kind == "clause" and holds(tests, f.captures)]
    if term.effect:
        hits = [f for f in hits if f.effect == term.effect]
    if term.at_least:
        hits = [f for f in hits if SEVERITIES.index(f.severity) >= SEVERITIES.index(term.at_least)]
    return hits or None


def _evidence(sentences: Sequence[Evidence | None]) -> tuple[Evidence, ...]:
    """Each sentence once, with the marks of all findings on it, in the order of the text."""
    marks: dict[tuple[int, int], set[tuple[int, int]]] = {}
    quotes: dict[tuple[int, int], Evidence] = {}
    for item in sentences:
        if item is not None:
            quotes[item.start, item.end] = item
            marks.setdefault((item.start, item.end), set()).update(item.marks)
    return tuple(quotes[key].model_copy(update={"marks": tuple(sorted(marks[key]))}) for key in sorted(quotes))


def _values(
    found: Sequence[Finding], wanted: tuple[str, str], condition: Condition | None
) -> Iterator[tuple[Finding, Decimal]]:
    for finding in found:
        capture = finding.captures.get(wanted[1])
        if finding.rule_id != wanted[0] or capture is None:
            continue
        value = _number(capture) if holds(condition.captures if condition else {}, finding.captures) else None
        if value is not None:
            yield finding, value


def _number(capture: Capture) -> Decimal | None:
    if capture.kind == "duration" and capture.days is not None:
        return capture.days * BUSINESS_DAY if capture.business else capture.days
    if capture.kind == "money":
        return capture.amount
    if capture.kind == "percentage":
        return capture.value
    return None
