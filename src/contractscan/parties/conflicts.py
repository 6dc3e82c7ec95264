"""A party's name under the other party's label: 甲方：某公司 in the party block, 乙方：某公司 at the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.model import Bilingual, Document, Evidence, Inconsistency, Party
from contractscan.text import CJK, fold

_CJK_RE = re.compile(f"[{CJK}]")
_HEAD_RE = re.compile(r" ?(?:\([^()\n]{0,12}\))? ?:")


def label_conflicts(document: Document, parties: Sequence[Party]) -> list[Inconsistency]:
    """One inconsistency for each party whose name or alias stands beside another party's label.

    Evidence is every such line, after the first line that has it right. Only words that touch count (乙方：甲公司,
    甲公司（乙方）, Acme Ltd ("Agency")); labels left blank in a column say nothing.
    """
    folded = fold(document.text)
    found: list[Inconsistency] = []
    for party in parties:
        own = {_flat(word) for word in (party.label, *party.aliases)}
        others = {
            _flat(word): other.label
            for other in parties
            if other is not party
            for word in (other.label, *other.aliases)
            if _flat(word) not in own
        }
        words = [word for word in (party.name, *party.aliases) if word and len(word) > 2]
        if not others or not words:
            continue
        wrong, said = _beside(folded, words, others)
        if wrong:
            right, _ = _beside(folded, words, dict.fromkeys(own, party.label))
            found.append(_inconsistency(document, party, said, [*right[:1], *wrong]))
    return found


def _beside(folded: str, words: Sequence[str], labels: dict[str, str]) -> tuple[list[tuple[int, int]], str]:
    """The lines in which a word stands beside one of the labels, and the label of the first."""
    label = "|".join(_loose(word) for word in sorted(labels, key=lambda word: (-len(word), word)))
    name = "|".join(_loose(fold(word)) for word in sorted(words, key=lambda word: (-len(word), word)))
    pattern = re.compile(
        rf"(?<![A-Za-z{CJK}])(?P<before>{label}) ?(?:\([^()\n:]{{0,20}}\) ?)?[:(] ?[_ \"]{{0,40}}(?:{name})(?![A-Za-z])"
        rf"|(?:{name})[,\"]? ?\((?:以下(?:简称|称为?|统称)?:?|(?:hereinafter )?(?:the )?)?[\"「『]?(?:the )?"
        rf"(?P<after>{label})[\"」』]?[ ,)]"
    )
    lines: list[tuple[int, int]] = []
    said = ""
    for match in pattern.finditer(folded):
        before = folded[max(0, match.start() - 12) : match.start()]
        head = _HEAD_RE.match(folded, match.end())
        if match["before"] and (head or re.search(r"[方)A-Za-z] ?: *$", before)):
            continue  # 甲方：　乙方：某公司 are the heads of two columns
        said = said or labels[_flat(match["before"] or match["after"])]
        start = folded.rfind("\n", 0, match.start()) + 1
        end = folded.find("\n", match.end())
        start, end = max(start, match.start() - 60), min(len(folded) if end < 0 else end, match.end() + 60)
        lines.append((start, end))
    return lines, said


def _inconsistency(document: Document, party: Party, said: str, lines: list[tuple[int, int]]) -> Inconsistency:
    name = party.name or party.aliases[0]
    return Inconsistency(
        kind="parties",
        what=Bilingual(
            zh=f"“{name}”在合同中既是{party.label}又被写作{said}，双方称谓可能颠倒",
            en=f'"{name}" is {party.label} in one place and {said} in another: the labels may be swapped',
        ),
        evidence=tuple(
            Evidence(start=start, end=end, quote=document.text[start:end]) for start, end in dict.fromkeys(lines)
        ),
    )


def _flat(word: str) -> str:
    return re.sub(r"\s+", "" if _CJK_RE.search(word) else " ", fold(word)).strip()


def _loose(word: str) -> str:
    if len(word) == 2 and word.endswith("方"):
        return word[0] + r" ?方"
    return r"\s+".join(map(re.escape, word.split()))
