"""Web pages → Document: what Word, WPS and mail programs save as HTML or MHT, often under the name `.doc`.

The page is written down as the WordprocessingML that Word itself would make of it and read by the Word reader, so that
tables, numbers, struck and hidden text and boxes to tick mean the same in both. Nothing is fetched, no script is run.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Document
from contractscan.readers.docx import read_main
from contractscan.readers.docx.formats import format_number
from contractscan.readers.docx.names import VAL, w
from contractscan.readers.docx.package import Package
from contractscan.readers.limits import ReadOptions
from contractscan.readers.plain import decode
from contractscan.text import CJK, is_cjk

_REMEDY = "Open it in Word, WPS or a browser and save it as DOCX or PDF."
_CHARSET_RE = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
# Word breaks the lines of its source between ideographs, where no space belongs.
_BREAK_RE = re.compile(f"(?<=[{CJK}，。；：、）])[ \t]*\r?\n[ \t\r\n]*(?=[{CJK}，。；：、（])")
_OPENING_BREAK_RE = re.compile(f"^[ \t]*\r?\n[ \t\r\n]*(?=[{CJK}，。；：、（]|$)")
_XML_RE = re.compile(r"^\ufeff?\s*<\?xml[^>]*>")
_SPACE_RE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN_RE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_STRUCK_RE = re.compile(r"text-decoration[^;]*line-through", re.I)
_WHITE_RE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*(?:;|$)", re.I)
_GROUND_RE = re.compile(r"background(?:-color)?\s*:\s*(?!white|#fff|none|transparent)[^;]", re.I)
_REMARK_RE = re.compile(r"mso-element\s*:\s*comment", re.I)  # a reviewer's comment, and the list of them
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav",
        "ol", "p", "pre", "section", "ul",
    )
)  # fmt: skip
_SKIPPED = frozenset(
    (
        "audio", "canvas", "embed", "head", "iframe", "map", "noscript", "object", "script", "style", "svg", "template",
        "title", "video",
    )
)  # fmt: skip
_STRUCK = frozenset(("s", "strike"))
_CHANGES = {"del": w("del"), "ins": w("ins")}
_COUNTED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPAN = 1_000


def read_web(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read an HTML page or an MHT archive of one."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True)
    try:
        page = html.document_fromstring(_page(data, name), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, "is a web page that cannot be read.", _REMEDY) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise ReadError(name, "has elements nested too deeply.", _REMEDY)  # the parser leaves out what is below
    root = etree.Element(w("document"))
    writer = _Writer(etree.SubElement(root, w("body")))
    try:
        for body in page.iter("body"):
            writer.block(body, ())
        document = read_main(Package(root, {}, lambda _: None), name=name, options=options)
    except RecursionError as error:
        raise ReadError(name, "has elements nested too deeply.", _REMEDY) from error
    return document.model_copy(update={"format": "html"})


def _page(data: bytes, name: str) -> str:
    """The page's markup; of an MHT archive its first page."""
    charset: str | None = None
    if b"<" not in data[:1] and re.match(rb"[\w-]+:", data.lstrip()):
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                data, charset = content if isinstance(content, bytes) else b"", part.get_content_charset()
                break
        else:
            raise ReadError(name, "is a mail or web archive without a page in it.", _REMEDY)
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = _CHARSET_RE.search(data[:4096])
        charset = charset or (named[1].decode("ascii") if named else None)
        # Chinese programs write gb2312 and mean its extensions.
        encoding = "gb18030" if (charset or "").lower() in ("gb2312", "gbk", "gb18030", "x-gbk") else charset
        try:
            text = data.decode(encoding) if encoding else decode(data, name=name)
        except (LookupError, UnicodeDecodeError):
            text = decode(data, name=name)
    else:
        text = decode(data, name=name)
    return _XML_RE.sub("", text)


class _Writer:
    """Grows the Word body while the page is walked; `marks` are the run properties that hold where it stands."""

    def __init__(self, body: Any) -> None:
        self.target = body  # where paragraphs go: the body, or a cell
        self.paragraph: Any = None
        self.prefix = ""  # number or bullet of the list item that opens the next paragraph
        self.change: str | None = None
        self.last = " "  # the sign written last

    def block(self, element: Any, marks: tuple[str, ...], *, level: int | None = None) -> None:
        self.close()
        self.inside(element, marks, level=level)
        self.close()

    def close(self) -> None:
        self.paragraph = None

    def inside(self, element: Any, marks: tuple[str, ...], *, level: int | None = None) -> None:
        """The text and the children of `element`."""
        self.write(element.text, marks, level, keep=element.tag == "pre")
        number = _integer(element.get("start"), 1) if element.tag == "ol" else 1
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "li":
                    number = _integer(child.get("value"), number)
                    self.prefix = _item(element, number)
                    number += 1
                self.child(child, marks, level)
                if child.tag == "li":
                    self.prefix = ""
            self.write(child.tail, marks, level, keep=element.tag == "pre")

    def child(self, element: Any, marks: tuple[str, ...], level: int | None) -> None:
        tag, style = element.tag, element.get("style", "")
        if tag in _SKIPPED or _REMARK_RE.search(style) or element.get("class") == "msocomanchor":
            return
        marks = marks + _marks(element, tag, style)
        if tag == "br":
            self.add("br", marks, level)
        elif tag == "input":
            self.write(_field(element), marks, level)
        elif tag == "select":
            chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")
            self.write("".join(chosen[0].itertext()) if chosen else "", marks, level)
        elif tag == "img":
            self.add("pict", marks, level)
        elif tag == "table":
            self.table(element, marks)
        elif tag in _CHANGES:
            outer, self.change = self.change, _CHANGES[tag]
            self.inside(element, marks, level=level)
            self.change = outer
        elif tag in _BLOCKS:
            heading = int(tag[1]) - 1 if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else None
            self.block(element, marks, level=heading)
        else:
            self.inside(element, marks, level=level)

    def table(self, table: Any, marks: tuple[str, ...]) -> None:
        self.close()
        outer = self.target
        whole = _child(outer, "tbl")
        open_spans: dict[int, tuple[int, int]] = {}  # column: rows still covered, columns
        for row in (row for row in table.iter("tr") if _table_of(row) is table):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            own = _child(whole, "tr")
            if cells and all(cell.tag == "th" for cell in cells):
                _child(_child(own, "trPr"), "tblHeader")
            column = 0
            waiting = list(cells)
            while waiting or column in open_spans:
                if column in open_spans:
                    rows, wide = open_spans.pop(column)
                    if rows > 1:
                        open_spans[column] = (rows - 1, wide)
                    self.cell(own, None, wide, "continue", marks)
                else:
                    cell = waiting.pop(0)
                    wide = min(max(_integer(cell.get("colspan"), 1), 1), _MOST_SPAN)
                    rows = min(max(_integer(cell.get("rowspan"), 1), 1), _MOST_SPAN)
                    if rows > 1:
                        open_spans[column] = (rows - 1, wide)
                    self.cell(own, cell, wide, "restart" if rows > 1 else "", marks)
                column += wide
        self.target = outer

    def cell(self, row: Any, cell: Any, wide: int, merge: str, marks: tuple[str, ...]) -> None:
        self.target = own = _child(row, "tc")
        properties = _child(own, "tcPr")
        if wide > 1:
            _child(properties, "gridSpan", str(wide))
        if merge:
            _child(properties, "vMerge", merge)
        if cell is not None:
            self.block(cell, marks + _marks(cell, cell.tag, cell.get("style", "")))

    def write(self, text: str | None, marks: tuple[str, ...], level: int | None, *, keep: bool = False) -> None:
        if not text:
            return
        if keep:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.add("br", marks, level)
                self.add("t", marks, level, line)
            return
        if self.paragraph is not None and is_cjk(self.last):
            text = _OPENING_BREAK_RE.sub("", text)
        text = _SPACE_RE.sub(" ", _BREAK_RE.sub("", text))
        if text and (text != " " or self.paragraph is not None):
            self.add("t", marks, level, text)
            self.last = text[-1]

    def add(self, kind: str, marks: tuple[str, ...], level: int | None, text: str = "") -> None:
        if self.paragraph is None:
            self.paragraph = _child(self.target, "p")
            if level is not None:
                _child(_child(self.paragraph, "pPr"), "outlineLvl", str(level))
            text = text.lstrip(" ")
        if self.prefix:
            _child(_child(self.paragraph, "r"), "t").text = self.prefix
            self.prefix = ""
        parent = self.paragraph
        if self.change:
            parent = parent.makeelement(self.change)
            self.paragraph.append(parent)
        run = _child(parent, "r")
        if marks:
            properties = _child(run, "rPr")
            for mark in marks:
                if mark == "white":
                    _child(properties, "color", "FFFFFF")
                elif mark == "ground":
                    _child(properties, "highlight", "black")
                else:
                    _child(properties, mark)
        if kind == "pict":
            run = _child(run, "pict")
            run.append(run.makeelement("{urn:schemas-microsoft-com:vml}imagedata"))
        else:
            _child(run, kind).text = text or None


def _child(parent: Any, tag: str, value: str | None = None) -> Any:
    child = parent.makeelement(w(tag))
    if value is not None:
        child.set(VAL, value)
    parent.append(child)
    return child


def _marks(element: Any, tag: str, style: str) -> tuple[str, ...]:
    marks = []
    if (style and _UNSEEN_RE.search(style)) or "hidden" in element.attrib:
        marks.append("vanish")
    if tag in _STRUCK or (style and _STRUCK_RE.search(style)):
        marks.append("strike")
    if (style and _WHITE_RE.search(style)) or element.get("color", "").lower() in ("white", "#ffffff"):
        marks.append("white")
    if (style and _GROUND_RE.search(style)) or element.get("bgcolor", "white").lower() not in ("white", "#ffffff"):
        marks.append("ground")
    return tuple(marks)


def _item(parent: Any, number: int) -> str:
    """What stands before a list item."""
    if parent.tag != "ol":
        return "• " if parent.tag in ("ul", "menu") else ""
    return f"{format_number(number, _COUNTED.get(parent.get('type', '1'), 'decimal'))}. "


def _field(element: Any) -> str:
    kind = element.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in element.attrib else "☐"
    return element.get("value", "") if kind in ("text", "number", "date", "tel", "email") else ""


def _table_of(row: Any) -> Any:
    return next((above for above in row.iterancestors("table")), None)


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise
