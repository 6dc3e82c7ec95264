"""What in the contract does not fit together: blanks, amounts, references, options, annexes, periods, kinds of days."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import combinations

from contractscan.assess.exits import tied_to
from contractscan.assess.title import misleading_title
from contractscan.assess.wording import join, main_evidence, where
from contractscan.model import (
    Bilingual,
    Clause,
    Date,
    Document,
    Duration,
    Evidence,
    Finding,
    Inconsistency,
    InconsistencyKind,
    Language,
    Money,
    Percentage,
    Quantity,
)
from contractscan.quantities import find_quantities
from contractscan.ruleset.words import figures, said_value, same
from contractscan.text import fold

_MOST = 20  # places quoted of one kind; a form full of blanks has hundreds


def find_inconsistencies(
    document: Document, clauses: Sequence[Clause], findings: Sequence[Finding]
) -> tuple[Inconsistency, ...]:
    """Each kind once, with its places in the order of the text. Evidence quotes the text exactly."""
    language: Language | None = None if document.language == "unknown" else document.language
    quantities = [q for q in find_quantities(document.text, language) if not _muted(document, q.start)]
    return tuple(
        item
        for item in (
            *_blanks(document, clauses, quantities),
            _amounts(document, clauses, quantities),
            _references(document, clauses),
            _unticked(document),
            *_annexes(document, clauses, findings),
            *_notice_periods(findings),
            _kinds_of_days(document, clauses, quantities),
            misleading_title(document, clauses),
        )
        if item is not None
    )


def _muted(document: Document, position: int) -> bool:
    return any(part.start <= position < part.end for part in document.muted)


def _evidence(
    document: Document, spans: Iterable[tuple[int, int]], *, marks: Sequence[tuple[int, int]] = ()
) -> tuple[Evidence, ...]:
    """One for each span, without blanks at its ends, with page and paragraph."""
    starts = [block.start for block in document.blocks]
    result = []
    for start, end in dict.fromkeys(spans):
        quote = document.text[start:end]
        start, end = start + len(quote) - len(quote.lstrip()), end - (len(quote) - len(quote.rstrip()))
        if start >= end:
            continue
        block = document.blocks[max(bisect_right(starts, start) - 1, 0)] if starts else None
        result.append(
            Evidence(
                start=start,
                end=end,
                quote=document.text[start:end],
                page=block.page if block else None,
                paragraph=block.paragraph if block else None,
                marks=tuple((a, b) for a, b in marks if start <= a and b <= end),
            )
        )
    return tuple(result[:_MOST])


def _sentence_at(clauses: Sequence[Clause], position: int, document: Document) -> tuple[int, int]:
    """The sentence around `position`; outside of sentences the line."""
    starts = [clause.start for clause in clauses]
    clause = clauses[max(bisect_right(starts, position) - 1, 0)] if clauses else None
    for sentence in clause.sentences if clause else ():
        if sentence.start <= position < sentence.end:
            return sentence.start, sentence.end
    start = document.text.rfind("\n", 0, position) + 1
    end = document.text.find("\n", position)
    return start, len(document.text) if end < 0 else end


def _kind_at(clauses: Sequence[Clause], position: int) -> str:
    starts = [clause.start for clause in clauses]
    return clauses[max(bisect_right(starts, position) - 1, 0)].kind if clauses else "body"


# --------------------------------------------------------------------- blanks

# What a blank is for, from the words before it on its line.
_MATTERS = re.compile(
    r"(?:账号|帐号|账户|ID|抖音号|微信号|手机号?码?|电话|邮箱|地址|收件人|联系人|期限|日期|金额|费用?|比例|单价|总价)"
    r"[^,。;_]{0,10}[::为是]? ?$|\b(?:account|e-?mail|address|phone|fee|amount|rate|date|period)\b[^,.;_]{0,16}:? ?$",
    re.I,
)
_BLANK = re.compile(r"_{3,}|＿{2,}|【[\s_]*】|\[[\s_]+\]")


def _blanks(document: Document, clauses: Sequence[Clause], quantities: Sequence[Quantity]) -> list[Inconsistency]:
    """Figures left open, and other blanks; those of the signatures are apart, because a copy often lacks them."""
    key = [(q.start, q.end) for q in quantities if _is_blank(q) and _kind_at(clauses, q.start) != "signature"]
    taken = sorted(key)
    folded = fold(document.text)
    others: list[tuple[int, int]] = []
    signatures: list[tuple[int, int]] = []
    for match in _BLANK.finditer(document.text):
        if _muted(document, match.start()) or any(a <= match.start() < b for a, b in taken):
            continue
        place = (match.start(), match.end())
        if _kind_at(clauses, match.start()) == "signature":
            signatures.append(place)
        elif _MATTERS.search(folded[max(folded.rfind("\n", 0, place[0]) + 1, place[0] - 24) : place[0]]):
            key.append(place)
        else:
            others.append(place)
    signatures += [(q.start, q.end) for q in quantities if _is_blank(q) and _kind_at(clauses, q.start) == "signature"]
    named: tuple[tuple[InconsistencyKind, list[tuple[int, int]], str, str], ...] = (
        (
            "blanks",
            key,
            "期限、金额、日期、账号或地址留空",
            "Periods, amounts, dates, accounts or addresses left blank",
        ),
        ("other_blanks", others, "其他空白未填写", "Other blanks not filled in"),
        (
            "signature_blanks",
            signatures,
            "签署处留空：请核对所提供的是否为已签署的版本",
            "Blanks at the signatures: check that this is the version signed",
        ),
    )
    return [
        Inconsistency(
            kind=kind,
            what=Bilingual(zh=f"{zh}（{len(places)} 处）", en=f"{en} ({len(places)})"),
            evidence=_evidence(
                document, (_sentence_at(clauses, start, document) for start, _ in sorted(places)), marks=sorted(places)
            ),
        )
        for kind, places, zh, en in named
        if places
    ]


def _is_blank(quantity: Quantity) -> bool:
    if isinstance(quantity, Money):
        return quantity.amount is None
    if isinstance(quantity, Date):
        return quantity.iso is None and len(re.findall(r"\d+", quantity.text)) < 3
    return quantity.value is None


# -------------------------------------------------------------------- amounts


def _amounts(document: Document, clauses: Sequence[Clause], quantities: Sequence[Quantity]) -> Inconsistency | None:
    differing = [q for q in quantities if isinstance(q, Money) and q.consistent is False]
    if not differing:
        return None
    wrong = [(q.start, q.end) for q in differing]
    listed = [said for money in differing[:3] if (said := _both_amounts(money)).zh]
    what = Bilingual(zh="金额的大写与小写不一致", en="Amounts in words and in figures differ")
    if listed:
        both = join(listed)
        what = Bilingual(zh=f"{what.zh}：{both.zh}", en=f"{what.en}: {both.en}")
    return Inconsistency(
        kind="amounts",
        what=what,
        evidence=_evidence(document, (_sentence_at(clauses, start, document) for start, _ in wrong), marks=wrong),
    )


def _both_amounts(money: Money) -> Bilingual:
    """Both values and how far they are apart; empty where the two parts cannot be told."""
    before, bracket, inside = fold(money.text).partition("(")
    parts = [find_quantities(part) for part in (before, inside.rstrip(")"))] if bracket else []
    stated = [q.amount for part in parts for q in part[:1] if isinstance(q, Money) and q.amount is not None]
    if len(stated) != 2 or stated[0] == stated[1]:
        return same("")
    one, other, apart = figures(stated[0]), figures(stated[1]), figures(abs(stated[0] - stated[1]))
    return Bilingual(
        zh=f"先写的是 {one}，括号里的是 {other}，相差 {apart}",
        en=f"{one} and, in brackets, {other}: {apart} apart",
    )


def _references(document: Document, clauses: Sequence[Clause]) -> Inconsistency | None:
    dangling = [r for clause in clauses for r in clause.references if r.target is None]
    if not dangling:
        return None
    named = "、".join(dict.fromkeys(re.sub(r"\s+", " ", reference.text).strip() for reference in dangling[:5]))
    places = [(reference.start, reference.end) for reference in dangling]
    return Inconsistency(
        kind="references",
        what=Bilingual(
            zh=f"引用的条款或附件在文本中找不到：{named}",
            en=f"References to clauses or annexes that are not in the text: {named.replace('、', ', ')}",
        ),
        evidence=_evidence(document, (_sentence_at(clauses, start, document) for start, _ in places), marks=places),
    )


def _unticked(document: Document) -> Inconsistency | None:
    """Options that nobody ticked; where none of a group is ticked, the point was left open."""
    spans = [(part.start, part.end) for part in document.muted if part.reason == "unticked"]
    if not spans:
        return None
    return Inconsistency(
        kind="options",
        what=Bilingual(
            zh=f"未勾选的选项（不作为约定审阅，{len(spans)} 处）",
            en=f"Options not ticked, not reviewed as agreed ({len(spans)})",
        ),
        evidence=_evidence(document, spans),
    )


# -------------------------------------------------------------------- annexes

_PREVAILS = re.compile(
    r"(?:不一致|冲突|抵触|歧义)[^。;]{0,24}以[^。;]{0,16}为准|\b(?:conflict|inconsisten\w+)\b[^.;]{0,120}\b(?:prevail|control|govern)",
    re.I,
)


def _annexes(document: Document, clauses: Sequence[Clause], findings: Sequence[Finding]) -> list[Inconsistency]:
    """The same rule with another value in an annex than in the body."""
    found: list[Inconsistency] = []
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.kind == "clause" and finding.captures:
            by_rule.setdefault(finding.rule_id, []).append(finding)
    order = _order_of_precedence(document, clauses)
    for group in by_rule.values():
        sides: dict[bool, list[Finding]] = {True: [], False: []}
        for finding in group:
            evidence = main_evidence(finding)
            if evidence is not None:
                sides[_kind_at(clauses, evidence.start) == "annex"].append(finding)
        for body in sides[False]:
            for annex in sides[True]:
                name = _differs(body, annex)
                if name is None:
                    continue
                one, other = said_value(body.captures[name]), said_value(annex.captures[name])
                zh = f"正文与附件不一致：{body.title.zh}，正文为{one.zh}，附件为{other.zh}"
                en = f"Body and annex differ on {body.title.en}: {one.en} in the body, {other.en} in the annex"
                found.append(
                    Inconsistency(
                        kind="annexes",
                        what=Bilingual(zh=zh + order.zh, en=en + order.en),
                        evidence=(*body.evidence[-1:], *annex.evidence[-1:]),
                    )
                )
    return found[:_MOST]


def _differs(one: Finding, other: Finding) -> str | None:
    """The name of a known value that differs, when the parties do not: other parties are another provision."""
    names = one.captures.keys() & other.captures.keys()
    for name in names:
        a, b = one.captures[name], other.captures[name]
        if a.kind == "party" and b.kind == "party" and a.role != b.role:
            return None
    for name in sorted(names):
        first, second = _value(one.captures[name]), _value(other.captures[name])
        if first is not None and second is not None and first != second:
            return name
    return None


def _value(capture: object) -> object:
    if isinstance(capture, Duration):
        return (capture.days, capture.business) if capture.days is not None else None
    if isinstance(capture, Money):
        return capture.amount
    if isinstance(capture, Percentage):
        return capture.value
    return capture.iso if isinstance(capture, Date) else None


def _order_of_precedence(document: Document, clauses: Sequence[Clause]) -> Bilingual:
    match = _PREVAILS.search(fold(document.text))
    if match is None:
        return Bilingual(zh="；未发现以何者为准的约定", en="; no clause says which prevails")
    start, end = _sentence_at(clauses, match.start(), document)
    words = re.sub(r"\s+", " ", document.text[start:end]).strip()[:80]
    return Bilingual(zh=f"；合同约定：“{words}”", en=f'; the contract says: "{words}"')


# -------------------------------------------------------------------- periods


def _notice_periods(findings: Sequence[Finding]) -> list[Inconsistency]:
    """Different notice periods for the same party to end the contract, or not to renew it."""
    result = []
    for_cause = {
        (item.start, item.end)
        for finding in findings
        if finding.rule_id in ("termination-for-cause", "kpi-termination")
        for item in finding.evidence
    }
    kinds: tuple[tuple[InconsistencyKind, str, str, str, str], ...] = (
        ("notice_periods", "notice-period", "period", "解除通知期", "notice periods for ending the contract"),
        ("renewal_windows", "non-renewal-window", "window", "不续约通知期", "notice periods for not renewing it"),
    )
    for kind, rule_id, name, zh, en in kinds:
        group = [
            finding
            for finding in findings
            if finding.rule_id == rule_id
            and _value(finding.captures.get(name)) is not None
            and not any((item.start, item.end) in for_cause for item in finding.evidence if item.marks)
            and not tied_to(finding)  # the period of a trial, or of one event, contradicts no other
        ]
        different = {
            finding.id: finding for pair in combinations(group, 2) if _conflict(*pair, name=name) for finding in pair
        }
        if different:
            listed = [(said_value(f.captures[name]), where(f)) for f in different.values()]
            result.append(
                Inconsistency(
                    kind=kind,
                    what=Bilingual(
                        zh=f"{zh}有几种写法：" + "、".join(f"{said.zh}（{place.zh}）" for said, place in listed),
                        en=f"Different {en}: " + ", ".join(f"{said.en} ({place.en})" for said, place in listed),
                    ),
                    evidence=tuple(item for f in different.values() if (item := main_evidence(f)) is not None),
                )
            )
    return result


def _conflict(one: Finding, other: Finding, *, name: str) -> bool:
    """Known and different values that bind the same known party."""
    if _value(one.captures[name]) == _value(other.captures[name]):
        return False
    a, b = one.captures.get("obligor"), other.captures.get("obligor")
    if a is None or b is None or a.kind != "party" or b.kind != "party":
        return name == "window"  # a window binds whoever does not want to renew
    return a.role not in ("unknown", "other") and (a.role == b.role or "both" in (a.role, b.role))


_DEFINED = re.compile(
    r"(?:日|天)[”\"]?[^。;]{0,6}(?:是指|均?指|为)[^。;]{0,12}(?:自然日|日历日|工作日)"
    r"|\bdays?\b[^.;]{0,30}\b(?:means?|refers? to)\b",
    re.I,
)


def _is_deadline(document: Document, days: Duration) -> bool:
    """五日内, 提前三日, within 5 days: days by which something is due, and no more than thirty."""
    before = fold(document.text[max(0, days.start - 14) : days.start])
    after = fold(document.text[days.end : days.end + 2])
    due = after[:1] in ("内", "前", "后") or after in ("以内", "之内", "之前", "以前", "之后")
    return (due or re.search(r"提前 ?$|\bwithin $|\bleast $", before, re.I) is not None) and (days.value or 0) <= 30


def _kinds_of_days(
    document: Document, clauses: Sequence[Clause], quantities: Sequence[Quantity]
) -> Inconsistency | None:
    """Business days beside days that nobody defined: 5个工作日 and 5日 may end on different days."""
    if _DEFINED.search(fold(document.text)):
        return None
    days = [q for q in quantities if isinstance(q, Duration) and q.unit == "day" and q.value is not None]
    days = [q for q in days if _kind_at(clauses, q.start) in ("body", "annex") and _is_deadline(document, q)]
    business, plain = [q for q in days if q.business], [q for q in days if not q.business]
    if not business or not plain:
        return None
    places = [(q.start, q.end) for q in (*business[:2], *plain[:2])]
    return Inconsistency(
        kind="days",
        what=Bilingual(
            zh="“工作日”与“日”混用而没有定义，期限的最后一天可能有争议",
            en='"Business days" and "days" are both used and not defined: the last day of a period may be disputed',
        ),
        evidence=_evidence(document, sorted(_sentence_at(clauses, a, document) for a, _ in places), marks=places),
    )
