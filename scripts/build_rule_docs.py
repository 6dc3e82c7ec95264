"""Write docs/rules/: every rule in words, a page for each topic in each language, from the rule files.

    python scripts/build_rule_docs.py

A test holds the pages against the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from contractscan.cli.describe import LANGUAGES, Words, condition, label, recognition, term_lines
from contractscan.model import TOPICS, Severity, Topic
from contractscan.ruleset import Compound, Rule, Ruleset, load_ruleset

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
TOPIC_NAMES: dict[Topic, tuple[str, str]] = {
    "termination": ("能否退出", "Can we leave"),
    "notice-period": ("提前多久通知", "When to say so"),
    "remaining-fees": ("钱怎么算", "What it costs"),
    "account-ownership": ("账号归谁", "Whose account"),
    "data-rights": ("数据和内容", "Data and content"),
}
SEVERITY_NAMES: dict[Severity, tuple[str, str]] = {
    "critical": ("严重", "critical"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
    "info": ("提示", "info"),
}
EFFECT_NAMES = {
    "burden": ("对委托方不利", "against the client"),
    "protection": ("对委托方有利", "for the client"),
    "neutral": ("中性", "neutral"),
}
STATUS_NAMES = {
    "verified": ("条文已核对", "text verified"),
    "verified-secondary": ("据二手资料核对", "verified from secondary sources"),
    "inferred": ("条号系推定", "article number inferred"),
    "unverified": ("未核实", "not verified"),
}
Item = Rule | Compound


def pages() -> dict[Path, str]:
    """The text of each page."""
    ruleset = load_ruleset()
    found = {FOLDER / "README.md": _index(ruleset)}
    for language in LANGUAGES:
        for topic in TOPICS:
            found[FOLDER / language / f"{topic}.md"] = _page(ruleset, topic, language)
    return found


def _items(ruleset: Ruleset, topic: Topic) -> tuple[list[Rule], list[Rule], list[Compound]]:
    """Clauses, protections that only report an absence, and compound risks of one topic."""
    rules = [rule for rule in ruleset.rules if rule.topic == topic]
    clauses = [rule for rule in rules if rule.detect.zh or rule.detect.en]
    absences = [rule for rule in rules if not (rule.detect.zh or rule.detect.en)]
    return clauses, absences, [compound for compound in ruleset.compounds if compound.topic == topic]


def _say(language: Words, names: tuple[str, str]) -> str:
    return names[0] if language == "zh" else names[1]


def _index(ruleset: Ruleset) -> str:
    lines = [
        "# 规则一览 · The rules",
        "",
        "由规则文件生成：每条规则查什么、为什么重要、可以要求什么。Made from the rule files: what each rule looks for,",
        "why it matters, what to ask for. `contractscan rules show ID` prints the same.",
        "[How rules are written](../rules.md).",
        "",
        "| 主题 | topic | 条款 clauses | 缺失 absences | 叠加 compound |",
        "|---|---|---|---|---|",
    ]
    for topic in TOPICS:
        zh, en = TOPIC_NAMES[topic]
        counts = " | ".join(str(len(group)) for group in _items(ruleset, topic))
        lines.append(f"| [{zh}](zh/{topic}.md) | [{en}](en/{topic}.md) | {counts} |")
    return "\n".join(lines) + "\n"


def _page(ruleset: Ruleset, topic: Topic, language: Words) -> str:
    other: Words = "en" if language == "zh" else "zh"
    clauses, absences, compounds = _items(ruleset, topic)
    elsewhere = [
        f"[{_say(other, TOPIC_NAMES[topic])}](../{other}/{topic}.md)",
        f"[{_say(language, ('全部规则', 'all rules'))}](../README.md)",
    ]
    lines = [f"# {_say(language, TOPIC_NAMES[topic])}", "", " · ".join(elsewhere), ""]
    groups: list[tuple[tuple[str, str], Iterable[Item]]] = [
        (("条款", "Clauses"), clauses),
        (("应有而未见的约定", "Protections that may be missing"), absences),
        (("叠加风险", "Compound risks"), compounds),
    ]
    for names, items in groups:
        rows = [
            f"| [{_text(item.title.get(language))}](#{item.id}) | `{item.id}` | {_severities(item, language)} |"
            for item in items
        ]
        if rows:
            head = f"| | | {_say(language, ('级别', 'severity'))} |"
            lines += [f"**{_say(language, names)}**", "", head, "|---|---|---|", *rows, ""]
    for _, items in groups:
        for item in items:
            lines += [f'<a id="{item.id}"></a>', "", f"## {_text(item.title.get(language))}", ""]
            lines += _rule(item, ruleset, language) if isinstance(item, Rule) else _compound(item, ruleset, language)
    return "\n".join(lines).rstrip("\n") + "\n"


def _severities(item: Item, language: Words) -> str:
    """The severities that a finding of the rule may have, mildest first."""
    possible = {item.severity}
    if isinstance(item, Rule):
        possible |= {row.severity for row in item.escalate}
        if item.absent:
            absent = {item.absent.severity, *(row.severity for row in item.absent.lower)}
            possible = possible | absent if item.detect.zh or item.detect.en else absent
    ordered = [severity for severity in reversed(SEVERITY_NAMES) if severity in possible]
    ends = (ordered[0], ordered[-1])[: len(ordered)]
    return " – ".join(_say(language, SEVERITY_NAMES[severity]) for severity in ends)


def _facts(item: Item, language: Words) -> Iterator[str]:
    effect = "burden" if isinstance(item, Compound) else item.effect
    draft = "" if isinstance(item, Compound) or item.status == "stable" else f" · {item.status}"
    yield f"`{item.id}` · {_severities(item, language)} · {_say(language, EFFECT_NAMES[effect])}{draft}"
    yield ""


def _prose(item: Item, language: Words) -> Iterator[str]:
    for key, text in (("message", item.message), ("rationale", item.rationale), ("suggestion", item.suggestion)):
        if key != "message" or not isinstance(item, Rule) or item.detect.zh or item.detect.en:
            yield f"**{label(key, language)}** {_text(text.get(language))}"
            yield ""


def _rule(rule: Rule, ruleset: Ruleset, language: Words) -> Iterator[str]:
    yield from _facts(rule, language)
    if rule.absent:
        yield f"**{label('absent', language)}** {_text(rule.absent.message.get(language))}"
        yield ""
    yield from _prose(rule, language)
    if rule.fallback:
        yield f"**{label('fallback', language)}**"
        yield ""
        yield f"> {_text(rule.fallback.get(language))}"
        yield ""
    if rule.escalate:
        yield f"**{label('escalate', language)}**"
        yield ""
        for row in rule.escalate:
            yield f"- {_say(language, SEVERITY_NAMES[row.severity])}: {_text(condition(row.condition, language))}"
        yield ""
    yield from _examples(rule, language)
    yield from _sources(rule, ruleset, language)
    for of in LANGUAGES:
        if rule.detect.get(of):
            yield f"<details><summary>{label('detect', language)} ({of})</summary>"
            yield ""
            yield "```text"
            yield from recognition(rule, of, language)
            yield "```"
            yield ""
            yield "</details>"
            yield ""


def _compound(compound: Compound, ruleset: Ruleset, language: Words) -> Iterator[str]:
    yield from _facts(compound, language)
    yield from _prose(compound, language)
    yield f"**{label('when', language)}**"
    yield ""
    yield "```text"
    yield from (line.removeprefix("  ") for line in term_lines(compound.when, language, 1))
    yield "```"
    yield ""
    yield from _sources(compound, ruleset, language)


def _examples(rule: Rule, language: Words) -> Iterator[str]:
    kinds: tuple[Literal["flagged", "clean"], ...] = ("flagged", "clean")
    for kind in kinds:
        examples = getattr(rule.examples, kind)
        if not examples:
            continue
        yield f"**{label(kind, language)}**"
        yield ""
        for example in examples:
            because = f" ({_text(example.because)})" if getattr(example, "because", "") else ""
            yield f"- {_text(example.text)}{because}"
        yield ""


def _sources(item: Item, ruleset: Ruleset, language: Words) -> Iterator[str]:
    statutes = [ruleset.statutes[key] for key in item.references]
    if statutes:
        yield f"**{label('references', language)}**"
        yield ""
    for statute in statutes:
        status = _say(language, STATUS_NAMES.get(statute.status, (statute.status, statute.status)))
        yield f"- {_text(statute.citation.get(language))} ({status}): {_text(statute.gist.get(language))}"
    if statutes:
        yield ""


def _text(text: str) -> str:
    """Words of a rule as Markdown that shows exactly these words."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def main() -> None:
    found = pages()
    for old in set(FOLDER.rglob("*.md")) - set(found):
        old.unlink()
    for path, text in found.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    print(f"{len(found)} pages in {FOLDER.relative_to(FOLDER.parent.parent)}")


if __name__ == "__main__":
    main()
