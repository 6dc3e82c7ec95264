"""What must hold of every text, whatever it says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractscan.model import Clause, Document
from contractscan.segment import segment

PIECES = st.sampled_from(
    [
        "第一条",
        "第二条 ",
        "第3条",
        "见第二条",
        "一、",
        "二、",
        "（一）",
        "(1)",
        "(2)",
        "1.",
        "2.",
        "1、",
        "1.1",
        "1.2 ",
        "2.1.1",
        "①",
        "a)",
        "(a) ",
        "(ii)",
        "附件一：",
        "Article 1 ",
        "Section 2.1 ",
        "Exhibit A",
        "WHEREAS, ",
        "RECITALS\n",
        "甲方：",
        "鉴于",
        "甲方（盖章）：",
        "违约责任",
        "甲方应当付款",
        "下列情形之一的：",
        "：",
        "；",
        "。",
        "，",
        "“",
        "”",
        "（",
        "）",
        "《民法典》",
        "3.5万元",
        "2026.3.1",
        " ",
        "\n",
        "\n\n",
        "\t",
        "The Client pays.",
        "if: ",
        "; ",
        "Inc. ",
        "i.e. ",
        "TERM",
        "目录",
        "……3\n",
        "____",
        "XL. ",
        "\u3000",
        "\x0c",
        "😀",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))

ITEMS = st.sampled_from(
    [
        "乙方每日发布一条短视频并回复全部评论，费用见第二条的约定。",
        "甲方在收到账单之日起十五日内支付3.5万元，逾期按日加收万分之五的违约金。",
        "账号归甲方所有；乙方不得更换绑定的手机号、密码和实名信息。",
        "双方应当保密，保密期限为合同终止后2年，自2026.3.1起算。",
        "乙方违反第（一）项的，甲方可以依照《民法典》第563条解除本合同并要求退还已经支付的全部款项。",
        "Both parties shall keep the content of this agreement confidential for two (2) years after it ends.",
    ]
)
HEADINGS = ["服务内容", "费用与支付", "账号归属", "保密", "违约责任", "合同的解除", "争议解决", "其他"]


def clauses_of(text: str) -> list[Clause]:
    return segment(Document(name="t", format="txt", text=text))


@st.composite
def contracts(draw: st.DrawFn) -> str:
    """A contract of two or three levels in one of the common styles, every paragraph on a line of its own."""
    styles = draw(
        st.sampled_from(
            [
                ("第{}条 ", "{0}.{1} ", "（{}）"),
                ("{}、", "{1}. ", "（{}）"),
                ("{}、", "（{1}）", "{}、"),
                ("第{}条 ", "{1}、", "{}）"),
            ]
        )
    )
    numerals = "一二三四五六七八"
    lines = ["抖音账号代运营合同"]
    for first in range(draw(st.integers(3, 8))):
        lines.append(styles[0].format(numerals[first]) + HEADINGS[first])
        for second in range(draw(st.integers(1, 3))):
            number = styles[1].format(first + 1, numerals[second] if "（" in styles[1] else second + 1)
            lines.append(number + draw(ITEMS))
            for third in range(draw(st.integers(0, 2))):
                lines.append(styles[2].format(third + 1) + draw(ITEMS))
    return "\n".join(lines) + "\n"


def wrapped(text: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_clauses_partition_the_text(text: str) -> None:
    found = clauses_of(text)
    assert "".join(text[c.start : c.end] for c in found) == text
    assert [c.index for c in found] == list(range(len(found)))
    assert all(a.end == b.start for a, b in pairwise(found))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_sentences_lie_inside_their_clause_in_order(text: str) -> None:
    for clause in clauses_of(text):
        bounds = [clause.start, *(p for s in clause.sentences for p in (s.start, s.end)), clause.end]
        assert bounds == sorted(bounds)
        assert all(s.start < s.end for s in clause.sentences)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_tree_is_a_tree(text: str) -> None:
    found = clauses_of(text)
    for clause in found:
        if clause.parent is None:
            assert clause.level == 0
        else:
            assert clause.parent < clause.index
            parent = found[clause.parent]
            assert clause.level > parent.level
            assert clause.path[: len(parent.path)] == parent.path


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_references_and_leads_point_into_the_text(text: str) -> None:
    found = clauses_of(text)
    for clause in found:
        for reference in clause.references:
            assert text[reference.start : reference.end] == reference.text
            assert clause.start <= reference.start < reference.end <= clause.end
            assert reference.target is None or 0 <= reference.target < len(found)
        for sentence in clause.sentences:
            assert all(lead.end <= sentence.start for lead in sentence.lead)


@pytest.mark.parametrize("width", [30, 60])
@given(text=contracts())
@settings(max_examples=100, deadline=None)
def test_wrapping_changes_no_number(text: str, width: int) -> None:
    assert [(c.number, c.path) for c in clauses_of(wrapped(text, width))] == [
        (c.number, c.path) for c in clauses_of(text)
    ]


@given(text=contracts())
@settings(max_examples=100, deadline=None)
def test_every_number_that_was_written_is_found(text: str) -> None:
    assert len([c for c in clauses_of(text) if c.number]) == text.count("\n") - 1
