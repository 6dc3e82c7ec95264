"""The text that patterns run over: sentences with their lead-ins, parties and quantities as marks, layout gone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contractscan.model import Clause, Document, Language, Mention, Quantity, Sentence, Span
from contractscan.text import KIND_MARK, ROLE_MARK, fold, mask

_CJK = re.compile(r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LAYOUT = re.compile(r"[\s_]+")
_NEITHER = re.compile(r"neither\s+", re.I)
_LATIN_GAP = re.compile(r"[A-Za-z0-9,.;:][\s_]+[A-Za-z0-9]")  # where Chinese text keeps a space


class Unit(NamedTuple):
    """What one match runs over: the text in matching form and the way back to `Document.text`."""

    text: str
    starts: tuple[int, ...]  # offset in `text` of each run of kept characters …
    sources: tuple[int, ...]  # … and where that run stands in the document
    language: Language
    clause: Clause
    sentence: Sentence
    own: int  # offset in `text` where the sentence itself begins, after its lead-ins
    encoded: bytes  # `text` in UTF-8, as RE2 reads it
    lowered: str

    def position(self, offset: int) -> int:
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.position(start), self.position(end - 1) + 1


def matching_text(document: Document, mentions: Sequence[Mention], quantities: Sequence[Quantity]) -> str:
    """`Document.text` folded, with parties and quantities overwritten by marks and muted text by blanks.

    Of "neither party" only the party is overwritten: else what neither may do would read as what both may.
    """
    text = fold(document.text)
    muted = [(item.start, item.end, " ") for item in document.muted]
    muted += [(block.start, block.end, " ") for block in document.blocks if block.kind == "furniture"]
    marks = []
    for m in mentions:
        neither = _NEITHER.match(text, m.start, m.end)
        marks.append((neither.end() if neither else m.start, m.end, ROLE_MARK[m.role]))
    marks += [(q.start, q.end, KIND_MARK[q.kind]) for q in quantities]
    return mask(mask(text, marks), muted)


def units(clause: Clause, masked: str, text: str, language: Language | None) -> Iterator[Unit]:
    """One unit per sentence of the clause, each with the lead-ins that govern it."""
    for sentence in clause.sentences:
        unit = make_unit((*sentence.lead, sentence), masked, text, clause, sentence, language)
        if unit:
            yield unit


def clause_unit(clause: Clause, masked: str, text: str, language: Language | None) -> Unit | None:
    """The sentences of a clause as one text, for rules whose unit is the clause."""
    if not clause.sentences:
        return None
    whole = Sentence(start=clause.sentences[0].start, end=clause.sentences[-1].end)
    unit = make_unit(clause.sentences, masked, text, clause, whole, language)
    return unit._replace(own=0) if unit else None


def make_unit(
    spans: Sequence[Span | Sentence],
    masked: str,
    text: str,
    clause: Clause,
    sentence: Sentence,
    language: Language | None,
) -> Unit | None:
    chosen: Language = language or ("zh" if any(_CJK.search(text, s.start, s.end) for s in spans) else "en")
    kept: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = own = 0

    def keep(piece: str, source: int) -> None:
        nonlocal length
        if piece:
            kept.append(piece)
            starts.append(length)
            sources.append(source)
            length += len(piece)

    for span in spans:
        own = length
        position = span.start
        for gap in _LAYOUT.finditer(masked, span.start, span.end):
            keep(masked[position : gap.start()], position)
            position = gap.end()
            inner = gap.start() > span.start and gap.end() < span.end
            if inner and (chosen == "en" or _LATIN_GAP.match(masked, gap.start() - 1)):
                keep(" ", gap.start())
        keep(masked[position : span.end], position)
        if chosen == "en":
            keep(" ", max(span.end - 1, span.start))
    if not length:
        return None
    joined = "".join(kept)
    return Unit(joined, tuple(starts), tuple(sources), chosen, clause, sentence, own, joined.encode(), joined.lower())
