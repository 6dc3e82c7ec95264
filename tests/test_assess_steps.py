"""Negotiation list, notice requirements and handover checklist."""

from __future__ import annotations

from pathlib import Path

import pytest

import contractscan
from assess_factory import LABELS, contract, finding
from contractscan.assess.handover import find_handover
from contractscan.assess.negotiation import find_asks
from contractscan.assess.notice import find_notice_steps
from contractscan.model import Finding, Step, Suppression

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"
EXIT = "甲方可以提前三十日书面通知乙方解除本合同。"
BREACH = "乙方违约的，甲方可以解除本合同。"
RENEWS = "期满自动续约十二个月。"
PAPER = "甲方的通知应以加盖公章的原件寄至乙方住所地。"
SENT = "通知寄出三日后视为送达。"
ACCOUNT = "账号由乙方以其名义注册。"
DUTY = "合同终止后五日内乙方应移交账号。"
DOCUMENT = contract("\n".join(("抖音账号代运营服务合同", EXIT, BREACH, RENEWS, PAPER, SENT, ACCOUNT, DUTY)))


def found(rule_id: str, words: str, **values: str) -> Finding:
    return finding(DOCUMENT, rule_id, words, **values)  # type: ignore[arg-type]


# ---------------------------------------------------------------- negotiation


def test_asks_come_worst_first_and_once_for_each_rule() -> None:
    asks = find_asks(
        [
            found("auto-renewal", RENEWS, effect="burden", severity="medium", number="3.3"),
            found("account-registration-entity", ACCOUNT, effect="burden", severity="critical", number="5.1"),
            found("account-registration-entity", DUTY, effect="burden", severity="high", number="5.2"),
            found("missing-handover-duty", ACCOUNT, kind="absence", effect="burden", severity="high"),
        ]
    )
    assert [ask.what.zh for ask in asks] == [
        "要求修改第5.1条、第5.2条：account-registration-entity 标题",
        "要求补充：missing-handover-duty 标题",
        "要求修改第3.3条：auto-renewal 标题",
    ]
    assert len(asks[0].finding_ids) == 2
    assert asks[0].wording is not None


@pytest.mark.parametrize(("effect", "severity"), [("protection", "high"), ("neutral", "medium"), ("burden", "low")])
def test_what_is_harmless_is_not_asked_for(effect: str, severity: str) -> None:
    assert find_asks([found("auto-renewal", RENEWS, effect=effect, severity=severity)]) == ()


def test_what_is_set_aside_is_not_asked_for() -> None:
    risk = found("auto-renewal", RENEWS, effect="burden", severity="high")
    risk = risk.model_copy(update={"suppressed": Suppression(reason="agreed", by="suppression")})
    assert find_asks([risk]) == ()


def test_wording_never_gives_away_what_the_client_is_to_keep() -> None:
    """In this contract 甲方 is the provider."""
    report = contractscan.scan(SAMPLES / "provider-is-party-a.docx")
    wording = {ask.what.en.rpartition(": ")[2]: ask.wording for ask in report.negotiation}
    account = next(text for title, text in wording.items() if "registered" in title and text)
    assert "账号认证主体应为乙方" in account.zh


# --------------------------------------------------------------------- notice


def steps(*findings: Finding, us: str = "client") -> dict[str, Step]:
    return {step.what.zh: step for step in find_notice_steps(findings, labels=LABELS, country="CN", us=us)}


def test_no_termination_notice_without_a_right() -> None:
    letter = steps(found("auto-renewal", RENEWS, effect="burden", renewal="十二个月"))["用哪一种函件"]
    assert "不要发解除通知" in letter.detail.zh
    assert "send no notice of termination" in letter.detail.en
    assert "不续约通知" in letter.detail.zh


@pytest.mark.parametrize("holder", ["provider", "unknown"])
def test_a_right_of_another_is_no_right(holder: str) -> None:
    letter = steps(found("termination-for-convenience", EXIT, holder=holder, period="三十日"))["用哪一种函件"]
    assert letter.state == "not_found"
    assert "不要发解除通知" in letter.detail.zh


def test_a_right_allows_a_notice_of_termination() -> None:
    letter = steps(found("termination-for-convenience", EXIT, holder="client", period="三十日"))["用哪一种函件"]
    assert letter.detail.zh == "解除通知：引用该条并写明生效日（第8.2条）"


def test_for_cause_comes_a_demand_first() -> None:
    letter = steps(found("termination-for-cause", BREACH, holder="client"))["用哪一种函件"]
    assert "先发催告函" in letter.detail.zh
    assert "解除通知" not in letter.detail.zh.replace("发解除通知", "")


def test_form_address_and_receipt_quote_the_contract() -> None:
    given = steps(
        found("notice-form", PAPER, number="12.1"),
        found("notice-address-contact", PAPER, number="12.1"),
        found("deemed-receipt", SENT, delay="三日", number="12.2"),
    )
    assert given["形式"].detail.zh == f"要求盖章、签字或原件；“{PAPER}”（第12.1条）"
    assert given["收件地址和收件人"].detail.zh == f"“{PAPER}”（第12.1条）"
    assert given["何时视为收到"].detail.zh.startswith("发出后3日视为收到")
    assert given["渠道"].state == "not_found"


def test_a_rule_for_notices_of_the_other_side_is_not_offered_for_our_own() -> None:
    theirs = "乙方的通知可以通过微信发送，发送成功即为送达。"
    document = contract(theirs)
    hits = [finding(document, rule, theirs, number="7.1") for rule in ("electronic-notice", "deemed-receipt")]
    given = steps(*hits)
    for item, otherwise in (("渠道", "快递原件并同时发邮件"), ("何时视为收到", "民法典第137条")):
        assert given[item].state == "unclear"
        assert given[item].detail.zh.startswith("约定的只是乙方发出的通知，甲方发出的通知不能照此办理；")
        assert otherwise in given[item].detail.zh
    assert steps(*hits, us="provider")["渠道"].state == "found"


def test_without_a_clause_the_law_on_receipt_is_named() -> None:
    assert "民法典第137条" in steps()["何时视为收到"].detail.zh


def test_the_period_says_whom_it_binds() -> None:
    ours = steps(found("notice-period", EXIT, obligor="client", period="三十日"))["提前多久"]
    assert (ours.state, ours.detail.zh) == ("found", "解除30日（第8.2条）")
    unknown = steps(found("notice-period", EXIT, obligor="unknown", period="三十日"))["提前多久"]
    assert unknown.state == "unclear"


# ------------------------------------------------------------------- handover


def items(*findings: Finding, text: str = "") -> dict[str, Step]:
    document = DOCUMENT.model_copy(update={"text": DOCUMENT.text + text})
    return {step.what.zh: step for step in find_handover(document, findings, labels=LABELS)}


def test_the_checklist_is_filled_from_the_findings() -> None:
    filled = items(
        found("account-registration-entity", ACCOUNT, registrant="provider", number="5.1"),
        found("account-handover-duty", DUTY, obligor="provider", deadline="五日", number="10.1"),
    )
    assert filled["登记主体与实名"].detail.zh.startswith("登记在乙方名下（第5.1条）；")
    assert filled["交接义务、条件和期限"].detail.zh.startswith("由乙方负责，期限5日（第10.1条）；")
    assert filled["绑定手机和邮箱"].state == "not_found"
    assert filled["绑定手机和邮箱"].detail.zh.startswith("合同未见约定；")


def test_an_unknown_holder_is_unclear() -> None:
    filled = items(found("account-registration-entity", ACCOUNT, registrant="unknown"))
    assert filled["登记主体与实名"].state == "unclear"


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("店铺的货款由乙方代收。", "店铺、货款与保证金"),
        ("官网域名由乙方管理。", "域名、网站和小程序"),
        ("配乐由乙方取得授权。", "音乐、字体、肖像授权"),
    ],
)
def test_what_the_contract_does_not_speak_of_is_not_on_the_list(text: str, item: str) -> None:
    assert item not in items()
    assert item in items(text=text)


def test_the_list_of_a_sample_names_the_holder_of_every_control() -> None:
    report = contractscan.scan(SAMPLES / "douyin-agency.docx")
    filled = {step.what.zh: step for step in report.handover}
    assert "登记在乙方名下（第5.1条、附件二）" in filled["登记主体与实名"].detail.zh
    assert "由乙方掌握（第5.2条）" in filled["绑定手机和邮箱"].detail.zh
    assert all(step.finding_ids for step in report.handover if step.state == "found")
