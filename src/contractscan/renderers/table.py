"""The findings as a list for a spreadsheet: CSV and XLSX. No cell can become a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from contractscan.model import Bilingual, Finding, Report
from contractscan.renderers.archive import steady
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import worst_first
from contractscan.renderers.wording import clause_name, law, one_line

# A spreadsheet takes a cell that begins so for a formula, full-width forms too; a leading apostrophe keeps it text.
_FORMULA = tuple("=+-@＝＋－＠\t\r")
_CELL_LIMIT = 32_767  # of XLSX, in characters
_COLUMNS = (
    ("severity", 8),
    ("topic", 14),
    ("kind", 12),
    ("title", 30),
    ("clause", 24),
    ("page", 7),
    ("quote", 60),
    ("message", 40),
    ("suggestion", 40),
    ("fallback", 40),
    ("law", 40),
    ("set_aside", 20),
    ("rule", 24),
    ("identifier", 18),
)


def render_csv(report: Report, options: Options) -> str:
    """RFC 4180 with a byte order mark, by which spreadsheets know that the Chinese is UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([LABELS[key].get(options.language) for key, _ in _COLUMNS])
    for row in _rows(report, options.language):
        writer.writerow([_safe(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def render_xlsx(report: Report, options: Options) -> bytes:
    """One sheet with a frozen heading and a filter."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = LABELS["findings"].get(options.language)
    sheet.append([LABELS[key].get(options.language) for key, _ in _COLUMNS])
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(_rows(report, options.language), start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value=_safe(value)[:_CELL_LIMIT])
            cell.data_type = "s"
            cell.alignment = wrapped
    for index, (_, width) in enumerate(_COLUMNS, start=1):
        sheet.cell(1, index).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = BytesIO()
    workbook.save(out)
    return steady(out.getvalue())


def _rows(report: Report, language: str) -> list[list[str]]:
    return [_row(finding, language) for finding in worst_first(report.findings)]


def _row(finding: Finding, language: str) -> list[str]:
    def say(text: Bilingual | None) -> str:
        return one_line(text.get(language)) if text else ""

    pages = dict.fromkeys(str(item.page) for item in finding.evidence if item.page is not None)
    return [
        LABELS[finding.severity].get(language),
        say(LABELS[finding.topic]),
        say(_kind(finding)),
        say(finding.title),
        say(clause_name(finding.clause)),
        " ".join(pages),
        " … ".join(one_line(item.quote) for item in finding.evidence),
        say(finding.message),
        say(finding.suggestion),
        say(finding.fallback),
        say(law(finding.references)),
        one_line(finding.suppressed.reason) or finding.suppressed.by if finding.suppressed else "",
        finding.rule_id,
        finding.id,
    ]


def _kind(finding: Finding) -> Bilingual:
    if finding.kind == "clause":
        return LABELS["protection" if finding.effect == "protection" else "clause_finding"]
    return LABELS["absence" if finding.kind == "absence" else "compound_finding"]


def _safe(cell: str) -> str:
    return "'" + cell if cell.lstrip().startswith(_FORMULA) else cell
