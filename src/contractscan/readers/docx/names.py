"""Qualified names of the WordprocessingML elements and attributes that the reader knows."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = _W + "val"
_OFF = frozenset(("0", "false", "off", "none"))


def w(name: str) -> str:
    return _W + name


def w14(name: str) -> str:
    return _W14 + name


def r(name: str) -> str:
    return _R + name


def m(name: str) -> str:
    return _M + name


def a(name: str) -> str:
    return _A + name


def mc(name: str) -> str:
    return _MC + name


def first(parent: Any, tag: str) -> Any:
    """The first child `tag`, or None. Several times faster than lxml's `find`, which interprets a path."""
    return next(parent.iterchildren(tag), None)


def value(parent: Any, tag: str) -> str | None:
    """The w:val of `parent`'s child `tag`; None without that child, "" when it has no w:val."""
    found = first(parent, tag)
    return None if found is None else found.get(VAL, "")


def integer(text: str | None) -> int | None:
    """A whole number as written in the file; None when there is none or it is not one."""
    try:
        return int(text) if text else None
    except ValueError:
        return None


def on(parent: Any, tag: str) -> bool | None:
    """An on/off property: None when not stated."""
    found = first(parent, tag)
    return None if found is None else is_on(found)


def is_on(element: Any) -> bool:
    return element.get(VAL, "1") not in _OFF
