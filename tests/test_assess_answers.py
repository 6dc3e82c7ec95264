"""The five answers: short, with the clause, in the contract's own labels, and never surer than the findings."""

from __future__ import annotations

import pytest

import contractscan
from assess_factory import LABELS, contract, finding
from contractscan.assess.answers import answer_questions
from contractscan.model import Answer, Finding

EXIT = "甲方可以提前三十日书面通知乙方解除本合同。"
FEE = "甲方提前解除的，应支付服务费总额30%的违约金。"
PRICED = "甲方提前结束合作的，应提前两个月通知，并支付剩余服务费的40%作为补偿。"
TRIAL = "试用期内任何一方可提前七日通知对方结束合作。"
DOCUMENT = contract(
    "\n".join(
        (
            "代运营服务合同",
            EXIT,
            FEE,
            "任何一方提前六十日通知对方的，可以终止合作。",
            "合作期内甲方不得提前解除合同。",
            "账号由乙方以其名义注册。",
            "绑定手机由乙方保管。",
            "账号的权益归甲方。",
            "合同终止后三个工作日内乙方应移交账号。",
            "付清全部款项后乙方移交账号。",
            "不再续约的，应在期满前九十日通知对方。",
            "店铺以乙方主体开设。",
            "数据归甲方所有。",
            "终止后乙方应删除数据。",
            PRICED,
            TRIAL,
        )
    )
)


def found(rule_id: str, words: str, **values: str) -> Finding:
    start = DOCUMENT.text.index(words)
    end = DOCUMENT.text.find("\n", start)
    return finding(DOCUMENT, rule_id, DOCUMENT.text[start : end if end > 0 else None], **values)  # type: ignore[arg-type]


def answers(*findings: Finding, **options: object) -> dict[str, Answer]:
    given = answer_questions(findings, LABELS, reviewed=True, **options)  # type: ignore[arg-type]
    return {answer.topic: answer for answer in given}


# ---------------------------------------------------------------- termination


def test_a_right_names_clause_party_and_period() -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日")
    answer = answers(right)["termination"]
    assert answer.status == "found"
    assert answer.headline.zh == "可以提前解除：第8.2条，甲方提前30日书面通知即可"
    assert answer.headline.en == "Early exit is possible: clause 8.2, the client on 30 days of written notice"
    assert answer.finding_ids == (right.id,)


def test_a_right_of_both_is_a_right_of_the_client() -> None:
    right = found("termination-for-convenience", "任何一方提前六十日", holder="both", period="六十日")
    assert answers(right)["termination"].headline.zh == "可以提前解除：第8.2条，任何一方提前60日通知即可"


def test_a_right_with_a_price_does_not_say_that_notice_is_enough() -> None:
    words = "甲方可以提前三十日通知乙方解除本合同，并支付服务费总额30%的违约金。"
    document = contract(f"代运营服务合同\n{words}")
    right = finding(document, "termination-for-convenience", words, holder="client", period="三十日")
    price = finding(document, "early-termination-fee", words, payer="client", percent="30%", topic="remaining-fees")
    headline = answers(right, price)["termination"].headline.zh
    assert headline == "可以提前解除：第8.2条，甲方提前30日通知，但违约或提前解约须付服务费总额的30%"


def test_the_price_that_another_clause_sets_stands_beside_the_right() -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日", number="7.1")
    price = found("early-termination-fee", FEE, payer="client", number="3.4", effect="burden")
    headline = answers(right, price)["termination"].headline.zh
    assert headline == "可以提前解除：第7.1条，甲方提前30日书面通知，但须付提前解约的费用（第3.4条）"


def test_the_right_names_the_notice_period_where_no_other_clause_does() -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日")
    form = found("notice-form", "不再续约的，应在期满前九十日通知对方。", topic="notice-period", number="9")
    headline = answers(right, form)["notice-period"].headline.zh
    assert headline == "甲方解除须提前30日通知（第8.2条）；通知形式有要求（第9条）"


def test_a_refund_on_the_others_failure_only_is_no_refund_in_every_case() -> None:
    words = "乙方未达标的，甲方可以解除合同，乙方退还未履行部分的费用。"
    document = contract(f"代运营服务合同\n{words}")
    refund = finding(document, "pro-rata-refund", words, payer="provider", topic="remaining-fees")
    cause = finding(document, "termination-for-cause", words, holder="client")
    assert answers(refund)["remaining-fees"].headline.zh == "按未履行部分退费（第8.2条）"
    assert answers(refund, cause)["remaining-fees"].headline.zh == "该条所列情形下退费（第8.2条）"


def test_no_right_of_the_client_is_said() -> None:
    barred = found("no-early-termination", "合作期内甲方不得", holder="client", number="10.1")
    answer = answers(barred)["termination"]
    assert answer.headline.zh == "未发现甲方的任意解除权；约定甲方不得提前解除（第10.1条）"


def test_a_right_of_nobody_known_is_unclear() -> None:
    right = found("termination-for-convenience", EXIT, holder="unknown", period="三十日")
    answer = answers(right)["termination"]
    assert answer.status == "unclear"
    assert answer.headline.zh == "有任意解除的约定，但未能确认是谁的权利（第8.2条）"


def test_the_right_of_the_provider_is_no_right_of_the_client() -> None:
    right = found("termination-for-convenience", EXIT, holder="provider", period="三十日")
    headline = answers(right)["termination"].headline.zh
    assert headline == "未发现甲方的任意解除权；乙方可以单方停止或解除（第8.2条）"


def test_the_provider_asks_for_its_own_right() -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日")
    headline = answers(right, perspective="provider")["termination"].headline.zh
    assert headline == "未发现乙方的任意解除权；甲方可以单方停止或解除（第8.2条）"


# -------------------------------------------------------------- other answers


def test_the_longest_period_of_the_client_counts() -> None:
    findings = [
        found("notice-period", EXIT, obligor="client", period="三十日", topic="notice-period"),
        found(
            "notice-period", "任何一方提前六十日", obligor="both", period="六十日", topic="notice-period", number="9"
        ),
        found(
            "non-renewal-window",
            "不再续约的",
            effect="burden",
            window="九十日",
            topic="notice-period",
            number="3.3",
        ),
    ]
    headline = answers(*findings)["notice-period"].headline.zh
    assert headline == "甲方解除须提前60日通知（第9条）；不续约通知须在期满前90日到达（第3.3条）"


def test_a_period_of_the_provider_is_none_of_the_client() -> None:
    theirs = found("notice-period", EXIT, obligor="provider", period="三十日", topic="notice-period")
    headline = answers(theirs)["notice-period"].headline
    assert headline.zh == "未发现甲方解除合同的通知期"
    assert headline.en == "No notice period for the client to end it was found"


def test_the_answer_on_fees_states_the_penalty() -> None:
    price = found("early-termination-fee", FEE, payer="client", percent="30%", topic="remaining-fees", number="11.1")
    assert answers(price)["remaining-fees"].headline.zh == "违约或提前解约须付服务费总额的30%（第11.1条）"


def test_what_the_provider_pays_is_no_cost() -> None:
    price = found("early-termination-fee", FEE, payer="provider", percent="30%", topic="remaining-fees")
    assert "须付" not in answers(price)["remaining-fees"].headline.zh


def test_the_account_answer_names_registrant_holder_and_the_missing_duty() -> None:
    findings = [
        found(
            "account-registration-entity", "账号由乙方", registrant="provider", topic="account-ownership", number="6.1"
        ),
        found("account-binding-phone-email", "绑定手机", holder="provider", topic="account-ownership", number="6.2"),
        found("account-owned-by-client", "账号的权益", owner="client", topic="account-ownership", number="6.3"),
    ]
    answer = answers(*findings)["account-ownership"]
    assert answer.headline.zh == (
        "账号登记在乙方名下（第6.1条）；绑定手机由乙方掌握（第6.2条）；账号权益约定归甲方（第6.3条）；交接义务未发现"
    )


def test_a_registrant_nobody_knows_is_unclear() -> None:
    unknown = found("account-registration-entity", "账号由乙方", registrant="unknown", topic="account-ownership")
    answer = answers(unknown)["account-ownership"]
    assert answer.status == "unclear"
    assert answer.headline.zh == "有账号登记或归属的约定，但未能确认是哪一方（第8.2条）；交接义务未发现"


def test_a_handover_duty_is_given_with_its_deadline() -> None:
    duty = found(
        "account-handover-duty",
        "合同终止后三个工作日",
        obligor="provider",
        deadline="三个工作日",
        topic="account-ownership",
    )
    said = "未发现账号登记或归属的约定；乙方有交接义务，期限3个工作日（第8.2条）"
    assert answers(duty)["account-ownership"].headline.zh == said


def test_a_condition_comes_before_the_duty() -> None:
    findings = [
        found("account-handover-duty", "合同终止后三个工作日", obligor="provider", topic="account-ownership"),
        found("handover-conditioned-on-payment", "付清全部款项", topic="account-ownership", number="10.7"),
    ]
    said = "未发现账号登记或归属的约定；付清款项之后才交接（第10.7条）"
    assert answers(*findings)["account-ownership"].headline.zh == said


def test_the_registration_of_a_shop_is_not_that_of_the_account() -> None:
    findings = [
        found("account-registration-entity", "店铺以乙方", registrant="provider", topic="account-ownership"),
        found("ad-shop-miniapp-ownership", "店铺以乙方", owner="provider", topic="account-ownership"),
        found(
            "account-registration-entity", "账号的权益", registrant="client", topic="account-ownership", number="3.1"
        ),
    ]
    assert answers(*findings)["account-ownership"].headline.zh.startswith("账号登记在甲方名下（第3.1条）")


def test_a_clause_that_excludes_return_is_no_return() -> None:
    refused = found("data-return-export", "终止后乙方应删除", effect="burden", topic="data-rights")
    owned = found("data-ownership", "数据归甲方", owner="client", topic="data-rights", number="5.1")
    headline = answers(refused, owned)["data-rights"].headline.zh
    assert headline == "数据约定归甲方（第5.1条）；返还或删除数据的义务未发现"


# -------------------------------------------------------------------- statuses


def test_no_clause_is_not_found_and_speaks_of_the_text() -> None:
    for answer in answers().values():
        assert answer.status == "not_found"
        assert "在已提供的文本中未发现" in answer.headline.zh
        assert answer.finding_ids == ()


def test_a_court_or_a_law_does_not_say_what_is_owed() -> None:
    law = found("governing-law", "数据归甲方", topic="remaining-fees", number="12.1")
    answer = answers(law)["remaining-fees"]
    assert answer.status == "not_found"
    assert answer.headline.zh.startswith("在已提供的文本中未发现关于剩余费用、退费或违约金的约定；另有：")
    assert answer.finding_ids == (law.id,)


def test_without_roles_every_answer_is_unclear_and_says_so() -> None:
    right = found("termination-for-convenience", EXIT, holder="unknown", period="三十日")
    answer = answers(right, roles_known=False)["termination"]
    assert answer.status == "unclear"
    assert answer.headline.zh == (
        "未能确认谁是客户、谁是服务商，不能判断对谁有利；相关条款：第8.2条；可用 --client 指明客户一方"
    )


def test_without_roles_a_topic_without_findings_is_unclear_and_says_why() -> None:
    answer = answers(roles_known=False)["account-ownership"]
    assert answer.status == "unclear"
    assert answer.headline.zh == (
        "未能确认谁是客户、谁是服务商，涉及一方权利义务的约定无法查找，没有发现不等于没有；可用 --client 指明客户一方"
    )


def test_without_parties_and_findings_nothing_is_found() -> None:
    answer = answers(roles_known=False, between_parties=False)["account-ownership"]
    assert answer.status == "not_found"


def test_two_parties_without_roles_leave_no_topic_not_found() -> None:
    text = "合作协议\n一、甲方与乙方合作经营账号。\n二、账号由乙方名义注册。\n三、其他事项由甲方与乙方商定。\n"
    report = contractscan.scan(text.encode())
    assert {party.role for party in report.parties} == {"unknown"}
    assert {answer.status for answer in report.answers} == {"unclear"}
    assert {step.state for step in report.handover} <= {"unclear", "found"}


def test_a_text_not_understood_is_not_reviewed() -> None:
    given = answer_questions([], {}, reviewed=False)
    assert [answer.status for answer in given] == ["not_reviewed"] * 5


def test_an_unknown_role_makes_no_all_clear() -> None:
    text = (
        "服务合同\n第一条 期限\n任何一方提前三十日书面通知对方，可以解除本合同。\n第二条 保密\n双方应当保守商业秘密。\n"
    )
    report = contractscan.scan(text.encode())
    assert {party.role for party in report.parties} & {"client", "provider"} == set()
    assert "不表示没有风险" in report.overall.basis.zh
    assert "no all-clear" in report.overall.basis.en
    assert report.exposure == report.negotiation == report.notice == ()


@pytest.mark.parametrize("path", [("8.2",), ("第八条", "8.2")])
def test_a_clause_is_named_by_its_number(path: tuple[str, ...]) -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日")
    right = right.model_copy(update={"clause": right.clause.model_copy(update={"path": path})})
    assert "第8.2条" in answers(right)["termination"].headline.zh


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (("第八条",), "第八条", "clause 第八条"),
        (("合同", "第十條", "一、"), "第十條 › 一", "clause 第十條 › 一"),
        (("第十条", "10.4", "（1）"), "第10.4（1）条", "clause 10.4（1）"),
        (("Article 8",), "Article 8", "Article 8"),
    ],
)
def test_numbers_of_all_kinds(path: tuple[str, ...], zh: str, en: str) -> None:
    right = found("termination-for-convenience", EXIT, holder="client", period="三十日")
    right = right.model_copy(update={"clause": right.clause.model_copy(update={"path": path})})
    headline = answers(right)["termination"].headline
    assert f"：{zh}，" in headline.zh
    assert f": {en}, " in headline.en


# ------------------------------------------------------------------------ data


def test_reports_at_intervals_are_no_return_of_data() -> None:
    text = (
        "代运营服务合同\n甲方：甲公司\n乙方：乙公司\n第一条 乙方为甲方代运营账号，甲方向乙方支付服务费。\n"
        "第二条 乙方应定期向甲方提供后台数据。\n"
    )
    report = contractscan.scan(text.encode(), name="合同.txt")
    assert "data-return-export" in {f.rule_id for f in report.findings}
    answer = next(answer for answer in report.answers if answer.topic == "data-rights")
    assert answer.headline.zh == "返还或删除数据的义务未发现"
    operating = next(step for step in report.handover if step.what.zh == "运营数据和报表")
    assert operating.detail.zh.startswith("约定了定期提供数据或者报表；这不是合同结束后的返还（第二条）")


def test_an_exit_at_a_price_names_the_price() -> None:
    right = found("termination-for-convenience", PRICED, holder="client", period="两个月", number="5.1")
    price = found("remaining-fee-acceleration", PRICED, payer="client", percent="40%", topic="remaining-fees")
    headline = answers(right, price)["termination"].headline.zh
    assert headline == "可以提前解除：第5.1条，甲方提前2个月通知，但须付剩余费用的40%"


def test_a_right_of_the_trial_period_is_no_right_to_leave_later() -> None:
    right = found("termination-for-convenience", TRIAL, holder="both", period="七日", number="1")
    headline = answers(right)["termination"].headline.zh
    assert headline == "未发现甲方的任意解除权；仅在试用、磨合或签约后的最初期间内可以离开（第1条）"


def test_what_the_provider_owes_is_no_price_of_the_client() -> None:
    theirs = found("early-termination-fee", FEE, payer="provider", percent="30%", topic="remaining-fees")
    unnamed = found("liquidated-damages", FEE, percent="30%", topic="remaining-fees")
    assert "30%" not in answers(theirs, unnamed)["remaining-fees"].headline.zh
    assert "30%" in answers(unnamed)["remaining-fees"].headline.zh


def test_force_majeure_is_no_breach_of_the_other_side() -> None:
    beyond = found("force-majeure-platform-change", EXIT, topic="termination")
    cause = found("termination-for-cause", EXIT, holder="both")
    assert "违约等约定情形" not in answers(beyond, cause)["termination"].headline.zh
    assert "违约等约定情形" in answers(cause)["termination"].headline.zh


def test_a_term_that_runs_on_until_notice_is_a_right_to_leave_after_it() -> None:
    text = (
        'SERVICES AGREEMENT between Pearl Ltd (the "Customer") and Quay Ltd (the "Service Provider").\n'
        "1. The Customer appoints the Service Provider to manage its social media accounts and pays it a monthly fee.\n"
        "2. This Agreement remains in force for 24 months and thereafter continues until determined by either party "
        "on not less than three months' notice in writing.\n"
    )
    report = contractscan.scan(text.encode(), name="a.txt")
    (answer,) = [answer for answer in report.answers if answer.topic == "termination"]
    assert answer.headline.en.startswith(
        "Early exit is possible: clause 2, after the first or minimum term, either party on 3 months of written notice"
    )
    assert {f.effect for f in report.findings if f.rule_id in ("auto-renewal", "non-renewal-window")} == {"neutral"}
    assert not {f.rule_id for f in report.findings} & {"lock-in", "missing-convenience-termination"}


@pytest.mark.parametrize(
    ("words", "holder", "headline"),
    [
        (
            "试用期满后，甲方可以提前六十日书面通知乙方解除合同。",
            "client",
            "可以提前解除：第8.2条，甲方提前60日书面通知即可",
        ),
        (
            "試營運期內，任一方得於六十日前通知他方終止契約。",
            "both",
            "未发现甲方的任意解除权；仅在试用、磨合或签约后的最初期间内可以离开（第8.2条）",
        ),
    ],
)
def test_a_right_after_the_trial_is_no_right_of_the_trial(words: str, holder: str, headline: str) -> None:
    document = contract(f"代运营服务合同\n{words}")
    right = finding(document, "termination-for-convenience", words, holder=holder, period="六十日")
    assert answers(right)["termination"].headline.zh == headline


def test_a_right_of_the_first_days_gives_way_to_the_one_after_them() -> None:
    first = "During the first sixty (60) days Client may terminate for any reason on ten (10) days' written notice."
    later = "After the trial period, Client may terminate on ninety (90) days' written notice."
    document = contract(f"AGENCY AGREEMENT\n{first}\n{later}")
    rights = (
        finding(document, "termination-for-convenience", first, holder="client", period="ten", number="2"),
        finding(document, "termination-for-convenience", later, holder="client", period="ninety", number="3"),
    )
    headline = answers(*rights)["termination"].headline.en
    assert headline == "Early exit is possible: clause 3, the client on 90 days of written notice"
