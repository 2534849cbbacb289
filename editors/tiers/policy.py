"""Which step somebody stands on, and what is missing for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(days=14)
COUNTED_DAYS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Measure:
    """Looks on show now, and orders of which something was kept, of the last ninety days."""

    looks: int
    orders: int


@dataclass(frozen=True, slots=True)
class Step:
    """A tier by what it takes."""

    id: int
    looks: int
    orders: int

    def met_by(self, measure: Measure) -> bool:
        return measure.looks >= self.looks and measure.orders >= self.orders

    def missing(self, measure: Measure) -> Measure:
        """What is still missing, never less than nothing."""
        return Measure(max(0, self.looks - measure.looks), max(0, self.orders - measure.orders))


class Move(StrEnum):
    STAY = "stay"
    UP = "up"
    WARN = "warn"  # what the step takes is missing: the grace begins
    SAVED = "saved"  # it is there again before the grace was over
    DOWN = "down"


def in_order(steps: Sequence[Step]) -> list[Step]:
    """From the easiest on."""
    return sorted(steps, key=lambda step: (step.orders, step.looks, step.id))


def highest(steps: Sequence[Step], measure: Measure) -> Step | None:
    """The highest step whose needs are met."""
    met = [step for step in in_order(steps) if step.met_by(measure)]
    return met[-1] if met else None


def following(steps: Sequence[Step], here: Step | None) -> Step | None:
    """The step after this one; the first for whoever stands on none; None at the top."""
    order = in_order(steps)
    if here is None or here not in order:
        return order[0] if order and here is None else None
    after = order[order.index(here) + 1 :]
    return after[0] if after else None


def decide(
    steps: Sequence[Step],
    here: Step | None,
    measure: Measure,
    falls_at: datetime | None,
    now: datetime,
) -> tuple[Move, Step | None]:
    """What happens to somebody now, and the step they stand on then.

    Up at once; down only after fourteen days in which what the step takes was missing.
    """
    order, met = in_order(steps), highest(steps, measure)
    if here not in order:  # on none, or on one that is gone
        return (Move.UP, met) if met is not None else (Move.STAY, None)
    assert here is not None
    if met is not None and order.index(met) > order.index(here):
        return Move.UP, met
    if met == here:
        return (Move.SAVED if falls_at else Move.STAY), here
    if falls_at is None:
        return Move.WARN, here
    return (Move.DOWN, met) if falls_at <= now else (Move.STAY, here)
