"""The built-in rules hold what their examples promise, in both languages and both scripts."""

from __future__ import annotations

import pytest

from contractscan.model import TOPICS
from contractscan.rulecheck import check_examples
from contractscan.ruleset import Rule, load_ruleset
from contractscan.text import detect_script

RULESET = load_ruleset()
DETECTING = [rule for rule in RULESET.rules if rule.detect.zh or rule.detect.en]


@pytest.mark.parametrize("rule", DETECTING, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_hold(rule: Rule) -> None:
    assert [message for _, message in check_examples(rule, RULESET)] == []


@pytest.mark.parametrize("rule", DETECTING, ids=lambda rule: rule.id)
def test_a_rule_reads_both_languages_and_both_scripts(rule: Rule) -> None:
    assert rule.detect.zh
    assert rule.detect.en
    scripts = {detect_script(example.text) for example in rule.examples.flagged}
    assert {"hans", "hant", "latin"} <= scripts


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_at_least_four_rules(topic: str) -> None:
    assert sum(rule.topic == topic for rule in DETECTING) >= 4
