"""Rebuild sample_contracts/ from sample_contracts/sources/: each text is written once, and every format is made of it.

    python scripts/build_samples.py                  # all of them
    python scripts/build_samples.py fair-agency      # one

The same source gives the same bytes with the same library versions: PDF in reportlab's invariant mode, DOCX with fixed
time stamps. Chinese PDFs embed a subset of LXGW WenKai (SIL Open Font License 1.1; Debian: fonts-lxgw-wenkai).

The sources are a small part of Markdown: `# ` title, `## ` article, `- ` clause, `  - ` item, `### ` annex (on a new
page), `| … |` table, anything else a paragraph. Numbers are made here: as text in a PDF, as Word's automatic numbering
in a DOCX.
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"
SOURCES = SAMPLES / "sources"
FONTS = Path("/usr/share/fonts/truetype/lxgw-wenkai")
FIXED_TIME = datetime(2026, 1, 1)

PREFIXES = {"### ": "annex", "## ": "article", "# ": "title", "  - ": "item", "- ": "clause"}
LEVELS = ("article", "clause", "item")

# One row a level: Word's number format, Word's level text (%1 is the article's number), what follows the number.
NUMBERING: dict[str, tuple[tuple[str, str, str], ...]] = {
    "zh": (("chineseCountingThousand", "第%1条", " "), ("decimal", "%1.%2", " "), ("decimal", "（%3）", "")),
    "tw": (
        ("taiwaneseCountingThousand", "第%1條", " "),
        ("taiwaneseCountingThousand", "%2、", ""),
        ("taiwaneseCountingThousand", "（%3）", ""),
    ),
    "list": (("chineseCountingThousand", "%1、", ""), ("decimal", "%2.", " "), ("decimal", "（%3）", "")),
    "en": (("decimal", "Article %1.", " "), ("decimal", "%1.%2", " "), ("lowerLetter", "(%3)", " ")),
    "none": (),
}


@dataclass(frozen=True)
class Block:
    kind: str  # title, article, clause, item, annex, table, paragraph
    text: str = ""
    number: str = ""  # as printed, with what follows it
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sample:
    name: str  # path under sample_contracts/, without suffix
    formats: tuple[str, ...]
    numbering: str
    header: str
    footer: str
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Sample:
    """Parse one source file; an unknown key in its front matter is an error."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    meta: dict[str, Any] = {"header": "", "footer": ""} | yaml.safe_load(front)
    name = path.relative_to(SOURCES).with_suffix("").as_posix()
    return Sample(name=name, blocks=_blocks(body, NUMBERING[meta["numbering"]]), **meta)


def _blocks(body: str, levels: tuple[tuple[str, str, str], ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    counters = [0, 0, 0]
    for paragraph in body.strip("\n").split("\n\n"):
        if paragraph.startswith("|"):
            rows = tuple(
                tuple(cell.strip() for cell in line.strip("|").split("|")) for line in paragraph.splitlines()
            )
            blocks.append(Block("table", rows=rows))
            continue
        prefix = next((p for p in PREFIXES if paragraph.startswith(p)), "")
        kind = PREFIXES.get(prefix, "paragraph")
        number = ""
        if kind in LEVELS:
            level = LEVELS.index(kind)
            counters[level] += 1
            counters[level + 1 :] = [0] * (2 - level)
            number = _number(levels, counters, level)
        blocks.append(Block(kind, paragraph.removeprefix(prefix), number))
    return tuple(blocks)


def _number(levels: tuple[tuple[str, str, str], ...], counters: list[int], level: int) -> str:
    _, pattern, suffix = levels[level]
    for index, count in enumerate(counters):
        # Below the article's own heading Word shows its number as 8, not 八 (isLgl).
        number_format = levels[index][0] if index == level else "decimal"
        pattern = pattern.replace(f"%{index + 1}", _counted(count, number_format))
    return pattern + suffix


def _counted(count: int, number_format: str) -> str:
    if number_format == "decimal":
        return str(count)
    if number_format == "lowerLetter":
        return "abcdefghijklmnopqrstuvwxyz"[count - 1]
    tens, ones = divmod(count, 10)
    digits = "零一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


# ------------------------------------------------------------------------ PDF


def build_pdf(sample: Sample) -> bytes:
    """Lay the sample out on A4 with its header, footer and page numbers; tables are ruled."""
    first = _draw_pdf(sample, pages=0)
    return _draw_pdf(sample, pages=first[1])[0]


def _draw_pdf(sample: Sample, *, pages: int) -> tuple[bytes, int]:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table, paragraph

    regular, bold, wrap = "Times-Roman", "Times-Bold", None
    if sample.numbering != "en":
        # reportlab knows Japanese punctuation only; without this a line may begin with a full-width comma.
        if "，" not in paragraph.ALL_CANNOT_START:
            paragraph.ALL_CANNOT_START += "，；：？！》”"
        regular, bold, wrap = "WenKai", "WenKai-Bold", "CJK"
        pdfmetrics.registerFont(TTFont(regular, str(FONTS / "LXGWWenKai-Regular.ttf")))
        pdfmetrics.registerFont(TTFont(bold, str(FONTS / "LXGWWenKai-Bold.ttf")))

    width = A4[0] - 50 * mm
    body = ParagraphStyle("body", fontName=regular, fontSize=11, leading=18, wordWrap=wrap, spaceAfter=3)
    strong = ParagraphStyle("strong", parent=body, fontName=bold)
    cell = ParagraphStyle("cell", parent=body, fontSize=9.5, leading=14, spaceAfter=0)
    styles = {
        "title": ParagraphStyle("title", parent=strong, fontSize=18, leading=30, alignment=1, spaceAfter=12),
        "article": ParagraphStyle("article", parent=strong, spaceBefore=8, keepWithNext=1),
        "annex": ParagraphStyle("annex", parent=strong, fontSize=13, leading=24, spaceAfter=6),
        "clause": body,
        "item": ParagraphStyle("item", parent=body, leftIndent=22),
        "paragraph": body,
    }
    story: list[Any] = []
    for block in sample.blocks:
        if block.kind == "table":
            rows = [[Paragraph(escape(text), cell) for text in row] for row in block.rows]
            columns = len(block.rows[0])
            table = Table(rows, repeatRows=1, hAlign="LEFT", colWidths=[width / columns] * columns)
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
            story += [table, Spacer(1, 6)]
            continue
        if block.kind == "annex":
            story.append(PageBreak())
        story.append(Paragraph(escape(block.number + block.text), styles[block.kind]))

    def furniture(canvas: Any, template: Any) -> None:
        canvas.setFont(regular, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 14 * mm, sample.header)
        canvas.setLineWidth(0.4)
        canvas.line(25 * mm, A4[1] - 16 * mm, A4[0] - 25 * mm, A4[1] - 16 * mm)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, sample.footer.format(page=template.page, pages=pages))

    title = next(block.text for block in sample.blocks if block.kind == "title")
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pagesize=A4, invariant=1, title=title, author="contractscan samples")
    frame = Frame(25 * mm, 20 * mm, width, A4[1] - 42 * mm, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furniture))
    template.build(story)
    return buffer.getvalue(), template.page


# ----------------------------------------------------------------------- DOCX


def build_docx(sample: Sample) -> bytes:
    """Write the sample with python-docx: automatic numbering, real tables, header, footer with page fields."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    latin, asian = ("Times New Roman", "宋体" if sample.numbering != "tw" else "新細明體")
    for style in ("Normal", "Heading 1", "Title"):
        font = document.styles[style].font
        font.name, font.size = latin, Pt({"Normal": 11, "Heading 1": 12, "Title": 18}[style])
        font.color.rgb = None
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme font would win over ours
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), asian)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)

    if sample.numbering != "none":
        _write_numbering(document, NUMBERING[sample.numbering])
        heading = document.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr()
        heading.get_or_add_numId().val = 1

    for block in sample.blocks:
        if block.kind == "table":
            table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
            for row, texts in zip(table.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            document.add_paragraph()
            continue
        style = {"title": "Title", "article": "Heading 1"}.get(block.kind, "Normal")
        paragraph = document.add_paragraph(block.text, style=style)
        if block.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif block.kind == "annex":
            paragraph.paragraph_format.page_break_before = True
            paragraph.runs[0].bold = True
        elif block.kind in ("clause", "item"):
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_numId().val = 1
            numbering.get_or_add_ilvl().val = LEVELS.index(block.kind)

    if sample.header:
        section.header.paragraphs[0].text = sample.header
        section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sample.footer:
        _write_footer(section.footer.paragraphs[0], sample.footer)
        section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER

    properties = document.core_properties
    properties.author = properties.last_modified_by = "contractscan samples"
    properties.title = next(block.text for block in sample.blocks if block.kind == "title")
    properties.comments = ""
    properties.created = properties.modified = FIXED_TIME
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _write_numbering(document: Any, levels: tuple[tuple[str, str, str], ...]) -> None:
    """Replace the template's numbering by one multilevel list; level 1 belongs to the style Heading 1."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    xml = [f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>']
    for index, (number_format, pattern, suffix) in enumerate(levels):
        style = '<w:pStyle w:val="Heading1"/>' if index == 0 else ""
        legal = "<w:isLgl/>" if pattern == "%1.%2" else ""
        xml.append(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{style}{legal}'
            f'<w:suff w:val="{"space" if suffix else "nothing"}"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{420 if index == 2 else 0}" w:firstLine="0"/></w:pPr></w:lvl>'
        )
    xml.append("</w:abstractNum>")
    root.append(parse_xml("".join(xml)))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))


def _write_footer(paragraph: Any, pattern: str) -> None:
    """Write `pattern` with {page} and {pages} as Word fields."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    rest = pattern
    for name, field in (("{page}", "PAGE"), ("{pages}", "NUMPAGES")):
        before, found, rest = rest.partition(name) if name in rest else ("", "", rest)
        if found:
            paragraph.add_run(before)
            simple = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.append(parse_xml(simple))
    paragraph.add_run(rest)


def _with_fixed_times(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return buffer.getvalue()


# ----------------------------------------------------------------------- text


def build_txt(sample: Sample) -> bytes:
    """The sample as plain text, one block a line, blank lines between."""
    return ("\n\n".join(block.number + block.text for block in sample.blocks) + "\n").encode()


BUILDERS = {"pdf": build_pdf, "docx": build_docx, "txt": build_txt}


def main(names: list[str]) -> None:
    for path in sorted(SOURCES.rglob("*.md")):
        sample = read_source(path)
        if names and sample.name not in names:
            continue
        for suffix in sample.formats:
            target = SAMPLES / f"{sample.name}.{suffix}"
            target.parent.mkdir(exist_ok=True)
            data = BUILDERS[suffix](sample)
            changed = not target.exists() or target.read_bytes() != data
            target.write_bytes(data)
            print(f"{target.relative_to(SAMPLES.parent)}: {len(data):,} bytes{'' if changed else ', unchanged'}")


if __name__ == "__main__":
    main(sys.argv[1:])
