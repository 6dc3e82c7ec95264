"""What stands in a paragraph: runs and their marks, tracked changes, controls, fields, references to notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from contractscan.readers.docx.controls import box_of
from contractscan.readers.docx.drawings import alternative, read_drawing
from contractscan.readers.docx.fields import add_code, drawn, field_mark
from contractscan.readers.docx.formulas import linear
from contractscan.readers.docx.names import VAL, is_on, m, mc, w
from contractscan.readers.docx.state import Field, Reading, not_read, write
from contractscan.readers.docx.styles import Style, font_named, is_ground, is_white, style_of
from contractscan.readers.docx.symbols import is_symbol_font, symbol

__all__ = ["ADDED", "COMMENT_END", "MARKS", "PPR", "REMOVED", "is_silent", "read_inline"]

PPR, COMMENT_END = w("pPr"), w("commentRangeEnd")
MARKS = frozenset((w("commentRangeStart"), COMMENT_END))
REMOVED = frozenset((w("del"), w("moveFrom")))
ADDED = frozenset((w("ins"), w("moveTo")))
_R, _T, _RPR = w("r"), w("t"), w("rPr")
_RUN_MARKS = {
    w("rFonts"): "font", w("color"): "colour", w("sz"): "size", w("rStyle"): "style", w("vanish"): "hidden",
    w("strike"): "struck", w("dstrike"): "struck", w("shd"): "ground", w("highlight"): "ground",
}  # fmt: skip
_TEXT = frozenset((_T, w("delText")))
_UNREADABLE = frozenset("123")  # half points
# Characters that no reader sees and that would tear a word apart: soft hyphens, zero-width and direction marks.
# White space inside w:t is a space; a private code is a Wingdings mark whose font was lost.
_ODD_RE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x1f\uf000-\uf0ff]")


def read_inline(parent: Any, reading: Reading, style: Style) -> None:
    for child in parent:
        tag = child.tag
        if tag == _R:
            _run(child, reading, style)
        elif tag in _IGNORED:
            continue
        elif (handler := _HANDLERS.get(tag)) is not None:
            handler(child, reading, style)
        elif isinstance(tag, str):  # hyperlink, smartTag, customXml, bdo … and wrappers not known yet
            read_inline(child, reading, style)


def _run(run: Any, reading: Reading, style: Style) -> None:
    font, struck = None, False
    outside, start = reading.hiding, reading.length
    if run.tag == _R:
        reading.hiding = bool(style.hidden) or bool(style.white and not (style.ground or reading.grounds))
        struck = bool(style.struck)
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
    """The symbol font of a run, if it is set in one; whether it cannot be seen; whether it is struck through.

    Hidden text through paragraph and character style together is visible again (w:vanish is a toggle); what the run
    states itself decides. White text on a white ground and text too small to be read are as good as hidden.
    """
    own: Style | None = None
    font: str | None = None
    hidden: bool | None = None
    struck: bool | None = None
    white: bool | None = None
    tiny = ground = False
    for element in properties:
        kind = _RUN_MARKS.get(element.tag)
        if kind is None:
            continue
        if kind == "font":
            font = font_named(element)
        elif kind == "colour":
            white = is_white(element.get(VAL))
        elif kind == "size":
            tiny = element.get(VAL) in _UNREADABLE
        elif kind == "style":
            own = style_of(reading.styles, element.get(VAL))
        elif kind == "hidden":
            hidden = is_on(element)
        elif kind == "struck":
            struck = struck or is_on(element)
        else:
            ground = ground or is_ground(element)
    if own is not None:
        font = font or own.font
        struck = own.struck if struck is None else struck
        white = own.white if white is None else white
        ground = ground or own.ground
    if hidden is None:
        hidden = bool(style.hidden) != bool(own is not None and own.hidden)
    if white is None:
        white = bool(style.white)
    unseen = tiny or (white and not (ground or style.ground or reading.grounds))
    if struck is None:
        struck = bool(style.struck)
    return (font if is_symbol_font(font) else None), hidden or unseen, struck


def is_silent(tag: str, reading: Reading) -> bool:
    return tag in (ADDED if reading.revisions == "original" else REMOVED if reading.revisions == "final" else ())


def _change(element: Any, reading: Reading, style: Style) -> None:
    """A tracked change: counted, and read or not as the chosen view has it."""
    tag = element.tag
    if tag in ADDED:
        reading.insertions += 1
    else:
        reading.deletions += 1
    silent = is_silent(tag, reading)
    start = reading.length
    reading.silent += silent
    read_inline(element, reading, style)
    reading.silent -= silent
    if tag in REMOVED and reading.length > start and reading.revisions == "both":
        reading.line.deleted.append((start, reading.length))


def _control(element: Any, reading: Reading, style: Style) -> None:
    """A content control; one with a checkbox is read as its box, whatever glyph it shows."""
    box = box_of(element)
    if box:
        write(reading, box)
        return
    content = element.find(w("sdtContent"))
    if content is not None:
        read_inline(content, reading, style)


def _simple_field(element: Any, reading: Reading, style: Style) -> None:
    code = Field(code=[element.get(w("instr"), "")], form=element.find(w("ffData")))
    before = reading.length
    read_inline(element, reading, style)
    if reading.length == before:
        write(reading, drawn(code, reading))


def _alternative(element: Any, reading: Reading, style: Style) -> None:
    branch = alternative(element)
    if branch is not None:
        read_inline(branch, reading, style)


def _alternative_in_run(element: Any, reading: Reading, style: Style) -> None:
    branch = alternative(element)
    if branch is not None:
        _run(branch, reading, style)


def _math(element: Any, reading: Reading, style: Style) -> None:
    write(reading, linear(element))


def _anchor(element: Any, reading: Reading, style: Style) -> None:
    reading.line.anchors.append((element.get(w("id"), ""), reading.length, element.tag == COMMENT_END))


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
        read_inline(base, reading, style)


_IGNORED = frozenset(
    (
        PPR,
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
    w("commentRangeStart"): _anchor,
    COMMENT_END: _anchor,
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
