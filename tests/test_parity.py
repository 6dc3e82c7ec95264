"""One contract gives the same findings as PDF, as DOCX and as plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractscan import Report, Scanner
from contractscan.model import Document
from contractscan.readers import ReadOptions, read

SAMPLES = Path(__file__).parents[1] / "sample_contracts"
OPTIONS = ReadOptions(guarded=False, ocr="never")
NAMES = ["douyin-agency", "fair-agency", "en-agency", "provider-is-party-a"]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(options=OPTIONS)


def plain_text(document: Document) -> bytes:
    """The text as a person would copy it into a file: without headers, footers and page numbers."""
    text, position = "", 0
    for muted in document.muted:
        if muted.reason == "furniture" and muted.start >= position:
            text += document.text[position : muted.start]
            position = muted.end
    return re.sub(r"\n{2,}", "\n", text + document.text[position:]).encode()


def told(report: Report) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Each finding without its place: rule, kind, severity, clause, and the words it rests on, white space aside."""
    return sorted(
        (f.rule_id, f.kind, f.severity, f.clause.number, tuple(re.sub(r"\s", "", e.quote) for e in f.evidence))
        for f in report.findings
    )


@pytest.mark.parametrize("name", NAMES)
def test_pdf_and_docx_give_the_same_findings(name: str, scanner: Scanner) -> None:
    pdf, docx = (scanner.scan(SAMPLES / f"{name}.{suffix}") for suffix in ("pdf", "docx"))
    assert len(pdf.findings) > 20
    assert told(pdf) == told(docx)


@pytest.mark.parametrize("name", [f"{name}.{suffix}" for name in NAMES for suffix in ("pdf", "docx")])
def test_the_text_of_a_file_gives_the_findings_of_the_file(name: str, scanner: Scanner) -> None:
    review = scanner.review(SAMPLES / name)
    text = scanner.scan(plain_text(review.document), name="合同.txt")
    assert told(text) == told(review.report)


@pytest.mark.parametrize("name", NAMES)
def test_pdf_and_docx_hold_the_same_text(name: str) -> None:
    texts = [
        re.sub(r"\s", "", plain_text(read(SAMPLES / f"{name}.{suffix}", options=OPTIONS)).decode())
        for suffix in ("pdf", "docx")
    ]
    assert texts[0] == texts[1]
