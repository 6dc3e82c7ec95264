"""The text that patterns run over: sentences with their lead-ins, parties and quantities as marks, layout gone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from contractscan.model import Clause, Document, Language, Mention, Quantity, Role, Sentence, Span
from contractscan.text import KIND_MARK, MARK_ROLE, ROLE_MARK, fold, mask

_CJK = re.compile(r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LAYOUT = re.compile(r"[\s_]+")
_NEITHER = re.compile(r"neither\s+", re.I)
_LATIN_GAP = re.compile(r"[A-Za-z0-9,.;:][\s_]+[A-Za-z0-9]")  # where Chinese text keeps a space


class Unit:
    """What one match runs over: the text in matching form and the way back to `Document.text`.

    The way back is worked out when a match asks for it: most sentences have none.
    """

    def __init__(
        self,
        spans: Sequence[Span | Sentence],
        masked: str,
        language: Language,
        clause: Clause,
        sentence: Sentence,
    ) -> None:
        self.language = language
        self.clause = clause
        self.sentence = sentence
        self.before = ""  # the sentence in front when a semicolon parts them: 一方违约的，应赔偿；对方有权解除
        self.headed: Role | None = None  # whose rights and duties the headings announce
        self.occurring: int | None = None  # for the matcher to note which words it found …
        self.searched: dict[str, Any] = {}  # … and what each pattern that it tried
        self._spans = spans
        self._masked = masked
        texts = [self._text(span) for span in spans]
        self.text = "".join(texts)
        self.own = len(self.text) - len(texts[-1])  # where the sentence itself begins, after its lead-ins

    @cached_property
    def encoded(self) -> bytes:
        """`text` in UTF-8, as RE2 reads it."""
        return self.text.encode()

    def position(self, offset: int) -> int:
        starts, sources = self._runs
        run = bisect_right(starts, offset) - 1
        return sources[run] + offset - starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.position(start), self.position(end - 1) + 1

    def _text(self, span: Span | Sentence) -> str:
        if self.language == "en":  # the same as the pieces below, four times as fast
            return " ".join(self._masked[span.start : span.end].replace("_", " ").split()) + " "
        return "".join(piece for piece, _ in self._pieces(span))

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """Offset in `text` of each run of kept characters, and where that run stands in the document."""
        starts: list[int] = []
        sources: list[int] = []
        length = 0
        for piece, source in (run for span in self._spans for run in self._pieces(span)):
            starts.append(length)
            sources.append(source)
            length += len(piece)
        return starts, sources

    def _pieces(self, span: Span | Sentence) -> Iterator[tuple[str, int]]:
        """The runs of characters that are kept, each with its place in the document."""
        masked, english = self._masked, self.language == "en"
        position = span.start
        for gap in _LAYOUT.finditer(masked, span.start, span.end):
            if position < gap.start():
                yield masked[position : gap.start()], position
            position = gap.end()
            inner = gap.start() > span.start and gap.end() < span.end
            if inner and (english or _LATIN_GAP.match(masked, gap.start() - 1)):
                yield " ", gap.start()
        if position < span.end:
            yield masked[position : span.end], position
        if english:
            yield " ", max(span.end - 1, span.start)


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


def units(
    clause: Clause, masked: str, text: str, language: Language | None, *, headed: Role | None = None
) -> Iterator[Unit]:
    """One unit per sentence of the clause, each with the lead-ins that govern it."""
    before = ""
    for sentence in clause.sentences:
        unit = make_unit((*sentence.lead, sentence), masked, text, clause, sentence, language)
        if unit:
            unit.before, unit.headed = before, headed
            before = unit.text if unit.text.rstrip().endswith(";") else ""
            yield unit


_WHOSE = re.compile(r"权利|义务|责任|职责|权责|权限|\b(?:rights?|duties|obligations?|responsibilities)\b", re.I)
_ROLE_MARKS = {ROLE_MARK["client"]: "client", ROLE_MARK["provider"]: "provider"}


def announced_roles(clauses: Sequence[Clause], masked: str) -> list[Role | None]:
    """For every clause, the one party whose rights or duties its heading, or one above it, announces (乙方的权利)."""
    announced: list[Role | None] = []
    for clause in clauses:
        role = announced[clause.parent] if clause.parent is not None else None
        if clause.heading:
            opening = masked[clause.start : clause.start + len(clause.number) + len(clause.heading) + 4]
            marks = {character for character in opening if character in MARK_ROLE}
            if len(marks) == 1 and _WHOSE.search(clause.heading):
                role = _ROLE_MARKS.get(marks.pop())  # type: ignore[assignment]
            elif marks:
                role = None
        announced.append(role)
    return announced


def clause_unit(clause: Clause, masked: str, text: str, language: Language | None) -> Unit | None:
    """The sentences of a clause as one text, for rules whose unit is the clause."""
    if not clause.sentences:
        return None
    whole = Sentence(start=clause.sentences[0].start, end=clause.sentences[-1].end)
    unit = make_unit(clause.sentences, masked, text, clause, whole, language)
    if unit:
        unit.own = 0
    return unit


def make_unit(
    spans: Sequence[Span | Sentence],
    masked: str,
    text: str,
    clause: Clause,
    sentence: Sentence,
    language: Language | None,
) -> Unit | None:
    chosen: Language = language or ("zh" if any(_CJK.search(text, s.start, s.end) for s in spans) else "en")
    unit = Unit(spans, masked, chosen, clause, sentence)
    return unit if unit.text else None
