"""Running headers, footers and page numbers in plain text: what a converter from PDF leaves at every page break."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_BREAK = 4  # blank lines from which a gap is the end of a page, not of a paragraph
_APART = 400  # characters between two of the same footer, on the average
_LONGEST = 200
_PAGE_NUMBER = re.compile(
    r"[-–—(\s]*(?:page|第)?\s*(?:[A-Z]-)?(\d{1,4}|[ivxl]{1,6})\s*页?(?:\s*(?:of|/|共)\s*\d{1,4}\s*页?)?[-–—)\s]*", re.I
)
_TITLE = re.compile(r"(?:annex|appendix|attachment|exhibit|schedule|article|section|part)\b|附件|附录|附表|第", re.I)
_WORDS = re.compile(r"[^\W\d_]{4}|[^\W\d_].*[^\W\d_].*[^\W\d_].*[^\W\d_]")
_DIGITS = re.compile(r"\d+")


class _Line(NamedTuple):
    start: int
    end: int
    words: str  # figures aside
    at_break: bool


def find_page_furniture(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that recur at three page breaks or more, and of the page numbers that stand there.

    A page break is a form feed or a gap of several blank lines. A line that stands at breaks nearly whenever it
    occurs, and not close together as the labels of signatures do, belongs to the pages; so does a number beside it.
    """
    lines = _lines(text)
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        heads = line.words.endswith((":", "：")) or _TITLE.match(line.words)
        if len(line.words) <= _LONGEST and not heads and _WORDS.search(line.words):
            places[line.words].append(index)
    repeated = [group for group in places.values() if len(group) > 2 and _spread(lines, group)]
    breaks = {index for index, line in enumerate(lines) if line.at_break}
    found: set[int] = set()
    size = -1
    while len(found) > size:  # the second line of a footer stands beside the first
        size = len(found)
        edges = breaks.union(*({index - 1, index + 1} for index in found))
        for group in repeated:
            if sum(index in edges for index in group) >= 0.8 * len(group):
                found.update(group)
        found.update(_page_numbers(text, lines, sorted(edges)))
    return [(lines[index].start, lines[index].end) for index in sorted(found) if index > 2]  # the title stands on top


def _lines(text: str) -> list[_Line]:
    raw: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = position + line.index(stripped[0])
            raw.append((first, first + len(stripped)))
        position += len(line) + 1
    lines: list[_Line] = []
    for number, (start, end) in enumerate(raw):
        before = text[raw[number - 1][1] : start] if number else ""
        after = text[end : raw[number + 1][0]] if number + 1 < len(raw) else ""
        at_break = any("\f" in gap or gap.count("\n") > _BREAK for gap in (before, after))
        lines.append(_Line(start, end, _DIGITS.sub("#", text[start:end]), at_break))
    return lines


def _spread(lines: Sequence[_Line], group: Sequence[int]) -> bool:
    return lines[group[-1]].start - lines[group[0]].start >= _APART * (len(group) - 1)


def _page_numbers(text: str, lines: Sequence[_Line], places: Iterable[int]) -> Iterator[int]:
    """Those of the lines that are nothing but a number and count on from the number before, or are counted on from."""
    numbers: list[tuple[int, str]] = []
    for index in places:
        if 0 <= index < len(lines):
            match = _PAGE_NUMBER.fullmatch(text, lines[index].start, lines[index].end)
            if match:
                numbers.append((index, match[1]))
    for here, (index, number) in enumerate(numbers):
        around = [numbers[there][1] for there in (here - 1, here + 1) if 0 <= there < len(numbers)]
        if any(_counts_on(number, other) for other in around):
            yield index


def _counts_on(one: str, other: str) -> bool:
    if one.isdigit() and other.isdigit():
        return abs(int(one) - int(other)) == 1
    return not one.isdigit() and not other.isdigit()  # roman
