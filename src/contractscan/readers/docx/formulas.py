"""Formulas (Office Math) as one line of text: fractions with a slash, powers with a caret."""

from __future__ import annotations

from typing import Any

from contractscan.readers.docx.names import m, w


def linear(element: Any) -> str:
    tag = element.tag
    if tag in (m("t"), w("t")):
        return element.text or ""
    if tag == m("f"):
        return f"{_grouped(element.find(m('num')))}/{_grouped(element.find(m('den')))}"
    if tag in (m("sSup"), m("sSub")):
        mark = "^" if tag == m("sSup") else "_"
        base, script = element.find(m("e")), element.find(m("sup") if mark == "^" else m("sub"))
        return f"{'' if base is None else linear(base)}{mark}{_grouped(script)}"
    if tag == m("rad"):
        return f"√{_grouped(element.find(m('e')))}"
    text = "".join(linear(child) for child in element if isinstance(child.tag, str))
    return f"({text})" if tag == m("d") else text


def _grouped(element: Any) -> str:
    text = "" if element is None else linear(element)
    return text if len(text) < 2 or text.isalnum() else f"({text})"
