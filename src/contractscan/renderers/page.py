"""The report as one HTML file: summary first, then the findings beside the contract's text, linked both ways.

The file fetches nothing and its content security policy allows nothing but its own style and script, named by their
hashes, so that even a mistake in escaping could not run what a contract brings along.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from contractscan.model import SEVERITIES, TOPICS, Document, Evidence, Finding, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import BRIEF, Section, outline
from contractscan.renderers.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contractscan.model import Clause

_LANG = {"hans": "zh-Hans", "hant": "zh-Hant", "latin": "en"}
_HEADING_LENGTH = 60


@dataclass(frozen=True)
class Run:
    """Words of the contract quoted by the same findings, whose numbers are `numbers`; each part: text, whether matched.

    Blanks alone are never quoted: a link needs words.
    """

    parts: tuple[tuple[str, bool], ...]
    numbers: tuple[int, ...] = ()
    level: str = ""  # severity or protection, of the worst finding
    muted: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    page: int | None = None  # given where a page begins
    depth: int = 0
    heading: bool = False


def render_html(report: Report, options: Options) -> str:
    """One self-contained page in both languages, opened in `options.language`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("contractscan.renderers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    content = outline(report)
    reviewed = [section for section in content.sections if _is_reviewed(section)]
    numbers: dict[str, int] = {}
    for section in reviewed:
        for entry in section.entries:
            for passage in entry.passages:
                numbers.setdefault(passage.finding.id, len(numbers) + 1)
    document = options.document
    findings = {finding.id: finding for finding in report.findings}
    quoted = [(number, findings[finding_id]) for finding_id, number in numbers.items()]
    keys = [section.key for section in content.sections]
    style, script = (_asset(name) for name in ("report.css", "report.js"))
    return environment.get_template("report.html").render(
        report=report,
        content=content,
        labels=LABELS,
        language=options.language,
        reviewed=reviewed,
        before=[s for s in content.sections if s.key in ("key_dates", "exposure")],
        after=[s for s in content.sections if not _is_reviewed(s) and s.key not in ("key_dates", "exposure")],
        numbers=numbers,
        topics=[topic for topic in TOPICS if any(f.topic == topic for _, f in quoted)],
        severities=[s for s in reversed(SEVERITIES) if any(f.severity == s for _, f in quoted)],
        has_protections="protections" in keys,
        brief_keys=BRIEF,
        paragraphs=list(_paragraphs(document, options.clauses, quoted)) if document else [],
        highlighted=_anchored(document, quoted) if document else frozenset(),
        text_language=_LANG.get(report.document.script, ""),
        quote_runs=_quote_runs,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _is_reviewed(section: Section) -> bool:
    return section.key in ("compound", "protections", *TOPICS)


def _asset(name: str) -> str:
    return (files("contractscan.renderers") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _quote_runs(evidence: Evidence) -> list[tuple[str, bool]]:
    """The quote cut into (words, whether they matched)."""
    runs, position = [], evidence.start
    for start, end in sorted(evidence.marks):
        start, end = max(start, position), min(end, evidence.end)
        if start >= end:
            continue
        runs += [(evidence.quote[position - evidence.start : start - evidence.start], False)]
        runs += [(evidence.quote[start - evidence.start : end - evidence.start], True)]
        position = end
    return [run for run in (*runs, (evidence.quote[position - evidence.start :], False)) if run[0]]


def _level(finding: Finding) -> str:
    return "protection" if finding.effect == "protection" and finding.kind == "clause" else finding.severity


def _anchor(number: int, index: int) -> str:
    return f"e{number}-{index}"


def _stands(document: Document, evidence: Evidence) -> bool:
    """Whether the quote is where the evidence says; a report of another version of the file highlights nothing."""
    return bool(evidence.quote) and document.text[evidence.start : evidence.end] == evidence.quote


def _anchored(document: Document, quoted: Sequence[tuple[int, Finding]]) -> frozenset[str]:
    return frozenset(
        _anchor(number, index)
        for number, finding in quoted
        for index, evidence in enumerate(finding.evidence)
        if _stands(document, evidence)
    )


def _paragraphs(
    document: Document, clauses: Sequence[Clause], quoted: Sequence[tuple[int, Finding]]
) -> Iterator[Paragraph]:
    """The contract's lines in order, cut wherever a quote, a matching word or a muted part begins or ends."""
    text = document.text
    opens: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    closes: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    anchors: dict[int, list[str]] = defaultdict(list)

    def span(start: int, end: int, kind: str, value: object) -> None:
        if 0 <= start < end <= len(text):
            opens[start].append((kind, value))
            closes[end].append((kind, value))

    for number, finding in quoted:
        for index, evidence in enumerate(finding.evidence):
            if _stands(document, evidence):
                anchors[evidence.start].append(_anchor(number, index))
                span(evidence.start, evidence.end, "finding", (number, index, _level(finding)))
                for order, (start, end) in enumerate(evidence.marks):
                    span(start, end, "mark", (number, index, order))
    for order, muted in enumerate(document.muted):
        span(muted.start, muted.end, "muted", (order, muted.reason))

    starts = [0]
    starts += [index + 1 for index, character in enumerate(text) if character == "\n" and index + 1 < len(text)]
    clause_at = {clause.start: clause for clause in clauses}
    paged = [block for block in document.blocks if block.page is not None]
    page_starts = [block.start for block in paged]
    points = sorted({*starts, len(text), *opens, *closes})
    active: dict[tuple[str, Any], None] = {}
    shown_page: int | None = None
    point = 0
    for line, start in enumerate(starts):
        end = starts[line + 1] if line + 1 < len(starts) else len(text)
        runs: list[Run] = []
        while point < len(points) and points[point] < end:
            here, there = points[point], points[point + 1]
            for item in closes.get(here, ()):
                active.pop(item, None)
            for item in opens.get(here, ()):
                active[item] = None
            run = _run(text[here:there], active, anchors.get(here, ()))
            if runs and not run.anchors and _alike(runs[-1], run):
                runs[-1] = replace(runs[-1], parts=(*runs[-1].parts, *run.parts))
            else:
                runs.append(run)
            point += 1
        block = bisect_right(page_starts, end - 1) - 1
        page = paged[block].page if block >= 0 else None
        begins = page if page != shown_page else None
        shown_page = page
        if not text[start:end].strip():
            if begins:
                shown_page = None  # an empty line shows no page number; the next one does
            continue
        clause = clause_at.get(start)
        yield Paragraph(
            runs=tuple(run if "".join(text for text, _ in run.parts).strip() else _bare(run) for run in runs),
            page=begins,
            depth=min(clause.level, 4) if clause else 0,
            heading=bool(clause and clause.heading) and end - start <= _HEADING_LENGTH,
        )


def _alike(one: Run, other: Run) -> bool:
    return (one.numbers, one.muted) == (other.numbers, other.muted)


def _bare(run: Run) -> Run:
    return Run(parts=run.parts, anchors=run.anchors)


def _run(text: str, active: dict[tuple[str, Any], None], anchors: Sequence[str]) -> Run:
    hits = [value for kind, value in active if kind == "finding"]
    muted = [value[1] for kind, value in active if kind == "muted"]
    levels = ("protection", *SEVERITIES)
    return Run(
        parts=((text, any(kind == "mark" for kind, _ in active)),),
        numbers=tuple(dict.fromkeys(number for number, _, _ in hits)),
        level=max((level for _, _, level in hits), key=levels.index, default=""),
        muted=muted[0] if muted else "",
        anchors=tuple(anchors),
    )
