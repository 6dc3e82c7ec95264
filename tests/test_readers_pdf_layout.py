"""PDF pages with more than one stream of text: running headers, columns, tables, contents, watermarks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from contractscan.model import Span
from contractscan.readers import read
from contractscan.readers.pdf import char_boxes
from readers_drawing import UNGUARDED, lines, paragraphs, pdf

Draw = Callable[[Canvas], None]
FIRST = (
    "第一条 服务内容",
    "乙方为甲方的抖音账号提供内容策划、短视频制作、直播运营和数据分析等服务，",
    "并按月向甲方提交运营报告。",
)
SECOND = (
    "第二条 服务费",
    "甲方按月支付服务费人民币壹万元整，乙方收到款项后五个工作日内向甲方开具合",
    "法有效的增值税发票。",
)
THIRD = (
    "第三条 解除",
    "任何一方提前三十日书面通知对方，可以解除本合同，已付未用的服务费按日退还。",
)


def muted(document: object, reason: str) -> list[str]:
    text = document.text  # type: ignore[attr-defined]
    return [text[item.start : item.end] for item in document.muted if item.reason == reason]  # type: ignore[attr-defined]


def page(body: tuple[str, ...], *, header: str = "", footer: str = "", top: float = 740) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 9)
        if header:
            canvas.drawString(72, 805, header)
        if footer:
            canvas.drawCentredString(297, 30, footer)
        lines(*body, top=top)(canvas)

    return draw


def grid(rows: list[list[str]], *, x: float = 72, top: float = 700, width: float = 100, height: float = 24) -> Draw:
    """A table with ruling lines, one string a cell, its text drawn row by row."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        columns = len(rows[0])
        for number in range(len(rows) + 1):
            canvas.line(x, top - number * height, x + columns * width, top - number * height)
        for number in range(columns + 1):
            canvas.line(x + number * width, top, x + number * width, top - len(rows) * height)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                for part, line in enumerate(text.split("\n")):
                    canvas.drawString(x + column * width + 4, top - number * height - 11 - 10 * part, line)

    return draw


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


# ------------------------------------------------------------------ furniture


def test_running_headers_and_page_numbers_are_muted_and_kept() -> None:
    data = pdf(
        *(
            page(body, header="星桥公司 合同编号：XQ-01", footer=f"第 {number} 页 共 3 页")
            for number, body in enumerate((FIRST, SECOND, THIRD), 1)
        )
    )
    document = read(data, options=UNGUARDED)
    assert muted(document, "furniture") == [
        "星桥公司 合同编号：XQ-01",
        "第1页共3页",
        "星桥公司 合同编号：XQ-01",
        "第2页共3页",
        "星桥公司 合同编号：XQ-01",
        "第3页共3页",
    ]
    assert {block.kind for block in document.blocks} == {"text", "furniture"}


def test_furniture_never_stands_inside_a_sentence_that_crosses_the_page() -> None:
    data = pdf(
        page(("第一条 账号", "本合同项下由乙方代为注册的抖音账号、店铺账号以及其他平台账号的所有权均归属"), footer="1"),
        page(("于甲方，乙方不得以任何理由拒绝移交。",), footer="2"),
    )
    assert paragraphs(read(data, options=UNGUARDED))[1] == (
        "本合同项下由乙方代为注册的抖音账号、店铺账号以及其他平台账号的所有权均归属于甲方，乙方不得以任何理由拒绝移交。"
    )


def test_numbered_schedule_headings_at_the_top_of_pages_are_not_furniture() -> None:
    data = pdf(
        page(FIRST, header="Schedule 1"),
        page(SECOND, header="第二页的正文从这里开始"),
        page(THIRD, header="Schedule 2"),
        page(("第四条 保密",), header="第四页的正文从这里开始"),
        page(("第五条 其他",), header="Schedule 3"),
    )
    assert muted(read(data, options=UNGUARDED), "furniture") == []


def test_clause_numbers_in_a_margin_of_their_own_are_not_page_numbers() -> None:
    def clauses(first: int, *texts: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 10)
            for step, text in enumerate(texts):
                canvas.drawString(72, 790 - 20 * step, f"{first}.{step + 1}")
                canvas.drawString(110, 790 - 20 * step, text)

        return draw

    pages = [
        clauses(1, "The Provider runs the accounts.", "The Client pays the fees."),
        clauses(2, "The Provider hands over the accounts.", "The Client may end this Agreement."),
        clauses(3, "Data belongs to the Client.", "Secrets stay secret."),
    ]
    document = read(pdf(*pages), options=UNGUARDED)
    assert document.muted == ()
    assert paragraphs(document)[2] == "2.1 The Provider hands over the accounts."


def test_a_slanted_watermark_is_muted_and_does_not_enter_the_clause() -> None:
    def draw(canvas: Canvas) -> None:
        lines(*FIRST)(canvas)
        canvas.saveState()
        canvas.translate(200, 650)
        canvas.rotate(45)
        canvas.setFont("STSong-Light", 40)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    document = read(pdf(draw), options=UNGUARDED)
    assert muted(document, "watermark") == ["内部资料"]
    assert paragraphs(document)[:2] == [FIRST[0], FIRST[1] + FIRST[2]]


def test_a_table_of_contents_is_muted() -> None:
    entries = [
        f"第{n}条 {title}................ {page}"
        for n, title, page in (("一", "服务内容", 1), ("二", "解除", 2), ("三", "保密", 4))
    ]
    document = read(pdf(lines("目 录", *entries), lines(*FIRST)), options=UNGUARDED)
    assert muted(document, "toc") == ["目录", *entries]


def test_contents_without_leaders_are_muted_by_their_title_and_the_contract_below_is_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawCentredString(297, 780, "CONTENTS")
        for step, (title, page_number) in enumerate((("1. Services", 3), ("2. Fees", 4), ("3. Termination", 4))):
            canvas.drawString(72, 740 - 20 * step, title)
            canvas.drawString(500, 740 - 20 * step, str(page_number))
        canvas.drawString(72, 600, "This Agreement is made between the Client and the Provider.")

    document = read(pdf(draw), options=UNGUARDED)
    assert muted(document, "toc") == ["CONTENTS", "1. Services", "3", "2. Fees", "4", "3. Termination", "4"]
    assert paragraphs(document)[-1] == "This Agreement is made between the Client and the Provider."


# -------------------------------------------------------------------- columns


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "一、乙方应当按照甲方确认的选题",
        "计划发布短视频，每月不少于十五条，",
        "并对发布内容的合法性负责。乙方未",
        "达到数量的，甲方有权按比例扣减当",
        "月服务费，并要求乙方在下一个月内",
        "补足所欠数量的短视频内容。",
    ]
    right = [
        "二、合同终止后五日内，乙方应当将",
        "账号、密码、绑定手机号以及后台的",
        "全部管理权限移交给甲方，并配合甲",
        "方完成实名认证信息的变更。乙方逾",
        "期移交的，每日按照服务费总额千分",
        "之五支付违约金。",
    ]

    def draw(canvas: Canvas) -> None:
        for number, (first, second) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(60, 760 - 20 * number, first)
            canvas.drawString(310, 760 - 20 * number, second)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["".join(left), "".join(right)]


def test_a_bilingual_page_is_read_language_by_language() -> None:
    chinese = [
        "第八条 甲方提前三十日书面通知乙方",
        "可以解除本合同，乙方应当在合同解除",
        "之日起十日内，将甲方已经支付但尚未",
        "提供服务部分的费用退还给甲方。",
    ]
    english = [
        "8. The Client may terminate this Agreement",
        "on thirty days' written notice, and within",
        "ten days of termination the Provider shall",
        "refund the fees paid for services not given.",
    ]

    def draw(canvas: Canvas) -> None:
        for number, (first, second) in enumerate(zip(chinese, english, strict=True)):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(60, 760 - 20 * number, first)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(310, 760 - 20 * number, second)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["".join(chinese), " ".join(english)]


def test_signatures_side_by_side_are_read_row_by_row() -> None:
    def draw(canvas: Canvas) -> None:
        for number, label in enumerate(("（盖章）：", "代表人：", "日期：")):
            canvas.drawString(72, 700 - 30 * number, f"甲方{label}")
            canvas.drawString(330, 700 - 30 * number, f"乙方{label}")

    assert paragraphs(read(pdf(draw), options=UNGUARDED))[0] == "甲方（盖章）：  乙方（盖章）："


# --------------------------------------------------------------------- tables


def test_a_ruled_table_reads_as_header_and_cell_pairs() -> None:
    rows = [["项目", "数量", "金额"], ["直播服务", "每月20场", "5000元"], ["短视频\n制作", "每月15条", "3000元"]]
    document = read(pdf(both(lines("第二条 服务费如下表：", top=760), grid(rows))), options=UNGUARDED)
    assert paragraphs(document) == [
        "第二条 服务费如下表：",
        "项目：直播服务；数量：每月20场；金额：5000元",
        "项目：短视频制作；数量：每月15条；金额：3000元",
    ]
    assert [block.kind for block in document.blocks] == ["text", "table", "table"]


def test_a_table_that_goes_on_over_the_page_keeps_its_header() -> None:
    first = [["项目", "金额"], ["直播服务", "5000元"]]
    second = [["短视频制作", "3000元"], ["广告投放", "2000元"]]
    document = read(pdf(grid(first), grid(second)), options=UNGUARDED)
    assert paragraphs(document) == [
        "项目：直播服务；金额：5000元",
        "项目：短视频制作；金额：3000元",
        "项目：广告投放；金额：2000元",
    ]


def test_column_names_repeated_on_every_page_are_no_furniture() -> None:
    names = ("服务项目", "服务费")
    data = pdf(grid((names, ("直播", "20,000元"))), grid((names, ("投放", "5,000元"))))
    assert paragraphs(read(data, options=UNGUARDED)) == [
        "服务项目：直播；服务费：20,000元",
        "服务项目：投放；服务费：5,000元",
    ]


def columns(*rows: tuple[str, ...], x: tuple[float, ...] = (72, 232, 392)) -> Draw:
    """Rows of entries that stand below one another, without ruling lines; an empty one is left out."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        for number, row in enumerate(rows):
            for left, text in zip(x, row, strict=True):
                canvas.drawString(left, 700 - 18 * number, text)

    return draw


def test_a_table_without_ruling_lines_reads_with_the_names_of_its_columns() -> None:
    rows = (
        ("服务项目", "数量", "服务费"),
        ("直播", "4场", "20,000元"),
        ("短视频", "12条", "8,000元"),
        ("合计", "", "28,000元"),
    )
    document = read(pdf(columns(*rows)), options=UNGUARDED)
    assert paragraphs(document) == [
        "服务项目：直播；数量：4场；服务费：20,000元",
        "服务项目：短视频；数量：12条；服务费：8,000元",
        "服务项目：合计；服务费：28,000元",
    ]
    assert {block.kind for block in document.blocks} == {"table"}


@pytest.mark.parametrize(
    "rows",
    [
        (("甲方", "乙方", "丙方"), ("海棠公司", "星河公司", "明月公司"), ("张三", "李四", "王五")),
        (("服务项目", "数量", "服务费"), ("直播", "4场", "20,000元")),
        (("甲方：海棠公司", "", "乙方：星河公司"), ("代表：张三", "", "代表：李四"), ("日期：", "", "日期：")),
    ],
)
def test_rows_that_are_no_certain_table_stay_rows(rows: tuple[tuple[str, ...], ...]) -> None:
    document = read(pdf(columns(*rows)), options=UNGUARDED)
    assert {block.kind for block in document.blocks} == {"text"}


def test_a_form_of_labels_and_values_has_no_header() -> None:
    rows = [["甲方：", "海棠商贸有限公司"], ["地址：", "样例市示范路一号"]]
    assert paragraphs(read(pdf(grid(rows)), options=UNGUARDED)) == ["甲方：海棠商贸有限公司", "地址：样例市示范路一号"]


def test_lines_to_write_on_are_not_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        lines("甲方：", "地址：", "电话：", "开户行：", "账号：", step=30)(canvas)
        for number in range(5):
            canvas.line(120, 768 - 30 * number, 400, 768 - 30 * number)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["甲方：", "地址：", "电话：", "开户行：", "账号："]


# -------------------------------------------------------------------- turning


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.saveState()
        # Text drawn so that it is upright once the viewer has turned the page.
        if turn == 90:
            canvas.translate(595, 0)
            canvas.rotate(90)
        elif turn == 180:
            canvas.translate(595, 842)
            canvas.rotate(180)
        else:
            canvas.translate(0, 595)
            canvas.rotate(270)
        lines(*FIRST, top=500)(canvas)
        canvas.restoreState()

    document = read(pdf(draw), options=UNGUARDED)
    assert paragraphs(document) == [FIRST[0], FIRST[1] + FIRST[2]]
    assert document.blocks[0].box is not None
    assert document.blocks[0].box[0] == pytest.approx(72, abs=1)


def test_text_drawn_sideways_on_an_upright_page_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        lines(*FIRST, top=500)(canvas)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == [FIRST[0], FIRST[1] + FIRST[2]]


def test_vertical_writing_is_read_column_by_column_from_the_right() -> None:
    def draw(canvas: Canvas) -> None:
        for column, text in enumerate(("第一條甲方得終止本契約。", "第二條乙方應移交帳號。")):
            for place, sign in enumerate(text):
                canvas.drawString(520 - 30 * column, 770 - 14 * place, sign)

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["第一條甲方得終止本契約。", "第二條乙方應移交帳號。"]


def test_lone_signs_of_a_font_that_nobody_has_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 770, "是否独家：")
        canvas.drawString(132, 770, "是")

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["是否独家：是"]


def test_numbers_that_count_the_lines_of_a_page_are_furniture() -> None:
    words = (
        "This Agreement is made between Alpha Ltd and Beta Ltd. The Client",
        "may terminate this Agreement at any time by giving sixty (60) days",
        "written notice to the Provider, and the Provider shall hand over the",
        "account and all of its credentials within ten (10) business days.",
    )

    def draw(canvas: Canvas) -> None:
        lines(*map(str, range(1, 26)), x=40, top=780, step=24, font="Helvetica")(canvas)
        lines(*words, top=780, step=24, font="Helvetica")(canvas)

    document = read(pdf(draw), options=UNGUARDED)
    assert paragraphs(document)[0] == " ".join(words)
    assert muted(document, "furniture") == [str(number) for number in range(1, 26)]


def test_a_large_word_written_across_others_is_a_watermark() -> None:
    def draw(canvas: Canvas) -> None:
        lines(*FIRST)(canvas)
        canvas.setFont("STSong-Light", 48)
        canvas.drawString(200, 740, "仅供参考")

    document = read(pdf(draw), options=UNGUARDED)
    assert muted(document, "watermark") == ["仅供参考"]
    assert paragraphs(document)[:2] == [FIRST[0], FIRST[1] + FIRST[2]]


def test_fake_bold_is_not_doubled() -> None:
    def draw(canvas: Canvas) -> None:
        for offset in (0, 0.3):
            canvas.drawString(72 + offset, 760, "第五条 合同解除")

    assert paragraphs(read(pdf(draw), options=UNGUARDED)) == ["第五条 合同解除"]


# ------------------------------------------------------------------ highlights


def boxes_of(data: bytes, *words: str) -> list[list[tuple[int, ...]]]:
    document = read(data, options=UNGUARDED)
    starts = [document.text.index(each) for each in words]
    spans = [Span(start=start, end=start + len(each)) for start, each in zip(starts, words, strict=True)]
    return [[tuple(round(value) for value in box) for box in found] for found in char_boxes(data, spans, document)]


def near(expected: list[list[tuple[int, ...]]]) -> object:
    """Equal but for a point: the machine puts a font of its own in place of one that is not in the file."""
    return [[pytest.approx(box, abs=1) for box in found] for found in expected]


def test_words_are_found_on_the_page_again() -> None:
    assert boxes_of(pdf(lines("第一条 解除", "甲方可以解除本合同。")), "解除本合同") == near([[(1, 120, 82, 180, 95)]])


def test_words_over_two_lines_give_a_box_each() -> None:
    long = "乙方未按约定移交账号、密码、绑定手机号及后台管理权限的，甲方有权按照本合"
    data = pdf(lines(long, "同的约定解除合同。"))
    assert boxes_of(data, "按照本合同的约定") == near([[(1, 456, 62, 504, 75), (1, 72, 82, 120, 95)]])


def test_dropped_spaces_do_not_shift_the_boxes() -> None:
    first, second = boxes_of(pdf(lines("于 2026 年 3 月 1 日前支付 5000 元服务费。")), "2026年3月1日", "5000元")
    assert first[0][1] > 72 + 12
    assert first[0][3] < second[0][1]


def test_words_of_a_table_row_are_the_cells_that_hold_them() -> None:
    rows = [["项目", "金额"], ["直播服务", "5000元"]]
    assert boxes_of(pdf(grid(rows)), "金额：5000元") == [[(1, 176, 169, 204, 180)]]


def test_words_on_a_turned_page_have_boxes_as_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        lines("第一条 解除", "甲方可以解除本合同。", top=500)(canvas)

    assert boxes_of(pdf(draw), "解除本合同") == near([[(1, 120, 105, 180, 118)]])


# -------------------------------------------------------------------- options


def test_options_that_were_not_ticked_are_muted() -> None:
    data = pdf(lines("付款方式：□按月支付 √按季支付", "第三条 保密", "□ 乙方可以公开", "√ 双方不得公开"))
    document = read(data, options=UNGUARDED)
    assert muted(document, "unticked") == ["□按月支付", "□ 乙方可以公开"]


def test_options_on_two_pages_belong_together_across_the_footer() -> None:
    above = page((*FIRST, "√ 账号归甲方所有"), footer="第 1 页", top=170)
    below = page(("□ 账号归乙方所有", *SECOND), footer="第 2 页")
    document = read(pdf(above, below), options=UNGUARDED)
    assert muted(document, "unticked") == ["□ 账号归乙方所有"]
    assert muted(document, "furniture") == ["第1页", "第2页"]


def test_a_form_in_which_nothing_is_ticked_stays() -> None:
    document = read(pdf(lines("付款方式：□按月支付 □按季支付")), options=UNGUARDED)
    assert document.muted == ()
