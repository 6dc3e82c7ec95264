"""Office files other than DOCX: read through LibreOffice where it is installed, else an error with the remedy."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest

from contractscan.errors import ReadError
from contractscan.readers import guard, office, read
from contractscan.readers.limits import Limits, ReadOptions
from contractscan.readers.office import read_office
from docx_files import docx_bytes, level, listed, numbering, p

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


def linked_odt(address: str) -> bytes:
    stream = io.BytesIO()
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{office}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}office:1.0" xmlns:text="{office}text:1.0" '
            f'xmlns:draw="{office}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            "<office:body><office:text><text:p>费用</text:p><text:p><draw:frame><draw:image "
            f'xlink:href="{address}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
            "</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


@needs_libreoffice
def test_rtf() -> None:
    document = read_office(RTF, name="合同.rtf", options=ReadOptions())
    assert document.text == "第一条 费用\n20,000 per month"
    assert document.format == "rtf"
    assert "LibreOffice" in document.notes[0].zh


@needs_libreoffice
def test_automatic_numbers_survive_the_conversion(tmp_path: Path) -> None:
    """A `.wps` of WPS Office is a `.doc` by another name."""
    (tmp_path / "a.docx").write_bytes(CONTRACT)
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/p"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    document = read_office((tmp_path / "a.doc").read_bytes(), name="合同.wps", options=ReadOptions())
    assert document.text == "第一条 服务费\n第二条 解除\n提前三十日通知。"
    assert document.format == "wps"


@pytest.mark.parametrize(("data", "kind"), [(RTF, "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "doc")])
def test_without_libreoffice_the_error_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str
) -> None:
    monkeypatch.setattr(office, "_office_program", lambda: None)
    with pytest.raises(ReadError, match=rf"is a \.{kind} file") as caught:
        read_office(data, name="合同", options=ReadOptions())
    assert caught.value.remedy == "Save it as .docx or PDF, or install LibreOffice."


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_office_program", lambda: str(program))
    with pytest.raises(ReadError, match="too long"):
        read_office(RTF, name="x.rtf", options=ReadOptions(limits=Limits(seconds=0.5)))


def _converter_that_hangs(folder: Path) -> tuple[Path, Path]:
    """A program that starts another, as LibreOffice does, and the file that will hold the other's process number."""
    program, number = folder / "soffice", folder / "number"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {number}.part && mv {number}.part {number}\nwait\n")
    program.chmod(0o755)
    return program, number


def _ends(number: Path) -> bool:
    """Whether the process is gone within ten seconds, or is a zombie that nobody has collected yet."""
    process = Path("/proc") / number.read_text().strip() / "stat"
    for _ in range(200):
        try:
            if process.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", ["the converter's time", "the guard", "the guarded process dies"])
def test_all_that_a_conversion_has_started_ends_with_it(
    how: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, number = _converter_that_hangs(tmp_path)
    monkeypatch.setattr(office, "_office_program", lambda: str(program))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    guard.stop_workers()  # the next child must know of the program
    if how == "the guard":
        monkeypatch.setattr(office, "_SHARE_OF_TIME", 100)
    if how == "the guarded process dies":
        monkeypatch.setattr(office, "_run", _run_and_die)
    with pytest.raises(ReadError):
        read(RTF, name="x.rtf", options=ReadOptions(limits=Limits(seconds=1.5)))
    guard.stop_workers()
    assert _ends(number)
    assert not list(tmp_path.glob("contractscan-*"))


run_of_office = office._run


def _run_and_die(command: list[str], *, seconds: float, folder: Path) -> bool:
    threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return run_of_office(command, seconds=seconds, folder=folder)


@needs_libreoffice
def test_a_damaged_file_is_an_error() -> None:
    with pytest.raises(ReadError, match=r"damaged|cannot") as caught:
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


@needs_libreoffice
def test_nothing_is_fetched() -> None:
    """A document that links a picture on a server does not make anyone call it."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = server.accept()
                    calls.append(connection.recv(200))
                    connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        try:
            document = read_office(linked_odt(address), name="x.odt", options=ReadOptions())
        finally:
            stop.set()
            thread.join()
    assert "费用" in document.text
    assert calls == []
