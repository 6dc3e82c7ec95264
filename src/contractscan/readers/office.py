"""`.doc`, `.wps`, `.rtf` and `.odt` through LibreOffice, and protected Office files after decryption → Document.

LibreOffice converts in a process of its own, with a fresh profile that runs no macros and reaches no network, within
the time limit. Its DOCX is then read like any other, so automatic numbers and tracked changes survive.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path, PurePath

from contractscan.errors import ReadError
from contractscan.model import Bilingual, Document
from contractscan.readers.docx import read_docx
from contractscan.readers.docx.package import checked_archive
from contractscan.readers.limits import Limits, ReadOptions

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_CONVERT = "Save it as .docx or PDF, or install LibreOffice."
_UNLOCK = "Save it without protection in Word, or give the password"
_SHARE_OF_TIME = 0.8  # of the limit for one file; the rest is for reading what was converted
# No macros, no links followed, and a proxy that leads nowhere for whatever would still go out.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_office(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a `.doc`, `.wps`, `.rtf`, `.odt` or password-protected Office file, or raise ReadError with the remedy."""
    kind = _kind(data, name)
    if data.startswith(_OLE):
        data, was_locked = _unlocked(data, name=name, password=options.password)
        if was_locked and not data.startswith(_OLE):
            return read_docx(data, name=name, options=options)
    if kind == "odt":
        checked_archive(data, name=name, limits=options.limits)
    converted = _convert(data, kind=kind, name=name, limits=options.limits)
    document = read_docx(converted, name=name, options=options)
    note = Bilingual(
        zh=f"文件由 LibreOffice 从 {kind} 格式转换后读取；自动编号与版式以原文件为准。",
        en=f"LibreOffice converted the file from {kind} before it was read; for numbers and layout see the original.",
    )
    return document.model_copy(update={"format": kind, "notes": (note, *document.notes)})


def _kind(data: bytes, name: str) -> str:
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK"):
        return "odt"
    if data.lstrip().startswith(b"<"):
        return "fodt"
    return "wps" if PurePath(name).suffix.lower() == ".wps" else "doc"


# ------------------------------------------------------------------- passwords


def _unlocked(data: bytes, *, name: str, password: str | None) -> tuple[bytes, bool]:
    """The file without its protection, and whether it had one."""
    locked = _ENCRYPTED_PACKAGE in data
    try:
        import msoffcrypto
    except ImportError:
        if locked:
            raise ReadError(
                name, "is protected by a password.", f"{_UNLOCK} and install contractscan[passwords]."
            ) from None
        return data, False
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked = locked or office.is_encrypted()
    except Exception as error:  # the library lets struct.error, KeyError and others through on damaged files
        if locked:
            raise ReadError(name, "is protected by a password, and damaged.", "Get the file again.") from error
        return data, False
    if not locked:
        return data, False
    if password is None:
        raise ReadError(name, "is protected by a password.", f"{_UNLOCK}.")
    unlocked = io.BytesIO()
    try:
        office.load_key(password=password)
        office.decrypt(unlocked)
    except Exception as error:  # as above; a wrong password is one of several errors
        raise ReadError(
            name, "is protected, and the password given does not open it.", "Check the password."
        ) from error
    return unlocked.getvalue(), True


# ------------------------------------------------------------------ LibreOffice


def _office_program() -> str | None:
    """The LibreOffice command: from the path, else where its installers put it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _convert(data: bytes, *, kind: str, name: str, limits: Limits) -> bytes:
    """`data` as DOCX. Names inside the working folder are ours, whatever the file is called."""
    program = _office_program()
    if program is None:
        raise ReadError(
            name, f"is a .{kind} file, which only LibreOffice can convert, and that is not installed.", _CONVERT
        )
    with tempfile.TemporaryDirectory(prefix="contractscan-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source, profile = work / f"contract.{'doc' if kind == 'wps' else kind}", work / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "out"), str(source)),
        ]
        if not _run(command, seconds=limits.seconds * _SHARE_OF_TIME, folder=work):
            raise ReadError(name, "takes LibreOffice too long to convert.", "Save it as .docx or PDF.")
        result = work / "out" / "contract.docx"
        if not result.is_file():
            raise ReadError(name, "is damaged: LibreOffice cannot convert it.", "Save it as .docx or PDF.")
        if result.stat().st_size > limits.file_bytes:
            raise ReadError(name, "is too large once it is converted.", "Save it as .docx or PDF.")
        return result.read_bytes()


def _registry() -> str:
    """The settings in the form that LibreOffice keeps them in."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


# A shell in a session of its own that ends all it has started when our end of its standard input is closed: also when
# this process is killed and can close nothing itself. What runs in the background gets only the input it is given.
_LEASH = 'exec 3<&0; "$@" 3<&- & job=$!; (cat <&3 >/dev/null; kill -KILL 0) & wait $job'


def _run(command: list[str], *, seconds: float, folder: Path) -> bool:
    """Run to the end or to the time limit; then end it with all it has started. True when it came to its end."""
    posix = os.name == "posix"
    process = subprocess.Popen(  # noqa: S603 (the installed LibreOffice and our own arguments)
        ["/bin/sh", "-c", _LEASH, "sh", *command] if posix else command,
        cwd=folder,
        stdin=subprocess.PIPE if posix else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=posix,
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError, PermissionError):
            if posix:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()
    return True
