"""Shares and rates, in percent: 30%, 百分之三十, 万分之五, 0.5‰, 十倍, 三成, 七折, thirty percent (30%).

A multiple of an interest rate (LPR四倍) is read as 400 percent, with the rate as its base.
"""

from __future__ import annotations

import re
from decimal import Decimal

from contractscan.model import DurationUnit, Percentage
from contractscan.quantities.numerals import (
    ALSO,
    DIGIT,
    EN_FIGURE,
    EN_HALF,
    EN_WORDS,
    FIGURE,
    GAP,
    NUMBER,
    RANGE,
    SPACE,
    ZH_DIGIT,
    is_blank,
    plain,
    read_figure,
)
from contractscan.quantities.surroundings import SLASH_PER, bound_of_share, period_around, unit_named

_SCALE = {
    "%": Decimal(1),
    "％": Decimal(1),
    "﹪": Decimal(1),
    "‰": Decimal("0.1"),
    "‱": Decimal("0.01"),
    "点": Decimal(1),
    "點": Decimal(1),
}
_SHARE = {
    "百": Decimal(1),
    "佰": Decimal(1),
    "千": Decimal("0.1"),
    "仟": Decimal("0.1"),
    "万": Decimal("0.01"),
    "萬": Decimal("0.01"),
}
_SIGN = "(?:[%％][ ]?[oO0０](?![0-9A-Za-z])|[%％﹪‰‱])"  # %o and %0 are typed for ‰
# 抽3个点 is 3%; 3个点位 are places.
_POINTS = "[个個][点點](?=[，。；、,;)）的给給]|$)"
_PER = f"(?:{SLASH_PER})?"
_PAREN_SIGN = rf"(?:{GAP}[（(]{GAP}即?{NUMBER}{GAP}{_SIGN}{GAP}[)）])?"
_SPELLED = rf"[百佰千仟万萬]分之{GAP}(?:百|{NUMBER})"

_ZH_SHARE = re.compile(
    rf"(?P<of>[百佰千仟万萬])分之{GAP}(?P<a>百|{FIGURE})(?:{GAP}{ALSO})?"
    rf"(?:{GAP}{RANGE}{GAP}(?:[百佰千仟万萬]分之)?{GAP}(?P<b>百|{FIGURE}))?{_PAREN_SIGN}{_PER}"
)
_SIGNED = re.compile(
    rf"(?P<a>{FIGURE}|\.[{DIGIT}]{{1,6}})(?:{GAP}{_SIGN})?(?:{GAP}(?:{RANGE}|to){GAP}(?P<b>{FIGURE}))?\s?{GAP}(?P<sign>{_SIGN}|{_POINTS})"
    rf"(?:{GAP}[（(]{GAP}(?:(?:即|大写[：:]?)?{_SPELLED}|{EN_WORDS}\s?per\s?cent){GAP}[)）])?{_PER}"
)
_TIMES = re.compile(
    rf"(?P<a>{FIGURE})(?:{GAP}{ALSO})?倍?(?:{GAP}{RANGE}{GAP}(?P<b>{FIGURE}))?{GAP}倍(?![数數频頻率速感])"
)
_DOUBLE = re.compile("[双雙两兩]倍")
_TENTHS = re.compile(
    rf"(?P<a>[{DIGIT}]|[{ZH_DIGIT}十])(?P<b>[{ZH_DIGIT}])?(?:(?P<cheng>成)(?![员員立本功为為交品果都长長熟套分年人效绩績就型形语語例像份])"
    r"|(?P<zhe>折)(?![合算旧舊扣价價现現叠疊返损損中本]))"
)
_FRACTION = re.compile(rf"(?P<a>{NUMBER})分之(?P<b>{NUMBER})")
# 全额退还 and 退还…费用全额 are a refund of 100 percent; 全额 anywhere else says how, not how much.
_WHOLE = re.compile("全[额額数數](?=地?(?:[退返垫墊赔賠]|[归歸][还還]))|(?<=[用费費款])全[额額](?=[,，;；。])")
_HALF = re.compile(r"(?<=[的之额額款费費])一半")
_ALL = re.compile("百分百(?=地?(?:[退返垫墊赔賠]|[归歸][还還]))")
_GAP_PERCENT = re.compile(rf"(?<=[的为為按付比例率额額])[{SPACE}]{{1,40}}[%％]")
# One-half of the fees, two-thirds of the deposit, 1/12 of the annual fee.
_EN_SHARES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10, "twelfth": 12}
_OF = (
    r"(?=\s{1,3}of\s{1,3}(?:the|such|its|any|all|each|that|their|our|your)\b"
    r"(?!\s+(?:(?:calendar\s+)?(?:year|month|day|week|term)|parties)\b))"
)
_EN_SHARE = re.compile(
    rf"(?:(?P<top>one|two|three|a)[\s-]{{1,2}})?(?P<part>{'|'.join(_EN_SHARES)})s?(?:\s?\((?:½|\d{{1,2}}/\d{{1,2}})\))?"
    rf"{_OF}|(?P<a>[{DIGIT}]{{1,2}})/(?P<b>[{DIGIT}]{{1,2}})(?:th|rd|nd)?s?{_OF}",
    re.I,
)

_EN_ALSO = r"(?:\s{0,3}\((?P<also>[^()\n]{1,40})\))?"
_EN_PERCENT = re.compile(
    rf"(?P<a>{EN_HALF}|{EN_FIGURE})(?:\s{{0,2}}(?:{_SIGN}))?{_EN_ALSO}"
    rf"(?:\s{{0,3}}(?:to|-|–|or|and)\s{{0,3}}(?P<b>{EN_FIGURE})(?:\s{{0,3}}\([^()\n]{{1,30}}\))?)?"
    rf"[\s-]{{0,3}}(?:(?P<percent>per\s?cent(?:um|age)?(?!\s?points)\b)|(?P<points>basis\s{{1,2}}points|bps\b)|(?P<percentof>{_SIGN}))"
    rf"(?:\s{{0,3}}\(\s?(?P<after>{EN_FIGURE}\s?(?:{_SIGN}|per\s?cent))\s?\))?(?:{SLASH_PER})?",
    re.I,
)
_EN_TIMES = re.compile(
    rf"(?P<a>{EN_FIGURE}){_EN_ALSO}\s{{1,2}}times(?=\s{{1,3}}(?:the|such|its|their|all|any|that)\b)"
    r"|(?P<twice>twice|double)(?=\s{1,3}the\b)",
    re.I,
)


def read_percentage(text: str, at: int, *, since: int = 0) -> Percentage | None:
    """The percentage that begins at `at`, None when none does. A period is not looked for before `since`."""
    match = _ZH_SHARE.match(text, at)
    if match:
        return _percentage(text, match, _SHARE[match["of"]], since=since)
    match = _SIGNED.match(text, at)
    if match:
        return _percentage(text, match, _SCALE.get(match["sign"][-1], _SCALE["‰"]), since=since)
    match = _TIMES.match(text, at)
    if match:
        return _percentage(text, match, Decimal(100), since=since)
    match = _DOUBLE.match(text, at)
    if match:
        return _built(text, at, match.end(), Decimal(200), None, None, since)
    match = _FRACTION.match(text, at)
    if match:
        return _fraction(text, match, since)
    match = _TENTHS.match(text, at)
    if match:
        return _tenths(text, match, since)
    match = _WHOLE.match(text, at)
    if match:
        return _built(text, at, match.end(), Decimal(100), None, None, since)
    match = _ALL.match(text, at)
    if match:
        return _built(text, at, match.end(), Decimal(100), None, None, since)
    match = _GAP_PERCENT.match(text, at)
    if match:
        return _built(text, at, match.end(), None, None, None, since)
    match = _HALF.match(text, at)
    if match:
        return _built(text, at, match.end(), Decimal(50), None, None, since)
    return _read_english(text, at, since)


def _value(figure: str) -> Decimal | None:
    if figure == "百":
        return Decimal(100)
    if figure.startswith("."):
        return Decimal("0" + figure)
    return read_figure(figure)


def _percentage(text: str, match: re.Match[str], scale: Decimal, *, since: int) -> Percentage | None:
    value, upper = _value(match["a"]), _value(match["b"]) if match["b"] else None
    if value is None and not is_blank(match["a"]):
        return None
    per = match.groupdict().get("per")
    return _built(
        text,
        match.start(),
        match.end(),
        None if value is None else value * scale,
        None if upper is None else upper * scale,
        unit_named(per) if per else None,
        since,
    )


def _fraction(text: str, match: re.Match[str], since: int) -> Percentage | None:
    bottom, top = read_figure(match["a"]), read_figure(match["b"])
    if not bottom or top is None:
        return None
    return _built(text, match.start(), match.end(), _rounded(top * 100 / bottom), None, None, since)


def _rounded(value: Decimal) -> Decimal:
    return value if value == value.to_integral_value() else value.quantize(Decimal("0.0001"))


def _tenths(text: str, match: re.Match[str], since: int) -> Percentage | None:
    """三成 is 30 percent; 七折 is 70 percent of the price, 八五折 85."""
    a, b = read_figure(match["a"]), match["b"]
    if a is None or text[match.start() - 1 : match.start()] in tuple("对對打曲骨波夭转轉周完构達达组組形生"[:0] + "第"):
        return None
    second = read_figure(b) if b else Decimal(0)
    if second is None or (match["cheng"] and b):
        return None
    return _built(text, match.start(), match.end(), a * 10 + second, None, None, since)


def _read_english(text: str, at: int, since: int) -> Percentage | None:
    match = _EN_PERCENT.match(text, at)
    if match:
        value, upper = read_figure(match["a"]), read_figure(match["b"]) if match["b"] else None
        if value is None and not is_blank(match["a"]):
            return None
        if value is None and match["after"]:
            value = read_figure(match["after"].rstrip("%％ ").lower().removesuffix("percent"))
        if value is None and match["also"]:
            value = read_figure(match["also"].rstrip("%％ "))
        scale = Decimal("0.01") if match["points"] else Decimal(1)
        per = match["per"]
        return _built(
            text,
            at,
            match.end(),
            None if value is None else value * scale,
            None if upper is None else upper * scale,
            unit_named(per) if per else None,
            since,
        )
    match = _EN_TIMES.match(text, at)
    if match:
        if match["twice"]:
            return _built(text, at, match.end(), Decimal(200), None, None, since)
        value = read_figure(match["a"])
        return None if value is None else _built(text, at, match.end(), value * 100, None, None, since)
    match = _EN_SHARE.match(text, at)
    if match:
        return _english_share(text, match, since)
    return None


_TOPS = {"one": 1, "a": 1, "two": 2, "three": 3}


def _english_share(text: str, match: re.Match[str], since: int) -> Percentage | None:
    if match["a"]:
        top, bottom = int(match["a"]), int(match["b"])
    else:
        part = match["part"].lower()
        if not match["top"] and part != "half":
            return None  # the third of the parties, the quarter of the year
        top, bottom = _TOPS[(match["top"] or "one").lower()], _EN_SHARES[part]
    if not bottom or top > bottom:
        return None
    return _built(text, match.start(), match.end(), _rounded(Decimal(top * 100) / bottom), None, None, since)


def _built(
    text: str, start: int, end: int, value: Decimal | None, upper: Decimal | None, per: DurationUnit | None, since: int
) -> Percentage:
    return Percentage(
        text=text[start:end],
        start=start,
        end=end,
        value=None if value is None else plain(value),
        upper=None if upper is None else plain(upper),
        base=_base(text, start, end),
        per=per or period_around(text, start, end, since=since),
        bound=bound_of_share(text, start, end),
    )


_PARENTHESIS = re.compile(r"[（(][^（()）\n]*[）)](?=的?$)")
_CLAUSE = re.compile(r"[，。；;：:！？!?\n、（(]")
_BEFORE_BASE = re.compile(
    r".*(?:按照|依照|按|以|相当于|相當於|等于|(?<!视)为|(?<!視)為|(?<![未应應已需待所])支付|承担|承擔|(?<![已所])收取|扣除|扣减|达到|超过|低于"
    r"|(?<![应所])缴纳|繳納|退还|退還|得收|给付|給付|返还|返還|(?<=[日周月年])[内內]首?付|赔偿(?!金|款|额)|补偿(?!金|款|费)|付予(?:[甲乙丙]方)?|付至|付到|占|并|[甲乙丙]方(?=应|應|的|按|须))"
)
_BASE_TAIL = re.compile(
    rf"(?:的|之|每[日天月年]|按[日月年]|[日月年](?={_SIGN}|$)|[{SPACE}_＿]|最高|不超过|不得超过|至少|不低于|约|約|为|為)+$"
)
_NOUN = re.compile(
    r"(?:[款额額费費用金价價值酬入润潤息率资資租利数數益量]|部分|LPR|报酬|标准|損失|损失|成本|货款|工资|余额)$"
)
_EN_BASE = re.compile(
    r"(?:\s{1,3}(?:per|each|every|an?)\s{1,2}(?:hour|day|week|month|quarter|year|annum)|\s{1,3}(?:daily|monthly|annually))?"
    r"\s{1,3}(?:of|on|over|times)\s{1,3}([^,;:.()\n%]{2,80}?)"
    r"(?=[,;:.()\n%]|$|\s+(?:shall|will|may|must|unless|provided|and|or|which|that|if|for|per|in|at|to|from|by|payable|until|as)\b)",
    re.I,
)


def _base(text: str, start: int, end: int) -> str | None:
    """The words the share is taken of: 合同总额 in 合同总额的30%, the fees in 2% of the fees."""
    after = _EN_BASE.match(text, end, end + 130)
    if after:
        return " ".join(after[1].split())
    window = _PARENTHESIS.sub("", text[max(0, start - 48) : start].rstrip(" "))
    segment = _CLAUSE.split(window)[-1]
    words = _BASE_TAIL.sub("", segment)
    linked = segment[len(words) :][:1] in ("的", "之")
    whole = words
    words = _BEFORE_BASE.sub("", words) or whole
    words = words.strip(' \t\u3000_＿）)”"')
    words = re.sub(r"^[0-9.]+[)）、.]?\s*", "", words)
    if words.endswith("其中") or len(words) < 2 or len(words) > 30 or not re.search(r"[\u4e00-\u9fffA-Z]", words):
        return None
    return words if linked or _NOUN.search(words) else None
