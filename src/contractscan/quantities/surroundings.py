"""The words around a quantity: its bound (以上, at least), its anchor (收到通知之日起), its period (每日).

They are read from a short window before and after the quantity and never become part of its span.
"""

from __future__ import annotations

import re

from contractscan.model import Bound, DurationUnit

WINDOW = 60
_CUT = re.compile(r"[，。；;：:！？!?、]|\n(?![a-z ])|,(?!\d)|\.(?=\s)")

# 以上, 以下, 以内, 届满 include the figure; 不满, 超过, 以外 do not (PRC Civil Code art. 1259).
_BOUND_WORDS: dict[Bound | None, str] = {
    "at_least": (
        "不少于|不少於|不得少于|不得少於|不低于|不低於|不得低于|不短于|不短於"
        "|不小于|不早于|逾期满|逾期滿"
        "|不晚于|不晚於|不迟于|不遲於|不得晚于"
        "|至少|起码|最少|最低|最短|达到|達到|达|達|满|滿|大于等于|≥|>=|not less than|no less than|not fewer than"
        "|no fewer than"
        "|at least|minimum|a minimum|no earlier than|not earlier than|no shorter than"
    ),
    "at_most": (
        "不超过|不超過|不得超过|不得超過|不应超过"
        "|不多于|不多於"
        "|不高于|不高於|不得高于|不得多于|不长于|不大于|未超过|未超過"
        "|至多|最多|最长|最長|最高|最迟|最遲|最晚|至迟|至遲|小于等于|≤|<=|上限为|上限為|not more than|no more than"
        "|not to exceed"
        "|not exceeding|not exceed|no greater than|not greater than|up to|at most|maximum|a maximum|no later than"
        "|not later than|within|no longer than|not longer than|limited to"
    ),
    "more_than": (
        "超过|超過|超出|多于|多於|高于|高於"
        "|大于|大於|长于|逾|＞|>|more than|greater than|in excess|in excess of|exceeding"
        "|exceeds|exceed|longer than|over|beyond"
    ),
    "less_than": (
        "少于|少於|低于|低於|小于|小於|短于|不足"
        "|不满|不滿|未满|未滿|未达到|未达|未達|＜|<|less than|fewer than|shorter than"
        "|under|below"
    ),
    None: "期满|期滿|届满|屆滿",  # ends a term; nothing about the figure
}
_BOUND_OF = {word: bound for bound, words in _BOUND_WORDS.items() for word in words.split("|")}
_BOUND_LENGTHS = sorted({len(word) for word in _BOUND_OF}, reverse=True)
# fmt: off
_FILLERS = (
    "应当", "应", "應", "须", "需", "于", "於", "在", "提前",
    "提早", "事先", "为", "為", "人民币", "人民幣", "其", "的", "期限",
    "合计", "共计", "（", "(", "the", "a", "an", "prior",
    "aggregate", "sum", "of", "period", "term", "amount", "additional",
    "further", "any", "such", "annual",
)
# fmt: on
_BOUND_AFTER = re.compile(
    r"[ \t]*(?:[（(](?:含|包含|含本)[^（()）\n]{0,6}[)）])?(?:"
    r"(?P<at_least>[或及]?以上|[\s-]*or (?:more|longer|greater|above))"
    r"|(?P<at_most>的?[或及]?(?:之?[内內]|以[内內下])|[\s-]*or (?:less|fewer|shorter|below))"
    r"|(?P<more_than>以外|之外))",
    re.I,
)


def bound_around(text: str, start: int, end: int) -> Bound | None:
    """The bound that the words before or after `text[start:end]` set, None when they set none."""
    after = _BOUND_AFTER.match(text, end, end + 24)
    if after and after["at_least"]:
        return "at_least"
    words = " ".join(_CUT.split(text[max(0, start - 40) : start])[-1].split()).lower()
    for _ in range(5):
        for length in _BOUND_LENGTHS:
            word = words[-length:]
            if word in _BOUND_OF and not (word.isascii() and words[-length - 1 : -length].isalpha()):
                return _BOUND_OF[word] or ("at_most" if after and after["at_most"] else None)
        filler = next((word for word in _FILLERS if words.endswith(word)), None)
        if filler is None:
            break
        words = words.removesuffix(filler).rstrip()
    if after:
        return "more_than" if after["more_than"] else "at_most"
    return None


_LONG_BOUNDS = sorted((word for word in _BOUND_OF if len(word) > 1 and not word.isascii()), key=len, reverse=True)
_BOUND_OF_BASE = re.compile(
    f"(?P<bound>{'|'.join(_LONG_BOUNDS)})"
    r"(?!部分)(?P<base>[^，。；,;的之按付给退返扣收提\d]{2,16})[的之]\Z"
)


def bound_of_share(text: str, start: int, end: int) -> Bound | None:
    """The bound of a share: that of the words next to it, else of those before its base (不低于约定指标的80%)."""
    near = bound_around(text, start, end)
    match = None if near else _BOUND_OF_BASE.search(text, max(0, start - 24), start)
    return _BOUND_OF[match["bound"]] if match else near


_ZH_EVENT = re.compile(
    r"(?P<tail>之日起|日起|之时起|起|之日后|之后|之後|以后|后|後|之前|以前|(?<!提)前|之日)(?:算|计算)?"
    r"(?:的|应当|应|應|须|需|可|至少|不少于|不超过|提前|连续|第|[\s（(_＿【\[]){0,4}$"
)
_ZH_EVENT_BARE = re.compile(
    r"(?P<tail>届满|屆滿|期满|期滿|到期|终止|終止|解除|签订|簽訂|生效|届至)(?:至少|的|\s){0,2}$"
)
_ZH_FROM = "自从從于於"
_ZH_SIDE = re.compile(r"[以之]?[内內]?(?:以|之)?(前|后|後)")
_ZH_FOLLOWING = re.compile(r"[以之]?[内內]?[，,]?[自从從]([^，。；\n_＿年\s][^，。；\n_＿]{0,30}?起)")
_EN_ANCHOR = re.compile(
    r"['’]?\s{0,3}(?:(?:prior\s)?(?:written\s)?notice\s)?"
    r"((?:(?:immediately|next|first|or\s(?:less|more))\s)?"
    r"(?:(?:prior|previous|subsequent)\s{1,3}to|before|after|following|from|of(?=\s{1,3}(?:receipt|receiving|the|its|such|any|notice|delivery|"
    r"execution|termination|expir|an?\s|invoice|being|written))|upon|as\s{1,3}of|since|in\s{1,3}advance\s{1,3}of|preceding)"
    r"\s{1,3}[^,;:.()\n]{2,80}?)"
    r"(?=[,;:.()\n]|\s+(?:shall|will|may|must|unless|provided|and|or|which|that|if|then|the\s+party)\b|$)",
    re.I,
)


def anchor_around(text: str, start: int, end: int) -> str | None:
    """The words a duration runs from or to: 收到通知之日起, 合同期满前, prior to expiry."""
    window = text[max(0, start - 48) : start]
    segment = _CUT.split(window)[-1]
    before = _ZH_EVENT.search(segment[-24:])
    if before:
        return _clean(_since(segment[: len(segment[:-24]) + before.end("tail")]))
    side = _ZH_SIDE.match(text, end)
    bare = _ZH_EVENT_BARE.search(segment[-12:]) if side else None
    if side and bare:
        return _clean(_since(segment[: len(segment[:-12]) + bare.end("tail")]) + side[1])
    following = _ZH_FOLLOWING.match(text, end, end + 40)
    if following:
        return _clean(following[1])
    after = _EN_ANCHOR.match(text, end, end + 120)
    return " ".join(after[1].split()) if after else None


_LEADING = re.compile(r"^(?:[甲乙丙双各]方)?(?:应当|应|應|须|须|可)?在")
_NUMBERING = re.compile(r"^[（(]?[0-9]+(?:\.[0-9]+)*[)）、.]?\s*(?=[^0-9年月日天个個])")


def _since(words: str) -> str:
    """What follows the last 自 or 于 of `words`."""
    cut = max(words.rfind(character) for character in _ZH_FROM) + 1
    return words[cut:] if cut < len(words) - 1 else words


def _clean(words: str) -> str | None:
    words = _NUMBERING.sub("", words.strip(' \t\u3000_＿（(）)"“”'))
    words = _LEADING.sub("", words)
    return words if len(words) > 1 else None


_UNITS: dict[str, DurationUnit] = {
    **dict.fromkeys(("小时", "小時", "hour", "时", "hourly", "hr"), "hour"),
    **dict.fromkeys(("日", "天", "day", "daily", "diem"), "day"),
    **dict.fromkeys(("周", "週", "星期", "week", "weekly", "wk"), "week"),
    **dict.fromkeys(("月", "month", "monthly", "mo"), "month"),
    **dict.fromkeys(("季", "季度", "quarter", "quarterly"), "quarter"),
    **dict.fromkeys(("年", "year", "annum", "yearly", "annually", "annual", "yr"), "year"),
}
_ZH_PER = "小时|小時|日|天|周|週|星期|月|季度|季|年"
_EN_PER = "hour|hr|day|week|wk|month|mo|quarter|year|yr|annum|diem"
_COUNTED = "人|次|台|个|個|单|單|條|条|篇|店|账号|帳號|户"
# /日, ／月, /人/月; these belong to the amount's span.
SLASH_PER = rf"[ ]{{0,2}}[/／][ ]{{0,2}}(?:[每一1]?(?:{_COUNTED})[/／])?(?:个|個)?(?P<per>{_ZH_PER}|(?:{_EN_PER})\b)"
_LATE = "逾期|延迟|遲延|延遲|迟延|延期|拖延|延误|延誤|拖欠|逾|超过|超過|迟|晚|满"
_EVERY = rf"每(?:{_LATE})?(?:付款|支付|交付|交货|履行|一|1|壹)?[ ]?(?:个|個)?(?:自然)?(?P<each>{_ZH_PER})"
_ONE_LATE = r"(?:逾期|迟延|延期|延迟)[一1壹](?P<late>日|天)"
_BY = "(?P<by>按)(?P<byunit>日|天|周|月|季度|季|年)(?!度|租|服[务務]费|[均平费費])"
_RATE = (
    "(?<![一二三四五六七八九十0-9第本首])(?P<rateunit>[日月年])"
    "(?:利率|利息|息|化|费率|(?P<fee>租金|服务费|服務費|[费費](?![率用])))"
)
_DIRECT = "(?P<bare>[日月年])(?=(?:按|以)?$|万分|千分|百分)"
_PER_BEFORE = re.compile(
    rf"{_EVERY}|{_ONE_LATE}|{_BY}|{_RATE}|{_DIRECT}"
    rf"|\b(?:(?:each|every)\s{{1,2}}(?P<en>{_EN_PER})|(?P<adverb>daily|weekly|monthly|quarterly|annual|annually|yearly))\b",
    re.I,
)
# A monthly retainer of $5,000, an annual fee equal to $20,000; a monthly report before the amount says nothing.
_PER_OF_FEE = re.compile(
    r"\b(?P<adverb>daily|weekly|monthly|quarterly|annual|yearly)\s+(?:[\w-]+\s+){0,2}"
    r"(?:fee|retainer|rate|payment|charge|sum|amount|salary|compensation|price|subscription|stipend)s?\b"
    r"[^.;,$€£\d]{0,28}\Z",
    re.I,
)
_PER_AFTER = re.compile(
    rf"[ ]?的?[每按](?:个|個)?(?P<zh>{_ZH_PER})(?!度)"
    r"|[ ]?(?:[(（][^()（）]{1,20}[)）])?\s{0,2}"
    r"(?:(?:per|each|every|an?|for\s(?:each|every))\s{1,2}(?:calendar\s|full\s|business\s)?"
    rf"(?P<en>{_EN_PER})\b|(?P<adverb>daily|weekly|monthly|quarterly|annually|yearly|per\sannum)\b|(?P<pa>p\.\s?a\.))",
    re.I,
)
_STOP = re.compile(r"[。；;！？\n]|\.(?=\s)|总额|一次性|共计|合计|累计")


def period_around(
    text: str, start: int, end: int, *, reach: int = WINDOW, since: int = 0, fees: bool = False
) -> DurationUnit | None:
    """The period an amount or a rate is counted by. Looks back `reach` characters, not past `since`.

    `fees`: 月租金 and 年服务费 name the period of an amount, but not that of a rate taken of them.
    """
    after = _PER_AFTER.match(text, end, end + 48)
    if after:
        return unit_named(after["zh"] or after["en"] or after["adverb"] or "annum")
    window = text[max(since, start - reach, 0) : start]
    stops = list(_STOP.finditer(window))
    if stops:
        window = window[stops[-1].end() :]
    of_fee = _PER_OF_FEE.search(text, max(since, start - WINDOW, 0), start) if fees else None
    if of_fee:
        return unit_named(of_fee["adverb"])
    near = len(window) - len(_CUT.split(window)[-1])  # 每逾期一日 governs the clauses behind it, 按月 its own alone
    for match in reversed(list(_PER_BEFORE.finditer(window))):
        if match["each"] or match["late"] or match["en"]:
            return unit_named(match["each"] or match["late"] or match["en"])
        if match.start() >= near and not (match["fee"] and not fees):
            return unit_named(match["byunit"] or match["rateunit"] or match["bare"] or match["adverb"])
    return None


def unit_named(word: str) -> DurationUnit | None:
    """The unit that a word stands for: 月, 天, annum, monthly; None for any other word."""
    return _UNITS.get(word.lower().strip())
