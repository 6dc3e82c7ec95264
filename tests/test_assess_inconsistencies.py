"""What does not fit together in the contract, quoted exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contractscan
from assess_factory import contract, finding
from contractscan.assess.inconsistencies import find_inconsistencies
from contractscan.model import Document, Finding, Inconsistency, Muted
from contractscan.renderers.outline import outline
from contractscan.segment import segment

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"


def inconsistencies(document: Document, *findings: Finding) -> dict[str, Inconsistency]:
    found = find_inconsistencies(document, segment(document), findings)
    for item in found:
        for evidence in item.evidence:
            assert evidence.quote == document.text[evidence.start : evidence.end]
    return {item.what.zh: item for item in found}


def agreement(*sentences: str, end: str = "") -> Document:
    return contract(
        "代运营服务合同\n" + "\n".join(f"第{n}条 {text}" for n, text in enumerate(sentences, 1)) + f"\n{end}"
    )


# --------------------------------------------------------------------- blanks


@pytest.mark.parametrize(
    "sentence",
    [
        "甲方提前____日书面通知乙方，可以解除本合同。",
        "服务费为每月人民币________元。",
        "违约方应支付合同总额___%的违约金。",
        "本合同自____年__月__日起生效。",
    ],
)
def test_a_figure_left_blank_is_quoted_with_its_sentence(sentence: str) -> None:
    found = inconsistencies(agreement(sentence))
    item = found["期限、金额、日期、账号或地址留空（1 处）"]
    assert sentence in item.evidence[0].quote
    assert item.evidence[0].marks


def test_other_blanks_are_apart() -> None:
    found = inconsistencies(agreement("账号ID为________，昵称为【    】。"))
    assert {what: item.kind for what, item in found.items()} == {
        "期限、金额、日期、账号或地址留空（1 处）": "blanks",
        "其他空白未填写（1 处）": "other_blanks",
    }


def test_blanks_at_the_signatures_are_apart() -> None:
    document = agreement("双方应友好协商。", end="甲方（盖章）：________\n日期：____年__月__日\n")
    assert [what.partition("（")[0] for what in inconsistencies(document)] == [
        "签署处留空：请核对所提供的是否为已签署的版本"
    ]


def test_a_filled_contract_has_no_blanks() -> None:
    assert inconsistencies(agreement("甲方提前三十日书面通知乙方，可以解除本合同。")) == {}


# -------------------------------------------------------- amounts, references


def test_words_and_figures_that_differ() -> None:
    found = inconsistencies(
        agreement("服务费为人民币50,000元（大写：肆万元整）。", "定金为人民币1,000元（大写：壹仟元整）。")
    )
    item = found["金额的大写与小写不一致：先写的是 50,000，括号里的是 40,000，相差 10,000"]
    assert [evidence.quote for evidence in item.evidence] == ["服务费为人民币50,000元（大写：肆万元整）。"]


def test_a_reference_to_nothing() -> None:
    document = agreement("双方应友好协商。", "按照本合同第十九条支付违约金。")
    item = next(
        item for what, item in inconsistencies(document).items() if what.startswith("引用的条款或附件在文本中找不到")
    )
    assert "第十九条" in item.what.zh
    assert "第十九条" in item.evidence[0].quote


def test_options_that_nobody_ticked() -> None:
    document = agreement("结算方式：□按月 □按季。")
    start = document.text.index("□按月")
    muted = (Muted(start=start, end=start + 3, reason="unticked"),)
    found = inconsistencies(document.model_copy(update={"muted": muted}))
    assert found["未勾选的选项（不作为约定审阅，1 处）"].evidence[0].quote == "□按月"


def test_what_is_muted_has_no_blanks() -> None:
    document = agreement("第____页")
    start = document.text.index("第____页")
    muted = (Muted(start=start, end=start + 6, reason="furniture"),)
    assert inconsistencies(document.model_copy(update={"muted": muted})) == {}


# ------------------------------------------------------------------- periods

ONE, OTHER = "任何一方解除合同的，应提前三十日通知对方。", "甲方解除合同的，应提前六十日通知乙方。"


@pytest.mark.parametrize(
    ("obligor", "conflict"), [("client", True), ("both", True), ("provider", False), ("unknown", False)]
)
def test_different_notice_periods_of_one_party(obligor: str, conflict: bool) -> None:
    document = agreement(ONE, OTHER)
    findings = [
        finding(document, "notice-period", ONE, obligor=obligor, period="三十日", number="8.1"),
        finding(document, "notice-period", OTHER, obligor="client", period="六十日", number="8.2"),
    ]
    found = inconsistencies(document, *findings)
    assert ("解除通知期有几种写法：30日（第8.1条）、60日（第8.2条）" in found) == conflict


def test_the_same_period_twice_is_no_conflict() -> None:
    document = agreement(ONE, "甲方解除合同的，应提前30日通知乙方。")
    findings = [
        finding(document, "notice-period", ONE, obligor="both", period="三十日"),
        finding(document, "notice-period", "甲方解除合同的，应提前30日通知乙方。", obligor="client", period="30日"),
    ]
    assert inconsistencies(document, *findings) == {}


def test_body_and_annex_differ() -> None:
    body, annex = "甲方解除合同的，应提前三十日通知乙方。", "甲方提前六十日通知乙方的，可以解除合同。"
    document = agreement(body, end=f"附件一 服务细则\n{annex}\n")
    findings = [
        finding(document, "notice-period", body, obligor="client", period="三十日"),
        finding(document, "notice-period", annex, obligor="client", period="六十日"),
    ]
    what = next(what for what in inconsistencies(document, *findings) if what.startswith("正文与附件不一致"))
    assert what == "正文与附件不一致：notice-period 标题，正文为30日，附件为60日；未发现以何者为准的约定"


def test_an_order_of_precedence_is_quoted() -> None:
    body, annex = "甲方解除合同的，应提前三十日通知乙方。", "甲方提前六十日通知乙方的，可以解除合同。"
    document = agreement(body, "附件与正文不一致的，以附件为准。", end=f"附件一 服务细则\n{annex}\n")
    findings = [
        finding(document, "notice-period", body, obligor="client", period="三十日"),
        finding(document, "notice-period", annex, obligor="client", period="六十日"),
    ]
    what = next(what for what in inconsistencies(document, *findings) if what.startswith("正文与附件不一致"))
    assert what.endswith("；合同约定：“附件与正文不一致的，以附件为准。”")


@pytest.mark.parametrize(
    ("sentences", "mixed"),
    [
        (("乙方应在五个工作日内交付。", "甲方应在五日内付款。"), True),
        (("乙方应在五个工作日内交付。", "甲方应在五日内付款。", "本合同所称“日”均指自然日。"), False),
        (("乙方应在五日内交付。", "甲方应在三日内付款。"), False),
        (("乙方应在五个工作日内交付。", "合作期限为三百六十日。"), False),  # a term, not a deadline
        (("乙方应在五个工作日内交付。", "价格按半天、全天计算。"), False),
    ],
)
def test_business_days_beside_days_that_nobody_defined(sentences: tuple[str, ...], mixed: bool) -> None:
    found = inconsistencies(agreement(*sentences))
    assert ("“工作日”与“日”混用而没有定义，期限的最后一天可能有争议" in found) == mixed


# --------------------------------------------------------------------- whole


def test_swapped_labels_reach_the_report() -> None:
    text = (
        "代运营服务合同\n甲方（委托方）：青禾茶业有限公司\n乙方（受托方）：蓝鲸互动传媒有限公司\n"
        "第一条 服务\n乙方为甲方提供抖音账号代运营服务，甲方按月支付服务费。\n"
        "甲方（盖章）：蓝鲸互动传媒有限公司\n乙方（盖章）：青禾茶业有限公司\n"
    )
    report = contractscan.scan(text.encode())
    assert any("称谓可能颠倒" in item.what.zh for item in report.inconsistencies)


@pytest.mark.parametrize("name", ["douyin-agency.pdf", "en-agency.docx", "tw-agency.docx"])
def test_evidence_of_the_samples_quotes_the_text(name: str) -> None:
    document, _, report = contractscan.Scanner().review(SAMPLES / name)
    quotes = [evidence for item in report.inconsistencies for evidence in item.evidence]
    assert quotes
    assert all(evidence.quote == document.text[evidence.start : evidence.end] for evidence in quotes)


PIECES = st.sampled_from(
    [
        "甲方",
        "____",
        "日内",
        "人民币5元（大写：陆元整）",
        "第九十九条",
        "【 】",
        "。",
        "\n",
        "□",
        "3个工作日",
        "五日",
        "附件一",
        " ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_quoted_exactly(text: str) -> None:
    inconsistencies(contract(f"代运营服务合同\n第一条 服务\n{text}"))


# ---------------------------------------------------------------------- title


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("战略合作协议\n第一条 乙方为甲方代运营抖音账号，甲方每月支付服务费3万元。\n", True),
        ("合夥協議\n第一條 乙方負責帳號運營管理，甲方每月支付服務費3萬元。\n", True),
        ("Partnership Agreement\n1. Agency manages the accounts of Client for a monthly fee of US$3,000.\n", True),
        ("抖音代运营合作协议\n第一条 乙方为甲方代运营抖音账号，甲方每月支付服务费3万元。\n", False),
        ("战略合作协议\n第一条 双方共同投资开店，按比例分享利润。\n", False),
        ("Services Agreement\n1. Agency manages the accounts of Client for a monthly fee of US$3,000.\n", False),
        ("代运营服务合同\n第一条 双方确认本合同不构成委托合同，甲方不得任意解除。\n", True),
        ("代运营服务合同\n第一条 双方之间不构成劳动关系。\n", False),
    ],
)
def test_a_title_that_does_not_fit_the_content(text: str, flagged: bool) -> None:
    kinds = {item.kind for item in inconsistencies(contract(text)).values()}
    assert ("title" in kinds) == flagged


# --------------------------------------------------------- reported as a risk


def test_what_weighs_is_a_finding_as_well_and_is_said_once() -> None:
    text = (
        "代运营服务合同\n甲方：甲公司\n乙方：乙公司\n"
        "第一条 乙方为甲方代运营账号，甲方每月向乙方支付服务费人民币50,000元（大写：肆万元整）。\n"
        "第二条 本合同自____年__月__日起生效。\n"
    )
    report = contractscan.scan(text.encode(), name="合同.txt")
    found = {f.rule_id: f for f in report.findings if f.kind == "compound"}
    assert found["amount-words-mismatch"].message.zh == (
        "金额的大写与小写不一致：先写的是 50,000，括号里的是 40,000，相差 10,000。"
    )
    assert found["blank-critical-field"].severity == "high"
    assert found["blank-critical-field"].evidence[0].quote.endswith("____年__月__日起生效。")
    assert [item.finding_ids for item in report.inconsistencies] == [
        (found["blank-critical-field"].id,),
        (found["amount-words-mismatch"].id,),
    ]
    shown = {section.key: section for section in outline(report).sections}
    assert "inconsistencies" not in shown
    assert {passage.finding.rule_id for entry in shown["compound"].entries for passage in entry.passages} >= {
        "amount-words-mismatch",
        "blank-critical-field",
    }
