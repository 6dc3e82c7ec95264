"""Where words of a document stand on their pages, for highlighting; asked for on demand and only for what is marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from contractscan.model import Block, Document, Span
from contractscan.readers.limits import ReadOptions
from contractscan.readers.pdf.opening import Layout, opened, page_layout
from contractscan.readers.pdf.page import Box, Line, TextLayer, is_wide, plain

PageBox = tuple[int, float, float, float, float]  # page (1-based), x0, top, x1, bottom in points from the top left


def char_boxes(
    source: str | Path | bytes, spans: Sequence[Span], document: Document, *, options: ReadOptions | None = None
) -> list[list[PageBox]]:
    """For each span, one box for each line that it touches, in reading order.

    `document` is what was read from `source`. Of a table's row the lines whose words the span holds are given, and the
    row's box when there is none. Recognised (OCR) lines are divided by the widths of their characters.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    options = options or ReadOptions()
    wanted: dict[int, list[tuple[int, Span, Block]]] = defaultdict(list)
    for number, span in enumerate(spans):
        for block in document.blocks:
            if block.page is not None and block.box and block.start < span.end and span.start < block.end:
                wanted[block.page].append((number, span, block))
    found: dict[tuple[int, int], list[PageBox]] = {}
    if wanted:
        with opened(data, document.name, options) as pdf:
            for page, parts in wanted.items():
                for key, boxes in _on_page(pdf, page, parts, document.text, options, data):
                    found[key] = boxes
    result: list[list[PageBox]] = [[] for _ in spans]
    for (number, _), boxes in sorted(found.items()):
        result[number] += boxes
    return result


def _on_page(
    pdf: Any, page: int, parts: list[tuple[int, Span, Block]], text: str, options: ReadOptions, data: bytes
) -> Iterator[tuple[tuple[int, int], list[PageBox]]]:
    layout = page_layout(pdf, page - 1, options, data)
    if layout is None:
        return
    try:
        lines = {_rounded(line.box): line for line in (*layout.page.lines, *layout.page.hidden)}
        for number, span, block in parts:
            assert block.box
            line = lines.get(block.box)
            start, end = max(span.start, block.start) - block.start, min(span.end, block.end) - block.start
            words = text[block.start : block.end]
            if block.kind == "table":
                boxes = _in_row(layout, block.box, words[start:end])
            elif line is None or line.first < 0:
                boxes = [_share(block.box, words, start, end)]
            else:
                boxes = [_of_characters(layout.text, line, words, start, end) or block.box]
            yield (number, block.start), [(page, *(round(value, 2) for value in box)) for box in boxes]  # type: ignore[misc]
    finally:
        layout.close()


def _rounded(box: Box) -> Box:
    x0, top, x1, bottom = box
    return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _of_characters(layer: TextLayer, line: Line, words: str, start: int, end: int) -> Box | None:
    """The box of `words[start:end]`, by walking the line's own characters beside the words they became."""
    position = 0
    box: Box | None = None
    for index in range(line.first, line.last):
        if position >= end:
            break
        character = plain(chr(pdfium.FPDFText_GetUnicode(layer.raw, index)))
        while position < end and words[position] == " " and character != " ":
            position += 1
        if not character or position >= len(words) or character != words[position]:
            continue  # a space or an invisible mark that reading dropped
        if start <= position < end and character != " ":
            own = layer.loose(index)
            box = own if box is None else _around(box, own)
        position += 1
    return box


def _around(first: Box, second: Box) -> Box:
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def _share(box: Box, words: str, start: int, end: int) -> Box:
    """The part of a recognised line's box that its characters from `start` to `end` take."""
    widths = [1.0 if is_wide(character) else 0.5 for character in words]
    total = sum(widths) or 1.0
    x0, top, x1, bottom = box
    left = x0 + (x1 - x0) * sum(widths[:start]) / total
    return (left, top, left + (x1 - x0) * sum(widths[start:end]) / total, bottom)


def _in_row(layout: Layout, row: Box, words: str) -> list[Box]:
    flat = "".join(words.split())
    boxes = [
        line.box
        for line in layout.page.lines
        if row[0] - 1 <= (line.x0 + line.x1) / 2 <= row[2] + 1
        and row[1] - 1 <= line.middle <= row[3] + 1
        and (own := "".join(line.text.split()))
        and (own in flat or flat in own)
    ]
    return boxes or [row]
