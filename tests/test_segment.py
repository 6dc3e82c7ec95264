"""Clauses as a reader sees them: a partition of the text, a tree, sentences with their lead-ins, references."""

from __future__ import annotations

from itertools import pairwise

import pytest

from contractscan.model import Block, Clause, Document, Muted
from contractscan.segment import segment


def clauses_of(text: str, **fields: object) -> list[Clause]:
    return segment(Document.model_validate({"name": "t", "format": "txt", "text": text, **fields}))


def clause(clauses: list[Clause], *path: str) -> Clause:
    return next(c for c in clauses if c.path == path)


def sentences(text: str, found: Clause) -> list[str]:
    return [text[s.start : s.end] for s in found.sentences]


CONTRACT = """抖音账号托管合同
甲方（委托方）：明月茶业有限公司
地址：杭州市
乙方（受托方）：流光文化有限公司
鉴于甲方拟委托乙方运营账号，双方达成如下协议：
第一条 服务内容
1.1 乙方负责账号的日常运营。账号归甲方所有。
1.2 乙方应提交以下资料：
（1）营业执照；
（2）运营方案。
第二条 解除
有下列情形之一的，甲方可以解除本合同：
（一）乙方擅自更换绑定手机号的；
（二）乙方连续两个月未达到第1.2条的要求的。
第三条 其他
本合同未尽事宜，按照第二条第（二）项处理，费用见附件一，适用《民法典》第563条。

甲方（盖章）：          乙方（盖章）：
附件一：服务费用表
每月服务费为8000元。
"""


def test_the_whole_tree() -> None:
    found = clauses_of(CONTRACT)
    assert [(c.kind, c.path, c.heading) for c in found] == [
        ("title", ("抖音账号托管合同",), "抖音账号托管合同"),
        ("parties", (), ""),
        ("recital", (), ""),
        ("body", ("第一条",), "服务内容"),
        ("body", ("第一条", "1.1"), ""),
        ("body", ("第一条", "1.2"), ""),
        ("body", ("第一条", "1.2", "（1）"), ""),
        ("body", ("第一条", "1.2", "（2）"), ""),
        ("body", ("第二条",), "解除"),
        ("body", ("第二条", "（一）"), ""),
        ("body", ("第二条", "（二）"), ""),
        ("body", ("第三条",), "其他"),
        ("signature", (), ""),
        ("annex", ("附件一",), "服务费用表"),
    ]


def test_clauses_partition_the_text() -> None:
    found = clauses_of(CONTRACT)
    assert found[0].start == 0
    assert found[-1].end == len(CONTRACT)
    assert all(a.end == b.start for a, b in pairwise(found))


def test_an_item_carries_its_lead_in() -> None:
    item = clause(clauses_of(CONTRACT), "第二条", "（一）")
    (sentence,) = item.sentences
    assert CONTRACT[sentence.start : sentence.end] == "乙方擅自更换绑定手机号的；"
    assert [CONTRACT[s.start : s.end] for s in sentence.lead] == ["有下列情形之一的，甲方可以解除本合同："]


def test_the_lead_in_is_a_sentence_of_its_own() -> None:
    assert sentences(CONTRACT, clause(clauses_of(CONTRACT), "第二条")) == ["有下列情形之一的，甲方可以解除本合同："]


def test_headings_are_inherited() -> None:
    assert clause(clauses_of(CONTRACT), "第二条", "（一）").headings == ("解除",)


def test_a_heading_is_no_sentence() -> None:
    assert clause(clauses_of(CONTRACT), "第一条").sentences == ()


def test_references_are_resolved_and_statutes_left_out() -> None:
    found = clauses_of(CONTRACT)
    resolved = {r.text: found[r.target].path for c in found for r in c.references if r.target is not None}
    assert resolved == {
        "第1.2条": ("第一条", "1.2"),
        "第二条第（二）项": ("第二条", "（二）"),
        "附件一": ("附件一",),
    }


def test_a_dangling_reference_has_no_target() -> None:
    (reference,) = clauses_of("第一条 解除\n按照第九条执行。\n第二条 其他\n无。")[0].references
    assert (reference.text, reference.target) == ("第九条", None)


def test_an_empty_text_has_no_clauses() -> None:
    assert clauses_of("") == []


def test_text_without_structure_is_one_clause() -> None:
    (only,) = clauses_of("甲方同意乙方使用该账号。")
    assert (only.kind, only.number, len(only.sentences)) == ("body", "", 1)


def test_furniture_between_two_lines_is_no_part_of_the_tree() -> None:
    text = "第一条 服务\n乙方提供服务。\n1. 第 1 页\n第二条 费用\n甲方付费。"
    start = text.index("1. 第")
    muted = [Muted(start=start, end=start + 8, reason="furniture")]
    assert [c.number for c in clauses_of(text, muted=muted)] == ["第一条", "第二条"]


def test_a_block_starts_a_line_without_a_line_break() -> None:
    text = "前言说明第一条 服务乙方提供服务。第二条 费用甲方付费。"
    cuts = [0, 4, text.index("第二条")]
    blocks = [Block(start=a, end=b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    assert [c.number for c in clauses_of(text, blocks=blocks)] == ["", "第一条", "第二条"]


@pytest.mark.parametrize("width", [30, 60])
def test_wrapping_changes_no_number(width: int) -> None:
    wrapped = "\n".join(
        line[at : at + width] for line in CONTRACT.split("\n") for at in range(0, max(len(line), 1), width)
    )
    assert [c.path for c in clauses_of(wrapped)] == [c.path for c in clauses_of(CONTRACT)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("第一条 定义\n1.1 账号指抖音账号。\n第二条 费用\n每月付款。", ["definition", "definition", "body"]),
        ("1. “账号”是指抖音账号。\n2. 甲方付款。", ["definition", "body"]),
        ('1. Definitions\n1.1 "Account" means the channel.\n2. Fees\nMonthly.', ["definition", "definition", "body"]),
        ('1. Confidentiality. "Secret" means any secret.\n2. Fees\nMonthly.', ["body", "body"]),
        (
            "第一条 费用\n付款。\n甲方（盖章）：\n乙方（盖章）：\n附件一：价目表\n每场八百元。",
            ["body", "signature", "annex"],
        ),
        ("第一条 费用\n付款。\n甲方：明月公司\n乙方：流光公司", ["body", "signature"]),
        ("1. Fees\nMonthly.\nIN WITNESS WHEREOF, the parties have signed.\nBy: ____", ["body", "signature"]),
        (
            "合作协议\n目 录\n第一条 服务……1\n第二条 费用……2\n第三条 其他……3\n第四条 附则……4\n第一条 服务\n拍摄。",
            ["title", "toc", "body"],
        ),
        (
            "协议\n目录\n第一条 服务\n第二条 费用\n第三条 期限\n第四条 验收\n第五条 无\n甲方：\n第一条 服务\n第二条 费",
            ["title", "toc", "parties", "body", "body"],
        ),
        (
            "合作协议本合同目录一览第一条服务1.1范围1.2方式第二条费用2.1金额2.2付款第一条服务1.1范围拍摄。1.2方式上门。",
            ["title", "toc", "body", "body", "body"],
        ),
        (
            "合作协议甲方:明月公司乙方:流光公司鉴于双方合作,约定如下。第一条 服务拍摄。",
            ["title", "parties", "recital", "body"],
        ),
        (
            "PARTIES\n(1) MOON LTD (Client)\nBACKGROUND\n(A) Tea.\n1. Fees\nOne.\nExecuted as a deed.\nANNEXURE A\n1.",
            ["parties", "parties", "recital", "recital", "body", "signature", "annex", "annex"],
        ),
        ("1. Fees\nMonthly.\nMOON TEA, INC.\nBy: ____\nSchedule 1\nPrices.", ["body", "annex"]),
        (
            "DEED\nThis Agreement is made between Moon Tea and Flow Media Limited.\nWHEREAS, all is well.\n1. Fees",
            ["title", "parties", "recital", "body"],
        ),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in clauses_of(text)] == kinds


def test_blocks_inside_a_line_start_no_line() -> None:
    text = "第一条 服务\n1. 拍摄短视频，依照\n2. 剪辑。"
    number = text.index("1.")
    blocks = [Block(start=0, end=6), Block(start=number, end=number + 2), Block(start=number + 3, end=len(text))]
    assert [c.number for c in clauses_of(text, blocks=blocks)] == ["第一条", "1.", "2."]


def test_a_line_in_bold_is_a_heading_where_it_can_be_one() -> None:
    text = "第一条 服务\n拍摄。\n账号交还\n乙方应当在三日内交还账号。"
    start = text.index("账号交还")
    blocks = [Block(start=0, end=start - 1), Block(start=start, end=start + 4, kind="heading")]
    assert [c.heading for c in clauses_of(text, blocks=blocks)] == ["服务", "账号交还"]


def test_a_number_broken_by_wrapping_is_printed_whole() -> None:
    line = (
        "第一条 服务内容1.1乙方负责拍摄、剪辑和发布全部短视频,每周不少于三条,费用见附件。"
        "1.2甲方负责验收,逾期不验收的视为合格。1.3双方每月对账,并保存记录。"
    )
    wrapped = "\n".join(line[at : at + 20] for at in range(0, len(line), 20))
    assert (
        [c.number for c in clauses_of(wrapped)]
        == [c.number for c in clauses_of(line)]
        == ["第一条", "1.1", "1.2", "1.3"]
    )


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            (
                "Scope of services\nThe Manager runs every account that the two have named in their first plan.\n"
                "Account access\nThe Client owns the accounts and gives the Manager access to them as long as it works."
            ),
            ["Scope of services", "Account access"],
        ),
        (
            "服务合同\n甲方：\n乙方：\n服务期限\n期限： 年 月 日\n服务费用\n每月两万元整，由甲方支付给乙方。",
            ["服务合同", "服务期限", "服务费用"],
        ),
    ],
)
def test_a_few_words_above_a_paragraph_are_a_heading(text: str, headings: list[str]) -> None:
    assert [found.heading for found in clauses_of(text) if found.heading] == headings


def test_a_short_line_above_numbered_clauses_is_a_heading_in_sentence_case_as_well() -> None:
    text = "4. Accounts and content\n4.1 The pages are yours.\n4.2 We keep the passwords.\n5. What it costs\nNothing.\n"
    assert [(c.number, c.heading) for c in clauses_of(text) if c.heading] == [
        ("4.", "Accounts and content"),
        ("5.", "What it costs"),
    ]
