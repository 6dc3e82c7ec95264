# ruff: noqa: E501  (a piece of markup reads best on one line)
"""Automatic numbers stand in the text as Word prints them."""

from __future__ import annotations

import pytest

from contractscan.readers.docx.formats import format_number
from docx_files import level, listed, numbering, p, part, read

NUM_2 = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
)


@pytest.mark.parametrize(
    ("number_format", "value", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 15, "十五"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("taiwaneseCounting", 13, "十三"),
        ("taiwaneseCountingThousand", 120, "一百二十"),
        ("japaneseCounting", 11, "十一"),
        ("japaneseCounting", 111, "百十一"),
        ("ideographDigital", 10, "一〇"),
        ("taiwaneseDigital", 24, "二四"),
        ("ideographTraditional", 1, "甲"),
        ("ideographTraditional", 10, "癸"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("ideographLegalTraditional", 13, "壹拾參"),
        ("chineseLegalSimplified", 105, "壹佰零伍"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 28, "bb"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("cardinalText", 42, "Forty-two"),
        ("ordinalText", 21, "Twenty-first"),
        ("numberInDash", 4, "- 4 -"),
        ("none", 4, ""),
        ("someFutureFormat", 4, "4"),
        ("lowerLetter", 2_000_000_000, "2000000000"),
    ],
)
def test_number_formats(number_format: str, value: int, expected: str) -> None:
    assert format_number(value, number_format) == expected


def test_chinese_articles_with_nested_levels() -> None:
    parts = {
        "numbering": numbering(
            level(0, "第%1条", "chineseCountingThousand", more='<w:suff w:val="space"/>'),
            level(1, "%1.%2", more="<w:isLgl/>"),
            level(2, "（%3）", "chineseCounting", more='<w:suff w:val="nothing"/>'),
        )
    }
    body = [
        ("服务内容", 0),
        ("乙方代为运营。", 1),
        ("甲方提供账号。", 1),
        ("抖音", 2),
        ("快手", 2),
        ("费用", 0),
        ("按月支付。", 1),
        ("转账", 2),
    ]
    assert read("".join(listed(text, level=n) for text, n in body), parts).text.split("\n") == [
        "第一条 服务内容",
        "1.1 乙方代为运营。",
        "1.2 甲方提供账号。",
        "（一）抖音",
        "（二）快手",
        "第二条 费用",
        "2.1 按月支付。",
        "（一）转账",
    ]


def test_two_lists_on_one_definition_count_together() -> None:
    parts = {"numbering": numbering(level(0, "%1."), nums=NUM_2.format(""))}
    assert read(listed("甲") + listed("乙", 2) + listed("丙"), parts).text == "1. 甲\n2. 乙\n3. 丙"


def test_start_override_restarts_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    parts = {"numbering": numbering(level(0, "%1."), nums=NUM_2.format(override))}
    body = listed("甲") + listed("乙") + listed("丙", 2) + listed("丁", 2)
    assert read(body, parts).text == "1. 甲\n2. 乙\n1. 丙\n2. 丁"


def test_level_override_replaces_the_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "附件%1", "chineseCounting")}</w:lvlOverride>'
    parts = {"numbering": numbering(level(0, "%1."), nums=NUM_2.format(override))}
    assert read(listed("甲", 2), parts).text == "附件一 甲"


@pytest.mark.parametrize(("restart", "expected"), [("", "1"), ('<w:lvlRestart w:val="0"/>', "2")])
def test_a_level_restarts_unless_told_otherwise(restart: str, expected: str) -> None:
    parts = {"numbering": numbering(level(0, "%1."), level(1, "(%2)", more=restart))}
    body = listed("甲") + listed("子", level=1) + listed("乙") + listed("丑", level=1)
    assert read(body, parts).text.split("\n")[-1] == f"({expected}) 丑"


def test_start_value_and_unused_upper_level() -> None:
    parts = {"numbering": numbering(level(0, "%1.", start=5), level(1, "%1.%2"))}
    assert read(listed("子", level=1) + listed("甲") + listed("丑", level=1), parts).text == "5.1 子\n6. 甲\n6.1 丑"


def test_numbers_through_styles() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="款"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="项"/><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>',
    )
    parts = {
        "styles": styles,
        "numbering": numbering(
            level(0, "第%1条", "chineseCounting", more='<w:pStyle w:val="A"/>'),
            level(1, "%2、", more='<w:pStyle w:val="B"/>'),
        ),
    }
    body = p("费用", properties='<w:pStyle w:val="A"/>') + p("月付", properties='<w:pStyle w:val="B"/>')
    body += p("说明", properties='<w:pStyle w:val="C"/>')
    body += p("附注", properties='<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(body, parts).text == "第一条 费用\n1、月付\n说明\n附注"


def test_numbering_style_link_is_followed() -> None:
    styles = part(
        "styles",
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>',
    )
    xml = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "%1)")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
    )
    assert read(listed("甲") + listed("乙", 2), {"numbering": xml, "styles": styles}).text == "1) 甲\n2) 乙"


def test_bullets_and_hidden_numbers() -> None:
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>'
    hidden = '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/><w:rPr><w:vanish/></w:rPr></w:lvl>'
    assert read(listed("甲") + listed("乙", level=1), {"numbering": numbering(bullet, hidden)}).text == "• 甲\n乙"


@pytest.mark.parametrize("num_pr", ['<w:numId w:val="99"/>', '<w:ilvl w:val="77"/><w:numId w:val="1"/>', "<w:numId/>"])
def test_a_list_that_does_not_exist_is_no_list(num_pr: str) -> None:
    body = p("甲方", properties=f"<w:numPr>{num_pr}</w:numPr>")
    assert read(body, {"numbering": numbering(level(0, "%1."))}).text == "甲方"


def test_struck_paragraphs_do_not_count() -> None:
    parts = {"numbering": numbering(level(0, "%1."))}
    struck = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>旧条</w:delText></w:r></w:del></w:p>'
    )
    body = listed("甲") + struck + listed("乙")
    assert read(body, parts).text == "1. 甲\n2. 乙"
    assert read(body, parts, revisions="original").text == "1. 甲\n2. 旧条\n3. 乙"
    assert read(body, parts, revisions="both").text == "1. 甲\n旧条\n2. 乙"


def test_a_hidden_empty_paragraph_counts_without_showing() -> None:
    parts = {"numbering": numbering(level(0, "%1."), level(1, "%1.%2"))}
    hidden = p(
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>',
    )
    body = p("一、设备") + hidden + listed("型号", level=1) + p("二、交货") + hidden + listed("地点", level=1)
    assert read(body, parts).text == "一、设备\n1.1 型号\n二、交货\n2.1 地点"
