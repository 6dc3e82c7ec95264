"""A line: one paragraph, table row or note as it will stand in the text, with what is tied to places in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

LineKind = Literal["text", "heading", "table", "note", "furniture"]


@dataclass(slots=True)
class Line:
    """Offsets are characters from the start of the line. `notes` and `boxes` are XML still to be read, after it."""

    kind: LineKind = "text"
    paragraph: int | None = None
    text: str = ""
    toc: bool = False
    watermark: bool = False
    deleted: list[tuple[int, int]] = field(default_factory=list)  # struck text that was kept on request
    anchors: list[tuple[str, int, bool]] = field(default_factory=list)  # comment id, offset, True at its end
    notes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


def join(lines: Iterable[Line], separators: Iterable[str], *, kind: LineKind, paragraph: int | None) -> Line:
    """One line out of several; each is preceded by its separator."""
    result = Line(kind=kind, paragraph=paragraph)
    pieces: list[str] = []
    length = 0
    for line, separator in zip(lines, separators, strict=True):
        length += len(separator)
        pieces += (separator, line.text)
        shift_into(result, line, length)
        length += len(line.text)
    result.text = "".join(pieces)
    return result


def shift_into(result: Line, line: Line, offset: int) -> None:
    """Take over into `result` all that is tied to `line`, whose text starts there at `offset`."""
    result.deleted += [(start + offset, end + offset) for start, end in line.deleted]
    result.anchors += [(comment, place + offset, end) for comment, place, end in line.anchors]
    result.notes += line.notes
    result.boxes += line.boxes
    result.toc = result.toc or line.toc


def strip(line: Line) -> Line:
    """The line without white space at its ends."""
    text = line.text.strip()
    if len(text) != len(line.text):
        cut = len(line.text) - len(line.text.lstrip())
        limit = len(text)
        line.deleted = [(min(max(s - cut, 0), limit), min(max(e - cut, 0), limit)) for s, e in line.deleted]
        line.anchors = [(comment, min(max(place - cut, 0), limit), end) for comment, place, end in line.anchors]
        line.text = text
    return line
