"""The loader refuses what it does not understand, with file and line, and everything wrong in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractscan.errors import RuleError, UsageError
from contractscan.ruleset import load_ruleset

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
