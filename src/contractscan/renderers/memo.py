"""The report as a Word memo for the file: the whole outline as a document that can be edited and signed off."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from contractscan.model import Bilingual, Evidence, Report
from contractscan.renderers.archive import steady
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import BRIEF, Entry, outline
from contractscan.renderers.wording import one_line

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_FONT = "Calibri"
_CHINESE_FONT = "宋体"


def render_memo(report: Report, options: Options) -> bytes:
    """A DOCX with Word's own heading, list and quotation styles."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    word = Document()
    normal = word.styles["Normal"]
    normal.font.name = _FONT
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    quote = word.styles["Quote"]
    quote.font.italic = False  # slanted Chinese is hard to read
    quote.paragraph_format.left_indent = Cm(1)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE_FONT)
    for name in ("Title", "Heading 1", "Heading 2"):
        word.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE_FONT)
    word.core_properties.title = LABELS["report"].get(options.language)
    word.core_properties.author = f"{report.tool.name} {report.tool.version}"
    _write(word, report, options.language)
    out = BytesIO()
    word.save(out)
    return steady(out.getvalue())


def _write(word: Word, report: Report, language: str) -> None:
    content = outline(report)

    def say(text: Bilingual) -> str:
        return one_line(text.get(language))

    colon = "：" if language == "zh" else ": "
    word.add_paragraph(say(content.title), style="Title")
    _table(word, [(say(name), say(value)) for name, value in content.facts], widths=(3.5, 12.5))
    word.add_heading(f"{LABELS['overall'].get(language)}{colon}{LABELS[content.severity].get(language)}", 1)
    for text in (content.counts, content.basis):
        if say(text):
            word.add_paragraph(say(text))
    if content.answers:
        word.add_heading(LABELS["answers"].get(language), 1)
        rows = [
            (
                say(answer.title) + (f"\n[{LABELS[answer.badge].get(language)}]" if answer.badge else ""),
                "\n".join(say(text) for _, text in answer.lines),
            )
            for answer in content.answers
        ]
        _table(word, rows, widths=(3.5, 12.5))
    if content.first_steps:
        word.add_heading(LABELS["first_steps"].get(language), 1)
        for step in content.first_steps:
            word.add_paragraph(say(step.title), style="List Number")
    for section in content.sections:
        word.add_heading(say(section.title), 1)
        for entry in section.entries:
            _entry(word, entry, language, brief=section.brief)
    word.add_paragraph()
    word.add_paragraph().add_run(say(content.disclaimer)).italic = True


def _table(word: Word, rows: Sequence[tuple[str, ...]], *, widths: tuple[float, ...]) -> None:
    """Widths in centimetres; Word reads them from the cells, others from the columns."""
    from docx.shared import Cm

    table = word.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.text, cell.width = value, Cm(width)


def _entry(word: Word, entry: Entry, language: str, *, brief: bool) -> None:
    head = f"[{LABELS[entry.badge].get(language)}] " if entry.badge else ""
    head += one_line(entry.title.get(language))
    if entry.tag:
        head += f" ({LABELS[entry.tag].get(language)})"
    where = one_line(entry.where.get(language))
    explained = bool(entry.passages) and not brief
    if explained:
        word.add_heading(head, 2)
    else:
        word.add_paragraph(f"{head}  {where}".rstrip(), style="List Bullet")
    body = "Normal" if explained else "List Continue"
    _quotes(word, entry.quotes, language)
    for passage in entry.passages:
        badge = f"[{LABELS[passage.badge].get(language)}] " if passage.badge != entry.badge else ""
        if where := badge + one_line(passage.where.get(language)):
            word.add_paragraph(where, style=body)
        _quotes(word, passage.quotes, language)
        if said := one_line(passage.message.get(language)):
            word.add_paragraph(said, style=body)
    for key, text in entry.lines:
        if (said := one_line(text.get(language))) and (not brief or key in BRIEF):
            _line(word.add_paragraph(style=body), key, said, language)


def _quotes(word: Word, quotes: Sequence[Evidence], language: str) -> None:
    for evidence in quotes:
        note = f" ({LABELS['ocr'].get(language)})" if evidence.source == "ocr" else ""
        word.add_paragraph(f"“{one_line(evidence.quote)}”{note}", style="Quote")


def _line(paragraph: Paragraph, key: str, text: str, language: str) -> None:
    if key:
        paragraph.add_run(LABELS[key].get(language) + ("：" if language == "zh" else ": ")).bold = True
    paragraph.add_run(text)
