"""What recognition misreads is understood, and quoted as it was read."""

from __future__ import annotations

import io
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from rapidfuzz import fuzz

from contractscan import Finding, Scanner
from contractscan.model import Block, Document
from contractscan.readers import ReadOptions, ocr, read
from contractscan.readers.misreadings import mend
from contractscan.readers.pdf.picture import Pixels, Recognised, Word

SAMPLES = Path(__file__).parents[1] / "sample_contracts"
OPTIONS = ReadOptions(guarded=False)


def recognised(text: str) -> Document:
    return Document(name="扫描.png", format="image", text=text, blocks=(Block(start=0, end=len(text), source="ocr"),))


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("拌音账号归乙方所有", "抖音账号归乙方所有"),
        ("抖意号由平方注册", "抖音号由甲方注册"),
        ("支付连约金和保证余", "支付违约金和保证金"),
        ("账号的密吗与管理贝权限", "账号的密码与管理贝权限"),
        ("服务费均不于退还，不予通还", "服务费均不于退还，不予退还"),
        ("直播運管", "直播運营"),  # a traditional sign that was read right stays
        ("知识产杖", "知识产权"),
        ("服务费360.000元", "服务费360,000元"),
        ("人民币1.200.000元（大写：壹佰贷拾万元整）", "人民币1,200,000元（大写：壹佰贰拾万元整）"),
        ("共计壹抬捌万元", "共计壹拾捌万元"),
        ("1O,000元，提前3l日", "10,000元，提前31日"),
        ("违约金#5,000", "违约金¥5,000"),
        ("违\n连约金", "违\n违约金"),
    ],
)
def test_misread_words_and_figures_are_mended(read_as: str, meant: str) -> None:
    assert mend(recognised(read_as)).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "建筑面积120平方米，约0.125公顷",
        "法律法规的规定，平台同意，会同验收，各份合同，理赔信息",
        "返还、退还与归还；违约方；保证人；服务商",
        "长1.250米，费率0.125%，版本 1.0.1，单价12.50元",
        "账号ID: Olive-O1l，型号 Y5，#3",
        "本合同一式两份，自签字之日起生效",
    ],
)
def test_what_was_read_right_stays(text: str) -> None:
    document = recognised(text)
    assert mend(document) is document


def test_text_that_was_not_recognised_is_left_alone() -> None:
    text = "拌音账号\n拌音账号"
    blocks = (Block(start=0, end=4), Block(start=5, end=9, source="ocr"))
    document = Document(name="合同.pdf", format="pdf", text=text, blocks=blocks)
    assert mend(document).text == "拌音账号\n抖音账号"


@given(st.text(alphabet="抖拌音甲平方乙账帐号违连约金余360.,O1l#¥元壹抬万\n ", max_size=60))
def test_mending_keeps_the_length_and_is_done_once(text: str) -> None:
    once = mend(recognised(text))
    assert len(once.text) == len(text)
    assert mend(once).text == once.text


# ------------------------------------------------------------- the whole path


def misread(picture: Pixels) -> Recognised:
    texts = (
        "委托方（甲方）：海棠商贸有限公司",
        "服务方（乙方）：云栖文化传媒有限公司",
        "第一条 拌音账号由乙方以其名义注册，账号归乙方所有。",
        "第二条 甲方逾期付款的，每逾期一日，应向乙方支付连约金人民币1.000元。",
    )
    step = picture.height / 10
    return Recognised(
        tuple(
            Word(text, 0.93, (0.1 * picture.width, step * (n + 1), 0.8 * picture.width, step * (n + 1.4)))
            for n, text in enumerate(texts)
        )
    )


def scanned_image() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 842), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_misread_clause_is_found_and_quoted_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: misread)
    review = Scanner(options=OPTIONS).review(scanned_image(), name="扫描.png")
    found = {finding.rule_id: finding for finding in review.report.findings if finding.kind == "clause"}
    registered, late = found["account-registration-entity"], found["late-payment-penalty"]
    assert "拌音账号由乙方以其名义注册" in registered.evidence[0].quote
    assert "支付连约金人民币1.000元" in late.evidence[0].quote
    assert [capture.amount for capture in late.captures.values() if capture.kind == "money"] == [1000]
    for finding in review.report.findings:
        for evidence in finding.evidence:
            assert evidence.source == "ocr"
            assert evidence.quote == review.document.text[evidence.start : evidence.end]


def test_pages_that_were_recognised_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recogniser", lambda: misread)
    document = read(scanned_image(), name="扫描.png", options=OPTIONS)
    assert [note.zh[:14] for note in document.notes] == ["第 1 页的文字由图像识别得"]


def test_a_page_that_recognition_only_guessed_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    def guess(picture: Pixels) -> Recognised:
        return Recognised(tuple(Word(word.text, 0.6, word.box) for word in misread(picture).words))

    monkeypatch.setattr(ocr, "recogniser", lambda: guess)
    report = Scanner(options=OPTIONS).scan(scanned_image(), name="扫描.png")
    assert report.overall.reviewed is False
    assert [(entry.page, entry.reason) for entry in report.not_analysed] == [
        (1, "its picture is too blurred or too coarse to be recognised.")
    ]


def scan_of(path: Path) -> bytes:
    """The pages of a PDF as a scanner gives them: 200 dots an inch, grey, noisy, turned by two thirds of a degree."""
    import numpy
    import pypdfium2

    noise = numpy.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(path):
        grey = page.render(scale=200 / 72).to_pil().convert("L").rotate(0.7, fillcolor=255, resample=Image.BICUBIC)
        dots = numpy.asarray(grey.filter(ImageFilter.GaussianBlur(0.6))) * 0.85 + 20
        dots = numpy.clip(dots + noise.normal(0, 12, dots.shape), 0, 255)
        pages.append(Image.fromarray(dots.astype("uint8")))
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    return buffer.getvalue()


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="needs contractscan[ocr]")
def test_a_scan_gives_nine_in_ten_findings_of_its_text() -> None:
    scanner = Scanner(options=OPTIONS)
    path = SAMPLES / "provider-is-party-a.pdf"
    text, scanned = scanner.scan(path).findings, scanner.scan(scan_of(path), name="扫描.tiff").findings

    def quote(finding: Finding) -> str:
        return re.sub(r"\s", "", "".join(evidence.quote for evidence in finding.evidence))

    found = [
        finding
        for finding in text
        if any(
            other.rule_id == finding.rule_id and (not quote(finding) or fuzz.ratio(quote(other), quote(finding)) > 85)
            for other in scanned
        )
    ]
    assert len(text) > 30
    assert len(found) >= 0.9 * len(text)
