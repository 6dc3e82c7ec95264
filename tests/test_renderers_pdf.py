"""The highlighted original: annotations at the words, the file's own bytes untouched."""

from __future__ import annotations

import ctypes
import io
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from contractscan.errors import UsageError
from contractscan.model import Bilingual, Block, Document, Evidence
from contractscan.renderers import render
from renderers_factory import make_case

CASE = make_case("en")
PAGES = (
    ("Service agreement", "The Client may terminate on thirty days notice.", "Fees paid are not refundable, and"),
    ("late fees stay due.", "Fees paid are not refundable, and", "The Agency owns the account."),
)
SIZE, LEFT, TOP, STEP = 12, 72, 100, 24


class Highlight(NamedTuple):
    page: int
    words: str
    note: str
    author: str


def pdf_file(rotate: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for lines in PAGES:
        canvas.setPageRotation(rotate)
        canvas.setFont("Helvetica", SIZE)
        for row, line in enumerate(lines):
            canvas.drawString(LEFT, 842 - TOP - row * STEP, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def document_of(rotate: int = 0) -> Document:
    """As a reader gives it: one block a line with its box on the page as shown; page 1 runs on into page 2."""
    text, blocks = "", []
    for number, lines in enumerate(PAGES, start=1):
        for row, line in enumerate(lines):
            start = len(text)
            text += line
            upright = (LEFT - 1, TOP + row * STEP - SIZE, LEFT + 400, TOP + row * STEP + 4)
            x0, top, x1, bottom = upright
            box = upright if rotate == 0 else (842 - bottom, x0, 842 - top, x1)  # 90 degrees clockwise
            blocks.append(Block(start=start, end=len(text), page=number, box=box))
            text += " " if line.endswith("and") and number == 1 else "\n"
    return Document(name="agreement.pdf", format="pdf", pages=2, text=text, blocks=tuple(blocks))


def annotate(*quotes: tuple[str, int], rotate: int = 0) -> tuple[bytes, bytes]:
    document = document_of(rotate)
    findings = []
    for number, (words, occurrence) in enumerate(quotes):
        start = -1
        for _ in range(occurrence + 1):
            start = document.text.index(words, start + 1)
        evidence = Evidence(start=start, end=start + len(words), quote=words)
        findings.append(CASE.report.findings[2].model_copy(update={"id": f"q{number}", "evidence": (evidence,)}))
    report = CASE.report.model_copy(update={"findings": (*findings, CASE.report.findings[4])})
    before = pdf_file(rotate)
    after = render(report, "pdf", language="en", document=document, source=before)
    assert isinstance(after, bytes)
    return before, after


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def annotations(data: bytes, kind: int) -> list[Highlight]:
    """Those of one kind in order, with the words that stand under them."""
    found = []
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf, start=1):
        textpage = page.get_textpage()
        for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == kind:
                words = []
                for order in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
                    quad = pdfium.FS_QUADPOINTSF()
                    pdfium.FPDFAnnot_GetAttachmentPoints(annotation, order, quad)
                    words.append(textpage.get_text_bounded(quad.x3, quad.y3, quad.x2, quad.y2).strip())
                found.append(
                    Highlight(number, " ".join(words), _string(annotation, b"Contents"), _string(annotation, b"T"))
                )
            pdfium.FPDFPage_CloseAnnot(annotation)
        textpage.close()
        page.close()
    pdf.close()
    return found


def highlights(data: bytes) -> list[Highlight]:
    return annotations(data, pdfium.FPDF_ANNOT_HIGHLIGHT)


def page_texts(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize("words", ["The Client may terminate on thirty days notice.", "may terminate", "thirty days"])
def test_a_highlight_covers_the_quoted_words(words: str, rotate: int) -> None:
    _, after = annotate((words, 0), rotate=rotate)
    assert [(h.page, h.words) for h in highlights(after)] == [(1, words)]


def test_a_quote_over_two_pages_is_highlighted_on_both() -> None:
    _, after = annotate(("Fees paid are not refundable, and late fees stay due.", 0))
    assert [(h.page, h.words) for h in highlights(after)] == [
        (1, "Fees paid are not refundable, and"),
        (2, "late fees stay due."),
    ]


def test_words_that_stand_twice_are_marked_where_they_were_found() -> None:
    _, after = annotate(("not refundable", 1))
    assert [(h.page, h.words) for h in highlights(after)] == [(2, "not refundable")]


def test_a_note_says_grade_title_meaning_and_advice() -> None:
    _, after = annotate(("not refundable", 0))
    (highlight,) = highlights(after)
    assert highlight.note.splitlines() == [
        "[High] Paid fees are not refunded",
        "Fees paid are kept on early termination.",
        "Suggestion: Ask for a refund of what was not performed.",
    ]
    assert highlight.author == "contractscan"


@pytest.mark.parametrize("words", ["\x00a", "\u202ea", "👩‍👩‍👧 a", "(a) \\ <b>", "长" * 3000 + "a"])
def test_any_text_of_a_rule_fits_into_a_note(words: str) -> None:
    document = document_of()
    start = document.text.index("not refundable")
    finding = CASE.report.findings[2].model_copy(
        update={
            "title": Bilingual(zh=words, en=words),
            "evidence": (Evidence(start=start, end=start + 14, quote="not refundable"),),
        }
    )
    report = CASE.report.model_copy(update={"findings": (finding,)})
    after = render(report, "pdf", language="en", document=document, source=pdf_file())
    (highlight,) = highlights(bytes(after))  # type: ignore[arg-type]
    assert highlight.note.splitlines()[0] == "[High] " + words.strip("\x00\u202e")


def test_two_findings_at_the_same_words_share_one_note() -> None:
    _, after = annotate(("not refundable", 0), ("not refundable", 0))
    (highlight,) = highlights(after)
    assert highlight.note.count("[High] Paid fees are not refunded") == 2


def test_the_first_page_carries_the_answers_and_what_is_missing() -> None:
    _, after = annotate(("not refundable", 1))
    (note,) = annotations(after, pdfium.FPDF_ANNOT_TEXT)
    assert note.page == 1
    assert "Can we leave: Yes: 30 days' written notice by the client" in note.note
    assert "[High] No duty to hand over the account was found" in note.note


def test_the_original_bytes_and_text_are_kept() -> None:
    before, after = annotate(("may terminate", 0), ("not refundable", 1))
    assert after.startswith(before)
    assert page_texts(after) == page_texts(before)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert annotate(("may terminate", 0))[1] == annotate(("may terminate", 0))[1]


def test_a_line_whose_characters_differ_is_highlighted_whole() -> None:
    document = document_of()
    text = document.text.replace("may terminate", "rnay terminate")  # as OCR might read it
    quote = "terminate on"
    start = text.index(quote)
    shifted = [
        b.model_copy(update={"start": b.start + (b.start > start), "end": b.end + (b.end > start)})
        for b in document.blocks
    ]
    document = document.model_copy(update={"text": text, "blocks": tuple(shifted)})
    finding = CASE.report.findings[2].model_copy(
        update={"evidence": (Evidence(start=start, end=start + len(quote), quote=quote),)}
    )
    report = CASE.report.model_copy(update={"findings": (finding,)})
    after = render(report, "pdf", language="en", document=document, source=pdf_file())
    assert [h.words for h in highlights(bytes(after))] == [PAGES[0][1]]  # type: ignore[arg-type]


def test_another_format_is_refused_with_the_right_one() -> None:
    document = document_of().model_copy(update={"format": "docx"})
    with pytest.raises(UsageError, match=r"the format 'pdf' marks up an original PDF file.*DOCX.*'docx'"):
        render(CASE.report, "pdf", document=document, source=b"PK")


def test_a_file_that_does_not_open_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be opened for highlighting"):
        render(CASE.report, "pdf", document=document_of(), source=b"%PDF-1.7 broken")
