"""Which of the possible numbers are numbers, and what stands under what.

A number is believed by its evidence: it opens a line, it follows the end of a sentence, or it is the next one that an
open list expects. Levels come from the order in which styles appear, not from a fixed rank: a style that is open
continues there, a new one goes below. Numbers that repeat, are missing or start again are taken as printed.
"""

from __future__ import annotations

import re

from contractscan.model import ClauseKind
from contractscan.segment.admission import admit
from contractscan.segment.evidence import evidence_inside, guarded
from contractscan.segment.flow import Flow, breaks_off
from contractscan.segment.layout import Line, read_lines
from contractscan.segment.numbering import Mark, find_marks, rank
from contractscan.segment.outline import Frame, Node, Outline, Place, place_of

# Styles that open a line whatever stands above it, when the number is set off.
_PLAIN = ("annex", "章", "条", "article", "section", "chapter", "part")


def build_tree(flow: Flow) -> list[Node]:
    """The clauses of the flow in order; the first starts at 0, each ends where the next one starts."""
    text = flow.text
    outline = Outline(text, find_marks(text))
    lines = read_lines(flow)
    cursor = 0
    marks = outline.marks
    above: Line | None = None
    for line in lines:
        first = cursor
        while cursor < len(marks) and marks[cursor].start < line.end:
            cursor += 1
        if line.kind == "toc":
            _open(outline, line, "toc")
            continue
        opens = first < cursor and marks[first].start == line.start
        plain = opens and marks[first].delimited and marks[first].readings[0][0] in _PLAIN
        if opens and not plain and above is not None and breaks_off(text, above.start, above.end):
            opens = _take(outline, marks[first], line, evidence_inside(text, marks[first], -1), closed=True)
        elif opens:
            opens = _take(outline, marks[first], line, 3)
        above = line
        if not opens and line.kind is not None and not _names_number(outline, line):
            _open(outline, line, line.kind)
        for mark in marks[first + (1 if opens else 0) : cursor]:
            if mark.start > line.start:
                last = outline.nodes[-1] if outline.nodes else None
                number_end = max(last.number_end if last and last.value else -1, outline.prefix[1])
                evidence = evidence_inside(text, mark, number_end)
                _take(outline, mark, line, evidence, closed=mark.start in flow.closed)
    return _finish(outline, len(text))


_PREFERENCE = {"next": 0, "first": 1, "resume": 2, "gap": 3, "back": 4, "new": 5}


def _names_number(outline: Outline, line: Line) -> bool:
    """True for the heading of a number that stands alone on the line above: ARTICLE I / SERVICES."""
    last = outline.nodes[-1] if outline.nodes else None
    alone = last is not None and last.value and not outline.text[last.number_end : line.start].strip(" .:\n-")
    return line.kind == "heading" and bool(alone)


def _take(outline: Outline, mark: Mark, line: Line, evidence: int, *, closed: bool = False) -> bool:
    """Open a clause at the mark if it proves to be a number."""
    if evidence == 3 and outline.body and _resumes_body(outline, mark):
        outline.stack[:], outline.body = outline.body, []
    places = [place_of(outline, mark, style, value, line.indent, evidence) for style, value in mark.readings]
    places.sort(key=lambda place: (_PREFERENCE[place.relation], -place.keep))
    if _repeats_open(outline, mark, places[0]):
        outline.prefix = (mark.start, mark.end)
        return False
    for place in places:
        if guarded(outline.text, mark, mark.readings[0][0], evidence):
            return False
        if admit(outline, mark, place, evidence, closed=closed):
            _commit(outline, mark, place, line, evidence)
            return True
    return False


def _resumes_body(outline: Outline, mark: Mark) -> bool:
    """True for the number that goes on with the body behind the names of annexes: 1.4 lists them, 2. follows."""
    if len(outline.stack) != 1 or outline.stack[0].style != "annex":
        return False
    return any(
        frame.style == style and frame.value[:-1] == value[:-1] and frame.value[-1] + 1 == value[-1]
        for frame in outline.body
        for style, value in mark.readings
        if value
    )


def _repeats_open(outline: Outline, mark: Mark, place: Place) -> bool:
    """True for the 8.2 of 8.2(b) where 8.2 is open already."""
    repeats = place.continues and len(place.value) > 1 and outline.stack[place.keep].value == place.value
    return repeats and outline.text[mark.end : mark.end + 1] == "("


def _commit(outline: Outline, mark: Mark, place: Place, line: Line, evidence: int) -> None:
    stack, nodes = outline.stack, outline.nodes
    if place.style == "annex":
        if stack and (stack[0].style != "annex" or stack[0].value == place.value):  # the same annex: its name on a page
            outline.body = list(stack)
        stack.clear()
        outline.memory.clear()
        place = Place("annex", place.value, "first", 0, False)
    else:
        outline.body = []
    recital = next((n for n, frame in enumerate(stack[: place.keep]) if frame.style in _BEFORE_BODY), None)
    if recital is not None and _recital_over(outline, mark, place, stack[recital].node):
        place = Place(place.style, place.value, place.relation, recital, False)
    before = stack[place.keep].value if place.continues else ()
    indent = line.indent if evidence == 3 else (stack[place.keep].indent if place.continues else line.indent)
    del stack[place.keep :]
    parent = stack[-1].node if stack else None
    start = outline.prefix[0] if outline.prefix[1] == mark.start else mark.start
    if stack:
        outline.parents.setdefault(place.style, stack[-1].style)
    nodes.append(Node(start, mark.end, place.style, place.value, len(stack), parent, on_line=evidence == 3))
    stack.append(Frame(place.style, place.value, len(nodes) - 1, indent, before))
    outline.memory[place.style] = place.value


_BEFORE_BODY = ("recital", "parties")  # may hold numbered paragraphs of their own
_AGREED = re.compile(
    r"agree[sd]? +(?:as +follows|that|to)|now,? +therefore|如下|以资|共同(?:遵守|恪守)|(?:订立|签订)本", re.I
)


def _recital_over(outline: Outline, mark: Mark, place: Place, number: int) -> bool:
    """Recitals may be numbered under their own heading; anything else, and what follows the agreement, is the body."""
    recital = outline.nodes[number]
    if rank(place.style) <= 5 or len(place.value) > 1:
        return True
    if recital.kind == "parties":
        return place.style not in ("(1)", "(a)", "(A)", "(i)")
    inside = outline.nodes[number + 1 : number + 2]
    if inside and inside[0].parent == number and rank(place.style) < rank(inside[0].style):
        return True  # 1. Fees behind (A) and (B)
    following = outline.marks[mark.index + 1 : mark.index + 2]
    if following and any(value == (*place.value, 1) for _, value in following[0].readings):
        return True  # 1. Definitions, with 1.1 below it
    if recital.heading == (0, 0) and place.style in ("1.", "1、", "1"):
        return True
    return _AGREED.search(outline.text, recital.start, mark.start) is not None


def _open(outline: Outline, line: Line, kind: str) -> None:
    """Open a clause without a number: a heading on its own line, the recitals, the signatures, a list of contents."""
    nodes, stack = outline.nodes, outline.stack
    if kind in ("toc", "signature", "recital", "parties") and nodes and nodes[-1].kind == kind:
        return
    if kind == "heading":
        style = f"head{'' if line.heading_level is None else line.heading_level}"
        same = next((n for n, frame in enumerate(stack) if frame.style == style), None)
        del stack[len(stack) if same is None else same :]
        if any(frame.style in _BEFORE_BODY for frame in stack):
            stack.clear()
        nodes.append(Node(line.start, line.start, style, (), len(stack), stack[-1].node if stack else None))
        nodes[-1].heading = line.heading
        stack.append(Frame(style, (0,), len(nodes) - 1, line.indent))
        return
    stack.clear()
    clause_kind: ClauseKind = kind  # type: ignore[assignment]
    nodes.append(Node(line.start, line.start, kind, (), 0, None, clause_kind))
    nodes[-1].heading = line.heading
    if kind in _BEFORE_BODY:
        stack.append(Frame(kind, (0,), len(nodes) - 1, line.indent))


def _finish(outline: Outline, length: int) -> list[Node]:
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
