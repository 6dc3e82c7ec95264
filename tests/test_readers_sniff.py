"""read(): any source, told by its content; what cannot be read is a ReadError with its remedy."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from contractscan.errors import ReadError
from contractscan.readers import read, sniff
from readers_drawing import UNGUARDED, lines, pdf

PDF = pdf(lines("第八条 合同解除", "甲方提前三十日书面通知乙方，可以解除本合同。"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def archive(*names: str, **contents: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in names:
            packed.writestr(name, contents.get(name, b"<x/>"))
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00" * 64


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (b"junk\n" * 9 + PDF, "pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "word/document2.xml"), "docx"),
        (archive("mimetype", mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (ole("WordDocument"), "doc"),
        (ole("EncryptedPackage"), "encrypted"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "image"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image"),
        (b"II*\x00" + b"\x00" * 20, "image"),
        ("甲方应当提前三十日通知乙方。".encode(), "txt"),
        ("甲方应当提前三十日通知乙方。".encode("gb18030"), "txt"),
        ("甲方應當提前三十日通知乙方。".encode("big5"), "txt"),
        ("甲方应当提前三十日通知乙方。".encode("utf-16"), "txt"),
        ("甲方应当提前 30 日通知乙方。\n第二条".encode("utf-16-le"), "txt"),
        (b"The Client may end this Agreement.", "txt"),
        (b"BMW may end this Agreement on thirty days' notice.", "txt"),
        ("The Client’s fees – all of them – fall due.".encode("cp1252"), "txt"),
        ("甲方可以解除本合同，一次付清。".encode("utf-16-le"), "txt"),
        ("甲方得終止契約，一次付清。".encode("utf-16-be"), "txt"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        ('\ufeff<?xml version="1.0"?>\n<html><p>甲方</p></html>'.encode("utf-16-le"), "html"),
        (b"<!-- saved --><p class=MsoNormal>x</p>", "html"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\nContent-Type: text/html\r\n",
            "html",
        ),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', "xml"),
    ],
)
def test_the_content_decides_the_type(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive("xl/workbook.xml"), "is an Excel workbook, not a contract text."),
        (archive("ppt/presentation.xml"), "is a PowerPoint presentation, not a contract text."),
        (archive("合同.pdf"), "is an archive, not a document."),
        (archive("word/document.xml")[:-30], "is damaged: its archive structure cannot be read."),
        (ole("Workbook"), "is an Excel or PowerPoint file, not a contract text."),
        (OLE, "is an Office file of an unknown kind or damaged."),
        (b"GIF89a" + b"\x00" * 20, "is a GIF image, which is not read."),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00", "is a BMP image, which is not read."),
        (b"Rar!\x1a\x07\x00", "is a RAR archive, which is not read."),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "is a WebP or HEIC image, which is not read."),
        (bytes(range(256)) * 8, "is of a type that is not known."),
    ],
)
def test_what_is_not_a_contract_text_is_refused_with_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name="附件")
    assert (caught.value.path, caught.value.reason) == ("附件", reason)
    assert caught.value.remedy.endswith(".")


def test_a_page_under_the_name_of_a_document_is_a_failed_download() -> None:
    with pytest.raises(ReadError, match="is a web page, not a contract file"):
        read(b"<!DOCTYPE html><html><body>404</body></html>", name="合同.pdf")


def test_xml_that_is_no_document_is_refused() -> None:
    with pytest.raises(ReadError, match="is an XML file, not a contract text"):
        read(b'<?xml version="1.0"?><Invoice/>', name="合同.xml")


def test_a_path_gives_name_path_and_digest(tmp_path: Path) -> None:
    file = tmp_path / "代运营合同.pdf"
    file.write_bytes(PDF)
    document = read(file, options=UNGUARDED)
    assert (document.name, document.path) == ("代运营合同.pdf", str(file))
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (document.format, document.language, document.script) == ("pdf", "zh", "hans")


def test_bytes_and_streams_read_like_the_file(tmp_path: Path) -> None:
    file = tmp_path / "代运营合同.pdf"
    file.write_bytes(PDF)
    with file.open("rb") as opened:
        documents = [
            read(PDF, options=UNGUARDED),
            read(io.BytesIO(PDF), options=UNGUARDED),
            read(opened, options=UNGUARDED),
        ]
    assert [document.text for document in documents] == [read(file, options=UNGUARDED).text] * 3
    assert [document.name for document in documents] == ["document", "document", "代运营合同.pdf"]
    assert [document.path for document in documents] == [None, None, None]


def test_a_lying_suffix_is_read_by_content_with_a_note() -> None:
    document = read(PDF, name="合同.docx", options=UNGUARDED)
    assert document.format == "pdf"
    assert document.notes[0].zh == "文件扩展名为 .docx，但内容是 pdf，已按内容读取。"


def test_plain_text_that_calls_itself_pdf_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read("请登录后下载合同".encode(), name="合同.pdf")
    assert caught.value.reason == "is called .pdf but holds plain text."


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"没有\.pdf: does not exist\. Check the path\."):
        read(tmp_path / "没有.pdf")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder, not a file"):
        read(tmp_path)


@pytest.mark.parametrize("source", ["bytes", "stream", "path"])
def test_zero_bytes(source: str, tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    empty = {"bytes": b"", "stream": io.BytesIO(b""), "path": tmp_path / "空.pdf"}[source]
    with pytest.raises(ReadError, match="is empty"):
        read(empty)  # type: ignore[arg-type]


def test_a_stream_opened_as_text_is_named() -> None:
    with pytest.raises(ReadError, match="binary mode"):
        read(io.StringIO("甲方"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xb7\xfe\xce\xf1.txt", "\ufffd\ufffd\ufffd\ufffd.txt"),  # 服务 in GB18030 on a system of UTF-8
        ("合同\u202etxt.pdf\n.txt".encode(), "合同\ufffdtxt.pdf\ufffd.txt"),
        ("合同　终稿 (2).txt".encode(), "合同　终稿 (2).txt"),
    ],
)
def test_a_name_that_cannot_be_shown_is_shown_as_far_as_it_can(name: bytes, shown: str, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118 (bytes)
    file.write_bytes("第一条 甲方提前三十日书面通知乙方，可以解除本合同。".encode())
    document = read(file)
    assert (document.name, document.path) == (shown, f"{tmp_path}/{shown}")
    assert shown in document.model_dump_json()
    file.unlink()
    with pytest.raises(ReadError) as caught:
        read(file)
    assert shown in str(caught.value)
