"""Where a clause's heading ends and its text begins, and what kind of clause it is."""

from __future__ import annotations

import re

from contractscan.segment.layout import HEADING_WORDS, is_title_case
from contractscan.segment.numbering import DECIMAL, ITEM, rank
from contractscan.segment.outline import Node
from contractscan.text import CJK

LEAD_WORDS = re.compile(r"下列|以下|如下|之一|包括|有权|不得|应当|可以|的是|following", re.I)
_IDEOGRAPH = re.compile(f"[{CJK}]")
_SKIP = re.compile(r"[ 、:.)\-—–*]*")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,40})\][ :.]*")
_PARTY = re.compile(r"(?:甲|乙|丙|丁|双|各|任何?一?|一) *方|您|本(?:合同|协议|契约)|我司|贵司|平台方")
_PHRASE = re.compile(rf"[{CJK}A-Za-z0-9()、“”\"/&·《》 ]{{2,28}}\Z")
_ENDS_AS_HEADING = re.compile(rf"(?:{HEADING_WORDS})\Z")
_DUTIES = re.compile(r"(?:权利|義務|义务|责任|职责|承诺|保证|声明)[\w、]{0,6}\Z")
_VERB = re.compile(r"[应须将被若如可]|违反|按照|根据|负责|未经")
_HAS_HEADING_WORD = re.compile(HEADING_WORDS)
_SPACED = re.compile(rf"([{CJK}()、与和及/“”\"]{{2,16}}) +(?=[^ \n])")
_STOPPED = re.compile(rf"([{CJK}()、]{{2,14}})([:。]) *(?=[^ \n])")
_RUN_ON = re.compile(
    r"([^若如除未应可得经因由将按向自当凡任一不被使令为请\W\dA-Za-z_]{2,12}?)"
    r"(?=(?:甲|乙|丙|双) *方|本(?:合同|协议|契约)|[甲乙]、)"
)
_REPEATED = re.compile(rf"([{CJK}]{{3,12}})(?=\1)")
_CONTINUES = re.compile(r"[自为是由按应须共计从至以在¥_\d,，、及和与的]")
_ENGLISH = re.compile(r"([^\n]{2,90}?) ?([.:]|—|–| - | -- )(?=[ \n\"A-Z_(]|\Z)")
_CAPITALS = re.compile(r"([A-Z][A-Z0-9 &,;/'()-]{2,90}[A-Z)][.:]?)  +(?=[A-Z\"(][a-z ]?)")
# "What we do", "Accounts and content": a short line by itself that is no sentence.
_PLAIN_HEADING = re.compile(r"[A-Z][\w'’&/,-]*(?: [\w'’&/(),-]+){0,6}\Z")
_FINITE = re.compile(r"\b(?:shall|will|must|may|can|is|are|has|have|agrees?|means?|the following|this|of the)\b", re.I)
_DEFINITIONS = re.compile(
    r".{0,6}(?:定义|释义|术语|名词)|(?:certain )?(?:definitions?|defined terms|interpretation)(?: (?:and|&) \w+)?\Z",
    re.I,
)
_DEFINES = re.compile(
    r" *\"[^\"\n]{1,60}\"(?:\s*\([^()\n]{1,40}\))? *(?:是?指|系指|means?\b|shall mean|has the meaning)"
)


def split_heading(text: str, node: Node) -> None:
    """Set `heading` and `body`. The body keeps a heading that its text needs to be understood (期限：一年)."""
    if node.number_end == node.start:
        if node.heading != (0, 0):  # an unnumbered heading on its own line
            stop = text.find("\n", node.start, node.end)
            node.body = node.end if stop < 0 else stop + 1
        return
    node.body = start = _skip(text, node.number_end, node.end)
    stop = text.find("\n", start, node.end)
    line_end = node.end if stop < 0 else stop
    line = text[start:line_end].rstrip()
    if not line:
        _heading_below(text, node, stop)
        return
    match = _BRACKETED.match(line)
    if match and (match.end() == len(line) or _HAS_HEADING_WORD.search(match.group(1)) or line.isascii()):
        node.heading = (start + match.start(1), start + match.end(1))
        node.body = start + match.end()
        return
    if _IDEOGRAPH.search(line, 0, 60):
        _chinese(node, line, start, has_more=_has_more(text, node, line_end))
    else:
        _english(node, line, start, has_more=_has_more(text, node, line_end))


def _skip(text: str, start: int, end: int) -> int:
    match = _SKIP.match(text, start, end)
    return match.end() if match else start


def _has_more(text: str, node: Node, line_end: int) -> bool:
    return bool(node.children) or bool(text[line_end : node.end].strip())


def _heading_below(text: str, node: Node, stop: int) -> None:
    """The number stands alone on its line: the next one is the heading when it looks like one."""
    if stop < 0:
        return
    start = stop + 1
    next_stop = text.find("\n", start, node.end)
    line_end = node.end if next_stop < 0 else next_stop
    line = text[start:line_end].strip()
    if not line or not _has_more(text, node, line_end):
        return
    if line.isascii():
        capital = line.isupper() or (is_title_case(line) and line[-1] != ".")
        heading = len(line) < 80 and line[-1] not in ",;:" and capital
    else:
        heading = len(line) < 20 and _PHRASE.match(line) is not None and _HAS_HEADING_WORD.search(line) is not None
    if heading:
        first = start + len(text[start:line_end]) - len(text[start:line_end].lstrip())
        node.heading, node.body = (first, first + len(line.rstrip("."))), line_end


def _chinese(node: Node, line: str, start: int, *, has_more: bool) -> None:
    level = rank(node.style)
    bare = line.rstrip(" :.")
    whole = len(line) <= 32 and _PHRASE.match(bare) and not LEAD_WORDS.search(bare) and not _is_sentence(bare, level)
    if whole and len(bare) > 20 and not _ENDS_AS_HEADING.search(bare):
        whole = False
    if whole and (has_more or level <= 5):
        if level < ITEM or node.children or bare != line:
            node.heading, node.body = (start, start + len(bare)), start + len(line)
        return
    match = _SPACED.match(line)
    if match and level < ITEM and not _PARTY.match(line) and not LEAD_WORDS.search(match.group(1)):
        phrase = match.group(1)
        if (level <= 5 and len(phrase) <= 12) or _ENDS_AS_HEADING.search(phrase):
            node.heading = (start, start + len(phrase))
            if not _CONTINUES.match(line, match.end()):
                node.body = start + match.end()
            return
    match = _STOPPED.match(line)
    if match and not _PARTY.search(match.group(1)) and not LEAD_WORDS.search(match.group(1)):
        phrase, stop = match.groups()
        if _ENDS_AS_HEADING.search(phrase) or (level <= 5 and stop == ":"):
            node.heading = (start, start + len(phrase))
            if stop == "。":
                node.body = start + match.end()
            return
    match = _REPEATED.match(line) or _RUN_ON.match(line)
    phrase = match.group(1) if match else ""
    if match and level < ITEM and not _PARTY.match(line) and _ENDS_AS_HEADING.search(phrase) and phrase[-2:] != "期间":
        node.heading = (start, start + match.end(1))


def _is_sentence(phrase: str, level: int) -> bool:
    """甲方於中華民國 and 双方约定的事项为 begin a sentence; 甲方的权利和义务 and 技术服务的目标 are headings."""
    if _DUTIES.search(phrase):
        return False
    if phrase[-1] in "为是有将向第自于在至按由对从以":
        return True
    if _PARTY.match(phrase):
        return level > 5 or _HAS_HEADING_WORD.search(phrase) is None or _VERB.search(phrase) is not None
    return (
        level > 5
        and (_VERB.search(phrase) is not None or _HAS_HEADING_WORD.search(phrase) is None)
        and len(phrase) > 12
    )


def _english(node: Node, line: str, start: int, *, has_more: bool) -> None:
    level = rank(node.style)
    if line[0] in "\"'([_" and not line.isupper():
        return
    run = _CAPITALS.match(line)
    if run and len(run.group(1)) <= 90:
        node.heading, node.body = (start, start + len(run.group(1).rstrip(" .:"))), start + run.end()
        return
    match = _ENGLISH.match(line)
    if match:
        phrase, stop = match.groups()
        rest = line[match.end() :].strip()
        if _is_phrase(phrase) and (rest or has_more or level < ITEM) and not LEAD_WORDS.search(phrase):
            node.heading = (start, start + len(phrase.rstrip()))
            if stop != ":":
                node.body = start + match.end()
            elif not rest:
                node.body = start + len(line)
            return
    if len(line) > 90 or line[-1] in ".,;:":
        return
    if _is_phrase(line):
        heading = has_more or level < DECIMAL
    else:
        heading = has_more and level < ITEM and _PLAIN_HEADING.match(line) is not None and not _FINITE.search(line)
    if heading:
        node.heading, node.body = (start, start + len(line)), start + len(line)


def _is_phrase(phrase: str) -> bool:
    letters = [c for c in phrase if c.isalpha()]
    if len(letters) < 2:
        return False
    return all(c.isupper() for c in letters) or is_title_case(phrase)


def set_kinds(nodes: list[Node], text: str) -> None:
    """Definitions by their heading or wording; whatever stands in an annex or among the recitals is part of it."""
    for node in nodes:
        if node.style == "annex":
            node.kind = "annex"
        elif node.parent is not None and nodes[node.parent].kind in ("annex", "recital", "parties", "definition"):
            node.kind = nodes[node.parent].kind
        elif (
            node.kind == "body"
            and node.style
            and (
                _DEFINITIONS.match(text[slice(*node.heading)])
                if node.heading != (0, 0)
                else _DEFINES.match(text, node.body, node.end)
            )
        ):
            node.kind = "definition"
