"""Office files that are not DOCX: read through LibreOffice where it is installed, otherwise an error with the remedy."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx_files import docx_bytes, level, listed, numbering, p

from contractscan.errors import ReadError
from contractscan.readers import office
from contractscan.readers.limits import Limits, ReadOptions
from contractscan.readers.office import read_office

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 \u31532?\u19968?\u26465? \u36153?\u29992?\par 20,000 per month\par}"
CONTRACT = docx_bytes(
    listed("服务费") + listed("解除") + p("提前三十日通知。"),
    {"numbering": numbering(level(0, "第%1条", "chineseCounting"))},
)


def locked(data: bytes, password: str) -> bytes:
    """`data` encrypted as Word does; msoffcrypto cuts packages short that are not a multiple of its block."""
    from msoffcrypto.format.ooxml import OOXMLFile

    data += bytes(-len(data) % 4096)
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


@needs_libreoffice
def test_rtf() -> None:
    document = read_office(RTF, name="合同.rtf", options=ReadOptions())
    assert document.text == "第一条 费用\n20,000 per month"
    assert document.format == "rtf"
    assert "LibreOffice" in document.notes[0].zh


@needs_libreoffice
@pytest.mark.parametrize(("suffix", "name"), [("doc", "合同.doc"), ("odt", "合同.odt"), ("doc", "合同.wps")])
def test_automatic_numbers_survive_the_conversion(tmp_path: Path, suffix: str, name: str) -> None:
    (tmp_path / "a.docx").write_bytes(CONTRACT)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/p", "--headless", "--convert-to", suffix, "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = read_office((tmp_path / f"a.{suffix}").read_bytes(), name=name, options=ReadOptions())
    assert document.text == "第一条 服务费\n第二条 解除\n提前三十日通知。"
    assert document.format == name.rsplit(".", 1)[1]


@pytest.mark.parametrize(("data", "kind"), [(RTF, "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "doc")])
def test_without_libreoffice_the_error_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str
) -> None:
    monkeypatch.setattr(office, "_office_program", lambda: None)
    with pytest.raises(ReadError, match=f"is a .{kind} file") as caught:
        read_office(data, name="合同", options=ReadOptions())
    assert caught.value.remedy == "Save it as .docx or PDF, or install LibreOffice."


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_office_program", lambda: str(program))
    with pytest.raises(ReadError, match="too long"):
        read_office(RTF, name="x.rtf", options=ReadOptions(limits=Limits(seconds=0.5)))


@needs_libreoffice
def test_a_damaged_file_is_an_error() -> None:
    with pytest.raises(ReadError, match="damaged|cannot") as caught:
        read_office(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, name="x.doc", options=ReadOptions())
    assert caught.value.remedy


def test_an_odt_bomb_is_refused_before_it_is_converted() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", bytes(3_000_000))
    with pytest.raises(ReadError, match="200 times"):
        read_office(stream.getvalue(), name="x.odt", options=ReadOptions())


def test_the_right_password_opens_a_protected_file() -> None:
    pytest.importorskip("msoffcrypto")
    document = read_office(locked(CONTRACT, "密码1"), name="x.docx", options=ReadOptions(password="密码1"))
    assert document.text == "第一条 服务费\n第二条 解除\n提前三十日通知。"
    assert document.format == "docx"


@pytest.mark.parametrize(("password", "reason"), [(None, "is protected by a password"), ("falsch", "does not open it")])
def test_no_or_a_wrong_password(password: str | None, reason: str) -> None:
    pytest.importorskip("msoffcrypto")
    with pytest.raises(ReadError, match=reason) as caught:
        read_office(locked(CONTRACT, "right"), name="x.docx", options=ReadOptions(password=password))
    assert "password" in caught.value.remedy


def test_a_protected_file_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadError, match="is protected by a password") as caught:
        read_office(data, name="x.docx", options=ReadOptions(password="x"))
    assert "contractscan[passwords]" in caught.value.remedy
