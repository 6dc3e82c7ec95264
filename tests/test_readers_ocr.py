"""Recognition (OCR): which pages go to it, what comes back, and RapidOCR itself when it is installed."""

from __future__ import annotations

import io
import math
from importlib.util import find_spec
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw
from rapidfuzz import fuzz
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contractscan.errors import ReadError
from contractscan.readers import Limits, ReadOptions, ocr, read
from contractscan.readers.pdf import read_image, read_pdf
from contractscan.readers.pdf.picture import Pixels, Recognised, Word
from readers_drawing import lines, paragraphs, pdf

OPTIONS = ReadOptions(guarded=False)
SAMPLE = Path(__file__).parents[1] / "sample_contracts" / "douyin-agency.pdf"
installed = pytest.mark.skipif(find_spec("rapidocr") is None, reason="needs contractscan[ocr]")


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 84), "lightgrey")), 0, 0, 595, 842)


def clause(picture: Pixels) -> Recognised:
    """Two lines that go on from one another, a third of the picture's height down."""
    wide, high = picture.width, picture.height
    first = (0.1 * wide, 0.30 * high, 0.9 * wide, 0.32 * high)
    second = (0.1 * wide, 0.33 * high, 0.3 * wide, 0.35 * high)
    return Recognised(
        (
            Word("第八条 甲方提前 30 日书面通知乙方的，可以解除本合同，乙", 0.97, first),
            Word("方应当移交账号。", 0.88, second),
        )
    )


def test_a_scanned_page_among_text_pages_is_recognised_in_its_place() -> None:
    told: list[str] = []
    data = pdf(lines("第一条 服务内容"), scan, lines("第九条 保密"))
    document = read_pdf(data, name="合同.pdf", options=OPTIONS, recognise=clause, progress=told.append)
    assert paragraphs(document) == [
        "第一条 服务内容",
        "第八条 甲方提前30日书面通知乙方的，可以解除本合同，乙方应当移交账号。",
        "第九条 保密",
    ]
    assert [(block.page, block.source, block.confidence) for block in document.blocks] == [
        (1, "text", None),
        (2, "ocr", 0.97),
        (2, "ocr", 0.88),
        (3, "text", None),
    ]
    assert document.not_analysed == ()
    assert told == ["Recognising page 2 of 3"]


FEES = (("序号", "服务项目", "服务费"), ("1", "直播代运营", "20,000元/月"), ("2", "广告投放", "消耗额的8%"))


def fee_table(picture: Pixels, *, ruled: bool, across: bool = False) -> Recognised:
    """A table of three columns over the middle of the picture; `across`: one line read over two cells."""
    edges = [picture.width * share for share in (0.1, 0.2, 0.5, 0.9)]
    tops = [picture.height * (0.3 + 0.04 * number) for number in range(4)]
    words = [
        Word(text, 0.95, (left + 10, top + 12, left + 10 + 22 * len(text), top + 50))
        for row, top in zip(FEES, tops, strict=False)
        for text, left in zip(row, edges, strict=False)
    ]
    if across:
        words[4:6] = [Word("直播代运营 20,000元/月", 0.95, (edges[1] + 10, tops[1] + 12, edges[2] + 200, tops[1] + 50))]
    level = [(edges[0], top - 1, edges[-1], top + 1) for top in tops]
    upright = [(edge - 1, tops[0], edge + 1, tops[-1]) for edge in edges]
    return Recognised(tuple(words), rules=(*level, *upright) if ruled else ())


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_in_a_scan_reads_with_the_names_of_its_columns(ruled: bool) -> None:
    document = read_pdf(pdf(scan), name="x.pdf", options=OPTIONS, recognise=lambda page: fee_table(page, ruled=ruled))
    assert paragraphs(document) == [
        "序号：1；服务项目：直播代运营；服务费：20,000元/月",
        "序号：2；服务项目：广告投放；服务费：消耗额的8%",
    ]
    assert {(block.kind, block.source, block.confidence) for block in document.blocks} == {("table", "ocr", 0.95)}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_line_recognised_across_two_cells_leaves_the_rows_as_they_are(ruled: bool) -> None:
    document = read_pdf(
        pdf(scan), name="x.pdf", options=OPTIONS, recognise=lambda page: fee_table(page, ruled=ruled, across=True)
    )
    assert "：" not in document.text
    assert "直播代运营20,000元/月" in document.text


@installed
@pytest.mark.parametrize("degrees", [0.0, 0.7])
def test_ruling_lines_are_found_in_a_picture(degrees: float) -> None:
    picture = Image.new("L", (1654, 2339), 255)
    drawing = ImageDraw.Draw(picture)
    for place in range(4):
        drawing.line((200, 600 + 80 * place, 1400, 600 + 80 * place), fill=40, width=2)
        drawing.line((200 + 400 * place, 600, 200 + 400 * place, 840), fill=40, width=2)
    drawing.line((300, 1200, 325, 1200), fill=0, width=3)  # as long as the stroke of a sign
    turned = numpy.asarray(picture.rotate(-degrees, fillcolor=255, resample=Image.Resampling.BICUBIC).convert("RGB"))
    rules = ocr._rules(turned, math.radians(degrees))
    level = sorted(round(y0 / 10) * 10 for x0, y0, x1, y1 in rules if x1 - x0 > 1000)
    upright = sorted(round(x0 / 10) * 10 for x0, y0, x1, y1 in rules if y1 - y0 > 200)
    assert (level, upright) == ([600, 680, 760, 840], [200, 600, 1000, 1400])
    assert all(y0 < 900 for _, y0, _, _ in rules)


def test_force_recognises_pages_that_have_text() -> None:
    options = ReadOptions(guarded=False, ocr="force")
    document = read_pdf(pdf(lines("第一条 服务内容")), name="合同.pdf", options=options, recognise=clause)
    assert {block.source for block in document.blocks} == {"ocr"}


def test_a_page_in_which_nothing_is_recognised_is_listed() -> None:
    document = read_pdf(pdf(scan), name="合同.pdf", options=OPTIONS, recognise=lambda _: Recognised(()))
    assert document.text == ""
    assert [(entry.page, entry.reason) for entry in document.not_analysed] == [(1, "it holds no text, only an image.")]


def test_without_the_extra_the_remedy_names_it() -> None:
    document = read_pdf(pdf(scan), name="合同.pdf", options=OPTIONS)
    assert document.not_analysed[0].remedy == "Install contractscan[ocr] to read scanned pages."


@pytest.mark.parametrize(
    ("turn", "shown"),
    [
        (0, (10, 20, 30, 40)),
        (90, (20, 812, 40, 832)),
        (180, (570, 802, 590, 822)),
        (270, (560, 10, 580, 30)),
    ],
)
def test_boxes_of_a_turned_picture_are_those_shown(turn: int, shown: tuple[int, ...]) -> None:
    # 600 by 842 pixels, one to a point; the words stand at (10, 20, 30, 40) once the picture is turned.
    found = Recognised((Word("解除", 0.9, (10.0, 20.0, 30.0, 40.0)),), turn)
    picture = io.BytesIO()
    Image.new("RGB", (600, 842), "white").save(picture, "PNG")
    document = read_image(picture.getvalue(), name="页.png", options=OPTIONS, recognise=lambda _: found)
    assert document.blocks[0].box == shown


def test_every_page_of_a_tiff_is_read() -> None:
    buffer = io.BytesIO()
    pages = [Image.new("RGB", (100, 140), "white") for _ in range(3)]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    document = read_image(buffer.getvalue(), name="扫描.tiff", options=OPTIONS, recognise=clause)
    assert document.pages == 3
    assert [block.page for block in document.blocks] == [1, 1, 2, 2, 3, 3]


def test_an_image_without_recognition_is_listed_with_the_remedy() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (100, 140), "white").save(buffer, "PNG")
    document = read(buffer.getvalue(), name="合同.png", options=ReadOptions(guarded=False, ocr="never"))
    assert (document.text, document.pages) == ("", 1)
    assert document.not_analysed[0].remedy == "Allow recognition (OCR) to read scanned pages."


def test_an_image_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    Image.new("1", (5000, 5000)).save(buffer, "PNG")
    options = ReadOptions(guarded=False, limits=Limits(image_pixels=1_000_000))
    with pytest.raises(ReadError, match="more than 1,000,000 pixels"):
        read(buffer.getvalue(), name="大.png", options=options)


def test_a_damaged_image_is_a_read_error() -> None:
    with pytest.raises(ReadError, match="damaged image"):
        read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, name="坏.png", options=OPTIONS)


# ------------------------------------------------------------------- RapidOCR


def photograph(*, turn: float, top: float = 0.05, bottom: float = 0.55) -> bytes:
    """The upper half of the sample contract's first page as a grey picture of 150 dots an inch, turned clockwise."""
    import pypdfium2

    page = pypdfium2.PdfDocument(SAMPLE)[0]
    picture = page.render(scale=150 / 72).to_pil().convert("L")
    part = picture.crop((0, int(top * picture.height), picture.width, int(bottom * picture.height)))
    buffer = io.BytesIO()
    part.rotate(-turn, expand=True, fillcolor=255).save(buffer, "PNG")
    return buffer.getvalue()


def expected() -> str:
    return "".join(read(SAMPLE, options=ReadOptions(ocr="never")).text.split())


@installed
@pytest.mark.parametrize("turn", [1, 90, 180, 270])
def test_a_scan_reads_like_its_contract_whichever_way_it_lies(turn: int) -> None:
    document = read(photograph(turn=turn), name="扫描.png")
    found = "".join(document.text.split())
    assert len(found) > 300
    assert fuzz.partial_ratio(found, expected()) > 95
    assert all(block.source == "ocr" and (block.confidence or 0) >= 0.5 for block in document.blocks)


@installed
def test_an_empty_picture_gives_no_words() -> None:
    assert ocr.recognise(Pixels(200, 280, b"\xff" * (200 * 280 * 3))) == Recognised(())
