"""Tables as lines of text.

A row of data is one line. Under a header row each cell is read with its header (`服务项目：直播；服务费：20,000元`), so
that a rule sees what a figure is for; without one the cells are set apart by tabs, as a copied table is. Cells that
hold whole paragraphs (a signature block, a bilingual contract side by side) are read cell by cell as ordinary lines.
Merged cells are read once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from contractscan.readers.docx.lines import Line, join
from contractscan.readers.docx.names import VAL, first, integer, on, w
from contractscan.readers.docx.state import Reading
from contractscan.text import CJK

_TR_PR, _TC_PR = w("trPr"), w("tcPr")
Story = Callable[[Any, Reading], Iterator[Line]]

_MOST_COLUMNS = 10_000  # Word allows 63; a hostile span must not grow without end
_LONGEST_HEADER = 24
_LONGEST_ROW = 1_000
_LONG_CELL = 60  # a table of two languages holds clauses, not words
# Words that name a column. Two cells of a first row that hold one make it a header.
_HEADER_WORDS_RE = re.compile(
    r"序号|编号|項目|项目|名称|名稱|内容|內容|服务|服務|负责|負責|产品|產品|商品|品名|规格|規格|型号|單位|单位|数量|數量|单价|單價|价格|價格|金额|金額|费用|費用|"
    r"费率|費率|比例|标准|標準|合计|合計|小计|总价|總價|备注|備註|说明|說明|时间|時間|日期|期限|周期|週期|期数|阶段|階段|节点|節點|条件|條件|"
    r"方式|类型|類型|类别|類別|级别|等级|平台|账号|帳號|指标|要求|频次|频率|责任|违约|付款|支付|佣金|提成|折扣|品牌|地点|地址|联系|姓名|职务|"
    r"\b(?:no\.?|item|description|services?|products?|qty|quantity|unit|prices?|fees?|rates?|amounts?|total|cost|date|"
    r"due|terms?|period|phase|stage|milestone|deliverables?|remarks?|notes?|type|name|level|metric|target|percent(?:age)?|"
    r"commission|payment|currency|frequency|platform|account|section|details?|role|hours?|options?|reference)\b",
    re.I,
)
_VALUE_RE = re.compile(r"\d{2,}|[:：]$|[。；;!！?？]|[_＿]{2,}|[¥￥$€£]\s*\d|☐|☑|□|√|@")
_CJK_RE = re.compile(f"[{CJK}]")
_SPACED_RE = re.compile(f"(?<=[{CJK}])\\s+(?=[{CJK}])")  # 责  任 is one word, drawn wide
_LATIN_RE = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Cell:
    """A cell and the grid columns it covers, `start` up to and not including `end`."""

    start: int
    end: int
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    paragraph: int
    header: bool  # marked to be repeated on every page
    element: Any


def table_lines(table: Any, reading: Reading, story: Story) -> list[Line]:
    """The lines of one table, nested tables included, in reading order."""
    rows = [row for row in _rows(table, reading, story) if row.cells]
    if not rows:
        return []
    side_by_side = _is_bilingual(rows)
    headers = None if side_by_side else _header(rows)
    lines: list[Line] = []
    for position, row in enumerate(rows):
        if side_by_side or not _is_data(row, headers=headers):
            lines += chain.from_iterable(cell.lines for cell in row.cells)
        elif headers is not None and position > 0:
            lines += _with_headers(row, headers)
        else:
            lines += _plain_row(row)
    return lines


# --------------------------------------------------------------- from the XML


def _rows(table: Any, reading: Reading, story: Story) -> Iterator[Row]:
    open_merges: dict[int, bool] = {}
    for element in _within(table, w("tr"), reading):
        properties = first(element, _TR_PR)
        gone, hidden = False, False
        if properties is not None:
            removed, added = properties.find(w("del")) is not None, properties.find(w("ins")) is not None
            reading.deletions += removed
            reading.insertions += added
            gone = removed if reading.revisions == "final" else added if reading.revisions == "original" else False
            hidden = bool(on(properties, w("hidden")))
        paragraph = reading.paragraphs
        reading.silent += gone
        cells = list(_cells(element, properties, reading, story, open_merges))
        reading.silent -= gone
        if hidden:
            reading.hidden_characters += sum(len(cell.text) for cell in cells)
            continue
        repeats = properties is not None and bool(on(properties, w("tblHeader")))
        yield Row([] if gone else [cell for cell in cells if cell.lines], paragraph, repeats, element)


def _cells(row: Any, properties: Any, reading: Reading, story: Story, open_merges: dict[int, bool]) -> Iterator[Cell]:
    """The cells of a row. What goes on from the cell above (w:vMerge) is not shown and is not read."""
    column = 0
    if properties is not None and (before := properties.find(w("gridBefore"))) is not None:
        column = min(max(integer(before.get(VAL)) or 0, 0), _MOST_COLUMNS)
    for element in _within(row, w("tc"), reading):
        own = first(element, _TC_PR)
        span, merge, removed, added = 1, None, False, False
        if own is not None:
            width = own.find(w("gridSpan"))
            span = 1 if width is None else min(max(integer(width.get(VAL)) or 1, 1), _MOST_COLUMNS)
            vertical = own.find(w("vMerge"))
            merge = None if vertical is None else vertical.get(VAL, "continue")
            across = own.find(w("hMerge"))
            removed, added = own.find(w("cellDel")) is not None, own.find(w("cellIns")) is not None
            if across is not None and across.get(VAL, "continue") == "continue":
                merge = "across"
        gone = removed if reading.revisions == "final" else added if reading.revisions == "original" else False
        reading.silent += gone
        lines = list(story(element, reading))
        reading.silent -= gone
        start, column = column, min(column + span, _MOST_COLUMNS)
        covered = merge == "across" or (merge == "continue" and open_merges.get(start, False))
        open_merges[start] = merge == "restart" or (merge == "continue" and covered)
        if covered:
            reading.hidden_characters += sum(len(line.text) for line in lines)
            lines = []
        yield Cell(start, column, lines)


def _within(parent: Any, wanted: str, reading: Reading) -> Iterator[Any]:
    """Rows or cells, also those inside content controls and other wrappers."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, wanted, reading)
        elif child.tag in _MARKS:
            reading.loose_anchors.append((child.get(w("id"), ""), child.tag == w("commentRangeEnd")))


_WRAPPERS = frozenset((w("sdt"), w("sdtContent"), w("customXml"), w("smartTag"), w("ins"), w("moveTo")))
_MARKS = frozenset((w("commentRangeStart"), w("commentRangeEnd")))


def _is_bold(row: Any) -> bool:
    """Every run with text in the row is bold, or every cell is shaded: how a header row looks."""
    runs = [run for run in row.iter(w("r")) if run.find(w("t")) is not None]
    if not runs:
        return False
    return all((own := run.find(w("rPr"))) is not None and bool(on(own, w("b"))) for run in runs)


# ------------------------------------------------------------------- judgement


def _header(rows: list[Row]) -> list[tuple[int, int, str]] | None:
    """The columns named by the first row as (start, end, name), or None when it names none.

    A first row is a header when all its cells are short names without values, and it is marked as one, or looks like
    one beside the second row (bold), or names at least two columns in words that columns are called by. Rows of a form
    (甲方 | 某公司) are not.
    """
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return None
    top = rows[0]
    names = [_SPACED_RE.sub("", cell.text).strip() for cell in top.cells]
    if any(len(cell.lines) > 2 or not _is_name(name) for cell, name in zip(top.cells, names, strict=True)):
        return None
    if len(set(names)) < len(names):
        return None
    widest = max(len(row.cells) for row in rows[1:])
    if widest < 2:
        return None
    worded = sum(1 for name in names if _HEADER_WORDS_RE.search(name))
    form = len(names) % 2 == 0 and _is_form(rows)
    looks = _is_bold(top.element) and not all(_is_bold(row.element) for row in rows[1:])
    if top.header or (looks and not form) or (worded >= 2 and worded >= len(names) / 2 and not form):
        return [(cell.start, cell.end, name.rstrip(":： ")) for cell, name in zip(top.cells, names, strict=True)]
    return None


def _is_name(text: str) -> bool:
    limit = _LONGEST_HEADER if _CJK_RE.search(text) else 2 * _LONGEST_HEADER
    return 0 < len(text) <= limit and _VALUE_RE.search(text) is None


def _is_form(rows: list[Row]) -> bool:
    """Label, value, label, value: the odd cells of most rows below also end in a colon or name something."""
    labels = sum(
        1
        for row in rows[1:]
        if row.cells[0].text.rstrip().endswith((":", "：")) or (len(row.cells) == 2 and _is_label(row.cells[0].text))
    )
    return len(rows[0].cells) == 2 and labels * 2 > len(rows) - 1


_LABEL_RE = re.compile(
    r"^(?:甲方|乙方|丙方|法定代表人|代表人|联系人|联系电话|电话|手机|地址|邮箱|电子邮[箱件]|传真|邮编|开户行|开户银行|账号|帳號|户名|税号|"
    r"纳税人识别号|统一社会信用代码|签订日期|签约日期|合同编号|client|provider|customer|company|name|address|e-?mail|phone|date|title|signature)\s*[:：]?$",
    re.I,
)


def _is_label(text: str) -> bool:
    return _LABEL_RE.match(text.strip()) is not None


def _is_bilingual(rows: list[Row]) -> bool:
    """Two languages side by side: in at least half of the rows one cell is mostly Chinese and another mostly Latin."""
    if not any(len(cell.text) > _LONG_CELL for row in rows for cell in row.cells):
        return False
    both = 0
    for row in rows:
        kinds = {_script(cell.text) for cell in row.cells}
        both += kinds >= {"cjk", "latin"}
    return both * 2 >= len(rows)


def _script(text: str) -> str:
    sample = text[:400]
    ideographs = len(_CJK_RE.findall(sample))
    letters = len(_LATIN_RE.findall(sample))
    if ideographs + letters < 4:
        return "none"
    return "cjk" if ideographs * 3 > letters else "latin" if ideographs * 20 < letters else "mixed"


def _is_data(row: Row, *, headers: list[tuple[int, int, str]] | None) -> bool:
    """A row is one line when it has several cells and none holds more than a paragraph, a header apart."""
    lines = [line for cell in row.cells for line in cell.lines]
    if len(row.cells) < 2 or any(line.kind in ("table", "note") for line in lines):
        return False
    if headers is not None:
        return sum(len(line.text) for line in lines) <= _LONGEST_ROW
    return all(len(cell.lines) == 1 for cell in row.cells)


# ----------------------------------------------------------------------- lines


def _with_headers(row: Row, headers: list[tuple[int, int, str]]) -> list[Line]:
    chinese = _CJK_RE.search(row.cells[0].text + headers[0][2])
    pairs, colon = ("；", "：") if chinese else ("; ", ": ")
    lines: list[Line] = []
    separators: list[str] = []
    for cell in row.cells:
        name = _name_of(cell, headers)
        for position, line in enumerate(cell.lines):
            lead = pairs if position == 0 and lines else " " if lines else ""
            separators.append(lead + (name + colon if name and position == 0 else ""))
            lines.append(_one_line(line))
    return [join(lines, separators, kind="table", paragraph=row.paragraph)]


def _name_of(cell: Cell, headers: list[tuple[int, int, str]]) -> str:
    """The header above a cell; none for a cell that lies under several, like the total at the foot."""
    index = bisect_right(headers, cell.start, key=lambda header: header[0]) - 1
    if index < 0:
        return ""
    start, end, name = headers[index]
    return name if start <= cell.start and cell.end <= end else ""


def _plain_row(row: Row) -> list[Line]:
    lines = [_one_line(line) for cell in row.cells for line in cell.lines]
    separators = ["\t" if position == 0 else " " for cell in row.cells for position, _ in enumerate(cell.lines)]
    separators[0] = ""
    return [join(lines, separators, kind="table", paragraph=row.paragraph)]


def _one_line(line: Line) -> Line:
    line.text = line.text.replace("\n", " ").replace("\t", " ")
    return line
