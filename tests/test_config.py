"""`.contractscan.yaml`: found upward, loaded strictly, and what it does to rules and findings."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

import contractscan
from cli_runs import CHINESE, house, run, write
from contractscan.config import Config, configure, find_config, load_config
from contractscan.errors import RuleError, UsageError
from contractscan.model import Finding, Report, Suppression
from contractscan.ruleset import load_ruleset
from contractscan.ruleset.finding import set_aside

DAY = datetime.date(2026, 6, 1)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return write(tmp_path / "合同.txt", CHINESE)


def settings(folder: Path, text: str) -> Path:
    return write(folder / ".contractscan.yaml", text)


def scanned(contract: Path, config: Path | Config, **options: Any) -> Report:
    return contractscan.scan(contract, config=config, **options)


def of_rule(report: Report, rule_id: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule_id == rule_id]


# -------------------------------------------------------------------- finding


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    above = settings(tmp_path, "")
    deep = tmp_path / "合同" / "2026"
    deep.mkdir(parents=True)
    assert find_config(deep) == above
    nearer = settings(tmp_path / "合同", "")
    assert find_config(deep) == nearer


def test_the_command_takes_the_file_of_the_working_directory(
    contract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, "report: {language: en, fail_on: low}\n")
    inside = tmp_path / "deep"
    inside.mkdir()
    monkeypatch.chdir(inside)
    found = run("report", contract)
    assert "Overall risk" in found.text
    assert found.code == 1
    left_out = run("report", contract, "--no-config")
    assert "总体风险" in left_out.text
    assert left_out.code == 0


def test_the_command_line_counts_before_the_file(contract: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "house.yaml", "report: {language: en, fail_on: critical, select: [account-ownership]}\n")
    done = run("report", contract, "--config", file, "--report-lang", "zh", "--select", "termination", "-f", "json")
    assert {finding["topic"] for finding in json.loads(done.out)["findings"]} == {"termination"}
    assert "总体风险" in run("report", contract, "--config", file, "--report-lang", "zh").text


def test_the_library_looks_for_no_file(contract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, "rules: {no-early-termination: off}\n")
    monkeypatch.chdir(tmp_path)
    assert of_rule(contractscan.scan(contract), "no-early-termination")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--config", "no-such.yaml"], "no-such.yaml: cannot be read"),
        (["--config", "no-such.yaml", "--no-config"], "exclude each other"),
    ],
)
def test_a_wrong_call_is_refused(contract: Path, args: list[str], message: str) -> None:
    done = run("report", contract, *args)
    assert done.code == 2
    assert message in done.err


# -------------------------------------------------------------------- loading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules: {}\nruls: {}\n", ":2: ruls: unknown key"),
        ("rules: {}\nrules: {}\n", ":2: key 'rules' stands twice"),
        ("off: [auto-renewal]\n", ":1: key 'off' is not text: put it in quotes"),
        ("rules:\n  auto-renewal: grave\n", ":2: rules.auto-renewal.severity: Input should be"),
        ("rules:\n  auto-renewal: {thresholds: {window: {60 days: soon}}}\n", "'soon' is no threshold"),
        ("report:\n  fail_on: grave\n", ":2: report.fail_on: Input should be"),
        ("suppressions:\n  - rule: auto-renewal\n", ":2: suppressions.0.reason: Field required"),
        ("suppressions:\n  - {rule: auto-renewal, reason: ' '}\n", ":2: suppressions.0.reason:"),
        ("suppressions:\n  - {reason: 已处理}\n", ":2: suppressions.0: give one of `rule`"),
        ("suppressions:\n  - {rule: a, finding: b, reason: c}\n", ":2: suppressions.0: give one of `rule`"),
        ("suppressions:\n  - {rule: a, reason: b, until: soon}\n", ":2: suppressions.0.until: Input should be a"),
        ("folders: [nowhere]\n", ":1: nowhere: no such folder"),
        ("rules: [\n", "not valid YAML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    file = settings(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        load_config(file)
    assert expected in str(caught.value)
    assert str(caught.value).startswith(str(file))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules:\n  auto-renewl: low\n", ":2: unknown rule 'auto-renewl'"),
        ("rules:\n  auto-renewal: {absent: low}\n", ":2: auto-renewal does not report an absence"),
        (
            "rules:\n  non-renewal-window:\n    thresholds:\n      window:\n        45 days: 30 days\n",
            ":5: no threshold '45 days': non-renewal-window compares window with 60 days",
        ),
        ("rules:\n  auto-renewal: {thresholds: {fee: {1: 2}}}\n", "compares fee with nothing"),
        ("report:\n  ignore:\n    - nothing\n", ":3: unknown rule 'nothing'"),
        ("suppressions:\n  - reason: 已处理\n    rule: nothing\n", ":3: unknown rule 'nothing'"),
    ],
)
def test_what_the_rules_do_not_know_is_named_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    file = settings(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        contractscan.Scanner(config=file)
    assert f"{file}{expected}" in str(caught.value) or expected in str(caught.value)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    ruleset = load_ruleset()
    assert configure(ruleset, load_config(settings(tmp_path, "# nothing yet\n"))) is ruleset


# ---------------------------------------------------------------------- rules


def test_a_rule_that_is_off_finds_nothing_and_is_listed(contract: Path, tmp_path: Path) -> None:
    report = scanned(contract, settings(tmp_path, "rules:\n  no-early-termination: off\n"))
    assert of_rule(report, "no-early-termination") == []
    reasons = {item.rule_id: item.reason.en for item in report.checks.not_evaluated}
    assert reasons["no-early-termination"] == "the house's settings switch this rule off"
    assert "no-early-termination" not in report.checks.passed


def test_a_severity_replaces_that_of_every_value_and_keeps_the_message(contract: Path, tmp_path: Path) -> None:
    before = of_rule(contractscan.scan(contract), "no-early-termination")
    report = scanned(contract, settings(tmp_path, "rules:\n  no-early-termination: low\n"))
    after = of_rule(report, "no-early-termination")
    assert {finding.severity for finding in before} == {"critical"}
    assert {finding.severity for finding in after} == {"low"}
    assert [finding.message for finding in after] == [finding.message for finding in before]
    assert any("no-early-termination" in note.en for note in report.notes)


def test_the_severity_of_an_absence_is_its_own(contract: Path, tmp_path: Path) -> None:
    missing = [finding for finding in contractscan.scan(contract).findings if finding.kind == "absence"]
    rule_id = missing[0].rule_id
    config = settings(tmp_path, f"rules:\n  {rule_id}: {{absent: info}}\n")
    assert {finding.severity for finding in of_rule(scanned(contract, config), rule_id)} == {"info"}


@pytest.mark.parametrize(("threshold", "severity"), [("60 days", "info"), ("20 days", "high"), ("1 month", "info")])
def test_a_threshold_replaces_that_of_the_rule(tmp_path: Path, threshold: str, severity: str) -> None:
    rule = """id: house-notice
topic: notice-period
effect: burden
severity: info
title: {zh: 通知期, en: Notice}
message: {zh: '{period}', en: '{period}'}
rationale: {zh: 无, en: none}
suggestion: {zh: 无, en: none}
detect: {zh: ['提前…${duration:period}…通知']}
escalate:
  - {if: {period: {gt: 60 days}}, severity: high}
examples:
  flagged: [{text: 甲方应提前三十日通知乙方。}]
  clean: [{text: 甲方应通知乙方。}]
"""
    write(tmp_path / "own" / "notice-period" / "house-notice.yaml", rule)
    text = f"folders: [own]\nrules:\n  house-notice: {{thresholds: {{period: {{60 days: {threshold}}}}}}}\n"
    contract = write(tmp_path / "合同.txt", CHINESE)
    report = scanned(contract, settings(tmp_path, text))
    assert [finding.severity for finding in of_rule(report, "house-notice")] == [severity]


def test_folders_start_at_the_file(tmp_path: Path, contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house(tmp_path / "house" / "rules")
    file = write(tmp_path / "house" / "settings.yaml", "folders: [rules]\n")
    monkeypatch.chdir(contract.parent)
    assert of_rule(scanned(contract, file), "house-lock")


def test_settings_name_the_ruleset_anew(tmp_path: Path) -> None:
    ruleset = load_ruleset()
    changed = configure(ruleset, load_config(settings(tmp_path, "rules: {auto-renewal: low}\n")))
    assert changed.digest != ruleset.digest


def test_what_a_rule_that_is_off_could_provide_is_not_reported_as_missing(contract: Path, tmp_path: Path) -> None:
    text = "rules: {termination-for-convenience: off}\n"
    report = scanned(contract, settings(tmp_path, text))
    assert of_rule(report, "missing-convenience-termination") == []
    assert "missing-convenience-termination" in {item.rule_id for item in report.checks.not_evaluated}
    assert of_rule(report, "lock-in") == []


def test_the_settings_in_the_guide_load_and_fit_the_rules(tmp_path: Path) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "config.md").read_text("utf-8")
    found = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert found
    (tmp_path / "house-rules").mkdir()
    ruleset = configure(load_ruleset(), load_config(settings(tmp_path, found[1])))
    assert ruleset.rule("objection-period") is None
    assert ruleset.rule("governing-law") is None


# --------------------------------------------------------------- suppressions


def test_a_suppressed_finding_stays_with_its_reason_and_counts_no_more(contract: Path, tmp_path: Path) -> None:
    text = "suppressions:\n  - {rule: no-early-termination, reason: 已签补充协议, until: 2026-06-01}\n"
    plain = contractscan.scan(contract)
    report = scanned(contract, settings(tmp_path, text), as_of=DAY)
    assert [finding.id for finding in report.findings] == [finding.id for finding in plain.findings]
    found = of_rule(report, "no-early-termination")
    assert found
    assert {finding.suppressed for finding in found} == {
        Suppression(reason="已签补充协议", by="suppression", until="2026-06-01")
    }
    assert report.overall.suppressed == len(found)
    assert report.overall.counts["critical"] == plain.overall.counts["critical"] - len(found)


def test_one_finding_is_set_aside_by_its_id(contract: Path, tmp_path: Path) -> None:
    finding = of_rule(contractscan.scan(contract), "no-early-termination")[0]
    report = scanned(contract, settings(tmp_path, f"suppressions:\n  - {{finding: '{finding.id}', reason: 已知}}\n"))
    assert [item.id for item in report.findings if item.suppressed] == [finding.id]


def test_an_expired_suppression_no_longer_holds_and_is_noted(contract: Path, tmp_path: Path) -> None:
    text = "suppressions:\n  - {rule: no-early-termination, reason: 已签补充协议, until: 2026-05-31}\n"
    report = scanned(contract, settings(tmp_path, text), as_of=DAY)
    assert report.overall.suppressed == 0
    assert "对 no-early-termination 的搁置已于 2026-05-31 到期，不再生效（原因：已签补充协议）" in [
        note.zh for note in report.notes
    ]


def test_the_id_counts_before_the_rule_and_the_first_reason_stays(contract: Path) -> None:
    finding = contractscan.scan(contract).findings[0]
    by_id = Suppression(reason="id", by="baseline")
    by_rule = Suppression(reason="rule", by="suppression")
    marked = set_aside([finding], {finding.rule_id: by_rule, finding.id: by_id})
    assert [item.suppressed for item in marked] == [by_id]
    assert set_aside(marked, {finding.id: by_rule}) == marked


def test_workers_keep_the_settings(contract: Path, tmp_path: Path) -> None:
    scanner = contractscan.Scanner(config=settings(tmp_path, "rules:\n  no-early-termination: off\n"))
    for report in scanner.scan_many([contract, contract], workers=2):
        assert isinstance(report, Report)
        assert of_rule(report, "no-early-termination") == []


def test_settings_can_be_made_in_the_library(contract: Path) -> None:
    config = Config.model_validate({"rules": {"no-early-termination": "off"}})
    assert of_rule(scanned(contract, config), "no-early-termination") == []
    with pytest.raises(UsageError, match="cannot be read"):
        load_config("no-such.yaml")
