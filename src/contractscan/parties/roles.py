"""Which party is the client: evidence from the contract's own words, weighed.

Each sign counts at most three times for the same pair of parties, and the label's own meaning counts once. Nothing is
read into 甲方, Party A or Company. Only the first 120,000 characters are weighed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from contractscan.parties.locate import places
from contractscan.parties.signs import CHINESE_SIGNS, ENGLISH_SIGNS, FILL, PASSED_ON_RE, Sign
from contractscan.parties.words import LATIN_LETTERS, LETTERS, Side, meaning
from contractscan.text import CJK, mask

_LIMIT = 120_000
_FIRST = 0xE020  # the mark of party n is chr(_FIRST + n)
_GENERAL = "\ue02e"
_MARGIN, _SHARE = 2.0, 0.15


class Verdict(NamedTuple):
    """The score of each party (positive: client), and the words of its evidence, strongest first."""

    scores: tuple[float, ...]
    reasons: tuple[tuple[str, ...], ...]


def names_of(found: Sequence[Side], folded: str) -> dict[str, str]:
    """Every folded word that stands for a party, with the party's index as key; a word of two parties is nobody's."""
    names: dict[str, str] = {}
    shared: set[str] = set()
    for index, side in enumerate(found):
        words = [side.label, *side.aliases]
        if side.name:
            words.append(" ".join(folded[side.name[0] : side.name[1]].split()))
        for word in words + counterparts(words):
            if names.setdefault(word, str(index)) != str(index):
                shared.add(word)
    return {word: key for word, key in names.items() if word not in shared}


def counterparts(words: Sequence[str]) -> list[str]:
    """甲方 for Party A and the other way round: bilingual contracts use both."""
    other: list[str] = []
    for word in words:
        if len(word) == 2 and word[0] in LETTERS and word[1] == "方":
            other.append(f"Party {LATIN_LETTERS[LETTERS.index(word[0])]}")
        elif re.fullmatch(rf"Party [{LATIN_LETTERS}]", word):
            other.append(LETTERS[LATIN_LETTERS.index(word[-1])] + "方")
    return other


def weigh(folded: str, found: Sequence[Side], *, language: str) -> Verdict:
    """Weigh the evidence for each side of `folded`."""
    text = _marked(folded[:_LIMIT], names_of(found, folded))
    signs = CHINESE_SIGNS if language == "zh" else ENGLISH_SIGNS
    scores = [0.0] * len(found)
    reasons: list[Counter[str]] = [Counter() for _ in found]
    passed_on = len(PASSED_ON_RE.findall(text)) >= 3
    for sign in signs:
        weight = sign.weight / 2 if passed_on and sign.zh == "付费" else sign.weight
        counts: defaultdict[tuple[int, int], int] = defaultdict(int)
        for match in sign.pattern.finditer(text):
            groups = match.groupdict()
            client = _party(groups.get("c"))
            provider = _party(groups.get("p"))
            if client == provider or max(client, provider) >= len(found):
                continue
            counts[client, provider] += 1
            if counts[client, provider] > 3:
                continue
            for party, value in ((client, weight), (provider, -weight)):
                if party >= 0:
                    scores[party] += value
                    reasons[party][_words(sign, found, client, provider, language)] += 1
    for index, side in enumerate(found):
        for word in dict.fromkeys([side.label, *side.notes, *side.aliases, _name(folded, side)]):
            known = meaning(word) if word else None
            if known and known.kind != "third":
                scores[index] += known.weight if known.kind == "client" else -known.weight
                reasons[index][f"“{word}”" if language == "zh" else f'"{word}"'] += 1
                break
    return Verdict(
        tuple(scores),
        tuple(tuple(f"{words}×{n}" if n > 1 else words for words, n in reason.most_common(4)) for reason in reasons),
    )


def _name(folded: str, side: Side) -> str:
    name = folded[slice(*side.name)] if side.name else ""
    return name if len(name) <= 4 else ""  # 乙方：用户 names a role, 某某服务有限公司 does not


def _party(mark: str | None) -> int:
    return ord(mark) - _FIRST if mark else -1


def _words(sign: Sign, found: Sequence[Side], client: int, provider: int, language: str) -> str:
    passive = sign.pattern.groupindex.get("p", 9) < sign.pattern.groupindex.get("c", 9)
    order = [p for p in ((provider, client) if passive else (client, provider)) if p >= 0]
    labels = [found[p].label for p in order]
    if language == "zh":
        return f"{sign.zh}（{'→'.join(labels)}）"
    return " ".join([labels[0], sign.en, *labels[1:]])


_WRAP_RE = re.compile(rf"(?<=[^\n]{{24}}[^\n。;:!?])\n(?=[{CJK}\ue020-\ue02f])")


def _marked(text: str, names: dict[str, str]) -> str:
    found = places(text, names)
    characters = list(mask(text, ((p.start, p.end, FILL if p.key.isdigit() else _GENERAL) for p in found)))
    for place in found:
        if place.key.isdigit():
            characters[place.start] = chr(_FIRST + int(place.key))
    # A line that was wrapped by a PDF is one line.
    return _WRAP_RE.sub(" ", "".join(characters))


def decide(verdict: Verdict, found: Sequence[Side]) -> tuple[int, int] | None:
    """The indexes of the client and of the provider, or None when the evidence does not tell."""
    third = {i for i, side in enumerate(found) if _is_third(side)}
    order = sorted((i for i in range(len(found)) if i not in third), key=lambda i: -verdict.scores[i])
    if len(order) < 2:
        return None
    client, provider = order[0], order[-1]
    difference = verdict.scores[client] - verdict.scores[provider]
    total = abs(verdict.scores[client]) + abs(verdict.scores[provider])
    return (client, provider) if difference >= _MARGIN and difference >= _SHARE * total else None


def _is_third(side: Side) -> bool:
    return any(
        (known := meaning(word)) is not None and known.kind == "third"
        for word in (side.label, *side.notes, *side.aliases)
    )
