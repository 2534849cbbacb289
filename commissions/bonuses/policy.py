"""Who has earned a fixed bonus, by which order, and what is missing. Arithmetic on values, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commissions.accruals.policy import CommissionStatus


class BonusKind(StrEnum):
    """first_sale: the first sale that is kept. challenge: a goal reached. event: what an event brought."""

    FIRST_SALE = "first_sale"
    CHALLENGE = "challenge"
    EVENT = "event"


class Goal(StrEnum):
    """What a challenge counts: orders of which something was kept, or net sales in minor units."""

    ORDERS = "orders"
    NET = "net"


class Whom(StrEnum):
    """For whom it is: every editor, those on a step, those in a pilot group."""

    ALL = "all"
    TIER = "tier"
    COHORT = "cohort"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a bonus asks for: `begins` counts, `ends` does not."""

    kind: BonusKind
    begins: datetime
    ends: datetime
    goal: Goal | None = None
    goal_count: int = 0


@dataclass(frozen=True, slots=True)
class Credited:
    """An order credited to an editor. `kept`: something of it is; `net_minor` is the editor's part of what
    is kept, without tax. `due_at`: when its time to return is over; None until it was delivered. `held`:
    something holds what it earns.
    """

    order_id: int
    number: str
    paid_at: datetime
    kept: bool
    net_minor: int
    due_at: datetime | None
    held: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is: `so_far` of `goal`, in orders or minor units, and the order that reached it."""

    so_far: int
    goal: int
    by: Credited | None

    @property
    def missing(self) -> int:
        return max(0, self.goal - self.so_far)


@dataclass(frozen=True, slots=True)
class State:
    """What an award should be now: how it stands, the order that earns it, and when it becomes payable."""

    status: CommissionStatus
    by: Credited | None
    due_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.status is not CommissionStatus.REVERSED


def standing(terms: Terms, sales: Sequence[Credited], *, sold_before: bool = False) -> Standing:
    """How far an editor is by the sales credited to them; the order in which they are given does not matter.

    Sales count by the moment they were paid. `sold_before`: a sale from before the days of the bonus is
    kept, so that none in them is the first.
    """
    counting = sorted(
        (one for one in sales if one.kept and terms.begins <= one.paid_at < terms.ends),
        key=lambda one: (one.paid_at, one.order_id),
    )
    if terms.kind is BonusKind.FIRST_SALE:
        first = None if sold_before or not counting else counting[0]
        return Standing(1 if first else 0, 1, first)
    so_far, by = 0, None
    for one in counting:
        so_far += 1 if terms.goal is Goal.ORDERS else one.net_minor
        if by is None and so_far >= terms.goal_count:
            by = one
    return Standing(so_far, terms.goal_count, by if so_far >= terms.goal_count else None)


def state(
    terms: Terms,
    now_at: Standing,
    *,
    sale: Credited | None,
    matured: bool,
    paid: bool,
    now: datetime,
) -> State:
    """What an award should be. `sale` is the order that earned it so far, as it is now.

    A goal that was still reached when it became payable stays reached. A first sale that comes back wholly
    takes its bonus with it, also after it was paid; the next one that is kept earns it anew.
    """
    if matured and terms.kind is BonusKind.CHALLENGE:
        return State(_settled(paid), sale, None)
    if matured and sale is not None and sale.kept:
        held = sale.held and not paid
        return State(CommissionStatus.HELD if held else _settled(paid), sale, None)
    by = now_at.by
    if by is None:
        return State(CommissionStatus.REVERSED, sale, None)
    if by.held:
        return State(CommissionStatus.HELD, by, by.due_at)
    due = by.due_at is not None and by.due_at <= now
    return State(_settled(paid) if due else CommissionStatus.PENDING, by, by.due_at)


def _settled(paid: bool) -> CommissionStatus:
    return CommissionStatus.PAID if paid else CommissionStatus.PAYABLE
