"""`contractscan compare`: what changed from one version of a contract to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from contractscan.cli.console import FAIL_ON_REACHED, UNREADABLE, guarded, harmless, put, say, split_names
from contractscan.cli.options import (
    Client,
    Debug,
    Houses,
    Ignore,
    NoSettings,
    Ocr,
    Password,
    Perspective,
    Revisions,
    Select,
    Settings,
    settings_of,
)

if TYPE_CHECKING:
    from contractscan.assess.compare import Change, Comparison
    from contractscan.model import Bilingual, Finding, Report

_HEADINGS: dict[str, tuple[str, str]] = {
    "gained": ("新增", "Gained"),
    "resolved": ("不再出现", "Resolved"),
    "reworded": ("措辞改变", "Reworded"),
    "changed": ("程度或数值改变", "Severity or values changed"),
}
_SIGNS = {"gained": "+", "resolved": "-", "reworded": "~", "changed": "~"}
_QUOTE = 80


@guarded
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier contract, or its JSON report.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later contract, or its JSON report.")],
    format: Annotated[  # noqa: A002 - the word users know
        Literal["text", "json"], typer.Option("--format", "-f", help="For people or for programs.")
    ] = "text",
    report_lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of the comparison.", show_default="the contract's")
    ] = None,
    fail_on_gain: Annotated[
        bool, typer.Option("--fail-on-gain", help="Exit with 1 when a risk was gained or became more severe.")
    ] = False,
    client: Client = None,
    perspective: Perspective = "client",
    rules: Houses = None,
    select: Select = None,
    ignore: Ignore = None,
    config: Settings = None,
    no_config: NoSettings = False,
    password: Password = None,
    ocr: Ocr = "auto",
    revisions: Revisions = "final",
    debug: Debug = False,
) -> None:
    """Compare two versions of a contract: findings gained, resolved, reworded, and values that changed.

    \b
      contractscan compare draft-1.docx draft-2.docx
      contractscan compare reports/old.json new.pdf --fail-on-gain

    Exit codes: 0 compared; 1 with --fail-on-gain when a risk was gained or grew; 2 wrong call; 3 a file could not be
    read or reviewed.
    """
    from contractscan.assess.compare import compare as compare_reports
    from contractscan.readers.limits import ReadOptions

    settings: dict[str, Any] = {
        "config": settings_of(config, no_config=no_config),
        "rules": tuple(rules or ()),
        "select": split_names(select),
        "ignore": split_names(ignore),
        "client": client,
        "perspective": perspective,
        "options": ReadOptions(password=password, ocr=ocr, revisions=revisions),
    }
    reports = _reports([old, new], settings)
    for path, report in zip((old, new), reports, strict=True):
        if not report.overall.reviewed:
            say(f"{path}: not reviewed. {report.overall.basis.en}")
            raise typer.Exit(UNREADABLE)
    comparison = compare_reports(*reports)
    if format == "json":
        put(comparison.model_dump_json(indent=2) + "\n")
    else:
        language = report_lang or ("en" if reports[1].document.language == "en" else "zh")
        put(harmless(describe(comparison, language)))
    if fail_on_gain and any(change.worse for change in comparison.changes):
        raise typer.Exit(FAIL_ON_REACHED)


def _reports(paths: list[Path], settings: dict[str, Any]) -> list[Report]:
    """JSON files are reports already; the others are reviewed, by rules that are loaded once and only if needed."""
    from contractscan.scan import Scanner, load_report

    scanner = None
    reports = []
    for path in paths:
        if path.suffix.lower() == ".json":
            reports.append(load_report(path))
        else:
            scanner = scanner or Scanner(**settings)
            reports.append(scanner.scan(path))
    return reports


def describe(comparison: Comparison, language: Literal["zh", "en"]) -> str:
    """The comparison in words, one block for each kind of change."""
    from contractscan.renderers.labels import LABELS

    def level(severity: str | None) -> str:
        return LABELS[severity or "no_grade"].get(language)

    chinese = language == "zh"
    title = "合同对比" if chinese else "Comparison"
    overall = "总体风险" if chinese else "Overall risk"
    lines = [
        f"{title}: {comparison.old.name} → {comparison.new.name}",
        f"{overall}: {level(comparison.old_severity)} → {level(comparison.new_severity)}",
    ]
    for kind, heading in _HEADINGS.items():
        changes = [change for change in comparison.changes if change.kind == kind]
        if changes:
            lines += ["", f"{heading[0] if chinese else heading[1]} ({len(changes)})"]
            for change in changes:
                lines += _said(change, language, level)
    same = "没有变化的提示" if chinese else "Findings that did not change"
    lines += ["", f"{same}: {comparison.unchanged}"]
    return "\n".join(lines) + "\n"


def _said(change: Change, language: Literal["zh", "en"], level: Any) -> list[str]:
    shown = change.new or change.old
    assert shown is not None
    severity = level(shown.severity)
    if change.old and change.new and change.old.severity != change.new.severity:
        severity = f"{level(change.old.severity)} → {severity}"
    place = _place(shown)
    lines = [f"  {_SIGNS[change.kind]} [{severity}] {shown.title.get(language)}{f'  {place}' if place else ''}"]
    for value in change.values:
        lines.append(
            f"      {value.name.get(language)}: {_or_none(value.old, language)} → {_or_none(value.new, language)}"
        )
    if change.kind == "reworded" and change.old and change.new:
        lines += [f"      - {_quote(change.old)}", f"      + {_quote(change.new)}"]
    elif change.kind in ("gained", "resolved"):
        said = _quote(shown) if shown.kind == "clause" else shown.message.get(language)
        lines += [f"      {said}"] if said else []
    return lines


def _or_none(text: Bilingual, language: Literal["zh", "en"]) -> str:
    return text.get(language) or ("未写明" if language == "zh" else "not stated")


def _place(finding: Finding) -> str:
    return " › ".join(finding.clause.path) or finding.clause.number


def _quote(finding: Finding) -> str:
    marked = [item for item in finding.evidence if item.marks] or list(finding.evidence)
    words = " ".join(marked[-1].quote.split()) if marked else ""
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
