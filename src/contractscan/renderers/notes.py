"""What a comment in the original file says: shared by the annotated DOCX and the highlighted PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contractscan.errors import UsageError
from contractscan.model import SEVERITIES, Document, Evidence, Finding, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import outline, worst_first
from contractscan.renderers.wording import one_line

AUTHOR = "contractscan"


@dataclass(frozen=True)
class Note:
    """One place in the contract and all that the report says about it, worst finding first."""

    evidence: Evidence
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        """The worst severity, or `protection` when nothing here is a risk."""
        risks = [f.severity for f in self.findings if not (f.effect == "protection" and f.kind == "clause")]
        return max(risks, key=SEVERITIES.index, default="protection")


def original(report: Report, options: Options, expected: str) -> tuple[Document, bytes]:
    """The document and its bytes, or a UsageError that says what to do instead."""
    found = options.document.format if options.document else report.document.format
    if found != expected:
        other = f"; use the format {found!r}" if found in ("docx", "pdf") else "; use html or memo instead"
        raise UsageError(
            f"{report.document.name}: the format {expected!r} marks up an original {expected.upper()} file, "
            f"and this one is {found.upper()}{other}"
        )
    if options.document is None or options.source is None:
        raise UsageError(f"the format {expected!r} needs the original file and its text (document=, source=)")
    source = options.source
    return options.document, source.read_bytes() if isinstance(source, Path) else source


def notes(report: Report, document: Document) -> list[Note]:
    """One note for each quoted passage, in the order of the contract. What was set aside gets none."""
    places: dict[tuple[int, int], list[Finding]] = {}
    passages: dict[tuple[int, int], Evidence] = {}
    for finding in worst_first([finding for finding in report.findings if finding.suppressed is None]):
        for evidence in finding.evidence:
            span = (evidence.start, evidence.end)
            if evidence.quote and document.text[evidence.start : evidence.end] == evidence.quote:
                passages.setdefault(span, evidence)
                if finding not in places.setdefault(span, []):
                    places[span].append(finding)
    return [Note(passages[span], tuple(places[span])) for span in sorted(places)]


def note_lines(note: Note, language: str) -> Iterator[str]:
    """The lines of a comment: for each finding its grade and title, what it means, what to do."""
    colon = "：" if language == "zh" else ": "
    for finding in note.findings:
        protects = finding.effect == "protection" and finding.kind == "clause"
        badge = LABELS["protection" if protects else finding.severity].get(language)
        yield f"[{badge}] {one_line(finding.title.get(language))}"
        for key, text in (("message", finding.message), ("suggestion", finding.suggestion)):
            if said := one_line(text.get(language)):
                yield said if key == "message" else LABELS[key].get(language) + colon + said


def summary_lines(report: Report, unplaced: list[Note], language: str) -> Iterator[str]:
    """The comment at the head of the file: the grade, the five answers, and what has no words to stand at."""
    content = outline(report)
    colon = "：" if language == "zh" else ": "
    yield f"{LABELS['overall'].get(language)}{colon}{LABELS[content.severity].get(language)}"
    yield one_line(content.basis.get(language))
    for answer in content.answers:
        yield f"{answer.title.get(language)}{colon}{one_line(answer.lines[0][1].get(language))}"
    absent = [f for f in report.findings if not f.evidence and f.suppressed is None]
    for finding in worst_first(absent):
        yield f"[{LABELS[finding.severity].get(language)}] {one_line(finding.title.get(language))}"
    for note in unplaced:
        yield from note_lines(note, language)
        yield f"“{one_line(note.evidence.quote)}”"
    yield content.disclaimer.get(language)
