"""Which plain words a pattern cannot match without: cheap to look for, and enough to skip most patterns.

`required(regex)` returns sets of words; every match contains at least one word of each set. Counted gaps make an
automaton over many patterns explode, plain words do not: so one set of words is searched for all patterns at once, and
a pattern is run only where its words occur. The method is that of RE2's own prefilter (`re2/prefilter.cc`), kept to
what rule patterns use; what it does not know it treats as matching anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

STAND_IN = 0xF0000  # the first of the private-use characters that stand for an inserted expression
# Plain characters, the last of which is not repeated.
_LITERAL = re.compile("[^\\\\()\\[\\].*+?{}|^$\U000f0000-\U0010ffff]+(?![*+?{])")
_MOST_WORDS = 160  # words in one set; beyond, the set tells too little for its cost
_MOST_EXACT = 64
_MOST_CLASS = 24  # characters of a class that are spelled out
Words = frozenset[str]
_EMPTY: Words = frozenset({""})


class _Need(NamedTuple):
    """`exact`: the node matches exactly these words. Otherwise `sets` must each be met."""

    exact: Words | None
    sets: tuple[Words, ...] = ()


_ANYTHING = _Need(None)


def required(regex: str, inserted: Mapping[str, str] = {}, most: int = 3) -> tuple[Words, ...]:
    """The most telling word sets of `regex`, lower case, at most `most`; empty when nothing is known.

    `inserted` are expressions for which characters from STAND_IN on stand: many patterns insert the same vocabulary.
    """
    need, _ = _alternation(regex, 0, {character: _need(body) for character, body in inserted.items()})
    sets = dict.fromkeys(_as_sets(need))
    return tuple(sorted(sets, key=lambda words: (-min(map(len, words)), len(words), sorted(words)))[:most])


@cache
def _need(regex: str) -> _Need:
    return _alternation(regex, 0, {})[0]


def _as_sets(need: _Need) -> tuple[Words, ...]:
    if need.exact is None:
        return need.sets
    return (need.exact,) if "" not in need.exact and len(need.exact) <= _MOST_WORDS else ()


def _alternation(regex: str, at: int, known: Mapping[str, _Need]) -> tuple[_Need, int]:
    branches = []
    while True:
        branch, at = _sequence(regex, at, known)
        branches.append(branch)
        if at >= len(regex) or regex[at] != "|":
            return _either(branches), at
        at += 1


def _either(branches: list[_Need]) -> _Need:
    if len(branches) == 1:
        return branches[0]
    if all(branch.exact is not None for branch in branches):
        words = frozenset().union(*(branch.exact or () for branch in branches))
        if len(words) <= _MOST_WORDS:
            return _Need(words)
    chosen: set[str] = set()
    for branch in branches:
        sets = _as_sets(branch)
        if not sets:
            return _ANYTHING
        chosen |= max(sets, key=lambda words: (min(map(len, words)), -len(words)))
    return _Need(None, (frozenset(chosen),) if len(chosen) <= _MOST_WORDS else ())


def _sequence(regex: str, at: int, known: Mapping[str, _Need]) -> tuple[_Need, int]:
    parts: list[_Need] = []
    while at < len(regex) and regex[at] not in "|)":
        literal = _LITERAL.match(regex, at)
        if literal:
            parts.append(_Need(frozenset({literal[0].lower()})))
            at = literal.end()
            continue
        part, at = _atom(regex, at, known)
        part, at = _repeat(part, regex, at)
        parts.append(part)
    return _joined(parts), at


def _joined(parts: Iterable[_Need]) -> _Need:
    """Neighbouring words grow together; anything else ends a word and begins the next."""
    sets: list[Words] = []
    current, whole = _EMPTY, True

    def flush() -> None:
        sets.extend(_as_sets(_Need(current)))

    for part in parts:
        if part.exact is None:
            flush()
            sets += part.sets
            current, whole = _EMPTY, False
        elif len(current) * len(part.exact) <= _MOST_EXACT:
            current = frozenset(a + b for a, b in product(current, part.exact))
        else:
            flush()
            current, whole = part.exact, False
    if whole:
        return _Need(current)
    flush()
    return _Need(None, tuple(sets))


def _repeat(part: _Need, regex: str, at: int) -> tuple[_Need, int]:
    if at >= len(regex):
        return part, at
    sign = regex[at]
    if sign in "*+?":
        at += 1
    elif sign == "{" and (end := regex.find("}", at)) > 0 and regex[at + 1 : end].replace(",", "").isdigit():
        sign = "*" if regex[at + 1 : end].split(",")[0] in ("0", "") else "+"
        at = end + 1
    else:
        return part, at
    if at < len(regex) and regex[at] == "?":  # lazy: the words are the same
        at += 1
    if sign == "?" and part.exact is not None:
        return _Need(part.exact | _EMPTY), at
    return (_Need(None, _as_sets(part)) if sign == "+" else _ANYTHING), at


def _atom(regex: str, at: int, known: Mapping[str, _Need]) -> tuple[_Need, int]:
    character = regex[at]
    if character in known:
        return known[character], at + 1
    if character == "(":
        start = at + 1
        if regex.startswith("(?P<", at):
            start = regex.index(">", at) + 1
        elif regex.startswith("(?:", at):
            start = at + 3
        elif regex.startswith("(?", at):  # flags
            return _ANYTHING, regex.index(")", at) + 1
        need, end = _alternation(regex, start, known)
        return need, end + 1
    if character == "[":
        return _class(regex, at)
    if character == "\\":
        escaped = regex[at + 1]
        if escaped in "bBAz":
            return _Need(_EMPTY), at + 2
        return (_ANYTHING if escaped.isalnum() else _Need(frozenset({escaped}))), at + 2
    if character == ".":
        return _ANYTHING, at + 1
    if character in "^$":
        return _Need(_EMPTY), at + 1
    return _Need(frozenset({character.lower()})), at + 1


def _class(regex: str, at: int) -> tuple[_Need, int]:
    end = at + 1
    if regex[end : end + 1] == "^":
        end += 1
    if regex[end : end + 1] == "]":
        end += 1
    while regex[end] != "]":
        end += 2 if regex[end] == "\\" else 1
    body = regex[at + 1 : end]
    if body.startswith("^") or "\\" in body or "[:" in body:
        return _ANYTHING, end + 1
    characters: set[str] = set()
    i = 0
    while i < len(body):
        if body[i + 1 : i + 2] == "-" and i + 2 < len(body):
            characters |= {chr(code) for code in range(ord(body[i]), ord(body[i + 2]) + 1)}
            i += 3
        else:
            characters.add(body[i])
            i += 1
    if len(characters) > _MOST_CLASS:
        return _ANYTHING, end + 1
    return _Need(frozenset(character.lower() for character in characters)), end + 1
