"""Sentences and list items, with the lead-ins that govern them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from contractscan.segment.flow import STOPS, breaks_off
from contractscan.segment.headings import LEAD_WORDS
from contractscan.segment.numbering import rank
from contractscan.segment.outline import Node
from contractscan.text import CJK

LONG_SENTENCE = 600  # an English sentence with an inline list is cut into its items from here on

_PROTECTED = (
    r"《[^《》\n]{0,80}》|\((?:[^()\n]|\([^()\n]{0,80}\)){0,240}\)|\"[^\"\n]{0,160}\""
    r"|「[^「」\n]{0,160}」|『[^『』\n]{0,160}』|\[[^\[\]\n]{0,80}\]"
)
_CHINESE_CUT = re.compile(
    rf"(?:{_PROTECTED})|((?:[。!?;]|(?<=[{CJK}])\.(?=[ {CJK}]|\Z))+(?:[」』)]|\"(?=[ ,。;)]|\Z))*)"
)
# A blank on a line of its own, with the sentence going on below it: 服务费为 / ____ / 元。
_BLANK_LINE = re.compile(r"_[_ ]*(?:\n|\Z)")
_BLANK_END = re.compile(r"[^\n_ ][ ]*\n[ ]*_[_ ]*\Z")
_AFTER_BLANK = re.compile(r"[元圆万%日天月年周个人次条,。、;的内前后之以整止至]|[a-z]")
_LEAD_COLON = re.compile(rf"(?:{_PROTECTED})|(:)")
_ENGLISH_CUT = re.compile(r"([.!?])[\"')\]]*(?= +[\"'(\[]{0,2}[A-Z0-9])")
_ENGLISH_ITEM = re.compile(r"([;:]) +(?:(?:and|or|and/or) +)?(?=\((?:[a-z]{1,4}|[A-Z]|\d{1,2})\) )")
_LINKS = ("及", "和", "与", "或", "以及", "或者")  # left alone behind the semicolon of a list item
# Client may end it at any time; Agency may not end it in the first year: two sentences, each with its own subject.
_ENGLISH_CLAUSE = re.compile(
    r";(?= +(?:(?:and|but) +)?(?:(?:[Tt]he|[Ee]ither|[Nn]either|[Ee]ach|[Bb]oth) +)?"
    r"(?:[A-Z][\w.&'-]*(?: +[A-Z][\w.&'-]*){0,3}|part(?:y|ies)|other party) +"
    r"(?:may|shall|will|must|is|are|has|have|can|agrees|acknowledges)\b)"
)
_BULLET = re.compile(r"[-•·●○■◆▪➢*√☑□–—] *(?=\S)")
_WORD_BEFORE = re.compile(r"([^\s\"'(\[]+)\Z")
_JOINED_END = re.compile(r"[,、(\-—]\Z|(?:和|与|及|或|以及)\Z")
_END_STOP = re.compile(r"[。.!?;][\"'」』)\]]*\Z")
_OPENERS = re.compile(
    r"(?:The|This|These|That|Those|In|If|Any|Each|All|No|Such|Upon|Notwithstanding|Either|Neither|Subject|For|It|Its|We|You"
    r"|Your|Our|Customer|Client|Provider|Company|Agency|Contractor|Supplier|Except|Unless|When|Where|During|After|Before)\Z"
)
# Abbreviations of contracts that spaCy's English tokenizer does not hold.
_LEGAL = re.compile(r"(?:nos?|secs?|arts?|par|paras?|ex|exh|fig|vol|pp|cf|approx|dept|est|cl|reg|subsec|ch)\Z", re.I)
# NOW, THEREFORE, … the parties agree as follows: opens the contract, and so says nothing of any one clause.
_OPENING_WORDS = re.compile(
    r"\b(?:agreed?|covenant|witnesseth)"
    r"(?:[ ,]+(?:and|agree|with|each|one|another|other|as|follows|that|the following)){0,8} ?:\Z",
    re.I,
)
_LABEL_BEFORE = re.compile(
    r"(?:Exhibit|Schedule|Annex|Appendix|Attachment|Section|Part|Class|Series|Party|Plan) [A-Z]\Z"
)

_IDEOGRAPH = re.compile(f"[{CJK}]")

Piece = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A sentence in positions of the flow, with the lead-ins inside its own clause."""

    start: int
    end: int
    lead: tuple[Piece, ...] = ()


def find_sentences(text: str, nodes: list[Node]) -> list[list[Draft]]:
    """The sentences of every clause, in order, with their lead-ins, outermost first.

    The children of a clause that ends in a lead-in (…之一的，甲方有权解除：) carry it, and so do theirs; only the first
    paragraph of an item does, since what follows the list is not governed by it.
    """
    result: list[list[Draft]] = []
    leads: list[tuple[Piece, ...]] = []  # what governs the children of each clause
    for node in nodes:
        inherited = leads[node.parent] if node.parent is not None else ()
        drafts: list[Draft] = []
        if node.kind != "toc":
            drafts = _clause(text, node.body, node.end, inherited)
        result.append(drafts)
        last = drafts[-1] if drafts else None
        if last is None:
            leads.append(inherited)
        elif node.children and not _heads_all(nodes, node) and _is_lead(text, last, numbered=bool(node.value)):
            leads.append((*last.lead, (last.start, last.end)))
        else:
            leads.append(inherited if inherited and last.lead else ())
    return result


def _heads_all(nodes: list[Node], node: Node) -> bool:
    """True for a preamble above the articles: 双方约定如下： governs all of them, and so says nothing of any."""
    return not node.value and rank(nodes[node.children[0]].style) < rank("(一)")


def _is_lead(text: str, draft: Draft, *, numbered: bool) -> bool:
    if _OPENING_WORDS.search(text, max(draft.end - 90, draft.start), draft.end):
        return False
    ending = text[max(draft.end - 4, draft.start) : draft.end]
    return ending.endswith(":") or (numbered and _END_STOP.search(ending) is None)


def _clause(text: str, start: int, end: int, inherited: tuple[Piece, ...]) -> list[Draft]:
    drafts: list[Draft] = []
    lead: tuple[Piece, ...] = ()  # of a list whose items have no numbers
    listing = False
    for number, (first, last) in enumerate(_paragraphs(text, start, end)):
        governed = inherited if number == 0 else ()
        bullet = _BULLET.match(text, first, last) is not None
        stop = text[last - 1]
        if lead and not bullet and not listing and stop not in ";,":
            lead = ()
        here = len(drafts)
        for piece in _sentences(text, first, last):
            drafts.append(Draft(piece.start, piece.end, governed + lead + piece.lead))
        if lead:
            listing = stop in ";,"
            if not listing and not bullet:
                lead = ()
        if stop == ":" and len(drafts) > here and not _OPENING_WORDS.search(text, max(last - 90, first), last):
            lead, listing = ((drafts[-1].start, drafts[-1].end),), False
    return drafts


def _paragraphs(text: str, start: int, end: int) -> list[Piece]:
    """The lines of a clause; a line that breaks off after a comma or before a small letter goes on in the next."""
    pieces: list[Piece] = []
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        first, last = _trim(text, position, stop)
        if first < last:
            if pieces and _goes_on(text, pieces[-1], first):
                pieces[-1] = (pieces[-1][0], last)
            else:
                pieces.append((first, last))
        position = stop + 1
    return pieces


def _goes_on(text: str, before: Piece, start: int) -> bool:
    """Whether the line that starts at `start` continues the sentence of the one before it."""
    last, opening = text[before[1] - 1], text[start]
    if _JOINED_END.search(text, max(before[0], before[1] - 2), before[1]):
        return not _BULLET.match(text, start) and not text.endswith("--", before[0], before[1])
    if breaks_off(text, *before) and not last.isascii():
        return not _BULLET.match(text, start)
    if opening == "_" and last not in STOPS and _BLANK_LINE.match(text, start):
        return True
    if last == "_" and _AFTER_BLANK.match(text, start) and _BLANK_END.search(text, *before):
        return True
    return opening.isascii() and opening.islower() and last.isascii() and last not in ".:;!?"


def _trim(text: str, start: int, end: int) -> Piece:
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end


def _sentences(text: str, start: int, end: int) -> list[Draft]:
    if _IDEOGRAPH.search(text, start, min(end, start + 200)):
        return _chinese(text, start, end)
    return _english(text, start, end)


def _add(text: str, drafts: list[Draft], start: int, end: int, lead: tuple[Piece, ...] = ()) -> None:
    start, end = _trim(text, start, end)
    if drafts and text[start:end] in _LINKS:
        drafts[-1].end = end
    elif start < end and any(c.isalnum() for c in text[start:end]):
        drafts.append(Draft(start, end, lead))
    elif start < end and drafts and not text[start:end].strip("。.;!?,、:\"') ") and drafts[-1].end == start:
        drafts[-1].end = end


def _chinese(text: str, start: int, end: int) -> list[Draft]:
    """Cut at 。；！？ outside quotation marks and brackets; 不得：甲；乙。 gives the lead-in and its items."""
    drafts: list[Draft] = []
    lead: tuple[Piece, ...] = ()
    position = start
    for match in _CHINESE_CUT.finditer(text, start, end):
        if match.group(1) is None:
            continue
        cut = match.end()
        semicolon = ";" in match.group(1)
        if not lead and semicolon:
            colon = _lead_colon(text, position, cut)
            if colon:
                first, last = _trim(text, position, colon)
                _add(text, drafts, position, colon)
                lead, position = ((first, last),), colon
        _add(text, drafts, position, cut, lead)
        if not semicolon:
            lead = ()
        position = cut
    _add(text, drafts, position, end, lead)
    return drafts


def _lead_colon(text: str, start: int, end: int) -> int:
    for match in _LEAD_COLON.finditer(text, start, end):
        if match.group(1):
            return match.end() if LEAD_WORDS.search(text, start, match.start()) else 0
    return 0


def _english(text: str, start: int, end: int) -> list[Draft]:
    drafts: list[Draft] = []
    position = start
    for match in _ENGLISH_CUT.finditer(text, start, end):
        if match.group(1) == "." and not _ends_sentence(text, position, match.start(), match.end(), end):
            continue
        _english_sentence(text, drafts, position, match.end())
        position = match.end()
    _english_sentence(text, drafts, position, end)
    return drafts


def _english_sentence(text: str, drafts: list[Draft], start: int, end: int) -> None:
    for match in _ENGLISH_CLAUSE.finditer(text, start, end):
        if text.count("(", start, match.start()) == text.count(")", start, match.start()):
            _english_part(text, drafts, start, match.end())
            start = match.end()
    _english_part(text, drafts, start, end)


def _english_part(text: str, drafts: list[Draft], start: int, end: int) -> None:
    if end - start < LONG_SENTENCE:
        _add(text, drafts, start, end)
        return
    cuts = [match.end() for match in _ENGLISH_ITEM.finditer(text, start, end)]
    if len(cuts) < 2:
        _add(text, drafts, start, end)
        return
    first, last = _trim(text, start, cuts[0])
    _add(text, drafts, start, cuts[0])
    for cut, following in zip(cuts, [*cuts[1:], end], strict=True):
        _add(text, drafts, cut, following, ((first, last),))


def _ends_sentence(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Whether the full stop at `stop` ends a sentence: not after an abbreviation, an initial or a list number."""
    match = _WORD_BEFORE.search(text, max(start, stop - 30), stop)
    if not match:
        return True
    word = match.group(1)
    following = text[after : min(after + 30, end)].split(None, 1)
    opener = following[0].strip("\"'([,") if following else ""
    if len(word) == 1 and word.isupper():
        return _LABEL_BEFORE.search(text, max(start, stop - 14), stop) is not None
    if _LEGAL.match(word):
        return not opener[:1].isdigit() and len(word) > 2 and _OPENERS.match(opener) is not None
    if len(word) > 5 and "." not in word:
        return True
    plain = (
        word.isalpha()
        and len(word) > 3
        and (word.islower() or f"{word} " in text[max(0, start - 20_000) : start + 20_000])
    )
    if plain or not word[0].isalpha():
        return True
    return not _is_abbreviation(word) or _OPENERS.match(opener) is not None


@lru_cache(4096)
def _is_abbreviation(word: str) -> bool:
    """Whether spaCy's English tokenizer keeps the full stop with the word (Inc., i.e., U.S.)."""
    return len(_tokenizer()(f"{word}.")) == 1


@cache
def _tokenizer() -> Any:
    import spacy  # 0.6 s, and needed only for a contract that holds an ambiguous full stop

    return spacy.blank("en").tokenizer
