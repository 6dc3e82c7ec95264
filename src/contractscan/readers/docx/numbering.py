"""Automatic numbers: what Word prints before a paragraph, computed from the numbering part.

Rules kept (ECMA-376 part 1, 17.9): paragraphs of all w:num that share one w:abstractNum count together; a
w:startOverride restarts its level where that w:num is first used; a level starts again after any paragraph of a
higher level unless w:lvlRestart says otherwise; w:isLgl prints every level in plain figures; a level that was not
used counts as used, at its start value, once a lower one is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from contractscan.readers.docx.formats import format_number
from contractscan.readers.docx.names import VAL, integer, on, value, w
from contractscan.readers.docx.styles import Style, Styles, font_of, style_of
from contractscan.readers.docx.symbols import symbol

_LEVELS = 9
_PLACE_RE = re.compile(r"%([1-9])")
_WIDE_END = "、）】〕》，。．：；"
"""Full-width marks carry their own space: after them the tab of a list adds nothing to the text."""


@dataclass(frozen=True)
class Level:
    """One w:lvl. `restart` is the 1-based level after which it starts again, 0 for never, None for any higher one."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    font: str | None = None
    hidden: bool = False
    picture: bool = False


@dataclass(frozen=True)
class List:
    """One w:num: the abstract definition it counts with, its levels after overrides, and the starts it forces."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Numbering:
    """The numbering part and the state of every count so far."""

    lists: dict[str, List | None] = field(default_factory=dict)  # those that were asked for
    load: Callable[[str], List | None] = lambda _: None
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


def load_numbering(root: Any, styles: Styles) -> Numbering:
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {element.get(w("abstractNumId"), ""): element for element in root.iterchildren(w("abstractNum"))}
    instances = {element.get(w("numId"), ""): element for element in root.iterchildren(w("num"))}
    levels: dict[str, dict[int, Level]] = {}

    def load(num_id: str) -> List | None:
        element = instances.get(num_id)
        if element is None:
            return None
        abstract = _follow_style_link(value(element, w("abstractNumId")) or "", abstracts, instances, styles)
        if abstract not in abstracts:
            return None
        if abstract not in levels:
            levels[abstract] = _levels(abstracts[abstract])
        return _with_overrides(element, abstract, levels[abstract])

    numbering.load = load
    return numbering


def list_of(numbering: Numbering, num_id: str) -> List | None:
    """The list `num_id`, built when the first paragraph asks for it: templates define dozens that nobody uses."""
    if num_id not in numbering.lists:
        numbering.lists[num_id] = numbering.load(num_id)
    return numbering.lists[num_id]


def _follow_style_link(abstract: str, abstracts: dict[str, Any], instances: dict[str, Any], styles: Styles) -> str:
    """A definition that only links to a numbering style stands for the one that the style names."""
    for _ in range(5):
        element = abstracts.get(abstract)
        link = None if element is None else value(element, w("numStyleLink"))
        if not link:
            return abstract
        instance = instances.get(style_of(styles, link).num_id or "")
        if instance is None:
            return next((key for key, other in abstracts.items() if value(other, w("styleLink")) == link), abstract)
        abstract = value(instance, w("abstractNumId")) or ""
    return abstract


def _levels(abstract: Any) -> dict[int, Level]:
    return {_index(element): _level(element) for element in abstract.iterchildren(w("lvl"))}


def _index(element: Any) -> int:
    return integer(element.get(w("ilvl"))) or 0


def _level(element: Any) -> Level:
    start = integer(value(element, w("start")))
    number_format = element.find(w("numFmt"))
    if number_format is None:
        # w:numFmt may stand inside mc:AlternateContent; the last one is the fallback that every program knows.
        number_format = next(reversed(list(element.iter(w("numFmt")))), None)
    run = element.find(w("rPr"))
    return Level(
        start=0 if start is None else start,
        number_format="decimal" if number_format is None else number_format.get(VAL, "decimal"),
        text=value(element, w("lvlText")) or "",
        suffix=value(element, w("suff")) or "tab",
        legal=bool(on(element, w("isLgl"))),
        restart=integer(value(element, w("lvlRestart"))),
        style=value(element, w("pStyle")),
        font=None if run is None else font_of(run),
        hidden=False if run is None else bool(on(run, w("vanish"))),
        picture=element.find(w("lvlPicBulletId")) is not None,
    )


def _with_overrides(instance: Any, abstract: str, base: dict[int, Level]) -> List:
    levels, starts = base, {}
    for override in instance.iterchildren(w("lvlOverride")):
        index = _index(override)
        own = override.find(w("lvl"))
        if own is not None:
            levels = {**levels, index: _level(own)}
        start = integer(value(override, w("startOverride")))
        if start is not None:
            starts[index] = start
            if index in levels:
                levels = {**levels, index: replace(levels[index], start=start)}
    return List(abstract, levels, starts)


def find_list(numbering: Numbering, style: Style, num_id: str | None, level: int | None) -> tuple[str, int] | None:
    """The list and level of a paragraph: what it states itself goes before what its style states.

    The level that a style takes is the one that names the style (w:pStyle), whatever w:ilvl the style holds.
    """
    chosen = num_id if num_id is not None else style.num_id
    found = None if chosen is None or chosen == "0" else list_of(numbering, chosen)
    if chosen is None or found is None:
        return None
    levels = found.levels
    if level is None and (num_id is None or num_id == style.num_id):
        linked = {each.style: index for index, each in levels.items() if each.style}
        inherited = next((linked[name] for name in style.names if name in linked), None)
        level = linked.get(style.names[0]) if style.names else None
        level = style.level if level is None else level
        level = inherited if level is None else level
    level = min(max(level or 0, 0), _LEVELS - 1)
    return (chosen, level) if level in levels else None


def next_number(numbering: Numbering, num_id: str, level: int) -> str:
    """Count one paragraph of `level` in list `num_id` and return its number with what separates it from the text."""
    chosen = list_of(numbering, num_id)
    if chosen is None:
        return ""
    counts = numbering.counts.setdefault(chosen.abstract, [None] * _LEVELS)
    count = counts[level]
    if level in chosen.starts and (num_id, level) not in numbering.started:
        numbering.started.add((num_id, level))
        count = None
    counts[level] = chosen.levels[level].start if count is None else count + 1
    for upper in range(level):
        if counts[upper] is None:  # 1.1 without a 1 before it takes that 1: the next one is 2
            counts[upper] = chosen.levels[upper].start if upper in chosen.levels else 1
    for lower in range(level + 1, _LEVELS):
        restart = chosen.levels[lower].restart if lower in chosen.levels else None
        if restart is None or (restart and level < restart):
            counts[lower] = None
    return _label(chosen, counts, level)


def _label(chosen: List, counts: list[int | None], index: int) -> str:
    level = chosen.levels[index]
    if level.hidden:
        return ""
    if level.number_format == "bullet" or level.picture:
        text = "".join(symbol(character, level.font) or "•" for character in level.text) or "•"
    else:
        text = _PLACE_RE.sub(
            lambda match: _count_text(chosen, counts, int(match[1]) - 1, legal=level.legal), level.text
        )
    if not text.strip() or level.suffix == "nothing":
        return text
    return text if text.rstrip()[-1] in _WIDE_END else text.rstrip() + " "


def _count_text(chosen: List, counts: list[int | None], index: int, *, legal: bool) -> str:
    level = chosen.levels.get(index, Level())
    count = counts[index]
    count = level.start if count is None else count
    number_format = level.number_format
    if legal and number_format not in ("none", "bullet", "decimalZero"):
        number_format = "decimal"
    return format_number(count, number_format)
