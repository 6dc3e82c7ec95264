"""Rule patterns → RE2. A pattern is regular text with vocabulary and gaps:

`${name}` inserts a vocabulary entry, `${name:capture}` captures it, `…` is a gap inside the sentence, `~` a short one
that crosses neither a comma nor a party. A party or a quantity is one run of mark characters (see `text`), so
`${client}`, `${party:holder}`, `${duration:period}` hold for every label and wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from contractscan.model import Language
from contractscan.ruleset.prefilter import STAND_IN, required
from contractscan.text import KIND_MARK, ROLE_MARK, fold

_PARTY_MARKS = "".join(ROLE_MARK[role] for role in ("client", "provider", "both", "other", "unknown"))
BUILT_IN = {
    "client": f"{ROLE_MARK['client']}+",
    "provider": f"{ROLE_MARK['provider']}+",
    "both": f"{ROLE_MARK['both']}+",
    "third": f"{ROLE_MARK['third']}+",
    "other": f"{ROLE_MARK['other']}+",
    "party": f"[{_PARTY_MARKS}]+",
    **{kind: f"{mark}+" for kind, mark in KIND_MARK.items()},
}
CAPTURE_KIND = {name: (name if name in KIND_MARK else "party") for name in BUILT_IN}

GAP: dict[Language, str] = {"zh": ".{0,60}?", "en": ".{0,150}?"}
NEAR: dict[Language, str] = {"zh": f"[^,;:。{_PARTY_MARKS}]{{0,24}}?", "en": f"[^,;:.{_PARTY_MARKS}]{{0,60}}?"}
_INSERT = re.compile(r"\$\{([a-z][a-z0-9-]*)(?::([a-z][a-z0-9_]*))?\}")
# Full-width punctuation in a pattern is meant literally; folded it would turn into an operator.
_FULL_WIDTH = str.maketrans({wide: "\\" + chr(ord(wide) - 0xFEE0) for wide in "（）？＋＊．［］｛｝｜＾＄"})
_UNBOUNDED = re.compile(r"(?<!\\)(?:\.|\[\^[^\]]*\])[*+]")
_LATIN_ONLY = re.compile(r"\\[bBwW]")


class Compiled(NamedTuple):
    """A pattern ready for RE2: the expression, the words it needs (see `prefilter`), the kind of each capture."""

    regex: str
    words: tuple[tuple[tuple[str, ...], ...], ...]
    captures: tuple[tuple[str, str], ...]


class PatternError(ValueError):
    """Why a pattern cannot be used, in one line."""


def expand_vocabulary(entries: Mapping[str, str], language: Language) -> dict[str, str]:
    """Insert entries into each other. Raises PatternError on an unknown name, a loop or a pattern that is refused."""
    done: dict[str, str] = {}

    def expand(name: str, trail: tuple[str, ...]) -> str:
        if name in trail:
            raise PatternError(f"vocabulary entry {name!r} contains itself: {' → '.join((*trail, name))}")
        if name in BUILT_IN:
            return BUILT_IN[name]
        if name not in done:
            if name not in entries:
                raise PatternError(f"unknown vocabulary entry ${{{name}}}")
            source = _gaps(_prepare(entries[name], language), language)
            done[name] = _INSERT.sub(lambda m: f"(?:{expand(m[1], (*trail, name))})", source)
        return done[name]

    for name in entries:
        if name in BUILT_IN:
            raise PatternError(f"vocabulary entry {name!r} is built in")
        expand(name, ())
    return done


def compile_pattern(source: str, vocabulary: Mapping[str, str], language: Language) -> Compiled:
    """Compile `source` with an expanded `vocabulary`. Raises PatternError with the reason."""
    captures: dict[str, str] = {}
    inserted: dict[str, str] = {}  # a character that stands for an entry → the entry, whose words are known already

    def insert(match: re.Match[str]) -> str:
        name, capture = match[1], match[2]
        body = BUILT_IN.get(name) or vocabulary.get(name)
        if body is None:
            raise PatternError(f"unknown vocabulary entry ${{{name}}}")
        inserted[chr(STAND_IN + len(inserted))] = body
        if capture is None:
            return f"(?:{body})"
        if capture in captures:
            raise PatternError(f"capture {capture!r} stands twice in one pattern")
        captures[capture] = CAPTURE_KIND.get(name, "text")
        return f"(?P<{capture}>{body})"

    prepared = _gaps(_prepare(source, language), language)
    regex = _INSERT.sub(insert, prepared)
    if not regex:
        raise PatternError("the pattern is empty")
    stand_ins = iter(inserted)
    try:
        branches = required(_INSERT.sub(lambda _: next(stand_ins), prepared), inserted)
    except (IndexError, ValueError, RecursionError):
        raise PatternError("a bracket is not closed, or brackets are nested too deeply") from None
    words = tuple(tuple(tuple(sorted(words)) for words in branch) for branch in branches)
    return Compiled(regex, words, tuple(captures.items()))


def _prepare(source: str, language: Language) -> str:
    source = fold(source.translate(_FULL_WIDTH))
    if _UNBOUNDED.search(source):
        raise PatternError("unbounded gap: write … (inside the sentence) or ~ (inside the phrase)")
    if language == "zh" and _LATIN_ONLY.search(source):
        raise PatternError(r"\b and \w know no Chinese: leave them out of zh patterns")
    return source


def _gaps(piece: str, language: Language) -> str:
    """Replace both kinds of gap."""
    piece = re.sub(r"(?<!\\)~", lambda _: NEAR[language], piece).replace("\\~", "~")
    return piece.replace("…", GAP[language])
