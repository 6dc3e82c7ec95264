"""Cross-references: which words are one, and which clause they mean."""

from __future__ import annotations

import pytest

from contractscan.model import Document
from contractscan.segment import segment

CHINESE = """第一条 服务
1.1 拍摄。
1.2 剪辑：
（1）粗剪；
（2）精剪。
第二条 费用
（一）基础费用。
（二）提成。
第三条 其他
{}
附件一：价目表
每条八百元。
附件2：排期表
每周五场。
"""
ENGLISH = """ARTICLE I SERVICES
1.1 Scope. Posting.
1.2 Duties. The Agency shall:
(a) post daily; and
(b) report weekly.
ARTICLE II FEES
2.1 Rate. {}
Exhibit A
Rate card.
"""


def references_of(template: str, sentence: str) -> list[tuple[str, tuple[str, ...] | None]]:
    found = segment(Document(name="t", format="txt", text=template.format(sentence)))
    return [(r.text, None if r.target is None else found[r.target].path) for c in found for r in c.references]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按照第一条执行。", [("第一条", ("第一条",))]),
        ("见第1条。", [("第1条", ("第一条",))]),
        ("见第1.2条。", [("第1.2条", ("第一条", "1.2"))]),
        ("见本合同1.2条。", [("1.2条", ("第一条", "1.2"))]),
        ("见第一条第1.2款。", [("第一条", ("第一条",)), ("第1.2款", ("第一条", "1.2"))]),
        ("见第一条第二款第（2）项。", [("第一条第二款第（2）项", ("第一条", "1.2", "（2）"))]),
        ("见第二条第（二）项。", [("第二条第（二）项", ("第二条", "（二）"))]),
        ("见第一条和第二条。", [("第一条", ("第一条",)), ("第二条", ("第二条",))]),
        ("见第九条。", [("第九条", None)]),
        ("见第1.9条。", [("第1.9条", None)]),
        ("见附件一和附件二。", [("附件一", ("附件一",)), ("附件二", ("附件2",))]),
        ("见附件三。", [("附件三", None)]),
        ("依照《中华人民共和国民法典》第563条解除。", []),
        ("依照《民法典》第五百六十三条、第五百六十五条及本合同第二条解除。", [("第二条", ("第二条",))]),
        ("依照合同法第94条解除。", []),
        ("按照第三方的要求执行，提前十五条短视频。", []),
    ],
)
def test_chinese_references(sentence: str, expected: list[tuple[str, tuple[str, ...] | None]]) -> None:
    assert references_of(CHINESE, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pursuant to Section 1.2.", [("Section 1.2", ("ARTICLE I", "1.2"))]),
        ("Subject to Section 1.2(a).", [("Section 1.2(a)", ("ARTICLE I", "1.2", "(a)"))]),
        ("See Article I.", [("Article I", ("ARTICLE I",))]),
        ("See Sections 1.1 and 1.2.", [("Sections 1.1", ("ARTICLE I", "1.1")), ("1.2", ("ARTICLE I", "1.2"))]),
        ("As stated in this Section.", [("this Section", ("ARTICLE II", "2.1"))]),
        ("As stated in Section 9.", [("Section 9", None)]),
        ("See Exhibit A and Exhibit B.", [("Exhibit A", ("Exhibit A",)), ("Exhibit B", None)]),
        ("Under Section 230 of the Communications Decency Act.", []),
        ("Under 17 U.S.C. Section 101.", []),
        ("Under Section 4.2 of the Master Services Agreement.", []),
    ],
)
def test_english_references(sentence: str, expected: list[tuple[str, tuple[str, ...] | None]]) -> None:
    assert references_of(ENGLISH, sentence) == expected


def test_a_list_item_is_found_from_its_neighbours() -> None:
    text = "第一条 解除\n（一）停播的；\n（二）有前述第（一）项行为并拒绝改正的。"
    found = segment(Document(name="t", format="txt", text=text))
    assert [found[r.target or 0].path for r in found[-1].references] == [("第一条", "（一）")]
