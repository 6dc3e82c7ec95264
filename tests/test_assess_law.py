"""Which law governs, and which statutes a report may therefore name."""

from __future__ import annotations

import pytest

import contractscan
from assess_factory import contract, finding
from contractscan.assess.law import Law, governing_law, with_applicable_law
from contractscan.model import Statute
from contractscan.ruleset import load_ruleset
from contractscan.text import fold

REGISTER = load_ruleset().statutes


def cited(law: Law, *keys: str, text: str = "") -> dict[str, str | None]:
    document = contract("甲方可以解除合同。")
    given: tuple[Statute, ...] = tuple(REGISTER[key] for key in keys)
    one = finding(document, "auto-renewal", "甲方可以解除合同。").model_copy(update={"references": given})
    kept = with_applicable_law(one, law, fold(text)).references
    return {statute.key: statute.condition.en if statute.condition else None for statute in kept}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("本合同受香港特别行政区法律管辖。", "HK"),
        ("本合約以中華民國法律為準據法。", "TW"),
        ("This Agreement is governed by the laws of the State of New York.", "US"),
        ("This Agreement is governed by the laws of the People's Republic of China.", "CN"),
        ("This Agreement shall be construed in accordance with English law.", "UK"),
        ("Governing law: Hong Kong, China.", "HK"),
        ("This Agreement is governed by the laws of Singapore.", "other"),
    ],
)
def test_the_clause_on_governing_law_decides(words: str, place: str) -> None:
    document = contract(f"第一条 合同。\n{words}\n")
    law = governing_law(document, [finding(document, "governing-law", words)])
    assert (law.place, law.named) == (place, True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲方应向乙方支付服务费。", "CN"),
        ("甲方應向乙方支付服務費新台幣3萬元，由臺灣臺北地方法院管轄。", "TW"),
        ("甲方應向乙方支付服務費港幣三萬元。", "HK"),
        ("甲方應向乙方支付服務費。", None),
        ("本合約適用中華人民共和國法律，甲方應向乙方支付服務費。", "CN"),
        ("Client shall pay Agency a fee of RMB 30,000 a month.", "CN"),
        ("Client shall pay Agency a fee of US$4,000 a month.", "US"),
        ("Agency shall keep the state of the accounts up to date and Client shall pay for it.", None),
    ],
)
def test_without_a_clause_script_and_money_tell(text: str, place: str | None) -> None:
    assert governing_law(contract(text), []).place == place


def test_statutes_of_another_country_are_left_out() -> None:
    keys = ("CC-585", "TW-252", "US-LD", "UK-LD")
    assert cited(Law("CN"), *keys) == {"CC-585": None}
    assert cited(Law("TW"), *keys) == {"TW-252": None}
    assert cited(Law("other", named=True), *keys) == {}


def test_while_the_law_is_not_known_each_statute_says_where_it_applies() -> None:
    assert cited(Law(None), "CC-585", "TW-252") == {
        "CC-585": "where PRC law applies",
        "TW-252": "where the law of Taiwan applies",
    }


def test_the_law_of_one_state_is_not_that_of_another() -> None:
    california = Law("US", named=True, clause="laws of the State of California")
    assert cited(california, "US-NY-5903", "US-CA-ARL", "US-LD") == {"US-CA-ARL": None, "US-LD": None}


def test_rules_of_a_platform_are_cited_where_the_contract_speaks_of_it() -> None:
    assert cited(Law("CN"), "PF-DY-34", "PF-META", text="乙方运营甲方的抖音账号。") == {"PF-DY-34": None}


def test_the_gdpr_is_cited_where_the_contract_speaks_of_it() -> None:
    assert cited(Law("US"), "GDPR-28-3", text="Agency processes data under the GDPR.") == {"GDPR-28-3": None}
    assert cited(Law("US"), "GDPR-28-3", text="Agency processes data.") == {}


def test_a_report_on_a_contract_under_new_york_law_cites_no_chinese_statute() -> None:
    text = (
        "SERVICES AGREEMENT\n1. Client engages Agency to manage its social media accounts and shall pay Agency a fee.\n"
        "2. All amounts paid are non-refundable under any circumstances.\n"
        "3. If Client terminates early, Client shall pay Agency liquidated damages of 30% of the total Fees.\n"
        "4. This Agreement is governed by the laws of the State of New York.\n"
    )
    report = contractscan.scan(text.encode(), name="agreement.txt")
    assert {f.rule_id for f in report.findings} >= {"liquidated-damages", "non-refundable-prepayment"}
    assert {s.key for f in report.findings for s in f.references} == {"US-LD"}
