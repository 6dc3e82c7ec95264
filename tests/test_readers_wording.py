"""What was not read is said in Chinese too."""

from __future__ import annotations

import pytest

from contractscan.model import NotAnalysed
from contractscan.readers import read
from contractscan.readers.pdf import quality
from contractscan.readers.pdf.picture import ILLEGIBLE
from contractscan.readers.wording import in_chinese, with_chinese
from docx_files import docx_bytes, p
from readers_drawing import UNGUARDED


@pytest.mark.parametrize(
    "reason", [quality.NO_TEXT, quality.OUTLINES, quality.MOSTLY_IMAGE, quality.BROKEN, ILLEGIBLE, "it is an image"]
)
def test_every_reason_why_a_page_was_not_read_has_its_chinese(reason: str) -> None:
    assert in_chinese(f"{reason}.") != f"{reason}."


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Page 12", "第 12 页"),
        ("Pages 2001 to 2400", "第 2001 至 2400 页"),
        ("2 picture(s) in paragraph 3, 7", "第 3, 7 段的 2 张图片"),
        ("it has more than 200,000 characters; the rest is not read.", "该页超过 200,000 个字符，其余未读取。"),
        ("something new", "something new"),
    ],
)
def test_places_and_bounds(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_a_part_keeps_its_english() -> None:
    part = with_chinese(NotAnalysed(what="chart", reason="The text of charts is not read.", remedy="x"))
    assert (part.what, part.reason, part.remedy) == ("chart", "The text of charts is not read.", "x")
    assert part.zh is not None
    assert (part.zh.what, part.zh.reason, part.zh.remedy) == ("图表", "图表中的文字不读取。", "x")


def test_what_a_reader_leaves_out_comes_with_both() -> None:
    document = read(docx_bytes(p("甲方") + '<w:altChunk r:id="x"/>'), name="合同.docx", options=UNGUARDED)
    assert [part.zh.what for part in document.not_analysed if part.zh] == ["插入的文件（altChunk）"]
