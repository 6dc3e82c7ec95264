"""What stands before the first clause: title, parties, recitals; also when all of it is one line."""

from __future__ import annotations

import re

from contractscan.model import ClauseKind
from contractscan.segment.numbering import ITEM, rank
from contractscan.segment.outline import Node
from contractscan.text import CJK

_TITLE = re.compile(r"(?:合同|协议|协议书|合同书|契约书?|条款|Agreement|AGREEMENT|Contract|CONTRACT|Terms|TERMS)")
_TITLE_END = re.compile(_TITLE.pattern + r"(?:\([^()]*\))?\Z")
_INLINE_PARTY = re.compile(r"(?:【|\[)?(?:甲|委 *托) *方 *(?:\([^()\n]{1,20}\))? *[:_]")
_INLINE_RECITAL = re.compile(
    r"鉴于|(?:现?根据|依据|依照)《|甲、?乙双方|甲方、乙方|上述甲|(?:双方)?经(?:甲乙)?(?:双方)?(?:平等)?友好协商|WHEREAS|RECITALS"
)
_INLINE_PARTY_ENGLISH = re.compile(r"(?i:this) [^\n]{0,160}?(?i:is|was|are)? ?(?i:made|entered|between|dated)")
_PUNCTUATION = re.compile(r"[,。;:!?]|\.\Z")
_SENTENCE_END = re.compile(r"[。;!?]")
_LINE = re.compile(r"[^\s#*_=-][^\n]*(?<=\S)")
_BACK_PARTY = re.compile(r"(?<=\n)甲 *方 *(?:\([^()\n]{1,20}\))? *[:_][^\n。]{0,60}(?=\n|\Z)")
_VERTICAL = re.compile(rf"(?:[{CJK}] *\n){{2,}}[{CJK}](?= *(?:\n|\Z))")


def split_front(text: str, nodes: list[Node]) -> list[Node]:
    """Divide an undivided opening into title, parties and recitals, and give the title clause its heading."""
    first = nodes[0]
    if first.kind != "title":
        return nodes
    cuts: list[tuple[int, ClauseKind]] = []
    followed = {node.kind for node in nodes[1:4]}
    body = _title_end(text, first)
    if len(nodes) > 1 and nodes[1].kind == "parties":
        match = _INLINE_PARTY.search(text, first.start + 1, first.end)
        if match:  # 合作协议甲方： on the line above 乙方：
            first.end = nodes[1].start = nodes[1].number_end = nodes[1].body = match.start()
            body = min(body, first.end)
    if "parties" not in followed:
        match = _INLINE_PARTY.search(text, first.start, first.end)
        if match and match.start() > first.start:
            cuts.append((match.start(), "parties"))
            body = min(body, match.start())
    if "recital" not in followed:
        match = _INLINE_RECITAL.search(text, cuts[-1][0] if cuts else body, first.end)
        if match and match.start() > first.start and (cuts or match.start() >= body):
            cuts.append((match.start(), "recital"))
    if not cuts and body < first.end and len(text[body : first.end].strip()) > 80:
        cuts.append((body, "body"))
    _name_title(text, first, min([body, *(start for start, _ in cuts)]))
    if not cuts:
        if first.heading == (0, 0):
            first.kind = "body"
            _adopt_items(text, nodes)
        return nodes
    end = first.end
    added: list[Node] = []
    for (start, kind), stop in zip(cuts, [*(start for start, _ in cuts[1:]), end], strict=True):
        added.append(Node(start, start, kind=kind, body=start, end=stop))
    first.end = cuts[0][0]
    shift = len(added)
    for node in nodes[1:]:
        node.parent = None if node.parent is None else node.parent + shift
        node.children = [child + shift for child in node.children]
    return [first, *added, *nodes[1:]]


def split_back(text: str, nodes: list[Node]) -> list[Node]:
    """Part signatures that say no more than the party's name (甲方：某公司) from the last clause of the body."""
    if any(node.kind == "signature" for node in nodes):
        return nodes
    annex = next((n for n, node in enumerate(nodes) if node.style == "annex"), len(nodes))
    last = annex - 1
    if last < 0 or nodes[last].kind != "body":
        return nodes
    node = nodes[last]
    match = _BACK_PARTY.search(text, node.number_end, node.end)
    if not match:
        return nodes
    signature = Node(match.start(), match.start(), kind="signature", body=match.start(), end=node.end)
    node.end = match.start()
    for other in nodes:
        other.children = [child + (child > last) for child in other.children]
        other.parent = other.parent if other.parent is None else other.parent + (other.parent > last)
    return [*nodes[: last + 1], signature, *nodes[last + 1 :]]


def _adopt_items(text: str, nodes: list[Node]) -> None:
    """Put list items below the unnumbered lead-in that opens the text: 乙方承诺：①…②…."""
    first = nodes[0]
    if not text[first.start : first.end].rstrip().endswith(":") or len(nodes) < 2:
        return
    if rank(nodes[1].style) < ITEM and nodes[1].style != "(一)":
        return
    for number, node in enumerate(nodes[1:], 1):
        if node.parent is None and node.style != nodes[1].style:
            break
        if node.parent is None:
            node.parent = 0
            first.children.append(number)
        node.level += 1


def _title_end(text: str, node: Node) -> int:
    """Where the lines of the title end: at the first line that is long or ends like a sentence."""
    position = node.start
    while position < node.end:
        stop = text.find("\n", position, node.end)
        stop = node.end if stop < 0 else stop
        line = text[position:stop].strip()
        if len(line) > 90 or (line.endswith(("。", ";", ".")) and len(line) > 30):
            break
        position = stop + 1
    return min(position, node.end)


def _name_title(text: str, node: Node, end: int) -> None:
    """The title is the line that calls itself an agreement, else the first line; stacked letters belong together."""
    stacked = _VERTICAL.search(text, node.start, end)
    lines = [stacked.span()] if stacked else []
    for match in _LINE.finditer(text, node.start, end):
        if not stacked or not stacked.start() <= match.start() < stacked.end():
            lines.append(match.span())
    short = [span for span in lines if span[1] - span[0] <= 90]
    named = [
        span
        for span in short
        if not _SENTENCE_END.search(text, *span) and _TITLE.search(re.sub(r"\s", "", text[slice(*span)]))
    ]
    ending = [span for span in named if _TITLE_END.search(re.sub(r"\s", "", text[slice(*span)]))]
    plain = [span for span in short if not _PUNCTUATION.search(text, *span)]
    node.heading = (ending or named or plain or [(0, 0)])[0]
    node.body = node.heading[1] if node.heading[0] == node.start else node.start
