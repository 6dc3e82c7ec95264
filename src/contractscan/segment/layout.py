"""What a line is when it has no number: a heading, a party's line, a recital, a signature, a line of contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from contractscan.segment.flow import STOPS, Flow
from contractscan.segment.numbering import NUMERALS
from contractscan.text import CJK


@dataclass(slots=True)
class Line:
    """A line of the flow. `kind` is what it opens when no number does."""

    start: int
    end: int  # without the line break
    indent: int
    kind: str | None = None  # heading, body, parties, recital, signature, toc
    heading: tuple[int, int] = (0, 0)
    heading_level: int | None = None


_SIGNATURE = re.compile(
    r"\(?(?:以下无正文|此页无正文|以下空白|本页无正文|签署页)"
    r"|(?:(?:甲|乙|丙|丁|双|各) *方|(?:委托|受托|发包|承包|买|卖|供|需|出租|承租|服务)(?:方|人)|平台|主播|用户"
    r"|授权代表|法定代表人|代表人?|立(?:契约|合约|约|合同)书?人)"
    r" *[:(]{0,2}[^。，;；]{0,16}(?:盖章|签字|签章|签名|公章|签署|用印)[^。，；]{0,12}(?:[:_ ]|\Z)"
    r"|立(?:契约|合约|约|合同)书?人"
    r"|(?:盖章|签字|签名|签章)(?:处|人)? *[:_]"
    r"|(?i:in witness where?of|as witness the|executed as an? (?:agreement|deed)|agreed and accepted)"
    r"|(?i:accepted and agreed|signature page|signed (?:by|for|on behalf|as))"
    r"|(?i:\[?signature)"
)
_PARTIES = re.compile(
    r"[【\[]?(?:甲|乙|丙) *方 *(?:\([^()\n]{1,24}\))? *(?:[:_]|\Z)"
    r"|(?:委托|受托|发包|承包|出租|承租|服务|品牌|需|供|买|卖|许可|被许可)(?:方|人)(?:\([^()\n]{1,12}\))? *[:_]"
    r"|(?:立(?:契约|合约|约|合同)书?人|当事人|签约方|合同双方)"
    r"|(?:THE )?PARTIES *:?\Z|(?:The )?Parties *:?\Z|BETWEEN *:?\Z|Between *:?\Z"
    r"|(?:[-•*] *)?(?!(?i:whereas|recital|background|now|witness))[A-Z][A-Za-z/ ]{2,30}: .{0,240}\(\"[A-Z]"
    r"|Party [A-C] ?[(:]"
)
_RECITAL = re.compile(
    r"(?:鉴于|缘[,，:]|根据《|依据《|依照《|为了|甲、?乙双方|甲方、乙方|双方(?:经|同意|本着|在)|上述甲|经(?:甲|双方)|本着|兹(?:经|因|有))"
    r"|(?i:whereas\b|w i t n e s s e t h|witnesseth|recitals?\b|background\b *:?\Z|now,? therefore|preamble)"
)
_FIRST_NUMBER = re.compile(r"第.{1,5}[条章]|\d{1,2}(?:\.\d+)*[.、 ]|一、|(?i:article|section) [\dI]")
_BETWEEN = re.compile(
    r"(?i)\b(?:between|among|by and|entered into|made (?:and|as|on|this)|parties|dated|this [\w -]{0,40}agreement)\b"
)
_CHINESE = re.compile(f"[{CJK}]")
_RECITAL_HEADING = re.compile(r"(?i:recitals?|background|witnesseth|preamble|w i t n e s s e t h|whereas)|鉴于")
_PARTIES_HEADING = re.compile(r"(?:THE )?PARTIES|(?:The )?Parties|BETWEEN|Between")
_CONTENTS_HEADING = re.compile(r"目 *录|(?i:table of contents|contents|index)")
_CONTENTS_LINE = re.compile(r".{1,80}?(?:[.·。_-]{3,}|…+|(?: *\. ){3,}| {3,}) *(?:\d{1,3}|[ivx]{1,5})\Z")
# A table of contents that was run into one line: Defined Terms    4    Section 1.02
_CONTENTS_ENTRY = re.compile(
    rf"(?:第.{{1,4}}[章条节]|[{NUMERALS}]{{1,3}}、|\d{{1,2}}[.、 ]|(?i:article|section)).{{1,60}}? +(\d{{1,3}})\Z"
)
_CONTENTS_RUN = re.compile(r" {2,}\d{1,3} {2,}(?=ARTICLE|Article|Section|SECTION|EXHIBIT|Exhibit|第)")
HEADING_WORDS = (
    "期限|期间|有效期|费用|价格|价款|报酬|付款|支付|结算|保密|违约|责任|解除|终止|变更|争议|纠纷|不可抗力|知识产权|产权|通知|送达|其他|其它|附则"
    "|定义|释义|总则|权利|义务|归属|账号|帐号|数据|交付|验收|质量|保证金?|服务|合作|内容|范围|方式|约定|条款|声明|承诺|适用|生效|签署|说明"
    "|权属|隐私|信息|使用|收集|披露|安全|修订|规则|标准|赔偿|转让|竞业|管辖|法律|培训|运输|货物|采购|订单|包装|售后|项目|管理|解约|续约|退款|发票|税"
)
_NO_HEADING = re.compile(r"\A[\d(]|[,。;!?_]|:.")
_HAS_WORD = re.compile(HEADING_WORDS)
_CHINESE_HEADING = re.compile(rf"(?=.*(?:{HEADING_WORDS}))[{CJK}()、“”\"/· ]{{2,18}}:?")
_BRACKETED = re.compile(rf"\[(?=[A-Za-z]*[{CJK}])[{CJK}A-Za-z、 ]{{2,16}}\]:?")  # folding has made [] of 【】
_TITLE_END = re.compile(r"(?:合同|协议|协议书|合同书|契约书?|服务条款|(?i:agreement|contract))(?:\([^()]*\))?\Z")
# Account access and ownership: a few words above a paragraph, and no sentence.
_PLAIN = re.compile(
    r"(?!.*\b(?:shall|will|must|may|can|is|are|has|have|agrees?|this)\b)[A-Z][a-z'’-]+(?: [\w'’&/,-]+){0,5}"
)
_PAGE = re.compile(r"[Pp](?:age|AGE) \d+(?: of \d+)?")
_NUMBERED = re.compile(rf"^ *(?:第 ?[{NUMERALS}\d]{{1,4}} ?[条章]|一 ?[、.]|1 ?[、.]|\(一\))", re.M)
_SIGNS = re.compile(r"(?:By|Per|Name|Title|Signed|Signature)\b ?:|_{3,}")
_TITLE_WORD = re.compile(r"(?i)agreement|contract|terms|amendment|confidential|exhibit|schedule|annex")
_MINOR = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "upon", "with",
    "without", "&", "-", "under", "not", "no", "if", "its", "any", "per", "re", "this", "that", "such", "other", "than",
}  # fmt: skip
_WORD = re.compile(r"[^\s]+")


def is_title_case(phrase: str, *, most: int = 10) -> bool:
    """Every word but the small ones begins with a capital, and there are not too many."""
    words = _WORD.findall(phrase)
    if not 0 < len(words) <= most:
        return False
    letters = [word.strip("\"'“”()[],;/*&") for word in words]
    if not letters[0][:1].isupper():
        return False
    return all(word[:1].isupper() or word.lower() in _MINOR or not word[:1].isalpha() for word in letters)


def read_lines(flow: Flow) -> list[Line]:
    """All lines with what they open. Judged by the line, its neighbours and what came before it."""
    text = flow.text
    _set_contents_apart(flow)
    ends = [*(start - 1 for start in flow.lines[1:]), len(text)]
    lines: list[Line] = []
    for start, end, indent in zip(flow.lines, ends, flow.indents, strict=True):
        while end > start and text[end - 1] in " \n":
            end -= 1
        if end == start and text[start : start + 1] not in ("", "\n", " "):
            end = start + 1
        lines.append(Line(start, max(end, start), indent))
    _mark_contents(text, lines, flow.contents)
    front, numbered = True, False
    seen_parties = preamble = False
    opening: int | None = None
    for number, line in enumerate(lines):
        if line.kind == "toc":
            continue
        content = text[line.start : line.end]
        if _FIRST_NUMBER.match(content):
            front, numbered = False, True
        bare = content.rstrip(" :,-")
        if (front and _PARTIES.match(content)) or (not numbered and _PARTIES_HEADING.fullmatch(bare)):
            line.kind, seen_parties = "parties", True
            if _PARTIES_HEADING.fullmatch(bare):
                line.heading = (line.start, line.start + len(bare))
        elif (front and _RECITAL.match(content)) or (not numbered and _RECITAL_HEADING.fullmatch(bare)):
            line.kind, seen_parties = "recital", True
            if _RECITAL_HEADING.fullmatch(bare):
                line.heading = (line.start, line.start + len(bare))
        elif not front and _SIGNATURE.match(content) and len(content) < 140 and content[-1:] not in "。；;，,":
            line.kind = "signature"
        elif front and len(content) > 60 and not _CHINESE.search(content) and not preamble:
            if seen_parties or not _BETWEEN.search(content):
                line.kind, preamble = "body", True
            else:
                line.kind = "parties"
            seen_parties = True
        elif front and not seen_parties and opening is None and content.isupper() and not _TITLE_WORD.search(content):
            opening = number  # a title, unless more headings like it follow
        elif opening is not None and content.isupper() and front:
            _mark_heading(text, lines, number, headed=False, front=True)
            if line.kind == "heading":
                _mark_heading(text, lines, opening, headed=True, front=False)
                opening, front = None, False
        elif not (front and not seen_parties) or _BRACKETED.fullmatch(content):
            _mark_heading(text, lines, number, headed=flow.headed[number], front=front)
            if line.kind == "heading":
                front = False
                if opening is not None and content.isupper():
                    _mark_heading(text, lines, opening, headed=True, front=False)
                    opening = None
    return lines


_LISTED = re.compile(r"(?:本?(?:合同|协议) *)?目 *录(?:一览)?[ :\n]*(?=第|[一1])")
_LISTED_ENTRY = re.compile(rf"(?:第 ?[{NUMERALS}\d]{{1,4}} ?(?:章|条|编|部分|节)|[一1][、.])[^\n\d第]{{2,20}}")
_LISTED_NUMBER = re.compile(
    rf"第 ?[{NUMERALS}\d]{{1,4}} ?[章条编节]|\d{{1,2}}\.\d|(?:^|(?<=\s))(?:[{NUMERALS}\d]{{1,3}}[、.]|附件)"
)


def _set_contents_apart(flow: Flow) -> None:
    """Find the list of contents without page numbers: its first entry comes again, where the contract itself begins."""
    text = flow.text
    heading = _LISTED.search(text, 0, 6_000)
    entry = _LISTED_ENTRY.match(text, heading.end()) if heading else None
    if heading is None or entry is None:
        return
    again = text.find(entry[0].rstrip(), entry.end(), entry.end() + 6_000)
    numbers = list(_LISTED_NUMBER.finditer(text, entry.end(), again)) if again >= 0 else []
    if len(numbers) < 4 or "。" in text[entry.end() : numbers[-1].start()]:
        return
    start = heading.start()
    stop = text.find("\n", numbers[-1].start(), again) + 1 or again  # the party block may stand in between
    flow.contents.append((start, stop))
    for position in (start, stop):
        number = bisect_left(flow.lines, position)
        if flow.lines[number : number + 1] != [position]:
            flow.lines.insert(number, position)
            flow.indents.insert(number, 0)
            flow.headed.insert(number, False)


def _mark_contents(text: str, lines: list[Line], known: list[tuple[int, int]]) -> None:
    run: list[Line] = []
    last_page = 0
    for number, line in enumerate(lines):
        content = text[line.start : line.end]
        if any(start <= line.start < end for start, end in known):
            line.kind = "toc"
        if len(_CONTENTS_RUN.findall(content[:4000])) > 3:
            line.kind = "toc"
        page = _CONTENTS_ENTRY.match(content)
        if _CONTENTS_LINE.match(content) or (page and int(page.group(1)) >= last_page):
            last_page = int(page.group(1)) if page else last_page
            run.append(line)
            continue
        last_page = 0
        if len(run) > 3:
            for entry in run:
                entry.kind = "toc"
            before = lines[number - len(run) - 1] if number > len(run) else None
            if before is not None and _CONTENTS_HEADING.fullmatch(text[before.start : before.end]):
                before.kind = "toc"
        run = []


def _mark_heading(text: str, lines: list[Line], number: int, *, headed: bool, front: bool) -> None:
    line = lines[number]
    content = text[line.start : line.end]
    if not content or len(content) > 90:
        return
    previous = lines[number - 1] if number else None
    following = lines[number + 1] if number + 1 < len(lines) else None
    if front and _TITLE_END.search(content):
        return
    if (headed and _may_head(content, front=front)) or _is_heading(text, content, previous, following):
        line.kind = "heading"
        before = len(content) - len(content.lstrip("【[ *#_"))
        line.heading = (line.start + before, line.start + max(len(content.rstrip("】] :：.*#_")), before))


def _may_head(content: str, *, front: bool) -> bool:
    """Whether a line that is set like a heading can be one: not a date, a party's line or a sentence in bold."""
    if not _CHINESE.search(content):
        return content[:1].isalpha() and content[-1] not in ",;"
    return (
        len(content) < 30
        and not _NO_HEADING.search(content)
        and _PARTIES.match(content) is None
        and not (front and _HAS_WORD.search(content) is None)
    )


def _is_heading(text: str, content: str, previous: Line | None, following: Line | None) -> bool:
    if following is None:
        return False
    after = text[following.start : following.end]
    if _SIGNS.match(after):
        return False  # ACME, INC. above By: ____
    if _BRACKETED.fullmatch(content):
        return _HAS_WORD.search(content) is not None and "填写" not in content
    last = text[previous.end - 1 : previous.end] if previous else ""
    ended = previous is None or last in STOPS or previous.kind == "heading" or last in "_)）"
    if _CHINESE_HEADING.fullmatch(content):
        if content[-1] == ":":
            return False
        above = text[previous.start : previous.end] if previous else ""
        if len(above) < 40 and ":" in above and not _NUMBERED.search(text):
            ended = True  # 服务期限：  年  月  日 has no stop
        opens = len(after) > len(content) + 4 or re.match(r"[第\d(一二三四五六七八九十]", after) is not None
        return ended and opens and not _TITLE_END.search(content) and " " not in content
    if _CHINESE.search(content):
        return False
    letters = [c for c in content if c.isalpha()]
    if len(letters) < 4 or content.count("_") > 3 or "[" in content:
        return False
    if ":" in content[:-1] or sum(c.isdigit() for c in content) > 2 or _PAGE.fullmatch(content):
        return False
    if all(c.isupper() for c in letters):
        return len(content) < 80 and content[-1] not in ",;" and len(letters) > 0.6 * len(content)
    if content[-1] in ".,;:" or not ended or not content[0].isupper():
        return False
    plain = _PLAIN.fullmatch(content) is not None and last == "." and len(after) > 60 and after[-1] == "."
    return (plain or is_title_case(content, most=8)) and len(after) > 40
