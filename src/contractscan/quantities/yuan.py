"""Amounts as Chinese contracts write them: 人民币伍万元整（￥50,000.00）, 20万元, 5-10万元, ¥____元."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from contractscan.quantities.currencies import SIGN, Defaults, named_currency
from contractscan.quantities.numerals import DIGIT, FIGURE, GAP, RANGE, SPACE, ZH_CHARACTER, is_blank, read_figure

_SCALE = "[十百千万萬亿億佰仟拾]{1,2}"
_ENGLISH_SCALE = r"\s{0,2}(?:(?i:thousand|million|billion|trillion|mm|bn)\b|[MKBmk]\b)"
# 5,000 is read everywhere; 50，000.00 with the Chinese comma only where a currency stands before it.
_WIDE_COMMA = rf"[{DIGIT}]{{1,3}}(?:，[{DIGIT}]{{3}}){{1,4}}(?:[.．][{DIGIT}]{{1,4}})?(?![{DIGIT}])"
_YUAN = "[元圆圓](?![旦素件宵老首化器])"
# 300块, 2万块 are money; 3块 may be three screens.
_PIECES = "(?:(?<=00)|(?<=[百千万]))块(?=[，。；、,;)）]|$)"
_UNIT = (
    f"(?:美元|港元|港币|港幣|欧元|歐元|日元|英镑|英鎊|澳元|加元|澳门元|新台币|新臺幣|人民币元|{_YUAN}|块钱|{_PIECES})"
)
_WHOLE = "整(?![体體个個改理顿合套形年天数])|正(?![常式确確当當规規在])"
_SMALL = rf"[{ZH_CHARACTER}{DIGIT}]{{1,3}}{GAP}"
_TAIL = rf"(?:{GAP}{_SMALL}角)?(?:{GAP}{_SMALL}分)?(?:{GAP}(?:{_WHOLE}))?"
_KEYWORD = "(?:大写|小写|大寫|小寫)"
_LABEL = rf"(?:[（(]{GAP}(?:金额)?{_KEYWORD}{GAP}[)）]|[（(]含[税稅][)）]|(?:金额)?{_KEYWORD}(?:金额)?)"
_SIGNED_FIGURE = (
    rf"(?:{_WIDE_COMMA}|{FIGURE}"
    rf"(?:{GAP}{_SCALE}(?=[{SPACE}]*[元圆圓美港日欧歐新人，。；、,;)）(（\s/／_以]|$))?)(?:{GAP}[_＿]+)?"
)
_BARE_FIGURE = (
    rf"(?:[{DIGIT}]{{1,6}}[万萬][{DIGIT}][千仟](?=[元圆圓])"
    rf"|{FIGURE}(?:{GAP}{_SCALE}(?={GAP}[_＿元圆圓块美港日欧歐新英澳加人]))?)(?:{GAP}[_＿]+)?"
)

_SIGNED = re.compile(
    rf"(?P<sign>{SIGN}){GAP}(?:{_LABEL}{GAP}[：:]?{GAP})?(?:{SIGN})?{GAP}(?P<figure>{_SIGNED_FIGURE})"
    rf"(?:(?P<unit>{_UNIT}|{GAP}{_YUAN})(?P<tail>{_TAIL})|(?!{_ENGLISH_SCALE}))"
)
_UNSIGNED = re.compile(rf"(?P<figure>{_BARE_FIGURE}){GAP}(?P<unit>{_UNIT})(?P<tail>{_TAIL})")
# The form 壹拾__万__仟__元: a gap before every unit.
_FORM = re.compile(
    rf"(?P<figure>(?:[_＿{SPACE}]{{0,20}}+[{ZH_CHARACTER}]{{1,3}}+){{2,9}}+[_＿{SPACE}]{{0,20}}+)(?P<unit>[元圆圓])(?P<tail>{_TAIL})"
)
_RANGE = re.compile(
    rf"(?:{SIGN})?{GAP}(?P<low>{FIGURE}){GAP}(?P<lowscale>{_SCALE})?{GAP}(?:元)?{GAP}{RANGE}{GAP}(?P<sign>{SIGN})?{GAP}"
    rf"(?P<figure>{_BARE_FIGURE}){GAP}(?P<unit>{_UNIT})(?P<tail>{_TAIL})"
)
_GAP_ONLY = re.compile(
    rf"(?P<sign>{SIGN})?(?:{GAP}{_LABEL}{GAP}[：:]?)?(?P<gap>[{SPACE}]{{0,60}}+)[万萬亿億]?(?P<unit>{_YUAN})(?P<tail>整)?"
)
_BEFORE_GAP = re.compile(r"[为為：:计計费費款金付額额币幣共]$")
_SCALED_ONLY = re.compile(
    rf"(?P<figure>[{DIGIT}]{{1,7}}(?:\.[{DIGIT}]{{1,4}})?{GAP}[万萬亿億]|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾百佰]{{1,6}}[万萬亿億])"
    r"(?=[，。；、）)\s：;,]|$|以[上下内]|作为|的[违罚赔费])"
)
_MONEY_BEFORE = re.compile(
    r"(?:金额|金額|违约金|違約金|价款|報酬|报酬|赔偿|罚款|保证金|押金|佣金|预算|总价|付款|支付|定金|订金|费|費|款|底薪|年薪)[^，。；\n]{0,8}$"
)
_SECOND = re.compile(
    rf"{GAP}(?:(?:[，,、；;]?{GAP}{_LABEL})|(?P<open>[（(]{GAP}(?:{_LABEL}|即|合|计)?)|(?P<link>[，,]?{GAP}[计計即合](?=人民|新[台臺]))|(?=[￥¥]))"
    rf"{GAP}(?:为|為|人民币|人民幣)?{GAP}[：:]?{GAP}[\[【]?{GAP}"
    rf"(?:(?P<sign>{SIGN}){GAP}(?:{_LABEL}{GAP})?[：:]?{GAP})?"
    rf"(?:(?P<figure>{_SIGNED_FIGURE})|[{SPACE}]{{1,60}}+(?=[万萬元圆圓整)）])[万萬]?|(?=[)）元]))"
    rf"{GAP}(?P<unit>{_UNIT}|整)?(?P<tail>{_TAIL})(?:{GAP}[\]】]{GAP}(?:元整?)?)?(?P<close>{GAP}(?:[，,]?含[税稅])?{GAP}[)）])?"
)
_TRAIL = re.compile(rf"[_＿]{{0,4}}元?(?:{_WHOLE})|人民币|人民幣")
_FRACTIONS = tuple(
    (re.compile(rf"([{ZH_CHARACTER}{DIGIT}]{{1,3}}){GAP}{name}"), Decimal(scale))
    for name, scale in (("角", "0.1"), ("分", "0.01"))
)


@dataclass(frozen=True)
class Stated:
    """An amount as stated once: what it says, where it ends, and what names its currency."""

    end: int
    amount: Decimal | None
    upper: Decimal | None = None
    sign: str | None = None
    unit: str | None = None
    in_words: bool = False
    consistent: bool | None = None


def read_yuan(text: str, at: int, defaults: Defaults) -> Stated | None:
    """The amount that begins at `at`, in the Chinese manner, with the second statement that belongs to it."""
    stated = _range(text, at) or _single(text, at) or _scaled(text, at) or _gap(text, at)
    if stated is None:
        return None
    if stated.upper is None:
        stated = _with_second(text, stated, defaults)
    trail = _TRAIL.match(text, stated.end)
    if trail and stated.consistent is None:
        sign = stated.sign or (trail[0] if trail[0].startswith("人民") else None)
        stated = replace(stated, end=trail.end(), sign=sign)
    return stated


def _range(text: str, at: int) -> Stated | None:
    """5-10万元, 5万至10万元, 5000元至8000元."""
    match = _RANGE.match(text, at)
    if not match:
        return None
    upper = read_figure(match["figure"])
    scale = match["lowscale"] or ""
    borrowed = re.search(rf"{_SCALE}$", match["figure"].strip())
    if not scale and borrowed and "元" not in match[0][: match.start("figure") - at] and _is_arabic(match["low"]):
        scale = borrowed[0]
    low = read_figure(match["low"] + scale)
    if low is None or upper is None or low > upper:
        return None
    return Stated(match.end(), low, upper, match["sign"] or _sign_at(text, at), match["unit"])


def _sign_at(text: str, at: int) -> str | None:
    match = re.compile(SIGN).match(text, at)
    return match[0] if match else None


def _is_arabic(figure: str) -> bool:
    return not re.search(f"[{ZH_CHARACTER}]", figure)


def _single(text: str, at: int) -> Stated | None:
    for pattern in (_SIGNED, _FORM, _UNSIGNED):
        match = pattern.match(text, at)
        if not match:
            continue
        figure = match["figure"]
        amount = _amount(figure, match["tail"])
        if amount is None and not _is_blank(figure) and pattern is not _FORM:
            continue
        if _misses_digits(text, at, figure):
            amount = None
        sign = match.groupdict().get("sign")
        return Stated(match.end(), amount, None, sign, match["unit"], in_words=not _is_arabic(figure))
    return None


def _amount(figure: str, tail: str | None) -> Decimal | None:
    value = read_figure(figure.replace("，", ",").replace("_", "").replace("＿", ""))
    if value is None or not tail:
        return value
    for pattern, scale in _FRACTIONS:
        match = pattern.search(tail)
        small = read_figure(match[1].lstrip("零〇") or "零") if match else None
        if small is not None:
            value += small * scale
    return value


def _is_blank(figure: str) -> bool:
    """True for ____ and for ____万."""
    return is_blank(re.sub(f"{_SCALE}$", "", figure))


def _misses_digits(text: str, at: int, figure: str) -> bool:
    """True for 拾圆整 behind a gap: formal writing puts a digit before every unit."""
    bare = re.sub(rf"[_＿{SPACE}]", "", figure)
    return (
        bare[:1] in ("拾", "佰", "仟", "万", "萬") and text[max(0, at - 1) : at].strip("_＿ \t\u3000") == "" and at > 0
    )


def _scaled(text: str, at: int) -> Stated | None:
    """20万 without 元: money only where the words before it speak of money."""
    match = _SCALED_ONLY.match(text, at)
    if not match or not _MONEY_BEFORE.search(text[max(0, at - 24) : at]):
        return None
    amount = read_figure(match["figure"])
    return None if amount is None else Stated(match.end(), amount)


def _gap(text: str, at: int) -> Stated | None:
    """A blank of spaces, 人民币    元, or one that was lost, 人民币元整."""
    match = _GAP_ONLY.match(text, at)
    if not match:
        return None
    if match["sign"]:
        if not match["gap"] and not match["tail"]:
            return None  # 人民币元 names the currency
    elif not match["gap"] or not _BEFORE_GAP.search(text[max(0, at - 1) : at]):
        return None
    return Stated(match.end(), None, None, match["sign"], match["unit"])


def _with_second(text: str, first: Stated, defaults: Defaults) -> Stated:
    """Join （￥50,000.00）, 大写：…, 小写：… to the amount before; the amount in words is the one kept."""
    match = _SECOND.match(text, first.end)
    if not match or (match["open"] and not match["close"]):
        return first
    figure = match["figure"]
    labelled = re.search(_KEYWORD, match[0])
    if not (match["sign"] or match["unit"] or labelled):
        return first
    there = named_currency(first.sign or first.unit, defaults) or defaults.yuan
    here = named_currency(match["sign"] or match["unit"], defaults) or there
    if here != there:
        return first  # a conversion, not a repetition
    other = _amount(figure, match["tail"]) if figure else None
    if figure and other is None and not _is_blank(figure):
        return first
    in_words = bool(figure) and not _is_arabic(figure)
    if match["link"] and (in_words == first.in_words or other != first.amount):
        return first
    end = match.end() if match["open"] else match.end() - len(match["close"] or "")
    if figure and _misses_digits(text, match.start("figure"), figure):
        other = None
    consistent = None if first.amount is None or other is None else first.amount == other
    amount = other if first.amount is None or (in_words and other is not None) else first.amount
    return replace(first, end=end, amount=amount, consistent=consistent, sign=first.sign or match["sign"])
