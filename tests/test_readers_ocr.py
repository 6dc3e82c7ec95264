"""Recognition (OCR): which pages go to it, what comes back, and RapidOCR itself when it is installed."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image
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
