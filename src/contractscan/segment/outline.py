"""The open lists, and where in them a number would go."""

from __future__ import annotations

from dataclasses import dataclass, field

from contractscan.model import ClauseKind
from contractscan.segment.numbering import ITEM, SIBLINGS, Mark, Value, rank

LOOKAHEAD = 80  # marks


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
class Frame:
    style: str
    value: Value
    node: int
    indent: int
    before: Value = ()  # the value before the last one, should the last one prove wrong


@dataclass(slots=True)
class Outline:
    """The open lists, outermost first, and the last value seen of every style."""

    text: str
    marks: list[Mark]
    nodes: list[Node] = field(default_factory=list)
    stack: list[Frame] = field(default_factory=list)
    memory: dict[str, Value] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)  # under which style a style first stood
    body: list[Frame] = field(default_factory=list)  # what was open when an annex began
    prefix: tuple[int, int] = (-1, -1)  # of 8.2(b) where 8.2 is open: the number in front of (b)


@dataclass(slots=True)
class Place:
    """Where a reading would go: its relation to what is open, and how many frames stay on the stack below it."""

    style: str
    value: Value
    relation: str  # next, first, gap, back, new
    keep: int
    continues: bool  # replaces the frame at `keep` rather than opening a list


def place_of(outline: Outline, mark: Mark, style: str, value: Value, indent: int, evidence: int) -> Place:
    if len(value) > 1:
        return _place_decimal(outline, style, value)
    stack = outline.stack
    candidates = [n for n in range(len(stack) - 1, -1, -1) if stack[n].style == style]
    if candidates:
        number = candidates[0]
        if len(candidates) > 1:
            due = [n for n in candidates if stack[n].value[0] + 1 == value[0]]
            number = next((n for n in due if stack[n].indent == indent), due[0] if due else number)
        frame = stack[number]
        if value[0] == 1:
            deeper = evidence == 3 and indent >= frame.indent + 2 and number == len(stack) - 1
            if deeper or _is_inner(outline, mark, style, frame.value[0]):
                return Place(style, value, "first", len(stack), False)
        return Place(style, value, _relation(frame, value), number, True)
    for number in range(len(stack) - 1, -1, -1):  # a list whose numbers are typed in several ways
        frame = stack[number]
        if frame.style in SIBLINGS.get(style, ()) and frame.value[0] + 1 == value[0] > 1:
            return Place(frame.style, value, "next", number, True)
    for number, frame in enumerate(stack):  # 8 after 7.1, where no 7 was printed
        alone = number == 0 or stack[number - 1].value != frame.value[:1]
        if len(frame.value) > 1 and alone and frame.value[0] + 1 == value[0] and rank(style) < ITEM:
            return Place(style, value, "resume" if style in outline.memory else "new", number, False)
    relation = "first" if value[0] <= 1 else "new"
    last = outline.memory.get(style)
    if last and last[0] + 1 == value[0] and value[0] > 1:
        relation = "resume"
    return Place(style, value, relation, _depth_of_new(outline, style), False)


def _is_inner(outline: Outline, mark: Mark, style: str, outer: int) -> bool:
    """True when a list that begins again (8. A. 1. 2. B. 9.) ends before the outer one goes on with its next number."""
    last = 1
    for later in outline.marks[mark.index + 1 : mark.index + 1 + LOOKAHEAD]:
        for other, value in later.readings:
            if other != style or len(value) > 1:
                continue
            if value[0] == last + 1:
                last += 1
            elif value[0] == outer + 1 and last > 1:
                return True
            elif value[0] == 1:
                return False
    return False


def _relation(frame: Frame, value: Value) -> str:
    last = frame.value[-1]
    if value[-1] == last + 1 or (frame.before and value[-1] == frame.before[-1] + 1 and value[-1] != last):
        return "next"
    if value[-1] == 1:
        return "first"
    return "gap" if value[-1] > last else "back"


def _depth_of_new(outline: Outline, style: str) -> int:
    """A style not open goes below everything open, but out of what is known to stand further in.

    Where it stood the first time it stands again: 一、 under 1. if that is how the contract began.
    """
    above = outline.parents.get(style)
    known = next((n + 1 for n, frame in enumerate(outline.stack) if frame.style == above), 0)
    level = rank(style)
    keep = len(outline.stack)
    while keep:
        frame = outline.stack[keep - 1]
        if rank(frame.style) <= level or frame.style.startswith(("head", "recital", "parties")):
            break
        node = outline.nodes[frame.node]
        if frame.node == len(outline.nodes) - 1 and node.value == (1,) and rank(frame.style) < ITEM:
            break  # 一、总则 with 第一条 right under it
        keep -= 1
    return max(keep, known)


def _place_decimal(outline: Outline, style: str, value: Value) -> Place:
    stack = outline.stack
    prefix = value[:-1]
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if frame.style == style and frame.value[:-1] == prefix:
            return Place(style, value, _relation(frame, value), number, True)
        if frame.value == prefix and (len(prefix) > 1 or rank(frame.style) < ITEM):
            relation = "first" if value[-1] == 1 else "gap"
            return Place(style, value, relation, number + 1, False)
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if frame.style == style and frame.value[0] + 1 == value[0] and len(value) == 2 and value[1] == 1:
            below = stack[number - 1] if number else None
            if below is None or rank(below.style) == ITEM or below.style.startswith("head"):
                return Place(style, value, "next", number, True)  # 2.1 after 1.9 where no 2 is printed
    for number in range(1, len(stack)):  # 3.1.1 below 第三条 and (一), 3.2.1 below (二)
        above, frame = stack[number - 1], stack[number]
        if len(value) > 2 and above.value == value[:1] and frame.value == value[1:2]:
            return Place(style, value, "first" if value[-1] == 1 else "gap", number + 1, False)
    # The parent is missing or the number is mistyped: a higher number leaves the open clause, a lower one stays in it.
    for number in range(len(stack) - 1, -1, -1):
        frame = stack[number]
        if 1 < len(frame.value) < len(value) and frame.value == value[: len(frame.value)]:
            return Place(style, value, "new", number + 1, False)
    for number, frame in enumerate(stack):
        if frame.style == style:
            parent = stack[number - 1] if number else None
            if parent and len(parent.value) == 1 and rank(parent.style) < ITEM and value[0] > parent.value[0]:
                return Place(style, value, "new", number - 1, False)
            return Place(style, value, "back" if value < frame.value else "gap", number, True)
    for number, frame in enumerate(stack):
        if len(frame.value) == 1 and 3 < rank(frame.style) < ITEM:
            return Place(style, value, "new", number if value[0] > frame.value[0] else number + 1, False)
    return Place(style, value, "first" if value[-1] == 1 else "new", _depth_of_new(outline, style), False)
