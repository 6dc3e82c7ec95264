"""Where the parties stand in a text: one compiled alternation over folded text, longest expression first.

Chinese has no word boundaries, so each expression carries the neighbours that would make it part of another word:
甲方式, 一方面, 对方案, 第三方, 被委托方. English labels are taken by word and in the case in which they were defined,
with the article before them and without the possessive after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from contractscan.parties.words import ENGLISH, LETTERS, NEUTRAL_ENGLISH
from contractscan.text import CJK

_CJK_RE = re.compile(f"[{CJK}]")
BOTH, OTHER, THIRD = "both", "other", "third"


class Place(NamedTuple):
    """Half-open span of an expression for the party `key`, or for `both`, `other` or `third`."""

    start: int
    end: int
    key: str


_S = r"[ \n]{0,3}"
# 方 must not be the beginning of 方式, 方案, 方法, 方面; but 甲方案件, 甲方法定代表人 and 双方面临 are parties.
_NOT_FANG = r"(?!式|案(?![件例])|法(?![定人务院律]))"
# 甲方、, 甲、 or 甲 before another letter; 甲方及甲方客户 is one party.
_AND_ANOTHER = "|".join(rf"{letter}{_S}(?:方{_S}[、和与及或/]|[、,和与及或/]?){_S}(?!{letter})" for letter in LETTERS)
# After one of these a noun such as 平台 or 公司 stands for the party; after another ideograph it is 有限公司, 抖音平台.
_BEFORE_NOUN = (
    "由向与和对给经为在使令让被如若因将以及或即则该此是非按据应须可由于从同就至并且当但而有无得请"
    "需凭归入令受到予知意属是系还回偿求助促付权许"
)

_CHINESE_GENERAL: tuple[tuple[str, str], ...] = (
    (
        BOTH,
        (
            rf"(?:{_AND_ANOTHER}){{1,4}}[{LETTERS}]{_S}"
            rf"(?:(?:[双两三四各]{_S})?方(?:{_S}[双两三四各]{_S}方)?(?:(?:中的?|的)?(?:任何?|其中|任意)一方)?|任何?一方)"
            rf"{_NOT_FANG}"
        ),
    ),
    (BOTH, rf"(?:双方|各方)(?:中的?|的)?(?:任何?|其中|任意)一方{_NOT_FANG}(?!面)"),
    (BOTH, rf"双{_S}方{_NOT_FANG}"),
    (BOTH, rf"(?:合同|协议|签约|合作|交易)?(?<!社会)各{_S}方{_NOT_FANG}(?!面)"),
    (
        BOTH,
        rf"(?:任何|任意|任|每|其中|某|有关|受影响的?|守约的?|违约的?|(?:无|非|有)?过错的?|提出的?)一方{_NOT_FANG}(?!面)",
    ),
    (BOTH, rf"任何方{_NOT_FANG}(?!面)"),
    (
        BOTH,
        (
            rf"(?:守约|[非未无被]?违约|[无非有]?过错|受损失?|受损害|受影响|披露|接收|提供信息|收受|解除|终止|解约)方"
            rf"{_NOT_FANG}(?!面)"
        ),
    ),
    (OTHER, rf"另{_S}(?:外{_S})?一?{_S}方{_NOT_FANG}(?!面)"),
    (OTHER, rf"(?<![针反面])(?:相{_S})?对{_S}方{_NOT_FANG}(?!面)"),
    (OTHER, rf"(?<![其吉])他方{_NOT_FANG}(?!面)"),
    (THIRD, rf"第三(?:方{_NOT_FANG}|人(?!民)|者(?!责任))"),
    (THIRD, rf"其他方{_NOT_FANG}(?!面)"),
    (BOTH, rf"(?<![第另同统单唯专东西南北进哪])一{_S}方{_NOT_FANG}(?!面|水|土|天)"),
)
_QUALIFIED = (
    r"(?:non-?)?(?:breaching|defaulting|terminating|performing|compliant)|notifying|notified|affected|disclosing|receiving"
    r"|injured|aggrieved|innocent|requesting|prevailing|indemnif(?:ied|ying)|offending|complying|owning|infringing"
)
# What is said before "party"; the search is anchored at that word and looks back from it.
_PARTY_RE = re.compile(r"[Pp]art(?:y|ies)(?![A-Za-z0-9_])|PART(?:Y|IES)(?![A-Za-z0-9_])")
_BEFORE_PARTY = 48
_ENGLISH_GENERAL_RE = re.compile(
    r"(?<![A-Za-z0-9_])(?:(?P<other>(?:(?:the|such|any|each)\s+)?(?:other|opposing)\s+|(?:the|its)\s+counter)"
    r"|(?P<third>(?:(?:a|any|the|such)\s+)?third[\s-]+)"
    rf"|(?P<both>(?:(?:the|an?|any|such|each|either)\s+)?(?:{_QUALIFIED})\s+"
    r"|(?:(?:either|both|each|any|neither|one|every|all)(?:\s+one)?(?:\s+of)?(?:\s+the)?(?:\s+two)?"
    r"|the|such|that|said|a(?<!\bnot a))\s+))\Z",
    re.I,
)
# "giving the other sixty days' notice", "if the other commits a breach": the other side, no noun follows.
_THE_OTHER_RE = re.compile(
    r"(?<![A-Za-z])(?P<lead>(?:to|by|gives?|given|giving|if|notify|notifies|notifying|against|upon|of|from|where|when"
    r"|should|after)\s+)"
    r"(?:the\s+other)(?='s\b|[,;.)]"
    r"|\s+(?:(?:not|no|at)\s+(?:less|fewer|later|least)|(?:prior|reasonable|written|in|by|if|on|upon|for|with|without|is|has|does"
    r"|shall|will|may|must|commits?|fails?|breaches|becomes?|gives?|ceases?|defaults?|materially|an?|thirty|sixty|ninety|ten"
    r"|fourteen|fifteen|twenty)\b|\s*[\d(\[]))",
    re.I,
)
_HERETO_RE = re.compile(r"\s+hereto(?![A-Za-z])", re.I)


def _english_general(folded: str) -> Iterator[Place]:
    """Either party, the other party, third parties, the non-breaching party: with the word itself."""
    for word in _PARTY_RE.finditer(folded):
        start, end = word.span()
        before = _ENGLISH_GENERAL_RE.search(folded, max(0, start - _BEFORE_PARTY), start)
        if before:
            hereto = _HERETO_RE.match(folded, end)
            yield Place(before.start(), hereto.end() if hereto else end, before.lastgroup or BOTH)
        elif word.group() in ("Parties", "PARTIES") and not folded[start - 1 : start].isalnum():
            yield Place(start, end, BOTH)


def _english_others(folded: str) -> Iterator[Place]:
    """The other, without the word party."""
    for match in _THE_OTHER_RE.finditer(folded):
        yield Place(match.end("lead"), match.end(), OTHER)


def _chinese_word(word: str) -> str:
    """The expression for a Chinese label, name or alias."""
    if len(word) == 2 and word[0] in LETTERS and word[1] == "方":
        return rf"{word[0]}{_S}方{_NOT_FANG}"
    body = re.escape(word)
    if word in ("您", "你"):
        return body + "方?"
    if (len(word) <= 3 and not word.endswith(("方", "人", "司"))) or word == "公司":
        # A common noun: 平台 is a party in 由平台承担, a thing in 抖音平台 and 平台规则.
        before = f"(?:(?<![{CJK}])|(?<=[{_BEFORE_NOUN}]))"
        return before + body + r"(?!名|协议|服务协议|体验|群|画像|标识|手册|规则|经理|端)"
    before = "" if len(word) > 4 else "(?<![被受总分共])"
    after = {"方": _NOT_FANG + "(?!面)", "人": "(?!员|士|才)"}.get(word[-1], "")
    return before + body + after


def _latin_word(word: str) -> str:
    """The expression for an English label, name or alias: as defined or in capitals, white space as printed."""
    if word == "You":
        return "(?i:you(?:rs?|rself)?)(?![A-Za-z0-9_])"
    if word == "We":
        return "(?:[Ww]e|WE|[Uu]s|[Oo]urs?|OURS?)(?![A-Za-z0-9_])"  # never US, the country
    forms = {word, word.upper()} | ({word.title()} if word.isupper() and word.title() in ENGLISH else set())
    body = "|".join(
        r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=lambda form: (-len(form), form))
    )
    return rf"(?:(?:[Tt]he|THE)\s+)?(?:{body})(?![A-Za-z0-9_])(?!-[A-Z])"


# Every general Chinese expression begins with one of these.
_CHINESE_STARTS = f"{LETTERS}双各合协签交任每其某有受守违无非过提未被披接收解终另相对他第一"


@lru_cache(maxsize=64)
def _pattern(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The alternation, and the key of each of its groups."""
    ordered = sorted(names, key=lambda item: (-len(item[0]), item[0]))
    chinese = [(key, _chinese_word(word)) for word, key in ordered if _CJK_RE.search(word)]
    latin = [(key, _latin_word(word)) for word, key in ordered if not _CJK_RE.search(word)]
    starts = _CHINESE_STARTS + "".join(word[0] for word, _ in ordered if _CJK_RE.search(word))
    # 甲、乙双方 before 甲方; 对方 and 一方 only after the names, which may end in them.
    chinese = [*_CHINESE_GENERAL[:1], *chinese, *_CHINESE_GENERAL[1:]]
    source = f"(?=[{re.escape(starts)}])(?:" + "|".join(f"({expression})" for _, expression in chinese) + ")"
    if latin:
        source += "|(?<![A-Za-z0-9_])(?:" + "|".join(f"({expression})" for _, expression in latin) + ")"
    return re.compile(source), tuple(key for key, _ in chinese + latin)


# "Holding Company" is somebody else, but the capitals of "If Company" only open a sentence.
_CAPITALISED_BEFORE_RE = re.compile(r"\b([A-Z][a-z]+) $")
_FUNCTION_WORDS = frozenset(
    "A About After All Also And Any Are As At Because Before Between Both But By During Each Either Except For"  # noqa: SIM905
    " From Further Hereby However If In Is Its May Neither No Nor Not Notwithstanding Now Of On Once Only Or"
    " Provided Shall Should Since So Such Than That The Their Then Therefore This To Under Unless Until Upon"
    " When Where Whereas While Will With".split()
)


def places(folded: str, names: Mapping[str, str]) -> list[Place]:
    """Every place where a name (a folded word, with its key) or a general expression stands, in text order.

    Places never overlap; a name wins over a general expression. Linear in the length of `folded`.
    """
    pattern, keys = _pattern(tuple(sorted(names.items())))
    common = {word for word in names if word in NEUTRAL_ENGLISH or (word in ENGLISH and " " not in word)}
    found: list[Place] = []
    for match in pattern.finditer(folded):
        start, end = match.span()
        if start == end:  # a name of punctuation alone may leave nothing to match
            continue
        if folded[start:end] in common:
            before = _CAPITALISED_BEFORE_RE.search(folded, max(0, start - 24), start)
            if before and before.group(1) not in _FUNCTION_WORDS:
                continue
        found.append(Place(start, end, keys[(match.lastindex or 1) - 1]))
    return _merged(_merged(found, _english_general(folded)), _english_others(folded))


def _merged(names: list[Place], general: Iterator[Place]) -> list[Place]:
    """Both in one order; a general expression that touches a name is left out (the Party A)."""
    merged: list[Place] = []
    at = 0
    for place in general:
        while at < len(names) and names[at].end <= place.start:
            at += 1
        if at == len(names) or names[at].start >= place.end:
            merged.append(place)
    return sorted(names + merged) if merged else names
