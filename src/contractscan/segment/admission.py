"""Whether a possible number is one, given its place in the lists and in the line."""

from __future__ import annotations

import re

from contractscan.segment.evidence import CAPITALS, JOINING, is_chinese, last_character
from contractscan.segment.numbering import DECIMAL, ITEM, SIBLINGS, Mark, Value, rank
from contractscan.segment.outline import LOOKAHEAD, Outline, Place
from contractscan.text import CJK

_SHORT_HEADING = re.compile(rf"[ :、.]*[{CJK}A-Za-z][{CJK}A-Za-z &'()/-]{{1,38}}\Z")
_HEADED = re.compile(r" *[A-Z][A-Za-z' ]{2,48}\. +[A-Z]")  # 19. Entire Agreement. This …
_ORDINALS = ("条", "章", "article", "section")
_LETTERS = ("A.", "a.", "I.", "i.", "甲、", "A)", "a)", "(I)")


def admit(outline: Outline, mark: Mark, place: Place, evidence: int, *, closed: bool) -> bool:
    """True when the mark is a number.

    `evidence` is 3 for a mark that opens a line, 2 after the end of a sentence, 1 elsewhere; `closed` says that a mark
    inside a line did open one before the line was joined to the one above.
    """
    if place.style == "annex":
        # "Exhibit 10.4" on top of a contract is a filing's, not its own
        return evidence == 3 and (bool(outline.nodes) or outline.text[mark.start] == "附")
    if evidence == 3:
        return _opens_line(outline, mark, place)
    chinese = is_chinese(outline.text, mark)
    level = rank(place.style)
    if place.relation == "next" or (place.relation == "resume" and level < ITEM and evidence == 2):
        return _continues(outline, mark, place, evidence, chinese=chinese, closed=closed)
    if place.relation == "first":
        return _begins(outline, mark, place, evidence, chinese=chinese, closed=closed)
    value = place.value[-1]
    if place.relation == "gap" and evidence == 2:
        last = outline.stack[place.keep].value[-1] if place.continues else 0
        if place.style in _ORDINALS:
            return mark.delimited and value <= last + 3
        return (_is_decimal(place) or level == 5) and value <= last + 2
    return place.relation == "new" and evidence == 2 and place.style in ("条", "章") and mark.delimited


def _is_decimal(place: Place) -> bool:
    return len(place.value) > 1 and place.style[0] == "#"


def _opens_line(outline: Outline, mark: Mark, place: Place) -> bool:
    style, value, relation = place.style, place.value, place.relation
    if style == "1":
        return relation != "back" and _bare_holds(outline, mark, place)
    if relation == "first" and place.continues and rank(style) <= 5:
        return not _goes_on(outline, mark, style, outline.stack[place.keep].value[0] + 1)
    if style in _LETTERS:
        near = relation == "gap" and value[0] <= outline.stack[place.keep].value[0] + 2
        late = relation == "new" and value[0] <= 3 and _follows(outline, mark, style, (value[0] + 1,))
        return near or late or relation in ("next", "first", "resume")
    if rank(style) >= 5 and relation in ("gap", "new") and not _is_decimal(place):
        last = outline.stack[place.keep].value[0] if relation == "gap" else 0
        return value[0] <= last + 30
    return True


def _continues(outline: Outline, mark: Mark, place: Place, evidence: int, *, chinese: bool, closed: bool) -> bool:
    """The next number of an open list."""
    style = place.style
    if evidence == 2:
        return chinese or style[0] != "(" or _english_item(outline, mark, place)
    if rank(style) < DECIMAL or _is_decimal(place):
        headed = not chinese and _HEADED.match(outline.text, mark.end) is not None
        return chinese or headed or _after_heading(outline, mark)
    if style == "①" or (closed and style != "1"):
        return True
    if style[0] == "(":
        return chinese and outline.text[mark.start - 1] == ","
    if style == "1." and not chinese and _HEADED.match(outline.text, mark.end):
        return True
    return _after_heading(outline, mark)


def _begins(outline: Outline, mark: Mark, place: Place, evidence: int, *, chinese: bool, closed: bool) -> bool:
    """The first number of a list inside a line: its place must be good, or the second number must follow."""
    style, value = place.style, place.value
    following = (*value[:-1], value[-1] + 1)
    last = last_character(outline.text, mark.start)
    if _is_decimal(place):
        known = not place.continues and place.keep > 0 and outline.stack[place.keep - 1].value == value[:-1]
        if known:
            return evidence == 2 or chinese or _after_heading(outline, mark)
        return evidence == 2 and _follows(outline, mark, style, following)
    if not chinese and style[0] == "(":
        opens = evidence == 2 and last in ".:" and _english_item(outline, mark, place)
        return opens and _follows(outline, mark, style, following, after="." if last == ":" else "")
    if evidence == 2:
        sure = style in _ORDINALS or (last == ":" and chinese and style[0] in "(①")
        return sure or _follows(outline, mark, style, following)
    if style == "条" and mark.delimited:
        return not place.continues
    if rank(style) != 5 and not closed and not _after_heading(outline, mark):
        return False
    return style in outline.memory or _follows(outline, mark, style, following)


def _english_item(outline: Outline, mark: Mark, place: Place) -> bool:
    """An English (b) inside a line is a clause of its own only after a full stop, or when its list began on a line."""
    text = outline.text
    before = text[max(mark.start - 12, 0) : mark.start].rstrip()
    if JOINING.sub("", before).rstrip().endswith(";"):
        return place.continues and outline.nodes[outline.stack[place.keep].node].on_line
    opening = text[mark.end : mark.end + 3].lstrip()[:1]
    return opening.isupper() or opening in "\"'[_"


def _after_heading(outline: Outline, mark: Mark) -> bool:
    """True when nothing but a short heading stands between the last number and this one, or a heading in capitals."""
    if not outline.nodes:
        return False
    if CAPITALS.search(outline.text, max(mark.start - 24, 0), mark.start):
        return True
    node = outline.nodes[-1]
    between = outline.text[node.number_end : mark.start]
    return node.number_end > node.start and len(between) < 44 and _SHORT_HEADING.match(between) is not None


def _goes_on(outline: Outline, mark: Mark, style: str, value: int) -> bool:
    """True when the open list goes on behind the mark as if the mark were not there: 七、 … 一. … 八、."""
    for later in outline.marks[mark.index + 1 : mark.index + 1 + LOOKAHEAD]:
        if later.readings[0][0] == style:
            return later.readings[0][1] == (value,) and value > 2
    return False


def _follows(outline: Outline, mark: Mark, style: str, value: Value, *, after: str = "") -> bool:
    """True when the next number of the list is printed further on, before the list could have begun again.

    With `after`, it must stand behind that character: (a) … . (b) … is a list of clauses, (a) …; (b) … a sentence.
    """
    group = (style, *SIBLINGS.get(style, ()))
    first = (*value[:-1], value[-1] - 1)
    for later in outline.marks[mark.index + 1 : mark.index + 1 + LOOKAHEAD]:
        for other, other_value in later.readings:
            if other in group and other_value == value:
                return not after or last_character(outline.text, later.start) == after
            if other == style and other_value == first and len(later.readings) == 1:
                return False
    return False


def _bare_holds(outline: Outline, mark: Mark, place: Place) -> bool:
    """A number without a stop (1 期限) needs its own decimals behind it (1.1), or its neighbours in the list."""
    value = place.value[0]
    last = outline.stack[place.keep].value[0] if place.continues else outline.memory.get(place.style, (0,))[0]
    if not last < value <= last + 9:
        return False
    for later in outline.marks[mark.index + 1 : mark.index + 4]:
        if any(len(other) > 1 and other[0] == value for _, other in later.readings):
            return True
    return value == last + 1 and (last > 0 or any(_follows(outline, mark, "1", (n,)) for n in (2, 3)))
