"""What a condition may ask of a captured value: the time a rate is due for, anybody but one party."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contractscan.model import Bilingual, PartyCapture, Percentage, Role
from contractscan.ruleset.finding import fill, holds
from contractscan.ruleset.shape import Comparison


@pytest.mark.parametrize(
    ("per", "test", "passes"),
    [
        ("day", {"gte": "0.5%", "per": "day"}, True),
        ("month", {"gte": "0.5%", "per": "day"}, False),
        (None, {"gte": "0.5%", "per": "day"}, False),
        ("day", {"gte": "2%", "per": "day"}, False),
        ("month", {"per": "month"}, True),
    ],
)
def test_a_daily_rate_is_not_taken_for_a_monthly_one(per: str | None, test: dict[str, str], passes: bool) -> None:
    rate = Percentage(kind="percentage", text="1.5%", start=0, end=4, value=Decimal("1.5"), per=per)
    assert holds({"rate": Comparison.model_validate(test)}, {"rate": rate}) is passes


@pytest.mark.parametrize(("role", "passes"), [("client", True), ("both", True), ("unknown", True), ("provider", False)])
def test_not_holds_for_everything_else_and_for_the_unknown(role: Role, passes: bool) -> None:
    payer = PartyCapture(text="对方", start=0, end=2, role=role)
    assert holds({"payer": Comparison.model_validate({"not": "provider"})}, {"payer": payer}) is passes


def test_not_holds_for_a_value_that_is_missing() -> None:
    assert holds({"payer": Comparison.model_validate({"not": "provider"})}, {})


def test_a_message_that_begins_with_both_parties_begins_with_a_capital() -> None:
    text = Bilingual(zh="{holder}可以解除。", en="{holder} may end it.")
    holder = PartyCapture(kind="party", text="双方", start=0, end=2, role="both")
    assert fill(text, {"holder": holder}, {}) == Bilingual(zh="双方可以解除。", en="Both parties may end it.")
