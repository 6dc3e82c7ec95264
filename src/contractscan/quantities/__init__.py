"""Typed values in running text: durations, money, percentages and dates, in Chinese and English.

One pass: `_starts` lists every place where a quantity can begin, `_SKIP` jumps over what only looks like one
(numbering, references, days of the month), and each kind reads at the places left; the first that succeeds has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Literal

from contractscan.model import Date, Duration, Money, Percentage, Quantity
from contractscan.quantities.currencies import default_currencies
from contractscan.quantities.dates import MONTHS, ORDINALS, read_date
from contractscan.quantities.durations import read_duration
from contractscan.quantities.money import read_money
from contractscan.quantities.numerals import DIGIT, EN_FIRST, SPACE, ZH_CHARACTER
from contractscan.quantities.percentages import read_percentage

__all__ = ["Date", "Duration", "Money", "Percentage", "Quantity", "find_quantities"]

# What looks like a quantity and is none; a place where one of these begins is jumped over.
_DATE_LIKE = rf"(?:19|20)[{DIGIT}]{{2}}[-－][{DIGIT}]{{1,2}}[-－][{DIGIT}]{{1,2}}(?![{DIGIT}－-])"
_TITLE = r"《[^《》\n]{1,80}》"
_ORDINAL = (
    rf"第[{SPACE}_＿【\[]{{0,3}}[{DIGIT}{ZH_CHARACTER}]{{1,8}}[{SPACE}_＿】\]]{{0,3}}"
    rf"(?:[条條款项項章节節页頁号號]|[-－.][{DIGIT}.\-]{{1,12}})?"
)
_CLOCK_TIME = rf"[{DIGIT}]{{1,2}}[:：][{DIGIT}]{{2}}(?:[:：][{DIGIT}]{{2}})?(?![{DIGIT}])"
_BUDGET_YEAR = rf"(?:19|20)[{DIGIT}]{{2}}[{SPACE}]?年度"
_DAY_OF_YEAR = (
    rf"(?:[{DIGIT}]{{2}}[{SPACE}]?年[{SPACE}]?)?[{DIGIT}]{{1,2}}[{SPACE}]?月"
    rf"[{SPACE}]?[{DIGIT}]{{1,2}}[{SPACE}]?[日号號]"
)
_LONG_NUMBER = rf"(?!{_DATE_LIKE})[{DIGIT}]{{1,4}}(?:[-－][{DIGIT}]{{2,8}}){{2,8}}+(?![{DIGIT}])"
_STANDARD = r"(?:ISO|IEC|GB|GB/T|GB/Z|YY/T|DB)[ ]?\d[\d.\-:：]{1,20}"
_REFERENCE = (
    r"(?:Sections?|SECTIONS?|Articles?|ARTICLES?|Clauses?|Exhibits?|EXHIBITS?|Schedules?|Annex|Appendix|Paragraphs?|Rule|Item"
    r"|Chapter|Form|No\.)\s{1,3}\d[\d.]{0,12}(?:\([a-z\d]{1,4}\)){0,3}"
)
_SKIP = re.compile(
    "|".join((_TITLE, _ORDINAL, _CLOCK_TIME, _BUDGET_YEAR, _DAY_OF_YEAR, _LONG_NUMBER, _STANDARD, _REFERENCE))
)


def _after(characters: str, rest: str = "") -> str:
    """An alternative behind the leading set of characters: the set has matched one of `characters`, now `rest`."""
    return f"(?<=[{characters}]){rest}"


# Every pattern here opens with a set or with letters, because the engine runs through a text fastest that way.
_SIGNS = rf"{DIGIT}_＿【〔\[￥¥$€£₹*＊○{{"
_BEFORE_UNIT = (
    rf"{SPACE}_＿】）)（(至到\-~～－–—日天周週星礼禮个個小工年月倍成折元圆圓分%％点點半角整法自营營交号港美欧歐新英澳人"
    "，。；、/"
)
_BLANK_SIGNS = r"_＿【〔\[￥¥$€£₹○{*＊"
_COMMON = re.compile(
    rf"[{_SIGNS}（(XＸx×第《](?:"
    + "|".join(
        (
            _after(DIGIT, rf"(?<![{DIGIT}][.．,].)[{DIGIT}]*+"),
            _after(_BLANK_SIGNS, "[_＿*＊○]*+"),
            _after("XＸx×", "(?<![A-Za-z0-9].)[XＸx×]*+(?![A-Za-z])"),
            _after("（(", rf"(?=[_＿{SPACE}]{{1,40}}+[)）]|(?<=[\u4e00-\u9fff].)[{SPACE}]?[{DIGIT}{ZH_CHARACTER}])"),
            _after("第《"),
        )
    )
    + rf")|[{SPACE}](?<=[\u4e00-\u9fff：:].)[{SPACE}]{{0,60}}+(?=[年月日天周个個工元万%％整拾])"
)
_CHINESE = re.compile(
    rf"[{ZH_CHARACTER}半双雙全民中元个個年人新台臺港美欧歐英澳日](?:"
    + "|".join(
        (
            _after(ZH_CHARACTER, rf"[{ZH_CHARACTER}]*+(?=[{_BEFORE_UNIT}]|$)"),
            _after("半双雙"),
            _after("全", "[额額数數](?=地?(?:[退返垫墊赔賠]|[归歸][还還])|[,，;；。])"),
            _after("民中", "[国國华華]"),
            _after("人", "民[币幣]"),
            _after("新台臺港", "[台臺币幣元]"),
            _after("美欧歐英澳日", "[元金镑鎊门門]"),
            _after("个個", "(?<=[提前在后後为].)"),
            _after("年", f"(?=[{SPACE}_＿月])"),
        )
    )
    + ")"
)


def _words(words: list[str]) -> str:
    """Match any of `words` at the start of a word, in lower case, Capitalised or UPPER CASE."""
    endings: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for form in (word, word.capitalize(), word.upper()):
            endings[form[0]].add(form[1:])
    return "|".join(
        rf"{first}(?<![A-Za-z].)(?:{'|'.join(sorted(rest, reverse=True))})(?![a-z])" for first, rest in endings.items()
    )


_ENGLISH = re.compile(
    _words(
        [*EN_FIRST.split("|"), *ORDINALS, *MONTHS, *(month[:3] for month in MONTHS), "sept", "half", "twice", "double"]
    )
    + r"|a(?<![A-Za-z].)n?(?=\s{1,3}(?:hundred|thousand|million|billion|day|week|fortnight|month|quarter|year)\b)"
    r"|\.(?<!\d.)(?=\d)"
)
# Currency codes, and the words in front of a section's number.
_CODES = re.compile(
    r"[RCUHNTEGJSAMIYDPFBc](?<![A-Za-z].)(?:(?<=R)(?:MB|ule|\$|M(?=\s?\d)|s\.?(?=\s?\d))"
    r"|(?<=C)(?:NY|AD|AN\$|\$|HF|lause|hapter)"
    r"|(?<=U)(?:S[D$ ]|\.\s?S\.)|(?<=H)K[D$]|(?<=B)RL|(?<=N)(?:T[D$]|ZD?\s?\$|ZD|o\.)"
    r"|(?<=T)(?:WD|\s?\+\s?\d)|(?<=E)(?:UR|xhibit|XHIBIT)|(?<=G)B|(?<=J)PY"
    r"|(?<=S)(?:GD|G?\$|ection|ECTION|chedule)|(?<=A)(?:UD|ED|U?\$|rticle|RTICLE|nnex|ppendix)|(?<=M)(?:OP|YR)"
    r"|(?<=I)(?:SO|EC|NR|tem)|(?<=Y)Y/T|(?<=D)(?:B\d|\s?\+\s?\d)|(?<=P)aragraph|(?<=F)orm)"
)


@cache
def _start_patterns(language: str | None) -> tuple[re.Pattern[str], ...]:
    chinese = () if language == "en" else (_CHINESE,)
    english = () if language == "zh" else (_ENGLISH,)
    return (_COMMON, _CODES, *chinese, *english)


def _starts(text: str, language: str | None) -> list[int]:
    return sorted({match.start() for pattern in _start_patterns(language) for match in pattern.finditer(text)})


def find_quantities(text: str, language: Literal["zh", "en"] | None = None) -> list[Quantity]:
    """All quantities of `text`, in order, never overlapping; `text[q.start:q.end] == q.text`.

    A span covers the amount alone: 内, 不少于, at least and 提前 stay outside and are told by `bound` and `anchor`.
    Without `language` the numerals of both languages are looked for. Values that the text leaves blank are None.
    """
    defaults = default_currencies(text)
    found: list[Quantity] = []
    position = since = 0
    for at in _starts(text, language):
        if at < position:
            continue
        skipped = _SKIP.match(text, at)
        if skipped:
            position = skipped.end()
            continue
        quantity = (
            read_date(text, at)
            or read_percentage(text, at, since=since)
            or read_money(text, at, defaults, since=since)
            or read_duration(text, at)
        )
        if quantity is None:
            continue
        found.append(quantity)
        position = quantity.end
        if not isinstance(quantity, Duration):
            since = quantity.end
    return found
