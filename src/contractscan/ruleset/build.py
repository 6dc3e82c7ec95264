"""Rule files → Ruleset: validated, vocabulary inserted, every pattern compiled; all problems in one run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from contractscan.errors import RuleError
from contractscan.model import TOPICS, Bilingual, Language, Statute
from contractscan.ruleset.extend import Written
from contractscan.ruleset.patterns import PatternError, compile_pattern, expand_vocabulary
from contractscan.ruleset.shape import Compound, Condition, Pattern, Rule, Ruleset, Term
from contractscan.ruleset.strict_yaml import Location, StrictYamlError, line_of, load_yaml

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_COUNTS = re.compile(r"[{,](\d+)\}")
_MOST_COUNTED = 2000  # repetitions from which a pattern is compiled when it is loaded: it may be too large for RE2
_ModelT = TypeVar("_ModelT", bound=BaseModel)


class RuleFile(NamedTuple):
    path: Path
    shown: str  # the path in messages
    text: str


class _Source(NamedTuple):
    """A validated item, where it came from and its lines."""

    item: Any
    file: RuleFile
    lines: dict[Location, int]

    def at(self, *location: str | int) -> str:
        return f"{self.file.shown}:{line_of(self.lines, location)}"


def build_ruleset(sources: Sequence[RuleFile], roots: Sequence[Path], digest: str) -> Ruleset:
    """The rules of `sources`, files of the folders `roots`. Raises RuleError with every `file:line: message`."""
    problems: list[str] = []
    vocabulary: dict[Language, dict[str, str]] = {"zh": {}, "en": {}}
    statutes: dict[str, Statute] = {}
    rules: dict[str, _Source] = {}
    compounds: dict[str, _Source] = {}
    written = Written()
    for file in sources:
        try:
            data, lines = load_yaml(file.text)
        except StrictYamlError as problem:
            problems.append(f"{file.shown}:{problem.line}: {problem.message}")
            continue
        folder, name = file.path.parent.name, file.path.stem
        if folder == "vocabulary":
            problems += _add_vocabulary(file, data, lines, vocabulary)
        elif name == "references":
            problems += _add_statutes(file, data, lines, statutes)
        else:
            kind: type[Rule] | type[Compound] = Compound if folder == "compound" else Rule
            if kind is Rule and isinstance(data, dict):
                data, lines, unknown = written.complete(data, lines, root=_root_of(file.path, roots))
                if unknown:
                    problems.append(f"{file.shown}:{lines['extends',]}: extends: unknown rule {unknown!r}")
                    continue
            source = _validate(kind, file, data, lines, problems)
            if source:
                known = compounds if kind is Compound else rules
                problems += _place(source, name, folder, known, roots)
                known[source.item.id] = source
    expanded: dict[Language, dict[str, str]] = {}
    for language in _LANGUAGES:
        try:
            expanded[language] = expand_vocabulary(vocabulary[language], language)
        except PatternError as error:
            problems.append(f"vocabulary/{language}.yaml:1: {error}")
            expanded[language] = {}
    patterns: dict[Language, dict[str, Pattern]] = {"zh": {}, "en": {}}
    for source in rules.values():
        problems += _compile_rule(source, expanded, patterns)
        problems += _check_names(source, rules, statutes)
    for source in compounds.values():
        problems += _check_compound(source, rules, statutes)
    if problems:
        raise RuleError(problems)
    return Ruleset(
        rules=tuple(source.item for _, source in sorted(rules.items())),
        compounds=tuple(source.item for _, source in sorted(compounds.items())),
        statutes=statutes,
        vocabulary=expanded,
        patterns=patterns,
        digest=digest,
    )


def validation_problems(
    kind: type[_ModelT], data: Any, lines: Mapping[Location, int], shown: str
) -> tuple[_ModelT | None, list[str]]:
    """`data` as a `kind`, or None with a `file:line: message` for everything wrong with it."""
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            where = [part for part in detail["loc"] if part in ("if", "in") or isinstance(part, str | int)]
            name = ".".join(str(part) for part in where)
            message = detail["msg"].removeprefix("Value error, ")
            if detail["type"] == "extra_forbidden":
                message = "unknown key"
            problems.append(f"{shown}:{line_of(lines, where)}: {name + ': ' if name else ''}{message}")
        return None, problems


def _validate(
    kind: type[Rule] | type[Compound], file: RuleFile, data: Any, lines: dict[Location, int], problems: list[str]
) -> _Source | None:
    item, found = validation_problems(kind, data, lines, file.shown)
    problems += found
    return _Source(item, file, lines) if item else None


def _place(source: _Source, name: str, folder: str, known: Mapping[str, _Source], roots: Sequence[Path]) -> list[str]:
    problems = []
    item = source.item
    if item.id != name:
        problems.append(f"{source.at('id')}: id {item.id!r} differs from the file name {name!r}")
    if isinstance(item, Rule) and folder in TOPICS and folder != item.topic:
        problems.append(f"{source.at('topic')}: topic {item.topic!r} in the folder {folder!r}")
    before = known.get(item.id)
    if before and _root_of(before.file.path, roots) == _root_of(source.file.path, roots):
        problems.append(f"{source.at('id')}: id {item.id!r} is already used by {before.file.shown}")
    return problems


def _root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    return next((root for root in reversed(roots) if path.is_relative_to(root)), None)


def _add_vocabulary(
    file: RuleFile, data: Any, lines: dict[Location, int], vocabulary: dict[Language, dict[str, str]]
) -> list[str]:
    language = file.path.stem
    if language not in vocabulary:
        return [f"{file.shown}:1: vocabulary of an unknown language: name the file zh.yaml or en.yaml"]
    problems = []
    for name, entry in (data or {}).items():
        words = [entry] if isinstance(entry, str) else entry
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words) or not words:
            where = f"{file.shown}:{line_of(lines, (name,))}"
            problems.append(f"{where}: {name}: a pattern or a list of patterns is needed")
            continue
        vocabulary[language][name] = "|".join(words)
    return problems


def _add_statutes(file: RuleFile, data: Any, lines: dict[Location, int], statutes: dict[str, Statute]) -> list[str]:
    problems: list[str] = []
    for key, entry in (data or {}).items():
        shaped = {"key": key, **entry} if isinstance(entry, dict) else {}
        try:
            statutes[key] = Statute.model_validate(shaped)
        except ValidationError as error:
            detail = error.errors()[0]
            problems.append(f"{file.shown}:{line_of(lines, (key, *detail['loc']))}: {key}: {detail['msg']}")
    return problems


# ------------------------------------------------------------------ checking


def rule_patterns(rule: Rule, language: Language) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every pattern of a rule with its location in the file."""
    for i, alternative in enumerate(rule.detect.get(language)):
        for key in ("all", "any", "unless"):
            for j, pattern in enumerate(getattr(alternative, key)):
                yield pattern, ("detect", language, i, key, j)
    for j, pattern in enumerate(rule.unless.get(language)):
        yield pattern, ("unless", language, j)
    for name, capture in rule.capture.items():
        anchor = capture.anchor(language)
        if anchor:
            yield anchor, ("capture", name, language)
    conditions: list[tuple[Condition | None, tuple[str | int, ...]]] = [
        (row.condition, ("escalate", i, "if")) for i, row in enumerate(rule.escalate)
    ]
    if rule.absent:
        conditions.append((rule.absent.satisfied_if, ("absent", "satisfied_if")))
        conditions += [(row.condition, ("absent", "lower", i, "if")) for i, row in enumerate(rule.absent.lower)]
        if rule.absent.applies_if:
            for j, pattern in enumerate(rule.absent.applies_if.get(language)):
                yield pattern, ("absent", "applies_if", language, j)
    for condition, location in conditions:
        for key in ("matches", "lacks"):
            patterns = getattr(condition, key, None)
            for j, pattern in enumerate(patterns.get(language) if patterns else ()):
                yield pattern, (*location, key, language, j)


def _compile_rule(
    source: _Source, vocabulary: Mapping[Language, Mapping[str, str]], patterns: dict[Language, dict[str, Pattern]]
) -> Iterator[str]:
    for language in _LANGUAGES:
        for pattern, location in rule_patterns(source.item, language):
            if pattern in patterns[language]:
                continue
            try:
                compiled = compile_pattern(pattern, vocabulary[language], language)
                problem = re2_problem(compiled.regex)
            except PatternError as error:
                problem = str(error)
            else:
                patterns[language][pattern] = Pattern(
                    regex=compiled.regex, words=compiled.words, captures=compiled.captures
                )
            if problem:
                yield f"{source.at(*location)}: pattern {pattern!r}: {problem}"


def re2_problem(regex: str) -> str | None:
    """Why RE2 refuses `regex`, or None."""
    import re2

    options = re2.Options()
    options.log_errors = False
    if sum(map(int, _COUNTS.findall(regex))) < _MOST_COUNTED:
        with suppress(re2.error):  # a set only parses what is added to it: thirty times faster than compiling
            re2.Set.SearchSet(options).Add(regex)
            return None
    try:
        re2.compile(regex, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        return f"not RE2 syntax: {reason.decode() if isinstance(reason, bytes) else reason}"
    return None


def capture_names(rule: Rule, patterns: Mapping[Language, Mapping[str, Pattern]]) -> set[str]:
    """Every capture that the rule can yield."""
    names = set(rule.capture)
    for language in _LANGUAGES:
        for alternative in rule.detect.get(language):
            for pattern in (*alternative.all, *alternative.any):
                compiled = patterns[language].get(pattern)
                names |= {name for name, _ in compiled.captures} if compiled else set()
    return names


def _check_names(source: _Source, rules: Mapping[str, _Source], statutes: Mapping[str, Statute]) -> Iterator[str]:
    rule: Rule = source.item
    for i, key in enumerate(rule.references):
        if key not in statutes:
            yield f"{source.at('references', i)}: unknown statute {key!r}: not in references.yaml"
    captures = set(rule.capture)
    for alternative in (*rule.detect.zh, *rule.detect.en):
        for pattern in (*alternative.all, *alternative.any):
            captures |= set(re.findall(r"\$\{[a-z0-9-]+:([a-z][a-z0-9_]*)\}", pattern))
    for i, row in enumerate(rule.escalate):
        for name in row.condition.captures:
            if name not in captures:
                yield f"{source.at('escalate', i)}: capture {name!r} is never captured"
    texts: list[tuple[tuple[str | int, ...], Bilingual | None]] = [(("message",), rule.message)]
    texts += [(("escalate", i, "message"), row.message) for i, row in enumerate(rule.escalate)]
    for where, text in texts:
        for name in set(_PLACEHOLDER.findall(text.zh + text.en)) - captures if text else ():
            yield f"{source.at(*where)}: {{{name}}} is never captured"
    if rule.absent:
        others = [*rule.absent.satisfied_by, *rule.absent.applies_if_found]
        others += [rule_id for row in rule.absent.lower for rule_id in row.found]
        for rule_id in others:
            if rule_id not in rules:
                yield f"{source.at('absent')}: unknown rule {rule_id!r}"


def _check_compound(source: _Source, rules: Mapping[str, _Source], statutes: Mapping[str, Statute]) -> Iterator[str]:
    compound: Compound = source.item
    for i, key in enumerate(compound.references):
        if key not in statutes:
            yield f"{source.at('references', i)}: unknown statute {key!r}: not in references.yaml"
    for rule_id in dict.fromkeys(term_rules(compound.when)):
        if rule_id not in rules:
            yield f"{source.at('when')}: unknown rule {rule_id!r}"


def term_rules(term: Term) -> Iterator[str]:
    """The rule ids that a compound's condition speaks of."""
    yield from term.found or ()
    if term.missing:
        yield term.missing
    if term.compare:
        yield from (term.compare.left[0], term.compare.right[0])
    for group in (term.all, term.any, term.none):
        for part in group or ():
            yield from term_rules(part)
