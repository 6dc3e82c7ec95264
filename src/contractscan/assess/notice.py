"""What a notice must meet: which letter at all, how far ahead, in what form, to whom, and when it is received."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contractscan.assess.exits import conditional_exits, find_exit, is_force_majeure, tied_to
from contractscan.assess.facts import Country
from contractscan.assess.wording import cited, duration_of, held, ids, join, of, renewing, role_of, short, where
from contractscan.model import Bilingual, Finding, Step
from contractscan.ruleset.words import named, said_duration
from contractscan.text import fold

_STAMPED = re.compile(r"公章|盖章|加盖|原件|signed|original|\bseal", re.I)
_WRITTEN = re.compile(r"书面|\bwrit", re.I)


def find_notice_steps(
    findings: Sequence[Finding], *, labels: Mapping[str, str], country: Country, us: str = "client"
) -> tuple[Step, ...]:
    """Never a notice of termination where no right to end the contract was found: then only a proposal or a demand."""
    them = "client" if us == "provider" else "provider"
    we, they = named(us, labels), named(them, labels)
    steps = (
        _letter(findings, we, they, us),
        _period(findings, us),
        _form(findings),
        _channel(findings, we, they),
        _address(findings, they),
        _receipt(findings, country, we, they),
    )
    return _said_once(steps, findings)


def _letter(findings: Sequence[Finding], we: Bilingual, they: Bilingual, us: str) -> Step:
    what = Bilingual(zh="用哪一种函件", en="Which letter")
    way_out = find_exit(findings, us=us)
    conditional = conditional_exits(findings, us=us)
    renewal = of(renewing(findings), "auto-renewal", "non-renewal-window")
    cause = [
        f
        for f in held(of(findings, "termination-for-cause", "kpi-termination"), "holder", us, "both")
        if not is_force_majeure(f)
    ]
    parts: list[Bilingual] = []
    used: list[Finding] = []
    if renewal:
        parts.append(
            Bilingual(
                zh="不续约通知：只表示期满不再续约，不承认违约，与解除分开发",
                en="a notice of non-renewal: it only says that the contract ends with its term, admits no "
                "breach, and goes "
                "out separately",
            )
        )
        used.append(renewal[0])
    if way_out and not way_out.later:
        text = Bilingual(
            zh="解除通知：引用该条并写明生效日", en="a notice of termination: name the clause and the day of effect"
        )
        parts.append(cited(text, way_out.right))
        used.append(way_out.right)
    elif way_out:
        text = Bilingual(
            zh="首期或最低期限届满后才有解除权，此前不要发解除通知",
            en="the contract can be ended only after a first or minimum term: before it, send no notice of termination",
        )
        parts.append(cited(text, way_out.right))
        used.append(way_out.right)
    elif conditional:
        right, event = conditional[0]
        text = Bilingual(
            zh=f"只有{event.zh}才有解除权：先确认该情形已经发生，再按该条的期限和方式通知",
            en=f"the contract can be ended only {event.en}: make sure that this has happened, then give notice as that "
            "clause says",
        )
        parts.append(cited(text, right))
        used.append(right)
    elif cause:
        text = Bilingual(
            zh=f"只在{they.zh}违约等约定情形下才有解除权：先发催告函，列明事实、条款和改正期限，再决定是否解除",
            en=f"the contract can be ended for cause only, such as breach by {they.en}: first a demand with "
            "facts, clauses and "
            "a time to cure",
        )
        parts.append(cited(text, cause[0]))
        used.append(cause[0])
    if not way_out and not cause and not conditional:
        parts.append(
            Bilingual(
                zh=f"未发现{we.zh}的解除权，不要发解除通知：没有解除权的通知不发生解除的效力，还可能被认为违约；"
                "只发协商提议函，并先咨询律师",
                en=f"no right of {we.en} to end the contract was found, so send no notice of termination: "
                "without a right it "
                "ends nothing and may itself be called a breach; propose an agreed end, and ask a lawyer first",
            )
        )
    state = "found" if used else "not_found"
    return Step(what=what, state=state, detail=join(parts), finding_ids=ids(used))


def _period(findings: Sequence[Finding], us: str) -> Step:
    what = Bilingual(zh="提前多久", en="How far ahead")
    known = [
        f
        for f in of(findings, "notice-period", "termination-for-convenience")
        if duration_of(f, "period") and not tied_to(f)
    ]
    ours = [f for f in known if (role_of(f, "obligor") or role_of(f, "holder")) in (us, "both")]
    windows = [f for f in of(renewing(findings), "non-renewal-window") if duration_of(f, "window")]
    parts = [
        *_lengths(ours, "period", "解除", "to end it"),
        *_lengths(windows, "window", "不续约，期满前", "for non-renewal"),
    ]
    if parts:
        advice = Bilingual(zh="有几个期限的，按最长的安排", en="where there are several, plan by the longest")
        parts += [advice] if len(parts) > 1 else []
        return Step(what=what, state="found", detail=join(parts), finding_ids=ids([*ours, *windows]))
    if any(role_of(f, "obligor") is None and role_of(f, "holder") is None for f in known):
        detail = Bilingual(
            zh="有通知期，但未能确认约束哪一方", en="there is a period, but whom it binds could not be told"
        )
        return Step(what=what, state="unclear", detail=detail, finding_ids=ids(known))
    return Step(what=what, state="not_found", detail=_NOT_STATED)


_NOT_STATED = Bilingual(
    zh="在已提供的文本中未发现约定；请核对附件、订单和平台协议",
    en="not found in the text provided; check annexes, orders and platform terms",
)


def _lengths(findings: Sequence[Finding], name: str, zh: str, en: str) -> list[Bilingual]:
    said: dict[str, Bilingual] = {}
    for finding in findings:
        duration = duration_of(finding, name)
        if duration:
            length = said_duration(duration)
            said.setdefault(length.en, cited(Bilingual(zh=f"{zh}{length.zh}", en=f"{length.en} {en}"), finding))
    return list(said.values())


def _quoted_step(what: Bilingual, hits: Sequence[Finding], otherwise: Bilingual, *lead: Bilingual) -> Step:
    """The contract's own words, each with its clause; at most two."""
    if not hits:
        return Step(what=what, state="not_found", detail=otherwise)
    quotes = [_quote(finding) for finding in hits[:2]]
    return Step(what=what, state="found", detail=join([*lead, *dict.fromkeys(quotes)]), finding_ids=ids(hits))


def _quote(finding: Finding) -> Bilingual:
    words = short("".join(item.quote for item in finding.evidence if item.marks), most=120)
    return cited(Bilingual(zh=f"“{words}”", en=f'"{words}"'), finding)


def _said_once(steps: Sequence[Step], findings: Sequence[Finding]) -> tuple[Step, ...]:
    """A quote that an earlier step gives is named by its clause, not given again."""
    quotes = {quote.zh: (quote, where(finding)) for finding in findings if len((quote := _quote(finding)).zh) > 40}
    given: set[str] = set()
    result = []
    for step in steps:
        zh, en = step.detail.zh, step.detail.en
        for key, (quote, place) in quotes.items():
            if quote.zh in zh and key in given and place.zh:
                zh = zh.replace(quote.zh, f"见上引{place.zh}")
                en = en.replace(quote.en, f"see {place.en}, quoted above")
        given |= {key for key in quotes if key in zh}
        result.append(step.model_copy(update={"detail": Bilingual(zh=zh, en=en)}))
    return tuple(result)


_ANYONE = re.compile(r"双方|任[何一]一?方|各方|甲乙|\b(?:either|each|any|both) part(?:y|ies)\b|\bthe parties\b", re.I)


def _either(name: Bilingual) -> str:
    """A pattern for the name, whichever language the contract is in."""
    return "(?:" + "|".join(re.escape(fold(part)) for part in dict.fromkeys((name.zh, name.en))) + ")"


def _theirs_alone(finding: Finding, we: Bilingual, they: Bilingual) -> bool:
    """Whether the words are about notices of the other side only: what holds for them does not hold for ours."""
    words = fold("".join(item.quote for item in finding.evidence if item.marks))
    us, them = _either(we), _either(they)
    theirs = re.compile(
        rf"{them}(?:对|向|给|之|的)*(?:{us})?(?:之|的)?通知|{them}(?:可以?|得|有权)[^。;]{{0,40}}?(?:通知|告知)"
        rf"|\b{them} (?:may|shall|can|will) (?:notify|(?:give|send|serve) (?:any )?notices?)"
        rf"|\bnotices? (?:by|from) {them}\b|\bnotices? to {us}\b",
        re.I,
    )
    ours = re.compile(
        rf"{us}(?:对|向|给|之|的)*(?:{them})?(?:之|的)?通知|{us}[^,。;]{{0,12}}?(?:通知|告知){them}"
        rf"|\bnotices? to {them}\b|\bnotices? (?:by|from) {us}\b",
        re.I,
    )
    return bool(theirs.search(words)) and not ours.search(words) and not _ANYONE.search(words)


def _sent_by_us(
    what: Bilingual, hits: Sequence[Finding], otherwise: Bilingual, we: Bilingual, they: Bilingual, *lead: Bilingual
) -> Step:
    """Like `_quoted_step`, for our own notice: a rule for notices of the other side is quoted as theirs."""
    ours = [finding for finding in hits if not _theirs_alone(finding, we, they)]
    if ours or not hits:
        return _quoted_step(what, ours, otherwise, *lead)
    warning = Bilingual(
        zh=f"约定的只是{they.zh}发出的通知，{we.zh}发出的通知不能照此办理",
        en=f"what is agreed is about notices of {they.en} only and does not cover those of {we.en}",
    )
    step = _quoted_step(what, hits, otherwise, warning)
    return step.model_copy(update={"state": "unclear", "detail": join([step.detail, otherwise])})


def _form(findings: Sequence[Finding]) -> Step:
    hits = of(findings, "notice-form")
    text = fold(" ".join(item.quote for finding in hits for item in finding.evidence))
    lead = []
    if _STAMPED.search(text):
        lead.append(Bilingual(zh="要求盖章、签字或原件", en="a seal, a signature or an original is asked for"))
    elif _WRITTEN.search(text):
        lead.append(Bilingual(zh="书面", en="in writing"))
    otherwise = Bilingual(
        zh="未发现形式要求；稳妥起见用盖章的书面通知",
        en="no form is prescribed; to be safe send it in writing, signed or sealed",
    )
    return _quoted_step(Bilingual(zh="形式", en="Form"), hits, otherwise, *lead)


def _channel(findings: Sequence[Finding], we: Bilingual, they: Bilingual) -> Step:
    hits = of(findings, "electronic-notice")
    otherwise = Bilingual(
        zh="未发现电子方式通知的约定；快递原件并同时发邮件，保存底稿和回执",
        en="no rule on electronic notice; send the original by courier and an e-mail as well, and keep both receipts",
    )
    return _sent_by_us(Bilingual(zh="渠道", en="Channel"), hits, otherwise, we, they)


def _address(findings: Sequence[Finding], they: Bilingual) -> Step:
    hits = of(findings, "notice-address-contact")
    what = Bilingual(zh="收件地址和收件人", en="Address and addressee")
    otherwise = Bilingual(
        zh=f"未发现送达地址；寄往{they.zh}的首部地址和登记地址，收件人写明公司全称",
        en=f"no address for notices; send it to the address of {they.en} in the heading and to the registered "
        "one, in its full name",
    )
    return _quoted_step(what, hits, otherwise)


def _receipt(findings: Sequence[Finding], country: Country, we: Bilingual, they: Bilingual) -> Step:
    what = Bilingual(zh="何时视为收到", en="When it counts as received")
    hits = of(findings, "deemed-receipt")
    otherwise = {
        "CN": Bilingual(
            zh="未发现约定；通知到达对方时生效，数据电文进入对方指定系统时到达（民法典第137条）",
            en="not dealt with; a notice takes effect on arrival, an electronic one on entering the designated "
            "system (Art. 137 of the PRC Civil Code)",
        )
    }.get(country, Bilingual(zh="未发现约定；以对方实际收到为准安排", en="not dealt with; plan by actual receipt"))
    delays = [f for f in hits if duration_of(f, "delay")]
    lead = []
    for finding in delays[:1]:
        delay = duration_of(finding, "delay")
        assert delay is not None
        said = said_duration(delay)
        lead.append(
            Bilingual(
                zh=f"发出后{said.zh}视为收到，应另加在通知期之前",
                en=f"deemed received after {said.en}: add them to the period",
            )
        )
    return _sent_by_us(what, hits, otherwise, we, they, *lead)
