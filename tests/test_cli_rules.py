"""`contractscan rules`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
import yaml
from jsonschema import Draft202012Validator

from cli_runs import HOUSE_RULE, house, run, write
from contractscan.cli.describe import describe_compound, describe_rule
from contractscan.model import TOPICS
from contractscan.rulecheck import check_rules
from contractscan.ruleset import Compound, Rule, built_in_rules, load_ruleset

RULE_FILES = sorted(path for topic in TOPICS for path in (built_in_rules() / topic).glob("*.yaml"))


def test_list_has_every_rule() -> None:
    ruleset = load_ruleset()
    rows = json.loads(run("rules", "list", "-f", "json").out)
    assert sorted(row["id"] for row in rows) == sorted(rule.id for rule in (*ruleset.rules, *ruleset.compounds))


def test_list_of_one_topic() -> None:
    done = run("rules", "list", "--topic", "termination", "--lang", "zh")
    assert done.text.startswith("termination\n")
    assert "termination-for-convenience" in done.text
    assert "任意解除权" in done.text
    assert "account-ownership" not in done.text


def test_list_follows_the_locale() -> None:
    assert "任意解除权" in run("rules", "list", env={"LC_ALL": "zh_CN.UTF-8"}).text
    assert "Termination for convenience" in run("rules", "list", env={"LC_ALL": "C"}).text


def test_show_says_what_a_rule_means_and_looks_for(tmp_path: Path) -> None:
    rule = """id: house-notice
topic: notice-period
effect: burden
severity: low
title: {zh: 通知期, en: Notice}
message: {zh: '须提前{period}。', en: '{period} ahead.'}
rationale: {zh: 甲, en: Matters.}
suggestion: {zh: 乙, en: Do.}
references: [CC-565]
detect:
  zh:
    - all: ['提前…${duration:period}…通知', '${client}']
      unless: ['付款']
escalate:
  - if: {period: {gt: 60 days}}
    severity: high
examples:
  flagged: [{text: 甲方应提前三十日通知乙方。, captures: {period: 30 days}}]
  clean: [{text: 甲方应在收到通知后三十日内付款。, because: 付款期限}]
"""
    write(tmp_path / "house" / "notice-period" / "house-notice.yaml", rule)
    done = run("rules", "show", "house-notice", "--rules", tmp_path / "house", "--lang", "en")
    assert done.code == 0
    lines = done.text.splitlines()
    assert lines[0] == "Notice (house-notice)"
    assert "severity: low" in lines
    assert "  high: period is more than 60 days" in lines
    assert "  1. 「提前 … [a duration → period] … 通知」" in lines
    assert "     and 「[the client]」" in lines
    assert "     but not 「付款」" in lines
    assert "  + 甲方应提前三十日通知乙方。  [period = 30 days]" in lines
    assert "  - 甲方应在收到通知后三十日内付款。  [付款期限]" in lines
    assert any(line.startswith("  Civil Code of the PRC, Art. 565 [verified") for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_described(language: Literal["zh", "en"]) -> None:
    ruleset = load_ruleset()
    texts: list[tuple[Rule | Compound, str]] = [
        (rule, describe_rule(rule, ruleset, language)) for rule in ruleset.rules
    ]
    texts += [(compound, describe_compound(compound, ruleset, language)) for compound in ruleset.compounds]
    for item, text in texts:
        assert text.startswith(f"{item.title.get(language)} ({item.id})\n")
        assert all(character.isprintable() or character == "\n" for character in text), item.id


def test_show_of_an_unknown_rule_offers_the_nearest() -> None:
    done = run("rules", "show", "termination-for-convinience")
    assert (done.code, done.out) == (2, b"")
    assert "Did you mean termination-for-convenience" in done.err


def test_check_names_file_and_line(tmp_path: Path) -> None:
    done = run("rules", "check", house(tmp_path, HOUSE_RULE + "colour: red\n"))
    assert done.code == 2
    assert f"{tmp_path / 'termination' / 'house-lock.yaml'}:17: colour: unknown key" in done.text.splitlines()


def test_check_runs_the_examples(tmp_path: Path) -> None:
    done = run("rules", "check", house(tmp_path, HOUSE_RULE.replace("Client may not terminate early", "Client stays")))
    assert done.code == 2
    assert "flagged example is not found: Client stays." in done.text


def test_check_of_a_folder_that_does_not_exist() -> None:
    done = run("rules", "check", "no-such-folder")
    assert (done.code, done.out) == (2, b"")


def test_check_counts_what_holds(tmp_path: Path) -> None:
    done = run("rules", "check", house(tmp_path))
    assert done.code == 0
    assert done.text == "1 rule and 0 compound risks are well formed; 2 flagged and 1 clean examples hold.\n"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_new_rule_passes_the_check(tmp_path: Path, topic: str) -> None:
    done = run("rules", "new", "late-fee-cap", "--topic", topic, "--dir", tmp_path)
    path = tmp_path / topic / "late-fee-cap.yaml"
    assert (done.code, done.text) == (0, f"{path}\n")
    assert check_rules(tmp_path).problems == []
    assert load_ruleset(tmp_path, built_in=False, cache=False).rules[0].id == "late-fee-cap"


def test_a_new_rule_never_overwrites(tmp_path: Path) -> None:
    path = write(tmp_path / "termination" / "mine.yaml", "mine")
    done = run("rules", "new", "mine", "--topic", "termination", "--dir", tmp_path)
    assert done.code == 2
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("rule_id", ["Late_Fee", "../late", "termination-for-convenience"])
def test_a_new_rule_needs_an_id_of_its_own(tmp_path: Path, rule_id: str) -> None:
    assert run("rules", "new", rule_id, "--topic", "termination", "--dir", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


def test_schema_accepts_every_built_in_rule() -> None:
    validator = Draft202012Validator(json.loads(run("rules", "schema").out))
    for path in RULE_FILES:
        errors = [error.message for error in validator.iter_errors(yaml.safe_load(path.read_text("utf-8")))]
        assert (path.name, errors) == (path.name, [])


def test_schema_refuses_an_unknown_key() -> None:
    validator = Draft202012Validator(json.loads(run("rules", "schema").out))
    assert not validator.is_valid(yaml.safe_load(HOUSE_RULE) | {"colour": "red"})


def test_a_rule_is_tried_on_a_contract(tmp_path: Path) -> None:
    rule = HOUSE_RULE.replace("'不得提前解除'", "{all: ['${client}…不得', '提前…解除'], unless: ['除非']}")
    house(tmp_path, rule)
    text = """甲方（委托方）：青禾茶业有限公司
乙方（受托方）：蓝鲸互动文化传媒有限公司
第一条 期限
1.1 合作期内甲方不得提前解除合同。
1.2 除非双方同意，甲方不得提前解除合同。
1.3 任何一方可以提前一个月解除合同。
1.4 费用按月支付。
"""
    done = run("rules", "test", tmp_path / "termination" / "house-lock.yaml", write(tmp_path / "c.txt", text))
    assert done.code == 0
    lines = done.text.splitlines()
    assert lines[:2] == ["甲方: client", "乙方: provider"]
    assert "Found: 1" in lines
    assert "    合作期内«甲方不得»«提前解除»合同。" in "\n".join(lines).replace("1.1 ", "").splitlines()
    assert "    kept away by «除非»" in lines
    assert "    way 1 has «提前一个月解除»" in lines
    assert "    way 1 lacks 「[the client]」, 「不得」" in lines or "    way 1 lacks 「[the client] … 不得」" in lines
    assert "费用按月支付" not in done.text
    assert "费用按月支付" in run("rules", "test", "termination-for-convenience", tmp_path / "c.txt", "--all").text


def test_an_unknown_rule_cannot_be_tried(tmp_path: Path) -> None:
    assert run("rules", "test", "no-such-rule", write(tmp_path / "c.txt", "x")).code == 2
