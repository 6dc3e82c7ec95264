"""Who may do what: the subject of a right, where the sentence does not name it plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

import contractscan
from contractscan.engine import compile_matcher
from contractscan.rulecheck import run_example
from contractscan.ruleset import load_ruleset

RULE = """\
id: leaving
topic: termination
effect: neutral
severity: info
title: {zh: 解除权, en: Right to leave}
message: {zh: '{holder}', en: '{holder}'}
rationale: {zh: 见条款。, en: See the clause.}
suggestion: {zh: 核对。, en: Check it.}
detect:
  zh: ['(有权|可以)[^,;。]{0,6}?解除']
  en: ['${both:holder} may terminate']
unless: {en: ['\\bneither\\b']}
capture:
  holder: {kind: party, zh: '有权|可以'}
examples:
  flagged: [{text: 甲方有权解除合同。}, {text: Either party may terminate.}]
  clean: [{text: 甲方不得解除合同。}]
"""


def holders(folder: Path, text: str) -> list[str | None]:
    (folder / "termination").mkdir()
    (folder / "termination" / "leaving.yaml").write_text(RULE, "utf-8")
    matcher = compile_matcher(load_ruleset(folder, built_in=False, cache=False))
    found = [finding.captures.get("holder") for finding in run_example(matcher, text)]
    return [getattr(capture, "role", None) for capture in found]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("乙方逾期付款的，甲方有权解除本合同。", "client"),
        ("甲方在乙方违约时，有权解除本合同。", "client"),
        ("甲方经催告后，有权解除本合同。", "client"),
        ("乙方出现重大违约情形时，有权单方解除本合同。", "client"),
        ("乙方未按约定提供服务，整改后仍不合格的，有权解除本合同。", "client"),
        ("甲方拖欠服务费的，有权解除本合同。", "provider"),
        ("一方拒不改正的，有权解除本合同。", "both"),
        ("乙方提供的视频不符合约定标准的，有权解除本合同。", "client"),
        ("甲方提供的商品出现质量问题时，有权解除本合同。", "provider"),
        ("甲方发现直播数据虚假的，有权解除本合同。", "client"),
        ("甲方对不合格的成果，有权解除本合同。", "client"),
        ("有权解除本合同。", None),
        ("乙方停更超过十日，经甲方书面催告后仍未更新的，其有权解除本合同。", "client"),
        ("甲方不予配合，经乙方通知后仍不配合的，有权解除本合同。", "provider"),
        ("一方违反本条约定的，应当赔偿损失；对方有权解除本合同。", "both"),
        ("乙方违反本条约定的，应当赔偿损失；对方有权解除本合同。", "client"),
        ("对方拒不改正的，另一方有权解除本合同。", "both"),
    ],
)
def test_the_right_is_not_given_to_the_party_in_breach(tmp_path: Path, text: str, role: str | None) -> None:
    assert holders(tmp_path, text) == [role]


FRONT = "代运营合同\n甲方（委托方）：青禾公司\n乙方（受托方）：星帆公司\n第一条 费用\n甲方按月付款。\n"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("第二条 乙方的权利\n1、甲方拖延提供素材超过十日的，有权解除合同。", "provider"),
        ("第二条 乙方的权利和义务\n1、对甲方的违规使用行为，有权解除合同。", "provider"),
        ("第二条 甲方权利义务\n1、服务质量不合格的，有权解除合同。", "client"),
        ("第二条 双方的权利义务\n1、服务质量不合格的，有权解除合同。", None),
    ],
)
def test_a_heading_says_whose_rights_its_items_are(text: str, role: str | None) -> None:
    found = contractscan.scan((FRONT + text).encode()).findings
    holders = {f.captures["holder"].role for f in found if f.kind == "clause" and "holder" in f.captures}  # type: ignore[union-attr]
    assert holders == ({role} if role else set())


@pytest.mark.parametrize(
    ("text", "roles"), [("Either party may terminate.", ["both"]), ("Neither party may terminate.", [])]
)
def test_what_neither_party_may_do_is_no_right_of_both(tmp_path: Path, text: str, roles: list[str]) -> None:
    assert holders(tmp_path, text) == roles
