"""What the client has in mind: the facts that no contract states. Each is optional, none is guessed."""

from __future__ import annotations

import datetime
from decimal import Decimal

from contractscan.model import Frozen


class Plan(Frozen):
    """`as_of` is the day a notice would be sent, `terminate_on` the last day of the contract; money in its currency."""

    as_of: datetime.date | None = None
    terminate_on: datetime.date | None = None
    paid: Decimal | None = None
    monthly_fee: Decimal | None = None
