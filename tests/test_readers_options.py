"""Option lists: what counts as chosen, and how far an unchosen option goes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractscan.readers.options import find_unticked

INLINE = [
    ("付款方式：□现金 ☑转账 □支票。", ["□现金", "□支票"]),
    ("付款方式：☑ 按月 □ 按季，于每月5日前支付。", ["□ 按季"]),
    ("甲方（□书面／☑口头）提出解除。", ["□书面"]),
    ("租期内☐不得转租 ☒可以转租。", ["☐不得转租"]),
    ("发票：专票□ 普票☑", ["专票□"]),
    ("结算：☑月结 □季结，发票：□专票 ☑普票。", ["□季结", "□专票"]),
    ("争议解决：□仲裁，由本地仲裁委员会裁决；☑诉讼，由甲方所在地法院管辖。", ["□仲裁，由本地仲裁委员会裁决；"]),
    ("争议：☑诉讼，由甲方所在地法院管辖 □仲裁，由仲裁委员会裁决。乙方配合。", ["□仲裁，由仲裁委员会裁决"]),
    ("(√) 独家代理 ( ) 非独家代理", ["( ) 非独家代理"]),
    ("账号归属：○乙方 ●甲方", ["○乙方"]),
    ("续约：☑自动续约 ☒到期终止", ["☒到期终止"]),
    ("Renewal: ☒ automatic ☐ by written agreement", ["☐ by written agreement"]),
    ("Payment: [x] monthly [ ] quarterly, in advance.", ["[ ] quarterly"]),
    ("■按月 □按季", ["□按季"]),
]

UNTOUCHED = [
    "付款方式：□现金 □转账",  # nothing is ticked: nobody knows yet
    "付款方式：☑现金 ☑转账",
    "（在□内打√选择）",
    "请在所选项前的“□”中划√。",
    "□□□有限公司与甲方☑确认",
    "合同签订于二○二六年三月，☑已盖章",
    "甲方（    ）与乙方☑已确认",
    "乙方应在30日内移交账号。",
    "",
]

LISTS = [
    ("□ 乙方保留账号。\n☑ 乙方移交账号。", ["□ 乙方保留账号。"]),
    ("（1）☑ 固定年费。\n（2）□ 按次计费，每次100元。\n三、其他", ["□ 按次计费，每次100元。"]),
    ("付款方式：☑ 按月\n□ 按季\n□ 按年", ["□ 按季", "□ 按年"]),
    (
        "☑ 固定费用。\n\n□ 按次计费：\n（1）每次100元；\n（2）另付差旅费。\n第五条 其他",
        ["□ 按次计费：\n（1）每次100元；\n（2）另付差旅费。"],
    ),
    ("□ 方案一\n甲方预付全款。\n☑ 方案二\n甲方按月支付。", ["□ 方案一\n甲方预付全款。"]),
    ("选择：☑；方案：甲\n选择：☐；方案：乙，每月900元", ["选择：☐；方案：乙，每月900元"]),
    ("☑\t直播代运营\t5000元\n☐\t短视频拍摄\t3000元", ["☐\t短视频拍摄\t3000元"]),
    ("事项：搬运；甲方负责：☐；乙方负责：√", ["甲方负责：☐"]),
    ("Item: hosting; Client: ☑; Provider: ☐", ["Provider: ☐"]),
    # a new question with nothing ticked is left as it is
    ("□ 按季付款。\n☑ 按月付款。\n争议解决\n□ 仲裁。\n□ 诉讼。", ["□ 按季付款。"]),
    # a clause between options ends the list: what is under no tick is not judged
    ("☑ 按月付款。\n6.2 乙方应在三日内开票。\n□ 专票。", []),
]


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_options_in_one_sentence(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_unticked(text)] == expected


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_unticked_option(text: str) -> None:
    assert find_unticked(text) == []


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_options_on_lines_of_their_own(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_unticked(text)] == expected


@given(
    st.lists(
        st.sampled_from(
            ["□", "☑", "☒", "( )", "(√)", "○", "●", "甲方", "：", "，", "。", "；", "\n", "\t", " ", "一、"]
        )
    )
)
def test_spans_are_in_order_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = find_unticked(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert not spans or any(mark in text for mark in ("☑", "(√)", "☒", "●"))


def test_long_lists_take_linear_time() -> None:
    """Ten thousand options in one line, and as many in lines of their own."""
    assert len(find_unticked("□甲 ☑乙 " * 10_000)) == 10_000
    assert len(find_unticked("□ 甲。\n☑ 乙。\n" * 10_000)) == 10_000
