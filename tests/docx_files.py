"""Builds DOCX files from snippets of WordprocessingML, so that a test shows the very markup it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from contractscan.model import Document
from contractscan.readers.docx import read_docx
from contractscan.readers.limits import ReadOptions

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{content}</w:{root}>'


def p(text: str = "", *, properties: str = "", raw: str = "") -> str:
    """A paragraph of one run, or of `raw` markup."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{raw}</w:p>"


def listed(text: str, num: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def table(*rows: list[str] | tuple[str, ...], header: bool = False) -> str:
    """A table of one-paragraph cells; a cell that begins with "<" is markup."""
    xml = []
    for number, row in enumerate(rows):
        cells = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if header and number == 0 else ""
        xml.append(f"<w:tr>{mark}{cells}</w:tr>")
    return f"<w:tbl>{''.join(xml)}</w:tbl>"


def level(index: int, text: str, number_format: str = "decimal", *, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def docx_bytes(
    body: str,
    parts: Mapping[str, str] | None = None,
    *,
    main: str = "word/document.xml",
    content_type: str = _MAIN_TYPE,
    extra: Mapping[str, bytes] | None = None,
    document: str | None = None,
) -> bytes:
    """A DOCX with `body` inside w:body; `parts` are named by their relationship (styles, numbering, header …)."""
    parts = parts or {}
    folder = main.rsplit("/", 1)[0]
    targets = {kind: f"{kind}.xml" for kind in parts}
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    kinds = "".join(
        f'<Override PartName="/{folder}/{target}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind.rstrip("0123456789")}+xml"/>'
        for kind, target in targets.items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/{main}" ContentType="{content_type}"/>{kinds}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="{main}"/></Relationships>',
        )
        archive.writestr(
            f"{folder}/_rels/{main.rsplit('/', 1)[1]}.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>",
        )
        archive.writestr(main, document if document is not None else part("document", f"<w:body>{body}</w:body>"))
        for kind, xml in parts.items():
            archive.writestr(f"{folder}/{kind}.xml", xml)
        for path, blob in (extra or {}).items():
            archive.writestr(path, blob)
    return stream.getvalue()


def read(body: str, parts: Mapping[str, str] | None = None, *, revisions: str = "final") -> Document:
    """Build and read in one step."""
    return read_docx(
        docx_bytes(body, parts),
        name="合同.docx",
        options=ReadOptions.model_validate({"revisions": revisions}),
    )
