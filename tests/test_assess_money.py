"""Money at stake. Every expected sum is worked out in a comment, by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import contractscan
from assess_factory import contract, finding
from contractscan.assess.facts import find_facts
from contractscan.assess.money import find_exposure
from contractscan.assess.plan import Plan
from contractscan.model import Document, Exposure, Finding
from contractscan.segment import segment

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"
TERM = "合作期限自2026年4月1日起至2027年3月31日止。"
FEE = "服务费为每月人民币30,000元。"
EXIT = "甲方可以提前三十日书面通知乙方解除本合同。"


def agreement(*sentences: str) -> Document:
    return contract("代运营服务合同\n" + "\n".join(f"第{n}条 {text}" for n, text in enumerate(sentences, 1)) + "\n")


def exposure(document: Document, *findings: Finding, term: str = TERM, **plan: object) -> dict[str, Exposure]:
    known = [*findings]
    if term in document.text:
        known.append(finding(document, "contract-term-expiry", term))
    wanted = Plan(**plan)  # type: ignore[arg-type]
    facts = find_facts(document, segment(document), known, monthly_fee=wanted.monthly_fee)
    return {item.what.zh: item for item in find_exposure(known, facts, wanted)}


def sums(item: Exposure) -> tuple[str | None, str | None]:
    return (None if item.amount is None else str(item.amount), None if item.upper is None else str(item.upper))


# ----------------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("sentence", "monthly", "total"),
    [
        ("服务费为每月人民币30,000元。", "30000", "360000"),  # twelve months
        ("服务费总额为人民币360,000元。", "30000", "360000"),  # a twelfth
        ("服務費用為每月新臺幣80,000元，十二個月總計新臺幣960,000元。", "80000", "960000"),
        ("Client shall pay a monthly retainer of US$6,000, for a total of US$72,000.", "6000", "72000"),
        ("全年服务费人民币180,000元，按季支付，每季服务费45,000元。", "15000", "180000"),  # a third of the quarter's
        ("Client pays a fee of US$9,000 per quarter.", "3000", "36000"),
        ("服务费每季45,000元；服务费每年200,000元。", None, None),  # they do not come to the same
        ("甲方每月的广告投放服务金额不低于人民币50,000元。", None, None),  # no fee of the agency
        ("服务费为每月人民币____元。", None, None),
        ("服务费为每月人民币30,000元，第二年起服务费为每月人民币35,000元。", None, None),  # two fees
    ],
)
def test_fees_are_read_off_the_text(sentence: str, monthly: str | None, total: str | None) -> None:
    document = agreement(TERM, sentence)
    facts = find_facts(document, segment(document), [finding(document, "contract-term-expiry", TERM)])
    assert facts.monthly.amount == (Decimal(monthly) if monthly else None)
    assert facts.total.amount == (Decimal(total) if total else None)


def test_the_fee_of_the_client_wins() -> None:
    document = agreement(TERM, FEE)
    facts = find_facts(document, segment(document), [], monthly_fee=Decimal(25000))
    assert (facts.monthly.amount, facts.monthly.currency) == (Decimal(25000), "CNY")


# ---------------------------------------------------------------------- refund

REFUND = "乙方应按未履行比例退还甲方已付费用。"
NO_REFUND = "甲方已付费用概不退还。"
WHAT = "已付费用中未履行部分的退还"


@pytest.mark.parametrize(
    ("last", "paid", "expected"),
    [
        # 1 April to 15 September: April to August are 5 months, 15 of September's 30 days are half a month.
        # 30,000 x 5.5 = 165,000; with September in full 180,000.
        ("2026-09-15", "180000", ("0.00", "15000.00")),
        ("2026-09-15", "360000", ("180000.00", "195000.00")),
        ("2026-09-30", "360000", ("180000.00", None)),  # six whole months: no room
        # 10 of October's 31 days: 30,000 x (6 + 10/31) = 180,000 + 9,677.419… = 189,677.42; 210,000 in full
        ("2026-10-10", "360000", ("150000.00", "170322.58")),
        ("2026-09-30", "100000", ("0.00", None)),  # less was paid than is due
    ],
)
def test_a_refund_is_what_was_paid_less_what_was_used(last: str, paid: str, expected: tuple[str, str | None]) -> None:
    document = agreement(TERM, FEE, REFUND)
    found = finding(document, "pro-rata-refund", REFUND, effect="protection")
    item = exposure(document, found, terminate_on=datetime.date.fromisoformat(last), paid=Decimal(paid))[WHAT]
    assert sums(item) == expected
    assert item.currency == "CNY"


def test_the_formula_of_a_refund_is_shown() -> None:
    document = agreement(TERM, FEE, REFUND)
    found = finding(document, "pro-rata-refund", REFUND)
    item = exposure(document, found, terminate_on=datetime.date(2026, 9, 15), paid=Decimal(360000))[WHAT]
    assert "已付 360,000 − 月费 30,000 × 5.5 个月 = 195,000" in item.basis.zh
    assert "2026-04-01 至 2026-09-15 为 5 个月零 15 日（当月 30 日）" in item.basis.zh
    assert "当月按整月计则为 180,000" in item.basis.zh


def test_where_nothing_is_refunded_the_range_begins_at_nothing() -> None:
    document = agreement(TERM, FEE, NO_REFUND)
    found = finding(document, "non-refundable-prepayment", NO_REFUND, effect="burden")
    item = exposure(document, found, terminate_on=datetime.date(2026, 9, 30), paid=Decimal(360000))[WHAT]
    assert sums(item) == ("0.00", "180000.00")
    assert "合同另写明不予退还" in item.basis.zh


@pytest.mark.parametrize(
    ("sentences", "plan", "reason"),
    [
        ((TERM, FEE, REFUND), {}, "--paid"),
        ((TERM, REFUND), {"paid": Decimal(1)}, "--monthly-fee"),
        ((FEE, REFUND), {"paid": Decimal(1)}, "--terminate-on"),
        ((FEE, REFUND), {"paid": Decimal(1), "terminate_on": datetime.date(2026, 9, 30)}, "起始日不明"),
    ],
)
def test_what_is_missing_is_named(sentences: tuple[str, ...], plan: dict[str, object], reason: str) -> None:
    document = agreement(*sentences)
    item = exposure(document, finding(document, "pro-rata-refund", REFUND), **plan)[WHAT]
    assert item.amount is None
    assert item.basis.zh.startswith("无法计算：")
    assert item.basis.en.startswith("not computable: ")
    assert reason in item.basis.zh


# ----------------------------------------------------- notice, rest of the term


@pytest.mark.parametrize(
    ("period", "expected"),
    [("三十日", "30000.00"), ("45日", "45000.00"), ("两个月", "60000.00"), ("15个工作日", None)],  # x days / 30
)
def test_fees_of_the_notice_period(period: str, expected: str | None) -> None:
    words = f"甲方可以提前{period}书面通知乙方解除本合同。"
    document = agreement(TERM, FEE, words)
    found = finding(document, "termination-for-convenience", words, holder="client", period=period)
    assert sums(exposure(document, found)["通知期内的服务费"])[0] == expected


def test_without_a_right_there_is_no_notice_period_to_pay_for() -> None:
    document = agreement(TERM, FEE, EXIT)
    found = finding(document, "termination-for-convenience", EXIT, holder="provider", period="三十日")
    assert "通知期内的服务费" not in exposure(document, found)


def test_the_rest_of_the_term() -> None:
    words = "甲方提前终止的，剩余期限的服务费立即到期。"
    document = agreement(TERM, FEE, words)
    found = finding(document, "remaining-fee-acceleration", words, number="11.1")
    item = exposure(document, found, terminate_on=datetime.date(2026, 9, 15))[
        "剩余期限的服务费（加速到期）（第11.1条）"
    ]
    # of twelve months 5.5 are used: 6.5 x 30,000 = 195,000; six months have not begun: 180,000
    assert sums(item) == ("180000.00", "195000.00")


def test_a_share_of_the_rest_of_the_term() -> None:
    words = "甲方提前终止的，应支付剩余服务费的40%作为补偿。"
    document = agreement(TERM, FEE, words)
    found = finding(document, "remaining-fee-acceleration", words, percent="40%")
    name = "剩余期限的服务费（加速到期）（第8.2条）"
    item = exposure(document, found, terminate_on=datetime.date(2026, 9, 15))[name]
    # 40% of 180,000 to 195,000
    assert sums(item) == ("72000.00", "78000.00")
    assert "按其 40%：180,000 × 40% = 72,000 / 195,000 × 40% = 78,000" in item.basis.zh
    assert exposure(document, found)[name].basis.zh.endswith("每提前一个月为 30,000 × 40% = 12,000")


# --------------------------------------------------------------------- damages


@pytest.mark.parametrize(
    ("clause", "percent", "expected"),
    [
        ("甲方提前解除的，应支付服务费总额30%的违约金。", "30%", ("108000.00", None)),  # of 360,000
        # of the remaining fees of 180,000 to 195,000
        ("甲方提前解除的，应支付剩余服务费50%的违约金。", "50%", ("90000.00", "97500.00")),
        ("甲方提前解除的，应支付已支付费用20%的违约金。", "20%", ("36000.00", None)),  # of 180,000
        ("甲方提前解除的，应支付月服务费200%的违约金。", "200%", ("60000.00", None)),
        ("甲方提前解除的，应支付成交额30%的违约金。", "30%", (None, None)),  # sales are not known
    ],
)
def test_a_share_is_taken_of_its_own_base(clause: str, percent: str, expected: tuple[str | None, str | None]) -> None:
    document = agreement(TERM, FEE, clause)
    found = finding(document, "early-termination-fee", clause, number="11.1", payer="client", percent=percent)
    items = exposure(document, found, terminate_on=datetime.date(2026, 9, 15), paid=Decimal(180000))
    assert sums(items["提前解约的代价（第11.1条）"]) == expected


def test_two_rules_on_one_sum_give_one_line() -> None:
    clause = "甲方违约的，应支付违约金人民币50,000元。"
    document = agreement(clause)
    found = [
        finding(document, rule_id, clause, payer="client", amount="人民币50,000元")
        for rule_id in ("liquidated-damages", "early-termination-fee")
    ]
    items = exposure(document, *found)
    assert [(item.what.zh, sums(item)) for item in items.values()] == [
        ("提前解约的代价（第8.2条）", ("50000.00", None))
    ]


def test_what_the_provider_pays_is_not_at_stake() -> None:
    clause = "乙方违约的，应支付违约金人民币50,000元。"
    document = agreement(clause)
    assert (
        exposure(document, finding(document, "liquidated-damages", clause, payer="provider", amount="人民币50,000元"))
        == {}
    )


def test_an_amount_whose_words_and_figures_differ_is_not_computed() -> None:
    clause = "甲方违约的，应支付违约金人民币50,000元（大写：肆万元整）。"
    document = agreement(clause)
    items = exposure(document, finding(document, "liquidated-damages", clause, payer="client", amount="人民币50,000元"))
    assert sums(items["违约金（第8.2条）"]) == (None, None)
    assert "大写与小写不一致" in items["违约金（第8.2条）"].basis.zh


@pytest.mark.parametrize(
    ("clause", "rate", "amount", "yearly"),
    [
        # 30,000 x 0.5% = 150 a day; 0.5% x 365 = 182.5% a year
        ("甲方逾期付款的，每逾期一日按逾期金额的千分之五支付违约金。", "千分之五", "150.00", "折合每年 182.5%"),
        # 30,000 x 0.03% = 9 a day; 10.95% a year
        ("甲方逾期付款的，每日按逾期金额的万分之三支付违约金。", "万分之三", "9.00", "折合每年 10.95%"),
    ],
)
def test_a_late_fee_for_each_day(clause: str, rate: str, amount: str, yearly: str) -> None:
    document = agreement(TERM, FEE, clause)
    items = exposure(document, finding(document, "late-payment-penalty", clause, rate=rate))
    item = items["逾期付款的违约金（拖欠一个月服务费时）（第8.2条）"]
    assert sums(item) == (amount, None)
    assert yearly in item.basis.zh


def test_a_deposit_is_its_amount() -> None:
    clause = "甲方应支付履约保证金人民币50,000元（大写：伍万元整）。"
    document = agreement(clause)
    items = exposure(document, finding(document, "deposit-earnest-money", clause, amount="人民币50,000元"))
    assert sums(items["保证金或定金（第8.2条）"]) == ("50000.00", None)


# -------------------------------------------- three sample contracts, by hand


def sample_sums(name: str, **plan: object) -> dict[str, tuple[str | None, str | None]]:
    report = contractscan.scan(SAMPLES / name, **plan)
    return {item.what.zh: sums(item) for item in report.exposure}


def test_money_of_the_one_sided_contract() -> None:
    items = sample_sums("douyin-agency.docx", terminate_on=datetime.date(2026, 9, 15), paid="180000")
    # 4.1: 360,000 for twelve months from 1 April 2026, 30,000 a month. Used: 5.5 months = 165,000.
    assert items["已付费用中未履行部分的退还"] == ("0.00", "15000.00")  # 4.3 refunds nothing; 180,000 - 165,000
    assert items["剩余期限的服务费（加速到期）（第11.1条）"] == ("180000.00", "195000.00")  # 6 to 6.5 months
    # 11.1: 30% of 360,000
    assert ("108000.00", None) in [value for what, value in items.items() if "第11.1条" in what]
    assert items["逾期付款的违约金（拖欠一个月服务费时）（第4.8条）"] == ("150.00", None)  # 0.5% of 30,000
    assert items["保证金或定金（第4.4条）"] == ("50000.00", None)


def test_money_of_the_fair_contract() -> None:
    items = sample_sums("fair-agency.docx", as_of=datetime.date(2026, 9, 1), paid="108000")
    # 8.1: thirty days from 1 September end on 1 October 2026. From 1 May: five months and 1 of October's 31 days.
    # 18,000 x 5 = 90,000, + 18,000/31 = 580.645… = 90,580.65; October in full: 108,000.
    assert items["已付费用中未履行部分的退还"] == ("0.00", "17419.35")
    assert items["通知期内的服务费"] == ("18000.00", None)  # thirty days
    assert items["逾期付款的违约金（拖欠一个月服务费时）（第2.3条）"] == ("5.40", None)  # 0.03% of 18,000


def test_money_of_the_contract_in_which_party_a_is_the_provider() -> None:
    items = sample_sums("provider-is-party-a.docx", terminate_on=datetime.date(2026, 11, 30), paid="270000")
    # 3.1: 45,000 a month from 1 June 2026 for twelve months. Used to 30 November: six months = 270,000.
    assert items["已付费用中未履行部分的退还"] == ("0.00", None)
    # 6.2: half of the fees of the six months left, 270,000
    assert ("135000.00", None) in items.values()
    assert items["逾期付款的违约金（拖欠一个月服务费时）（三 › 3）"] == ("135.00", None)  # 0.3% of 45,000


# --------------------------------------------------------------------- minimum

LONG = (
    "甲方承诺合作期内每个自然月在平台的千川、巨量及其他广告产品上的投放不低于人民币50,000元，当月因任何原因，"
    "包括平台规则变化、商品下架和自身安排，没有达到上述金额的，甲方应在次月五日前"
    "按差额的百分之十五（15%）向乙方补足服务费。"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # 50,000 x 15% = 7,500 when nothing was spent, nothing when all of it was
        ("甲方每月投放不低于人民币50,000元，未达到的按差额的15%补足服务费。", ("0.00", "7500.00")),
        ("甲方每月投放不低于人民币50,000元，未达到的补足差额。", ("0.00", "50000.00")),
        (LONG, ("0.00", "7500.00")),  # one percentage, in words and figures, far behind
        ("甲方每月投放不低于人民币50,000元。", ("50000.00", None)),
    ],
)
def test_of_a_minimum_only_the_shortfall_is_at_stake(sentence: str, expected: tuple[str, str | None]) -> None:
    document = agreement(TERM, FEE, sentence)
    found = finding(document, "minimum-commitment", sentence, amount="50,000")
    item = exposure(document, found)["最低承诺金额（第8.2条）"]
    assert sums(item) == expected


def test_without_a_day_of_leaving_the_rest_of_the_term_is_not_nothing() -> None:
    words = "甲方提前终止的，应付清剩余服务费。"
    document = agreement(TERM, FEE, words)
    item = exposure(document, finding(document, "remaining-fee-acceleration", words))
    rest = item["剩余期限的服务费（加速到期）（第8.2条）"]
    assert sums(rest) == (None, None)
    assert rest.basis.zh.endswith("请用 --terminate-on 给出；每提前一个月为 30,000")
