"""spaCy Matcher patterns in rules: checked without spaCy, and their `${name}` put into marks.

Only attributes that a blank pipeline knows are allowed: there is no model, so nothing has a lemma or a part of speech.
REGEX is refused, for spaCy runs it by backtracking, and repetitions are few, for its Matcher keeps a state for every
way to place them: a rule from anybody must be safe to run.
"""

from __future__ import annotations

import re
from typing import Any

from contractscan.text import KIND_MARK, ROLE_MARK

_TEXTS = {"ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "PREFIX", "SUFFIX"}
_FLAGS = {
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP",
    "IS_QUOTE", "IS_BRACKET", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY", "IS_SENT_START", "LIKE_NUM", "SPACY",
}  # fmt: skip
_TESTS = {"IN", "NOT_IN"}
_REPEATS = {"!", "?", "+", "*"}
_COUNT = re.compile(r"\{(\d{1,2})\}|\{(?P<least>\d{0,2}),(?P<most>\d{1,2})\}")
_MOST_OPTIONAL = 6
_NAMED = re.compile(r"\$\{([a-z]+)\}")
_MARKS: dict[str, str] = {**{str(role): mark for role, mark in ROLE_MARK.items()}, **KIND_MARK}


def token_problem(pattern: tuple[dict[str, Any], ...]) -> str | None:
    """Why spaCy could not use the token pattern, or should not, in one line; None when it is sound."""
    if not pattern:
        return "a token pattern needs at least one token"
    for number, token in enumerate(pattern, 1):
        for key, value in token.items():
            problem = _problem(key, value)
            if problem:
                return f"token {number}: {problem}"
    ways = [str(token.get("OP", "")) for token in pattern]
    optional = sum(_spread(op) for op in ways)
    if optional > _MOST_OPTIONAL or sum(_is_open(op) for op in ways) > 1:
        return f"too many ways to match: one open repetition (* or +) and {_MOST_OPTIONAL} optional tokens at most"
    return None


def _is_open(op: str) -> bool:
    return op in ("*", "+")


def _spread(op: str) -> int:
    """How many tokens may or may not be there: each doubles the states of spaCy's Matcher."""
    if op == "?":
        return 1
    match = _COUNT.fullmatch(op)
    return int(match["most"]) - int(match["least"] or 0) if match and match["most"] else 0


def _problem(key: str, value: Any) -> str | None:
    if key == "OP":
        sound = value in _REPEATS or (isinstance(value, str) and _COUNT.fullmatch(value))
        return None if sound else f"OP {value!r}: write one of ! ? + * {{n}} {{n,m}}"
    if key in _FLAGS:
        return None if isinstance(value, bool) else f"{key} is true or false"
    if key == "LENGTH":
        return None if isinstance(value, int) else "LENGTH is a number"
    if key not in _TEXTS:
        return f"{key}: not known without a model; use {', '.join(sorted(_TEXTS))} or a flag such as IS_DIGIT"
    if isinstance(value, str):
        name = _NAMED.fullmatch(value)
        return f"unknown mark {value}" if name and name[1] not in _MARKS else None
    if isinstance(value, dict) and value and value.keys() <= _TESTS:
        words = [word for listed in value.values() for word in (listed if isinstance(listed, list) else [None])]
        sound = all(isinstance(word, str) for word in words)  # an unquoted no is false
        return None if sound else f"{key}: IN and NOT_IN take lists of words, 'no', 'yes', 'on' and 'off' in quotes"
    return f"{key}: takes a word, IN or NOT_IN"


def marked(token: dict[str, Any]) -> dict[str, Any]:
    """The token for spaCy: `${client}` is a run of that party's marks."""

    def mark(value: Any) -> Any:
        name = _NAMED.fullmatch(value) if isinstance(value, str) else None
        return {"REGEX": f"^{_MARKS[name[1]]}+$"} if name else value

    return {key: mark(value) for key, value in token.items()}
