"""What a report says, in the order a reader needs it, before any format lays it out.

Text, Markdown, HTML and the memo walk the same outline, so that none of them can leave something out. Texts stay
bilingual here: HTML shows both languages, the others choose one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contractscan.model import (
    SEVERITIES,
    TOPICS,
    Answer,
    Bilingual,
    Evidence,
    Finding,
    Party,
    Report,
    Step,
)
from contractscan.renderers.labels import EMPTY, LABELS, join, same
from contractscan.renderers.wording import amount, citations, law, one_line, pages_of, place

# The lines that a brief entry shows.
BRIEF = ("message", "reason")
# An answer that was found needs no mark: it may be "no right was found".
_BADGES = {"found": "", "not_found": "not_found", "unclear": "unclear", "not_reviewed": "unanswered"}
_PLACES = 3  # how many places an answer names; the others are counted


@dataclass(frozen=True)
class Passage:
    """One place in the contract that an entry is about. `message` is empty where the entry says it for all of them."""

    finding: Finding
    badge: str
    where: Bilingual
    message: Bilingual

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        return self.finding.evidence


@dataclass(frozen=True)
class Entry:
    """One thing to read. `badge` is a key of `LABELS` (a severity or a state); each line is (key of `LABELS`, text).

    Findings of one rule with the same advice are one entry with several passages, worst first.
    """

    title: Bilingual
    badge: str = ""
    tag: str = ""  # a second key of `LABELS`, shown small: absence
    where: Bilingual = EMPTY
    quotes: tuple[Evidence, ...] = ()
    lines: tuple[tuple[str, Bilingual], ...] = ()
    passages: tuple[Passage, ...] = ()
    cites: tuple[str, ...] = ()  # ids of findings


@dataclass(frozen=True)
class Section:
    """Entries under one heading. `brief` sections are listed, not explained."""

    key: str
    title: Bilingual
    entries: tuple[Entry, ...]
    brief: bool = False


@dataclass(frozen=True)
class Outline:
    title: Bilingual
    facts: tuple[tuple[Bilingual, Bilingual], ...]
    severity: str  # key of LABELS: a severity, no_grade or not_reviewed
    basis: Bilingual
    counts: Bilingual
    answers: tuple[Entry, ...]
    first_steps: tuple[Entry, ...]
    sections: tuple[Section, ...]
    disclaimer: Bilingual


def outline(report: Report) -> Outline:
    """Arrange `report`: who and how bad, the five answers, what to do first, then everything to check."""
    places = {finding.id: place(finding) for finding in report.findings}
    return Outline(
        title=LABELS["report"],
        facts=_facts(report),
        severity=(report.overall.severity or "no_grade") if report.overall.reviewed else "not_reviewed",
        basis=report.overall.basis,
        counts=_counts(report),
        answers=_answers(report, places),
        first_steps=_first_steps(report),
        sections=tuple(section for section in _sections(report, places) if section.entries),
        disclaimer=LABELS["disclaimer"],
    )


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then in the order of the contract; what is missing from the contract comes after what is in it."""
    return sorted(
        findings,
        key=lambda finding: (
            -SEVERITIES.index(finding.severity),
            not finding.evidence,
            finding.evidence[0].start if finding.evidence else 0,
            finding.id,
        ),
    )


def _cites(ids: Sequence[str], places: dict[str, Bilingual]) -> list[tuple[str, Bilingual]]:
    spots: list[Bilingual] = []
    for finding_id in ids:
        spot = places.get(finding_id)
        if spot and spot.zh and spot not in spots:
            spots.append(spot)
    if not spots:
        return []
    named = join(spots[:_PLACES], zh="；", en="; ")
    if len(spots) > _PLACES:
        count = len(spots)
        named = Bilingual(zh=f"{named.zh} 等{count}处", en=f"{named.en} and {count - _PLACES} more")
    return [("cites", named)]


def _facts(report: Report) -> tuple[tuple[Bilingual, Bilingual], ...]:
    document = report.document
    language = LABELS.get(document.script) or LABELS.get(document.language) or LABELS["language_unknown"]
    if document.script not in ("hans", "hant"):
        language = LABELS.get(document.language) or LABELS["language_unknown"]
    pages = Bilingual(zh=f"{document.pages}页", en=f"{document.pages} pages") if document.pages else EMPTY
    size = Bilingual(zh=f"{document.characters:,}字", en=f"{document.characters:,} characters")
    described = [same(one_line(document.name)), same(document.format.upper()), pages, size, language]
    facts = [(LABELS["document"], join(described, zh=" · ", en=" · "))]
    for party in report.parties:
        facts.append((same(one_line(party.label)) if party.label else LABELS["parties"], _party(party)))
    facts.append((LABELS["perspective"], LABELS[report.perspective]))
    if report.not_analysed:
        count = len(report.not_analysed)
        hint = LABELS["unread_hint"]
        facts.append((LABELS["unread"], Bilingual(zh=f"{count}{hint.zh}", en=f"{count}{hint.en}")))
    return tuple(facts)


def _party(party: Party) -> Bilingual:
    role = LABELS["role_unknown"] if party.role == "unknown" else LABELS[party.role]
    name = same(one_line(party.name)) if party.name else LABELS["unnamed"]
    text = Bilingual(zh=f"{role.zh}：{name.zh}", en=f"{role.en}: {name.en}")
    extra = []
    if party.aliases:
        label, names = LABELS["aliases"], [one_line(alias) for alias in party.aliases]
        extra.append(Bilingual(zh=f"{label.zh}{'、'.join(names)}", en=f"{label.en.lower()} {', '.join(names)}"))
    if party.basis and party.role == "unknown":
        extra.append(same(one_line(party.basis)))
    if not extra:
        return text
    more = join(extra, zh="；", en="; ")
    return Bilingual(
        zh=f"{text.zh}（{more.zh}）" if more.zh else text.zh, en=f"{text.en} ({more.en})" if more.en else text.en
    )


def _notes(report: Report) -> tuple[Entry, ...]:
    return (*(Entry(title=note) for note in report.notes), *_recognised(report.parties))


def _recognised(parties: Sequence[Party]) -> tuple[Entry, ...]:
    """By which words the roles were decided: to be checked, but not before anything else."""
    label = LABELS["recognised"]
    entries = []
    for party in parties:
        if party.basis and party.role != "unknown":
            name, basis, role = one_line(party.label), one_line(party.basis), LABELS[party.role]
            zh = f"{name}（{role.zh}）的{label.zh}：{basis}"
            entries.append(Entry(title=Bilingual(zh=zh, en=f"{name} ({role.en}), {label.en.lower()}: {basis}")))
    return tuple(entries)


def _counts(report: Report) -> Bilingual:
    if not report.overall.reviewed:
        return EMPTY
    parts = [
        Bilingual(zh=f"{LABELS[severity].zh} {count}", en=f"{LABELS[severity].en} {count}")
        for severity in reversed(SEVERITIES)
        if (count := report.overall.counts.get(severity, 0))
    ]
    if report.overall.suppressed:
        count = report.overall.suppressed
        parts.append(Bilingual(zh=f"{LABELS['set_aside'].zh} {count}", en=f"{LABELS['set_aside'].en} {count}"))
    return join(parts, zh=" · ", en=" · ") if parts else Bilingual(zh="没有提示", en="No findings")


def _answers(report: Report, places: dict[str, Bilingual]) -> tuple[Entry, ...]:
    """In the order of the topics. Places are added only to a headline that names none itself."""
    numbers = {finding.id: _numbers(finding) for finding in report.findings}
    entries = []
    for answer in sorted(report.answers, key=lambda answer: TOPICS.index(answer.topic)):
        headline = one_line(answer.headline.zh)
        named = any(number in headline for i in answer.finding_ids for number in numbers.get(i, ()))
        entries.append(
            Entry(
                title=LABELS[answer.topic],
                badge=_BADGES[answer.status],
                lines=(("", answer.headline), *(() if named else _beside(answer, places))),
                cites=answer.finding_ids,
            )
        )
    return tuple(entries)


def _beside(answer: Answer, places: dict[str, Bilingual]) -> list[tuple[str, Bilingual]]:
    """The places of an answer that names none; where nothing was found they are what else is said on the matter."""
    cites = _cites(answer.finding_ids, places)
    if "未发现" not in answer.headline.zh:
        return cites
    return [(key, Bilingual(zh=f"相关条款：{said.zh}", en=f"related clauses: {said.en}")) for key, said in cites]


def _numbers(finding: Finding) -> tuple[str, ...]:
    """The numbers by which a headline may name the clause: 8.2, 第八条."""
    parts = (finding.clause.number, *finding.clause.path[-1:])
    return tuple(part for part in (one_line(part).rstrip("、.．") for part in parts) if part)


def _first_steps(report: Report) -> tuple[Entry, ...]:
    """What the worst findings advise, combined risks first, one for each topic, three at most; else the letter to send.

    A step that ends with a day to keep names it.
    """
    risks = [finding for finding in _active(report) if _is_risk(finding) and finding.severity in ("high", "critical")]
    steps: dict[str, Entry] = {}
    given: set[str] = set()
    # What several clauses make together comes first; what the whole text lacks, such as a blank, after its clauses.
    for finding in sorted(worst_first(risks), key=_order_of_steps):
        advice = finding.suggestion
        if not advice.zh or advice.zh in given or finding.topic in steps:
            continue
        given.add(advice.zh)
        # What is missing is all advised alike: the step has to say what to ask for.
        title = join([finding.title, advice], zh="：", en=": ") if finding.kind == "absence" else advice
        steps[finding.topic] = Entry(title=_with_day(title, finding, report), cites=(finding.id,))
    letters = [step for step in report.notice[:1] if step.state == "found"]
    letter = LABELS["letter"]
    last = [Entry(title=join([letter, step.detail]), cites=step.finding_ids) for step in letters]
    return (*steps.values(), *last)[:3]


def _order_of_steps(finding: Finding) -> int:
    return 0 if finding.related else 2 if finding.kind == "compound" else 1


def _with_day(title: Bilingual, finding: Finding, report: Report) -> Bilingual:
    """The advice with the last day for a notice of non-renewal, where it is about the renewal."""
    if "renew" not in finding.title.en.lower():
        return title
    cited = {finding.id, *finding.related}
    for item in report.key_dates:
        of_window = item.what.en.startswith("Last day for a notice of non-renewal")
        if item.date and of_window and cited & {*item.finding_ids}:
            zh, en = title.zh.rstrip("。"), title.en.rstrip(".")
            over = Bilingual(zh="，已过", en=", which has passed") if "it has passed" in item.basis.en else same("")
            return Bilingual(
                zh=f"{zh}（{item.what.zh}：{item.date}{over.zh}）。", en=f"{en} ({item.what.en}: {item.date}{over.en})."
            )
    return title


def _active(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.suppressed is None]


def _is_risk(finding: Finding) -> bool:
    return finding.effect != "protection" or finding.kind != "clause"


def _sections(report: Report, places: dict[str, Bilingual]) -> list[Section]:
    active = worst_first(_active(report))
    risks = [finding for finding in active if _is_risk(finding)]
    compound = [finding for finding in risks if finding.kind == "compound"]
    sections = [
        Section("key_dates", LABELS["key_dates"], _key_dates(report, places)),
        Section("exposure", LABELS["exposure"], _exposures(report, places)),
        Section("compound", LABELS["compound"], _grouped(compound, places)),
    ]
    for topic in TOPICS:
        of_topic = [f for f in risks if f.topic == topic and f.kind != "compound"]
        sections.append(Section(topic, LABELS[topic], _grouped(of_topic, places)))
    protections = [f for f in active if not _is_risk(f)]
    asks = tuple(
        Entry(
            title=ask.what,
            lines=(
                *((("fallback", ask.wording),) if ask.wording else ()),
                *((("law", citations(ask.references)),) if ask.references else ()),
                *_cites(ask.finding_ids, places),
            ),
            cites=ask.finding_ids,
        )
        for ask in report.negotiation
    )
    inconsistencies = tuple(
        Entry(title=item.what, where=pages_of(item.evidence), quotes=item.evidence)
        for item in report.inconsistencies
        if not set(item.finding_ids) & places.keys()  # reported as a risk, with what to do about it
    )
    set_aside = worst_first([finding for finding in report.findings if finding.suppressed])
    return [
        *sections,
        Section("protections", LABELS["protections"], _grouped(protections, places), brief=True),
        Section("negotiation", LABELS["negotiation"], asks),
        Section("notice", LABELS["notice"], _steps(report.notice, places)),
        Section("handover", LABELS["handover"], _steps(report.handover, places)),
        Section("inconsistencies", LABELS["inconsistencies"], inconsistencies),
        Section("suppressed", LABELS["suppressed"], tuple(_set_aside(f, places) for f in set_aside), brief=True),
        Section("checks", LABELS["checks"], _checks(report)),
        Section("not_analysed", LABELS["not_analysed"], _not_analysed(report)),
        Section("notes", LABELS["notes"], _notes(report)),
    ]


def _grouped(findings: Sequence[Finding], places: dict[str, Bilingual]) -> tuple[Entry, ...]:
    """One entry for the findings of one rule that give the same advice, in the order of their worst."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule_id, finding.suggestion.zh), []).append(finding)
    return tuple(_entry(group, places) for group in groups.values())


def _entry(group: Sequence[Finding], places: dict[str, Bilingual]) -> Entry:
    first = group[0]
    shared = all(_meaning(finding) == _meaning(first) for finding in group)
    related = tuple(dict.fromkeys(id_ for finding in group for id_ in finding.related))
    lines: list[tuple[str, Bilingual]] = [("message", _meaning(first))] if shared else []
    if first.rationale != first.message:
        lines.append(("rationale", first.rationale))
    lines.append(("suggestion", first.suggestion))
    if first.fallback:
        lines.append(("fallback", first.fallback))
    if first.references:
        lines.append(("law", law(first.references)))
    return Entry(
        title=first.title,
        badge=_badge(first),
        tag="absence" if first.kind == "absence" else "",
        lines=tuple(line for line in (*lines, *_cites(related, places)) if line[1].zh or line[1].en),
        passages=tuple(
            Passage(finding, _badge(finding), places[finding.id], EMPTY if shared else _meaning(finding))
            for finding in group
        ),
        cites=related,
    )


def _meaning(finding: Finding) -> Bilingual:
    """The message, and how far the clause departs from the house standard where there is one."""
    departure = finding.departure
    if departure is None:
        return finding.message
    zh = [f"与本机构标准文本的相似度为{departure.score}（满分100）"]
    en = [f"{departure.score} of 100 alike to the house standard"]
    for words, lack_zh, lack_en in ((departure.missing, "缺少", "lacks"), (departure.extra, "多出", "adds")):
        if words:
            quoted = [f"“{one_line(word)}”" for word in words]
            zh.append(f"{lack_zh}{'、'.join(quoted)}")
            en.append(f"{lack_en} {', '.join(quoted)}")
    return Bilingual(zh=f"{finding.message.zh}{'；'.join(zh)}。", en=f"{finding.message.en} {'; '.join(en)}.".strip())


def _badge(finding: Finding) -> str:
    return finding.severity if _is_risk(finding) else "protection"


def _set_aside(finding: Finding, places: dict[str, Bilingual]) -> Entry:
    assert finding.suppressed is not None
    reason = one_line(finding.suppressed.reason).removeprefix("in the baseline ")  # which the label says already
    why = [LABELS[f"by_{finding.suppressed.by}"], same(reason)]
    if finding.suppressed.until:
        until = LABELS["until"]
        date = one_line(finding.suppressed.until)
        why.append(Bilingual(zh=f"{until.zh}{date}", en=f"{until.en.lower()} {date}"))
    return Entry(
        title=finding.title,
        badge=finding.severity,
        lines=(("reason", join(why, zh="：", en=": ")),),
        passages=(Passage(finding, finding.severity, places[finding.id], EMPTY),),
    )


def _key_dates(report: Report, places: dict[str, Bilingual]) -> tuple[Entry, ...]:
    ordered = sorted(report.key_dates, key=lambda item: (item.date is None, item.date or ""))
    return tuple(
        Entry(
            title=item.what,
            badge="" if item.date else "unknown",
            where=same(item.date) if item.date else EMPTY,
            lines=(("basis" if item.date else "reason", item.basis), *_cites(item.finding_ids, places)),
            cites=item.finding_ids,
        )
        for item in ordered
    )


def _exposures(report: Report, places: dict[str, Bilingual]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            title=item.what,
            badge="" if item.amount is not None else "not_computable",
            where=amount(item),
            lines=(("basis" if item.amount is not None else "reason", item.basis), *_cites(item.finding_ids, places)),
            cites=item.finding_ids,
        )
        for item in report.exposure
    )


def _steps(steps: Sequence[Step], places: dict[str, Bilingual]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            title=step.what,
            badge=step.state,
            lines=(*((("", step.detail),) if step.detail.zh else ()), *_cites(step.finding_ids, places)),
            cites=step.finding_ids,
        )
        for step in steps
    )


def _checks(report: Report) -> tuple[Entry, ...]:
    checks = report.checks
    entries = []
    if checks.passed:
        label = LABELS["passed"]
        count = len(checks.passed)
        entries.append(Entry(title=Bilingual(zh=f"{count}{label.zh}", en=f"{label.en}: {count}")))
    if checks.not_evaluated:
        label = LABELS["not_evaluated"]
        count = len(checks.not_evaluated)
        by_reason: dict[Bilingual, list[str]] = {}
        for item in checks.not_evaluated:
            by_reason.setdefault(item.reason, []).append(item.rule_id)
        reasons = tuple(
            ("", Bilingual(zh=f"{'、'.join(rules)}：{reason.zh}", en=f"{', '.join(rules)}: {reason.en}"))
            for reason, rules in by_reason.items()
        )
        entries.append(Entry(title=Bilingual(zh=f"{count}{label.zh}", en=f"{label.en}: {count}"), lines=reasons))
    return tuple(entries)


def _not_analysed(report: Report) -> tuple[Entry, ...]:
    entries = []
    for item in report.not_analysed:
        zh = item.zh or item
        lines = (
            ("reason", Bilingual(zh=zh.reason, en=item.reason)),
            ("remedy", Bilingual(zh=zh.remedy, en=item.remedy)),
        )
        entries.append(
            Entry(
                title=Bilingual(zh=one_line(zh.what), en=one_line(item.what)),
                where=Bilingual(zh=f"第{item.page}页", en=f"p. {item.page}") if item.page else EMPTY,
                lines=tuple((key, text) for key, text in lines if text.en),
            )
        )
    return tuple(entries)
