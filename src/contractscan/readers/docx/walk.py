"""The walk: every paragraph, row and note of a story (body, cell, text box, note, header) as lines, in order.

What a reader of the chosen view sees is in the lines, once: automatic numbers, inserted text, results of fields,
content controls, text boxes. What he does not see is not: hidden text, codes of fields, the other side of tracked
changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from contractscan.readers.docx.drawings import alternative, read_drawing
from contractscan.readers.docx.fields import add_code, close_broken_fields, drawn, field_mark
from contractscan.readers.docx.formulas import linear
from contractscan.readers.docx.lines import Line, join, strip
from contractscan.readers.docx.names import VAL, first, integer, is_on, m, mc, on, value, w, w14
from contractscan.readers.docx.numbering import find_list, next_number
from contractscan.readers.docx.state import Field, Reading, not_read, write
from contractscan.readers.docx.styles import Style, font_named, style_of
from contractscan.readers.docx.symbols import is_symbol_font, symbol
from contractscan.readers.docx.tables import table_lines

_P, _R, _T, _TBL = w("p"), w("r"), w("t"), w("tbl")
_PPR, _RPR, _PSTYLE, _NUMPR, _NUMID, _ILVL = (w(tag) for tag in ("pPr", "rPr", "pStyle", "numPr", "numId", "ilvl"))
_PPR_CHANGE = w("pPrChange")
_VANISH, _RSTYLE, _OUTLINE = w("vanish"), w("rStyle"), w("outlineLvl")
_FONTS, _STRIKES = w("rFonts"), frozenset((w("strike"), w("dstrike")))
# Characters that no reader sees and that would tear a word apart: soft hyphens, zero-width and direction marks.
# White space inside w:t is a space; a private code is a Wingdings mark whose font was lost.
_ODD_RE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x1f\uf000-\uf0ff]")
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
            yield from story(box, reading)
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
        elif tag in _MARKS:
            reading.loose_anchors.append((child.get(w("id"), ""), tag == _COMMENT_END))
        elif tag == w("altChunk"):
            not_read(
                reading,
                "inserted document (altChunk)",
                "Another file is embedded here and is shown only by Word.",
                "Open the file in Word, save it again as .docx and read that.",
            )
        elif tag == w("sdt"):
            content = child.find(w("sdtContent"))
            toc = _is_toc_control(child)
            reading.toc += toc
            if content is not None:
                yield from _blocks(content, reading)
            reading.toc -= toc
        elif tag in _REMOVED or tag in _ADDED:
            silent = _is_silent(tag, reading)
            reading.silent += silent
            yield from _blocks(child, reading)
            reading.silent -= silent
        elif tag == mc("AlternateContent"):
            branch = alternative(child)
            if branch is not None:
                yield from _blocks(branch, reading)
        elif tag not in _BLOCK_PROPERTIES and isinstance(tag, str):
            yield from _blocks(child, reading)


def _is_toc_control(control: Any) -> bool:
    gallery = next(control.iterchildren(w("sdtPr")), None)
    gallery = None if gallery is None else next(gallery.iter(w("docPartGallery")), None)
    return gallery is not None and gallery.get(VAL) == "Table of Contents"


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
    properties = first(element, _PPR)
    style, num_id, level, outline, mark = _properties(properties, reading)
    line.kind = "heading" if (outline is not None and 0 <= outline < 9) or style.heading else "text"
    _inline(element, reading, style)
    if not reading.fields_trusted:
        close_broken_fields(reading)
    line.text = "".join(reading.parts)
    removed, added = _mark_changes(mark)
    reading.deletions += removed
    reading.insertions += added
    gone = removed if reading.revisions != "original" else added
    joined = gone and reading.revisions != "both"
    hidden_mark = mark is not None and bool(on(mark, w("specVanish")))  # a heading that runs into its text
    uncounted = reading.silent or not numbered or (gone and not line.text)
    listed = None if uncounted else find_list(reading.numbering, style, num_id, level)
    if listed is not None and not (removed and reading.revisions == "both"):
        number = next_number(reading.numbering, *listed)
        # A hidden empty paragraph shows no number but counts: authors move a count on with one.
        if line.text or mark is None or not on(mark, _VANISH):
            _prefix(line, number)
    if style.toc or reading.listed_length * 2 > reading.length:  # the end of the list may share a line with a clause
        line.toc = _TOC_TAIL_RE.search(line.text) is None
    return line, joined or hidden_mark


def _prefix(line: Line, number: str) -> None:
    """Put the automatic number before the text; an empty list item shows no bullet worth keeping."""
    if not line.text.strip() and not any(character.isalnum() for character in number):
        return
    text = line.text.lstrip()
    shift = len(number) - (len(line.text) - len(text))
    line.text = number + text
    line.deleted = [(max(start + shift, 0), max(end + shift, 0)) for start, end in line.deleted]
    line.anchors = [(comment, max(place + shift, 0) if place else 0, end) for comment, place, end in line.anchors]


def _properties(properties: Any, reading: Reading) -> tuple[Style, str | None, int | None, int | None, Any]:
    """Style, list, level and outline level of a paragraph, and the properties of its mark."""
    if properties is None:
        return style_of(reading.styles, reading.styles.default), None, None, None, None
    mark, stated = first(properties, _RPR), properties
    if reading.revisions == "original":
        before = first(properties, _PPR_CHANGE)
        before = None if before is None else first(before, _PPR)
        stated = properties if before is None else before
    style_id, num_id, level, outline = reading.styles.default, None, None, None
    for element in stated:
        tag = element.tag
        if tag == _PSTYLE:
            style_id = element.get(VAL)
        elif tag == _NUMPR:
            num_id, level = value(element, _NUMID), integer(value(element, _ILVL))
        elif tag == _OUTLINE:
            outline = integer(element.get(VAL))
    style = style_of(reading.styles, style_id)
    return style, num_id, level, style.outline if outline is None else outline, mark


def _mark_changes(mark: Any) -> tuple[bool, bool]:
    """Whether the paragraph mark itself is struck, and whether it was inserted."""
    if mark is None:
        return False, False
    tags = {element.tag for element in mark}
    return not tags.isdisjoint(_REMOVED), not tags.isdisjoint(_ADDED)


# -------------------------------------------------------------------- inline


def _inline(parent: Any, reading: Reading, style: Style) -> None:
    for child in parent:
        tag = child.tag
        if tag == _R:
            _run(child, reading, style)
        elif tag in _IGNORED:
            continue
        elif (handler := _HANDLERS.get(tag)) is not None:
            handler(child, reading, style)
        elif isinstance(tag, str):  # hyperlink, smartTag, customXml, bdo … and wrappers not known yet
            _inline(child, reading, style)


def _run(run: Any, reading: Reading, style: Style) -> None:
    font, struck = None, False
    outside, start = reading.hiding, reading.length
    if run.tag == _R:
        reading.hiding = bool(style.hidden)
    for child in run:
        tag = child.tag
        if tag in _TEXT:
            text = child.text
            if text:
                if font is not None:
                    text = "".join(symbol(character, font) for character in text)
                elif _ODD_RE.search(text):
                    text = _ODD_RE.sub(_plain, text)
                write(reading, text)
        elif tag == _RPR:
            font, reading.hiding, struck = _run_properties(child, reading, style)
        elif (text := _RUN_TEXT.get(tag)) is not None:
            write(reading, text)
        elif (action := _RUN_ACTIONS.get(tag)) is not None:
            action(child, reading, style)
    reading.hiding = outside
    if struck and reading.length > start:
        reading.struck_characters += reading.length - start
        reading.line.deleted.append((start, reading.length))


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if character >= "\uf000" and character != "\ufeff":
        return symbol(character, None) or character
    return " " if character in "\t\n\r" else ""


def _run_properties(properties: Any, reading: Reading, style: Style) -> tuple[str | None, bool, bool]:
    """The symbol font of a run, if it is set in one; whether it is hidden; whether it is struck through.

    Hidden text through paragraph and character style together is visible again (w:vanish is a toggle); what the run
    states itself decides.
    """
    own: Style | None = None
    font: str | None = None
    hidden: bool | None = None
    struck = False
    for element in properties:
        tag = element.tag
        if tag == _FONTS:
            font = font_named(element)
        elif tag == _RSTYLE:
            own = style_of(reading.styles, element.get(VAL))
        elif tag == _VANISH:
            hidden = is_on(element)
        elif tag in _STRIKES:
            struck = struck or is_on(element)
    if own is not None:
        font = font or own.font
    if hidden is None:
        hidden = bool(style.hidden) != bool(own is not None and own.hidden)
    return (font if is_symbol_font(font) else None), hidden, struck


def _is_silent(tag: str, reading: Reading) -> bool:
    return tag in (_ADDED if reading.revisions == "original" else _REMOVED if reading.revisions == "final" else ())


def _change(element: Any, reading: Reading, style: Style) -> None:
    """A tracked change: counted, and read or not as the chosen view has it."""
    tag = element.tag
    if tag in _ADDED:
        reading.insertions += 1
    else:
        reading.deletions += 1
    silent = _is_silent(tag, reading)
    start = reading.length
    reading.silent += silent
    _inline(element, reading, style)
    reading.silent -= silent
    if tag in _REMOVED and reading.length > start and reading.revisions == "both":
        reading.line.deleted.append((start, reading.length))


def _control(element: Any, reading: Reading, style: Style) -> None:
    """A content control; one with a checkbox is read as its box, whatever glyph it shows."""
    properties = element.find(w("sdtPr"))
    box = None if properties is None else properties.find(w14("checkbox"))
    if box is not None:
        checked = box.find(w14("checked"))
        state = "0" if checked is None else checked.get(w14("val"), "1")
        write(reading, "☑" if state in ("1", "true", "on") else "☐")
        return
    content = element.find(w("sdtContent"))
    if content is not None:
        _inline(content, reading, style)


def _simple_field(element: Any, reading: Reading, style: Style) -> None:
    code = Field(code=[element.get(w("instr"), "")], form=element.find(w("ffData")))
    before = reading.length
    _inline(element, reading, style)
    if reading.length == before:
        write(reading, drawn(code, reading))


def _alternative(element: Any, reading: Reading, style: Style) -> None:
    branch = alternative(element)
    if branch is not None:
        _inline(branch, reading, style)


def _alternative_in_run(element: Any, reading: Reading, style: Style) -> None:
    branch = alternative(element)
    if branch is not None:
        _run(branch, reading, style)


def _math(element: Any, reading: Reading, style: Style) -> None:
    write(reading, linear(element))


def _anchor(element: Any, reading: Reading, style: Style) -> None:
    reading.line.anchors.append((element.get(w("id"), ""), reading.length, element.tag == _COMMENT_END))


# ----------------------------------------------------------- inside of a run


def _subdocument(element: Any, reading: Reading, style: Style) -> None:
    not_read(
        reading,
        "subdocument",
        "Part of the text is in another file.",
        "In Word, expand the subdocuments, save as .docx and read that.",
    )


def _symbol(element: Any, reading: Reading, style: Style) -> None:
    try:
        character = chr(int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return
    write(reading, symbol(character, element.get(w("font"))))


def _note(element: Any, reading: Reading, style: Style) -> None:
    """A reference to a footnote or endnote: its text follows the paragraph. A note is placed once."""
    if reading.silent or reading.hiding:
        return
    kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
    note = reading.notes.pop((kind, element.get(w("id"), "")), None)
    if note is not None:
        reading.line.notes.append(note)


def _ruby(element: Any, reading: Reading, style: Style) -> None:
    base = element.find(w("rubyBase"))
    if base is not None:
        _inline(base, reading, style)


_COMMENT_START, _COMMENT_END = w("commentRangeStart"), w("commentRangeEnd")
_MARKS = frozenset((_COMMENT_START, _COMMENT_END))
_REMOVED = frozenset((w("del"), w("moveFrom")))
_ADDED = frozenset((w("ins"), w("moveTo")))
_TEXT = frozenset((_T, w("delText")))
_BLOCK_PROPERTIES = frozenset(
    (w("sectPr"), w("tblPr"), w("tcPr"), w("trPr"), w("sdtPr"), w("sdtEndPr"), w("customXmlPr"))
)
_IGNORED = frozenset(
    (
        _PPR,
        *(
            w(tag)
            for tag in (
                "proofErr", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "moveFromRangeStart",
                "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
                "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "smartTagPr",
                "customXmlPr", "sdtPr", "sdtEndPr", "fldData", "ffData", "rt",
            )
        ),
    )
)  # fmt: skip
_Handler = Callable[[Any, Reading, Style], None]
_HANDLERS: dict[str, _Handler] = {
    w("ins"): _change,
    w("del"): _change,
    w("moveFrom"): _change,
    w("moveTo"): _change,
    w("sdt"): _control,
    w("fldSimple"): _simple_field,
    mc("AlternateContent"): _alternative,
    w("subDoc"): _subdocument,
    m("oMath"): _math,
    m("oMathPara"): _math,
    _COMMENT_START: _anchor,
    _COMMENT_END: _anchor,
}
_RUN_TEXT = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_RUN_ACTIONS: dict[str, _Handler] = {
    w("fldChar"): lambda element, reading, style: field_mark(element, reading),
    w("instrText"): lambda element, reading, style: add_code(element, reading),
    w("sym"): _symbol,
    w("footnoteReference"): _note,
    w("endnoteReference"): _note,
    w("commentReference"): _anchor,
    w("ruby"): _ruby,
    mc("AlternateContent"): _alternative_in_run,
    w("drawing"): lambda element, reading, style: read_drawing(element, reading),
    w("pict"): lambda element, reading, style: read_drawing(element, reading),
    w("object"): lambda element, reading, style: read_drawing(element, reading),
}
