"""What the walk through one file knows and counts while it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from contractscan.model import NotAnalysed
from contractscan.readers.docx.lines import Line
from contractscan.readers.docx.numbering import Numbering
from contractscan.readers.docx.package import Package
from contractscan.readers.docx.styles import Styles


@dataclass(slots=True)
class Field:
    """A complex field that is open: its code so far, and whether its result has begun."""

    code: list[str] = field(default_factory=list)
    result: bool = False
    since: tuple[int, int] = (0, 0)  # paragraph and place in it where the result began
    form: Any = None  # w:ffData of a form field


@dataclass(slots=True)
class Reading:
    """The state of one reading. `parts` and `length` are the text of the paragraph being read."""

    package: Package
    styles: Styles
    numbering: Numbering
    revisions: Literal["final", "original", "both"]
    notes: dict[tuple[str, str], Any] = field(default_factory=dict)  # footnotes and endnotes not yet placed
    paragraphs: int = 0
    line: Line = field(default_factory=Line)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    listed_length: int = 0  # how much of it stands in a table of contents
    silent: int = 0  # how many wrappers of text that the chosen view does not have are open
    hiding: bool = False
    grounds: int = 0  # how many coloured grounds are open, on which white text can be read
    toc: int = 0  # how many tables of contents are open
    fields: list[Field] = field(default_factory=list)
    fields_counted: bool = False
    fields_trusted: bool = True  # every field that begins also ends; known once the first one begins
    in_code: int = 0  # how many open fields are still in their code
    loose_anchors: list[tuple[str, bool]] = field(default_factory=list)  # comment marks between paragraphs
    insertions: int = 0
    deletions: int = 0
    hidden_characters: int = 0
    struck_characters: int = 0
    images: list[tuple[int, float]] = field(default_factory=list)  # paragraph, area in square points
    unread: dict[tuple[str, str], NotAnalysed] = field(default_factory=dict)


def write(reading: Reading, text: str) -> None:
    """Add `text` to the paragraph being read, unless the place it stands in is not part of the text."""
    if reading.silent or reading.in_code:
        return
    if reading.hiding:
        reading.hidden_characters += len(text) - sum(map(str.isspace, text))
        return
    reading.parts.append(text)
    reading.length += len(text)
    if reading.toc:
        reading.listed_length += len(text)


def not_read(reading: Reading, what: str, reason: str, remedy: str) -> None:
    """Note once that a kind of content was not read."""
    reading.unread.setdefault((what, reason), NotAnalysed(what=what, reason=reason, remedy=remedy))
