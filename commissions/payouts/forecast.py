"""What the next payout will come to, as far as it can be known today. A forecast, never a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.money import Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """`sure` is payable and in no run yet (below zero: a debt), `joins` becomes payable before the next run
    if nothing of it comes back. `day` is when the house means to make that run.
    """

    day: date
    sure: Money
    joins: Money
    minimum: Money

    @property
    def amount(self) -> Money:
        """What it comes to; never below zero, for a debt is asked of nobody."""
        return Money(max(0, self.sure.minor + self.joins.minor), self.sure.currency)

    @property
    def missing(self) -> Money:
        """What it lacks of the least that is paid; zero when it goes out."""
        return Money(max(0, self.minimum.minor - self.amount.minor), self.sure.currency)
