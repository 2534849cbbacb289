"""What a rule makes of an event: arithmetic on people, minor units and basis points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# As for coaching (record 49): more than a fifth would be somebody else's sale.
HIGHEST_BPS = 2000
# A phone without a network tells of its guests days later, and staff put a slip right.
SETTLES = timedelta(days=7)


class Way(StrEnum):
    """guest: so much for each guest who came. share: a part of net sales to guests nobody else earns by."""

    GUEST = "guest"
    SHARE = "share"


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What was promised, in minor units and basis points; `most_minor` for one event, where there is a bound.

    One of `each_minor` and `rate_bps` is there.
    """

    each_minor: int | None
    rate_bps: int | None
    most_minor: int | None

    def reward_minor(self, *, guests: int, net_minor: int) -> int:
        """What an event gives: an amount for each guest, or a share floored like every commission (record
        45)."""
        if self.each_minor is not None:
            found = guests * self.each_minor
        else:
            found = max(0, net_minor) * (self.rate_bps or 0) // 10_000
        return found if self.most_minor is None else min(found, self.most_minor)
