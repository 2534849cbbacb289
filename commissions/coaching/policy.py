"""What a coach earns: arithmetic on net sales in minor units and rates in basis points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# A plan gives a coach at most a fifth: more would be a sale of their own by somebody else's work.
HIGHEST_BPS = 2000


@dataclass(frozen=True, slots=True)
class Share:
    """What a learner's sales are, net of tax and of what came back, and the coach's part of them."""

    net_minor: int
    share_minor: int


def shares(nets: Mapping[int, int], rate_bps: int) -> dict[int, Share]:
    """The part of each learner, floored like every commission (record 45)."""
    return {learner: Share(net, net * rate_bps // 10_000) for learner, net in nets.items()}


def due_minor(target_minor: int, before_minor: int) -> int:
    """Target minus what stands: in a month in which more came back than was sold there is nothing, never a
    debt, and the months after make up for it first."""
    return max(0, target_minor - before_minor)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one day's month up to, not including, another's."""
    found, month = [], first.replace(day=1)
    while month < last.replace(day=1):
        found.append(month)
        month = month_after(month)
    return found


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
