"""Where the parties stand in a text: one compiled alternation over folded text, longest expression first.

Chinese has no word boundaries, so each expression carries the neighbours that would make it part of another word:
甲方式, 一方面, 对方案, 第三方, 被委托方. English labels are taken by word and in the case in which they were defined,
with the article before them and without the possessive after them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_ANY_LETTER = f"[{LETTERS}]"
# After one of these a noun such as 平台 or 公司 stands for the party; after another ideograph it is 有限公司, 抖音平台.
_BEFORE_NOUN = (
    "由向与和对给经为在使令让被如若因将以及或即则该此是非按据应须可由于从同就至并且当但而"
    "有无得请需凭归入令受的到供予知意"
)

_CHINESE_GENERAL: tuple[tuple[str, str], ...] = (
    (
        BOTH,
        rf"(?:{_ANY_LETTER}{_S}(?:方{_S}[、和与及或/]|[、,和与及或/]?){_S}){{1,4}}{_ANY_LETTER}{_S}"
        rf"(?:(?:[双两三四各]{_S})?方(?:{_S}[双两三四各]{_S}方)?(?:(?:中的?|的)?(?:任何?|其中|任意)一方)?|任何?一方)"
        rf"{_NOT_FANG}",
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
        rf"(?:守约|非违约|未违约|无违约|违约|被违约|(?:无|非|有)?过错|受损失?|受损害|受影响|披露|接收|提供信息|收受|解除|终止|解约)方{_NOT_FANG}(?!面)",
    ),
    (OTHER, rf"另{_S}(?:外{_S})?一?{_S}方{_NOT_FANG}(?!面)"),
    (OTHER, rf"(?<![针反面])(?:相{_S})?对{_S}方{_NOT_FANG}(?!面)"),
    (OTHER, rf"(?<![其吉])他方{_NOT_FANG}(?!面)"),
    (THIRD, rf"第三(?:方|人|者){_NOT_FANG}"),
    (THIRD, rf"其他方{_NOT_FANG}(?!面)"),
    (BOTH, rf"(?<![第另同统单唯专东西南北进哪])一{_S}方{_NOT_FANG}(?!面|水|土|天)"),
)
_QUALIFIED = (
    r"(?:non-?)?(?:breaching|defaulting|terminating|performing|compliant)|notifying|notified|affected|disclosing|receiving"
    r"|injured|aggrieved|innocent|requesting|prevailing|indemnif(?:ied|ying)|offending|complying|owning|infringing"
)
_ENGLISH_GENERAL: tuple[tuple[str, str], ...] = (
    (OTHER, r"(?i:(?:(?:the|such|any|each)\s+)?(?:other|opposing)\s+part(?:y|ies)\b)"),
    (OTHER, r"(?i:(?:the|its)\s+counterpart(?:y|ies)\b)"),
    (THIRD, r"(?i:(?:(?:a|any|the|such)\s+)?third[\s-]+part(?:y|ies)\b)"),
    (
        BOTH,
        rf"(?i:(?:(?:the|a|any|such|each|either|an)\s+)?(?:{_QUALIFIED})\s+part(?:y|ies)\b)",
    ),
    (
        BOTH,
        r"(?i:(?:(?:either|both|each|any|neither|one|every|all)(?:\s+one)?(?:\s+of)?(?:\s+the)?(?:\s+two)?"
        r"|the|such|that|said|a(?<!\bnot a))\s+part(?:y|ies)\b(?!\s+(?:to\s+whom|of\s+the\s+(?:first|second)))(?:\s+hereto\b)?)",
    ),
    (BOTH, r"(?:Parties|PARTIES)\b"),
)


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


@lru_cache(maxsize=64)
def _pattern(names: tuple[tuple[str, str], ...], general_english: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The alternation, and the key of each of its groups."""
    ordered = sorted(names, key=lambda item: (-len(item[0]), item[0]))
    chinese = [(key, _chinese_word(word)) for word, key in ordered if _CJK_RE.search(word)]
    latin = [(key, _latin_word(word)) for word, key in ordered if not _CJK_RE.search(word)]
    # 甲、乙双方 before 甲方; 对方 and 一方 only after the names, which may end in them.
    chinese = [*_CHINESE_GENERAL[:1], *chinese, *_CHINESE_GENERAL[1:]]
    if general_english:
        latin += _ENGLISH_GENERAL
    source = "|".join(f"({expression})" for _, expression in chinese)
    if latin:
        source += "|(?<![A-Za-z0-9_])(?:" + "|".join(f"({expression})" for _, expression in latin) + ")"
    return re.compile(source), tuple(key for key, _ in chinese + latin)


# "Holding Company" is somebody else, but the capitals of "If Company" only open a sentence.
_CAPITALISED_BEFORE_RE = re.compile(r"\b([A-Z][a-z]+) $")
_FUNCTION_WORDS = frozenset(
    ["A", "About", "After", "All", "Also", "And", "Any", "Are", "As", "At", "Because", "Before", "Between", "Both", "But", "By", "During", "Each", "Either", "Except", "For", "From", "Further", "Hereby", "However", "If", "In", "Is", "Its", "May", "Neither", "No", "Nor", "Not", "Notwithstanding", "Now", "Of", "On", "Once", "Only", "Or", "Provided", "Shall", "Should", "Since", "So", "Such", "Than", "That", "The", "Their", "Then", "Therefore", "This", "To", "Under", "Unless", "Until", "Upon", "When", "Where", "Whereas", "While", "Will", "With"]
)


def places(folded: str, names: Mapping[str, str]) -> list[Place]:
    """Every place where a name (a folded word, with its key) or a general expression stands, in text order.

    Places never overlap. Linear in the length of `folded`.
    """
    general_english = re.search(r"[Pp]art(?:y|ies)|PART(?:Y|IES)", folded) is not None
    pattern, keys = _pattern(tuple(sorted(names.items())), general_english)
    common = {word for word in names if word in NEUTRAL_ENGLISH or (word in ENGLISH and " " not in word)}
    found: list[Place] = []
    for match in pattern.finditer(folded):
        start, end = match.span()
        if folded[start:end] in common:
            before = _CAPITALISED_BEFORE_RE.search(folded, max(0, start - 24), start)
            if before and before.group(1) not in _FUNCTION_WORDS:
                continue
        found.append(Place(start, end, keys[(match.lastindex or 1) - 1]))
    return found
