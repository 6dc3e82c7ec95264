"""Which of the possible numbers are numbers, and what stands under what.

A number is believed by its evidence: it opens a line, it follows the end of a sentence, or it is the next one that an
open list expects. Levels come from the order in which styles appear, not from a fixed rank: a style that is open
continues there, a new one goes below. Numbers that repeat, are missing or start again are taken as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from contractscan.model import ClauseKind
from contractscan.segment.evidence import JOINING, evidence_inside, guarded, is_chinese, last_character
from contractscan.segment.flow import Flow
from contractscan.segment.layout import Line, read_lines
from contractscan.segment.numbering import DECIMAL, ITEM, SIBLINGS, Mark, Value, find_marks, rank
from contractscan.text import CJK

_LOOKAHEAD = 80  # marks


@dataclass(slots=True)
class Node:
    """A clause in the making, in positions of the flow."""

    start: int
    number_end: int  # == start when there is no number
    style: str = ""
    value: Value = ()
    level: int = 0
    parent: int | None = None
    kind: ClauseKind = "body"
    on_line: bool = True
    heading: tuple[int, int] = (0, 0)
    body: int = 0  # where the text behind number and heading begins
    end: int = 0
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    style: str
    value: Value
    node: int
    indent: int
    before: Value = ()  # the value before the last one, should the last one prove wrong


@dataclass(slots=True)
class _Outline:
    """The open lists, outermost first, and the last value seen of every style."""

    text: str
    marks: list[Mark]
    nodes: list[Node] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    memory: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Place:
    """Where a reading would go: its relation to what is open, and how many frames stay on the stack below it."""

    style: str
    value: Value
    relation: str  # next, first, gap, back, new
    keep: int
    continues: bool  # replaces the frame at `keep` rather than opening a list


def build_tree(flow: Flow) -> list[Node]:
    """The clauses of the flow in order; the first starts at 0, each ends where the next one starts."""
    text = flow.text
    outline = _Outline(text, find_marks(text))
    lines = read_lines(flow)
    cursor = 0
    marks = outline.marks
    for line in lines:
        first = cursor
        while cursor < len(marks) and marks[cursor].start < line.end:
            cursor += 1
        if line.kind == "toc":
            _open(outline, line, "toc")
            continue
        opens = first < cursor and marks[first].start == line.start and _take(outline, first, line, 3)
        if not opens and line.kind is not None:
            _open(outline, line, line.kind)
        for number in range(first + (1 if opens else 0), cursor):
            mark = marks[number]
            if mark.start > line.start:
                _take(
                    outline,
                    number,
                    line,
                    evidence_inside(
                        text, mark, outline.nodes[-1].number_end if outline.nodes and outline.nodes[-1].value else -1
                    ),
                )
    return _finish(outline, len(text))


_SHORT_HEADING = re.compile(rf"[ :、.]*[{CJK}A-Za-z][{CJK}A-Za-z &'()/-]{{1,38}}\Z")

# ------------------------------------------------------------------- placing


def _place(outline: _Outline, style: str, value: Value, indent: int, evidence: int) -> _Place:
    if len(value) > 1:
        return _place_decimal(outline, style, value)
    stack = outline.stack
    candidates = [n for n in range(len(stack) - 1, -1, -1) if stack[n].style == style]
    if candidates:
        number = candidates[0]
        if len(candidates) > 1 and evidence == 3:
            due = [n for n in candidates if stack[n].value[0] + 1 == value[0]]
            number = next((n for n in due if stack[n].indent == indent), due[0] if due else number)
        frame = stack[number]
        if value[0] == 1 and evidence == 3 and indent >= frame.indent + 2 and number == len(stack) - 1:
            return _Place(style, value, "first", len(stack), False)
        return _Place(style, value, _relation(frame, value), number, True)
    for number in range(len(stack) - 1, -1, -1):  # a list whose numbers are typed in several ways
        frame = stack[number]
        if frame.style in SIBLINGS.get(style, ()) and frame.value[0] + 1 == value[0] > 1:
            return _Place(frame.style, value, "next", number, True)
    relation = "first" if value[0] <= 1 else "new"
    last = outline.memory.get(style)
    if last and last[0] + 1 == value[0] and value[0] > 1:
        relation = "resume"
    return _Place(style, value, relation, _depth_of_new(outline, style), False)


def _relation(frame: _Frame, value: Value) -> str:
    last = frame.value[-1]
    if value[-1] == last + 1 or (frame.before and value[-1] == frame.before[-1] + 1 and value[-1] != last):
        return "next"
    if value[-1] == 1:
        return "first"
    return "gap" if value[-1] > last else "back"


def _depth_of_new(outline: _Outline, style: str) -> int:
    """A style not open goes below everything open, but out of what is known to stand further in."""
    level = rank(style)
    keep = len(outline.stack)
    while keep:
        frame = outline.stack[keep - 1]
        if rank(frame.style) <= level or frame.style.startswith("head"):
            break
        node = outline.nodes[frame.node]
        if frame.node == len(outline.nodes) - 1 and node.value == (1,) and rank(frame.style) < ITEM:
            break  # 一、总则 with 第一条 right under it
        keep -= 1
    return keep


def _place_decimal(outline: _Outline, style: str, value: Value) -> _Place:
    stack = outline.stack
    prefix = value[:-1]
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if frame.style == style and frame.value[:-1] == prefix:
            return _Place(style, value, _relation(frame, value), number, True)
        if frame.value == prefix and (len(prefix) > 1 or rank(frame.style) < ITEM):
            relation = "first" if value[-1] == 1 else "gap"
            return _Place(style, value, relation, number + 1, False)
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if frame.style == style and frame.value[0] + 1 == value[0] and len(value) == 2 and value[1] == 1:
            below = stack[number - 1] if number else None
            if below is None or rank(below.style) == ITEM or below.style.startswith("head"):
                return _Place(style, value, "next", number, True)  # 2.1 after 1.9 where no 2 is printed
    # The parent is missing or the number is mistyped: a higher number leaves the open clause, a lower one stays in it.
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if 1 < len(frame.value) < len(value) and frame.value == value[: len(frame.value)]:
            return _Place(style, value, "new", number + 1, False)
    for number, frame in enumerate(stack):
        if frame.style == style:
            parent = stack[number - 1] if number else None
            if parent and len(parent.value) == 1 and rank(parent.style) < ITEM and value[0] > parent.value[0]:
                return _Place(style, value, "new", number - 1, False)
            return _Place(style, value, "back" if value < frame.value else "gap", number, True)
    for number, frame in enumerate(stack):
        if len(frame.value) == 1 and 3 < rank(frame.style) < ITEM:
            return _Place(style, value, "new", number if value[0] > frame.value[0] else number + 1, False)
    return _Place(style, value, "first" if value[-1] == 1 else "new", len(stack), False)


def _admit(outline: _Outline, number: int, place: _Place, evidence: int) -> bool:
    mark = outline.marks[number]
    style, value, relation = place.style, place.value, place.relation
    decimal = len(value) > 1 and style[0] == "#"
    level = rank(style)
    if evidence == 3:
        if style == "1":
            return relation in ("next", "first", "resume", "gap", "new") and _bare_holds(outline, number, place)
        if style in ("A.", "a.", "I.", "i.", "甲、", "A)", "a)", "(I)"):
            near = relation == "gap" and value[0] <= outline.stack[place.keep].value[0] + 2
            return near or relation in ("next", "first", "resume")
        if level >= 5 and relation in ("gap", "new") and not decimal:
            last = outline.stack[place.keep].value[0] if relation == "gap" else 0
            return value[0] <= last + 30
        return True
    if style in ("1", "annex") and style == "annex":
        return False
    chinese = is_chinese(outline.text, mark)
    if relation == "next" or (relation == "resume" and level < ITEM and evidence == 2):
        if evidence == 2:
            if not chinese and style[0] == "(":
                return _english_item(outline, mark, place)
            return True
        if level < DECIMAL or decimal:
            return chinese or _after_heading(outline, mark)
        if style == "①":
            return True
        if style[0] == "(":
            return chinese and outline.text[mark.start - 1] in "，,"
        return _after_heading(outline, mark)
    if relation == "first":
        following = (*value[:-1], value[-1] + 1)
        if decimal:
            known = not place.continues and place.keep > 0 and outline.stack[place.keep - 1].value == value[:-1]
            if known:
                return evidence == 2 or chinese or _after_heading(outline, mark)
            return evidence == 2 and _follows(outline, number, style, following)
        if not chinese and style[0] == "(":
            opens = (
                evidence == 2
                and last_character(outline.text, mark.start) in ".:"
                and _english_item(outline, mark, place)
            )
            return opens and _follows(outline, number, style, following)
        if evidence == 2:
            if style in ("条", "章", "article", "section"):
                return True
            if last_character(outline.text, mark.start) == ":" and chinese and style[0] in "(①":
                return True
            return _follows(outline, number, style, following)
        if style == "条" and mark.delimited:
            return not place.continues
        if level == 5 or _after_heading(outline, mark):
            return _follows(outline, number, style, following)
        return False
    if relation == "gap" and evidence == 2:
        last = outline.stack[place.keep].value[-1] if place.continues else 0
        if style in ("条", "section", "article"):
            return mark.delimited and value[-1] <= last + 3
        return (decimal or level == 5) and value[-1] <= last + 2
    if relation == "new" and evidence == 2 and style in ("条", "章"):
        return mark.delimited
    return False


def _english_item(outline: _Outline, mark: Mark, place: _Place) -> bool:
    """An English (b) inside a line is a clause of its own only after a full stop, or when its list began on a line."""
    text = outline.text
    before = text[max(mark.start - 12, 0) : mark.start].rstrip()
    if JOINING.sub("", before).rstrip().endswith(";"):
        return place.continues and outline.nodes[outline.stack[place.keep].node].on_line
    opening = text[mark.end : mark.end + 3].lstrip()[:1]
    return opening.isupper() or opening in "\"'[_"


def _after_heading(outline: _Outline, mark: Mark) -> bool:
    """True when nothing but a short heading stands between the last number and this one."""
    if not outline.nodes:
        return False
    node = outline.nodes[-1]
    between = outline.text[node.number_end : mark.start]
    return node.number_end > node.start and len(between) < 44 and _SHORT_HEADING.match(between) is not None


def _follows(outline: _Outline, number: int, style: str, value: Value) -> bool:
    """True when the next number of the list is printed further on, before the list could have begun again."""
    group = (style, *SIBLINGS.get(style, ()))
    first = (*value[:-1], value[-1] - 1)
    for mark in outline.marks[number + 1 : number + 1 + _LOOKAHEAD]:
        for other, other_value in mark.readings:
            if other in group and other_value == value:
                return True
            if other == style and other_value == first and len(mark.readings) == 1:
                return False
    return False


def _bare_holds(outline: _Outline, number: int, place: _Place) -> bool:
    """A number without a stop (1 期限) needs its own decimals behind it (1.1), or its neighbours in the list."""
    value = place.value[0]
    last = outline.stack[place.keep].value[0] if place.continues else outline.memory.get(place.style, (0,))[0]
    if not last < value <= last + 9:
        return False
    for mark in outline.marks[number + 1 : number + 4]:
        if any(len(other) > 1 and other[0] == value for _, other in mark.readings):
            return True
    return value == last + 1 and (last > 0 or any(_follows(outline, number, "1", (n,)) for n in (2, 3)))


# -------------------------------------------------------------------- taking

_PREFERENCE = {"next": 0, "first": 1, "resume": 2, "gap": 3, "back": 4, "new": 5}


def _take(outline: _Outline, number: int, line: Line, evidence: int) -> bool:
    """Open a clause at the mark if it proves to be a number."""
    mark = outline.marks[number]
    places = [_place(outline, style, value, line.indent, evidence) for style, value in mark.readings]
    places.sort(key=lambda place: (_PREFERENCE[place.relation], -place.keep))
    for place in places:
        if not guarded(outline.text, mark, mark.readings[0][0], evidence) and _admit(outline, number, place, evidence):
            _commit(outline, mark, place, line, evidence)
            return True
    return False


def _commit(outline: _Outline, mark: Mark, place: _Place, line: Line, evidence: int) -> None:
    stack, nodes = outline.stack, outline.nodes
    if place.style == "annex":
        stack.clear()
        outline.memory.clear()
        place = _Place("annex", place.value, "first", 0, False)
    before: Value = ()
    if place.continues:
        before = stack[place.keep].value
    elif place.keep and stack[-1].style == "recital" and _recital_over(outline, mark, place):
        place.keep = next(n for n, frame in enumerate(stack) if frame.style == "recital")
    indent = line.indent if evidence == 3 else (stack[place.keep].indent if place.continues else line.indent)
    del stack[place.keep :]
    parent = stack[-1].node if stack else None
    start = mark.start
    nodes.append(Node(start, mark.end, place.style, place.value, len(stack), parent, on_line=evidence == 3))
    stack.append(_Frame(place.style, place.value, len(nodes) - 1, indent, before))
    outline.memory[place.style] = place.value


_AGREED = re.compile(
    r"agree[sd]? +(?:as +follows|that|to)|now,? +therefore|如下|以资|共同(?:遵守|恪守)|(?:订立|签订)本", re.I
)


def _recital_over(outline: _Outline, mark: Mark, place: _Place) -> bool:
    if rank(place.style) <= 5 or len(place.value) > 1:
        return True
    frame = next(frame for frame in outline.stack if frame.style == "recital")
    return _AGREED.search(outline.text, outline.nodes[frame.node].start, mark.start) is not None


def _open(outline: _Outline, line: Line, kind: str) -> None:
    """Open a clause without a number: a heading on its own line, the recitals, the signatures, a list of contents."""
    nodes, stack = outline.nodes, outline.stack
    if kind in ("toc", "signature", "recital", "parties", "title") and nodes and nodes[-1].kind == kind:
        return
    if kind == "heading":
        style = f"head{'' if line.heading_level is None else line.heading_level}"
        same = next((n for n, frame in enumerate(stack) if frame.style == style), None)
        del stack[len(stack) if same is None else same :]
        if stack and stack[-1].style == "recital":
            stack.clear()
        nodes.append(Node(line.start, line.start, style, (), len(stack), stack[-1].node if stack else None))
        nodes[-1].heading = line.heading
        stack.append(_Frame(style, (0,), len(nodes) - 1, line.indent))
        return
    stack.clear()
    clause_kind: ClauseKind = kind  # type: ignore[assignment]
    nodes.append(Node(line.start, line.start, kind, (), 0, None, clause_kind))
    nodes[-1].heading = line.heading
    if kind == "recital":
        stack.append(_Frame("recital", (0,), len(nodes) - 1, line.indent))


def _finish(outline: _Outline, length: int) -> list[Node]:
    nodes = outline.nodes
    if not nodes or nodes[0].start > 0:
        first = Node(0, 0, kind="title" if nodes else "body")
        for node in nodes:
            node.parent = None if node.parent is None else node.parent + 1
        nodes.insert(0, first)
    for number, node in enumerate(nodes):
        node.end = nodes[number + 1].start if number + 1 < len(nodes) else length
        node.body = node.number_end
        if node.parent is not None:
            nodes[node.parent].children.append(number)
    return nodes
