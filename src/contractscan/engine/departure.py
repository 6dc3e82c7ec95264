"""How far a clause is from the house standard of its rule: word by word, never by what it means.

Parties are compared by their role, whatever the contract calls them; punctuation, case, script and layout do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from contractscan.model import Departure, Document, Evidence, Language, Mention, Role
from contractscan.ruleset import Standard
from contractscan.text import fold, is_cjk

# A figure in Chinese numerals is one word, as it is in digits.
_WORD = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两]+|[A-Za-z]+(?:['-][A-Za-z]+)*|\d[\d,.]*%?|[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]"
)
# In a standard, as in examples, these are the parties.
_PARTY: dict[Role, re.Pattern[str]] = {
    "client": re.compile(r"\$\{client\}|甲方|委托方|\b(?:the )?Client\b"),
    "provider": re.compile(r"\$\{provider\}|乙方|受托方|服务商|\b(?:the )?(?:Agency|Provider)\b"),
}
Words = list[tuple[str, str]]  # (what is compared, what is shown)


def depart(
    standard: Standard,
    language: Language,
    evidence: Sequence[Evidence],
    document: Document,
    mentions: Sequence[Mention],
    labels: Mapping[str, str],
) -> Departure | None:
    """Compare the quoted clause with the standard in its language; None when the house has none in that language."""
    wording = standard.get(language)
    if wording is None:
        return None
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    wanted = list(_words(wording, [*_parties(wording)], labels))
    found: Words = []
    for item in evidence:
        inside = [
            (mention.start - item.start, mention.end - item.start, mention.role)
            for mention in mentions[bisect_left(mentions, item.start, key=lambda m: m.start) :]
            if mention.end <= item.end
        ]
        found += _words(item.quote, inside, labels)
    ours, theirs = [word for word, _ in wanted], [word for word, _ in found]
    steps = [step for step in Indel.opcodes(ours, theirs) if step.tag != "equal"]
    missing = [wanted[step.src_start : step.src_end] for step in steps]
    extra = [found[step.dest_start : step.dest_end] for step in steps]
    return Departure(
        score=round(fuzz.ratio(ours, theirs)),
        missing=tuple(_joined(words) for words in missing if words),
        extra=tuple(_joined(words) for words in extra if words),
    )


def _parties(wording: str) -> Iterator[tuple[int, int, Role]]:
    found = [(match.start(), match.end(), role) for role, names in _PARTY.items() for match in names.finditer(wording)]
    yield from sorted(found)


def _words(text: str, parties: Sequence[tuple[int, int, Role]], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    folded = fold(text)
    at = 0
    for start, end, role in [*parties, (len(text), len(text), "unknown")]:
        for match in _WORD.finditer(folded, at, max(at, start)):
            yield match[0].lower(), text[match.start() : match.end()]
        if start >= at and end > start:
            yield f"\0{role}", labels.get(role, text[start:end])
        at = max(at, end)


def _joined(words: Words) -> str:
    """Words as they are read: Chinese without spaces."""
    text = ""
    for _, shown in words:
        space = text and not (is_cjk(text[-1]) or is_cjk(shown[0]))
        text += f" {shown}" if space else shown
    return text
