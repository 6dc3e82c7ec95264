# ruff: noqa: E501  (a piece of markup reads best on one line)
"""What a Word file shows is in the text, once; what it does not show is not."""

from __future__ import annotations

import io

import pytest

import contractscan
from contractscan.model import Document
from contractscan.readers.docx import package, read_docx
from contractscan.readers.limits import ReadOptions
from docx_files import docx_bytes, level, listed, numbering, p, part, read, table

RUN = "<w:r><w:t>{}</w:t></w:r>"
INS = '<w:ins w:id="1" w:author="甲">' + RUN + "</w:ins>"
DEL = '<w:del w:id="2" w:author="乙"><w:r><w:delText>{}</w:delText></w:r></w:del>'
SDT = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOX = "<w:txbxContent>{}</w:txbxContent>"


def field(code: str, result: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def muted(document: Document, reason: str) -> list[str]:
    return [document.text[each.start : each.end] for each in document.muted if each.reason == reason]


# ------------------------------------------------------------ inline content


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('<w:hyperlink r:id="x">' + RUN.format("账号") + "</w:hyperlink>", "账号"),
        ('<w:smartTag w:element="x">' + RUN.format("账号") + "</w:smartTag>", "账号"),
        ("<w:customXml>" + RUN.format("账号") + "</w:customXml>", "账号"),
        (SDT.format(RUN.format("账号")), "账号"),
        ('<w:fldSimple w:instr="REF x">' + RUN.format("第三条") + "</w:fldSimple>", "第三条"),
        (field("REF _Ref1", RUN.format("第三条")), "第三条"),
        (field("IF " + "x", field("REF a", RUN.format("甲")) + RUN.format("方")), "甲方"),
        (field("HYPERLINK"), ""),
        (field(r"EQ \o\ac(○,3)"), "③"),
        (field(r"EQ \o\ac(○,3)", RUN.format("")), "③"),
        (field(r"EQ \f(1,2)"), "1/2"),
        (field(r"SYMBOL 254 \f Wingdings"), "☑"),
        ("<w:r><w:ruby><w:rt>" + RUN.format("zhang") + "</w:rt><w:rubyBase>" + RUN.format("账") + "</w:rubyBase></w:ruby></w:r>", "账"),
        ("<w:r><w:t>解</w:t><w:softHyphen/><w:t>除</w:t></w:r>", "解除"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>refundable</w:t></w:r>", "non-refundable"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>解\u200b除\u00ad</w:t></w:r>", "解除"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>现金</w:t></w:r>', "☐现金"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>转账</w:t></w:r>', "☑转账"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\xfe</w:t></w:r>', "☑"),
        ("<w:r><w:t>\uf0fe转账，按月</w:t></w:r>", "☑转账，按月"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>' + RUN.format("☒") + "</w:sdtContent></w:sdt>", "☑"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent>' + RUN.format("☐") + "</w:sdtContent></w:sdt>", "☐"),
        ("<m:oMath><m:f><m:num><m:r><m:t>天数</m:t></m:r></m:num><m:den><m:r><m:t>30</m:t></m:r></m:den></m:f></m:oMath>", "天数/30"),
        ('<mc:AlternateContent><mc:Choice Requires="w14">' + RUN.format("甲") + "</mc:Choice><mc:Fallback>" + RUN.format("甲") + "</mc:Fallback></mc:AlternateContent>", "甲"),
        ('<w:futureWrapper>' + RUN.format("不可遗漏") + "</w:futureWrapper>", "不可遗漏"),
    ],
)  # fmt: skip
def test_inline_content(raw: str, expected: str) -> None:
    assert read(p("前：", raw=raw + RUN.format("。后"))).text == f"前：{expected}。后"


@pytest.mark.parametrize(("checked", "expected"), [("<w:checked/>", "☑"), ('<w:checked w:val="0"/>', "☐"), ("", "☐")])
def test_legacy_form_checkbox(checked: str, expected: str) -> None:
    raw = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{checked}</w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(p("续约", raw=raw)).text == f"续约{expected}"


def test_a_field_that_never_ends_does_not_swallow_the_contract() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    document = read(p("甲方", raw=broken) + p("第一条 费用不退。"))
    assert document.text == "甲方\n第一条 费用不退。"
    assert document.muted == ()


# ------------------------------------------------------------ tracked changes


@pytest.mark.parametrize(
    ("view", "expected", "struck"),
    [
        ("final", "提前60日通知", []),
        ("original", "提前30日通知", []),
        ("both", "提前3060日通知", ["30"]),
    ],
)
def test_views_of_tracked_changes(view: str, expected: str, struck: list[str]) -> None:
    document = read(p("提前", raw=DEL.format("30") + INS.format("60") + RUN.format("日通知")), revisions=view)
    assert document.text == expected
    assert muted(document, "deleted") == struck
    assert "插入 1 处、删除 1 处" in document.notes[0].zh


def test_moved_text_stands_in_one_place() -> None:
    moved = '<w:moveFrom w:id="1" w:author="a">' + RUN.format("甲一") + "</w:moveFrom>"
    to = '<w:moveTo w:id="2" w:author="a">' + RUN.format("甲一") + "</w:moveTo>"
    body = p("一", raw=moved) + p("二", raw=to)
    assert read(body).text == "一\n二甲一"
    assert read(body, revisions="original").text == "一甲一\n二"


def test_paragraphs_joined_by_a_struck_mark() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    body = p("费用不予", properties=mark) + p("退还。")
    assert read(body).text == "费用不予退还。"
    assert read(body, revisions="original").text == "费用不予\n退还。"


def test_inserted_and_struck_rows() -> None:
    def row(text: str, mark: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(text)}</w:tc><w:tc>{p('元')}</w:tc></w:tr>"

    body = (
        "<w:tbl>"
        + row("旧", '<w:del w:id="1" w:author="a"/>')
        + row("新", '<w:ins w:id="2" w:author="a"/>')
        + "</w:tbl>"
    )
    assert read(body).text == "新\t元"
    assert read(body, revisions="original").text == "旧\t元"


def test_a_file_without_changes_has_no_note() -> None:
    assert read(p("甲方")).notes == ()


# ----------------------------------------------------------------- hidden text


HIDDEN_STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="C"><w:name w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>',
)


@pytest.mark.parametrize(
    ("paragraph", "run", "visible"),
    [
        ("", "<w:vanish/>", False),
        ("", '<w:vanish w:val="0"/>', True),
        ("", '<w:rStyle w:val="C"/>', False),
        ("", '<w:rStyle w:val="C"/><w:vanish w:val="false"/>', True),
        ('<w:pStyle w:val="P"/>', "", False),
        ('<w:pStyle w:val="P"/>', '<w:rStyle w:val="C"/>', True),
        ("", "<w:webHidden/>", True),
    ],
)
def test_hidden_text_is_left_out_and_said(paragraph: str, run: str, visible: bool) -> None:
    body = p("甲方") + p(properties=paragraph, raw=f"<w:r><w:rPr>{run}</w:rPr><w:t>费用不退</w:t></w:r>")
    document = read(body, {"styles": HIDDEN_STYLES})
    assert document.text == ("甲方\n费用不退" if visible else "甲方")
    assert [note.en[:52] for note in document.notes] == (
        [] if visible else ["The file has 4 characters that a reader does not see"]
    )


WHITE_RUN = '<w:r><w:rPr><w:color w:val="{}"/>{}</w:rPr><w:t>费用不退</w:t></w:r>'


@pytest.mark.parametrize(
    ("paragraph", "run", "visible"),
    [
        ("", WHITE_RUN.format("FFFFFF", ""), False),
        ("", WHITE_RUN.format("fefefe", ""), False),
        ("", WHITE_RUN.format("FF0000", ""), True),
        ("", WHITE_RUN.format("FFFFFF", '<w:highlight w:val="black"/>'), True),
        ("", WHITE_RUN.format("FFFFFF", '<w:shd w:val="clear" w:fill="1F4E79"/>'), True),
        ("", WHITE_RUN.format("FFFFFF", '<w:shd w:val="clear" w:fill="FFFFFF"/>'), False),
        ('<w:shd w:val="clear" w:fill="1F4E79"/>', WHITE_RUN.format("FFFFFF", ""), True),
        ("", '<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>费用不退</w:t></w:r>', False),
        ("", '<w:r><w:rPr><w:sz w:val="12"/></w:rPr><w:t>费用不退</w:t></w:r>', True),
    ],
)
def test_white_and_tiny_text_is_as_good_as_hidden(paragraph: str, run: str, visible: bool) -> None:
    document = read(p("甲方") + p(properties=paragraph, raw=run))
    assert document.text == ("甲方\n费用不退" if visible else "甲方")
    assert len(document.notes) == (0 if visible else 1)


def test_white_names_of_columns_on_a_coloured_ground_are_seen() -> None:
    head = "".join(
        f'<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>{p(raw=WHITE_RUN.replace("费用不退", name))}</w:tc>'
        for name in ("服务项目", "服务费")
    ).format("FFFFFF", "", "FFFFFF", "")
    xml = table(["直播代运营", "20,000元/月"]).replace("<w:tbl>", f"<w:tbl><w:tr>{head}</w:tr>")
    assert read(xml).text == "服务项目：直播代运营；服务费：20,000元/月"


def test_text_struck_through_its_style_is_struck() -> None:
    style = '<w:style w:type="character" w:styleId="S"><w:name w:val="作废"/><w:rPr><w:strike/></w:rPr></w:style>'
    raw = '<w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>预付款不退。</w:t></w:r>'
    assert muted(read(p("三、", raw=raw), {"styles": part("styles", style)}), "deleted") == ["预付款不退。"]


def test_text_struck_by_hand_is_kept_but_not_agreed() -> None:
    raw = "<w:r><w:rPr><w:strike/></w:rPr><w:t>预付款不退。</w:t></w:r>" + RUN.format("预付款可退。")
    document = read(p("三、", raw=raw))
    assert document.text == "三、预付款不退。预付款可退。"
    assert muted(document, "deleted") == ["预付款不退。"]
    assert "删除线" in document.notes[0].zh


# ---------------------------------------------------------------------- tables


def test_fee_table_reads_with_its_headers() -> None:
    document = read(table(["服务项目", "服务费"], ["直播代运营", "20,000元/月"], ["短视频", "8,000元/月"]))
    assert document.text.split("\n") == [
        "服务项目：直播代运营；服务费：20,000元/月",
        "服务项目：短视频；服务费：8,000元/月",
    ]
    assert {block.kind for block in document.blocks} == {"table"}


def test_english_fee_table() -> None:
    document = read(table(["Service", "Monthly fee"], ["Account management", "$2,000"]))
    assert document.text == "Service: Account management; Monthly fee: $2,000"


def test_a_form_is_no_fee_table() -> None:
    rows = [["甲方", "星河公司"], ["地址", "杭州"], ["联系人", "张三"]]
    assert read(table(*rows)).text == "甲方\t星河公司\n地址\t杭州\n联系人\t张三"


def test_who_bears_what_in_a_table_of_ticks() -> None:
    document = read(table(["责  任  内  容", "甲方负责", "乙方负责"], ["剪辑", "☐", "☑"], ["投流", "☑", "☐"]))
    assert document.text.split("\n") == [
        "责任内容：剪辑；甲方负责：☐；乙方负责：☑",
        "责任内容：投流；甲方负责：☑；乙方负责：☐",
    ]
    assert muted(document, "unticked") == ["甲方负责：☐", "乙方负责：☐"]


def test_marked_header_row_counts_whatever_its_words() -> None:
    assert read(table(["甲", "乙"], ["1", "2"], header=True)).text == "甲：1；乙：2"


def test_a_header_of_two_rows_names_each_column() -> None:
    across = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc>'.format(p("费用"))
    down = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc>"
    first = down.format(' w:val="restart"', p("项目")) + across
    second = down.format("", p()) + f"<w:tc>{p('月费')}</w:tc><w:tc>{p('提成')}</w:tc>"
    xml = table(["直播", "1,000元", "5%"], ["投放", "500元", "3%"])
    xml = xml.replace("<w:tbl>", f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr>")
    assert read(xml).text.split("\n") == [
        "项目：直播；费用月费：1,000元；费用提成：5%",
        "项目：投放；费用月费：500元；费用提成：3%",
    ]


@pytest.mark.parametrize("wrap", ["block", "cell"])
def test_a_checkbox_control_round_a_paragraph_or_a_cell_is_its_box(wrap: str) -> None:
    def control(state: str, content: str) -> str:
        mark = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        return f"<w:sdt>{mark}<w:sdtContent>{content}</w:sdtContent></w:sdt>"

    def row(state: str, glyph: str, words: str) -> str:
        cell = (
            f"<w:tc>{control(state, p(glyph))}</w:tc>"
            if wrap == "block"
            else control(state, f"<w:tc>{p(glyph)}</w:tc>")
        )
        return f"<w:tr>{cell}<w:tc>{p(words)}</w:tc></w:tr>"

    document = read(f"<w:tbl>{row('0', '☐', '按月结算')}{row('1', '☒', '按季结算')}</w:tbl>")
    assert document.text.split("\n") == ["☐\t按月结算", "☑\t按季结算"]
    assert muted(document, "unticked") == ["☐\t按月结算"]


def test_total_row_under_several_headers_has_no_false_header() -> None:
    total = f'<w:tr><w:tc>{p("合计")}</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("9,000元")}</w:tc></w:tr>'
    xml = table(["项目", "数量", "金额"], ["剪辑", "3", "3,000元"]).replace("</w:tbl>", total + "</w:tbl>")
    assert read(xml).text.split("\n")[1] == "项目：合计；9,000元"


def test_three_columns_need_no_words_that_columns_are_called_by() -> None:
    rows = [["Handle", "Owner", "Recovery"], ["@tea", "Agency", "____"]]
    assert read(table(*rows)).text == "Handle: @tea; Owner: Agency; Recovery: ____"


def test_the_names_of_columns_that_are_empty_below_are_not_lost() -> None:
    rows = [["项目", "服务费", "备注（已付不退）"], ["直播", "20,000元", ""]]
    assert read(table(*rows)).text.split("\n") == ["项目\t服务费\t备注（已付不退）", "项目：直播；服务费：20,000元"]


def test_a_note_in_the_row_of_names_is_read() -> None:
    xml = table(["项目", "服务费"], ["直播", "20,000元"])
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p("费用含税。")}</w:footnote>')
    document = read(xml.replace("</w:p>", reference, 1), {"footnotes": notes})
    assert document.text.split("\n") == ["费用含税。", "项目：直播；服务费：20,000元"]


def test_merged_cells_are_read_once() -> None:
    def cell(text: str, merge: str) -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{p(text)}</w:tc>"

    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = f"<w:tbl><w:tr>{cell('代运营', top)}{cell('一期', '')}</w:tr><w:tr>{cell('', below)}{cell('二期', '')}</w:tr></w:tbl>"
    assert read(body).text == "代运营\t一期\n二期"


def test_signature_cells_are_read_one_after_the_other() -> None:
    left, right = p("甲方（盖章）：") + p("日期："), p("乙方（盖章）：") + p("日期：")
    document = read(table([left, right]))
    assert document.text == "甲方（盖章）：\n日期：\n乙方（盖章）：\n日期："


def test_bilingual_table_keeps_each_language_whole() -> None:
    chinese = "任何一方可提前三十日书面通知对方解除本合同，已支付的费用按实际服务天数结算并退还。"
    english = "Either party may terminate this Agreement upon thirty days' prior written notice to the other party."
    assert read(table([chinese, english], ["费用", "Fees payable"])).text == f"{chinese}\n{english}\n费用\nFees payable"


def test_nested_table_and_rows_in_content_controls() -> None:
    inner = table(["子", "丑"])
    row = f"<w:tr>{SDT.format('<w:tc>' + p('甲') + '</w:tc>')}<w:tc>{p('乙')}{inner}</w:tc></w:tr>"
    assert read(f"<w:tbl>{SDT.format(row)}</w:tbl>").text == "甲\n乙\n子\t丑"


def test_numbers_inside_cells_count_on() -> None:
    parts = {"numbering": numbering(level(0, "%1."))}
    assert read(listed("甲") + table([listed("乙"), "丙"]) + listed("丁"), parts).text == "1. 甲\n2. 乙\t丙\n3. 丁"


# ----------------------------------------------------- boxes, notes, furniture


def test_text_box_is_read_once() -> None:
    choice = f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX.format(p('补充约定'))}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    fallback = f"<w:pict><v:shape><v:textbox>{BOX.format(p('补充约定'))}</v:textbox></v:shape></w:pict>"
    raw = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>'
    assert read(p("正文", raw=raw) + p("后文")).text == "正文\n补充约定\n后文"
    assert read(p("正文", raw=f"<w:r>{fallback}</w:r>")).text == "正文\n补充约定"


def test_footnotes_follow_their_paragraph() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote><w:footnote w:id="2">{p("以自然日计。")}</w:footnote>',
    )
    document = read(
        p("提前30日", raw='<w:r><w:footnoteReference w:id="2"/></w:r>' + RUN.format("通知。")) + p("完"),
        {"footnotes": notes},
    )
    assert document.text == "提前30日通知。\n以自然日计。\n完"
    assert [block.kind for block in document.blocks] == ["text", "note", "text"]


def test_headers_and_footers_are_furniture_at_the_end() -> None:
    body = (
        p("第一条 费用")
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    document = read(body, {"header1": part("hdr", p("某某公司合同专用")), "footer1": part("ftr", p("第1页"))})
    assert document.text == "第一条 费用\n某某公司合同专用\n第1页"
    assert muted(document, "furniture") == ["某某公司合同专用", "第1页"]


def test_table_of_contents_is_muted() -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>')
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = (
        p("目录")
        + p(properties='<w:pStyle w:val="T1"/>', raw=begin + RUN.format("第一条 费用 1"))
        + p("第二条 解除 2", raw='<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("第一条 费用")
    )
    document = read(body, {"styles": styles})
    assert muted(document, "toc") == ["第一条 费用 1", "第二条 解除 2"]


def test_comments_and_their_anchors() -> None:
    comments = part(
        "comments",
        f'<w:comment w:id="7" w:author="王律师" w:date="2026-03-01T00:00:00Z">{p("太短")}{p("改为60日")}</w:comment>',
    )
    raw = (
        '<w:commentRangeStart w:id="7"/>'
        + RUN.format("30日")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    )
    document = read(p("说明") + p("  提前", raw=raw + RUN.format("通知")), {"comments": comments})
    (comment,) = document.comments
    assert (comment.author, comment.text, comment.date) == ("王律师", "太短\n改为60日", "2026-03-01T00:00:00Z")
    assert document.text[comment.start : comment.end] == "30日"


def test_options_ticked_with_wingdings() -> None:
    raw = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>按月</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>按季</w:t></w:r>'
    document = read(p("付款：", raw=raw))
    assert document.text == "付款：☑按月☐按季"
    assert muted(document, "unticked") == ["☐按季"]


def test_what_cannot_be_read_is_listed() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:extent cx="7000000" cy="9000000"/><a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    document = read(p("扫描件", raw=picture) + '<w:altChunk r:id="x"/>')
    assert [each.what for each in document.not_analysed] == [
        "inserted document (altChunk)",
        "1 picture(s) in paragraph 1",
    ]
    assert all(each.remedy for each in document.not_analysed)


# ---------------------------------------------------------------- the document


def test_blocks_point_into_the_text() -> None:
    document = read(
        p("第一条 费用", properties='<w:outlineLvl w:val="0"/>') + p() + p("每月支付。") + table(["甲", "乙"])
    )
    assert [(document.text[b.start : b.end], b.kind, b.paragraph) for b in document.blocks] == [
        ("第一条 费用", "heading", 0),
        ("每月支付。", "text", 2),
        ("甲\t乙", "table", 3),
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_files_that_python_docx_refuses(content_type: str) -> None:
    data = docx_bytes(listed("费用"), {"numbering": numbering(level(0, "第%1条"))}, content_type=content_type)
    assert read_docx(data, name="x.docm", options=ReadOptions()).text == "第1条 费用"


def test_main_part_of_another_name() -> None:
    data = docx_bytes(p("甲方"), main="content/main2.xml")
    assert read_docx(data, name="x.docx", options=ReadOptions()).text == "甲方"


def test_strict_ooxml() -> None:
    strict = docx_bytes(listed("费用"), {"numbering": numbering(level(0, "第%1条"))})
    assert read_docx(_as_strict(strict), name="x.docx", options=ReadOptions()).text == "第1条 费用"


def _as_strict(data: bytes) -> bytes:
    import zipfile

    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            blob = source.read(name)
            blob = blob.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            blob = blob.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            archive.writestr(name, blob)
    return target.getvalue()


def test_both_ways_of_opening_give_the_same_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """What python-docx opens and what is opened part by part is read alike."""
    body = (
        listed("费用", level=0)
        + p(
            "提前",
            raw=DEL.format("30")
            + INS.format("60")
            + RUN.format("日通知  ")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>',
        )
        + table(["服务项目", "服务费"], ["直播", "9,000元"])
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    )
    parts = {
        "numbering": numbering(level(0, "第%1条", "chineseCounting")),
        "footnotes": part("footnotes", f'<w:footnote w:id="2">{p("以自然日计。")}</w:footnote>'),
        "header1": part("hdr", p("页眉")),
        "comments": part("comments", f'<w:comment w:id="7" w:author="王">{p("太短")}</w:comment>'),
    }
    first = read(body, parts)
    monkeypatch.setattr(package, "_through_python_docx", lambda *arguments, **options: None)
    assert read(body, parts) == first
    assert first.text.startswith("第一条 费用\n提前60日通知\n以自然日计。")


def test_a_document_without_text_says_so() -> None:
    document = read(p())
    assert document.text == ""
    assert [each.reason for each in document.not_analysed] == ["The file holds no text."]


def test_a_report_says_what_the_file_does_not_show() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密码归乙方</w:t></w:r>"
    body = p(
        "第一条 甲方提前",
        raw=INS.format("三十") + DEL.format("十") + RUN.format("日书面通知乙方，可以解除本合同。") + hidden,
    )
    report = contractscan.scan(docx_bytes(body), options=ReadOptions(guarded=False))
    assert [note.zh[:8] for note in report.notes] == ["文件含未接受的修", "文件含看不见的文"]
