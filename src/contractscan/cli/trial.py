"""`contractscan rules test`: what one rule finds in a contract and, sentence by sentence, what keeps it from more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from contractscan.cli.describe import gist, parts
from contractscan.engine import Matcher, compile_matcher, evaluate
from contractscan.engine.matcher import search
from contractscan.engine.units import Unit, clause_unit, matching_text, units
from contractscan.errors import UsageError
from contractscan.model import TOPICS, Clause, Document, Finding, Language, Mention
from contractscan.parties import find_mentions, resolve_parties
from contractscan.quantities import find_quantities
from contractscan.rulecheck import shown
from contractscan.ruleset import (
    Alternative,
    Pattern,
    PatternError,
    Rule,
    Ruleset,
    built_in_rules,
    compile_pattern,
    load_ruleset,
)
from contractscan.segment import segment

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
NEAR = 0.5  # share of a way's patterns from which a sentence counts as nearly found


class Attempt(NamedTuple):
    """How far one sentence meets one way of recognising the provision. `score` is the share of patterns met."""

    number: int  # of the way, from 1
    score: float
    met: tuple[str, ...]  # the words of the contract that patterns met
    lacking: tuple[str, ...]  # patterns or parts of them that did not occur
    blocked: tuple[str, ...]  # words that an `unless` met


def load_rule(name: str) -> tuple[Rule, Ruleset]:
    """The rule in the file `name`, or the built-in rule of that id, and the ruleset that it is loaded with."""
    path = Path(name)
    if not path.is_file():
        ruleset = load_ruleset()
        rule = ruleset.rule(name)
        if rule is None:
            raise UsageError(f"{name}: neither a rule file nor the id of a built-in rule.")
        return rule, ruleset
    folder = path.resolve().parent
    root = folder.parent if folder.name in TOPICS else folder
    ruleset = load_ruleset(*([] if root == built_in_rules().resolve() else [root]))
    rule = ruleset.rule(path.stem)
    if rule is None:
        raise UsageError(f"{name}: holds no rule. Name a rule file (TOPIC/ID.yaml).")
    return rule, ruleset


def try_rule(
    rule: Rule, ruleset: Ruleset, document: Document, *, client: str | None = None, every: bool = False
) -> str:
    """What `rule` finds in `document`, then the sentences that it nearly finds; with `every`, all sentences."""
    matcher = compile_matcher(_with_parts(rule, ruleset))
    clauses = segment(document)
    parties = resolve_parties(document, clauses, client=client)
    mentions = find_mentions(document, parties)
    findings = evaluate(matcher, document, clauses, parties, mentions).findings
    lines = [f"{party.label}: {party.role}" for party in parties]
    lines += ["", f"Found: {len(findings)}"]
    for finding in findings:
        lines += _found(finding)
    tried = list(_attempts(rule, matcher, document, clauses, mentions))
    missed = [(unit, attempt) for unit, attempt in tried if attempt.score < 1 or attempt.blocked]
    near = [(unit, attempt) for unit, attempt in missed if every or attempt.score >= NEAR]
    lines += ["", f"{'Not found' if every else 'Nearly found'}: {len(near)} of {len(tried)} sentences"]
    for unit, attempt in near:
        lines += _missed(document, unit, attempt)
    if not every and len(near) < len(missed):
        lines += ["", "--all shows the other sentences."]
    return "\n".join(lines).lstrip("\n") + "\n"


def _with_parts(rule: Rule, ruleset: Ruleset) -> Ruleset:
    """`ruleset` with this rule alone, and the parts of its patterns between the gaps as patterns of their own."""
    patterns = {language: dict(ruleset.patterns[language]) for language in _LANGUAGES}
    for language in _LANGUAGES:
        for way in rule.detect.get(language):
            for part in (part for pattern in (*way.all, *way.any) for part in parts(pattern)):
                try:
                    compiled = compile_pattern(part, ruleset.vocabulary[language], language)
                except PatternError:
                    continue  # half of a construct; the whole pattern is still tried
                patterns[language].setdefault(part, Pattern(**compiled._asdict()))
    return ruleset.model_copy(update={"rules": (rule,), "patterns": patterns})


def _attempts(
    rule: Rule, matcher: Matcher, document: Document, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> Iterator[tuple[Unit, Attempt]]:
    """Every sentence in a language that the rule has ways for, with the way that comes nearest."""
    masked = matching_text(document, mentions, find_quantities(document.text))
    for clause in clauses:
        if rule.scope.unit == "clause":
            whole = clause_unit(clause, masked, document.text, None)
            found = [whole] if whole else []
        else:
            found = list(units(clause, masked, document.text, None))
        for unit in found:
            ways = rule.detect.get(unit.language)
            if ways:
                attempts = [_attempt(i, way, rule, matcher, document, unit) for i, way in enumerate(ways, 1)]
                yield unit, max(attempts, key=lambda attempt: attempt.score)


def _attempt(number: int, way: Alternative, rule: Rule, matcher: Matcher, document: Document, unit: Unit) -> Attempt:
    side = matcher.sides[unit.language]

    def words(pattern: str) -> str | None:
        place = search(side, pattern, unit)
        if place is None or place[0] == place[1]:
            return None
        start, end = unit.span(*place)
        return " ".join(document.text[start:end].split())

    def meet(pattern: str) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
        whole = words(pattern)
        if whole is not None:
            return 1.0, (whole,), ()
        pieces = [part for part in parts(pattern) if part in side.patterns]
        occurring = [found for part in pieces if (found := words(part)) is not None]
        missing = tuple(gist(part, "en") for part in pieces if words(part) is None)
        if not missing:
            return 0.9, tuple(occurring), (f"{gist(pattern, 'en')} in this order and this near",)
        return 0.9 * len(occurring) / len(pieces), tuple(occurring), missing if occurring else (gist(pattern, "en"),)

    results = [meet(pattern) for pattern in way.all]
    if way.any:
        results.append(max((meet(pattern) for pattern in way.any), key=lambda result: result[0]))
    blocking = (*way.unless, *rule.unless.get(unit.language))
    return Attempt(
        number,
        sum(score for score, _, _ in results) / len(results),
        tuple(text for _, met, _ in results for text in met),
        tuple(text for _, _, lacking in results for text in lacking),
        tuple(found for pattern in blocking if (found := words(pattern)) is not None),
    )


def _found(finding: Finding) -> Iterator[str]:
    number = " › ".join(finding.clause.path) or finding.clause.number
    values = ", ".join(f"{name} = {shown(finding, name)}" for name in finding.captures)
    yield f"  {number} {finding.severity}{f' ({values})' if values else ''}".rstrip()
    for item in finding.evidence:
        pieces, at = [], 0
        for start, end in ((a - item.start, b - item.start) for a, b in item.marks):
            if start >= at:
                pieces += [item.quote[at:start], f"«{item.quote[start:end]}»"]
                at = end
        yield f"    {' '.join(''.join([*pieces, item.quote[at:]]).split())}"


def _missed(document: Document, unit: Unit, attempt: Attempt) -> Iterator[str]:
    sentence = unit.sentence
    number = " › ".join(unit.clause.path) or unit.clause.number
    yield f"  {number} {' '.join(document.text[sentence.start : sentence.end].split())}".rstrip()
    if attempt.met:
        yield f"    way {attempt.number} has {', '.join(f'«{text}»' for text in attempt.met)}"
    if attempt.lacking:
        yield f"    way {attempt.number} lacks {', '.join(attempt.lacking)}"
    if attempt.blocked:
        yield f"    kept away by {', '.join(f'«{text}»' for text in attempt.blocked)}"
