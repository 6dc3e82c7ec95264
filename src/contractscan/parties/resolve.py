"""Parties with their roles, and their mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.errors import UsageError
from contractscan.model import Clause, Document, Mention, Party, Role
from contractscan.parties import chinese, english
from contractscan.parties.locate import places
from contractscan.parties.roles import Verdict, counterparts, decide, names_of, weigh
from contractscan.parties.words import SPELLINGS, Side
from contractscan.text import fold


def resolve_parties(document: Document, clauses: Sequence[Clause], *, client: str | None = None) -> tuple[Party, ...]:
    """The parties to `document` in the order of their labels, with roles by evidence.

    Both sides are `unknown` when the evidence is missing or contradicts itself; `basis` then says so. Muted text,
    tables of contents and annexes are not weighed. `client` names the client by label, name or alias and settles
    the roles. Raises UsageError, with the labels that are known, when it is none of them.
    """
    folded = fold(document.text)
    found, language = _sides(folded, document.language)
    if client is not None:
        return _overridden(document, folded, found, client, language)
    if not found:
        return ()
    verdict = weigh(_blanked(folded, document, clauses), found, language=language)
    return _parties(document, folded, found, verdict, language)


def find_mentions(document: Document, parties: Sequence[Party]) -> list[Mention]:
    """Every mention of a party, sorted and not overlapping, longest expression first.

    An English article before a label belongs to the mention, a possessive 's does not. 双方, 任何一方 and either party
    are `both`, 对方 and the other party `other`, 第三方 and third party `third`. Linear in the length of the text.
    """
    names: dict[str, str] = {}
    for party in parties:
        words = [fold(word) for word in (party.label, party.name or "", *party.aliases) if word.strip()]
        for word in words + counterparts(words):
            word = " ".join(word.split())
            if len(word) > 1 or word in ("您", "你"):
                names[word] = party.role if names.get(word, party.role) == party.role else "unknown"
    folded = fold(document.text)
    mentions: list[Mention] = []
    for place in places(folded, names):
        of_us = _OF_US_RE.search(folded, max(0, place.start - _LONGEST_LEAD), place.end)
        mention = Mention(
            start=of_us.start() if of_us else place.start, end=place.end, role="both" if of_us else _ROLE[place.key]
        )
        if mentions and _are_a_pair(folded, mentions[-1], mention):
            mention = Mention(start=mentions.pop().start, end=mention.end, role="both")
        mentions.append(mention)
    return mentions


_PAIR_LEAD_RE = re.compile(r"\b(?:(?:each|either|both|neither) of|both|either|neither)\s+\Z", re.I)
_PAIR_LINK_RE = re.compile(r"\s+(?:and|or|nor)\s+", re.I)
_LONGEST_LEAD, _LONGEST_LINK = 16, 8
_OF_US_RE = re.compile(r"\b(?:either|neither|each|both|one|any)\s+of\s+us\Z", re.I)  # where we are one of the parties


def _are_a_pair(folded: str, first: Mention, second: Mention) -> bool:
    """Each of Client and Agency, either Client or Agency: together they are both parties, whichever comes last."""
    return (
        {first.role, second.role} == {"client", "provider"}
        and second.start - first.end <= _LONGEST_LINK
        and _PAIR_LINK_RE.fullmatch(folded, first.end, second.start) is not None
        and _PAIR_LEAD_RE.search(folded, max(0, first.start - _LONGEST_LEAD), first.start) is not None
    )


_ROLE: dict[str, Role] = {
    "client": "client",
    "provider": "provider",
    "both": "both",
    "third": "third",
    "other": "other",
    "unknown": "unknown",
}


def _sides(folded: str, language: str) -> tuple[list[Side], str]:
    """The sides, and the language in which they were found."""
    readers = [("zh", chinese.sides), ("en", english.sides)]
    if language == "en":
        readers.reverse()
    for name, read in readers:
        found = read(folded)
        if found:
            return found, name
    return [], "zh" if language != "en" else "en"


def _blanked(folded: str, document: Document, clauses: Sequence[Clause]) -> str:
    """The text without what is no agreed clause of this contract; length kept."""
    spans = [(muted.start, muted.end) for muted in document.muted]
    spans += [(clause.start, clause.end) for clause in clauses if clause.kind in ("toc", "annex")]
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        start, end = max(start, position), min(end, len(folded))
        if start < end:
            pieces += (folded[position:start], "\n" * (end - start))
            position = end
    return "".join([*pieces, folded[position:]])


def _parties(document: Document, folded: str, found: list[Side], verdict: Verdict, language: str) -> tuple[Party, ...]:
    decided = decide(verdict, found)
    parties: list[Party] = []
    for index, side in enumerate(found):
        role: Role = "unknown"
        if decided:
            role = "client" if index == decided[0] else "provider" if index == decided[1] else "third"
        evidence = ("；" if language == "zh" else "; ").join(verdict.reasons[index])
        if role == "unknown":
            lead = {
                "zh": "角色不明：依据不足或相互矛盾",
                "en": "role unclear: the evidence is missing or contradicts itself",
            }
            evidence = lead[language] + (("；" if language == "zh" else "; ") + evidence if evidence else "")
        elif role == "third" and not evidence:
            evidence = "既非付费方亦非服务方" if language == "zh" else "neither pays nor renders the service"
        parties.append(_party(document, folded, side, role, evidence))
    return tuple(parties)


def _party(document: Document, folded: str, side: Side, role: Role, basis: str) -> Party:
    return Party(
        role=role,
        label=_as_printed(document.text, folded, side.label),
        name=" ".join(document.text[side.name[0] : side.name[1]].split()) if side.name else None,
        aliases=tuple(_as_printed(document.text, folded, alias) for alias in side.aliases),
        basis=basis,
    )


def _as_printed(text: str, folded: str, word: str) -> str:
    """The contract's own spelling (受託方) of a folded word."""
    at = folded.find(word)
    return text[at : at + len(word)] if at >= 0 else word


def _squash(word: str) -> str:
    return re.sub(r"\s", "", fold(word)).casefold()


def _overridden(document: Document, folded: str, found: list[Side], client: str, language: str) -> tuple[Party, ...]:
    """Roles as the caller says: the party called `client` is the client, the other one the provider."""
    wanted = _squash(client)
    said = f"用户指定：{client}为客户" if language == "zh" else f"given by the user: {client} is the client"
    chosen: int | None = None
    for index, side in enumerate(found):
        words = [side.label, *side.aliases, *side.notes]
        words += [spelling for word in words for spelling in SPELLINGS.get(word, ())] + counterparts(words)
        words += [folded[slice(*side.name)]] if side.name else []
        if wanted in {_squash(word) for word in words} and chosen is None:
            chosen = index
    if chosen is None and not found and wanted and wanted in _squash(document.text):
        return (Party(role="client", label=client, basis=said),)
    if chosen is None:
        known = "、".join(side.label for side in found) or ("无" if language == "zh" else "none")
        raise UsageError(f"no party is called {client!r}; known parties: {known}")
    verdict = weigh(folded, found, language=language)
    others = sorted((i for i in range(len(found)) if i != chosen), key=lambda i: verdict.scores[i])
    return tuple(
        _party(
            document,
            folded,
            side,
            "client" if i == chosen else "provider" if i == others[0] else "third",
            said,
        )
        for i, side in enumerate(found)
    )


__all__ = ["find_mentions", "names_of", "resolve_parties"]
