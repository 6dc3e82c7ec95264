"""Fields: their code is not text, their result is; a few have no result and are drawn from their code."""

from __future__ import annotations

import re
from typing import Any

from contractscan.readers.docx.formats import format_number
from contractscan.readers.docx.names import VAL, integer, on, w
from contractscan.readers.docx.state import Field, Reading, not_read, write
from contractscan.readers.docx.symbols import symbol

_TOC_RE = re.compile(r"\s*TOC\b", re.I)
_KIND_RE = re.compile(r"\s*([A-Za-z]+)")
# EQ \o\ac(○,1) is how Word draws a character in a circle; EQ \f(1,2) is a fraction.
_CIRCLE_RE = re.compile(r"\\o\s*(?:\\a[clr])?\s*\(\s*[○◯〇Oo]\s*[,;，]\s*([^()]{1,3})\)")
_FRACTION_RE = re.compile(r"\\f\s*\(([^(),]{1,40}),([^(),]{1,40})\)")
_RUBY_RE = re.compile(r"\\o\s*\\ad\s*\(\\s\\up\s*\d+\s*\([^()]*\)\s*,([^()]{1,80})\)")
_SYMBOL_RE = re.compile(r"SYMBOL\s+(\d+|0x[0-9A-Fa-f]+)(?:.*?\\f\s*\"?([^\"\\]+))?", re.I)
_MACRO_RE = re.compile(r"\s*MACROBUTTON\s+\S+\s+(.*)", re.I | re.S)


def field_mark(element: Any, reading: Reading) -> None:
    """w:fldChar: begin, separate or end of a complex field."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        if not reading.fields_counted:
            reading.fields_counted = True
            marks = [mark.get(w("fldCharType")) for mark in reading.package.main.iter(w("fldChar"))]
            reading.fields_trusted = marks.count("begin") == marks.count("end")
        reading.fields.append(Field(form=element.find(w("ffData"))))
        reading.in_code += 1
    elif not reading.fields:
        return
    elif kind == "separate":
        _begin_result(reading.fields[-1], reading)
    elif kind == "end":
        _end(reading.fields.pop(), reading)


def _begin_result(field: Field, reading: Reading) -> None:
    if field.result:
        return
    field.result = True
    field.since = (reading.paragraphs, reading.length)
    reading.in_code -= 1
    reading.toc += _is_toc(field, reading)


def _end(field: Field, reading: Reading) -> None:
    if field.result:
        reading.toc -= _is_toc(field, reading)
    else:
        reading.in_code -= 1
    if field.since == (reading.paragraphs, reading.length):
        field.result = False  # it began and held nothing: Word draws it from the code
    write(reading, drawn(field, reading))


def _is_toc(field: Field, reading: Reading) -> bool:
    """A table of contents whose end is missing would swallow the contract: it is then read as text."""
    return reading.fields_trusted and _TOC_RE.match("".join(field.code)) is not None


def close_broken_fields(reading: Reading) -> None:
    """At a paragraph's end in a file where a field never ends: give up waiting, the text that follows is text."""
    reading.fields.clear()
    reading.in_code = 0


def add_code(element: Any, reading: Reading) -> None:
    """w:instrText."""
    if reading.fields and not reading.fields[-1].result:
        reading.fields[-1].code.append(element.text or "")


def drawn(field: Field, reading: Reading) -> str:
    """What a field without a result shows."""
    code = "".join(field.code)
    match = _KIND_RE.match(code)
    kind = match[1].upper() if match else ""
    if field.form is not None and (box := field.form.find(w("checkBox"))) is not None:
        ticked = on(box, w("checked"))
        return "☑" if (bool(on(box, w("default"))) if ticked is None else ticked) else "☐"
    if field.form is not None and (choices := field.form.find(w("ddList"))) is not None:
        return "" if field.result else _chosen(choices)
    if field.result:
        return ""
    if kind == "EQ":
        return _equation(code, reading)
    if match := _SYMBOL_RE.search(code) if kind == "SYMBOL" else None:
        return symbol(chr(int(match[1], 0) & 0xFFFF), (match[2] or "").strip())
    if match := _MACRO_RE.match(code):
        return match[1].strip()
    if kind in ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"):
        not_read(
            reading,
            f"automatic number ({kind} field)",
            "The number is computed only inside Word.",
            "In Word, select all, press Ctrl+Shift+F9 and save, or export the file as PDF.",
        )
    return ""


def _chosen(choices: Any) -> str:
    entries = [entry.get(VAL, "") for entry in choices.iterchildren(w("listEntry"))]
    marks = [choices.find(w(tag)) for tag in ("result", "default")]
    index = next((integer(mark.get(VAL)) or 0 for mark in marks if mark is not None), 0)
    return entries[index] if 0 <= index < len(entries) else ""


def _equation(code: str, reading: Reading) -> str:
    if match := _CIRCLE_RE.search(code):
        inner = match[1].strip()
        return format_number(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else inner
    if match := _RUBY_RE.search(code):
        return match[1]
    if match := _FRACTION_RE.search(code):
        return f"{match[1].strip()}/{match[2].strip()}"
    not_read(
        reading,
        "formula (EQ field)",
        "The formula is drawn from a code that was not understood.",
        "Check the formula in Word, or export the file as PDF.",
    )
    return ""
