"""Who the parties of an English contract are: the preamble's definitions, a party block, or the role words in use.

Works on folded text, so straight quotes; spans are those of the document.
"""

from __future__ import annotations

import re
from collections import Counter

from contractscan.parties.words import ENGLISH, ENGLISH_LABEL, NEUTRAL_ENGLISH, Side

_HEAD, _REGION, _SAMPLE = 20_000, 4_000, 200_000
_RULE_RE = re.compile(r"[-_=*]{3,}")  # a ruled line or a blank is no part of a name
_BETWEEN_RE = re.compile(
    r"\b(?:between|among(?:st)?|(?:entered\s+into|made)\s+by(?!\s+and\s+(?:between|among)\b))\b(?:\s+and\s+among\b)?[\s:]*",
    re.I,
)
_REGION_END_RE = re.compile(
    r"\bW\s?I\s?T\s?N\s?E\s?S\s?S|\bWHEREAS|\bRECITALS?\b|\bBACKGROUND\b|\bNOW,?\s+THEREFORE|\bagree as follows"
    r"|\n\s{0,20}1\.\s|\bPREAMBLE\b|\bIn consideration of"
)
# ("Agency"), (the "Company" or "Acme"), (hereinafter "Client"); also (the COMPANY), (ITS), (Developer )
_PAREN_RE = re.compile(
    r"\((?P<body>[^()\"]{0,160}\"[^()]{1,240})\)"
    r"|\(\s*(?:the\s+)?(?P<bare>[A-Z][A-Za-z&.-]{1,20}(?:\s[A-Z][a-z]+)?)\s*\)"
    r"|(?:\b(?:hereinafter|hereafter|herein|henceforth)\b[\w\s,]{0,40}?)?\b(?:referred\s+to|called|known|designated)"
    r"[\w\s,]{0,30}?(?:as\s+)?(?:\"(?:the\s+)?(?P<first>[^\"\n]{1,40})\"(?:\s+or\s+\"(?P<second>[^\"\n]{1,40})\")?"
    r"|(?:as|called)\s+(?:the\s+)?(?P<plain>[A-Z][A-Za-z.&'-]*(?:\s[A-Z][A-Za-z.&'-]*){0,2}))"
)
_QUOTED_RE = re.compile(r"\"\s*(?:[Tt]he\s+)?([^\"]{1,60}?)[\s,.;]*\"")
_NOT_A_PARTY_RE = re.compile(
    r"^(?:this\s+)?(?:[\w\s,&'-]*\s)?(?:agreement|contract|addendum|amendment|date|term|territory|products?|services?"
    r"|affiliates?|part(?:y|ies)|act|plan|rules?|site|website|content|project|premises|property|closing|sec|commission"
    r"|network|program|marks?|securities|shares|stock|offering|team|event|exhibit|attachment|schedule|terms|rights|works?"
    r"|confirmation|transaction)$",
    re.I,
)
_KIND = (
    "corporation|company|partnership|corp|association|trust|entity|individual|bank|body|university|institution"
    "|cooperative|organization|agency|firm|resident|person|business"
)
_NAME_STOP_RE = re.compile(
    rf"\s*,?\s*\b(?:an?\s+(?:[\w.'-]+\s+){{0,6}}?(?i:{_KIND})\b"
    r"|with\s+(?:its|an?|offices?|principal|registered|a\s)|having\b|located\b|whose\b|organi[sz]ed\b"
    r"|incorporated\s+(?:in|under)|existing\b|on\s+behalf|doing\s+business|acting\b|formerly|established\b"
    r"|registered\b|residing\b|its\s+(?:successors|affiliates|principal)|of\s+\d|at\s+\d|the\s+individual"
    r"|together\s+with|which\b|by\s+and\s+through|through\s+its|company\s+(?:number|registration)|represented\b"
    r"|and\s+its\b|d/b/a|dba\b|hereinafter\b|hereby\b|referred\b|agrees?\b|shall\b|is\s|are\s|was\s|were\s)"
    r"|\s*[;(\[]|\n\s*\n| {8,}|\s*,\s*(?=\d|the\b|in\b|as\b|by\b|of\b|an?\b|who\b|both\b)|\.\s+(?=[A-Z][a-z]+\s+[a-z])"
)
_SUFFIXES = (
    r"(?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|LTD|LIMITED|INC|Corp|CORP|Corporation|CORPORATION|Co|Company|COMPANY"
    r"|LLP|L\.P|LP|PLC|plc|GmbH|GMBH|S\.A|SA|N\.V|B\.V|AG|N\.A|Pty|PLLC|S\.r\.l|S\.R\.L)"
)
_SUFFIX_RE = re.compile(rf"[,\s]+{_SUFFIXES}\b\.?")
_ENDS_NAME_RE = re.compile(
    rf"[,\s](?:Inc|LLC|Ltd|Limited|LIMITED)\b\.?(?=\s+of\s+[A-Z])"
    rf"|[,\s](?:Inc|LLC|Ltd|Limited|Corp|PLC|LLP)\.(?=\s+(?!{_SUFFIXES}\b)[A-Z])"
    rf"|[,\s]{_SUFFIXES}\b\.?(?=\s*\n|\s+\d|\s+[A-Z][a-z]+\s+(?:[A-Z][a-zß]+\s+)?\d)"
)
_AND_RE = re.compile(r"(?:^|[\s,;:)])(?:and|AND|And|&|-and-|- and -)[\s:,]+(?=[\"(<\[_]*[A-Za-z0-9])")
_NOT_A_NAME_RE = re.compile(r"(?:its|their|all|existing|having|an?|any|collectively|together|each)\b")
_BEFORE_RE = re.compile(
    rf"(?:^|[\s(,])((?:[A-Z][\w.&'-]*|of|and|&|de|the)(?:[\s,]+(?:[A-Z][\w.&'-]*|of|and|&|de)){{0,8}}?[,\s]+{_SUFFIXES}\b\.?)"
)
_BLOCK_RE = re.compile(
    rf"(?:^|\n)[ ]*(?:[-•*][ ]*)?(?:the\s+)?"
    rf"(?P<label>{ENGLISH_LABEL}|Party [A-E]|PARTY [A-E]|{ENGLISH_LABEL.upper()})(?: Name)?[ ]*"
    r"(?:\((?P<note>[^()\n]{1,40})\))?[ ]*:[ _]*(?P<name>[^\n_:]{2,80})?"
)
_CALLED_RE = re.compile(rf"\b[Tt]he ({ENGLISH_LABEL})\s*\Z")
_PRONOUN = {"you": "You", "your": "You", "we": "We", "us": "We", "our": "We"}


def sides(text: str) -> list[Side]:
    """The parties of folded English `text` in the order of their names; empty when there are none to be seen."""
    head = _RULE_RE.sub(lambda match: " " * len(match.group()), text[: _HEAD + _REGION])
    found: list[Side] = []
    for read in (_preamble, _before_definitions):
        found = max(found, read(head), key=len)
        if len(found) >= 2:
            named = any(side.name for side in found)
            return found if named else _block(text) or found
    for more in (_block(text), _terms(head, text), _used(text), _undefined(head)):
        known = {word.lower() for side in found for word in (side.label, *side.aliases)}
        merged = found + [side for side in more if side.label.lower() not in known]
        if len(merged) >= 2:
            return merged
    return []


def _label(words: list[str], role: str | None, name: str) -> str:
    """What a party is called: by its role, but by its name where the role is a pronoun ("Lumen", "we", "us")."""
    if role in ("You", "We"):
        return next((word for word in words if not _is_role(word)), _short(name) or role)
    return role or words[0]


def _is_role(word: str) -> bool:
    return word.title() in ENGLISH or word.title() in NEUTRAL_ENGLISH


def _preamble(head: str) -> list[Side]:
    """between X, Inc., a Delaware corporation (the "Company"), and Y LLC ("Agency")."""
    best: list[Side] = []
    starts = [match.end() for match in _BETWEEN_RE.finditer(head, 0, min(len(head), _HEAD))][:12]
    for start in starts:
        found = _defined(head, start)
        if len(found) > len(best):
            best = found
        if len(found) >= 2:
            # A title may say "between" as well: the last one before the first definition opens the names.
            opening = _PAREN_RE.search(head, start)
            nearer = [other for other in starts if opening and start < other <= opening.start()]
            again = _defined(head, nearer[-1]) if nearer else []
            return again if len(again) >= len(found) else found
    return best


def _defined(head: str, start: int) -> list[Side]:
    stop = _REGION_END_RE.search(head, start, min(len(head), start + _REGION))
    end = stop.start() if stop else min(len(head), start + _REGION // 2)
    found: list[Side] = []
    position = start
    for match in _PAREN_RE.finditer(head, start, end):
        if match.start() < position:
            continue
        segment = head[position : match.start()]
        words = _terms_of(match)
        if match["bare"] and not (words and (_is_role(words[0]) or words[0].isupper())):
            continue
        if not words:
            # (the "Agreement") closes nothing; (collectively, the "Parties") ends the list.
            if len(found) >= 2 and re.search(r"\"\s*(?:the\s+)?Parties", match.group(), re.I):
                break
            if not found and len(segment) < 40:
                position = match.end()
            continue
        name = _name(head, position, match.start(), first=not found)
        called = _CALLED_RE.search(segment) if name is None else None
        if called and called[1] not in words:
            words.append(called[1])  # the Client ("Brand"): both words stand for it
        role = next((word for word in words if _is_role(word)), None)
        if match["bare"] and role is None and not (name and _stands_for(words[0], head[name[0] : name[1]])):
            continue
        if name is not None and any(side.name and head[slice(*side.name)] == head[slice(*name)] for side in found):
            name = None
        joined = _AND_RE.search(segment) or re.search(r"\band\s*\Z|\n\s*[-•*]?\s*[A-Z][\w /]*:", segment)
        if name is None and found and len(segment.strip(" ,;")) < 60 and not joined:
            for word in words:
                found[-1].call(word)
        elif name is not None or role is not None:
            suffixed = name is not None and _SUFFIX_RE.search(head[name[0] - 1 : name[1]])
            if len(found) < 2 or suffixed or role in ENGLISH:
                label = _label(words, role, head[slice(*name)] if name else "")
                found.append(Side(label, name=name, aliases=[word for word in words if word != label]))
        else:
            continue
        position = match.end()
    if len(found) == 1:
        found += _without_a_term(head, start, end, found[0])
    return found[:6]


def _terms_of(match: re.Match[str]) -> list[str]:
    """The defined words of a definition that may be a party's, without repeats."""
    if match["body"]:
        raw = _QUOTED_RE.findall(match["body"] + " ")
    else:
        raw = [word for word in (match["bare"], match["first"], match["second"], match["plain"]) if word]
    words = [" ".join(word.split()).strip(" ,.;") for word in raw]
    words = [_PRONOUN.get(word.lower(), word) for word in words]
    return [
        word
        for word in dict.fromkeys(words)
        if 1 < len(word) <= 40 and not _NOT_A_PARTY_RE.match(word) and re.match(r"[A-Z\d]|[a-z]+[-A-Z]", word)
    ]


def _name(head: str, start: int, end: int, *, first: bool) -> tuple[int, int] | None:
    """The name that opens `head[start:end]`: after `and` for all but the first party."""
    segment = head[start:end]
    offset = 0
    if not first:
        joints = list(_AND_RE.finditer(segment))
        if joints:
            # "a Delaware corporation, and Y LLC, with offices in Oak and Main": the first `and` that opens a name.
            offset = next((j.end() for j in joints if not _NOT_A_NAME_RE.match(segment[j.end() :])), joints[0].end())
        elif not re.match(r"\s*[,;]?\s*(?:\([a-z\d]+\)\s*)?[A-Z]", segment) or not _SUFFIX_RE.search(segment):
            return None
    lead = re.match(
        r"[\s,;:.\")]*(?:\((?:\d|[ivx]+|[a-z]|[A-Z][a-z]+)\)\s*)?(?:(?:the|The|THE|between|BETWEEN)\s+(?=[A-Z]))?",
        segment[offset:],
    )
    offset += lead.end() if lead else 0
    body = segment[offset : offset + 200]
    stop = _NAME_STOP_RE.search(body)
    name = body[: stop.start() if stop else len(body)]
    short = _ENDS_NAME_RE.search(name)
    name = (name[: short.end()] if short else name).rstrip(' ,;:\n"-')
    if not 2 <= len(name) <= 110 or not re.match(r"[A-Z0-9]|[a-z]+[A-Z.\-]", name) or not _is_name(name):
        return None
    return start + offset, start + offset + len(name)


def _is_name(name: str) -> bool:
    """Not a mere suffix (Co., Ltd.) nor a role word."""
    return bool(_SUFFIX_RE.sub("", " " + name).strip(" ,.&")) and not _is_role(name)


def _stands_for(word: str, name: str) -> bool:
    """ITS for International Test Systems, COMWARE for Comware Services: its letters in order, from the first on."""
    letters = iter(name.lower())
    return name[:1].lower() == word[:1].lower() and all(
        letter in letters for letter in word.lower() if letter.isalpha()
    )


def _without_a_term(head: str, start: int, end: int, only: Side) -> list[Side]:
    """between NetGrocer, Inc. and Excite, Inc. ("Excite"): a side that goes by its own name."""
    if only.name is None:
        return []
    if _AND_RE.search(head[start : only.name[0]]):
        name = _name(head, start, only.name[0], first=True)
    else:
        name = _name(head, only.name[1], min(end, only.name[1] + 400), first=False)
    if name is None or name == only.name or not _SUFFIX_RE.search(head[name[0] - 1 : name[1]]):
        return []
    return [Side(_short(head[name[0] : name[1]]), name=name)]


def _short(name: str) -> str:
    """Acme Media of Acme Media, Inc."""
    return " ".join(_SUFFIX_RE.sub("", name).split()).strip(" ,.") or name


def _before_definitions(head: str) -> list[Side]:
    """Acme Media, Inc., of Dover ("Acme"), and … agree: definitions without a word that opens the list."""
    found: list[Side] = []
    end = _REGION_END_RE.search(head)
    limit = min(len(head), 6_000, max(end.start(), 1_500) if end else 6_000)
    position = 0
    for match in _PAREN_RE.finditer(head, 0, limit):
        words = _terms_of(match)
        low = max(position, match.start() - 260)
        items = list(re.finditer(r"\n\s*\(?\d\)?[.\s]", head[low : match.start()]))
        low += items[-1].end() - 1 if items else 0  # (2) ACME LIMITED … (Supplier): the name stands behind its number
        names = list(_BEFORE_RE.finditer(head, low, match.start()))
        if words and names and (match["bare"] is None or words[0].isupper() or _is_role(words[0])):
            role = next((word for word in words if _is_role(word)), None)
            label = _label(words, role, head[slice(*names[0].span(1))])
            start, stop = names[0].span(1)
            lead = re.match(r"(?:.*\bAGREEMENT\b[\s,]*)?(?:(?:and|the|of|The|by)[\s,]+)*", head[start:stop], re.S)
            start += lead.end() if lead else 0
            name = head[start:stop]
            if not _is_name(name) or (match["bare"] and role is None and not _stands_for(words[0], name)):
                continue
            if label.lower() not in {side.label.lower() for side in found}:
                found.append(Side(label, name=(start, stop), aliases=[word for word in words if word != label]))
        position = match.end()
    return found[:4]


def _block(text: str) -> list[Side]:
    """Client: Acme Ltd, one to a line."""
    found: dict[str, Side] = {}
    for match in _BLOCK_RE.finditer(text, 0, min(len(text), _HEAD)):
        label = match["label"].title() if match["label"].isupper() else match["label"]
        used = re.compile(rf"\b(?:{re.escape(label)}|{re.escape(label.upper())})\b")
        if label in found or not used.search(text, match.end()):
            continue
        side = Side(label)
        if match["name"] and re.match(r"[A-Z0-9]", match["name"]):
            name = re.split(r"\s{2,}|,\s+an?\s|\(", match["name"])[0].rstrip(" ,.;")
            if 2 <= len(name) <= 80:
                side.name = (match.start("name"), match.start("name") + len(name))
        if match["note"]:
            side.note(match["note"])
        found[label] = side
    return list(found.values()) if len(found) >= 2 else []


_USED_RE = re.compile(rf"(?<![A-Za-z])(?:(?:[Tt]he|THE)\s+)?({ENGLISH_LABEL}|Party [A-E])(?![A-Za-z])")
_YOU_DEFINED_RE = re.compile(r"\([^()\"]{0,60}\"[Yy]ou(?:r)?\"[^()]{0,40}\)")
_YOU_AND_RE = re.compile(
    r"\b(?:[Yy]ou|YOU)\s+and\s+(?P<name>[A-Z][\w.&'-]*(?:[\s,]+[A-Z][\w.&'-]*){0,5})(?:[^()\"]{0,60}\((?P<body>[^()]{1,120})\))?"
)


def _terms(head: str, text: str) -> list[Side]:
    """Terms of service: you, and whoever says we."""
    second = len(re.findall(r"\b[Yy]ou(?:r)?\b", text[:_SAMPLE]))
    first = len(re.findall(r"\b(?:[Ww]e|[Oo]ur)\b", text[:_SAMPLE]))
    defined = _YOU_DEFINED_RE.search(head) is not None
    used = max(_use(text).values(), default=0)
    if second < (3 if defined else 10) or second < (1 if defined else 2) * used:
        return []
    offering = Side("We")
    match = _YOU_AND_RE.search(head)
    if defined and not match:
        for definition in _PAREN_RE.finditer(head):
            words = _terms_of(definition)
            if "We" in words:
                label = next((word for word in words if word != "We"), "We")
                return [Side("You"), Side(label, aliases=["We"] if label != "We" else [])]
    if match:
        offering = Side(_short(match["name"]), name=match.span("name"), aliases=["We"] if first else [])
        for word in _QUOTED_RE.findall(match["body"] or ""):
            offering.call(_PRONOUN.get(word.lower(), word))
    return [Side("You"), offering] if match or first >= 3 else []


def _use(text: str) -> Counter[str]:
    """How often each role word stands as a label."""
    return Counter(match.group(1) for match in _USED_RE.finditer(text, 0, min(len(text), _SAMPLE)))


def _used(text: str) -> list[Side]:
    """The role words that the text uses most, one for each side; or Party A and Party B."""
    counts = _use(text)
    if counts["Party A"] and counts["Party B"]:
        return [Side(word) for word in sorted(counts) if word.startswith("Party ")]
    best: dict[str, str] = {}
    for word, count in counts.most_common():
        kind = ENGLISH[word].kind if word in ENGLISH else "neutral"
        if count >= 4 and word not in ("You", "We"):
            best.setdefault(kind, word)
    pair = [best[kind] for kind in ("client", "provider", "neutral") if kind in best][:2]
    if len(pair) == 1:  # the Supplier and the Distributor: two words of one kind
        again = (word for word, count in counts.most_common() if word not in ("You", "We", *pair) and count >= 8)
        pair += [word for word in again if counts[word] * 4 >= counts[pair[0]]][:1]
    return [Side(word) for word in sorted(pair, key=text.find)] if len(pair) == 2 else []


def _undefined(head: str) -> list[Side]:
    """between Link Corporation and Axis, LLC: two sides that go by their names."""
    for match in _BETWEEN_RE.finditer(head, 0, min(len(head), 6_000)):
        end = min(len(head), match.end() + 600)
        first = _name(head, match.end(), end, first=True)
        if first is None or not _AND_RE.search(head[first[0] : first[1] + 300]):
            continue
        joint = _AND_RE.search(head, first[0], first[1])
        if joint:
            first = (first[0], joint.start())
        second = _name(head, first[1], min(end, first[1] + 300), first=False)
        names = [name for name in (first, second) if name and _SUFFIX_RE.search(head[name[0] - 1 : name[1]])]
        if len(names) == 2:
            return [Side(_short(head[a:b]), name=(a, b)) for a, b in names]
    return []
