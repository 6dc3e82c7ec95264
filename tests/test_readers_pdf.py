"""Plain PDF files: paragraphs, spaces, order, pages."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from contractscan.readers import read
from readers_drawing import UNGUARDED, lines, paragraphs, pdf


def test_lines_of_a_chinese_paragraph_are_joined_without_a_space() -> None:
    data = pdf(
        lines(
            "第八条 合同解除",
            "甲方提前三十日书面通知乙方的，可以解除本合同，乙方应当在收到解除通知",
            "之日起十日内退还尚未提供服务部分的预付款项。",
        )
    )
    assert paragraphs(read(data, options=UNGUARDED)) == [
        "第八条 合同解除",
        "甲方提前三十日书面通知乙方的，可以解除本合同，乙方应当在收到解除通知之日起十日内退还尚未提供服务部分的预付款项。",
    ]


def test_lines_of_an_english_paragraph_are_joined_with_a_space_and_broken_words_mended() -> None:
    data = pdf(
        lines(
            "8. Termination",
            "Either party may end this Agreement on thirty (30) days' written notice to the other, and the termi-",
            "nation takes effect at the end of that period. The Provider returns every third-party account, and the",
            "termination of one order does not end the others.",
            font="Helvetica",
            size=10,
        )
    )
    assert paragraphs(read(data, options=UNGUARDED)) == [
        "8. Termination",
        (
            "Either party may end this Agreement on thirty (30) days' written notice to the other, and the"
            " termination takes effect at the end of that period. The Provider returns every third-party account, and"
            " the termination of one order does not end the others."
        ),
    ]


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    data = pdf(
        lines(
            "The Provider shall hand over every third-party account, and each of these accounts that a third-",
            "party platform has suspended shall be listed with the reason for it in the handover record.",
            font="Helvetica",
            size=11,
        )
    )
    assert "that a third-party platform" in read(data, options=UNGUARDED).text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("第一条", "第一条 乙方应当移交账号。"),
        ("一、", "一、乙方应当移交账号。"),
        ("（二）", "（二）乙方应当移交账号。"),
        ("1.", "1.乙方应当移交账号。"),
        ("1.1", "1.1 乙方应当移交账号。"),
        ("①", "①乙方应当移交账号。"),
        ("(a)", "(a) 乙方应当移交账号。"),
    ],
)
def test_a_number_at_the_start_of_a_line_starts_a_paragraph(number: str, text: str) -> None:
    full = "双方确认下列事项均属于合同履行完毕之后仍然有效的约定并且各自承担责任："
    data = pdf(lines(full, text, "其余部分另行商定。"))
    assert paragraphs(read(data, options=UNGUARDED))[1].startswith(number)


def test_a_cross_reference_at_the_start_of_a_line_does_not() -> None:
    data = pdf(
        lines(
            "乙方未按约定移交账号、密码、绑定手机号及后台管理权限的，甲方有权按照",
            "第八条的约定解除本合同，并要求乙方支付违约金。",
        )
    )
    assert len(paragraphs(read(data, options=UNGUARDED))) == 1


def test_spaces_between_ideographs_and_figures_are_dropped() -> None:
    data = pdf(lines("甲方应于 2026 年 3 月 1 日前支付服务费 5000 元，逾期按日加收 3% 的违约金。"))
    assert paragraphs(read(data, options=UNGUARDED)) == [
        "甲方应于2026年3月1日前支付服务费5000元，逾期按日加收3%的违约金。"
    ]


def test_a_letter_spaced_title_is_read_as_words() -> None:
    data = pdf(lines("代 运 营 服 务 合 同", "甲方：海棠商贸有限公司"))
    assert paragraphs(read(data, options=UNGUARDED))[0] == "代运营服务合同"


def test_a_clause_that_crosses_pages_is_one_paragraph() -> None:
    data = pdf(
        lines("第九条 账号归属", "合作期间注册的抖音账号、店铺及其粉丝、数据和内容均归甲方所有，乙方应当", top=120),
        lines("在合同终止后五日内移交全部账号密码。", "第十条 保密"),
    )
    document = read(data, options=UNGUARDED)
    assert paragraphs(document)[1] == (
        "合作期间注册的抖音账号、店铺及其粉丝、数据和内容均归甲方所有，乙方应当在合同终止后五日内移交全部账号密码。"
    )
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]
    assert document.pages == 2


def test_a_page_drawn_from_the_bottom_up_is_read_from_the_top() -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in reversed(list(enumerate(["第一条 服务内容", "第二条 服务费", "第三条 解除"]))):
            canvas.drawString(72, 770 - 20 * number, text)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["第一条 服务内容", "第二条 服务费", "第三条 解除"]


def test_blocks_carry_page_paragraph_and_box_from_the_top_left() -> None:
    document = read(pdf(lines("第一条 服务内容", "第二条 服务费")), options=UNGUARDED)
    second = document.blocks[1]
    assert document.text[second.start : second.end] == "第二条 服务费"
    assert (second.page, second.paragraph, second.source) == (1, 1, "text")
    assert second.box is not None
    x0, top, x1, bottom = second.box
    assert round(x0) == 72
    assert 70 < x1 - x0 < 80  # six characters of 12 points and a space, whose width is that of the font found here
    assert 842 - 750 - 14 < top < bottom < 842 - 750 + 6


def test_radicals_are_read_as_the_ideographs_they_stand_for() -> None:
    data = pdf(lines("甲⽅与⼄⽅"))
    assert read(data, options=UNGUARDED).text.strip() == "甲方与乙方"
