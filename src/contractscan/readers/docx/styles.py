"""What a paragraph or run takes from its style: numbering, heading level, hidden text, symbol font."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from contractscan.readers.docx.names import VAL, first, integer, on, value, w

_HEADING_RE = re.compile(r"(?:heading|标题|標題) ?[1-9]$|(?:title|标题|標題|subtitle)$", re.I)
_TOC_RE = re.compile(r"(?:toc|目录|目錄) ?\d$|(?:table of (?:figures|authorities)|toc heading)$", re.I)
_FONT_SLOTS = (w("ascii"), w("hAnsi"))  # what symbol fonts are set for; the other slots are other scripts' fonts
_FONTS, _SHADING, _HIGHLIGHT, _COLOUR, _STRIKE = (w(tag) for tag in ("rFonts", "shd", "highlight", "color", "strike"))
_FILL = w("fill")
_CLEAR = frozenset((None, "clear", "nil", "none", "white"))
_PLAIN_GROUNDS = frozenset(("", "AUTO", "FFFFFF", "NONE", "WHITE"))
_MOST_ANCESTORS = 50


@dataclass(frozen=True)
class Style:
    """A style with everything it inherits. `None` means: not stated anywhere in the chain."""

    names: tuple[str, ...] = ()  # ids of the style itself and of those it is based on
    num_id: str | None = None
    level: int | None = None
    outline: int | None = None
    hidden: bool | None = None
    font: str | None = None
    struck: bool | None = None
    white: bool | None = None
    ground: bool = False  # a colour behind the text
    heading: bool = False
    toc: bool = False


@dataclass
class Styles:
    """The styles part. Ids are resolved once each, on first use."""

    elements: dict[str, Any] = field(default_factory=dict)
    default: str | None = None  # the id of the default paragraph style
    resolved: dict[str | None, Style] = field(default_factory=dict)


def load_styles(root: Any) -> Styles:
    styles = Styles()
    if root is None:
        return styles
    for element in root.iterchildren(w("style")):
        style_id = element.get(w("styleId"), "")
        styles.elements.setdefault(style_id, element)
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
            styles.default = styles.default or style_id
    return styles


def style_of(styles: Styles, style_id: str | None) -> Style:
    """The style with what it inherits; a missing style is an empty one, a circle of styles ends where it closes."""
    known = styles.resolved.get(style_id)
    if known is not None:
        return known
    chain: list[str] = []
    current = style_id
    while current is not None and current in styles.elements and current not in chain and len(chain) < _MOST_ANCESTORS:
        chain.append(current)
        current = value(styles.elements[current], w("basedOn"))
    style = Style()
    for ancestor in reversed(chain):
        style = _refine(style, styles.elements[ancestor])
    style = replace(style, names=tuple(chain))
    styles.resolved[style_id] = style
    return style


def _refine(style: Style, element: Any) -> Style:
    """`style` as changed by what `element` states itself."""
    name = value(element, w("name")) or ""
    heading = bool(_HEADING_RE.match(name)) or style.heading
    changes: dict[str, Any] = {"heading": heading, "toc": bool(_TOC_RE.match(name)) or style.toc}
    properties = element.find(w("pPr"))
    if properties is not None:
        numbering = properties.find(w("numPr"))
        if numbering is not None:
            num_id = value(numbering, w("numId"))
            level = integer(value(numbering, w("ilvl")))
            if num_id is not None:
                changes["num_id"] = num_id
                changes["level"] = level
            elif level is not None:
                changes["level"] = level
        outline = integer(value(properties, w("outlineLvl")))
        if outline is not None:
            changes["outline"] = outline
    run = element.find(w("rPr"))
    if run is not None:
        hidden = on(run, w("vanish"))
        if hidden is not None:
            changes["hidden"] = hidden
        font = font_of(run)
        if font is not None:
            changes["font"] = font
        struck = on(run, _STRIKE)
        if struck is not None:
            changes["struck"] = struck
        colour = value(run, _COLOUR)
        if colour is not None:
            changes["white"] = is_white(colour)
    changes["ground"] = style.ground or any(map(is_ground, element.iter(_SHADING, _HIGHLIGHT)))
    return replace(style, **changes)


def is_white(colour: str | None) -> bool:
    """White as w:color writes it, or so near to it that nobody sees the text on paper."""
    if colour is None or colour[:1] not in "Ff" or len(colour) != 6:
        return False
    return all(channel.upper() >= "FA" for channel in (colour[:2], colour[2:4], colour[4:]))


def is_ground(element: Any) -> bool:
    """Whether a w:shd or w:highlight puts a colour behind the text."""
    fill = element.get(_FILL) if element.tag == _SHADING else element.get(VAL)
    return (fill or "").upper() not in _PLAIN_GROUNDS or element.get(VAL) not in _CLEAR


def font_of(run_properties: Any) -> str | None:
    """The font of Latin characters and symbols that w:rFonts names; None when it names none."""
    fonts = first(run_properties, _FONTS)
    return None if fonts is None else font_named(fonts)


def font_named(fonts: Any) -> str | None:
    return next((name for slot in _FONT_SLOTS if (name := fonts.get(slot))), None)
