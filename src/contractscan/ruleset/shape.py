"""The shape of rule files: what a rule, a compound risk, a vocabulary and a statute entry may say."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from contractscan.model import (
    Bilingual,
    DurationUnit,
    Effect,
    Frozen,
    InconsistencyKind,
    Language,
    Role,
    Severity,
    Statute,
    Topic,
)
from contractscan.ruleset.tokens import token_problem

CaptureKind = Literal["duration", "money", "percentage", "date", "party", "text"]


class Alternative(Frozen):
    """One way to recognise a provision. All of `all`, one of `any`, none of `unless`, within one sentence."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()  # only under such a heading, own or inherited; compared fuzzily
    tokens: tuple[tuple[dict[str, Any], ...], ...] = ()  # spaCy Matcher patterns; one must match besides `all`

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"all": (value,)} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_empty(self) -> Alternative:
        if not self.all and not self.any:
            raise ValueError("an alternative needs a pattern in `all` or `any`")
        for i, pattern in enumerate(self.tokens, 1):
            if problem := token_problem(pattern):
                raise ValueError(f"tokens {i}: {problem}")
        return self


class Patterns(Frozen):
    """Patterns of each language, any of which may match."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def get(self, language: Language) -> tuple[str, ...]:
        return self.en if language == "en" else self.zh


class Detect(Frozen):
    zh: tuple[Alternative, ...] = ()
    en: tuple[Alternative, ...] = ()

    def get(self, language: Language) -> tuple[Alternative, ...]:
        return self.en if language == "en" else self.zh


class Scope(Frozen):
    """Where in the contract the rule looks."""

    heading: tuple[str, ...] = ()
    unit: Literal["sentence", "clause"] = "sentence"


class CaptureRule(Frozen):
    """A value looked up beside the pattern: the one of `kind` that stands `take` the anchor in the sentence.

    Without an anchor the first one counts. For a party, `before` means the last mention in subject position.
    """

    kind: CaptureKind
    zh: str | None = None
    en: str | None = None
    take: Literal["nearest", "before", "after"] | None = None
    default: Role | None = None  # for a party, when the sentence names nobody

    def anchor(self, language: Language) -> str | None:
        return self.en if language == "en" else self.zh


class Comparison(Frozen):
    """A test of one captured value. A value that is not known passes no test but `known: false` and `not`."""

    gt: str | int | float | None = None  # "60 days", "30%", "50000"
    gte: str | int | float | None = None
    lt: str | int | float | None = None
    lte: str | int | float | None = None
    eq: str | int | float | None = None
    is_in: tuple[str, ...] = Field(default=(), alias="in")
    is_not: str | None = Field(default=None, alias="not")
    known: bool | None = None
    per: DurationUnit | None = None  # and the rate or amount is one per day, month, …

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: Any) -> Any:
        if isinstance(value, list):
            return {"in": value}
        return value if isinstance(value, dict) else {"eq": value}


class Condition(Frozen):
    """Tests on captures and on the words of the evidence; all must hold."""

    captures: dict[str, Comparison] = {}
    matches: Patterns | None = None
    lacks: Patterns | None = None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "captures" in value:
            return value
        own = {k: v for k, v in value.items() if k in ("matches", "lacks")}
        return own | {"captures": {k: v for k, v in value.items() if k not in own}}


class Escalation(Frozen):
    """Another severity, and another message, when the condition holds. The first row that holds counts."""

    condition: Condition = Field(alias="if")
    severity: Severity
    message: Bilingual | None = None
    effect: Effect | None = None


class Absent(Frozen):
    """The protection is reported as missing when no finding of `satisfied_by` (its own id by default) exists."""

    severity: Severity
    title: Bilingual | None = None  # of the absence, where the rule also finds the protection under its own title
    message: Bilingual
    satisfied_by: tuple[str, ...] = ()
    satisfied_if: Condition | None = None  # on the captures of the finding that would satisfy it
    applies_if: Patterns | None = None  # the text must speak of this for the absence to matter
    applies_if_found: tuple[str, ...] = ()  # or one of these rules must have a finding
    lower: tuple[Lower, ...] = ()


class Lower(Frozen):
    """A lower severity of the absence when one of these rules has a finding that meets the condition."""

    found: tuple[str, ...]
    condition: Condition | None = Field(default=None, alias="if")
    severity: Severity


class Flagged(Frozen):
    text: str
    evidence: str | None = None
    captures: dict[str, str] = {}
    severity: Severity | None = None
    heading: str = ""


class Clean(Frozen):
    text: str
    because: str = ""
    heading: str = ""


class Examples(Frozen):
    flagged: tuple[Flagged, ...] = ()
    clean: tuple[Clean, ...] = ()


class Standard(Frozen):
    """The wording that a house wants for a clause, in the languages of its contracts."""

    zh: str | None = Field(default=None, min_length=1)
    en: str | None = Field(default=None, min_length=1)

    def get(self, language: Language) -> str | None:
        return self.en if language == "en" else self.zh

    @model_validator(mode="after")
    def _not_empty(self) -> Standard:
        if not self.zh and not self.en:
            raise ValueError("a standard needs a wording in `zh` or `en`")
        return self


class Rule(Frozen):
    """A clause type in all its languages, or a protection whose absence is reported (no `detect`)."""

    extends: str | None = None  # the rule of an earlier folder from which all keys were taken that are not given
    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
    topic: Topic
    status: Literal["draft", "stable", "deprecated"] = "stable"
    effect: Effect
    severity: Severity
    title: Bilingual
    message: Bilingual
    rationale: Bilingual
    suggestion: Bilingual
    fallback: Bilingual | None = None
    references: tuple[str, ...] = ()
    detect: Detect = Detect()
    unless: Patterns = Patterns()  # keeps every alternative from matching
    scope: Scope = Scope()
    capture: dict[str, CaptureRule] = {}
    escalate: tuple[Escalation, ...] = ()
    absent: Absent | None = None
    standard: Standard | None = None  # a finding says how far the clause departs from it
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _witnessed(self) -> Rule:
        detects = self.detect.zh or self.detect.en
        if not detects and not self.absent:
            raise ValueError("a rule needs `detect` or `absent`")
        if self.standard and not detects:
            raise ValueError("a rule with `standard` needs `detect`: the wording of a clause is compared")
        if detects and (not self.examples.flagged or not self.examples.clean):
            raise ValueError("a rule with `detect` needs at least one `flagged` and one `clean` example")
        return self


class Term(Frozen):
    """A part of a compound risk's condition. Exactly one of the keys is given."""

    all: tuple[Term, ...] | None = None
    any: tuple[Term, ...] | None = None
    none: tuple[Term, ...] | None = None
    found: tuple[str, ...] | None = None  # a finding of one of these rules …
    where: Condition | None = None  # … whose captures meet this,
    effect: Effect | None = None  # … which has this effect
    at_least: Severity | None = None  # … and at least this severity
    missing: str | None = None  # the absence that this rule reports
    compare: Compare | None = None
    inconsistency: InconsistencyKind | None = None  # the text does not fit together in this way

    @field_validator("found", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _exactly_one(self) -> Term:
        keys = ("all", "any", "none", "found", "missing", "compare", "inconsistency")
        given = [key for key in keys if getattr(self, key) is not None]
        narrowed = self.where or self.effect or self.at_least
        if len(given) != 1 or (narrowed and self.found is None):
            raise ValueError(
                "give exactly one of all, any, none, found (with where, effect, at_least), missing, compare, "
                "inconsistency"
            )
        return self


class Compare(Frozen):
    """Two captured values of two rules: `left` is greater than `times` × `right`."""

    left: tuple[str, str]  # rule id, capture
    right: tuple[str, str]
    times: float = 1
    left_if: Condition | None = None
    right_if: Condition | None = None
    apart_from: tuple[str, ...] = ()  # a finding that shares its sentence with one of these rules does not count


class Compound(Frozen):
    """A risk that several findings make together. Never fires on values that are not known."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
    topic: Topic
    severity: Severity
    title: Bilingual
    message: Bilingual
    rationale: Bilingual
    suggestion: Bilingual
    references: tuple[str, ...] = ()
    when: Term


class Pattern(Frozen):
    """A compiled pattern: RE2 expression, the words it needs, and (name, kind) of each capture.

    For one of the branches of `words`, a word of each set must occur; see `prefilter`.
    """

    regex: str
    words: tuple[tuple[tuple[str, ...], ...], ...]
    captures: tuple[tuple[str, str], ...] = ()


class Ruleset(Frozen):
    """Everything loaded from rule folders, validated, vocabulary inserted. `digest` names this very content."""

    rules: tuple[Rule, ...]
    compounds: tuple[Compound, ...] = ()
    statutes: dict[str, Statute] = {}
    vocabulary: dict[Language, dict[str, str]] = {}
    patterns: dict[Language, dict[str, Pattern]] = {}  # by their source
    digest: str = ""

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


for _model in (Absent, Term, Compound):
    _model.model_rebuild()
