"""The walk: every paragraph, row and note of a story (body, cell, text box, note, header) as lines, in order.

What a reader of the chosen view sees is in the lines, once: automatic numbers, inserted text, results of fields,
content controls, text boxes. What he does not see is not: hidden text, codes of fields, the other side of tracked
changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contractscan.readers.docx.controls import box_of, is_toc_control, show_box
from contractscan.readers.docx.drawings import alternative
from contractscan.readers.docx.fields import close_broken_fields
from contractscan.readers.docx.inline import ADDED, COMMENT_END, MARKS, PPR, REMOVED, is_silent, read_inline
from contractscan.readers.docx.lines import Line, join, strip
from contractscan.readers.docx.names import VAL, first, integer, is_on, mc, value, w
from contractscan.readers.docx.numbering import find_list, next_number
from contractscan.readers.docx.state import Reading, not_read
from contractscan.readers.docx.styles import Style, is_ground, style_of
from contractscan.readers.docx.tables import table_lines

_P, _TBL, _SDT = w("p"), w("tbl"), w("sdt")
_RPR, _PSTYLE, _NUMPR, _NUMID, _ILVL = (w(tag) for tag in ("rPr", "pStyle", "numPr", "numId", "ilvl"))
_PPR_CHANGE, _OUTLINE, _SHADING = w("pPrChange"), w("outlineLvl"), w("shd")
_VANISH, _RUNS_ON = w("vanish"), w("specVanish")
_BLOCK_PROPERTIES = frozenset(
    (w("sectPr"), w("tblPr"), w("tcPr"), w("trPr"), w("sdtPr"), w("sdtEndPr"), w("customXmlPr"))
)
_TOC_TAIL_RE = re.compile(r"[。；;]\s*$")


def story(container: Any, reading: Reading) -> Iterator[Line]:
    """The lines of a container of blocks, each followed by its text boxes and notes."""
    carry: Line | None = None
    for block in _blocks(container, reading):
        if block.tag == _TBL:
            if carry is not None:
                yield from _finish(carry, reading)
                carry = None
            yield from table_lines(block, reading, story)
            continue
        goes_on = carry is not None and bool(carry.text)
        line, joined = _paragraph(block, reading, numbered=not goes_on)
        if carry is not None:
            opening = carry if goes_on else line
            line = join((carry, line), ("", ""), kind=opening.kind, paragraph=opening.paragraph)
        carry = line if joined else None
        if not joined:
            yield from _finish(line, reading)
    if carry is not None:
        yield from _finish(carry, reading)


def _finish(line: Line, reading: Reading) -> Iterator[Line]:
    line = strip(line)
    boxes, notes = line.boxes, line.notes
    if line.text or line.anchors:
        yield line
    for box in boxes:
        if isinstance(box, str):
            if box.strip():
                yield Line(paragraph=line.paragraph, text=" ".join(box.split()), watermark=True)
        else:
            reading.grounds += 1  # a box may be filled
            yield from story(box, reading)
            reading.grounds -= 1
    for note in notes:
        for each in story(note, reading):
            each.kind = "note"
            yield each


# -------------------------------------------------------------------- blocks


def _blocks(container: Any, reading: Reading) -> Iterator[Any]:
    """The paragraphs and tables of `container`, through content controls and other wrappers."""
    for child in container:
        tag = child.tag
        if tag in (_P, _TBL):
            yield child
        elif tag in MARKS:
            reading.loose_anchors.append((child.get(w("id"), ""), tag == COMMENT_END))
        elif tag == w("altChunk"):
            not_read(
                reading,
                "inserted document (altChunk)",
                "Another file is embedded here and is shown only by Word.",
                "Open the file in Word, save it again as .docx and read that.",
            )
        elif tag == _SDT:
            content = child.find(w("sdtContent"))
            if box := box_of(child):
                show_box(content, box)
            toc = is_toc_control(child)
            reading.toc += toc
            if content is not None:
                yield from _blocks(content, reading)
            reading.toc -= toc
        elif tag in REMOVED or tag in ADDED:
            silent = is_silent(tag, reading)
            reading.silent += silent
            yield from _blocks(child, reading)
            reading.silent -= silent
        elif tag == mc("AlternateContent"):
            branch = alternative(child)
            if branch is not None:
                yield from _blocks(branch, reading)
        elif tag not in _BLOCK_PROPERTIES and isinstance(tag, str):
            yield from _blocks(child, reading)


# ---------------------------------------------------------------- paragraphs


def _paragraph(element: Any, reading: Reading, *, numbered: bool) -> tuple[Line, bool]:
    """One paragraph with its automatic number (if `numbered`), and whether the next one goes on in its line.

    A paragraph whose mark is struck goes on in the next one; one that is struck as a whole leaves nothing and does
    not count. The same holds for an inserted mark in the original view.
    """
    line = Line(paragraph=reading.paragraphs)
    reading.paragraphs += 1
    reading.line, reading.parts, reading.length, reading.listed_length = line, [], 0, 0
    for comment, end in reading.loose_anchors:
        line.anchors.append((comment, 0, end))
    reading.loose_anchors.clear()
    style, num_id, level, outline, ground, mark = _properties(_own_properties(element), reading)
    line.kind = "heading" if (outline is not None and 0 <= outline < 9) or style.heading else "text"
    reading.grounds += ground
    read_inline(element, reading, style)
    reading.grounds -= ground
    if not reading.fields_trusted:
        close_broken_fields(reading)
    line.text = "".join(reading.parts)
    removed, added, unseen, runs_on = _mark(mark)
    reading.deletions += removed
    reading.insertions += added
    gone = removed if reading.revisions != "original" else added
    joined = gone and reading.revisions != "both"
    uncounted = reading.silent or not numbered or (gone and not line.text)
    listed = None if uncounted else find_list(reading.numbering, style, num_id, level)
    if listed is not None and not (removed and reading.revisions == "both"):
        number = next_number(reading.numbering, *listed)
        # A hidden empty paragraph shows no number but counts: authors move a count on with one.
        if line.text or not unseen:
            _prefix(line, number)
    if style.toc or reading.listed_length * 2 > reading.length:  # the end of the list may share a line with a clause
        line.toc = _TOC_TAIL_RE.search(line.text) is None
    return line, joined or runs_on


def _prefix(line: Line, number: str) -> None:
    """Put the automatic number before the text; an empty list item shows no bullet worth keeping."""
    if not line.text.strip() and not any(character.isalnum() for character in number):
        return
    text = line.text.lstrip()
    shift = len(number) - (len(line.text) - len(text))
    line.text = number + text
    line.deleted = [(max(start + shift, 0), max(end + shift, 0)) for start, end in line.deleted]
    line.anchors = [(comment, max(place + shift, 0) if place else 0, end) for comment, place, end in line.anchors]


def _own_properties(element: Any) -> Any:
    """A paragraph's w:pPr, nearly always its first child."""
    opening = element[0] if len(element) else None
    return opening if opening is None or opening.tag == PPR else first(element, PPR)


_Properties = tuple[Style, str | None, int | None, int | None, bool, Any]


def _properties(properties: Any, reading: Reading) -> _Properties:
    """Style, list, level and outline level of a paragraph, whether it has a ground, and the properties of its mark."""
    if properties is None:
        return style_of(reading.styles, reading.styles.default), None, None, None, False, None
    mark, stated = None, properties
    if reading.revisions == "original":
        before = first(properties, _PPR_CHANGE)
        before = None if before is None else first(before, PPR)
        stated = properties if before is None else before
        mark = first(properties, _RPR)
    style_id, num_id, level, outline, ground = reading.styles.default, None, None, None, False
    for element in stated:
        tag = element.tag
        if tag == _PSTYLE:
            style_id = element.get(VAL)
        elif tag == _NUMPR:
            num_id, level = value(element, _NUMID), integer(value(element, _ILVL))
        elif tag == _OUTLINE:
            outline = integer(element.get(VAL))
        elif tag == _SHADING:
            ground = is_ground(element)
        elif tag == _RPR and stated is properties:
            mark = element
    style = style_of(reading.styles, style_id)
    return style, num_id, level, style.outline if outline is None else outline, ground, mark


def _mark(mark: Any) -> tuple[bool, bool, bool, bool]:
    """Of the paragraph mark: struck, inserted, hidden, and whether a heading runs into the text that follows."""
    removed = added = unseen = runs_on = False
    for element in () if mark is None else mark:
        tag = element.tag
        if tag in REMOVED:
            removed = True
        elif tag in ADDED:
            added = True
        elif tag == _VANISH:
            unseen = is_on(element)
        elif tag == _RUNS_ON:
            runs_on = is_on(element)
    return removed, added, unseen, runs_on
