"""What the contract states once and every calculation needs: start, end, length, signing date, fees, calendar.

A fact that the text leaves open, or states in two ways, is None, and `problem` says which words are to be settled.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from contractscan.assess.law import Law, governing_law
from contractscan.assess.wording import ids, quoted, short
from contractscan.model import Bilingual, Clause, Date, Document, Duration, Evidence, Finding, Language, Money, Quantity
from contractscan.quantities import find_quantities
from contractscan.ruleset.words import cents, figures, same
from contractscan.text import fold

Country = Literal["CN", "TW", "HK", "US", "UK"]

_NOTHING = same("")


class Day(NamedTuple):
    """A date that the contract states, and the words or the reasoning that give it."""

    date: datetime.date | None
    basis: Bilingual = _NOTHING
    finding_ids: tuple[str, ...] = ()


MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Fee(NamedTuple):
    """An amount that the contract states, and its words."""

    amount: Decimal | None
    currency: str | None = None
    basis: Bilingual = _NOTHING


class Facts(NamedTuple):
    """`start` and `end` are the first and the last day; `months` is the term in months when it is a whole number."""

    start: Day
    end: Day
    months: int | None
    signed: Day
    monthly: Fee
    total: Fee
    law: Law
    country: Country


def find_facts(
    document: Document,
    clauses: Sequence[Clause],
    findings: Sequence[Finding],
    *,
    monthly_fee: Decimal | None = None,
) -> Facts:
    """Read the facts off the text. `monthly_fee` is what the client says it is, and wins over the text."""
    folded = fold(document.text)
    language: Language | None = None if document.language == "unknown" else document.language
    law = governing_law(document, findings)
    signed = _signed(document, clauses, folded, language)
    start, end, length = _term(findings, folded, language, signed)
    months = _whole_months(start.date, end.date) or _months(length)
    if end.date is None and start.date and months and not end.basis.zh:
        last = add_months(start.date, months) - datetime.timedelta(days=1)
        end = Day(
            last,
            Bilingual(
                zh=f"{start.date} + {months} 个月，起始日计入时最后一日为 {last}；不计入则为次日，按较早者",
                en=f"{start.date} + {months} months; the last day is {last} when the first day counts, and the day "
                "after when it does not: the earlier one is used",
            ),
            start.finding_ids,
        )
    monthly, total = _fees(document, clauses, folded, language)
    if monthly_fee is not None:
        monthly = Fee(
            monthly_fee,
            monthly.currency or total.currency or _currency(document),
            Bilingual(zh="所提供的月费", en="the monthly fee as given"),
        )
    elif monthly.amount is None and not monthly.basis.zh and total.amount is not None and months:
        share = total.amount / months
        monthly = Fee(
            share,
            total.currency,
            Bilingual(
                zh=f"总额 {figures(total.amount)} ÷ {months} 个月 = {figures(share)}",
                en=f"total of {figures(total.amount)} ÷ {months} months = {figures(share)}",
            ),
        )
    if total.amount is None and not total.basis.zh and monthly.amount is not None and months:
        product = monthly.amount * months
        total = Fee(
            product,
            monthly.currency,
            Bilingual(
                zh=f"{figures(monthly.amount)} × {months} 个月 = {figures(product)}",
                en=f"{figures(monthly.amount)} × {months} months = {figures(product)}",
            ),
        )
    return Facts(start, end, months, signed, monthly, total, law, _country(document, law))


# ---------------------------------------------------------------------- dates


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The corresponding day `months` later (earlier when negative), or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _whole_months(start: datetime.date | None, end: datetime.date | None) -> int | None:
    if start is None or end is None or end < start:
        return None
    after = end + datetime.timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if months > 0 and add_months(start, months) == after else None


def _months(length: Duration | None) -> int | None:
    """Months of a duration in months, quarters or years; None for one in days, whose months are not known."""
    factor = MONTHS.get(length.unit or "") if length else None
    if length is None or length.value is None or length.upper is not None or factor is None:
        return None
    months = length.value * factor
    return int(months) if months == months.to_integral_value() and months > 0 else None


def iso_day(quantity: Quantity) -> datetime.date | None:
    """The day of a date; None for a blank, a month without a day, or what is no date."""
    if not isinstance(quantity, Date) or not quantity.iso or len(quantity.iso) != 10:
        return None
    try:
        return datetime.date.fromisoformat(quantity.iso)
    except ValueError:
        return None


_BETWEEN = re.compile(
    r"[^。;\n]{0,10}?(?:至|到|迄|-|~) ?"
    r"|[^;\n]{0,90}?\b(?:to|through|thru|until|till|and ending on|ends? on) ?(?:and including )?"
)
_UNTIL = re.compile(
    r"(?:至|到|迄|截至|截止|截止于|\buntil|\bthrough|\bto|\btill|\bexpires?|\bends?"
    r"|\b(?:expir|end|terminat|conclud)\w*\b[^.;]{0,30}\bon) ?:? ?$",
    re.I,
)
_FROM = re.compile(
    r"(?:自|从|由|\bfrom|\b(?:commenc|start|begin)\w*(?: on)?|\bas of|\beffective(?: on| date:?)?) ?$", re.I
)
_LENGTH = re.compile(
    r"(?:期限|有效期|期间|合作期|服务期|为期|合作时间)[^,。;\n]{0,6}$|(?:共|计|一共|合计|期)$"
    r"|\b(?:for|of|term|period)(?: a| an)?(?: (?:initial|fixed))?(?: (?:term|period))?(?: of| is|:)? ?$",
    re.I,
)
_OTHER_TERM = re.compile(r"保密|最低|质保|授权期|许可期|试用|通知|confidential|minimum|notice|licen[cs]e", re.I)
_EFFECTIVE = re.compile(r"effective date", re.I)
_ON_SIGNING = re.compile(
    r"(?:签订|签署|签字|盖章|生效|签约|订立)[^,。;]{0,10}(?:之日|当日|日)起?|\b(?:signature|execution|signing)\b", re.I
)


_Stated = dict[datetime.date, list[tuple[Finding, Evidence]]]


def _term(
    findings: Sequence[Finding], folded: str, language: Language | None, signed: Day
) -> tuple[Day, Day, Duration | None]:
    starts: _Stated = {}
    ends: _Stated = {}
    lengths: dict[Decimal, list[Duration]] = {}
    from_signing: list[Finding] = []
    effective = _effective_date(folded, language)
    sentences = [
        (f, item) for f in findings if f.rule_id == "contract-term-expiry" for item in f.evidence if item.marks
    ]
    for finding, evidence in sentences:
        text = folded[evidence.start : evidence.end]
        quantities = find_quantities(text, language)
        dated = [(quantity, day) for quantity in quantities if (day := iso_day(quantity))]
        paired: set[int] = set()
        for (first, begin), (second, last) in pairwise(dated):
            if begin < last and _BETWEEN.fullmatch(text, first.end, second.start):
                starts.setdefault(begin, []).append((finding, evidence))
                ends.setdefault(last, []).append((finding, evidence))
                paired |= {first.start, second.start}
        for quantity, day in dated:
            before, after = text[max(0, quantity.start - 48) : quantity.start], text[quantity.end : quantity.end + 6]
            if quantity.start in paired:
                continue
            if _UNTIL.search(before) or re.match(r" ?(?:止|届满|到期|期满|终止)", after):
                ends.setdefault(day, []).append((finding, evidence))
            elif _FROM.search(before) or re.match(r" ?(?:起|开始)", after):
                starts.setdefault(day, []).append((finding, evidence))
        if effective and not paired and _EFFECTIVE.search(text):
            starts.setdefault(effective, []).append((finding, evidence))
        for quantity in quantities:
            before = text[max(0, quantity.start - 40) : quantity.start]
            around = text[max(0, quantity.start - 40) : quantity.end + 24]
            said = isinstance(quantity, Duration) and _LENGTH.search(before) and not _OTHER_TERM.search(around)
            if isinstance(quantity, Duration) and said and quantity.days:
                lengths.setdefault(quantity.days, []).append(quantity)
        if not dated and _ON_SIGNING.search(text):
            from_signing.append(finding)
    start = _only(starts, Bilingual(zh="起始日", en="first days"))
    if start.date is None and not starts and from_signing and signed.date:
        start = Day(signed.date, signed.basis, ids(from_signing))
    elif not starts and from_signing:
        start = start._replace(finding_ids=ids(from_signing))
    end = _only(ends, Bilingual(zh="届满日", en="last days"))
    if start.date and end.date and end.date < start.date:
        early = Bilingual(
            zh=f"合同写的届满日 {end.date} 早于起始日 {start.date}",
            en=f"the last day named, {end.date}, lies before the first, {start.date}",
        )
        end = Day(None, early, end.finding_ids)
        start = Day(None, early, start.finding_ids)
    length = next(iter(lengths.values()))[0] if len(lengths) == 1 else None
    return start, end, length


def _only(days: _Stated, name: Bilingual) -> Day:
    """The one day that all agree on; with several, none, and what they are."""
    if not days:
        return Day(None)
    findings = [finding for group in days.values() for finding, _ in group]
    if len(days) > 1:
        listed = ", ".join(str(day) for day in sorted(days))
        return Day(
            None,
            Bilingual(
                zh=f"合同写有几个不同的{name.zh}：{listed}", en=f"the contract names several {name.en}: {listed}"
            ),
            ids(findings),
        )
    words = quoted(next(iter(days.values()))[0][1], most=120)
    return Day(
        next(iter(days)), Bilingual(zh=f"合同写明：“{words}”", en=f'the contract says: "{words}"'), ids(findings)
    )


def _effective_date(folded: str, language: Language | None) -> datetime.date | None:
    """`as of April 1, 2026 (the "Effective Date")`."""
    for match in re.finditer(r"\((?:the )?\"?effective date\"?\)", folded, re.I):
        before = folded[max(0, match.start() - 60) : match.start()]
        for quantity in reversed(find_quantities(before, language)):
            day = iso_day(quantity)
            if day and len(before) - quantity.end <= 2:
                return day
    return None


def _signed(document: Document, clauses: Sequence[Clause], folded: str, language: Language | None) -> Day:
    """The day on which the last party signed; not known while one of the dates is blank."""
    texts = [(clause.start, clause.end) for clause in clauses if clause.kind == "signature"]
    dates: list[Date] = []
    for start, end in texts:
        found = find_quantities(document.text[start:end], language)
        dates += [quantity for quantity in found if isinstance(quantity, Date)]
    for match in re.finditer(r"(?:签订|签署|签约|订立)(?:日期|时间|日) ?: ?", folded):
        found = find_quantities(document.text[match.end() : match.end() + 30], language)
        dates += [quantity for quantity in found[:1] if isinstance(quantity, Date) and quantity.start < 3]
    days = [iso_day(quantity) for quantity in dates]
    known = [day for day in days if day]
    if not known or None in days:
        return Day(None)
    last = max(known)
    return Day(last, Bilingual(zh=f"签署日期 {last}（以最后签署者为准）", en=f"signed on {last} (the last signature)"))


# ----------------------------------------------------------------------- fees

_FEE = re.compile(
    r"(?:服务|运营|托管|管理|维护|代操|经营|代理|委托|委任|合作|顾问|月)费|月度|价款|报酬|合同|合约|合作|\bfees?\b|\bretainer\b"
    r"|\bprice\b",
    re.I,
)
_NO_FEE = re.compile(
    r"投放|推广费|广告|充值|储值|提成|佣金|保底|保证金|定金|押金|违约|赔偿|罚|销售|成交|GMV|营业额|逾期|差额|折扣|优惠|奖励|每条|每场|上限"
    r"|media spend|ad spend|commission|deposit|damages|penalt|minimum|discount|sales|exceed|shortfall",
    re.I,
)
_TOTAL = re.compile(r"(?:总额|总价|总计|合计|共计|总金额|总费用|费用总|价款总|\btotal\b)[^。;\n]{0,24}$", re.I)
_MONTHLY = re.compile(r"\bmonthly\b[^.;\n]{0,30}$|(?:每个?月|月度)[^,。;\n]{0,16}$|按月[^,。;\n]{0,12}$", re.I)


def _fees(document: Document, clauses: Sequence[Clause], folded: str, language: Language | None) -> tuple[Fee, Fee]:
    monthly: dict[Decimal, tuple[Money, str]] = {}
    total: dict[Decimal, tuple[Money, str]] = {}
    longer: dict[tuple[Decimal, int], tuple[Money, str]] = {}  # by amount and months: 45,000 a quarter
    for start, end, annex in _sentences(clauses):
        if annex and (monthly or total or longer):
            break  # the body rules; a table of single items would only blur it
        text = folded[start:end]
        if not _FEE.search(text):
            continue
        position = 0
        for quantity in find_quantities(document.text[start:end], language):
            if not isinstance(quantity, Money):
                continue
            before = text[position : quantity.start]
            position = quantity.end
            if quantity.amount is None or quantity.upper is not None or quantity.bound or quantity.consistent is False:
                continue
            if _NO_FEE.search(before[-40:]):
                continue
            words = short(document.text[start:end], most=120)
            if quantity.per == "month" or _MONTHLY.search(before):
                monthly.setdefault(quantity.amount, (quantity, words))
            elif quantity.per is None and _TOTAL.search(before):
                total.setdefault(quantity.amount, (quantity, words))
            elif quantity.per in ("quarter", "year"):
                longer.setdefault((quantity.amount, MONTHS[quantity.per]), (quantity, words))
    return _one_fee(monthly) if monthly or total else _spread(longer), _one_fee(total)


def _spread(longer: Mapping[tuple[Decimal, int], tuple[Money, str]]) -> Fee:
    """The fee of a month out of what is due for a quarter or a year; none when they do not come to the same."""
    if len({amount / months for amount, months in longer}) != 1:
        return Fee(None)
    (amount, months), (money, words) = next(iter(longer.items()))
    monthly = cents(amount / months)
    formula = f"{figures(amount)} ÷ {months} = {figures(monthly)}"
    return Fee(
        monthly,
        money.currency,
        Bilingual(zh=f"{formula}；合同写明：“{words}”", en=f'{formula}; the contract says: "{words}"'),
    )


def _one_fee(amounts: dict[Decimal, tuple[Money, str]]) -> Fee:
    if not amounts:
        return Fee(None)
    if len(amounts) > 1:
        listed = "、".join(figures(amount) for amount in sorted(amounts))
        return Fee(
            None,
            basis=Bilingual(
                zh=f"合同写有几个不同的金额（{listed}）",
                en=f"the contract states several amounts ({listed.replace('、', '; ')})",
            ),
        )
    money, words = next(iter(amounts.values()))
    return Fee(money.amount, money.currency, Bilingual(zh=f"合同写明：“{words}”", en=f'the contract says: "{words}"'))


def _sentences(clauses: Sequence[Clause]) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each sentence, those of the annexes last and marked so."""
    for annex in (False, True):
        for clause in clauses:
            if clause.kind in ("body", "annex", "recital") and (clause.kind == "annex") == annex:
                for sentence in clause.sentences:
                    yield sentence.start, sentence.end, annex


def _currency(document: Document) -> str | None:
    """The one currency that the text states amounts in."""
    language: Language | None = None if document.language == "unknown" else document.language
    stated = {q.currency for q in find_quantities(document.text, language) if isinstance(q, Money) and q.currency}
    return stated.pop() if len(stated) == 1 else None


# ------------------------------------------------------------------- calendar

_COUNTRIES: dict[str, Country] = {"CN": "CN", "TW": "TW", "HK": "HK", "US": "US", "UK": "UK"}
_BY_SCRIPT: dict[str, Country] = {"hans": "CN", "hant": "TW"}


def _country(document: Document, law: Law) -> Country:
    """Whose public holidays count: those of the law that governs, else of where the text is from."""
    return _COUNTRIES.get(law.place or "") or _BY_SCRIPT.get(document.script, "US")
