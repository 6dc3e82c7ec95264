"""Document → the tree of clauses that a reader sees.

The path: `flow` closes the line breaks of mere wrapping, `numbering` finds all that looks like a number, `layout` says
what the other lines are, `tree` decides which numbers count and what stands under what, `headings` parts headings from
text, `sentences` and `references` do the rest.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager

from contractscan.model import Clause, Document, Reference, Sentence, Span
from contractscan.segment.flow import Flow, flow_of
from contractscan.segment.front import split_back, split_front
from contractscan.segment.headings import set_kinds, split_heading
from contractscan.segment.outline import Node
from contractscan.segment.references import Pointer, find_references
from contractscan.segment.sentences import Draft, Piece, find_sentences
from contractscan.segment.tree import build_tree
from contractscan.text import CJK

__all__ = ["segment"]


def segment(document: Document) -> list[Clause]:
    """Cut the document into clauses.

    Clauses partition `document.text`: the first starts at 0, each ends where the next starts, the last ends at the
    text's end. Sentences lie inside their clause, in order, without overlaps. A text without structure is one clause.
    """
    if not document.text:
        return []
    with _without_collection():
        return _segment(document)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hundreds of thousands of small objects are made here, none in a cycle: looking for cycles doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _segment(document: Document) -> list[Clause]:
    flow = flow_of(document)
    if not flow.text:
        return [Clause(index=0, start=0, end=len(document.text))]
    nodes = split_back(flow.text, split_front(flow.text, build_tree(flow)))
    for node in nodes:
        split_heading(flow.text, node)
    set_kinds(nodes, flow.text)
    sentences = find_sentences(flow.text, nodes)
    references: list[list[Pointer]] = [[] for _ in nodes]
    for pointer in find_references(flow.text, nodes):
        references[pointer.source].append(pointer)
    return _clauses(document, flow, nodes, sentences, references)


def _clauses(
    document: Document, flow: Flow, nodes: list[Node], sentences: list[list[Draft]], references: list[list[Pointer]]
) -> list[Clause]:
    text = document.text
    starts = [0] + [flow.start(node.start) for node in nodes[1:]] + [len(text)]
    clauses: list[Clause] = []
    spans: dict[Piece, Span] = {}

    def span(piece: Piece) -> Span:
        if piece not in spans:
            spans[piece] = Span(start=flow.start(piece[0]), end=flow.end(piece[1]))
        return spans[piece]

    for index, node in enumerate(nodes):
        number = _number(text, flow, node)
        heading = _heading(text, flow, node)
        parent = clauses[node.parent] if node.parent is not None else None
        own = number or heading
        clauses.append(
            Clause(
                index=index,
                start=starts[index],
                end=starts[index + 1],
                number=number,
                heading=heading,
                level=node.level,
                parent=node.parent,
                kind=node.kind,
                path=(*(parent.path if parent else ()), *((own,) if own else ())),
                headings=(*(parent.headings if parent else ()), *((heading,) if heading else ())),
                sentences=tuple(
                    Sentence(
                        start=flow.start(d.start), end=flow.end(d.end), lead=tuple(span(piece) for piece in d.lead)
                    )
                    for d in sentences[index]
                ),
                references=tuple(
                    Reference(
                        start=flow.start(p.start),
                        end=flow.end(p.end),
                        text=text[flow.start(p.start) : flow.end(p.end)],
                        target=p.target,
                    )
                    for p in references[index]
                ),
            )
        )
    return clauses


_STACKED = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")


def _printed(text: str, flow: Flow, start: int, end: int) -> str:
    """The words as printed, on one line; a line break that was closed leaves nothing behind (1. / 1 is 1.1)."""
    words = text[flow.start(start) : flow.end(end)]
    if "\n" in words:
        words = "".join(text[flow.start(position)] for position in range(start, end))
    return " ".join(words.split())


def _heading(text: str, flow: Flow, node: Node) -> str:
    """The heading as printed, on one line; 合 同 书 and letters stacked in a column are closed up."""
    start, end = node.heading
    if end <= start:
        return ""
    printed = _printed(text, flow, start, end)
    letters = printed.split(" ")
    if len(letters) > 2 and sum(len(letter) == 1 for letter in letters) > 0.6 * len(letters):
        printed = _STACKED.sub("", printed)
    return printed.strip(" *_#")


def _number(text: str, flow: Flow, node: Node) -> str:
    """The number as printed, without the stop behind a decimal or a word (8.2. is 8.2, Article 8: is Article 8)."""
    if node.number_end == node.start:
        return ""
    printed = _printed(text, flow, node.start, node.number_end).replace("*", "")
    if len(node.value) > 1 or node.style in ("annex", "article", "section", "clause", "chapter", "part", "§"):
        printed = printed.rstrip(".:：、． ")
    elif printed[0] in "（(":
        printed = printed.rstrip(".、． ")
    return printed
