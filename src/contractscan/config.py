"""The settings of a house: `.contractscan.yaml`, found upward from the working directory.

They switch rules off, override severities and thresholds, name folders of house rules and default options, and set
findings aside with a reason. Loading is as strict as that of rules, and what they change is said in the report.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr, field_validator, model_validator

from contractscan.errors import RuleError, UsageError
from contractscan.model import (
    SEVERITIES,
    TOPICS,
    Bilingual,
    Frozen,
    Language,
    NotEvaluated,
    Report,
    Severity,
    Suppression,
)
from contractscan.ruleset import Comparison, Compound, Rule, Ruleset, choose_rules
from contractscan.ruleset.build import validation_problems
from contractscan.ruleset.finding import threshold
from contractscan.ruleset.strict_yaml import Location, StrictYamlError, line_of, load_yaml

FILE_NAME = ".contractscan.yaml"
_BOUNDS = ("gt", "gte", "lt", "lte", "eq")


class RuleSetting(Frozen):
    """What a house changes in one rule. Written `off`, a severity, or in full."""

    enabled: bool = True
    severity: Severity | None = None  # of its findings, whatever values they hold
    absent: Severity | None = None  # of the report that the protection is missing
    thresholds: dict[str, dict[str, str | int | float]] = {}  # capture → threshold of the rule → that of the house

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, bool):  # YAML reads off as false
            return {"enabled": value}
        if value == "off":
            return {"enabled": False}
        return {"severity": value} if isinstance(value, str) else value

    @field_validator("thresholds")
    @classmethod
    def _thresholds(cls, value: dict[str, dict[str, str | int | float]]) -> dict[str, dict[str, str | int | float]]:
        for changes in value.values():
            for bound in (*changes.keys(), *changes.values()):
                threshold(bound)
        return value

    @field_validator("thresholds", mode="before")
    @classmethod
    def _number_keys(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {
            name: {str(old): new for old, new in changes.items()} if isinstance(changes, dict) else changes
            for name, changes in value.items()
        }


class SetAside(Frozen):
    """Findings that the house has dealt with: those of a rule, or the one of this id. The reason is shown."""

    rule: str | None = None
    finding: str | None = None
    reason: str = Field(pattern=r"\S")
    until: datetime.date | None = None  # the last day on which it holds

    @model_validator(mode="after")
    def _one_subject(self) -> SetAside:
        if (self.rule is None) == (self.finding is None):
            raise ValueError("give one of `rule` (a rule id) and `finding` (the id of a finding)")
        return self

    @property
    def subject(self) -> str:
        return self.rule or self.finding or ""


class ReportDefaults(Frozen):
    """Options of `contractscan report` that hold unless the command line gives others."""

    language: Language | None = None
    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Config(Frozen):
    """All settings of a house. `folders` hold house rules; relative ones start at the file."""

    folders: tuple[str, ...] = ()
    rules: dict[str, RuleSetting] = {}
    report: ReportDefaults = ReportDefaults()
    suppressions: tuple[SetAside, ...] = ()

    _path: str = PrivateAttr(default="config")
    _lines: dict[Location, int] = PrivateAttr(default_factory=dict)

    def at(self, *location: str | int) -> str:
        """`file:line` of a key, for messages."""
        return f"{self._path}:{line_of(self._lines, location)}"


def find_config(start: Path) -> Path | None:
    """The nearest `.contractscan.yaml` in `start` or above it."""
    folder = start.resolve()
    return next((path for above in (folder, *folder.parents) if (path := above / FILE_NAME).is_file()), None)


def load_config(path: str | Path) -> Config:
    """Read settings. Raises RuleError with every `file:line: message`, UsageError when there is no such file."""
    file = Path(path)
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError([f"{path}:1: cannot be read as UTF-8 text: {error}"]) from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        data, lines = load_yaml(text)
    except StrictYamlError as problem:
        raise RuleError([f"{path}:{problem.line}: {problem.message}"]) from problem
    config, problems = validation_problems(Config, data if data is not None else {}, lines, str(path))
    folders = []
    for i, folder in enumerate(config.folders if config else ()):
        place = file.parent / folder
        folders.append(str(place))
        if not place.is_dir():
            problems.append(f"{path}:{line_of(lines, ('folders', i))}: {folder}: no such folder")
    if problems or config is None:
        raise RuleError(problems)
    config = config.model_copy(update={"folders": tuple(folders)})
    config._path, config._lines = str(path), lines
    return config


# ---------------------------------------------------------------------- rules


def configure(ruleset: Ruleset, config: Config, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Ruleset:
    """`ruleset` as the house wants it. `select` and `ignore`, when given, count instead of those of `config`.

    Raises RuleError with every `file:line: message` for what the rules do not know, UsageError on an unknown id in
    `select` or `ignore`.
    """
    problems = list(_problems(ruleset, config))
    if problems:
        raise RuleError(problems)
    chosen = choose_rules(ruleset, tuple(select) or config.report.select, tuple(ignore) or config.report.ignore)
    if not config.rules:
        return chosen
    settings = config.rules
    none = RuleSetting()
    named = Config(rules=settings).model_dump_json()
    return chosen.model_copy(
        update={
            "rules": tuple(
                _set_rule(rule, settings.get(rule.id, none))
                for rule in chosen.rules
                if settings.get(rule.id, none).enabled
            ),
            "compounds": tuple(
                _set_compound(compound, settings.get(compound.id, none))
                for compound in chosen.compounds
                if settings.get(compound.id, none).enabled
            ),
            "digest": hashlib.sha256(f"{chosen.digest} {named}".encode()).hexdigest(),
        }
    )


def _problems(ruleset: Ruleset, config: Config) -> Iterator[str]:
    every: list[Rule | Compound] = [*ruleset.rules, *ruleset.compounds]
    items = {item.id: item for item in every}
    for rule_id, setting in config.rules.items():
        item = items.get(rule_id)
        if item is None:
            yield f"{config.at('rules', rule_id)}: unknown rule {rule_id!r}"
            continue
        if setting.absent and not (isinstance(item, Rule) and item.absent):
            yield f"{config.at('rules', rule_id, 'absent')}: {rule_id} does not report an absence"
        for capture, changes in setting.thresholds.items():
            own = _thresholds(item, capture)
            for old in changes:
                if threshold(old) not in map(threshold, own):
                    known = f"with {', '.join(map(str, own))}" if own else "with nothing"
                    where = config.at("rules", rule_id, "thresholds", capture, old)
                    yield f"{where}: no threshold {old!r}: {rule_id} compares {capture} {known}"
    for key in ("select", "ignore"):
        for i, name in enumerate(getattr(config.report, key)):
            if name not in items and name not in TOPICS:
                yield f"{config.at('report', key, i)}: unknown rule {name!r}"
    for i, entry in enumerate(config.suppressions):
        if entry.rule is not None and entry.rule not in items:
            yield f"{config.at('suppressions', i, 'rule')}: unknown rule {entry.rule!r}"


def _thresholds(item: Rule | Compound, capture: str) -> list[str | int | float]:
    """What the rows of a rule's `escalate` compare a captured value with, as the rule file writes it."""
    rows = item.escalate if isinstance(item, Rule) else ()
    tests = [row.condition.captures[capture] for row in rows if capture in row.condition.captures]
    bounds = [getattr(test, key) for test in tests for key in _BOUNDS]
    return [bound for bound in dict.fromkeys(bounds) if bound is not None and _is_threshold(bound)]


def _is_threshold(bound: str | int | float) -> bool:
    try:
        threshold(bound)
    except ValueError:  # the name of a party
        return False
    return True


def _set_rule(rule: Rule, setting: RuleSetting) -> Rule:
    update: dict[str, Any] = {}
    rows = rule.escalate
    if setting.thresholds:
        rows = tuple(
            row.model_copy(
                update={
                    "condition": row.condition.model_copy(
                        update={
                            "captures": {
                                name: _set_bounds(test, setting.thresholds.get(name, {}))
                                for name, test in row.condition.captures.items()
                            }
                        }
                    )
                }
            )
            for row in rows
        )
    absent = setting.absent
    if setting.severity and (rule.detect.zh or rule.detect.en):
        # All rows weigh the same now: the most severe comes first, so that its message is still the one that counts.
        rows = tuple(sorted(rows, key=lambda row: -SEVERITIES.index(row.severity)))
        rows = tuple(row.model_copy(update={"severity": setting.severity}) for row in rows)
    elif setting.severity:
        absent = absent or setting.severity
    if setting.severity:
        update["severity"] = setting.severity
    if absent and rule.absent:
        update["absent"] = rule.absent.model_copy(update={"severity": absent, "lower": ()})
    return rule.model_copy(update={**update, "escalate": rows})


def _set_bounds(test: Comparison, changes: Mapping[str, str | int | float]) -> Comparison:
    wanted = {threshold(old): new for old, new in changes.items()}
    update = {}
    for key in _BOUNDS:
        bound = getattr(test, key)
        if bound is not None and _is_threshold(bound) and threshold(bound) in wanted:
            update[key] = wanted[threshold(bound)]
    return test.model_copy(update=update)


def _set_compound(compound: Compound, setting: RuleSetting) -> Compound:
    return compound.model_copy(update={"severity": setting.severity}) if setting.severity else compound


# ------------------------------------------------------------------- findings


def suppressions(config: Config, day: datetime.date) -> dict[str, Suppression]:
    """What holds on `day`, by rule id or finding id, for `ruleset.finding.set_aside`."""
    return {
        entry.subject: Suppression(
            reason=entry.reason.strip(), by="suppression", until=entry.until.isoformat() if entry.until else None
        )
        for entry in config.suppressions
        if not _expired(entry, day)
    }


def disclose(config: Config, report: Report, day: datetime.date) -> Report:
    """`report` with what `config` changed: rules that are off, own severities and thresholds, expired suppressions."""
    off = [rule_id for rule_id, setting in config.rules.items() if not setting.enabled]
    changed = [rule_id for rule_id, setting in config.rules.items() if setting.enabled and setting != RuleSetting()]
    notes = []
    if changed:
        names = sorted(changed)
        notes.append(
            Bilingual(
                zh=f"以下规则的严重程度或阈值按本机构的设置：{'、'.join(names)}",
                en=f"severities or thresholds of these rules are the house's own: {', '.join(names)}",
            )
        )
    for entry in config.suppressions:
        if _expired(entry, day):
            notes.append(
                Bilingual(
                    zh=f"对 {entry.subject} 的搁置已于 {entry.until} 到期，不再生效（原因：{entry.reason.strip()}）",
                    en=f"the suppression of {entry.subject} ended on {entry.until} and no longer holds "
                    f"(reason: {entry.reason.strip()})",
                )
            )
    skipped = tuple(NotEvaluated(rule_id=rule_id, reason=_OFF) for rule_id in sorted(off))
    if not notes and not skipped:
        return report
    checks = report.checks.model_copy(update={"not_evaluated": (*report.checks.not_evaluated, *skipped)})
    return report.model_copy(update={"notes": (*report.notes, *notes), "checks": checks})


_OFF = Bilingual(zh="本机构的设置关闭了这条规则", en="the house's settings switch this rule off")


def _expired(entry: SetAside, day: datetime.date) -> bool:
    return entry.until is not None and entry.until < day


def config_schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors, with the short forms of a rule's setting."""
    schema = Config.model_json_schema(mode="validation")
    setting = schema["$defs"]["RuleSetting"]
    short: dict[str, Any] = {"enum": ["off", False, True, *SEVERITIES]}
    schema["$defs"]["RuleSetting"] = {"anyOf": [short, setting]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
