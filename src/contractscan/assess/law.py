"""Which country's law governs the contract, and which statutes of the register can therefore apply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from contractscan.model import Bilingual, Document, Finding, Statute
from contractscan.text import fold

# The order counts: 中华人民共和国香港特别行政区 is Hong Kong, and so is "Hong Kong, China".
_PLACES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("HK", re.compile(r"香港|hong ?kong", re.I)),
    ("MO", re.compile(r"澳门|maca[uo]\b", re.I)),
    ("TW", re.compile(r"台湾|中华民国|taiwan", re.I)),
    (
        "CN",
        re.compile(r"中国|中华人民共和国|大陆|people's republic of china|\bprc\b|\bp\.r\.c\.|\bchin(?:a|ese)\b", re.I),
    ),
    ("UK", re.compile(r"英国|英格兰|威尔士|\bengland\b|\benglish law|\bscot|united kingdom", re.I)),
    (
        "US",
        re.compile(
            r"美国|加州|加利福尼亚|纽约|特拉华|united states|\bu\.s\.|(?-i:\b(?:State|Commonwealth) of [A-Z])"
            r"|\b(?:california|new york|delaware|texas|florida|illinois|massachusetts|washington|nevada|colorado)\b",
            re.I,
        ),
    ),
    (
        "EU",
        re.compile(
            r"德国|法国|荷兰|\b(?:germany|german|france|french|ireland|irish|netherlands|dutch|italy|spain)\b", re.I
        ),
    ),
)
# Where no clause names the law: the words for place and money, the strongest first.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("HK", re.compile(r"香港|港币|港元|hong kong|HK\$|\bHKD\b", re.I)),
    ("TW", re.compile(r"台湾|新台币|中华民国|民国\d|taiwan|NT\$|\bTWD\b", re.I)),
    ("CN", re.compile(r"中华人民共和国|中国大陆|人民币|people's republic of china|\bPRC\b|\bRMB\b|\bCNY\b", re.I)),
    ("US", re.compile(r"united states|US\$|\bUSD\b|(?-i:\b(?:State|Commonwealth) of [A-Z])", re.I)),
    ("UK", re.compile(r"united kingdom|\bengland\b|\bGBP\b|£", re.I)),
)
_DOMESTIC = re.compile(
    r"(?:适用|依照|按照|遵循|受)[^。;,]{0,6}(?:中华人民共和国|中国|我国|大陆)(?!香港|澳门|台湾)[^。;,]{0,12}法"
)
_PREFIXES = {"TW": "TW", "HK": "HK", "GDPR": "EU", "US": "US", "UK": "UK"}  # of keys; the others are of the mainland
_STATES = {"US-NY": r"new york|纽约", "US-CA": r"california|加州|加利福尼亚"}
_PLATFORMS = {
    "PF-DY": r"抖音|巨量|千川|douyin",
    "PF-WX": r"微信|公众号|视频号|wechat|weixin",
    "PF-TX": r"腾讯|微信|tencent|wechat",
    "PF-META": r"facebook|instagram|\bmeta\b",
    "PF-GADS": r"google ads|adwords",
}
_EUROPE = re.compile(r"gdpr|european union|european economic area|2016/679|欧盟", re.I)
_WHERE = {
    "CN": Bilingual(zh="适用中国大陆法律时", en="where PRC law applies"),
    "TW": Bilingual(zh="适用台湾法律时", en="where the law of Taiwan applies"),
    "HK": Bilingual(zh="适用香港法律时", en="where the law of Hong Kong applies"),
    "EU": Bilingual(zh="适用欧盟法律时", en="where EU law applies"),
    "US": Bilingual(zh="适用美国法律时", en="where US law applies"),
    "UK": Bilingual(zh="适用英国法律时", en="where English law applies"),
}


class Law(NamedTuple):
    """The place whose law governs, None when neither a clause nor the text tells; `named` by a clause."""

    place: str | None
    named: bool = False
    clause: str = ""


def governing_law(document: Document, findings: Sequence[Finding]) -> Law:
    """The place that the clause on governing law names (`other` for one without a register), else what the text shows.

    A contract in simplified characters is one of the mainland unless a clause says otherwise.
    """
    folded = fold(document.text)
    for finding in findings:
        if finding.rule_id == "governing-law":
            clause = fold(" ".join(item.quote for item in finding.evidence if item.marks))
            place = next((place for place, pattern in _PLACES if pattern.search(clause)), "other")
            return Law(place, named=True, clause=clause)
    domestic = _DOMESTIC.search(folded)
    if domestic:
        return Law("CN", named=True, clause=domestic[0])
    if document.script == "hans":
        return Law("CN")
    counts = {place: len(pattern.findall(folded)) for place, pattern in _SIGNS}
    if document.script == "hant":
        counts = {place: counts[place] for place in ("TW", "HK")}
    best = max(counts, key=lambda place: counts[place])
    return Law(best if counts[best] else None)


def with_applicable_law(finding: Finding, law: Law, text: str) -> Finding:
    """The finding with the statutes that can apply; those of a law that is not known say so. `text` is folded."""
    kept = tuple(_applicable(finding.references, law, text))
    return finding if kept == finding.references else finding.model_copy(update={"references": kept})


def _applicable(statutes: Sequence[Statute], law: Law, text: str) -> Iterator[Statute]:
    for statute in statutes:
        platform = next((words for key, words in _PLATFORMS.items() if statute.key.startswith(key)), None)
        if platform is not None:
            if re.search(platform, text, re.I):
                yield statute
            continue
        place = _PREFIXES.get(statute.key.partition("-")[0], "CN")
        state = next((words for key, words in _STATES.items() if statute.key.startswith(key)), "")
        if state and not re.search(state, law.clause or text, re.I):
            continue
        if place == law.place or (place == "EU" and _EUROPE.search(text)):
            yield statute
        elif law.place is None:
            yield statute.model_copy(update={"condition": _WHERE[place]})
