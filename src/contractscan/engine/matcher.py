"""One compiled matcher per ruleset: which rules match a unit, where, and with which values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple

from contractscan.engine.captures import capture_span, look_up
from contractscan.engine.units import Unit
from contractscan.model import Capture, Clause, Document, Language, Quantity
from contractscan.ruleset import Alternative, Pattern, Rule, Ruleset, rule_patterns
from contractscan.ruleset.tokens import marked
from contractscan.text import fold

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_HEADING_SCORE = 85  # rapidfuzz partial ratio from which a heading counts as the wanted one


Need = tuple[int, ...]  # word sets as bits, those of one number must all occur; see `ruleset/prefilter.py`


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
    besides: tuple[Need, ...]  # what its patterns need besides the word sets that it waits for


class Side(NamedTuple):
    """One language's half of the matcher."""

    words: Any  # Aho-Corasick automaton over the words of all patterns: word → the sets that it is in, as bits
    needs: Mapping[str, Need]  # of each pattern
    triggers: Mapping[int, tuple[tuple[int, _Way], ...]]  # word set → ways to try when the sets beside them all occur
    awaited: int  # the bits of `triggers`
    always: tuple[_Way, ...]  # ways of which no word is known
    patterns: Mapping[str, Pattern]


class Match(NamedTuple):
    """One alternative of a rule met by one unit."""

    rule: Rule
    unit: Unit
    spans: tuple[tuple[int, int], ...]  # of the patterns, in the unit
    captures: Mapping[str, Capture]


def compile_matcher(ruleset: Ruleset) -> Matcher:
    """Compile the words of all patterns into one automaton per language."""
    return Matcher(ruleset, {language: _compile_side(ruleset, language) for language in _LANGUAGES})


def _compile_side(ruleset: Ruleset, language: Language) -> Side:
    import ahocorasick

    patterns = ruleset.patterns.get(language, {})
    bits: dict[tuple[str, ...], int] = {}
    needs = {}
    for source in dict.fromkeys(source for rule in ruleset.rules for source, _ in rule_patterns(rule, language)):
        needs[source] = tuple(
            reduce(or_, (bits.setdefault(words, 1 << len(bits)) for words in branch), 0)
            for branch in patterns[source].words
        )
    sets: dict[str, int] = defaultdict(int)
    for words, bit in bits.items():
        for word in words:
            sets[word] |= bit
    automaton = ahocorasick.Automaton()
    for word, containing in sets.items():
        automaton.add_word(word, containing)
    automaton.make_automaton()
    ways: list[tuple[int, _Way]] = []
    alternatives = [(rule, alternative) for rule in ruleset.rules for alternative in rule.detect.get(language)]
    for number, (rule, alternative) in enumerate(alternatives):
        sequences = [[marked(token) for token in pattern] for pattern in alternative.tokens]
        demands = sorted({needs[pattern] for pattern in alternative.all}, key=len)
        single = [need[0] for need in demands if len(need) == 1]
        branching = demands[len(single) :] or [(0,)]
        way = _Way(number, rule, alternative, json.dumps(sequences) if sequences else "", tuple(branching[1:]))
        if alternative.all:
            ways += [(reduce(or_, single, branch), way) for branch in branching[0]]
        else:
            ways += [(branch, way) for pattern in alternative.any for branch in needs[pattern]]
    rarity = {bit: (-min(map(len, words)), len(words), bit) for words, bit in bits.items()}
    triggers: dict[int, list[tuple[int, _Way]]] = defaultdict(list)
    for need, way in ways:
        if need:
            triggers[min(_bits(need), key=rarity.__getitem__)].append((need, way))
    always = tuple(way for need, way in ways if not need)
    frozen = {bit: tuple(waiting) for bit, waiting in triggers.items()}
    return Side(automaton if sets else None, needs, frozen, sum(frozen), always, patterns)


def _bits(number: int) -> Iterator[int]:
    """The powers of two whose sum is `number`."""
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest


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
    """`source` as the first group of a pattern that matches from the start of the text.

    RE2 finds the start of a match with a second automaton that runs backwards, and building it costs as much as the
    first; led there by a lazy prefix (of bytes, like RE2's own) it needs none.
    """
    import re2

    return re2.compile(rf"(?s:\C*?)({source})", _re2_options())


def occurring(side: Side, unit: Unit) -> int:
    """The word sets of which a word occurs in the unit, as bits."""
    if unit.occurring is None:
        found = 0
        for _, sets in side.words.iter(unit.text.lower()) if side.words else ():
            found |= sets
        unit.occurring = found
    return unit.occurring


def _met(need: Need, present: int) -> bool:
    for branch in need:  # noqa: SIM110 - the most frequent question of all: any() takes three times as long
        if branch & present == branch:
            return True
    return False


def search(side: Side, pattern: str, unit: Unit) -> tuple[int, int] | None:
    """The first place of one pattern in the unit, or None."""
    match = _search(side, pattern, unit)
    return _characters(unit, *match.span(1)) if match else None


def _search(side: Side, pattern: str, unit: Unit) -> Any:
    """RE2's match over the unit's bytes, if the words without which there is none occur. Many rules ask the same."""
    if not _met(side.needs.get(pattern, (0,)), occurring(side, unit)):
        return None
    if pattern not in unit.searched:
        unit.searched[pattern] = _regex(side.patterns[pattern].regex).match(unit.encoded)
    return unit.searched[pattern]


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
    present = occurring(side, unit)
    found = {way.number: way for way in side.always}
    for bit in _bits(present & side.awaited):
        for need, way in side.triggers[bit]:
            if need & present == need and all(_met(other, present) for other in way.besides):
                found[way.number] = way
    return [found[number] for number in sorted(found)]


def _try(side: Side, way: _Way, unit: Unit, document: Document, quantities: Mapping[int, Quantity]) -> Match | None:
    """Run the patterns of one alternative over the unit; None unless all of its demands are met."""
    rule, alternative = way.rule, way.alternative
    spans: list[tuple[int, int]] = []
    captures: dict[str, Capture] = {}
    for pattern in alternative.all:
        match = _search(side, pattern, unit)
        if not match:
            return None
        _take(match, side.patterns[pattern], unit, document, quantities, spans, captures)
    for pattern in alternative.any:
        match = _search(side, pattern, unit)
        if match:
            _take(match, side.patterns[pattern], unit, document, quantities, spans, captures)
            break
    else:
        if alternative.any:
            return None
    for pattern in (*alternative.unless, *rule.unless.get(unit.language)):
        if _search(side, pattern, unit):
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
    spans.append(_characters(unit, *match.span(1)))
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
