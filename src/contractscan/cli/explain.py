"""`contractscan explain`: a rule, or one finding of a report, in full."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from contractscan.cli.console import guarded, harmless, put
from contractscan.cli.options import Client, Debug, Houses
from contractscan.errors import UsageError

if TYPE_CHECKING:
    from contractscan.model import Finding, Report

_LABELS: dict[str, tuple[str, str]] = {
    "severity": ("严重程度", "severity"),
    "rule": ("规则", "rule"),
    "clause": ("条款", "clause"),
    "quote": ("合同原文", "The contract says"),
    "values": ("读取的数值", "Values read"),
    "rationale": ("为什么重要", "Why it matters"),
    "suggestion": ("怎么办", "What to do"),
    "fallback": ("建议条款", "Wording to ask for"),
    "references": ("依据", "Sources"),
    "related": ("依据的提示", "Rests on"),
    "suppressed": ("已搁置", "Set aside"),
}


@guarded
def explain(
    name: Annotated[str, typer.Argument(metavar="RULE-ID|FINDING-ID", help="A rule, or a finding of FILE.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A contract, or its JSON report: for a finding.")
    ] = None,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of the texts.", show_default="the contract's")
    ] = None,
    client: Client = None,
    houses: Houses = None,
    debug: Debug = False,
) -> None:
    """Explain a rule, or one finding: the words it rests on, the values read, why it matters, what to do, the sources.

    \b
      contractscan explain auto-renewal
      contractscan explain 3f0c5a1e9b72 report.json
    """
    from contractscan.cli.describe import describe
    from contractscan.ruleset import load_ruleset

    if file is None:
        said = describe(name, load_ruleset(*houses or ()), lang or _locale_language())
        if said is None:
            raise UsageError(f"there is no rule {name!r}. For a finding, name its contract or JSON report as well.")
        put(said)
        return
    report = _report(file, client, tuple(houses or ()))
    hits = [finding for finding in report.findings if name in (finding.id, finding.rule_id)]
    if not hits:
        raise UsageError(f"{file} has no finding {name!r}. Its JSON report lists their ids.")
    language = lang or ("en" if report.document.language == "en" else "zh")
    put(harmless("\n".join(describe_finding(finding, report, language) for finding in hits)))


def _locale_language() -> Literal["zh", "en"]:
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if setting.lower().startswith("zh") else "en"


def _report(file: Path, client: str | None, houses: tuple[Path, ...]) -> Report:
    from contractscan.scan import Scanner, load_report

    return load_report(file) if file.suffix.lower() == ".json" else Scanner(rules=houses, client=client).scan(file)


def describe_finding(finding: Finding, report: Report, language: Literal["zh", "en"]) -> str:
    """Everything that the report says of the finding."""

    def label(key: str) -> str:
        return _LABELS[key][0 if language == "zh" else 1]

    place = " › ".join(finding.clause.path) or finding.clause.number
    lines = [
        f"{finding.title.get(language)}  ({finding.id})",
        f"{label('rule')}: {finding.rule_id} ({finding.topic}, {finding.kind}, {finding.effect})",
        f"{label('severity')}: {finding.severity}",
    ]
    if place:
        lines.append(f"{label('clause')}: {place}")
    lines += ["", finding.message.get(language)]
    if finding.suppressed:
        lines.append(f"{label('suppressed')}: {finding.suppressed.reason}")
    if finding.evidence:
        lines += ["", f"{label('quote')}:"]
        for item in finding.evidence:
            page = f" (p. {item.page})" if item.page else ""
            lines.append(f"  {' '.join(item.quote.split())}{page}")
    if finding.captures:
        lines += ["", f"{label('values')}:"]
        for name, capture in finding.captures.items():
            said = capture.role if capture.kind == "party" else " ".join(capture.text.split())
            lines.append(f"  {name}: {said}")
    for key, text in (
        ("rationale", finding.rationale),
        ("suggestion", finding.suggestion),
        ("fallback", finding.fallback),
    ):
        if text and text.get(language):
            lines += ["", f"{label(key)}: {text.get(language)}"]
    if finding.related:
        titles = {other.id: other.title.get(language) for other in report.findings}
        lines += ["", f"{label('related')}:", *(f"  {key}  {titles.get(key, '')}".rstrip() for key in finding.related)]
    if finding.references:
        lines += ["", f"{label('references')}:"]
        lines += [f"  {s.citation.get(language)} [{s.status}]: {s.gist.get(language)}" for s in finding.references]
    return "\n".join(lines) + "\n"
