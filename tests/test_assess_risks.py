"""Combined risks, missing protections, the overall risk and the provider's view."""

from __future__ import annotations

from pathlib import Path

import pytest

import contractscan
from assess_factory import LABELS, PARTIES, contract, finding
from contractscan.assess import assess
from contractscan.assess.absences import find_absences
from contractscan.assess.compounds import find_compounds
from contractscan.assess.perspective import in_their_words, seen_by_provider
from contractscan.model import Finding, Report
from contractscan.ruleset import Ruleset, load_ruleset

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"
DOCUMENT = contract(
    "\n".join(
        (
            "代运营服务合同",
            "账号由乙方以其名义注册。",
            "付清款项后移交账号。",
            "任何一方提前三十日通知可以解除。",
            "乙方提前六十日通知可以解除。",
            "甲方提前九十日通知可以解除。",
            "违约后十日内仍未改正的可以解除。",
            "期满自动续约十二个月。",
            "不续约须在期满前六十日通知。",
            "甲方违约的支付违约金五万元。",
            "乙方违约的支付违约金三万元。",
        )
    )
)
BURDEN = {"effect": "burden", "severity": "high"}


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return load_ruleset()


def found(rule_id: str, words: str, **values: str) -> Finding:
    return finding(DOCUMENT, rule_id, words, **values)  # type: ignore[arg-type]


def missing(rule_id: str) -> Finding:
    return finding(DOCUMENT, rule_id, "代运营服务合同", kind="absence", effect="burden", severity="high")


def compounds(ruleset: Ruleset, *findings: Finding) -> dict[str, Finding]:
    return {compound.rule_id: compound for compound in find_compounds(ruleset, findings)}


REGISTERED = "账号由乙方以其名义注册。"
PAY_FIRST = "付清款项后移交账号。"
BOTH_30, PROVIDER_60, CLIENT_90 = (
    "任何一方提前三十日通知可以解除。",
    "乙方提前六十日通知可以解除。",
    "甲方提前九十日通知可以解除。",
)
RENEWS, WINDOW = "期满自动续约十二个月。", "不续约须在期满前六十日通知。"
CLIENT_PAYS, PROVIDER_PAYS = "甲方违约的支付违约金五万元。", "乙方违约的支付违约金三万元。"


# ------------------------------------------------------------ combined risks


def test_a_combined_risk_cites_and_quotes_what_it_rests_on(ruleset: Ruleset) -> None:
    registered = found("account-registration-entity", REGISTERED, registrant="provider", **BURDEN)
    condition = found("handover-conditioned-on-payment", PAY_FIRST, **BURDEN)
    risk = compounds(ruleset, registered, condition)["account-hostage"]
    assert risk.related == (registered.id, condition.id)
    assert [item.quote for item in risk.evidence] == [REGISTERED, PAY_FIRST]
    assert all(item.marks for item in risk.evidence)


def test_a_missing_duty_takes_the_account_hostage_too(ruleset: Ruleset) -> None:
    registered = found("account-registration-entity", REGISTERED, registrant="provider", **BURDEN)
    assert "account-hostage" in compounds(ruleset, registered, missing("missing-handover-duty"))


@pytest.mark.parametrize("registrant", ["client", "both", "unknown"])
def test_no_account_is_hostage_that_the_provider_does_not_hold(ruleset: Ruleset, registrant: str) -> None:
    registered = found("account-registration-entity", REGISTERED, registrant=registrant, **BURDEN)
    assert compounds(ruleset, registered, missing("missing-handover-duty")) == {}


def test_a_harmless_condition_makes_no_risk(ruleset: Ruleset) -> None:
    registered = found("account-registration-entity", REGISTERED, registrant="provider", **BURDEN)
    condition = found("handover-conditioned-on-payment", PAY_FIRST, effect="protection", severity="info")
    assert compounds(ruleset, registered, condition) == {}


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ((BOTH_30, "both", "三十日"), (CLIENT_90, "client", "九十日"), True),
        ((BOTH_30, "both", "三十日"), (PROVIDER_60, "provider", "六十日"), True),
        ((CLIENT_90, "client", "九十日"), (PROVIDER_60, "provider", "六十日"), False),  # each has its own
        ((BOTH_30, "both", "三十日"), (CLIENT_90, "unknown", "九十日"), False),
    ],
)
def test_notice_periods_conflict_only_for_one_party(
    ruleset: Ruleset, one: tuple[str, str, str], other: tuple[str, str, str], conflict: bool
) -> None:
    findings = [found("notice-period", words, obligor=who, period=period) for words, who, period in (one, other)]
    assert ("conflicting-notice-periods" in compounds(ruleset, *findings)) == conflict


def test_the_period_of_a_trial_contradicts_no_other(ruleset: Ruleset) -> None:
    words = "试用期内甲方可以提前十日通知乙方解除合同。"
    document = contract(f"代运营服务合同\n{words}")
    trial = finding(document, "notice-period", words, period="十日", obligor="client", **BURDEN)  # type: ignore[arg-type]
    usual = found("notice-period", CLIENT_90, period="九十日", obligor="client", **BURDEN)
    both = found("notice-period", BOTH_30, period="三十日", obligor="both", **BURDEN)
    assert "conflicting-notice-periods" not in compounds(ruleset, trial, usual)
    assert "conflicting-notice-periods" in compounds(ruleset, both, usual)


def test_a_cure_period_is_no_notice_period(ruleset: Ruleset) -> None:
    words = "违约后十日内仍未改正的可以解除。"
    findings = [
        found("notice-period", BOTH_30, obligor="both", period="三十日"),
        found("notice-period", words, obligor="both", period="十日"),
        found("termination-for-cause", words, holder="both"),
    ]
    assert compounds(ruleset, *findings) == {}


def test_locked_in_by_renewal_window_and_no_exit(ruleset: Ruleset) -> None:
    renewal = found("auto-renewal", RENEWS, renewal="十二个月", **BURDEN)
    window = found("non-renewal-window", WINDOW, window="六十日", **BURDEN)
    assert "lock-in" in compounds(ruleset, renewal, window, missing("missing-convenience-termination"))
    assert "lock-in" not in compounds(ruleset, renewal, window)
    assert "lock-in" not in compounds(ruleset, renewal, missing("missing-convenience-termination"))


def test_a_fee_of_the_first_term_is_no_price_after_the_renewal(ruleset: Ruleset) -> None:
    renewal = found("auto-renewal", RENEWS, renewal="十二个月", **BURDEN)
    always = found("early-termination-fee", CLIENT_PAYS, payer="client", **BURDEN)
    at_first = found("early-termination-fee", CLIENT_PAYS, payer="client", only_at_first="五万元", **BURDEN)
    assert "silent-renewal-with-penalty" in compounds(ruleset, renewal, always)
    assert "silent-renewal-with-penalty" not in compounds(ruleset, renewal, at_first)


@pytest.mark.parametrize(
    ("others", "one_sided"),
    [
        ([], True),
        ([("liquidated-damages", "provider")], False),
        ([("liquidated-damages", "both")], False),
        ([("liquidated-damages", "unknown")], False),
    ],
)
def test_a_penalty_is_one_sided_only_when_every_payer_is_known(
    ruleset: Ruleset, others: list[tuple[str, str]], one_sided: bool
) -> None:
    findings = [found("liquidated-damages", CLIENT_PAYS, payer="client", **BURDEN)]
    findings += [found(rule_id, PROVIDER_PAYS, payer=payer) for rule_id, payer in others]
    assert ("one-sided-penalty" in compounds(ruleset, *findings)) == one_sided


def test_every_combined_risk_names_rules_that_exist(ruleset: Ruleset) -> None:
    known = {rule.id for rule in ruleset.rules}

    def named(term: object) -> set[str]:
        if isinstance(term, dict):
            own = {term["missing"]} if isinstance(term.get("missing"), str) else set()
            own |= set(term.get("found") or ()) | set(term.get("apart_from") or ())
            own |= {side[0] for key in ("left", "right") if (side := term.get(key))}
            return own.union(*(named(value) for value in term.values()), set())
        return set().union(*(named(value) for value in term)) if isinstance(term, list | tuple) else set()

    for compound in ruleset.compounds:
        assert named(compound.when.model_dump()) - known == set(), compound.id


def test_the_fair_contract_has_no_combined_risk() -> None:
    report = contractscan.scan(SAMPLES / "fair-agency.docx")
    assert [f.rule_id for f in report.findings if f.kind == "compound"] == []


def test_the_one_sided_contract_has_the_risks_that_it_was_written_for() -> None:
    report = contractscan.scan(SAMPLES / "douyin-agency.docx")
    assert {f.rule_id for f in report.findings if f.kind == "compound"} >= {
        "account-hostage", "content-wipe", "data-without-exit", "exit-double-charge", "lock-in", "prepaid-trap",
        "silence-traps", "silent-renewal-with-penalty", "unbind-penalty", "unilateral-change-plus-silence",
    }  # fmt: skip


# ------------------------------------------------------- missing protections


def test_a_clause_that_excludes_a_duty_is_not_the_duty(ruleset: Ruleset) -> None:
    refusal = found("data-deletion", PAY_FIRST, effect="burden", severity="high")
    result = find_absences(ruleset, [refusal], ["missing-data-deletion"], roles_known=True)
    assert "missing-data-deletion" not in result.passed
    assert "missing-data-deletion" not in [f.rule_id for f in result.findings]
    reason = next(item.reason for item in result.not_evaluated if item.rule_id == "missing-data-deletion")
    assert "对客户不利" in reason.zh


def test_without_roles_nothing_is_said_to_be_missing(ruleset: Ruleset) -> None:
    expected = [rule.id for rule in ruleset.rules if rule.absent]
    result = find_absences(ruleset, [], expected, roles_known=False)
    assert result.findings == []
    assert len(result.not_evaluated) == len(expected)


# ---------------------------------------------------------- overall and view


def judged(ruleset: Ruleset, *findings: Finding, perspective: str = "client", roles: bool = True) -> Report:
    return assess(
        DOCUMENT,
        PARTIES if roles else (),
        ruleset,
        findings,
        perspective=perspective,  # type: ignore[arg-type]
    )


def test_the_overall_risk_is_the_worst_finding(ruleset: Ruleset) -> None:
    worst = found("account-registration-entity", REGISTERED, effect="burden", severity="critical")
    report = judged(ruleset, worst, found("auto-renewal", RENEWS, severity="low"))
    assert report.overall.severity == "critical"
    assert report.overall.counts["critical"] == 1


def test_an_unknown_role_is_part_of_the_basis(ruleset: Ruleset) -> None:
    assert "不表示没有风险" in judged(ruleset, roles=False).overall.basis.zh
    assert "不表示没有风险" not in judged(ruleset).overall.basis.zh


@pytest.mark.parametrize(
    ("effect", "severity", "seen"),
    [
        ("burden", "critical", ("protection", "info")),
        ("protection", "info", ("burden", "medium")),
        ("protection", "high", ("burden", "high")),
        ("neutral", "low", ("neutral", "low")),
    ],
)
def test_burdens_and_protections_swap(effect: str, severity: str, seen: tuple[str, str]) -> None:
    turned = seen_by_provider(found("auto-renewal", RENEWS, effect=effect, severity=severity))
    assert (turned.effect, turned.severity) == seen
    assert turned.fallback is None
    assert turned.suggestion.zh.startswith("客户方可能：")


def test_the_provider_sees_neither_the_clients_absences_nor_its_combined_risks() -> None:
    report = contractscan.scan(SAMPLES / "douyin-agency.docx", perspective="provider")
    assert {f.kind for f in report.findings} == {"clause"}
    assert report.negotiation == report.exposure == ()
    assert report.answers[0].headline.zh.startswith("可以提前解除：第10.3条，乙方")


@pytest.mark.parametrize(
    ("labels", "zh", "en"),
    [
        (LABELS, "甲方可以解除，乙方退款。", "Client may terminate and Agency refunds."),
        (
            {"client": "乙方", "provider": "甲方"},
            "乙方可以解除，甲方退款。",
            "Client may terminate and Agency refunds.",
        ),
        ({}, "客户可以解除，服务商退款。", "Client may terminate and Agency refunds."),
        (
            {"client": "Brand", "provider": "Studio"},
            "客户可以解除，服务商退款。",
            "Brand may terminate and Studio refunds.",
        ),
    ],
)
def test_wording_to_offer_uses_the_labels_of_the_contract(labels: dict[str, str], zh: str, en: str) -> None:
    said = in_their_words(found("auto-renewal", RENEWS), labels).fallback
    assert said is not None
    assert (said.zh, said.en) == (zh, en)


def test_without_roles_no_burden_counts_as_passed() -> None:
    text = "合作协议\n第一条 星河与蓝海合作，任何一方可提前三十日书面通知对方解除本协议。\n第二条 账号归蓝海所有。\n"
    report = contractscan.scan(text.encode(), name="unclear.txt")
    assert {"client", "provider"}.isdisjoint(party.role for party in report.parties)
    assert "account-owned-by-provider" not in report.checks.passed
    assert "account-owned-by-provider" in {check.rule_id for check in report.checks.not_evaluated}


def test_a_text_that_is_no_contract_gets_no_grade() -> None:
    report = contractscan.scan("今天天气很好，我们去公园散步。晚上一起吃饭。".encode(), name="日记.txt")
    assert (report.overall.severity, report.overall.reviewed) == (None, True)
    assert {answer.status for answer in report.answers} == {"not_found"}
    assert "总体风险：不作评级" in str(contractscan.render(report, "text"))
