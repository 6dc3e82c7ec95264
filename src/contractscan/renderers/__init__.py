"""Report → text for people or data for programs: one file a format, one table of formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from contractscan.errors import UsageError
from contractscan.model import Clause, Document, Report
from contractscan.renderers.markdown import render_markdown
from contractscan.renderers.options import Format, Options
from contractscan.renderers.page import render_html
from contractscan.renderers.text import render_text

__all__ = ["FORMATS", "Format", "render"]


def _render_json(report: Report, options: Options) -> str:
    return report.model_dump_json(indent=2) + "\n"


FORMATS: dict[str, Format] = {
    "text": Format(render_text, ".txt", "text/plain"),
    "md": Format(render_markdown, ".md", "text/markdown"),
    "json": Format(_render_json, ".json", "application/json"),
    "html": Format(render_html, ".html", "text/html"),
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
