"""One compiled matcher per ruleset: which rules match a unit, where, and with which values."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from contractscan.engine.captures import capture_span, look_up
from contractscan.engine.units import Unit
from contractscan.model import Capture, Clause, Document, Language, Quantity
from contractscan.ruleset import Alternative, Pattern, Rule, Ruleset
from contractscan.ruleset.tokens import marked
from contractscan.text import fold

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_HEADING_SCORE = 85  # rapidfuzz partial ratio from which a heading counts as the wanted one


class Matcher(NamedTuple):
    """A ruleset compiled for matching. Made by `compile_matcher`, used by any number of scans."""

    ruleset: Ruleset
    sides: Mapping[Language, Side]


class _Way(NamedTuple):
    """An alternative of a rule, ready to be tried."""

    number: int  # of the alternative, among all
    rule: Rule
    alternative: Alternative
    tokens: str  # its spaCy patterns as JSON, "" for none
    need: frozenset[int]  # indices of the word sets of `all`; when all of them occur the patterns are run


class Side(NamedTuple):
    """One language's half of the matcher."""

    words: Any  # re2.Set of word sets
    triggers: Mapping[int, tuple[_Way, ...]]  # the ways to try when this word set occurs
    always: tuple[_Way, ...]  # ways of which no word is known
    patterns: Mapping[str, Pattern]


class Match(NamedTuple):
    """One alternative of a rule met by one unit."""

    rule: Rule
    unit: Unit
    spans: tuple[tuple[int, int], ...]  # of the patterns, in the unit
    captures: Mapping[str, Capture]


def compile_matcher(ruleset: Ruleset) -> Matcher:
    """Compile the words of all patterns into one RE2 set per language."""
    return Matcher(ruleset, {language: _compile_side(ruleset, language) for language in _LANGUAGES})


def _compile_side(ruleset: Ruleset, language: Language) -> Side:
    import re2

    patterns = ruleset.patterns.get(language, {})
    indices: dict[tuple[str, ...], int] = {}
    uses: dict[int, int] = defaultdict(int)
    words = re2.Set.SearchSet(_re2_options())
    ways: list[_Way] = []

    def indexed(pattern: str) -> frozenset[int]:
        for alternatives in patterns[pattern].words:
            if alternatives not in indices:
                indices[alternatives] = words.Add("|".join(map(re.escape, alternatives)))
        return frozenset(indices[alternatives] for alternatives in patterns[pattern].words)

    alternatives = [(rule, alternative) for rule in ruleset.rules for alternative in rule.detect.get(language)]
    for number, (rule, alternative) in enumerate(alternatives):
        if alternative.all:
            needs = [frozenset().union(*map(indexed, alternative.all))]
        else:
            needs = [indexed(pattern) for pattern in alternative.any]
        sequences = [[marked(token) for token in pattern] for pattern in alternative.tokens]
        tokens = json.dumps(sequences) if sequences else ""
        ways += [_Way(number, rule, alternative, tokens, need) for need in needs]
    for way in ways:
        for index in way.need:
            uses[index] += 1
    triggers: dict[int, list[_Way]] = defaultdict(list)
    for way in ways:
        if way.need:  # the word set that fewest ways share is the most telling one to wait for
            triggers[min(way.need, key=lambda index: (uses[index], index))].append(way)
    if indices:
        words.Compile()
    always = tuple(way for way in ways if not way.need)
    return Side(words if indices else None, {k: tuple(v) for k, v in triggers.items()}, always, patterns)


@cache
def _re2_options() -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 512 << 20  # the set's automaton must never run out of memory: that would be a silent miss
    options.log_errors = False
    return options


@cache
def _regex(source: str) -> Any:
    import re2

    return re2.compile(source, _re2_options())


def search(side: Side, pattern: str, unit: Unit) -> tuple[int, int] | None:
    """The first place of one pattern in the unit, or None."""
    match = _search(side.patterns[pattern], unit)
    return _characters(unit, *match.span()) if match else None


def _search(pattern: Pattern, unit: Unit) -> Any:
    """RE2's match over the unit's bytes: encoding once a unit is half of the cost of a search."""
    for words in pattern.words:
        if not any(word in unit.lowered for word in words):
            return None
    return _regex(pattern.regex).search(unit.encoded)


def _characters(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """Byte offsets of the unit as character offsets."""
    before = len(unit.encoded[:start].decode())
    return before, before + len(unit.encoded[start:end].decode())


def match_unit(
    side: Side, unit: Unit, document: Document, quantities: Mapping[int, Quantity], *, whole_clause: bool = False
) -> Iterator[Match]:
    """Every rule alternative that the unit meets. `whole_clause` runs the rules whose unit is the clause."""
    wanted = "clause" if whole_clause else "sentence"
    for way in _candidates(side, unit):
        if way.rule.scope.unit == wanted:
            match = _try(side, way, unit, document, quantities)
            if match:
                yield match


def _candidates(side: Side, unit: Unit) -> list[_Way]:
    """The ways whose words all occur in the unit, each alternative once, in the order in which rules write them.

    Of two ways that match, the first one names the captures: that must not depend on what other rules look for.
    """
    present = (side.words.Match(unit.encoded) if side.words is not None else None) or ()
    occurring = set(present)
    found = {way.number: way for way in side.always}
    for index in present:
        found |= {way.number: way for way in side.triggers.get(index, ()) if way.need <= occurring}
    return [found[number] for number in sorted(found)]


def _try(side: Side, way: _Way, unit: Unit, document: Document, quantities: Mapping[int, Quantity]) -> Match | None:
    """Run the patterns of one alternative over the unit; None unless all of its demands are met."""
    rule, alternative = way.rule, way.alternative
    spans: list[tuple[int, int]] = []
    captures: dict[str, Capture] = {}
    for pattern in alternative.all:  # their words are known to occur
        match = _regex(side.patterns[pattern].regex).search(unit.encoded)
        if not match:
            return None
        _take(match, side.patterns[pattern], unit, document, quantities, spans, captures)
    for pattern in alternative.any:
        match = _search(side.patterns[pattern], unit)
        if match:
            _take(match, side.patterns[pattern], unit, document, quantities, spans, captures)
            break
    else:
        if alternative.any:
            return None
    for pattern in (*alternative.unless, *rule.unless.get(unit.language)):
        if _search(side.patterns[pattern], unit):
            return None
    if alternative.heading and not _under_heading(alternative.heading, unit.clause):
        return None
    if rule.scope.heading and not _under_heading(rule.scope.heading, unit.clause):
        return None
    if way.tokens and not _tokens_match(way, unit):
        return None
    for name, wanted in rule.capture.items():
        if name not in captures:
            anchor = wanted.anchor(unit.language)
            found = search(side, anchor, unit) if anchor else None
            value = look_up(wanted, unit, spans[0], found, document, quantities)
            if value:
                captures[name] = value
    return Match(rule, unit, tuple(spans), captures)


def _take(
    match: Any,
    pattern: Pattern,
    unit: Unit,
    document: Document,
    quantities: Mapping[int, Quantity],
    spans: list[tuple[int, int]],
    captures: dict[str, Capture],
) -> None:
    """Note where a pattern matched and what it captured; what an earlier pattern captured stays."""
    spans.append(_characters(unit, *match.span()))
    groups = _regex(pattern.regex).groupindex if pattern.captures else {}
    for name, kind in pattern.captures:
        span = match.span(groups[name])
        if span[0] >= 0 and name not in captures:
            capture = capture_span(kind, unit, *_characters(unit, *span), document, quantities)
            if capture:
                captures[name] = capture


def _under_heading(wanted: Iterable[str], clause: Clause) -> bool:
    from rapidfuzz import fuzz

    headings = [fold(heading).lower() for heading in clause.headings if heading]
    names = [fold(name).lower() for name in wanted]
    return any(fuzz.partial_ratio(name, heading) >= _HEADING_SCORE for name in names for heading in headings)


def _tokens_match(way: _Way, unit: Unit) -> bool:
    return bool(_token_matcher(unit.language, way.tokens)(_blank(unit.language).make_doc(unit.text)))


@cache
def _token_matcher(language: Language, tokens: str) -> Any:
    """A spaCy Matcher; the patterns come as JSON, which can be a key."""
    from spacy.matcher import Matcher as TokenMatcher

    matcher = TokenMatcher(_blank(language).vocab)
    matcher.add("tokens", json.loads(tokens))
    return matcher


@cache
def _blank(language: Language) -> Any:
    import spacy

    return spacy.blank(language)
