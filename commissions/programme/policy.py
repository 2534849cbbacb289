"""Cost and return of the programme: figures and what follows from them. Arithmetic, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from foundation.money import ONE, round_half_up


class By(StrEnum):
    """By what cost and return are listed."""

    EDITOR = "editor"
    LOOK = "look"
    CAMPAIGN = "campaign"
    COHORT = "cohort"


class Drawn(StrEnum):
    """What a chart can show."""

    NET = "net"
    COST = "cost"
    ORDERS = "orders"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Brought:
    """What sales with credit brought: without tax and after what came back (`net_minor`), what was earned by
    them (`cost_minor`), from how many orders, and how many of those were somebody's first.
    """

    net_minor: int = 0
    cost_minor: int = 0
    orders: int = 0
    new: int = 0

    def __add__(self, other: Brought) -> Brought:
        return Brought(
            self.net_minor + other.net_minor,
            self.cost_minor + other.cost_minor,
            self.orders + other.orders,
            self.new + other.new,
        )

    @property
    def share_bps(self) -> int | None:
        """The cost as a share of net sales, in basis points rounded half up; None without sales."""
        return round_half_up(self.cost_minor * ONE, self.net_minor) if self.net_minor > 0 else None

    def figure(self, drawn: Drawn) -> int:
        """One figure by name."""
        return {
            Drawn.NET: self.net_minor,
            Drawn.COST: self.cost_minor,
            Drawn.ORDERS: self.orders,
            Drawn.NEW: self.new,
        }[drawn]


NOTHING = Brought()
