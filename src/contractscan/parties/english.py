"""Who the parties of an English contract are: the preamble's definitions, a party block, or the role words in use.

Works on folded text, so straight quotes; spans are those of the document.
"""

from __future__ import annotations

import re
from collections import Counter

from contractscan.parties.words import ENGLISH, ENGLISH_LABEL, NEUTRAL_ENGLISH, Side

_HEAD, _REGION = 20_000, 4_000
_BETWEEN_RE = re.compile(r"\b(?:(?:by\s+and\s+)?(?:between|among(?:st)?)(?:\s+and\s+among)?)\b[\s:]*", re.I)
_REGION_END_RE = re.compile(
    r"\bW\s?I\s?T\s?N\s?E\s?S\s?S|\bWHEREAS|\bRECITALS?\b|\bBACKGROUND\b|\bNOW,?\s+THEREFORE|\bagree as follows|\n\s*1\.\s|\bPREAMBLE\b"
    r"|\bIn consideration of",
)
_PAREN_RE = re.compile(r"\((?P<body>[^()\"]{0,160}\"[^()]{1,240})\)")
_QUOTED_RE = re.compile(r"\"\s*(?:the\s+|The\s+)?([^\"\n]{1,60}?(?:\n[^\"\n]{1,40}?)?)[\s,.;]*\"")
_HEREINAFTER_RE = re.compile(
    r",?\s*\(?\b(?:hereinafter|hereafter|herein|henceforth)\b[\w\s,]{0,60}?(?:referred\s+to\s+(?:as)?|called|known\s+as|designated(?:\s+as)?)?"
    r"\s*,?\s*(?:as\s+)?(?:the\s+|The\s+)?(?:\"(?:the\s+|The\s+)?(?P<quoted>[^\"\n]{1,60})\"|(?P<plain>[A-Z][A-Za-z.&'-]*(?:\s[A-Z][A-Za-z.&'-]*){0,3}))\)?"
)
_NOT_A_PARTY_RE = re.compile(
    r"^(?:this\s+)?(?:[\w\s,&-]*\s)?(?:agreement|contract|addendum|amendment|date|term|territory|products?|services?|affiliates?|part(?:y|ies)"
    r"|act|plan|rules?|site|website|project|premises|property|closing|sec|commission|network|program|marks?|securities|shares|stock|offering)$",
    re.I,
)
_NAME_STOP_RE = re.compile(
    r"\s*,?\s*\b(?:an?\s+(?:[\w.'-]+\s+){0,6}?(?:corporation|company|partnership|corp|association|trust|entity|individual|bank|body|university"
    r"|institution|cooperative|organization|agency|firm|resident|person|business)\b"
    r"|with\s+(?:its|an?|offices?|principal|registered|a\s)|having\b|located\b|whose\b|organi[sz]ed\b|incorporated\s+(?:in|under)|existing\b|on\s+behalf"
    r"|doing\s+business|acting\b|formerly|established\b|registered\b|residing\b|its\s+(?:successors|affiliates|principal)|a\s+\w+\s+\w+\b|of\s+\d|at\s+\d"
    r"|the\s+individual|together\s+with|which\b|by\s+and\s+through|through\s+its|company\s+(?:number|registration)|represented\b|and\s+its\b|d/b/a|dba\b)"
    r"|\s*[;(\[]|\n\s*\n|\s*,\s*(?=\d|the\b|in\b|as\b|by\b|of\b|an?\b|who\b|both\b)"
)
_SUFFIX_RE = re.compile(
    r"[,\s]+(?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Co|Company|LLP|L\.P|LP|PLC|plc|GmbH|S\.A|SA|N\.V|B\.V|AG|N\.A|Pty|PLLC)\b\.?"
)
_AND_RE = re.compile(r"(?:^|[\s,;:)])(?:and|AND|And|&|-and-|- and -)[\s:,]+(?=[\"(]?[A-Za-z0-9])")
_BLOCK_RE = re.compile(
    rf"(?:^|\n)[ ]*(?:the\s+)?(?P<label>{ENGLISH_LABEL}|Party [A-E]|PARTY [A-E]|{ENGLISH_LABEL.upper()})(?: Name)?[ ]*(?:\((?P<note>[^()\n]{{1,40}})\))?"
    r"[ ]*:[ _]*(?P<name>[^\n_:]{2,80})?"
)


def sides(text: str) -> list[Side]:
    """The parties of folded English `text`, in the order in which they are named; empty when there are none to be seen."""
    found = _preamble(text)
    if len(found) < 2:
        found = _merge(found, _block(text))
    if len(found) < 2:
        found = _merge(found, _used(text))
    return found if len(found) >= 2 or (found and found[0].label in ("You",)) else []


def _merge(found: list[Side], more: list[Side]) -> list[Side]:
    known = {word.lower() for side in found for word in (side.label, *side.aliases)}
    return found + [side for side in more if side.label.lower() not in known]


def _preamble(text: str) -> list[Side]:
    """X, Inc., a Delaware corporation (the "Company"), and Y LLC ("Agency")."""
    best: list[Side] = []
    for number, match in enumerate(_BETWEEN_RE.finditer(text, 0, min(len(text), _HEAD))):
        if number >= 12:
            break
        stop = _REGION_END_RE.search(text, match.end(), min(len(text), match.end() + _REGION))
        end = stop.start() if stop else min(len(text), match.end() + _REGION // 2)
        found = _defined(text, match.end(), end)
        if len(found) > len(best):
            best = found
        if len(best) >= 2:
            break
    return best


def _defined(text: str, start: int, end: int) -> list[Side]:
    found: list[Side] = []
    position = start
    definitions: list[tuple[int, int, list[str]]] = []
    for match in _PAREN_RE.finditer(text, start, end):
        definitions.append((match.start(), match.end(), _QUOTED_RE.findall(match["body"] + " ")))
    for match in _HEREINAFTER_RE.finditer(text, start, end):
        if not any(a <= match.start() < b for a, b, _ in definitions):
            definitions.append((match.start(), match.end(), [match["quoted"] or match["plain"]]))
    definitions.sort()
    for open_, close, terms in definitions:
        if open_ < position:
            continue
        words = [" ".join(term.split()).strip(" ,.;") for term in terms]
        words = [word for word in words if word and not _NOT_A_PARTY_RE.match(word) and re.search(r"[A-Za-z]", word)]
        words = [word for word in words if len(word) <= 40 and (word[0].isupper() or word[0].isdigit() or "-" in word)]
        segment = text[position:open_]
        if not words:
            # ("Agreement") closes nothing; (collectively, the "Parties") ends the list.
            if re.search(r"\"\s*(?:the\s+)?Part(?:y|ies)\s*[,.]?\s*\"", text[open_:close], re.I) and len(found) >= 2:
                break
            if not found:
                position = close if re.search(r"Agreement|Date", text[open_:close]) and len(segment) < 40 else position
            continue
        name = _name(text, position, open_, first=not found)
        if name is None and found and len(segment.strip(" ,;")) < 60:
            for word in words:
                found[-1].call(word)
        elif name is not None or not found or _AND_RE.search(segment):
            label = next(
                (word for word in words if word.title() in ENGLISH or word.title() in NEUTRAL_ENGLISH),
                words[0],
            )
            found.append(Side(label, name=name, aliases=[word for word in dict.fromkeys(words) if word != label]))
        position = close
    if len(found) == 1:
        _undefined(text, start, end, found)
    return found[:6]


def _name(text: str, start: int, end: int, *, first: bool) -> tuple[int, int] | None:
    """The name that opens `text[start:end]`: after `and` for all but the first party."""
    segment = text[start:end]
    offset = 0
    if not first:
        joints = list(_AND_RE.finditer(segment))
        if joints:
            # "a Delaware corporation, and Y LLC, a company with offices in Oak and Main": the first that opens a name.
            joint = next(
                (
                    j
                    for j in joints
                    if re.match(r"[A-Z0-9a-z][\w.&'-]*", segment[j.end() :])
                    and not re.match(
                        r"(?:its|their|all|existing|having|a|an|any|collectively|together|each)\b",
                        segment[j.end() :],
                    )
                ),
                joints[0],
            )
            offset = joint.end()
        elif not re.match(r"\s*[,;]?\s*[A-Z]", segment) or not _SUFFIX_RE.search(segment):
            return None
    lead = re.match(
        r"[\s,;:.\")]*(?:\(?(?:\d|[ivx]+|[a-z])\)\s*)?(?:(?:the|The|THE|between|BETWEEN)\s+(?=[A-Z]))?",
        segment[offset:],
    )
    offset += lead.end() if lead else 0
    body = segment[offset : offset + 200]
    stop = _NAME_STOP_RE.search(body)
    length = len(body[: stop.start() if stop else len(body)].rstrip(' ,;:\n"-'))
    name = body[:length]
    if not 2 <= len(name) <= 110 or not re.match(r"[A-Z0-9]|[a-z]+[A-Z.\-]", name):
        return None
    return start + offset, start + offset + length


def _undefined(text: str, start: int, end: int, found: list[Side]) -> None:
    """between NetGrocer, Inc. and Excite, Inc. ("Excite"): a side that goes by its own name."""
    only = found[0]
    if only.name and _AND_RE.search(text[start : only.name[0]]):
        name = _name(text, start, only.name[0], first=True)
    else:
        after = only.name[1] if only.name else start
        name = _name(text, after, min(end, after + 400), first=False)
    if name and only.name != name:
        words = text[name[0] : name[1]]
        short = _short(words)
        found.append(Side(short, name=name))


def _short(name: str) -> str:
    """Acme of Acme Media, Inc. is not safe; Acme Media is."""
    return " ".join(_SUFFIX_RE.sub("", name).split()).strip(" ,.") or name


def _block(text: str) -> list[Side]:
    """Client: Acme Ltd, one to a line."""
    found: dict[str, Side] = {}
    for match in _BLOCK_RE.finditer(text, 0, min(len(text), _HEAD)):
        label = match["label"].title() if match["label"].isupper() else match["label"]
        if label in found or not re.search(
            rf"\b(?:{re.escape(label)}|{re.escape(label.upper())})\b", text[match.end() :]
        ):
            continue
        side = Side(label)
        if match["name"] and re.match(r"[A-Z0-9]", match["name"]):
            name = re.split(r"\s{2,}|,\s+a[n]?\s|\(", match["name"])[0].rstrip(" ,.;")
            if 2 <= len(name) <= 80:
                side.name = (match.start("name"), match.start("name") + len(name))
        if match["note"]:
            side.notes.append(match["note"])
        found[label] = side
    return list(found.values()) if len(found) >= 2 else []


_USED_RE = re.compile(rf"(?<![A-Za-z])(?:[Tt]he\s+|THE\s+)?({ENGLISH_LABEL}|Party [A-E])(?![A-Za-z])")


def _used(text: str) -> list[Side]:
    """The role words that the text uses most, one for each side; Party A and Party B; you and we."""
    counts = Counter(match.group(1) for match in _USED_RE.finditer(text, 0, min(len(text), 200_000)))
    if counts["Party A"] and counts["Party B"]:
        return [Side(word) for word in sorted(counts) if word.startswith("Party ")]
    second = len(re.findall(r"\b[Yy]ou(?:r)?\b", text[:100_000]))
    first = len(re.findall(r"\b(?:[Ww]e|[Oo]ur)\b", text[:100_000]))
    if second >= 10 and first >= 3 and second > 2 * max(counts.values(), default=0):
        return [Side("You"), Side("We")]
    best: dict[str, str] = {}
    for word, count in counts.most_common():
        kind = ENGLISH[word].kind if word in ENGLISH else "neutral"
        if count >= 4 and word not in ("You", "We"):
            best.setdefault(kind, word)
    pair = [best[kind] for kind in ("client", "provider", "neutral") if kind in best][:2]
    return [Side(word) for word in sorted(pair, key=text.find)] if len(pair) == 2 else []
