"""A condition may ask for what time a rate or an amount is due."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contractscan.model import Percentage
from contractscan.ruleset.finding import holds
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
