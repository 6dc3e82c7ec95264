"""DOCX → Document: the text as a reader of the chosen view sees it, automatic numbers included."""

from __future__ import annotations

from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Bilingual, Block, Comment, Document, Muted, NotAnalysed
from contractscan.readers.docx.lines import Line
from contractscan.readers.docx.names import integer, r, w
from contractscan.readers.docx.numbering import load_numbering
from contractscan.readers.docx.package import Package, open_package
from contractscan.readers.docx.state import Reading
from contractscan.readers.docx.styles import load_styles
from contractscan.readers.docx.walk import story
from contractscan.readers.limits import Limits, ReadOptions
from contractscan.readers.options import find_unticked

_PAGE_SHARE = 0.4  # a picture over this share of the page may be a scanned page
_TWIPS_PER_POINT = 20
_NO_AREA = 612.0 * 792.0
_OCR_REMEDY = "Save the picture or the page as PDF or PNG and read that with OCR, or read it yourself."

__all__ = ["read_docx", "read_main"]


def read_docx(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a Word file (docx, docm, dotx, Strict OOXML), or raise ReadError with reason and remedy.

    One block a paragraph, table row or note, in reading order; headers and footers come last, as furniture.
    """
    package = open_package(data, name=name, limits=options.limits)
    if package.main.tag != w("document"):
        raise ReadError(
            name, "is an Office file, but not a Word document.", "Export it as PDF or save the text as .docx."
        )
    return read_main(package, name=name, options=options)


def read_main(package: Package, *, name: str, options: ReadOptions) -> Document:
    """Read a package whose main part is known to be a Word document's."""
    try:
        return _document(package, name=name, options=options)
    except RecursionError as error:
        raise ReadError(
            name, "has tables or controls nested too deeply.", "Open it in Word or WPS and export it as PDF."
        ) from error


def _document(package: Package, *, name: str, options: ReadOptions) -> Document:
    reading = _start(package, options)
    text = _Text(name, options.limits)
    body = package.main.find(w("body"))
    for line in story(package.main if body is None else body, reading):
        text.add(line)
    for note in list(reading.notes.values()):  # notes that nothing refers to
        for line in story(note, reading):
            line.kind = "note"
            text.add(line)
    reading.notes.clear()
    body_end = text.length
    _add_furniture(package, reading, text)
    content = "".join(text.pieces)
    unticked = [Muted(start=s, end=e, reason="unticked") for s, e in find_unticked(content[:body_end])]
    muted = sorted([*text.muted, *unticked], key=lambda each: (each.start, each.end))
    return Document(
        name=name,
        format="docx",
        text=content,
        blocks=tuple(text.blocks),
        muted=tuple(muted),
        comments=_comments(package, text),
        notes=_notes(reading, options),
        not_analysed=_not_analysed(package, reading, body_end),
    )


def _start(package: Package, options: ReadOptions) -> Reading:
    styles = load_styles(package.part("styles"))
    reading = Reading(
        package=package,
        styles=styles,
        numbering=load_numbering(package.part("numbering"), styles),
        revisions=options.revisions,
    )
    for kind in ("footnote", "endnote"):
        root = package.part(kind + "s")
        for element in () if root is None else root.iterchildren(w(kind)):
            if element.get(w("type"), "normal") == "normal":
                reading.notes.setdefault((kind, element.get(w("id"), "")), element)
    return reading


class _Text:
    """The document's text while it grows, and what points into it."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limit = limits.characters
        self.pieces: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.muted: list[Muted] = []
        self.anchors: dict[str, list[int | None]] = {}  # comment id → start, end

    def add(self, line: Line) -> None:
        """Append a line as a block of its own."""
        start = self.length + (1 if self.length and line.text else 0)
        for comment, offset, is_end in line.anchors:
            place = self.anchors.setdefault(comment, [None, None])
            if place[is_end] is None:
                place[is_end] = start + offset
        if not line.text:
            return
        if self.length:
            self.pieces.append("\n")
        self.pieces.append(line.text)
        end = self.length = start + len(line.text)
        if end > self.limit:
            raise ReadError(
                self.name,
                f"holds more than {self.limit:,} characters of text.",
                "Raise the limit if you trust the file, or split it.",
            )
        self.blocks.append(Block(start=start, end=end, paragraph=line.paragraph, kind=line.kind))
        if line.kind == "furniture":
            self.muted.append(Muted(start=start, end=end, reason="watermark" if line.watermark else "furniture"))
        elif line.toc:
            self.muted.append(Muted(start=start, end=end, reason="toc"))
        for first, last in line.deleted:
            if last > first:
                self.muted.append(Muted(start=start + first, end=start + last, reason="deleted"))


def _add_furniture(package: Package, reading: Reading, text: _Text) -> None:
    """Headers and footers, each different line once, after the contract's own text."""
    seen: set[str] = set()
    wanted = [
        element.get(r("id"))
        for section in package.main.iter(w("sectPr"))
        for element in section
        if element.tag in (w("headerReference"), w("footerReference"))
    ]
    for relation_id in dict.fromkeys(wanted):
        root = package.target(relation_id)
        for line in () if root is None else story(root, reading):
            if line.text not in seen:
                seen.add(line.text)
                line.kind = "furniture"
                line.paragraph = None
                text.add(line)


def _comments(package: Package, text: _Text) -> tuple[Comment, ...]:
    root = package.part("comments")
    comments = []
    for element in () if root is None else root.iterchildren(w("comment")):
        paragraphs = ("".join(t.text or "" for t in p.iter(w("t"))) for p in element.iter(w("p")))
        start, end = text.anchors.get(element.get(w("id"), ""), [None, None])
        start = end if start is None else start
        end = start if end is None or (start is not None and end < start) else end
        limit = text.length
        comments.append(
            Comment(
                author=element.get(w("author"), ""),
                text="\n".join(line for line in paragraphs if line).strip(),
                date=element.get(w("date")),
                start=None if start is None else min(start, limit),
                end=None if end is None else min(end, limit),
            )
        )
    return tuple(comments)


def _notes(reading: Reading, options: ReadOptions) -> tuple[Bilingual, ...]:
    notes = []
    if reading.insertions or reading.deletions:
        shown = {
            "final": ("按接受全部修订后的文本审阅", "reviewed as if all of them were accepted"),
            "original": ("按拒绝全部修订后的文本审阅", "reviewed as if all of them were rejected"),
            "both": ("删除的文字保留但不参与审阅", "deleted text is shown but not reviewed"),
        }[options.revisions]
        notes.append(
            Bilingual(
                zh=f"文件含未接受的修订（插入 {reading.insertions} 处、删除 {reading.deletions} 处）；{shown[0]}。",
                en=f"The file has unaccepted tracked changes ({reading.insertions} insertions, "
                f"{reading.deletions} deletions); {shown[1]}.",
            )
        )
    if reading.hidden_characters:
        notes.append(
            Bilingual(
                zh=f"文件含看不见的文字 {reading.hidden_characters} 个字符（隐藏、白色或小到无法辨认），未纳入审阅。",
                en=f"The file has {reading.hidden_characters} characters that a reader does not see (hidden, white or "
                "too small to read); they were not reviewed.",
            )
        )
    if reading.struck_characters:
        notes.append(
            Bilingual(
                zh=f"文件含加了删除线的文字 {reading.struck_characters} 个字符；保留显示，按已删除处理，未纳入审阅。",
                en=f"The file has {reading.struck_characters} characters that are struck through; they are shown, but "
                "taken as deleted and not reviewed.",
            )
        )
    return tuple(notes)


def _not_analysed(package: Package, reading: Reading, characters: int) -> tuple[NotAnalysed, ...]:
    unread = [*reading.unread.values(), *_unread_pictures(package, reading, characters)]
    if not characters and not unread:
        unread.append(
            NotAnalysed(what="document", reason="The file holds no text.", remedy="Get the file again from its sender.")
        )
    return tuple(unread)


def _unread_pictures(package: Package, reading: Reading, characters: int) -> list[NotAnalysed]:
    """Pictures that may hold text: those that cover much of a page, and any picture where there is hardly any text."""
    if not reading.images:
        return []
    page = _page_area(package.main)
    bare = characters < 200
    large = [paragraph for paragraph, area in reading.images if area >= _PAGE_SHARE * page or bare]
    if not large:
        return []
    places = ", ".join(str(paragraph + 1) for paragraph in large[:20]) + (" …" if len(large) > 20 else "")
    what = f"{len(large)} picture(s) in paragraph {places}"
    reason = "The file has hardly any text; its pages are pictures." if bare else "Pictures of this size may hold text."
    return [NotAnalysed(what=what, reason=reason, remedy=_OCR_REMEDY)]


def _page_area(main: Any) -> float:
    """The page's area in square points, by the last section that says."""
    for size in reversed(list(main.iter(w("pgSz")))):
        width, height = integer(size.get(w("w"))), integer(size.get(w("h")))
        if width and height:
            return width / _TWIPS_PER_POINT * (height / _TWIPS_PER_POINT)
    return _NO_AREA
