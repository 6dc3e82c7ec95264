"""Words with a line drawn through them: deleted by hand, or a tracked deletion that was printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from contractscan.readers.pdf.page import Box, Line, TextLayer, plain

_THICKEST = 0.2  # of the type size
_MIDDLE = (0.33, 0.7)  # of a line's height: below is an underline, above the line before
_LEAST = 0.9  # of the type size: a shorter stroke is a dash


def mark_strikes(layer: TextLayer, lines: Sequence[Line], edges: Sequence[Box]) -> None:
    """Set `struck` on lines that level edges run through. A rule that runs on beyond the words is none."""
    level = sorted((edge for edge in edges if edge[2] - edge[0] > 4 * (edge[3] - edge[1])), key=_height)
    if not level:
        return
    for line in lines:
        if line.quarter != 0 or line.first < 0:
            continue
        low, high = (line.top + share * (line.bottom - line.top) for share in _MIDDLE)
        through = [
            edge
            for edge in level[bisect_right(level, low, key=_height) : bisect_left(level, high, key=_height)]
            if edge[3] - edge[1] < _THICKEST * line.size
            and edge[2] - edge[0] > _LEAST * line.size
            and line.x0 - 0.5 * line.size < edge[0]
            and edge[2] < line.x1 + 0.5 * line.size
        ]
        if through:
            line.struck = _struck(layer, line, through)


def _height(edge: Box) -> float:
    return (edge[1] + edge[3]) / 2


def _struck(layer: TextLayer, line: Line, edges: Sequence[Box]) -> list[tuple[int, int]]:
    """The stretches of the line's text whose characters lie on one of `edges`."""
    spans: list[tuple[int, int]] = []
    position = 0
    for index in range(line.first, line.last):
        character = plain(chr(pdfium.FPDFText_GetUnicode(layer.raw, index)))
        while position < len(line.text) and line.text[position] == " " != character:
            position += 1
        if not character or position >= len(line.text) or character != line.text[position]:
            continue
        x0, _, x1, _ = layer.loose(index)
        if any(edge[0] <= (x0 + x1) / 2 <= edge[2] for edge in edges):
            if spans and not line.text[spans[-1][1] : position].strip():
                spans[-1] = (spans[-1][0], position + 1)
            else:
                spans.append((position, position + 1))
        position += 1
    return spans
