"""What a commission should be, and which entries bring it there. Arithmetic on values, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from commissions.ledger.models import AccountKind, EntryKind
from foundation.money import ONE, Money, allocate
from foundation.states import Transitions


class CommissionStatus(StrEnum):
    """pending: waits for delivery and the time to return; payable: goes out with the next run; paid: it did.

    held: the shopper's bank disputes the payment, or somebody has to look at the sale first; reversed:
    everything was given back.
    """

    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    REVERSED = "reversed"
    HELD = "held"


P = CommissionStatus
# Reversed may come back: a refund that Stripe had taken can still fail.
COMMISSION_MOVES = Transitions(
    {
        P.PENDING: {P.PAYABLE, P.HELD, P.REVERSED},
        P.PAYABLE: {P.PAID, P.HELD, P.REVERSED},
        P.HELD: {P.PENDING, P.PAYABLE, P.PAID, P.REVERSED},
        P.PAID: {P.REVERSED},
        P.REVERSED: {P.PENDING, P.PAYABLE, P.PAID, P.HELD},
    }
)
# What a hold can still keep from going out.
UNPAID = (P.PENDING, P.PAYABLE, P.HELD)
ACCOUNTS: Mapping[CommissionStatus, AccountKind] = {
    P.PENDING: AccountKind.EDITOR_PENDING,
    P.HELD: AccountKind.EDITOR_HELD,
    P.PAYABLE: AccountKind.EDITOR_PAYABLE,
    P.PAID: AccountKind.EDITOR_DEBT,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides the state of a commission. Amounts are those the shopper paid, tax included.

    `refunded_minor`: what of it came back, or was lost to a bank, and is no longer earned on.
    `cap_minor`: what the line may earn at most, whatever its rate. `split` and `part`: how the commission
    of the line is divided, in basis points, and which part this is.
    `credited`: the sale is still its editor's, no correction gave it to somebody else. `stopped`: staff or
    the rules against fraud hold it.
    """

    paid_minor: int
    refunded_minor: int
    tax_bps: int
    rate_bps: int
    accrued: bool
    disputed: bool
    matured: bool
    settled: bool
    cap_minor: int | None = None
    split: Sequence[int] = (ONE,)
    part: int = 0
    credited: bool = True
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to be: `amount` minor units from `debit` to `credit`."""

    kind: EntryKind
    debit: AccountKind
    credit: AccountKind
    amount: int


def commission_minor(paid_minor: int, tax_bps: int, rate_bps: int, cap_minor: int | None = None) -> int:
    """The commission on a price that includes tax: counted on the price without it, rounded down to the
    minor unit, and `cap_minor` at most.
    """
    whole = Money(paid_minor, "").net_of_tax(tax_bps).share(rate_bps).minor
    return whole if cap_minor is None else min(whole, cap_minor)


def part_minor(line_minor: int, split: Sequence[int], part: int) -> int:
    """One part of a line's commission: divided by the largest remainder, so that no cent is lost or made.

    Every part is worked out from the whole line again. So two parts always add up to it, whichever of them is
    brought to its target first.
    """
    return allocate(line_minor, split)[part]


def target_minor(facts: Facts) -> int:
    """What the commission should be now: on what the shopper keeps, nothing once the sale is somebody else's.

    Working from what remains (and not from each refund) is what makes many small refunds add up to exactly
    one large one, and keeps a reversal from ever passing the original.
    """
    if not facts.credited:
        return 0
    remaining = max(0, facts.paid_minor - facts.refunded_minor)
    line = commission_minor(remaining, facts.tax_bps, facts.rate_bps, facts.cap_minor)
    return part_minor(line, facts.split, facts.part)


def status_for(facts: Facts, target: int) -> CommissionStatus:
    """Where a commission stands. One that never was anything (0.00) is not called reversed."""
    if facts.accrued and target == 0:
        return P.REVERSED
    if facts.settled:
        return P.PAID
    if facts.disputed or facts.stopped:
        return P.HELD
    return P.PAYABLE if facts.matured else P.PENDING


def changes(
    status: CommissionStatus, amount: int, new_status: CommissionStatus, new_amount: int
) -> list[Change]:
    """The entries that lead from one state to another: first what was lost or won back, then what moves."""
    before = ACCOUNTS.get(status)
    after = ACCOUNTS.get(new_status)
    if before is AccountKind.EDITOR_HELD and new_status == P.PAID:
        after = AccountKind.EDITOR_PAYABLE  # a dispute took it from there while its transfer was on its way
    house = AccountKind.HOUSE_COMMISSION
    entries = []
    if new_amount < amount and before is not None:
        entries.append(Change(EntryKind.REVERSED, before, house, amount - new_amount))
    staying = min(amount, new_amount)
    if staying and before is not None and after is not None and before is not after:
        entries.append(Change(_move_kind(before, after), before, after, staying))
    if new_amount > amount and after is not None:
        entries.append(Change(EntryKind.RESTORED, house, after, new_amount - amount))
    return entries


def due_at(delivered_at: datetime | None, return_days: int) -> datetime | None:
    """When a commission becomes payable: the time to return after delivery is over; None until delivered."""
    return None if delivered_at is None else delivered_at + timedelta(days=return_days)


def _move_kind(before: AccountKind, after: AccountKind) -> EntryKind:
    if after is AccountKind.EDITOR_HELD:
        return EntryKind.HELD
    if before is AccountKind.EDITOR_HELD:
        return EntryKind.RELEASED
    return EntryKind.MATURED
