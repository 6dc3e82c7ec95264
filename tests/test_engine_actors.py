"""Who acts: a party whose wish is followed is not the one who has the duty."""

from __future__ import annotations

import pytest

from contractscan.engine import compile_matcher
from contractscan.rulecheck import run_example, shown
from contractscan.ruleset import load_ruleset


@pytest.mark.parametrize(
    ("text", "obligor"),
    [
        ("合同终止后，乙方应按照甲方要求返还全部资料。", "provider"),
        ("合同终止后，乙方應依照甲方指示返還全部資料。", "provider"),
        ("合同终止后，甲方应返还乙方的全部资料。", "client"),
    ],
)
def test_the_party_whose_wish_is_followed_owes_nothing(text: str, obligor: str) -> None:
    matcher = compile_matcher(load_ruleset(select=["data-return-export"]))
    assert [shown(finding, "obligor") for finding in run_example(matcher, text)] == [obligor]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("乙方违反本合同重大义务的，他方有权解除本合同。", "client"),
        ("有下列情形之一的，他方有权书面通知解除本合同。", "both"),
        ("合同任何一方严重违约的，可以解除合同。", "both"),
    ],
)
def test_the_other_party_is_the_one_not_named_before(text: str, holder: str) -> None:
    matcher = compile_matcher(load_ruleset(select=["termination-for-cause"]))
    assert [shown(finding, "holder") for finding in run_example(matcher, text)] == [holder]


@pytest.mark.parametrize(
    "text",
    [
        "Client may terminate Agency's engagement on thirty days' notice.",
        "Client is entitled to terminate the retainer, and Agency's appointment with it, on thirty days' notice.",
    ],
)
def test_the_party_whose_thing_it_is_does_not_act(text: str) -> None:
    matcher = compile_matcher(load_ruleset(select=["notice-period"]))
    assert [shown(finding, "obligor") for finding in run_example(matcher, text)] == ["client"]
