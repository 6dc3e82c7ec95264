"""Do the rules hold what their own examples promise? Runs every example through the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from contractscan.engine import Evaluation, Matcher, compile_matcher, evaluate
from contractscan.errors import RuleError
from contractscan.model import Document, Finding, Language, Party
from contractscan.parties import find_mentions
from contractscan.ruleset import Rule, Ruleset, built_in_rules, load_ruleset
from contractscan.segment import segment
from contractscan.text import detect_script, fold, is_cjk

# Examples have no party block: these labels stand for the two roles in every one of them.
EXAMPLE_PARTIES = (
    Party(role="client", label="甲方", aliases=("委托方", "品牌方", "委任人", "Client", "Customer", "Company")),
    Party(role="provider", label="乙方", aliases=("受托方", "服务商", "服务方", "受任人", "Agency", "Provider")),
)


class Checked(NamedTuple):
    """The rules that were checked, and a `file:line: message` for everything wrong with them."""

    ruleset: Ruleset | None  # None when they do not load
    problems: list[str]


def check_rules(*folders: str | Path) -> Checked:
    """Load the rules of `folders` (the built-in ones when none is given) without cache and run their examples.

    House rules may use the built-in vocabulary and ids; only their own examples are run.
    """
    own = [Path(folder) for folder in folders if Path(folder).resolve() != built_in_rules().resolve()]
    try:
        ruleset = load_ruleset(*own, cache=False)
    except RuleError as error:
        return Checked(None, error.problems)
    files = {path.stem: path for folder in own or [built_in_rules()] for path in sorted(folder.rglob("*.yaml"))}
    chosen = {
        "rules": tuple(rule for rule in ruleset.rules if rule.id in files),
        "compounds": tuple(compound for compound in ruleset.compounds if compound.id in files),
    }
    ruleset = ruleset.model_copy(update=chosen)
    problems = [
        f"{_place(files[rule.id], words)}: {message}"
        for rule in ruleset.rules
        for words, message in check_examples(rule, ruleset)
    ]
    return Checked(ruleset, problems)


def check_examples(rule: Rule, ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """What the rule's examples contradict, as (words of the file to point at, message).

    Flagged examples are found, with captures and severity; clean ones are not; every alternative is witnessed.
    """
    if rule.detect.zh or rule.detect.en:
        yield from _check_rule(rule, compile_matcher(ruleset.model_copy(update={"rules": (rule,)})))
        yield from _unwitnessed(rule, ruleset)


def _place(path: Path, words: str) -> str:
    """`file:line` of the first line that holds the beginning of `words`."""
    beginning = words.split("\n")[0][:12]
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if beginning in line:
            return f"{path}:{number}"
    return f"{path}:1"


def run_example(matcher: Matcher, text: str, heading: str = "") -> list[Finding]:
    """The findings of `matcher` in one example sentence."""
    first = "第一条" if heading and is_cjk(heading[0]) else "1."
    body = f"{first} {heading}\n{text}" if heading else text
    language: Language = "zh" if any(is_cjk(character) for character in text) else "en"
    document = Document(name="example", format="txt", text=body, language=language, script=detect_script(body))
    mentions = find_mentions(document, EXAMPLE_PARTIES)
    evaluation: Evaluation = evaluate(matcher, document, segment(document), EXAMPLE_PARTIES, mentions)
    return evaluation.findings


def _check_rule(rule: Rule, matcher: Matcher) -> Iterator[tuple[str, str]]:
    for example in rule.examples.flagged:
        findings = run_example(matcher, example.text, example.heading)
        if not findings:
            yield example.text, f"flagged example is not found: {example.text}"
            continue
        quotes = [fold(item.quote) for finding in findings for item in finding.evidence]
        if example.evidence and not any(fold(example.evidence) in quote for quote in quotes):
            yield example.text, f"evidence {example.evidence!r} is not in the quote of: {example.text}"
        for name, wanted in example.captures.items():
            got = [shown(finding, name) for finding in findings]
            if wanted not in got:
                yield example.text, f"capture {name} is {' / '.join(map(str, got))}, not {wanted}: {example.text}"
        if example.severity and example.severity not in [finding.severity for finding in findings]:
            severities = " / ".join(finding.severity for finding in findings)
            yield example.text, f"severity is {severities}, not {example.severity}: {example.text}"
    for clean in rule.examples.clean:
        for finding in run_example(matcher, clean.text, clean.heading):
            marks = "; ".join(e.quote[a - e.start : b - e.start] for e in finding.evidence for a, b in e.marks)
            yield clean.text, f"clean example is flagged at {marks!r}: {clean.text}"


def shown(finding: Finding, name: str) -> str | None:
    """A capture as examples write it: `30 days`, `15 business days`, `0.05%`, `50000 CNY`, `client`, `2026-03-01`."""
    capture = finding.captures.get(name)
    if capture is None:
        return None
    if capture.kind == "duration":
        if capture.days is None:
            return "blank"
        return f"{capture.days.normalize():f} {'business ' if capture.business else ''}days"
    if capture.kind == "percentage":
        return "blank" if capture.value is None else f"{capture.value.normalize():f}%"
    if capture.kind == "money":
        return "blank" if capture.amount is None else f"{capture.amount.normalize():f} {capture.currency or ''}".strip()
    if capture.kind == "date":
        return capture.iso or "blank"
    return capture.role if capture.kind == "party" else capture.text


def _unwitnessed(rule: Rule, ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Each alternative must be needed: alone, it finds at least one flagged example."""
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        ways = rule.detect.get(language)
        if len(ways) < 2:
            continue
        for i, way in enumerate(ways):
            detect = rule.detect.model_copy(update={"zh": (), "en": (), language: (way,)})
            alone = rule.model_copy(update={"detect": detect})
            matcher = compile_matcher(ruleset.model_copy(update={"rules": (alone,)}))
            if not any(run_example(matcher, example.text, example.heading) for example in rule.examples.flagged):
                yield "detect:", f"no flagged example witnesses detect.{language}[{i}]"
