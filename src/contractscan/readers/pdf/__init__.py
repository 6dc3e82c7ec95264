"""PDF → Document: PDFium for text and boxes, pdfplumber's table finder on ruled pages, recognition where asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Bilingual, Comment, Document, Muted, NotAnalysed
from contractscan.readers.limits import ReadOptions
from contractscan.readers.options import find_unticked, has_options
from contractscan.readers.pdf.aligned import set_aligned
from contractscan.readers.pdf.boxes import char_boxes
from contractscan.readers.pdf.compose import Composed, compose, flow, mark_contents
from contractscan.readers.pdf.furniture import mark_furniture
from contractscan.readers.pdf.layout import read_order
from contractscan.readers.pdf.opening import opened, page_layout
from contractscan.readers.pdf.page import Box, Line, Page, Table
from contractscan.readers.pdf.picture import (
    ILLEGIBLE,
    Recognise,
    Recognised,
    is_legible,
    pictures,
    recognised_lines,
    recognised_tables,
    render_page,
)
from contractscan.readers.pdf.tables import is_layout, render, take_lines
from contractscan.text import mask

__all__ = ["char_boxes", "read_image", "read_pdf"]

Progress = Callable[[str], None]

_INSTALL = "Install contractscan[ocr] to read scanned pages."
_ALLOW = "Allow recognition (OCR) to read scanned pages."
_RESCAN = "Scan it again in focus at 300 dots an inch, or type the page."
_HIDDEN = Bilingual(
    zh="文件中有看不见的文字（隐藏、白色、极小、被遮盖或在页面之外），未纳入分析，原文列于文末。",
    en="The file holds text that cannot be seen (hidden, white, tiny, painted over or off the page); it was not "
    "analysed and is listed with the text.",
)


def read_pdf(
    data: bytes,
    *,
    name: str,
    options: ReadOptions,
    progress: Progress | None = None,
    recognise: Recognise | None = None,
) -> Document:
    """Read a PDF. Pages that cannot be read are in `not_analysed`; a file that cannot be opened is a `ReadError`.

    `recognise` turns a page's picture into words (OCR); without it, pages without a usable text layer are not read.
    """
    not_analysed: list[NotAnalysed] = []
    comments: list[Comment] = []
    pages: list[Page] = []
    with opened(data, name, options) as pdf:
        count = len(pdf)
        if not count:
            raise ReadError(name, "holds no pages.", "Get the file again from its sender.")
        if count > options.limits.pages:
            not_analysed.append(_beyond(options.limits.pages, count))
        failed: list[int] = []
        for index in range(min(count, options.limits.pages)):
            layout = page_layout(pdf, index, options, data)
            if layout is None:
                failed.append(index + 1)
                if len(failed) > 50 and len(failed) == index + 1:
                    break  # a tree of pages that does not exist
                continue
            layout.close()
            page = layout.page
            pages.append(page)
            comments += layout.comments
            if (page.problem or options.ocr == "force") and recognise and options.ocr != "never":
                _recognise_page(pdf, page, options, progress, recognise, total=count)
            if page.problem:
                not_analysed.append(_unread(page, options))
            if page.truncated:
                not_analysed.append(
                    NotAnalysed(
                        what=f"Page {page.number}",
                        page=page.number,
                        reason=f"it has more than {options.limits.page_characters:,} characters; the rest is not read.",
                        remedy="Raise the limit if you trust the file.",
                    )
                )
        if not pages:
            raise ReadError(name, "is damaged: none of its pages can be opened.", "Get the file again from its sender.")
        if failed:
            not_analysed += [_damaged(number) for number in failed[:50]]
    return _document(name, "pdf", count, pages, comments, not_analysed)


def read_image(
    data: bytes,
    *,
    name: str,
    options: ReadOptions,
    progress: Progress | None = None,
    recognise: Recognise | None = None,
) -> Document:
    """Read a PNG, JPEG or TIFF (every page of it) by recognition."""
    pages: list[Page] = []
    not_analysed: list[NotAnalysed] = []
    for number, picture in enumerate(pictures(data, name=name, limits=options.limits), 1):
        page = Page(number, picture.width_points, picture.height_points, [], [], [])
        pages.append(page)
        if recognise and options.ocr != "never":
            if progress:
                progress(f"Recognising page {number}")
            found = recognise(picture.pixels)
            page.lines = recognised_lines(found, picture, page)
            page.tables = recognised_tables(found, picture)
            page.problem = "" if is_legible(page.lines) else ILLEGIBLE
        else:
            page.problem = "it is an image"
        if page.problem:
            not_analysed.append(_unread(page, options))
        if number >= options.limits.pages:
            break
    return _document(name, "image", len(pages), pages, [], not_analysed)


def _recognise_page(
    pdf: Any, page: Page, options: ReadOptions, progress: Progress | None, recognise: Recognise, *, total: int
) -> None:
    if progress:
        progress(f"Recognising page {page.number} of {total}")
    picture = render_page(pdf, page, limits=options.limits)
    found = recognise(picture.pixels) if picture else Recognised(())
    lines = recognised_lines(found, picture, page) if picture else []
    if picture and lines and is_legible(lines):
        page.lines, page.hidden, page.problem = lines, [], ""
        page.tables = recognised_tables(found, picture)
    elif lines and page.problem:
        page.problem = ILLEGIBLE


# ------------------------------------------------------------- putting together


def _document(
    name: str,
    kind: str,
    count: int,
    pages: list[Page],
    comments: list[Comment],
    not_analysed: list[NotAnalysed],
) -> Document:
    for page in pages:
        if page.problem:
            page.lines, page.hidden, page.tables = [], [], []
        for line in page.hidden:
            line.kind = "hidden"
    mark_furniture(pages)
    _set_tables(pages)
    rows = read_order(pages)
    mark_contents(rows)
    rows = set_aligned(rows)
    aside = [line for page in pages for line in page.lines if line.kind in ("furniture", "watermark")]
    hidden = [line for page in pages for line in page.hidden]
    composed = compose(rows, aside + hidden)
    return Document(
        name=name,
        format=kind,
        pages=count,
        text=composed.text,
        blocks=composed.blocks,
        muted=tuple(sorted((*composed.muted, *_unticked(composed)), key=lambda each: (each.start, each.end))),
        comments=tuple(comments),
        notes=tuple(_notes(pages, hidden=bool(hidden))),
        not_analysed=tuple(not_analysed),
    )


def _notes(pages: list[Page], *, hidden: bool) -> Iterator[Bilingual]:
    if hidden:
        yield _HIDDEN
    struck = sum(last - first for page in pages for line in page.lines for first, last in line.struck)
    if struck:
        yield Bilingual(
            zh=f"文件含划了删除线的文字 {struck} 个字符；保留显示，按已删除处理，未纳入审阅。",
            en=f"The file has {struck} characters with a line through them; they are shown, but taken as deleted and "
            "not reviewed.",
        )
    seen = [page.number for page in pages if any(line.source == "ocr" for line in page.lines)]
    if seen:
        listed = ", ".join(map(str, seen[:20])) + (" …" if len(seen) > 20 else "")
        zh, en = _sureness(pages)
        yield Bilingual(
            zh=f"第 {listed} 页的文字由图像识别得出{zh}，可能有误；金额、比例（如 ‰ 与 %）、日期和期限请与原件核对。",
            en=f"The text of page {listed} was recognised from a picture{en} and may hold mistakes: check amounts, "
            "rates (‰ against %), dates and periods with the original.",
        )


def _sureness(pages: list[Page]) -> tuple[str, str]:
    """How sure recognition was of the signs, on average and on the worst page; nothing when the file does not say."""
    means: list[tuple[float, int]] = []
    for page in pages:
        sure = [(line.confidence, max(1, len(line.text))) for line in page.lines if line.confidence is not None]
        signs = sum(length for _, length in sure)
        if signs:
            means.append((sum(share * length for share, length in sure) / signs, signs))
    if not means:
        return "", ""
    whole = sum(share * signs for share, signs in means) / sum(signs for _, signs in means)
    worst = min(share for share, _ in means)
    zh, en = f"（平均把握 {whole:.0%}", f" ({whole:.0%} sure on average"
    if worst < whole - 0.02:
        zh, en = f"{zh}，最差一页 {worst:.0%}", f"{en}, {worst:.0%} on the worst page"
    return f"{zh}）", f"{en})"


def _unticked(composed: Composed) -> list[Muted]:
    """The options that were not chosen. A footer between two options does not part them."""
    if not has_options(composed.text):
        return []
    text = mask(composed.text, [(aside.start, aside.end, " ") for aside in composed.muted])
    return [Muted(start=start, end=end, reason="unticked") for start, end in find_unticked(text)]


def _set_tables(pages: list[Page]) -> None:
    """Put each ruled table in the place of its lines: one line of kind `table` with its rows as they read."""
    header: list[str] | None = None
    last_page, edges = 0, [0.0]
    for page in pages:
        for table in page.tables:
            own = [cell[0] for cell in table.rows[0] if cell]
            same = len(own) == len(edges) and all(abs(a - b) < 3 for a, b in zip(own, edges, strict=True))
            if not same or page.number != last_page + 1:
                header = None  # not the last page's table going on
            last_page, edges = page.number, own
            body = [line for line in page.lines if line.kind == "text"]
            inside, _ = take_lines(body, table.box)
            cells = [[take_lines(inside, cell)[0] if cell else [] for cell in row] for row in table.rows]
            texts = [[flow(lines) for lines in row] for row in cells]
            if is_layout(texts) or _crosses(cells, table.rows):
                continue
            rows, header = render(texts, header)
            size = max((line.size for line in inside), default=10.0)
            sure = [line.confidence for line in inside if line.confidence is not None]
            whole = Line(
                "",
                page.number,
                *table.box,
                size,
                kind="table",
                source="ocr" if sure else "text",
                confidence=min(sure) if sure else None,
            )
            whole.rows = [
                (text, page.as_shown(_row_box(table, row))) for text, row in zip(rows, table.rows, strict=True) if text
            ]
            gone = {id(line) for line in inside}
            page.lines = [line for line in page.lines if id(line) not in gone] + [whole]


def _row_box(table: Table, row: list[Box | None]) -> Box:
    cells = [cell for cell in row if cell]
    return (table.box[0], min(cell[1] for cell in cells), table.box[2], min(cell[3] for cell in cells))


def _crosses(cells: list[list[list[Line]]], places: list[list[Box | None]]) -> bool:
    """Whether recognition read one line across two cells: nobody knows then which words belong to which."""
    return any(
        place is not None and (line.x0 < place[0] - 0.6 * line.size or line.x1 > place[2] + 0.6 * line.size)
        for row, own in zip(cells, places, strict=True)
        for lines, place in zip(row, own, strict=True)
        for line in lines
        if line.source == "ocr"
    )


# ------------------------------------------------------------------- not read


def _unread(page: Page, options: ReadOptions) -> NotAnalysed:
    return NotAnalysed(
        what=f"Page {page.number}",
        page=page.number,
        reason=f"{page.problem}.",
        remedy=_RESCAN if page.problem == ILLEGIBLE else _ALLOW if options.ocr == "never" else _INSTALL,
    )


def _damaged(number: int) -> NotAnalysed:
    return NotAnalysed(
        what=f"Page {number}",
        page=number,
        reason="it is damaged and cannot be opened.",
        remedy="Get the file again from its sender.",
    )


def _beyond(limit: int, count: int) -> NotAnalysed:
    return NotAnalysed(
        what=f"Pages {limit + 1} to {count}",
        reason=f"the file says it has more than {limit:,} pages.",
        remedy="Raise the limit if you trust the file.",
    )
