"""A file, whatever it is called → Document. One dict maps the type found in the bytes to its reader."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import category

from contractscan.errors import ContractScanError, ReadError
from contractscan.model import Bilingual, Document
from contractscan.readers.limits import Limits, ReadOptions
from contractscan.readers.plain import is_western, utf_16
from contractscan.readers.wording import with_chinese
from contractscan.text import detect_language, detect_script

__all__ = ["Limits", "ReadOptions", "read", "read_format", "sniff"]

# format: module, function. Imported only when a file of that type comes.
READERS: dict[str, tuple[str, str]] = {
    "pdf": ("contractscan.readers.pdf", "read_pdf"),
    "image": ("contractscan.readers.pdf", "read_image"),
    "docx": ("contractscan.readers.docx", "read_docx"),
    "txt": ("contractscan.readers.plain", "read_plain"),
    "md": ("contractscan.readers.plain", "read_plain"),
    "html": ("contractscan.readers.web", "read_web"),
    "xml": ("contractscan.readers.docx.flat", "read_flat"),
    "doc": ("contractscan.readers.office", "read_office"),
    "rtf": ("contractscan.readers.office", "read_office"),
    "odt": ("contractscan.readers.office", "read_office"),
    "encrypted": ("contractscan.readers.office", "read_office"),
}

# Suffixes that promise a type. One that lies is said in a note; one that promises a document over plain text is
# refused, because such a file is mostly a failed download.
_PROMISED: dict[str, tuple[str, ...]] = {
    ".pdf": ("pdf",),
    ".docx": ("docx", "encrypted"),
    ".docm": ("docx", "encrypted"),
    ".dotx": ("docx", "encrypted"),
    ".doc": ("doc", "encrypted"),
    ".wps": ("doc", "encrypted"),
    ".rtf": ("rtf",),
    ".odt": ("odt",),
    ".png": ("image",),
    ".jpg": ("image",),
    ".jpeg": ("image",),
    ".tif": ("image",),
    ".tiff": ("image",),
    ".html": ("html",),
    ".htm": ("html",),
    ".mht": ("html",),
    ".mhtml": ("html",),
    ".xml": ("xml",),
    ".fodt": ("odt",),
    ".txt": ("txt", "md"),
    ".md": ("txt", "md"),
    ".markdown": ("txt", "md"),
}
_DEFAULTS = ReadOptions()
_WITH_OCR = ("pdf", "image")
_WITH_OFFICE = ("doc", "rtf", "odt", "encrypted")
_MARKDOWN = (".md", ".markdown")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
# A page is refused under these names: it is what a server sent instead of the file.
_NEVER_A_PAGE = (".pdf", ".docx", ".docm", ".dotx", ".odt", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
_PAGE_RE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html\b|<head\b|<body\b|"
    r"<(?:p|div|table|h[1-6]|section|article|ol|ul|meta|span)\b[^>]*>)",
    re.S | re.I,
)
_ARCHIVED_PAGE_RE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}", re.I)
# Types that are known and not read: first bytes, what it is, what helps.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "a GIF image", "Save the pages as PNG, JPEG or PDF."),
    (b"BM", "a BMP image", "Save the pages as PNG, JPEG or PDF."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it and pass the contract inside."),
    (b"Rar!", "a RAR archive", "Unpack it and pass the contract inside."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and pass the contract inside."),
    (b"%!PS", "a PostScript file", "Print it to PDF."),
)


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    options: ReadOptions = _DEFAULTS,
    progress: Callable[[str], None] | None = None,
) -> Document:
    """Read a path, bytes or a binary file object, by its content, never by its suffix alone.

    Raises `ReadError` with the reason and the remedy when the file cannot be read. A file that opens but holds nothing
    readable comes back with an empty text and `not_analysed` filled. `progress` is told each page that takes long.
    """
    data, path, shown = _load(source, name, options.limits)
    suffix = Path(shown).suffix.lower()
    kind = sniff(data, name=shown)
    if kind == "txt" and suffix in _MARKDOWN:
        kind = "md"
    note = _check_suffix(kind, suffix, shown)
    document = _dispatch(kind, data, shown, options, progress)
    if len(document.text) > options.limits.characters:
        raise ReadError(
            shown,
            f"holds more than {options.limits.characters:,} characters of text.",
            "Raise the limit if you trust the file, or split it.",
        )
    return document.model_copy(
        update={
            "path": path,
            "sha256": hashlib.sha256(data).hexdigest(),
            "language": detect_language(document.text),
            "script": detect_script(document.text),
            "not_analysed": tuple(map(with_chinese, document.not_analysed)),
            "notes": (note, *document.notes) if note else document.notes,
        }
    )


def sniff(data: bytes, *, name: str = "file") -> str:
    """The key of `READERS` that the content calls for. Raises `ReadError` for what no reader takes."""
    head = data[:1024]
    if head.lstrip(b"\xef\xbb\xbf\x00\t\n\f\r ").startswith(b"%PDF-") or b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, name)
    if head.startswith(b"PK"):
        raise ReadError(
            name, "is an empty or incomplete archive, not a document.", "Get the file again from its sender."
        )
    if head.startswith(_OLE):
        return _sniff_ole(data, name)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES):
        return "image"
    for start, what, remedy in _REFUSED:
        if head.startswith(start) and not (start == b"BM" and _is_text(data)):
            raise ReadError(name, f"is {what}, which is not read.", remedy)
    if (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or head[4:12] in (b"ftypheic", b"ftypheif", b"ftypmif1"):
        raise ReadError(name, "is a WebP or HEIC image, which is not read.", "Save the pages as PNG, JPEG or PDF.")
    if _is_text(data):
        return _sniff_text(data, name)
    raise ReadError(
        name,
        "is of a type that is not known.",
        "Read are PDF, DOCX, DOC, WPS, RTF, ODT, HTML, TXT, Markdown, PNG, JPEG and TIFF.",
    )


def _sniff_text(data: bytes, name: str) -> str:
    """Text, or one of the document types that are written as text."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:4096].decode("utf-16" if wide else "latin-1", "replace").removeprefix("\xef\xbb\xbf").lstrip()
    if _PAGE_RE.match(head) or _is_archived_page(data):
        if Path(name).suffix.lower() in _NEVER_A_PAGE:
            raise ReadError(
                name,
                "is a web page, not a contract file.",
                "It may be a failed download: get it again. If the page is the contract, rename it to .html.",
            )
        return "html"
    if head.startswith(("<?xml", "<pkg:package", "<w:wordDocument", "<office:document")):
        if "schemas.microsoft.com/office/2006/xmlPackage" in head or "office/word/2003/wordml" in head:
            return "xml"
        if "urn:oasis:names:tc:opendocument" in head and "opendocument.text" in data[:20_000].decode("latin-1"):
            return "odt"
        raise ReadError(name, "is an XML file, not a contract text.", "Save the contract as PDF, DOCX or TXT.")
    return "txt"


def _is_archived_page(data: bytes) -> bool:
    """MHT: the headers of a mail, with a page in it."""
    headers = _ARCHIVED_PAGE_RE.match(data[:8192].lstrip())
    if headers is None or b"mime-version:" not in headers[0].lower():
        return False
    return b"text/html" in data[:20_000].lower() and b"content-type:" in headers[0].lower()


def _sniff_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            stated = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            flat = archive.read("mimetype") if stated else b""
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise ReadError(
            name,
            "is damaged: its archive structure cannot be read.",
            "Get the file again, or open and save it in Word.",
        ) from error
    if flat.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if any(part.startswith("word/") for part in names):
        return "docx"
    for folder, what in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation")):
        if any(part.startswith(folder) for part in names):
            raise ReadError(name, f"is {what}, not a contract text.", "Print it to PDF if it is part of the contract.")
    if flat.startswith(b"application/vnd.oasis.opendocument"):
        raise ReadError(
            name, "is an OpenDocument file but not a text.", "Print it to PDF if it is part of the contract."
        )
    if "[Content_Types].xml" in names:
        return "docx"  # a Word file may name its parts as it likes
    raise ReadError(name, "is an archive, not a document.", "Unpack it and pass the contract inside.")


def _sniff_ole(data: bytes, name: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("PowerPoint Document"):
        raise ReadError(name, "is an Excel or PowerPoint file, not a contract text.", "Print it to PDF first.")
    raise ReadError(
        name, "is an Office file of an unknown kind or damaged.", "Open it in Word or WPS and save it as DOCX or PDF."
    )


def _is_text(data: bytes) -> bool:
    """True when the bytes look like text in UTF-8, UTF-16 or a Chinese encoding: hardly any control characters."""
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    controls = sum(sample.count(code) for code in range(32) if code not in (9, 10, 12, 13, 27))
    if controls <= 0.005 * len(sample) and (_decodes(sample) or is_western(sample)):
        return True
    return utf_16(sample) is not None


def _decodes(sample: bytes) -> bool:
    for encoding in ("utf-8", "gb18030", "big5"):
        for cut in range(4):  # the sample may end inside a character
            try:
                sample[: len(sample) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _load(source: str | Path | bytes | BinaryIO, name: str | None, limits: Limits) -> tuple[bytes, str | None, str]:
    """The bytes, the path when there is one, and the name to show."""
    path: str | None = None
    if isinstance(source, bytes | bytearray | memoryview):
        data, shown = bytes(source), name or "document"
    elif isinstance(source, str | Path):
        file = Path(source)
        path, shown = printable(str(file)), name or file.name
        data = _load_path(file, limits)
    else:
        own = getattr(source, "name", None)
        shown = name or (Path(own).name if isinstance(own, str) else "document")
        data = source.read(limits.file_bytes + 1)
        if not isinstance(data, bytes):
            raise ReadError(printable(shown), "was opened as text.", "Open it in binary mode: open(path, 'rb').")
    shown = printable(shown)
    if not data:
        raise ReadError(path or shown, "is empty (0 bytes).", "Get the file again from its sender.")
    if len(data) > limits.file_bytes:
        raise _too_large(path or shown, limits)
    return data, path, shown


def printable(name: str) -> str:
    """A file's name as it can be shown and stored: bytes that are no text, and signs without a form, become U+FFFD."""
    return "".join("\ufffd" if category(sign)[0] == "C" or sign in "\u2028\u2029" else sign for sign in name)


def _load_path(file: Path, limits: Limits) -> bytes:
    shown = printable(str(file))
    try:
        if file.is_dir():
            raise ReadError(shown, "is a folder, not a file.", "Pass the files in it.")
        if not file.is_file():
            reason = "is a link that leads nowhere." if file.is_symlink() else "does not exist."
            reason = "is not a regular file." if file.exists() else reason
            raise ReadError(shown, reason, "Check the path.")
        if file.stat().st_size > limits.file_bytes:
            raise _too_large(shown, limits)
        return file.read_bytes()
    except PermissionError as error:
        raise ReadError(shown, "may not be read by this user.", "Check the file's permissions.") from error
    except (OSError, ValueError) as error:
        raise ReadError(shown, f"cannot be opened ({error}).", "Check the path.") from error


def _too_large(shown: str, limits: Limits) -> ReadError:
    return ReadError(
        shown,
        f"is larger than {limits.file_bytes / 1e6:,.0f} MB.",
        "Raise the limit if you trust the file, or save it with smaller images.",
    )


def _check_suffix(kind: str, suffix: str, name: str) -> Bilingual | None:
    promised = _PROMISED.get(suffix)
    if promised is None or kind in promised:
        return None
    if kind in ("txt", "md"):
        raise ReadError(
            name,
            f"is called {suffix} but holds plain text.",
            "It may be a failed download: get it again. If the text is the contract, rename it to .txt.",
        )
    return Bilingual(
        zh=f"文件扩展名为 {suffix}，但内容是 {kind}，已按内容读取。",
        en=f"The file is called {suffix} but its content is {kind}; it was read by its content.",
    )


def _dispatch(
    kind: str, data: bytes, name: str, options: ReadOptions, progress: Callable[[str], None] | None
) -> Document:
    recognise = None
    if kind in _WITH_OCR and options.ocr != "never":
        from contractscan.readers.ocr import recogniser

        recognise = recogniser()
    if not options.guarded or kind in ("txt", "md"):
        return read_format(kind, data, name, options, progress=progress, recognise=recognise)
    from contractscan.readers.guard import read_guarded

    return read_guarded(
        read_format, kind, data, name, options, progress=progress, recognise=recognise, heavy=kind in _WITH_OFFICE
    )


def read_format(
    kind: str,
    data: bytes,
    name: str,
    options: ReadOptions,
    *,
    progress: Callable[[str], None] | None = None,
    recognise: Callable[[Any], Any] | None = None,
) -> Document:
    """Call the reader of `kind`; whatever a library throws at a damaged file becomes a `ReadError`."""
    module, function = READERS[kind]
    reader: Any = getattr(import_module(module), function)
    extra = {"progress": progress, "recognise": recognise} if kind in _WITH_OCR else {}
    try:
        document: Document = reader(data, name=name, options=options, **extra)
    except (ContractScanError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(
            name,
            f"is damaged or built in an unusual way ({type(error).__name__}).",
            "Open it in its own program and save it again, or print it to PDF.",
        ) from error
    return document
