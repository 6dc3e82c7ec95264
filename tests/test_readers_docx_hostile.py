"""Broken and hostile Word files end in a ReadError that says why and what to do, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractscan.errors import ContractScanError, ReadError
from contractscan.readers.docx import read_docx
from contractscan.readers.limits import Limits, ReadOptions
from docx_files import W, docx_bytes, p, part, read, table

GOOD = docx_bytes(p("第一条 费用") + table(["项目", "金额"], ["直播", "100元"]))
NESTED = "<w:sdt><w:sdtContent>" * 200 + p("甲方") + "</w:sdtContent></w:sdt>" * 200


def with_doctype(declaration: str, text: str = "甲方") -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{p(text)}</w:body></w:document>'
    return docx_bytes("", document=f'<?xml version="1.0" encoding="UTF-8"?>{declaration}{body}')


def with_flag(data: bytes) -> bytes:
    """Every entry marked as encrypted, in its own header and in the directory."""
    result = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = result.find(signature)
        while place >= 0:
            result[place + offset] |= 1
            place = result.find(signature, place + 4)
    return bytes(result)


def with_broken(data: bytes, *, crc: bool) -> bytes:
    """The main part's checksum or its compressed bytes overwritten."""
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml")
    result = bytearray(data)
    if crc:
        place = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
        result[place + 16 : place + 20] = struct.pack("<I", info.CRC ^ 1)
        result[info.header_offset + 14 : info.header_offset + 18] = struct.pack("<I", info.CRC ^ 1)
    else:
        start = info.header_offset + 30 + len(info.filename)
        result[start : start + 20] = b"\xff" * 20
    return bytes(result)


def twice() -> bytes:
    stream = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", part("document", "<w:body>" + p("另一份") + "</w:body>"))
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, blob in parts.items():
            target.writestr(name, blob)
    return stream.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], Limits, str]] = [
    ("zero bytes", lambda: b"", Limits(), "empty"),
    ("not a zip", lambda: b"PK\x03\x04 and nothing more", Limits(), "damaged"),
    ("truncated", lambda: GOOD[: len(GOOD) // 2], Limits(), "damaged"),
    ("bad checksum", lambda: with_broken(GOOD, crc=True), Limits(), "damaged"),
    ("bad deflate", lambda: with_broken(GOOD, crc=False), Limits(), "damaged"),
    ("encrypted entries", lambda: with_flag(GOOD), Limits(), "encrypted"),
    ("main part twice", twice, Limits(), "twice"),
    ("empty archive", lambda: archive(), Limits(), "not a Word document"),
    ("another archive", lambda: archive(readme=b"x"), Limits(), "not a Word document"),
    ("malformed XML", lambda: docx_bytes("", document="<w:document><w:body>"), Limits(), "well-formed"),
    ("empty main part", lambda: docx_bytes("", document=""), Limits(), "damaged"),
    ("spreadsheet root", lambda: docx_bytes("", document='<workbook xmlns="urn:x"/>'), Limits(), "not a Word document"),
    ("document type", lambda: with_doctype("<!DOCTYPE w:document>"), Limits(), "DOCTYPE"),
    (
        "external entity",
        lambda: with_doctype('<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "甲&x;方"),
        Limits(),
        "DOCTYPE",
    ),
    (
        "billion laughs",
        lambda: with_doctype(
            '<!DOCTYPE w:document [<!ENTITY a "'
            + "甲" * 100
            + '">'
            + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
            + "]>",
            "&h;",
        ),
        Limits(),
        "DOCTYPE|well-formed",
    ),
    ("deep nesting", lambda: docx_bytes(NESTED), Limits(), "nested"),
    (
        "too many parts",
        lambda: docx_bytes(p("甲"), extra={f"x/{n}": b"" for n in range(30)}),
        Limits(entries=20),
        "parts",
    ),
    ("large part", lambda: docx_bytes(p("甲"), extra={"x": bytes(2000)}), Limits(part_bytes=1999), "2,000 bytes"),
    (
        "large in all",
        lambda: docx_bytes(p("甲"), extra={f"x{n}": bytes(900) for n in range(9)}),
        Limits(unpacked_bytes=8000),
        "unpacks to",
    ),
    ("zip bomb", lambda: docx_bytes(p("甲"), extra={"x": bytes(3_000_000)}), Limits(), "200 times"),
    ("zip bomb in the main part", lambda: docx_bytes(" " * 60_000_000), Limits(), "50,000,000"),
    ("long text", lambda: docx_bytes(p("甲" * 50) * 3), Limits(characters=100), "more than 100 characters"),
]


@pytest.mark.parametrize(
    ("build", "limits", "reason"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_hostile_files_are_refused_with_reason_and_remedy(
    build: Callable[[], bytes], limits: Limits, reason: str
) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_docx(build(), name="合同.docx", options=ReadOptions(limits=limits))
    assert caught.value.path == "合同.docx"
    assert caught.value.remedy.endswith(".")


def test_a_header_that_declares_a_lower_size_is_damaged() -> None:
    """zipfile unpacks no more than the directory declares, so a lie about the size cannot become a bomb."""
    data = bytearray(docx_bytes(p("甲方" * 5000)))
    place = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    data[place + 24 : place + 28] = struct.pack("<I", 300)
    with pytest.raises(ReadError, match="damaged"):
        read_docx(bytes(data), name="x.docx", options=ReadOptions())


def test_a_span_over_ten_million_columns_costs_nothing() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="10000000"/></w:tcPr>' + p("合计") + "</w:tc>"
    assert read(f"<w:tbl><w:tr>{cell}<w:tc>{p('9元')}</w:tc></w:tr></w:tbl>").text == "合计\t9元"


@pytest.mark.parametrize("number", ["-5", "99999999999", "x", ""])
def test_nonsense_numbers_in_properties(number: str) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>{p("甲")}</w:tc>'
    paragraph = p("乙", properties=f'<w:outlineLvl w:val="{number}"/><w:numPr><w:ilvl w:val="{number}"/></w:numPr>')
    assert (
        read(f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='{number}'/></w:trPr>{cell}</w:tr></w:tbl>{paragraph}").text
        == "甲\n乙"
    )


def test_many_paragraphs() -> None:
    document = read_docx(
        docx_bytes("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 100_000),
        name="x.docx",
        options=ReadOptions(limits=Limits(ratio=10_000)),
    )
    assert len(document.blocks) == 100_000


def test_tables_inside_tables() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + p("底") + "</w:tc></w:tr></w:tbl>" * 60
    assert read(body).text == "底"


def test_styles_in_a_circle_and_notes_that_refer_to_themselves() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p("注", raw=mark)}</w:footnote>')
    body = p("甲方", properties='<w:pStyle w:val="A"/>', raw=mark)
    assert read(body, {"styles": styles, "footnotes": notes}).text == "甲方\n注"


def test_a_picture_that_cannot_be_unpacked_does_not_matter() -> None:
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/missing.png"/></Relationships>'
    )
    source, stream = zipfile.ZipFile(io.BytesIO(GOOD)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, relation if name == "word/_rels/document.xml.rels" else source.read(name))
    assert read_docx(stream.getvalue(), name="x.docx", options=ReadOptions()).text.startswith("第一条 费用")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_damaged_files_end_in_a_document_or_a_read_error(data: st.DataObject) -> None:
    """Bytes changed in the archive, or characters in the main part's markup."""
    if data.draw(st.booleans()):
        mutated = bytearray(GOOD)
        for _ in range(data.draw(st.integers(1, 8))):
            mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
        blob = bytes(mutated)
    else:
        xml = part("document", "<w:body>" + p("甲方") + table(["项目", "金额"], ["直播", "9元"]) + "</w:body>")
        start = data.draw(st.integers(0, len(xml) - 1))
        end = data.draw(st.integers(start, min(len(xml), start + 30)))
        blob = docx_bytes(
            "", document=xml[:start] + data.draw(st.text(max_size=10)).encode("utf-8", "ignore").decode() + xml[end:]
        )
    try:
        document = read_docx(blob, name="x.docx", options=ReadOptions())
    except ContractScanError:
        return
    assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)


def test_a_stored_part_with_a_wrong_method_is_damaged() -> None:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset : place + offset + 2] = struct.pack("<H", 99)
            place = data.find(signature, place + 4)
    with pytest.raises(ReadError, match="damaged"):
        read_docx(bytes(data), name="x.docx", options=ReadOptions())
