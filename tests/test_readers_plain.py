"""Text files: encodings, paragraphs, Markdown."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractscan.errors import ReadError
from contractscan.model import Document
from contractscan.readers.limits import Limits, ReadOptions
from contractscan.readers.plain import read_plain
from contractscan.segment import segment

HANS = "甲方：星河公司\n第一条 服务内容\n乙方为甲方代为运营抖音账号，期限三个月。\n第二条 费用\n每月20,000元。\n"
HANT = "甲方：星河公司\n第一條 服務內容\n乙方為甲方代為營運帳號，期限三個月。\n第二條 費用\n每月20,000元。\n"
LATIN = "The Client may end this Agreement “at will” – on 30 days’ notice – and owes £300.\n"


def read(data: bytes | str, name: str = "合同.txt") -> Document:
    return read_plain(data.encode() if isinstance(data, str) else data, name=name, options=ReadOptions())


def paragraphs(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize(
    ("text", "encoding", "mark"),
    [
        (HANS, "utf-8", b""),
        (HANS, "utf-8", codecs.BOM_UTF8),
        (HANS, "gb18030", b""),
        (HANS, "utf-16-le", codecs.BOM_UTF16_LE),
        (HANS, "utf-16-be", codecs.BOM_UTF16_BE),
        (HANS, "utf-16-le", b""),
        (HANS, "utf-16-be", b""),
        (HANT, "big5", b""),
        (HANT, "gb18030", b""),
        (HANT, "utf-8", b""),
        (LATIN, "cp1252", b""),
        (LATIN, "utf-16-le", b""),
        ("甲方可解除本合同。", "gb18030", b""),
        ("甲方得終止契約。", "big5", b""),
        ("甲方可以解除，一次付清。", "utf-16-le", b""),
        ("甲方得終止，一次付清。", "utf-16-be", b""),
        ("The Client’s fees fall due.", "cp1252", b""),
    ],
)
def test_encodings(text: str, encoding: str, mark: bytes) -> None:
    assert read(mark + text.encode(encoding)).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_become_one(end: str) -> None:
    assert read(f"甲方{end}乙方").text == "甲方\n乙方"


def test_unseen_marks_do_not_tear_words() -> None:
    assert read("解\u200b除\u00ad本\ufeff合同").text == "解除本合同"


def test_stray_zero_bytes_do_not_make_it_utf_16() -> None:
    assert read(f"{HANS * 9}\0\0{HANS}".encode()).text == HANS * 10


def test_a_character_cut_off_at_the_end_is_left_out() -> None:
    assert read("甲方解除".encode()[:-1]).text == "甲方解"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\x00\x00", b"\xef\xbb\xbf", bytes(range(256)) * 8, b"\x00\x01\x02\x03\x04\x05" * 50]
)
def test_no_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.reason
    assert caught.value.remedy


def test_too_long() -> None:
    with pytest.raises(ReadError, match="more than 5 characters"):
        read_plain(b"abcdef", name="x.txt", options=ReadOptions(limits=Limits(characters=5)))


def test_one_paragraph_a_line() -> None:
    assert paragraphs(read("第一条 服务\n\n  乙方运营。  \n第二条 费用")) == [
        "第一条 服务",
        "乙方运营。",
        "第二条 费用",
    ]


def test_lines_broken_at_a_margin_stay_in_one_paragraph() -> None:
    text = (
        "第一条 服务内容\n"
        "乙方应当按照本合同约定为甲方提供账号的日常运营服务包括选题策划拍\n"
        "摄剪辑发布评论维护以及数据分析并于每月五日之前向甲方提交上一个月\n"
        "的运营报告。\n"
        "第二条 费用\n"
        "甲方应当在每月五日之前向乙方支付当月的服务费人民币两万元整乙方在\n"
        "收到款项之后五个工作日内开具等额的增值税专用发票并交付给甲方财务\n"
        "部门。\n"
        "第三条 其他\n"
    )
    blocks = paragraphs(read(text))
    assert len(blocks) == 5
    assert blocks[1].startswith("乙方应当按照")
    assert blocks[1].endswith("报告。")


def furniture(document: Document) -> list[str]:
    assert {(b.start, b.end) for b in document.blocks if b.kind == "furniture"} == {
        (m.start, m.end) for m in document.muted
    }
    return [document.text[each.start : each.end] for each in document.muted]


def paged(footer: str, *pages: str) -> str:
    return "\n\n".join(f"{page}\n\n{footer.format(number)}\n\n\n\n\n" for number, page in enumerate(pages, 1))


PAGES = [f"第{number}条\n\n{'双方按照约定履行，并将进展告知对方。' * 30}" for number in "一二三四"]


def test_what_recurs_at_page_breaks_is_furniture() -> None:
    document = read(paged("代运营合同（2026版）\n\n- {} -", "服务合同\n\n甲方：星河公司", *PAGES))
    feet = [line for number in range(1, 6) for line in ("代运营合同（2026版）", f"- {number} -")]
    assert furniture(document) == feet[1:]  # the third line of a file may still be its title


def test_a_sentence_goes_on_after_the_foot_of_a_page() -> None:
    first, *others = PAGES
    text = paged("Page {} of 4", f"{first}\n\nThis Agreement shall continue", "until 31 May 2027.", *others)
    document = read(text)
    sentences = [text[s.start : s.end] for clause in segment(document) for s in clause.sentences]
    assert any(s.startswith("This Agreement shall continue") and s.endswith("until 31 May 2027.") for s in sentences)


@pytest.mark.parametrize(
    "text",
    [
        paged("附件{}", *PAGES),  # titles
        "\n\n\n\n\n".join(["授权代表：", "签订日期"] * 4),  # signatures stand close together
        "\n\n".join(f"{page}\n\n按月结算" for page in PAGES),  # no page ends there
        "\n\n\n\n\n".join([*PAGES, "12", *PAGES, "40"]),  # numbers that do not count on
    ],
)
def test_what_recurs_for_other_reasons_is_text(text: str) -> None:
    assert furniture(read(text)) == []


def test_options_in_plain_text() -> None:
    document = read("付款：☑按月 □按季")
    assert [(document.text[m.start : m.end], m.reason) for m in document.muted] == [("□按季", "unticked")]


MARKDOWN = """# 代运营合同

**第一条** 服务*内容*
1.1 见[附件](https://example.com/a_b)，下划线 a_b_c 与 5\\*3。

1. 甲方
    1. 提供账号
    2. 提供资料
2. 乙方

- [x] 自动续约
- [ ] 到期终止

| 项目 | 费用 |
|---|---|
| 直播 | 20,000元 |

~~旧条款~~ <span class="x">新条款</span><!-- 备注 -->
"""


def test_markdown_marks_are_out_and_the_words_are_in() -> None:
    assert read(MARKDOWN, "合同.md").text.split("\n") == [
        "代运营合同",
        "",
        "第一条 服务内容",
        "1.1 见附件，下划线 a_b_c 与 5*3。",
        "",
        "1. 甲方",
        "1.1 提供账号",
        "1.2 提供资料",
        "",
        "2. 乙方",
        "",
        "• [x] 自动续约",
        "• [ ] 到期终止",
        "",
        "项目\t费用",
        "项目：直播；费用：20,000元",
        "",
        "旧条款 新条款",
        "",
    ]


def test_markdown_in_a_text_file_is_text() -> None:
    assert read("**甲方** # 一", "合同.txt").text == "**甲方** # 一"


def test_struck_and_unticked_markdown_is_muted() -> None:
    document = read(MARKDOWN, "合同.md")
    assert [(document.text[m.start : m.end], m.reason) for m in document.muted] == [
        ("[ ] 到期终止", "unticked"),
        ("旧条款", "deleted"),
    ]


@given(st.text(max_size=400))
def test_blocks_hold_every_visible_character(text: str) -> None:
    try:
        document = read(text.encode("utf-8", "ignore"))
    except ReadError:
        return
    held = "".join(paragraphs(document))
    assert "".join(held.split()) == "".join(document.text.split())
    assert all(a.end <= b.start for a, b in zip(document.blocks, document.blocks[1:], strict=False))
