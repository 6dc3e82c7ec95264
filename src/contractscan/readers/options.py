"""Option lists: which options of `□按月 ☑按季` were chosen. An unticked option is not an agreed clause.

The rules, the same for every format:

- Options belong together when their boxes stand in one sentence (`付款方式：□现金 ☑转账`), or begin lines that follow
  one another, with at most a few lines of detail between them.
- A group counts only when at least one of its boxes is ticked. A form in which nothing is ticked is left as it is:
  nobody knows yet what will be agreed.
- The unticked option goes from its box to the next box, to the end of the bracket or clause it stands in, or to the
  end of the line that it begins. A line that only leads over to details (`□ 按次计费：`) takes these with it.
- ☒ and ✗ are ticks among empty boxes, and crossed out beside a real tick.
- Boxes that explain how to tick (在□内打√), placeholders (□□□) and the zero of a date (二○二六年) are no options.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

_BOX_RE = re.compile(
    r"(?P<empty>[□☐])|(?P<ticked>[☑🗹✓✔√■▣])|(?P<crossed>[☒✗✘🗷])|(?P<ring>[○◯])|(?P<dot>[●◉⊙])"
    r"|(?P<blank>[\[(（【][ \u3000]{0,6}[\])）】])"
    r"|(?P<mark>[\[(（【]\s?[xX✓✔√]\s?[\])）】])|(?P<cross>[\[(（【]\s?[×✗✘]\s?[\])）】])"
)
_STATES: dict[str, Literal["empty", "ticked", "crossed"]] = {
    "empty": "empty", "ticked": "ticked", "crossed": "crossed", "ring": "empty", "dot": "ticked",
    "blank": "empty", "mark": "ticked", "cross": "crossed",
}  # fmt: skip
_FAMILIES = {"ring": "round", "dot": "round", "blank": "bracket", "mark": "bracket", "cross": "bracket"}
_TICK_RE = re.compile(r"[☑🗹✓✔√■▣☒✗✘🗷●◉⊙]|[\[(（【]\s?[xX]\s?[\])）】]")
_EMPTY_RE = re.compile(r"[□☐○◯☒✗✘🗷]|[\[(（【][ \u3000]{0,6}[\])）】]|[\[(（【]\s?[×✗✘]")
# 在□内打“√”, 勾选☑, □表示未选: a box that is spoken of, not offered.
_SPOKEN_BEFORE_RE = re.compile(
    r"(?:[打划画劃畫勾]|勾选|勾選|标记|標記|标注|[“\"'‘「『]|(?<!请)在|于|tick|check|mark(?:ed)?|with)\s*$", re.I
)
_SPOKEN_AFTER_RE = re.compile(
    r"\s*(?:[”\"'’」』]|[内內中里裡处處](?![国國介])|为选|為選|为未|為未|表示|代表|[打划画]|means|indicates)"
)
_DATE_ZERO_RE = re.compile(r"[一二三四五六七八九零〇○\d年]")
_ITEM_START_RE = re.compile(
    r"[ \t\u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．][ \t]*|[A-Za-z][.、)）．][ \t]*|"
    r"[①-⑳][ \t]*|[-*•·●][ \t]+)?$"
)
_ROW_LEAD_RE = re.compile(r"(?:[^：:\n\t；;]{1,16}[：:] ?)?$")
_LABEL_RE = re.compile(r"(?:^|；|; )([^：:；;\n]{1,24}[：:] ?)$", re.M)
_LEAD_IN_RE = re.compile(r"(?:^|[。；;，,\s])([^。；;，,\s]{1,30}[：:]\s*[（(]?)$")
_SENTENCE_END_RE = re.compile(r"[。；;！!？?]")
_CLAUSE_END_RE = re.compile(r"[。；;！!？?，,\t）)】\]]")
_CLAUSE_START_RE = re.compile(
    r"\s*(?:第[一二三四五六七八九十百千零〇\d]{1,6}[条條章节節款]|[一二三四五六七八九十]{1,3}[、．.]|\d{1,3}(?:\.\d{1,3})*[、．.\s]|"
    r"(?:article|section|clause)\s+\d)",
    re.I,
)
_SMALL_ITEM_RE = re.compile(r"\s*(?:[（(][a-z\d一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[a-z\d][)）])", re.I)
_SEPARATORS = " \t\u3000/／、,，或"
_MOST_DETAIL_LINES = 8


@dataclass(slots=True)
class _Box:
    """A box in the text. `line` is the number of its line; `alone` means that it has a table cell to itself.

    `label` is where the header of its cell begins, in a row that is read as `甲方负责：☐；乙方负责：☑`.
    """

    start: int
    end: int
    state: Literal["empty", "ticked", "crossed"]
    family: str
    line: int
    first: bool = False
    alone: bool = False
    label: int | None = None


def has_options(text: str) -> bool:
    """Whether there is a ticked box in `text` and one that is not: without both nothing was chosen among options."""
    return _TICK_RE.search(text) is not None and _EMPTY_RE.search(text) is not None


def find_unticked(text: str) -> list[tuple[int, int]]:
    """The spans of the options in `text` that were offered and not chosen, in order, boxes included."""
    if not has_options(text):
        return []
    lines = _line_spans(text)
    segments = [segment for number, span in enumerate(lines) for segment in _segments(text, span, number)]
    spans: list[tuple[int, int]] = []
    for group in _groups(text, lines, segments):
        states = {box.state for segment in group for box in segment}
        if "ticked" in states:
            dropped = {"empty", "crossed"}
        elif states == {"empty", "crossed"}:
            dropped = {"empty"}
        else:
            continue
        spans += _group_spans(text, lines, group, dropped)
    return _merged(spans)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order and apart: an option inside an unticked one belongs to it."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _segments(text: str, span: tuple[int, int], number: int) -> list[list[_Box]]:
    """The boxes of one line, in runs that answer one question each."""
    boxes = _boxes(text, span, number)
    segments: list[list[_Box]] = []
    for box in boxes:
        if segments and not _parts(text, segments[-1], box):
            segments[-1].append(box)
        else:
            segments.append([box])
    return segments


def _boxes(text: str, span: tuple[int, int], number: int) -> list[_Box]:
    start, end = span
    boxes: list[_Box] = []
    for match in _BOX_RE.finditer(text, start, end):
        kind = match.lastgroup or ""
        before, after = (
            text[max(start, match.start() - 6) : match.start()],
            text[match.end() : min(end, match.end() + 6)],
        )
        mark = match[0]
        if _SPOKEN_BEFORE_RE.search(before) or _SPOKEN_AFTER_RE.match(after):
            continue
        if kind in ("empty", "ring") and (before[-1:] == mark or after[:1] == mark):
            continue
        if kind == "ring" and (_DATE_ZERO_RE.match(before[-1:]) or _DATE_ZERO_RE.match(after[:1])):
            continue
        label = _LABEL_RE.search(text, max(start, match.start() - 30), match.start())
        is_cell = label is not None and (match.end() == end or text[match.end()] in "；;")
        boxes.append(
            _Box(
                *(match.start(), match.end(), _STATES[kind], _FAMILIES.get(kind, "square"), number),
                label=label.start(1) if label and is_cell else None,
            )
        )
    if boxes:
        lead = text[start : boxes[0].start]
        boxes[0].first = _ITEM_START_RE.match(lead) is not None
    if len(boxes) == 1:
        box = boxes[0]
        cell_starts = (
            box.first or text[box.start - 1 : box.start] == "\t" or _ROW_LEAD_RE.search(text[start : box.start])
        )
        rest = text[box.end : end]
        row = "\t" in text[start:end] or "；" in text[start:end] or "; " in text[start:end]
        box.alone = bool(row and cell_starts and (not rest.strip() or rest[0] in "\t；;"))
    return boxes


def _parts(text: str, segment: list[_Box], box: _Box) -> bool:
    """Whether a new question begins between the last box of `segment` and `box`."""
    last = segment[-1]
    between = text[last.end : box.start]
    if last.label is not None and box.label is not None:
        return last.family != box.family or between.count("；") + between.count("; ") != 1
    if last.family != box.family or _LEAD_IN_RE.search(between):
        return True
    if last.first and len(segment) == 1 and between.rstrip().endswith(("：", ":")):
        return True  # □ 方式一：□ 按天 ☑ 按月
    ends = [match.end() for match in _SENTENCE_END_RE.finditer(between)]
    return bool(ends) and bool(between[ends[-1] :].strip(_SEPARATORS))


def _groups(text: str, lines: list[tuple[int, int]], segments: list[list[_Box]]) -> list[list[list[_Box]]]:
    """Segments that answer one question together: those whose lines follow one another and begin with a box."""
    groups: list[list[list[_Box]]] = []
    open_group: list[list[_Box]] | None = None
    for segment in segments:
        opens = segment[0].first or segment[0].alone
        if open_group is not None and opens and _follows(text, lines, open_group[-1], segment):
            open_group.append(segment)
        else:
            groups.append([segment])
            if opens or _reaches_end(text, lines, segment):
                open_group = groups[-1]
    return groups


def _follows(text: str, lines: list[tuple[int, int]], before: list[_Box], segment: list[_Box]) -> bool:
    upper, lower = before[-1], segment[0]
    between = range(upper.line + 1, lower.line)
    if upper.line == lower.line or upper.family != lower.family or len(between) > _MOST_DETAIL_LINES:
        return False
    details = [text[slice(*lines[number])].strip() for number in between]
    if not any(details):
        return True
    option = text[slice(*lines[upper.line])].rstrip()
    return before[0].first and _are_details(option, [detail for detail in details if detail])


def _are_details(option: str, details: list[str]) -> bool:
    """Whether the lines below an option spell it out: items, table rows, or sentences under an option without an end.

    A clause with a number of its own, or a line like a heading, begins something else.
    """
    if any(_CLAUSE_START_RE.match(detail) for detail in details):
        return False
    if all(_SMALL_ITEM_RE.match(detail) or "\t" in detail for detail in details):
        return True
    complete = option.endswith(tuple("。；;.！!"))
    return not complete and all(detail.endswith(tuple("。；;.：:")) or "：" in detail for detail in details)


def _reaches_end(text: str, lines: list[tuple[int, int]], segment: list[_Box]) -> bool:
    """付款方式：☑ 按月 at the end of a line: the lines below may go on with □ 按季."""
    rest = text[segment[-1].end : lines[segment[-1].line][1]]
    return _SENTENCE_END_RE.search(rest.rstrip("；;。")) is None


def _group_spans(
    text: str, lines: list[tuple[int, int]], group: list[list[_Box]], dropped: set[str]
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for position, segment in enumerate(group):
        following = group[position + 1][0].line if position + 1 < len(group) else None
        if len(segment) == 1 and (segment[0].first or segment[0].alone):
            if segment[0].state in dropped:
                spans.append(_line_option(text, lines, segment[0], following))
            continue
        trailing = _is_trailing(text, lines, segment)
        for index, box in enumerate(segment):
            if box.state in dropped and box.label is not None and len(segment) > 1:
                spans.append((box.label, box.end))
            elif box.state in dropped:
                span = _trailing_option if trailing else _leading_option
                spans.append(span(text, lines, segment, index))
    return spans


def _line_option(text: str, lines: list[tuple[int, int]], box: _Box, following: int | None) -> tuple[int, int]:
    """An option that has its line to itself, with the details below it when it leads over to them."""
    start, end = lines[box.line]
    last = box.line
    if following is not None:
        last = following - 1
    elif text[start:end].rstrip().endswith(("：", ":")):
        while last + 1 < len(lines) and _SMALL_ITEM_RE.match(text, *lines[last + 1]):
            last += 1
    span = text[(start if box.alone else box.start) : lines[last][1]].rstrip()
    return (start, start + len(span)) if box.alone else (box.start, box.start + len(span))


def _is_trailing(text: str, lines: list[tuple[int, int]], segment: list[_Box]) -> bool:
    """专票□ 普票☑: the boxes stand behind their options."""
    start, end = lines[segment[0].line]
    before, after = text[start : segment[0].start], text[segment[-1].end : end]
    return bool(before) and (before[-1].isalnum()) and (not after.strip() or after.lstrip()[0] in "。；;，,、）)】]\t")


def _leading_option(text: str, lines: list[tuple[int, int]], segment: list[_Box], index: int) -> tuple[int, int]:
    box = segment[index]
    if index + 1 < len(segment):
        end = segment[index + 1].start
        return box.start, box.start + len(text[box.start : end].rstrip(_SEPARATORS))
    line_end = lines[box.line][1]
    # When the options before it hold commas, so may the last one.
    commas = any("，" in text[a.end : b.start].rstrip(_SEPARATORS) for a, b in pairwise(segment))
    stop = (_SENTENCE_END_RE if commas else _CLAUSE_END_RE).search(text, box.end, line_end)
    end = stop.start() if stop else line_end
    lead = next((m for m in (_LEAD_IN_RE.search(text[box.end : at]) for at in _next_box(text, box, end)) if m), None)
    if lead:
        end = min(end, box.end + lead.start(1))
    return box.start, box.start + len(text[box.start : end].rstrip())


def _next_box(text: str, box: _Box, end: int) -> list[int]:
    match = _BOX_RE.search(text, box.end, end)
    return [match.start()] if match else []


def _trailing_option(text: str, lines: list[tuple[int, int]], segment: list[_Box], index: int) -> tuple[int, int]:
    box = segment[index]
    if index:
        start = segment[index - 1].end
    else:
        line_start = lines[box.line][0]
        before = text[line_start : box.start]
        cut = max(before.rfind(character) for character in "：:，,、；;。（( \t\u3000/／")
        start = line_start + cut + 1
    while start < box.start and text[start] in _SEPARATORS:
        start += 1
    return start, box.end
