"""Which plain words a pattern cannot match without: cheap to look for, and enough to skip most patterns.

`required(regex)` returns branches of word sets; every match contains, for one of the branches, a word of each of its
sets. Counted gaps make an automaton over many patterns explode, plain words do not: so the words of all patterns
are searched in one pass, and a pattern is run only where its words occur. The method is that of RE2's own prefilter
(`re2/prefilter.cc`), kept to what rule patterns use; what it does not know it treats as matching anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

STAND_IN = 0xF0000  # the first of the private-use characters that stand for an inserted expression
# Plain characters, the last of which is not repeated.
_LITERAL = re.compile("[^\\\\()\\[\\].*+?{}|^$\U000f0000-\U0010ffff]+(?![*+?{])")
_MOST_WORDS = 160  # words in one set; beyond, the set tells too little for its cost
_MOST_BRANCHES = 12
_MOST_EXACT = 64
_MOST_CLASS = 24  # characters of a class that are spelled out
Words = frozenset[str]
Branch = tuple[Words, ...]
_EMPTY: Words = frozenset({""})


class _Need(NamedTuple):
    """`exact`: the node matches exactly these words. Otherwise each set of one of the `branches` must be met."""

    exact: Words | None
    branches: tuple[Branch, ...] = ()


_ANYTHING = _Need(None, ((),))


def required(regex: str, inserted: Mapping[str, str] = {}) -> tuple[Branch, ...]:
    """The branches of `regex`, each with its word sets, lower case, the most telling one first.

    Where nothing is known there is one branch without sets. `inserted` are expressions for which characters from
    STAND_IN on stand: many patterns insert the same vocabulary.
    """
    need, _ = _alternation(regex, 0, {character: _need(body) for character, body in inserted.items()})
    told = [_worthwhile(branch) for branch in _branches(need)]
    return tuple(dict.fromkeys(told)) if all(told) else ((),)


@cache
def _need(regex: str) -> _Need:
    return _alternation(regex, 0, {})[0]


def _telling(words: Words) -> tuple[int, int, list[str]]:
    """Sorts first what occurs most rarely."""
    return -min(map(len, words)), len(words), sorted(words)


def _worthwhile(branch: Branch) -> Branch:
    """Without sets that are met whenever another one is, and those that are met nearly everywhere."""
    sets = sorted({words for words in branch if not any(other < words for other in branch)}, key=_telling)
    return tuple(words for i, words in enumerate(sets) if i < 2 or min(len(word.encode()) for word in words) > 2)


def _branches(need: _Need) -> tuple[Branch, ...]:
    if need.exact is None:
        return need.branches
    return ((need.exact,),) if "" not in need.exact and len(need.exact) <= _MOST_WORDS else ((),)


def _as_one(branches: Sequence[Branch]) -> tuple[Branch, ...]:
    """What is common to the branches: a word of the most telling set of any of them."""
    if not all(branches):
        return ((),)
    words = frozenset().union(*(min(branch, key=_telling) for branch in branches))
    return ((words,),) if len(words) <= _MOST_WORDS else ((),)


def _alternation(regex: str, at: int, known: Mapping[str, _Need]) -> tuple[_Need, int]:
    branches = []
    while True:
        branch, at = _sequence(regex, at, known)
        branches.append(branch)
        if at >= len(regex) or regex[at] != "|":
            return _either(branches), at
        at += 1


def _either(needs: list[_Need]) -> _Need:
    if len(needs) == 1:
        return needs[0]
    plain = [need.exact for need in needs if need.exact is not None]
    words = frozenset().union(*plain)
    if len(plain) == len(needs) and len(words) <= _MOST_WORDS:
        return _Need(words)
    branches = [branch for need in needs if need.exact is None for branch in need.branches]
    branches += _branches(_Need(words)) if plain else ()
    if not all(branches):
        return _ANYTHING
    return _Need(None, tuple(branches) if len(branches) <= _MOST_BRANCHES else _as_one(branches))


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
    found: tuple[Branch, ...] = ((),)
    current, whole = _EMPTY, True

    def add(branches: tuple[Branch, ...]) -> None:
        nonlocal found
        if branches == ((),):
            return
        if len(found) * len(branches) > _MOST_BRANCHES:
            branches = _as_one(branches)
        found = tuple(one + other for one, other in product(found, branches))

    for part in parts:
        if part.exact is None:
            if current is not _EMPTY:
                add(_branches(_Need(current)))
            add(part.branches)
            current, whole = _EMPTY, False
        elif current is _EMPTY:
            current = part.exact
        elif len(current) * len(part.exact) <= _MOST_EXACT:
            current = frozenset(a + b for a, b in product(current, part.exact))
        else:
            add(_branches(_Need(current)))
            current, whole = part.exact, False
    if whole:
        return _Need(current)
    add(_branches(_Need(current)))
    return _Need(None, found)


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
    return (_Need(None, _branches(part)) if sign == "+" else _ANYTHING), at


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
