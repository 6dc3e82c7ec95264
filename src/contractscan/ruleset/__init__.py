"""Rules as data: their shape, their patterns, and the strict loader."""

from contractscan.ruleset.build import capture_names, re2_problem, rule_patterns, term_rules
from contractscan.ruleset.load import built_in_rules, choose_rules, load_ruleset
from contractscan.ruleset.patterns import PatternError, compile_pattern
from contractscan.ruleset.shape import (
    Alternative,
    CaptureRule,
    Comparison,
    Compound,
    Condition,
    Pattern,
    Patterns,
    Rule,
    Ruleset,
    Standard,
    Term,
)

__all__ = [
    "Alternative",
    "CaptureRule",
    "Comparison",
    "Compound",
    "Condition",
    "Pattern",
    "PatternError",
    "Patterns",
    "Rule",
    "Ruleset",
    "Standard",
    "Term",
    "built_in_rules",
    "capture_names",
    "choose_rules",
    "compile_pattern",
    "load_ruleset",
    "re2_problem",
    "rule_patterns",
    "term_rules",
]
