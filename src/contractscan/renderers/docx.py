"""The original Word file with comments at the findings' words, and nothing else changed.

Only the main part, the comments, their relationship and their content type are written anew; every other member of
the archive is copied byte for byte. In the main part runs are cut where a comment begins or ends, and the marks of
comments are put in: no text, property, number or tracked change is touched.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from contractscan.errors import UsageError
from contractscan.model import Document, Report
from contractscan.renderers.notes import AUTHOR, Note, note_lines, notes, original, summary_lines
from contractscan.renderers.options import Options
from contractscan.text import fold

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_KINDS = {  # namespace of the main part → base of its relationship types
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# How far ahead of the last paragraph found the next one is looked for: a note or a long automatic number may intervene.
_WINDOW = 2_000
_SURE = 8  # characters that do not stand in a text twice by accident


@dataclass(frozen=True)
class _Spot:
    """A character of the file: the text element that holds it and its offset there."""

    text: Any
    offset: int


def render_docx(report: Report, options: Options) -> bytes:
    """Comments at the quoted words; one more at the head for the answers and for what has no words to stand at."""
    document, data = original(report, options, "docx")
    try:
        archive = _Archive(data)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError(f"{document.name}: only a .docx file can be annotated ({error})") from error
    spots = _align(archive, document)
    unplaced: list[Note] = []
    placed: list[tuple[Note, _Spot, _Spot]] = []
    for note in notes(report, document):
        positions = [p for p in range(note.evidence.start, note.evidence.end) if p in spots]
        if positions:
            placed.append((note, spots[positions[0]], spots[positions[-1]]))
        else:
            unplaced.append(note)
    cuts: dict[Any, set[int]] = {}
    for _, first, last in placed:
        cuts.setdefault(first.text, set()).add(first.offset)
        cuts.setdefault(last.text, set()).add(last.offset + 1)
    pieces = {text: _split(text, sorted(at), archive.namespace) for text, at in cuts.items()}
    for note, first, last in placed:
        identifier = archive.comment(note_lines(note, options.language))
        _mark(_run(pieces, first), _run(pieces, last), identifier, archive.namespace)
    _mark_head(archive, list(summary_lines(report, unplaced, options.language)))
    return archive.save()


class _Archive:
    """The parts of the file that change, and how to put them back among those that do not."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.types = _parse(archive.read("[Content_Types].xml"))
            self.main_name = _main_name(_parse(archive.read("_rels/.rels")))
            self.main = _parse(archive.read(self.main_name))
            folder = PurePosixPath(self.main_name).parent
            self.relations_name = str(folder / "_rels" / (PurePosixPath(self.main_name).name + ".rels"))
            self.relations = (
                _parse(archive.read(self.relations_name))
                if self.relations_name in self.names
                else _parse(f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
            )
            self.namespace = self.main.tag.removeprefix("{").partition("}")[0]
            if self.namespace not in _KINDS:
                raise ValueError("not a Word document")
            self.comments_name = self._comments_name(folder)
            self.comments = (
                _parse(archive.read(self.comments_name))
                if self.comments_name in self.names
                else _parse(f'<w:comments xmlns:w="{self.namespace}"/>'.encode())
            )
        w = f"{{{self.namespace}}}"
        taken = [int(i) for c in self.comments.iter(f"{w}comment") if (i := c.get(f"{w}id", "")).isdigit()]
        self.next_id = max(taken, default=-1) + 1

    def _comments_name(self, folder: PurePosixPath) -> str:
        kind = _KINDS[self.namespace] + "/comments"
        for relation in self.relations:
            if relation.get("Type") == kind:
                target = relation.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else str(folder / target)
        name = str(folder / "comments.xml")
        number = 1
        while name in self.names:  # a part that nothing refers to
            name = str(folder / f"comments{number}.xml")
            number += 1
        ids = {relation.get("Id") for relation in self.relations}
        identifier = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        relation = self.relations.makeelement(f"{{{_RELATIONS}}}Relationship")
        for key, value in (("Id", identifier), ("Type", kind), ("Target", PurePosixPath(name).name)):
            relation.set(key, value)
        self.relations.append(relation)
        override = self.types.makeelement(f"{{{_TYPES}}}Override")
        override.set("PartName", "/" + name)
        override.set("ContentType", _COMMENTS_TYPE)
        self.types.append(override)
        return name

    def comment(self, lines: Iterable[str]) -> str:
        """Add a comment of one paragraph a line; return its id."""
        from lxml import etree

        w = f"{{{self.namespace}}}"
        identifier = str(self.next_id)
        self.next_id += 1
        comment = etree.SubElement(self.comments, f"{w}comment")
        for key, value in (("id", identifier), ("author", AUTHOR), ("initials", "cs")):
            comment.set(w + key, value)
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, f"{w}p"), f"{w}r")
            text = etree.SubElement(run, f"{w}t")
            text.text = line
            text.set(_XML_SPACE, "preserve")
        return identifier

    def save(self) -> bytes:
        """The archive with its members in their old order and with their old times."""
        from lxml import etree

        changed = {
            name: etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in (
                ("[Content_Types].xml", self.types),
                (self.main_name, self.main),
                (self.relations_name, self.relations),
                (self.comments_name, self.comments),
            )
        }
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(self.data)) as old, zipfile.ZipFile(out, "w") as new:
            for member in old.infolist():
                content = changed.pop(member.filename, None)
                new.writestr(member, old.read(member) if content is None else content, member.compress_type)
            for name, content in changed.items():
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _parse(content: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _main_name(relations: Any) -> str:
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    raise ValueError("no main document part")


# ---------------------------------------------------------------- where the words are


def _align(archive: _Archive, document: Document) -> dict[int, _Spot]:
    """Positions in `document.text` → characters of the file.

    The text of the document has more than the file (automatic numbers, separators of cells) and less (deletions, hidden
    text). Paragraph by paragraph, each text of the file is looked for a little after the one before it; when a
    paragraph as a whole is not found, its runs are looked for one by one.
    """
    letters, positions = _condense((character, index) for index, character in enumerate(document.text))
    spots: dict[int, _Spot] = {}
    cursor = 0
    for paragraph in _paragraphs(archive):
        whole, _ = _condense((c, None) for text in paragraph for c in text.text or "")
        found = _find(letters, whole, cursor)
        units: Iterable[list[Any]] = [paragraph] if found >= 0 else [[text] for text in paragraph]
        for unit in units:
            part, places = _condense(
                (character, _Spot(text, offset)) for text in unit for offset, character in enumerate(text.text or "")
            )
            start = _find(letters, part, cursor)
            if start < 0:
                continue
            for index, place in enumerate(places):
                spots.setdefault(positions[start + index], place)
            # A find before the cursor is a note or a text box; the body goes on where it was.
            cursor = max(cursor, start + len(part)) if start - cursor <= _WINDOW else cursor
    return spots


def _condense(characters: Iterable[tuple[str, Any]]) -> tuple[str, list[Any]]:
    """The characters that are seen, folded, and what came with each."""
    kept = [(c, what) for c, what in characters if not c.isspace() and c.isprintable()]
    return fold("".join(c for c, _ in kept)), [what for _, what in kept]


def _find(letters: str, part: str, cursor: int) -> int:
    """Where `part` stands: soon after `cursor`, or anywhere when it is long enough to be sure; -1 when nowhere."""
    if not part:
        return -1
    found = letters.find(part, cursor, cursor + _WINDOW + len(part))
    if found < 0 and len(part) >= _SURE:
        found = letters.find(part, cursor)
        if found < 0:
            found = letters.find(part)
    return found


def _paragraphs(archive: _Archive) -> Iterator[list[Any]]:
    """The text elements of each body paragraph that a reader sees: no deletions, no fallback of a drawing."""
    w = f"{{{archive.namespace}}}"
    unseen = {f"{w}del", f"{w}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    order: list[list[Any]] = []

    def walk(element: Any, paragraph: list[Any] | None) -> None:
        for child in element:
            if child.tag in unseen:
                continue
            if child.tag == f"{w}p":
                inner: list[Any] = []
                order.append(inner)
                walk(child, inner)
            elif child.tag == f"{w}t" and paragraph is not None:
                paragraph.append(child)
            else:
                walk(child, paragraph)

    walk(archive.main, None)
    yield from (paragraph for paragraph in order if paragraph)


# -------------------------------------------------------------------- marking


def _split(text: Any, cuts: list[int], namespace: str) -> list[tuple[int, Any]]:
    """Cut a text element, and the run it stands in, at `cuts`; return (offset, text element) for each piece."""
    w = f"{{{namespace}}}"
    content = text.text or ""
    pieces = [(0, text)]
    for cut in sorted(cuts, reverse=True):  # from the end, so that what is left keeps its offsets
        if not 0 < cut < len(content):
            continue
        run = text.getparent()
        tail = run.makeelement(run.tag, run.attrib)
        properties = run.find(f"{w}rPr")
        if properties is not None:
            tail.append(deepcopy(properties))
        rest = text.makeelement(text.tag, text.attrib)
        rest.text, text.text = content[cut:], content[:cut]
        content = content[:cut]
        following = list(text.itersiblings())
        tail.append(rest)
        tail.extend(following)
        for each in (text, rest):
            each.set(_XML_SPACE, "preserve")
        run.addnext(tail)
        pieces.insert(1, (cut, rest))
    return pieces


def _run(pieces: dict[Any, list[tuple[int, Any]]], spot: _Spot) -> Any:
    """The run that holds the character now."""
    texts = pieces[spot.text]
    return texts[bisect_right([offset for offset, _ in texts], spot.offset) - 1][1].getparent()


def _mark(first: Any, last: Any, identifier: str, namespace: str) -> None:
    """Put the comment's range round the runs `first` to `last`, and its reference after the last."""
    w = f"{{{namespace}}}"
    first.addprevious(_element(first, f"{w}commentRangeStart", w, identifier))
    end = _element(last, f"{w}commentRangeEnd", w, identifier)
    last.addnext(end)
    # The reference is a run of its own; inside a tracked insertion it would count as inserted text.
    anchor = end
    while anchor.getparent().tag in (f"{w}ins", f"{w}moveTo", f"{w}hyperlink"):
        anchor = anchor.getparent()
    reference = last.makeelement(f"{w}r")
    reference.append(_element(reference, f"{w}commentReference", w, identifier))
    anchor.addnext(reference)


def _mark_head(archive: _Archive, lines: list[str]) -> None:
    """The summary, at the first paragraph that has text."""
    texts = next(_paragraphs(archive), None)
    if texts:
        _mark(texts[0].getparent(), texts[-1].getparent(), archive.comment(lines), archive.namespace)


def _element(near: Any, tag: str, w: str, identifier: str) -> Any:
    element = near.makeelement(tag)
    element.set(f"{w}id", identifier)
    return element
