"""Two versions side by side: what came, what went, what says something else, what is set aside as known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import contractscan
from assess_factory import PARTIES, contract, finding
from cli_runs import run, write
from contractscan.assess.compare import Comparison, compare
from contractscan.model import DocumentInfo, Finding, Overall, Report, Tool

NOTICE_30, NOTICE_60 = "甲方解除合同的，应提前三十日书面通知乙方。", "甲方解除合同的，应提前六十日书面通知乙方。"
RENEWS, SECRET = "期满自动续约十二个月。", "双方对合作内容保密。"
DOCUMENT = contract("\n".join(("代运营服务合同", NOTICE_30, NOTICE_60, RENEWS, SECRET)))


def found(rule_id: str, words: str, **values: str) -> Finding:
    return finding(DOCUMENT, rule_id, words, **values)  # type: ignore[arg-type]


def report(*findings: Finding) -> Report:
    return Report(
        tool=Tool(version="1", ruleset_digest=""),
        document=DocumentInfo(
            name="合同", sha256="", format="txt", language="zh", script="hans", pages=None, characters=1
        ),
        parties=PARTIES,
        overall=Overall(severity="high", reviewed=True, counts={}, basis=findings[0].title if findings else RISK.title),
        findings=findings,
    )


RISK = found("auto-renewal", RENEWS, effect="burden", severity="high")


def kinds(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.kind, (change.new or change.old).rule_id) for change in comparison.changes]  # type: ignore[union-attr]


def test_the_same_report_has_no_changes() -> None:
    comparison = compare(report(RISK), report(RISK))
    assert (comparison.changes, comparison.unchanged) == ((), 1)


def test_gained_and_resolved() -> None:
    other = found("confidentiality", SECRET)
    assert kinds(compare(report(RISK), report(other))) == [("resolved", "auto-renewal"), ("gained", "confidentiality")]


def test_other_words_of_one_rule_are_reworded_with_the_values_that_changed() -> None:
    old = found("notice-period", NOTICE_30, obligor="client", period="三十日", severity="low")
    new = found("notice-period", NOTICE_60, obligor="client", period="六十日", severity="high")
    change = compare(report(old), report(new)).changes[0]
    assert change.kind == "reworded"
    assert [(v.name.zh, v.old.zh, v.new.zh) for v in change.values] == [("期限", "30日", "60日")]
    assert [(v.old.en, v.new.en) for v in change.values] == [("30 days", "60 days")]
    assert (change.old and change.old.severity, change.new and change.new.severity) == ("low", "high")


def test_unlike_sentences_of_one_rule_are_two_findings() -> None:
    old = found("notice-period", NOTICE_30, number="8.1")
    new = found("notice-period", SECRET, number="9.1")
    assert sorted(kinds(compare(report(old), report(new)))) == [
        ("gained", "notice-period"),
        ("resolved", "notice-period"),
    ]


def test_the_same_words_may_weigh_otherwise() -> None:
    assert kinds(compare(report(RISK), report(RISK.model_copy(update={"severity": "low"})))) == [
        ("changed", "auto-renewal")
    ]


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (None, {"effect": "burden", "severity": "low"}, True),
        (None, {"effect": "protection", "severity": "info"}, False),
        ({"effect": "burden", "severity": "low"}, {"effect": "burden", "severity": "high"}, True),
        ({"effect": "burden", "severity": "high"}, {"effect": "burden", "severity": "low"}, False),
        ({"effect": "protection", "severity": "info"}, {"effect": "burden", "severity": "info"}, True),
    ],
)
def test_what_counts_as_a_gain(before: dict[str, str] | None, after: dict[str, str], worse: bool) -> None:
    old = [RISK.model_copy(update=before)] if before else []
    comparison = compare(report(*old), report(RISK.model_copy(update=after)))
    assert any(change.worse for change in comparison.changes) == worse


# ----------------------------------------------------------------- the command

OLD = """短视频账号代运营服务合同
甲方（委托方）：青禾茶业有限公司
乙方（受托方）：蓝鲸互动文化传媒有限公司
第一条 服务内容
乙方为甲方提供抖音账号代运营服务，甲方按月支付服务费人民币20000元。
第二条 解除
甲方提前三十日书面通知乙方，可以解除本合同。
"""
NEW = OLD.replace("三十日", "六十日") + "第三条 费用\n甲方已支付的服务费，无论因何种原因终止合作，乙方均不予退还。\n"


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "一稿.txt", OLD), write(tmp_path / "二稿.txt", NEW)


def test_the_command_tells_values_and_gains(versions: tuple[Path, Path]) -> None:
    done = run("compare", *versions)
    assert done.code == 0
    assert "30日 → 60日" in done.text
    assert "不予退还" in done.text


def test_a_gain_fails_when_asked_to(versions: tuple[Path, Path]) -> None:
    old, new = versions
    assert run("compare", old, new, "--fail-on-gain").code == 1
    assert run("compare", old, old, "--fail-on-gain").code == 0


def test_a_json_report_stands_for_its_contract(versions: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = versions
    stored = tmp_path / "old.json"
    assert run("report", old, "-f", "json", "-o", stored).code == 0
    by_report = json.loads(run("compare", stored, new, "-f", "json").text)
    by_file = json.loads(run("compare", old, new, "-f", "json").text)
    assert by_report["changes"] == by_file["changes"]


def test_what_cannot_be_compared_is_named(versions: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("compare", write(tmp_path / "x.json", "{}"), versions[1])
    assert done.code == 3
    assert "is no JSON report of contractscan" in done.err


# ------------------------------------------------------------------- baseline


def test_known_findings_are_set_aside_counted_and_shown(versions: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = versions
    stored = tmp_path / "old.json"
    run("report", old, "-f", "json", "-o", stored)
    known = {item["id"] for item in json.loads(stored.read_text("utf-8"))["findings"]}
    result = contractscan.scan(new, baseline=stored)
    aside = {finding.id for finding in result.findings if finding.suppressed}
    assert aside == {finding.id for finding in result.findings if finding.id in known}
    assert aside
    assert result.overall.suppressed == len(aside)
    assert {finding.suppressed.by for finding in result.findings if finding.suppressed} == {"baseline"}
    assert any(finding.rule_id == "non-refundable-prepayment" and not finding.suppressed for finding in result.findings)


def test_a_bad_baseline_is_an_error(versions: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("report", versions[0], "--baseline", tmp_path / "none.json")
    assert done.code == 3
    assert "none.json" in done.err


# -------------------------------------------------------------------- explain


def test_a_rule_is_explained() -> None:
    done = run("explain", "lock-in", "--lang", "zh")
    assert done.code == 0
    assert "全部成立" in done.text


def test_a_finding_is_explained_with_its_words(versions: tuple[Path, Path]) -> None:
    wanted = next(f for f in contractscan.scan(versions[1]).findings if f.rule_id == "non-refundable-prepayment")
    done = run("explain", wanted.id, versions[1])
    assert done.code == 0
    assert "均不予退还" in done.text
    assert wanted.suggestion.zh in done.text


@pytest.mark.parametrize("args", [("no-such-rule",), ("0123456789ab", "FILE")])
def test_what_is_not_there_is_said(args: tuple[str, ...], versions: tuple[Path, Path]) -> None:
    done = run("explain", *(versions[0] if arg == "FILE" else arg for arg in args))
    assert done.code == 2
    assert args[0] in done.err
