"""Report → text for people or data for programs: one file a format, one table of formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from contractscan.errors import UsageError
from contractscan.model import Clause, Document, Report
from contractscan.renderers.dates import render_ics
from contractscan.renderers.docx import render_docx
from contractscan.renderers.markdown import render_markdown
from contractscan.renderers.memo import render_memo
from contractscan.renderers.options import Format, Options
from contractscan.renderers.page import render_html
from contractscan.renderers.pdf import render_pdf
from contractscan.renderers.sarif import render_sarif
from contractscan.renderers.table import render_csv, render_xlsx
from contractscan.renderers.text import render_text

__all__ = ["FORMATS", "Format", "render"]

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _render_json(report: Report, options: Options) -> str:
    return report.model_dump_json(indent=2) + "\n"


FORMATS: dict[str, Format] = {
    "text": Format(render_text, ".txt", "text/plain"),
    "md": Format(render_markdown, ".md", "text/markdown"),
    "json": Format(_render_json, ".json", "application/json"),
    "html": Format(render_html, ".html", "text/html"),
    "docx": Format(render_docx, ".annotated.docx", _WORD, binary=True),
    "pdf": Format(render_pdf, ".highlighted.pdf", "application/pdf", binary=True),
    "csv": Format(render_csv, ".csv", "text/csv"),
    "xlsx": Format(render_xlsx, ".xlsx", _SHEET, binary=True),
    "ics": Format(render_ics, ".ics", "text/calendar"),
    "sarif": Format(render_sarif, ".sarif", "application/sarif+json"),
    "memo": Format(render_memo, ".memo.docx", _WORD, binary=True),
}


def render(
    report: Report,
    format: str,  # noqa: A002 - the word users know
    *,
    language: Literal["zh", "en"] = "zh",
    document: Document | None = None,
    clauses: Sequence[Clause] = (),
    source: Path | bytes | None = None,
    width: int | None = None,
    color: bool = False,
) -> str | bytes:
    """`report` in one of `FORMATS`: str for text formats, bytes for binary ones.

    `html` shows the contract beside the findings when `document` is given. `docx` and `pdf` mark up the original and
    need `document` and `source`. Raises UsageError for a format that does not exist or lacks what it needs.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    options = Options(language=language, document=document, clauses=clauses, source=source, width=width, color=color)
    return FORMATS[format].render(report, options)
