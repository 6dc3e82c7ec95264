"""The loader refuses what it does not understand, with file and line, and everything wrong in one run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import contractscan
from contractscan.errors import RuleError, UsageError
from contractscan.model import Departure
from contractscan.ruleset import load_ruleset
from contractscan.ruleset.tokens import token_problem

RULE = """\
id: exit-fee
topic: remaining-fees
effect: burden
severity: medium
title: {zh: 退出费, en: Exit fee}
message: {zh: '退出须付 {amount}。', en: 'Leaving costs {amount}.'}
rationale: {zh: 走人有代价。, en: Leaving costs money.}
suggestion: {zh: 要求删除。, en: Ask to delete it.}
detect:
  zh:
    - '${client}…退出…${money:amount}'
examples:
  flagged:
    - text: 甲方中途退出的，应支付5万元。
  clean:
    - text: 甲方支付服务费5万元。
"""


def write(folder: Path, text: str, name: str = "exit-fee.yaml", topic: str = "remaining-fees") -> Path:
    path = folder / topic / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_ruleset(folder, built_in=False, cache=False)
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_sound_rule_loads(tmp_path: Path) -> None:
    ruleset = load_ruleset(write(tmp_path, RULE), built_in=False, cache=False)
    assert [rule.id for rule in ruleset.rules] == ["exit-fee"]
    assert ruleset.patterns["zh"]["${client}…退出…${money:amount}"].captures == (("amount", "money"),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity: medium", "severity: medium\nseverty: high", "remaining-fees/exit-fee.yaml:5: severty: unknown key"),
        ("severity: medium", "severity: medium\nseverity: low", "exit-fee.yaml:5: key 'severity' stands twice"),
        ("severity: medium", "severity: grave", "remaining-fees/exit-fee.yaml:4: severity: Input should be"),
        ("topic: remaining-fees", "topic: termination", "topic 'termination' in the folder 'remaining-fees'"),
        ("id: exit-fee", "id: leave-fee", "remaining-fees/exit-fee.yaml:1: id 'leave-fee' differs from the file name"),
        ("…退出…", ".*退出…", "exit-fee.yaml:11: pattern '${client}.*退出…${money:amount}': unbounded"),
        ("…退出…", "…退出\\b…", "know no Chinese"),
        ("…退出…", "…${exit}…", "unknown vocabulary entry ${exit}"),
        ("…退出…", "…(退出…", "not RE2 syntax: missing )"),
        ("…退出…", "…[退出…", "a bracket is not closed"),
        ("{amount}", "{sum}", "remaining-fees/exit-fee.yaml:6: {sum} is never captured"),
        ("id: exit-fee", "id: [", "not valid YAML"),
        ("  clean:\n    - text: 甲方支付服务费5万元。\n", "", "needs at least one `flagged` and one `clean` example"),
        ("detect:", "references: [CC-1]\ndetect:", "remaining-fees/exit-fee.yaml:9: unknown statute 'CC-1'"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in RULE
    found = problems(write(tmp_path, RULE.replace(old, new)))
    assert any(expected in problem for problem in found), found


def test_all_problems_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("severity: medium", "severity: grave"))
    write(tmp_path, RULE.replace("id: exit-fee", "id: other").replace("medium", "vast"), name="other.yaml")
    found = problems(tmp_path)
    assert len(found) == 2
    assert {problem.split(":")[0] for problem in found} == {"remaining-fees/exit-fee.yaml", "remaining-fees/other.yaml"}


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    write(tmp_path, RULE.replace("topic: remaining-fees", "topic: termination"), topic="termination")
    assert any("already used" in problem for problem in problems(tmp_path))


def test_vocabulary_of_a_folder_is_inserted_and_a_loop_is_refused(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("…退出…", "…${leave}…"))
    write(tmp_path, "leave: [退出, 离开]\n", name="zh.yaml", topic="vocabulary")
    ruleset = load_ruleset(tmp_path, built_in=False, cache=False)
    assert "退出|离开" in next(iter(ruleset.patterns["zh"].values())).regex
    write(tmp_path, "leave: ['${go}']\ngo: ['${leave}']\n", name="zh.yaml", topic="vocabulary")
    assert any("contains itself" in problem for problem in problems(tmp_path))


def test_select_takes_ids_and_topics_and_refuses_unknown_ones(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    write(tmp_path, RULE.replace("id: exit-fee", "id: other"), name="other.yaml")
    chosen = load_ruleset(tmp_path, built_in=False, cache=False, select=["remaining-fees"], ignore=["other"])
    assert [rule.id for rule in chosen.rules] == ["exit-fee"]
    with pytest.raises(UsageError, match="unknown rule 'exit-fe'"):
        load_ruleset(tmp_path, built_in=False, cache=False, select=["exit-fe"])


def test_a_house_rule_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    built_in = load_ruleset(cache=False)
    first = built_in.rules[0]
    house = RULE.replace("exit-fee", first.id).replace("remaining-fees", first.topic)
    write(tmp_path, house, f"{first.id}.yaml", first.topic)
    ruleset = load_ruleset(tmp_path, cache=False)
    replaced = ruleset.rule(first.id)
    assert replaced is not None
    assert replaced.title.en == "Exit fee"
    assert len(ruleset.rules) == len(built_in.rules)


def test_a_folder_that_does_not_exist_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-folder: no such rules folder"):
        load_ruleset("no-such-folder")


def test_the_cache_gives_the_same_ruleset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    folder = write(tmp_path / "rules", RULE)
    fresh = load_ruleset(folder, built_in=False)
    assert list((tmp_path / "cache").rglob("rules-*.json"))
    assert load_ruleset(folder, built_in=False) == fresh
    write(tmp_path / "rules", RULE.replace("medium", "high"))
    assert load_ruleset(folder, built_in=False).rules[0].severity == "high"


def test_a_broken_cache_is_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    folder = write(tmp_path / "rules", RULE)
    fresh = load_ruleset(folder, built_in=False)
    for path in (tmp_path / "cache").rglob("rules-*.json"):
        path.write_text("{", "utf-8")
    assert load_ruleset(folder, built_in=False) == fresh


# -------------------------------------------------------------------- extends


def extended(folder: Path, text: str, name: str = "house-renewal.yaml") -> Path:
    return write(folder, text, name, "termination")


def test_a_house_rule_takes_what_it_does_not_give_from_the_rule_it_extends(tmp_path: Path) -> None:
    extended(tmp_path, "id: house-renewal\nextends: auto-renewal\nseverity: critical\n")
    ruleset = load_ruleset(tmp_path, cache=False)
    base, house = ruleset.rule("auto-renewal"), ruleset.rule("house-renewal")
    assert base is not None
    assert house is not None
    assert house.severity == "critical"
    assert house.extends == "auto-renewal"
    assert (house.topic, house.title, house.detect, house.capture) == (
        base.topic,
        base.title,
        base.detect,
        base.capture,
    )


def test_a_house_rule_of_the_same_id_takes_the_place_of_the_rule_it_extends(tmp_path: Path) -> None:
    extended(tmp_path, "id: auto-renewal\nextends: auto-renewal\ntitle: {zh: 续, en: Renewal}\n", "auto-renewal.yaml")
    ruleset = load_ruleset(tmp_path, cache=False)
    rule = ruleset.rule("auto-renewal")
    assert rule is not None
    assert rule.title.zh == "续"
    assert len(ruleset.rules) == len(load_ruleset().rules)


def test_examples_are_added_to_those_of_the_extended_rule(tmp_path: Path) -> None:
    text = "id: house-renewal\nextends: auto-renewal\nexamples:\n  flagged:\n    - text: 期满自动续约一年。\n"
    extended(tmp_path, text)
    ruleset = load_ruleset(tmp_path, cache=False)
    base, house = ruleset.rule("auto-renewal"), ruleset.rule("house-renewal")
    assert base is not None
    assert house is not None
    assert house.examples.flagged[0].text == "期满自动续约一年。"
    assert house.examples.flagged[1:] == base.examples.flagged
    assert house.examples.clean == base.examples.clean


def test_an_extended_rule_keeps_its_examples(tmp_path: Path) -> None:
    from contractscan.rulecheck import check_rules

    extended(tmp_path, "id: house-renewal\nextends: auto-renewal\nseverity: low\nescalate: []\n")
    assert check_rules(tmp_path).problems == []


def test_examples_of_other_patterns_are_not_taken_over(tmp_path: Path) -> None:
    text = "id: house-renewal\nextends: auto-renewal\ndetect:\n  zh: [续约]\n"
    extended(tmp_path, text)
    with pytest.raises(RuleError, match="needs at least one `flagged` and one `clean` example"):
        load_ruleset(tmp_path, cache=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: house-renewal\nextends: auto-renewl\n", "house-renewal.yaml:2: extends: unknown rule 'auto-renewl'"),
        ("id: house-renewal\nextends: house-renewal\n", "house-renewal.yaml:2: extends: unknown rule 'house-renewal'"),
        ("id: house-renewal\nseverity: grave\nextends: auto-renewal\n", "house-renewal.yaml:2: severity: Input should"),
        (
            "id: house-renewal\nextends: auto-renewal\nexamples:\n  flagged:\n    - {txt: 续约}\n",
            "house-renewal.yaml:5: examples.flagged.0.txt: unknown key",
        ),
        (
            "id: house-renewal\nextends: auto-renewal\nmessage: {zh: '{sum}', en: '{sum}'}\n",
            "house-renewal.yaml:3: {sum} is never captured",
        ),
    ],
)
def test_what_is_wrong_in_an_extending_rule_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    extended(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        load_ruleset(tmp_path, cache=False)
    assert any(expected in problem for problem in caught.value.problems), caught.value.problems


# ------------------------------------------------------------------- standard

STANDARD = RULE.replace(
    "examples:\n",
    "standard:\n  zh: 甲方可以在任何时候退出，无须支付5万元。\n  en: Client may leave at any time.\nexamples:\n",
)


def departure(folder: Path, text: str) -> Departure:
    report = contractscan.scan(text.encode(), name="合同.txt", rules=[folder], select=["exit-fee"])
    found = [finding.departure for finding in report.findings if finding.departure]
    assert len(found) == 1
    return found[0]


HEAD = "短视频代运营服务合同\n甲方（委托方）：青禾茶业有限公司\n乙方（受托方）：蓝鲸传媒有限公司\n第一条 费用\n"


def test_a_finding_says_how_far_the_clause_departs_from_the_house_standard(tmp_path: Path) -> None:
    found = departure(write(tmp_path, STANDARD), f"{HEAD}甲方中途退出的，应支付5万元。\n")
    assert found.missing == ("可以在任何时候", "无须")
    assert found.extra == ("中途", "的应")
    assert found.score == 55


def test_the_house_standard_itself_does_not_depart(tmp_path: Path) -> None:
    same = "委託方可以在任何時候退出,無須支付5萬元｡"
    found = departure(write(tmp_path, STANDARD), HEAD + same)
    assert (found.score, found.missing, found.extra) == (100, (), ())


def test_parties_are_compared_by_role(tmp_path: Path) -> None:
    head = HEAD.replace("委托方", "服务商").replace("受托方", "品牌方")
    text = head + "乙方向甲方按月支付运营服务费。乙方可以在任何时候退出，无须支付5万元。"
    found = departure(write(tmp_path, STANDARD), text)
    assert (found.score, found.missing, found.extra) == (100, (), ())


def test_a_finding_without_a_standard_says_nothing_of_a_departure() -> None:
    report = contractscan.scan((HEAD + "甲方不得提前解除合同。").encode(), name="合同.txt")
    assert {finding.departure for finding in report.findings} == {None}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("standard:\n  zh: 甲方", "standard:\n  fr: 甲方", "exit-fee.yaml:13: standard.fr: unknown key"),
        (STANDARD[STANDARD.index("  zh: 甲方可以") : STANDARD.index("examples:")], "  {}\n", "`zh` or `en`"),
    ],
)
def test_a_standard_is_checked(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in STANDARD
    found = problems(write(tmp_path, STANDARD.replace(old, new)))
    assert any(expected in problem for problem in found), found


# --------------------------------------------------------------------- tokens


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("{LEMMA: exit}", "LEMMA: not known without a model"),
        ("{LOWER: {REGEX: '(a+)+'}}", "LOWER: takes a word, IN or NOT_IN"),
        ("{LOWER: exit, OP: '2'}", "OP '2': write one of"),
        ("{IS_DIGIT: 1}", "IS_DIGIT is true or false"),
        ("{TEXT: '${nobody}'}", "unknown mark ${nobody}"),
        ("{LOWER: exit, OP: '{}'}", "OP '{}': write one of"),
        ("{LOWER: {IN: [no]}}", "LOWER: IN and NOT_IN take lists of words, 'no', 'yes', 'on' and 'off' in quotes"),
        ("{LOWER: {IN: exit}}", "LOWER: IN and NOT_IN take lists of words"),
    ],
)
def test_a_token_that_cannot_be_used_is_named(tmp_path: Path, token: str, expected: str) -> None:
    text = RULE.replace("examples:\n", f"  en:\n    - {{all: [exit], tokens: [[{token}]]}}\nexamples:\n")
    found = problems(write(tmp_path, text))
    assert any(f"exit-fee.yaml:13: detect.en.0: tokens 1: token 1: {expected}" in problem for problem in found), found


def test_the_extending_rule_in_the_guide_holds_its_examples_and_compares(tmp_path: Path) -> None:
    from contractscan.rulecheck import check_rules

    guide = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")
    text = next(part for part in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "extends:" in part)
    extended(tmp_path, text, "auto-renewal.yaml")
    assert check_rules(tmp_path).problems == []
    contract = f"{HEAD}本合同期满后自动续约一年。\n"
    report = contractscan.scan(contract.encode(), name="合同.txt", rules=[tmp_path], select=["auto-renewal"])
    found = report.findings[0].departure
    assert found is not None
    assert found.extra == ("一年",)
    shown = contractscan.render(report, "text", language="zh")
    assert "满分100" in str(shown)


TOKENS = """\
  en:
    - all: ['\\bexit fee\\b']
      tokens: [[{TEXT: '${client}'}, {LOWER: {NOT_IN: [not]}, OP: '*'}, {LOWER: pay}]]
"""


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Client shall pay an exit fee.", True),
        ("Upon leaving, the Client, as agreed, shall pay the exit fee.", True),
        ("Client shall not pay any exit fee.", False),
        ("Agency shall pay an exit fee.", False),
    ],
)
def test_tokens_match_besides_the_patterns(tmp_path: Path, sentence: str, found: bool) -> None:
    from contractscan.engine import compile_matcher
    from contractscan.rulecheck import run_example

    text = RULE.replace("examples:\n", TOKENS + "examples:\n").replace("{amount}", "")
    ruleset = load_ruleset(write(tmp_path, text), built_in=False, cache=False)
    assert bool(run_example(compile_matcher(ruleset), sentence)) == found


@pytest.mark.parametrize("ops", [["{0,7}"], ["*", "+"], ["?"] * 7, ["{0,4}", "{2,5}"]])
def test_repetitions_that_could_run_for_ever_are_refused(ops: list[str]) -> None:
    assert "too many ways" in str(token_problem(tuple({"IS_ALPHA": True, "OP": op} for op in ops)))


@pytest.mark.parametrize("ops", [["{0,6}"], ["{9}", "*"], ["?", "{2,5}", "+"], ["!"]])
def test_few_repetitions_are_sound(ops: list[str]) -> None:
    assert token_problem(tuple({"IS_ALPHA": True, "OP": op} for op in ops)) is None
