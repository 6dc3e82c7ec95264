"""Cross-references inside the contract, resolved to the clause they mean; statutes and other contracts are not ours."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from contractscan.segment.numbering import NUMERALS, Value, chinese_value, letter_or_number, rank, roman_value
from contractscan.segment.outline import Node

_N = rf"(?:[{NUMERALS}]{{1,6}}|\d{{1,3}}(?:\.\d{{1,3}}){{0,5}})"
_P = rf"\(? ?(?:[{NUMERALS}]{{1,4}}|\d{{1,2}}|[a-z]) ?\)?"
_CHINESE = re.compile(
    rf"第 ?(?P<article>{_N}) ?条(?: ?[之的]? ?第 ?(?P<paragraph>{_P}) ?款)?(?: ?[之的]? ?第? ?(?P<item>{_P}) ?[项目])?"
    rf"|(?P<self>本条 ?)?第 ?(?P<part>{_P}|\d{{1,3}}(?:\.\d{{1,3}})+) ?(?P<unit>[款项目])"
    rf"(?: ?第 ?(?P<part2>{_P}) ?[项目])?"
    rf"|(?<![\d.第])(?P<plain>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}) ?(?:条|款|项)(?!件)"
    rf"|附 ?[件录表] ?(?P<annex>[{NUMERALS}]{{1,3}}|\d{{1,2}}|[A-Z](?![A-Za-z]))"
)
_STATUTE_BEFORE = re.compile(
    r"(?:》(?:\([^()]{1,20}\))?的?|(?<!方)(?<!办)法典?|条例|司法解释|(?:管理|若干)?规定|管理办法|通则|细则) ?\Z"
)
_CHAIN = re.compile(r"(?:[、,和与及或至到-]|以及){1,2}(?:《[^》]*》)?\Z")

_E = r"(?:\d{1,3}(?:\.\d{1,3}){0,5}|[IVXL]{1,7}|[A-Z])(?![A-Za-z0-9])(?:\((?:[a-zA-Z]{1,4}|\d{1,2})\))*"
_ENGLISH = re.compile(
    r"(?P<word>[Ss]ections?|SECTIONS?|[Aa]rticles?|ARTICLES?|[Cc]lauses?|[Pp]aragraphs?|§§?) ?"
    rf"(?P<numbers>{_E}(?:(?:,|,? (?:and|or|through|to)) (?:[Ss]ection )?{_E})*)"
    r"|\b(?P<this>[Tt]his (?P<thisword>Section|Article|Clause|Paragraph))(?! \d)(?! [IVX]+\b)"
    r"|(?:Exhibit|EXHIBIT|Schedule|SCHEDULE|Annex|ANNEX|Appendix|APPENDIX|Attachment|ATTACHMENT) "
    r"(?P<annex>\d{1,2}|[IVXL]{1,6}|[A-Z](?:-\d{1,2})?)(?![A-Za-z0-9]|\.\d)"
)
_ONE = re.compile(_E)
_SUB = re.compile(r"\(([a-zA-Z]{1,4}|\d{1,2})\)")
_OTHER_AFTER = re.compile(
    r" ?(?:of|under|in|to) (?:the|that|such|its|said|an?|Title|Chapter|Part|Regulation|Rule)? ?"
    r"(?!Agreement\b|Contract\b|Terms\b)(?:[A-Z][\w&.'-]*[ ,]+){0,6}"
    r"(?:\w*Act\b|\w*Code\b|\w*Law\b|Regulations?\b|Rules?\b|GDPR|Agreement\b|Statutes?\b|Constitution\b|Bylaws\b|Treaty\b)"
)
_STATUTE_WORD = re.compile(
    r"(?:Act|Code|Law|C\.F\.R\.|CFR|U\.S\.C\.|USC|GDPR|Stat\.|Regulations?|Rules?|Directive)[ ,]*\Z"
)


@dataclass(slots=True)
class Pointer:
    """A reference in positions of the flow."""

    start: int
    end: int
    source: int
    target: int | None


def find_references(text: str, nodes: list[Node]) -> list[Pointer]:
    """All references, in order. A reference into a statute or into another contract is left out."""
    index = _index(nodes)
    starts = [node.start for node in nodes]
    found: list[Pointer] = []
    outside = -1  # where the last reference into a statute ended
    for match in _CHINESE.finditer(text):
        source = bisect_right(starts, match.start()) - 1
        node = nodes[source]
        if match.start() < node.number_end or node.kind == "toc":
            continue
        before = text[max(match.start() - 16, 0) : match.start()]
        chained = outside >= 0 and match.start() - outside < 8 and _CHAIN.fullmatch(text, outside, match.start())
        if chained or (_STATUTE_BEFORE.search(before) and not match.group("annex")):
            outside = match.end()
            continue
        if match.group("annex") and match.start() == 0:
            continue
        known, target = _chinese_target(index, nodes, source, match)
        if known:
            found.append(Pointer(match.start(), match.end(), source, target))
    for match in _ENGLISH.finditer(text):
        source = bisect_right(starts, match.start()) - 1
        node = nodes[source]
        if match.start() < node.number_end or node.kind == "toc":
            continue
        found += _english_pointers(index, nodes, source, match, text)
    found.sort(key=lambda pointer: pointer.start)
    return found


_NEAR = 4  # clauses with one number on either side that are weighed; more are no contract, and would cost n²
Index = dict[tuple[str, Value], list[int]]


def _index(nodes: list[Node]) -> Index:
    """Clauses by what a reference calls them: top (第八条, Section 8, 8.), decimal, annex."""
    index: Index = {}
    ordinals = any(node.style in ("条", "article", "section", "§", "clause") for node in nodes)
    for number, node in enumerate(nodes):
        if not node.value or node.style.startswith("head"):
            continue
        if node.style == "annex":
            index.setdefault(("annex", node.value), []).append(number)
        elif node.style[0] in "#条" and len(node.value) > 1:
            index.setdefault(("decimal", node.value), []).append(number)
        elif node.style in ("条", "article", "section", "§", "clause"):
            index.setdefault(("top", node.value), []).append(number)
        elif rank(node.style) in (5, 6, 7) and (not ordinals or node.level == 0):
            index.setdefault(("loose", node.value), []).append(number)
    return index


def _pick(numbers: list[int] | None, nodes: list[Node], source: int) -> int | None:
    """Of several clauses with one number, that of the same part (body or annex), outermost and nearest."""
    if not numbers:
        return None
    in_annex = nodes[source].kind == "annex"
    middle = bisect_right(numbers, source)
    near = numbers[max(middle - _NEAR, 0) : middle + _NEAR]
    return min(near, key=lambda n: ((nodes[n].kind == "annex") != in_annex, nodes[n].level, abs(n - source)))


def _resolve(index: Index, nodes: list[Node], source: int, value: Value) -> int | None:
    if len(value) == 1:
        target = _pick(index.get(("top", value)), nodes, source)
        return target if target is not None else _pick(index.get(("loose", value)), nodes, source)
    target = _pick(index.get(("decimal", value)), nodes, source)
    if target is not None:
        return target
    above = _resolve(index, nodes, source, value[:-1])
    return None if above is None else _child(nodes, above, value[-1])


def _child(nodes: list[Node], parent: int, value: int, style: str = "") -> int | None:
    """The child that carries the number; a letter is looked for by its style, and one level further down too."""
    for depth in (1, 2):
        level = nodes[parent].children if depth == 1 else [m for n in nodes[parent].children for m in nodes[n].children]
        for number in level:
            node = nodes[number]
            if node.value and node.value[-1] == value and (not style or node.style.strip("().").lower() == style):
                return number
    return None


def _article_of(nodes: list[Node], source: int) -> int:
    """The outermost numbered clause around `source`, chapters aside."""
    best = number = source
    while True:
        node = nodes[number]
        if node.value and (rank(node.style) >= 4 or len(node.value) > 1) and not node.style.startswith("head"):
            best = number
        if node.parent is None:
            return best
        number = node.parent


def _value(numeral: str) -> Value:
    numeral = numeral.strip("() ")
    if "." in numeral:
        return tuple(int(part) for part in numeral.split("."))
    if numeral.isascii() and numeral.isalpha():
        return (ord(numeral[0].lower()) - 96,)
    return (chinese_value(numeral),)


def _chinese_target(index: Index, nodes: list[Node], source: int, match: re.Match[str]) -> tuple[bool, int | None]:
    """(it is a reference, its target)."""
    if match.group("annex"):
        number = match.group("annex")
        return True, _pick(index.get(("annex", (letter_or_number(number),))), nodes, source)
    if match.group("plain"):
        return True, _resolve(index, nodes, source, _value(match.group("plain")))
    if match.group("article"):
        target = _resolve(index, nodes, source, _value(match.group("article")))
        if target is not None and match.group("paragraph"):
            child = _child(nodes, target, _value(match.group("paragraph"))[0])
            target = child if child is not None else target
        if target is not None and match.group("item"):
            target = _child(nodes, target, _value(match.group("item"))[0])
        return True, target
    value = _value(match.group("part"))
    if len(value) > 1:
        return True, _resolve(index, nodes, source, value)
    around: int | None = _article_of(nodes, source) if match.group("self") else source
    if not match.group("self") and match.group("unit") == "款":
        around = _article_of(nodes, source)
    while around is not None:
        target = _child(nodes, around, value[0])
        if target is not None:
            if match.group("part2"):
                target = _child(nodes, target, _value(match.group("part2"))[0])
            return True, target
        if match.group("self"):
            break
        around = nodes[around].parent
    if match.group("unit") == "款":
        return bool(match.group("self")), _article_of(nodes, source)
    return True, None


def _english_pointers(index: Index, nodes: list[Node], source: int, match: re.Match[str], text: str) -> list[Pointer]:
    if match.group("this"):
        around: int | None = source if match.group("thisword") != "Article" else _article_of(nodes, source)
        while around is not None and nodes[around].style[:1] == "(" and nodes[around].parent is not None:
            around = nodes[around].parent
        return [Pointer(match.start(), match.end(), source, around)]
    if match.group("annex"):
        number = match.group("annex")
        annex = _pick(index.get(("annex", (letter_or_number(number),))), nodes, source)
        return [Pointer(match.start(), match.end(), source, annex)]
    before = text[max(match.start() - 14, 0) : match.start()]
    if _STATUTE_WORD.search(before) or _OTHER_AFTER.match(text, match.end(), match.end() + 120):
        return []
    pointers: list[Pointer] = []
    value: Value
    target: int | None
    for number, one in enumerate(_ONE.finditer(text, match.start("numbers"), match.end("numbers"))):
        head = one.group().split("(")[0]
        if head.isalpha() and len(head) == 1 and not roman_value(head):
            value = (ord(head) - 64,)
        else:
            value = tuple(int(p) for p in head.split(".")) if head[0].isdigit() else (roman_value(head),)
        target = _resolve(index, nodes, source, value)
        for sub in _SUB.finditer(one.group()):
            if target is not None:
                target = _sub_target(nodes, target, sub.group(1))
        pointers.append(Pointer(match.start() if number == 0 else one.start(), one.end(), source, target))
    return pointers


def _sub_target(nodes: list[Node], parent: int, letters: str) -> int:
    """The (a) of 8.2(a); the clause itself when its list was not cut into clauses."""
    if letters.isdigit():
        values = [int(letters)]
    else:
        values = [ord(letters[0].lower()) - 96] if len(letters) == 1 else []
        if roman_value(letters):
            values.append(roman_value(letters))
    for value in values:
        child = _child(nodes, parent, value)
        if child is not None:
            return child
    return parent
