"""What the words around a number say for it and against it."""

from __future__ import annotations

import re

from contractscan.segment.numbering import NUMERALS, Mark
from contractscan.text import CJK

_BEFORE_STOP = re.compile(r"(?:[。;!?:)\]\"_…]|-{3})\Z")
_ENGLISH_STOP = re.compile(r"(?:[A-Za-z)\]\"'”%]{2}|\d)[.;:]\"?\Z")
CAPITALS = re.compile(r"\b(?!AND|OR|OF|TO|IN|UNDER)[A-Z][A-Z&]{2,}[A-Z)]? *\Z")
_NUMERAL_AFTER = re.compile(rf" ?[{NUMERALS}]{{1,2}}[、季期线级楼层]")
JOINING = re.compile(r"(?<=[;,；，]) ?(?:and/or|and|or|以及|及|和|或者?)\Z")
_ABBREVIATION = re.compile(
    r"\b(?:No|Nos|Sec|Art|Rule|Form|Part|Inc|Ltd|Co|Corp|vs?|i\.e|e\.g|U\.S|Mr|Ms|Dr|St|Ex)\.\Z", re.I
)
_POINTING = re.compile(
    r"(?:见|依据|根据|按照?|依照?|违反|符合|适用|履行|满足|除|超出|执行|本合同|本协议|本契约|本条|本款|本项|上述|前述|前款|该|其|中"
    r"|》|法|条例|规定|解释|以及|及|和|与|或|至|到|第|于|由|为|之|的|在|对|[、/-])\Z"
)
_IDEOGRAPH = re.compile(f"[{CJK}]")
_TITLE_WORD = re.compile(r"(?:合同|协议|协议书|合同书|契约书?)\Z")
_POINTED = re.compile(
    rf" ?(?:第 ?[{NUMERALS}\d]{{1,4}} ?[款项条]|约定[的，,。；]|规定|所|之|的|中[，,的约规]|项下|至|到|和|或|及|与|以及"
    r"|、 ?第|情形|款|项|条|[，,。；;)）】》])"
)
_POINTED_LINE = re.compile(
    rf" ?(?:第 ?[{NUMERALS}\d]{{1,4}} ?[款项]|约定[的，,。；]|规定[的，,。；]|所[述列称]|[，,。；;)）】》])"
)
_ENGLISH_POINTED = re.compile(r"[.:]? *(?:[a-z(]|,|;|\)|and\b|or\b|$)")
_NUMBER_WORD = re.compile(
    rf"(?:[{NUMERALS}\d元整]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty|hundred) ?\Z", re.I
)
_REFERENCE_WORD = re.compile(
    r"(?:[Ss]ections?|SECTIONS?|[Aa]rticles?|[Cc]lauses?|[Pp]aragraphs?|[Ss]chedule|[Ee]xhibit|[Pp]art|No\.|§"
    r"|\b(?:and|or|to|of|in|under)|第|见|至|和|或|及|与|、) ?\Z"
)
_ANNEX_POINTED = re.compile(
    r"所|中|为|的|是|作为|与|和|及|或|均|系|由|应|内|规定|约定|,|;|\)"
    r"|(?:is|are|shall|attached|hereto|to this|of|and|or)\b"
)
_SENTENCE = re.compile(f"[\"'(\\[A-Z{CJK}【《「0-9_。:、]")


def evidence_inside(text: str, mark: Mark, number_end: int) -> int:
    """How well the place inside a line suits a number: 2 after the end of a sentence, else 1.

    A number right behind the last one (`number_end`) is as good as one after a sentence: 第一条 1. …, 8.2(a) ….
    """
    position = mark.start
    while position and text[position - 1] in " \n":
        position -= 1
    if position <= number_end:
        return 3 if text[mark.start] == "(" else 2
    before = text[max(position - 12, 0) : position]
    joined = JOINING.sub("", before).rstrip()
    if _BEFORE_STOP.search(joined):
        return 2
    if joined.endswith(".") and _ENGLISH_STOP.search(joined) and not _ABBREVIATION.search(joined):
        return 2
    return 1


def guarded(text: str, mark: Mark, style: str, evidence: int) -> bool:
    """True when the words around show a reference or a figure rather than a number that opens a clause."""
    before = text[max(mark.start - 12, 0) : mark.start].rstrip()
    after = text[mark.end : mark.end + 40]
    if style in ("条", "款", "项", "章", "节", "编", "部分") or style.startswith("条"):
        if evidence == 3:
            return bool(_POINTED_LINE.match(after)) or (style in ("款", "项") and not mark.delimited)
        if style in ("款", "项") or before.endswith("》") or _POINTED.match(after):
            return True
        if evidence == 1 and _TITLE_WORD.search(before) and not before.endswith(("本合同", "本协议")):
            return not mark.delimited
        return evidence == 1 and _POINTING.search(before) is not None
    if style in ("article", "section", "clause", "§", "part", "chapter"):
        follows = _ENGLISH_POINTED.match(after)
        if evidence == 3:
            return bool(follows and follows.end() and after[:1] != "\n" and after.strip()[:1] not in ("", "("))
        return bool(follows) or (evidence == 1 and not CAPITALS.search(before))
    if style == "annex":
        return evidence < 3 or is_annex_reference(text, mark)
    if style == "一、" and _NUMERAL_AFTER.match(after):
        return True
    if style == "甲、" and after[:1] in "乙丙丁戊":
        return True
    if evidence == 3:
        return False
    lead = after.lstrip(" ")
    if lead and not _SENTENCE.match(lead):
        return True
    if _REFERENCE_WORD.search(JOINING.sub("", before)):
        return True
    if style[0] == "(" or style[-1] == ")":
        if evidence == 1 and _NUMBER_WORD.search(before):
            return True
        return bool(re.match(r" ?(?:[款项条]|至|和|或|及|、|目)", after))
    if style == "一、":  # 情形之一, and 统一, end in the numeral without being a number
        return before.endswith((*NUMERALS, *"之任其统同唯逐不专单")) and not before.endswith("合同")
    if style in ("a.", "A.", "i.", "I.", "a)", "A)", "i)", "I)", "甲、"):
        return evidence == 1
    return False


def is_annex_reference(text: str, mark: Mark) -> bool:
    stop = text.find("\n", mark.end)
    rest = text[mark.end : stop if stop >= 0 else len(text)].strip(" :：.、-—")
    if _ANNEX_POINTED.match(rest):
        return True
    return len(rest) > 60 and text[mark.end : mark.end + 1] not in ":" and not rest[:1].isupper()


def last_character(text: str, position: int) -> str:
    """The last character before `position` that is no white space."""
    while position and text[position - 1] in " \n":
        position -= 1
    return text[position - 1 : position] or "\n"


def is_chinese(text: str, mark: Mark) -> bool:
    return _IDEOGRAPH.search(text, max(mark.start - 20, 0), mark.end + 20) is not None
