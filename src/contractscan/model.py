"""The nouns of contractscan: frozen models that every room shares.

Positions are half-open `start`/`end` character offsets into `Document.text`, which is fixed at reading.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Language = Literal["zh", "en"]
Topic = Literal["termination", "notice-period", "remaining-fees", "account-ownership", "data-rights"]
Severity = Literal["info", "low", "medium", "high", "critical"]
Effect = Literal["burden", "protection", "neutral"]
Role = Literal["client", "provider", "both", "third", "other", "unknown"]
AnswerStatus = Literal["found", "not_found", "unclear", "not_reviewed"]

TOPICS: tuple[Topic, ...] = ("termination", "notice-period", "remaining-fees", "account-ownership", "data-rights")
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_plain_number, return_type=int | float, when_used="json")]
"""A Decimal that JSON shows as a number (30, 0.05)."""
Amount = Annotated[Decimal, PlainSerializer(lambda v: f"{v:f}", return_type=str, when_used="json")]
"""A Decimal that JSON shows as a string, so that no reader rounds money."""


class Frozen(BaseModel):
    """Immutable, and loud about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Frozen):
    """A text for people, in Chinese and in English."""

    zh: str
    en: str

    def get(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class Span(Frozen):
    """Half-open range of characters in `Document.text`."""

    start: int
    end: int


# ------------------------------------------------------------------ document


class Block(Frozen):
    """A line or paragraph as laid out. Blocks are in text order and do not overlap."""

    start: int
    end: int
    page: int | None = None  # 1-based
    paragraph: int | None = None  # 0-based, in the order of the file
    box: tuple[float, float, float, float] | None = None  # x0, top, x1, bottom in points from the top left corner
    kind: Literal["text", "heading", "table", "note", "furniture"] = "text"  # furniture is never matched
    source: Literal["text", "ocr"] = "text"
    confidence: float | None = None  # of OCR, 0 to 1


class Muted(Frozen):
    """Text that is kept and shown but never matched: page furniture, an unticked option, a table of contents."""

    start: int
    end: int
    reason: Literal["furniture", "unticked", "toc", "watermark", "hidden", "deleted"]


class Comment(Frozen):
    """A reviewer's comment in the file; not part of the contract."""

    author: str
    text: str
    date: str | None = None
    start: int | None = None  # where it is anchored, when known
    end: int | None = None


class NotAnalysedText(Frozen):
    """What was not analysed, why, and what helps, in another language."""

    what: str
    reason: str
    remedy: str = ""


class NotAnalysed(Frozen):
    """A part of the input that was not read or not understood: never graded, always listed. In English, and in `zh`."""

    what: str
    page: int | None = None
    reason: str
    remedy: str = ""
    zh: NotAnalysedText | None = None


class Document(Frozen):
    """A file as read. `text` never changes; everything else points into it."""

    name: str
    path: str | None = None
    sha256: str = ""
    format: str  # pdf, docx, txt, md, …
    language: Literal["zh", "en", "unknown"] = "unknown"
    script: Literal["hans", "hant", "latin", "unknown"] = "unknown"
    pages: int | None = None
    text: str
    blocks: tuple[Block, ...] = ()
    muted: tuple[Muted, ...] = ()
    comments: tuple[Comment, ...] = ()
    notes: tuple[Bilingual, ...] = ()  # what a reader of the report must know: unaccepted changes, hidden text, …
    not_analysed: tuple[NotAnalysed, ...] = ()


# ------------------------------------------------------------------- clauses


class Sentence(Frozen):
    """What a rule sees: one sentence or list item, with the lead-ins that govern it (outermost first)."""

    start: int
    end: int
    lead: tuple[Span, ...] = ()


class Reference(Frozen):
    """A cross-reference inside the contract. `target` is the index of the clause meant, None when dangling."""

    start: int
    end: int
    text: str
    target: int | None = None


ClauseKind = Literal["body", "title", "parties", "recital", "definition", "signature", "annex", "toc"]


class Clause(Frozen):
    """The smallest numbered unit with its own text. Clauses partition `Document.text` in order."""

    index: int
    start: int  # own text only: up to the start of the next clause, whatever its level
    end: int
    number: str = ""  # as printed: 第八条, 8.2, （1）
    heading: str = ""
    level: int = 0
    parent: int | None = None
    kind: ClauseKind = "body"
    path: tuple[str, ...] = ()  # numbers (or headings where there is none) from the outermost to this clause
    headings: tuple[str, ...] = ()  # own heading and those inherited, outermost first
    sentences: tuple[Sentence, ...] = ()
    references: tuple[Reference, ...] = ()


# ------------------------------------------------------------------- parties


class Party(Frozen):
    """One party to the contract. `basis` says by which words its role was decided."""

    role: Role
    label: str  # 甲方, Client
    name: str | None = None
    aliases: tuple[str, ...] = ()
    basis: str = ""


class Mention(Frozen):
    """Words that stand for a party in the text; `role` is `both` for 双方, `other` for 对方."""

    start: int
    end: int
    role: Role


# ---------------------------------------------------------------- quantities

Bound = Literal["at_least", "at_most", "more_than", "less_than"]
DurationUnit = Literal["hour", "day", "week", "month", "quarter", "year"]


class Duration(Frozen):
    """A length of time. Unknown (a blank) is None. month = 30, year = 365, quarter = 90, week = 7 days."""

    kind: Literal["duration"] = "duration"
    text: str
    start: int
    end: int
    value: Number | None = None
    upper: Number | None = None  # the second figure of 3-5日
    unit: DurationUnit | None = None
    days: Number | None = None
    business: bool = False
    bound: Bound | None = None
    anchor: str | None = None  # the words it runs from or to: 收到通知之日起, prior to expiry


class Money(Frozen):
    """An amount of money. `consistent` is False when the amount in words differs from that in figures."""

    kind: Literal["money"] = "money"
    text: str
    start: int
    end: int
    amount: Amount | None = None
    upper: Amount | None = None
    currency: str | None = None  # ISO 4217
    per: DurationUnit | None = None  # 2.5万元/月
    bound: Bound | None = None
    consistent: bool | None = None


class Percentage(Frozen):
    """A share or rate in percent: 万分之五 is 0.05; 十倍 is 1000."""

    kind: Literal["percentage"] = "percentage"
    text: str
    start: int
    end: int
    value: Number | None = None
    upper: Number | None = None
    base: str | None = None  # the words it is taken of: 合同总额
    per: DurationUnit | None = None
    bound: Bound | None = None


class Date(Frozen):
    """A calendar date; `iso` is None for a blank 年 月 日 and for 3/1/2026, YYYY-MM when the day is not given."""

    kind: Literal["date"] = "date"
    text: str
    start: int
    end: int
    iso: str | None = None


class PartyCapture(Frozen):
    """Which party a captured mention stands for."""

    kind: Literal["party"] = "party"
    text: str
    start: int
    end: int
    role: Role


class TextCapture(Frozen):
    """Captured words."""

    kind: Literal["text"] = "text"
    text: str
    start: int
    end: int


Quantity = Duration | Money | Percentage | Date
Capture = Annotated[Duration | Money | Percentage | Date | PartyCapture | TextCapture, Field(discriminator="kind")]


# -------------------------------------------------------------------- report


class Evidence(Frozen):
    """The quoted sentence or list item. `quote == Document.text[start:end]`; `marks` are the words that matched."""

    start: int
    end: int
    quote: str
    page: int | None = None
    paragraph: int | None = None
    marks: tuple[tuple[int, int], ...] = ()
    source: Literal["text", "ocr"] = "text"


class ClauseRef(Frozen):
    """Where in the contract a finding stands."""

    number: str = ""
    heading: str = ""
    path: tuple[str, ...] = ()


class Statute(Frozen):
    """An entry of the statute register. `status` says how far it was verified."""

    key: str
    citation: Bilingual
    gist: Bilingual
    status: str
    condition: Bilingual | None = None  # where it is not known whether that country's law governs


class Suppression(Frozen):
    """Why a finding is set aside: it stays in the report, marked."""

    reason: str
    by: Literal["suppression", "baseline"]
    until: str | None = None


class Departure(Frozen):
    """How far a clause is from the house standard of its rule. Words are listed in the order of their text."""

    score: int  # 100: the same words in the same order; 0: nothing in common
    missing: tuple[str, ...] = ()  # words of the standard that the clause lacks
    extra: tuple[str, ...] = ()  # words of the clause that the standard lacks


class Finding(Frozen):
    """One rule applied to one provision, to the absence of one, or to several findings together."""

    id: str
    rule_id: str
    topic: Topic
    kind: Literal["clause", "absence", "compound"]
    effect: Effect
    severity: Severity
    title: Bilingual
    message: Bilingual
    rationale: Bilingual
    suggestion: Bilingual
    fallback: Bilingual | None = None
    references: tuple[Statute, ...] = ()
    clause: ClauseRef = ClauseRef()
    evidence: tuple[Evidence, ...] = ()
    captures: dict[str, Capture] = {}
    related: tuple[str, ...] = ()
    departure: Departure | None = None  # where the rule has a house standard
    suppressed: Suppression | None = None


class DocumentInfo(Frozen):
    name: str
    sha256: str
    format: str
    language: str
    script: str
    pages: int | None
    characters: int


class Tool(Frozen):
    name: str = "contractscan"
    version: str
    ruleset_digest: str


class Overall(Frozen):
    """The worst severity among the client's risks; None when the text was not reviewed or is no such contract."""

    severity: Severity | None
    reviewed: bool
    counts: dict[Severity, int]
    basis: Bilingual  # the formula, in words
    suppressed: int = 0


class Answer(Frozen):
    """The answer to one of the five questions."""

    topic: Topic
    status: AnswerStatus
    headline: Bilingual
    finding_ids: tuple[str, ...] = ()


class KeyDate(Frozen):
    """A date to act by, with its arithmetic. `date` is None when a value must be asked for."""

    what: Bilingual
    date: str | None
    basis: Bilingual
    finding_ids: tuple[str, ...] = ()


class Exposure(Frozen):
    """Money at stake. `amount` is None when not computable; `basis` then says why."""

    what: Bilingual
    amount: Amount | None
    upper: Amount | None = None
    currency: str | None
    basis: Bilingual
    finding_ids: tuple[str, ...] = ()


class Ask(Frozen):
    """A point to negotiate: what to ask for and the wording to offer."""

    what: Bilingual
    wording: Bilingual | None = None
    references: tuple[Statute, ...] = ()
    finding_ids: tuple[str, ...] = ()


class Step(Frozen):
    """An item of the notice requirements or of the handover checklist. `state` says what the contract says of it."""

    what: Bilingual
    state: Literal["found", "not_found", "unclear"]
    detail: Bilingual
    finding_ids: tuple[str, ...] = ()


InconsistencyKind = Literal[
    "blanks",  # periods, amounts, dates, accounts or addresses left open
    "other_blanks",
    "signature_blanks",
    "amounts",  # in words and in figures
    "references",
    "options",
    "annexes",  # other values than in the body
    "notice_periods",  # several for one party to end the contract
    "renewal_windows",  # several for a notice of non-renewal
    "days",  # business days beside days
    "title",  # says something else than the content
    "parties",
]


class Inconsistency(Frozen):
    """Something in the contract that does not fit together. `finding_ids` are the findings that report it as a risk."""

    kind: InconsistencyKind | None = None  # None in reports of before it was told
    what: Bilingual
    evidence: tuple[Evidence, ...] = ()
    finding_ids: tuple[str, ...] = ()


class NotEvaluated(Frozen):
    rule_id: str
    reason: Bilingual


class Checks(Frozen):
    passed: tuple[str, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()


class Report(Frozen):
    """The contract with everyone who reads the result; see docs/report.md. `model_dump_json()` is the JSON form."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    document: DocumentInfo
    perspective: Literal["client", "provider"] = "client"
    parties: tuple[Party, ...] = ()
    overall: Overall
    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    exposure: tuple[Exposure, ...] = ()
    negotiation: tuple[Ask, ...] = ()
    notice: tuple[Step, ...] = ()
    handover: tuple[Step, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    checks: Checks = Checks()
    not_analysed: tuple[NotAnalysed, ...] = ()
