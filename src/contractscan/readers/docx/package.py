"""A DOCX file as a package: which parts it has, within which bounds it may be opened.

python-docx opens what it can; files it refuses (macros, templates, Strict OOXML, a dangling image) are opened part by
part with zipfile and lxml. Both ways give the same `Package`. Nothing is ever fetched, a DOCTYPE is refused (entities
would make text vanish), and only parts of the main document's own relationships are looked at.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from contractscan.errors import ReadError
from contractscan.readers.limits import Limits

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict OOXML differs from the usual form in its namespaces only, as far as text goes.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_REPAIR = "Open it in Word or WPS, save it again as .docx, or export it as PDF."
_SUSPICIOUS = "If you trust the file, open it in Word or WPS and save it again as .docx."
_ZIP_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Relation:
    """A relationship of the main part: the last word of its type, and its target inside the package."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The main part's XML root, its relationships by id, and how to get another part's root by its target."""

    main: Any
    relations: dict[str, Relation]
    load: Callable[[str], Any]
    sizes: dict[str, int] = field(default_factory=dict)  # unpacked bytes of each part

    def part(self, kind: str) -> Any:
        """The root of the first part related as `kind` (styles, numbering, footnotes …), or None."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.external:
                return self.load(relation.target)
        return None

    def target(self, relation_id: str | None) -> Any:
        """The root of the part that `relation_id` points to, or None."""
        relation = self.relations.get(relation_id or "")
        return None if relation is None or relation.external else self.load(relation.target)


def open_package(data: bytes, *, name: str, limits: Limits) -> Package:
    """Open `data` within `limits`, or raise ReadError saying what is wrong with the file and what to do."""
    archive = checked_archive(data, name=name, limits=limits)
    return _through_python_docx(data, archive, name=name) or _through_zip(archive, name=name)


def checked_archive(data: bytes, *, name: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, after the checks that need only its directory: declared sizes bound what zipfile unpacks."""
    if not data:
        raise ReadError(name, "is empty (0 bytes).", "Get the file again from its sender.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _ZIP_TROUBLE as error:
        raise ReadError(name, "is damaged or incomplete: its archive cannot be read.", _REPAIR) from error
    if len(entries) > limits.entries:
        raise ReadError(name, f"has {len(entries):,} parts, more than {limits.entries:,}.", _SUSPICIOUS)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        part = entry.filename.replace("\\", "/").lstrip("/").lower()
        if part in seen:
            raise ReadError(
                name,
                f"holds the part {entry.filename} twice, so that two programs may show two texts.",
                _SUSPICIOUS,
            )
        seen.add(part)
        if entry.flag_bits & 1:
            raise ReadError(name, "is an encrypted archive.", "Save it without encryption as .docx.")
        if entry.file_size > limits.part_bytes:
            raise ReadError(
                name,
                f"unpacks to {entry.file_size:,} bytes in {entry.filename}; {limits.part_bytes:,} are allowed.",
                _SUSPICIOUS,
            )
        if entry.file_size > 1_000_000 and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise ReadError(
                name,
                f"unpacks to more than {limits.ratio} times its size in {entry.filename}, as zip bombs do.",
                _SUSPICIOUS,
            )
        total += entry.file_size
    if total > limits.unpacked_bytes:
        raise ReadError(name, f"unpacks to {total:,} bytes; {limits.unpacked_bytes:,} are allowed.", _SUSPICIOUS)
    return archive


def _through_python_docx(data: bytes, archive: zipfile.ZipFile, *, name: str) -> Package | None:
    """The package as python-docx opens it; None when it cannot, whatever its reason."""
    import docx

    try:
        main = docx.Document(io.BytesIO(data)).part
    except Exception:  # python-docx lets KeyError, ValueError, zlib.error, XMLSyntaxError and others through
        return None
    parts = {}
    relations = {}
    for relation_id, relation in main.rels.items():
        target = relation.target_ref if relation.is_external else str(relation.target_part.partname)
        relations[relation_id] = Relation(_last_word(relation.reltype), target, relation.is_external)
        if not relation.is_external:
            parts[target] = relation.target_part

    def load(target: str) -> Any:
        part = parts.get(target)
        if part is None:
            return None
        root = getattr(part, "element", None)
        return _checked_root(root, name=name) if root is not None else parse_part(part.blob, part=target, name=name)

    return Package(_checked_root(main.element, name=name), relations, load, _sizes(archive))


def _through_zip(archive: zipfile.ZipFile, *, name: str) -> Package:
    """The package part by part; the main part is the one that the package's relationships name."""
    names = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry.filename for entry in archive.infolist()}

    def load(target: str) -> Any:
        stored = names.get(target.lstrip("/").lower())
        if stored is None:
            return None
        try:
            return parse_part(archive.read(stored), part=stored, name=name)
        except _ZIP_TROUBLE as error:
            raise ReadError(name, f"is damaged: its part {stored} cannot be unpacked.", _REPAIR) from error

    top = _relations(load("_rels/.rels"), folder="")
    main_target = next((r.target for r in top.values() if r.kind == "officeDocument" and not r.external), None)
    if main_target is None and "word/document.xml" in names:
        main_target = "word/document.xml"
    main = load(main_target) if main_target else None
    if main is None or main_target is None:
        raise ReadError(name, "is an archive, but not a Word document.", _REPAIR)
    folder, file_name = posixpath.split(main_target)
    relations = _relations(load(posixpath.join(folder, "_rels", file_name + ".rels")), folder=folder)
    return Package(main, relations, load, _sizes(archive))


def _relations(root: Any, *, folder: str) -> dict[str, Relation]:
    relations: dict[str, Relation] = {}
    if root is None:
        return relations
    for element in root.iter(_RELATIONS):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
        relations[element.get("Id", "")] = Relation(_last_word(element.get("Type", "")), target, external)
    return relations


def parse_part(blob: bytes, *, part: str, name: str) -> Any:
    """The root of a part's XML, nothing resolved and nothing fetched."""
    from lxml import etree

    if b"purl.oclc.org" in blob[:20_000]:
        for strict, usual in _STRICT:
            blob = blob.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        nested = "depth" in str(error).lower()
        reason = (
            f"is nested too deeply in its part {part}."
            if nested
            else f"is damaged: its part {part} is not well-formed XML."
        )
        raise ReadError(name, reason, _REPAIR) from error
    if root is None:
        raise ReadError(name, f"is damaged: its part {part} is empty.", _REPAIR)
    return _checked_root(root, name=name)


def _checked_root(root: Any, *, name: str) -> Any:
    if root.getroottree().docinfo.doctype:
        raise ReadError(
            name, "declares a DOCTYPE, which no word processor writes and which can hide text.", _SUSPICIOUS
        )
    return root


def _sizes(archive: zipfile.ZipFile) -> dict[str, int]:
    return {"/" + entry.filename.lstrip("/"): entry.file_size for entry in archive.infolist()}


def _last_word(relation_type: str) -> str:
    return relation_type.rsplit("/", 1)[-1]
