"""What moved on our balance at Stripe, against what we believe of payments, refunds, transfers and reversals.

Every movement names what it is of. An object whose first movement lies in the time looked at has to add up to
what we believe of it; a movement of a thing that nobody here expects is named; and what is taken as a fee is
taken of payments and disputes alone. What they come to is added up beside ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.money import Money
from foundation.payments import readers
from foundation.payments.client import calling, plain
from foundation.payments.differences import Difference, Matter
from foundation.payments.objects import Expectation, Movement

# Which kind of ours each of Stripe's types belongs to, and whether it is the first that an object has.
FIRST = {"charge": "payment", "payment": "payment", "refund": "refund", "payment_refund": "refund"} | {
    "transfer": "transfer"
}
LATER = {"refund_failure": "refund", "payment_failure_refund": "payment"} | dict.fromkeys(
    ("transfer_refund", "transfer_cancel", "transfer_failure"), "transfer"
)
OURS = {"checkout.session": "payment", "refund": "refund", "transfer": "transfer"}
FAILED = ("failed", "canceled")


@dataclass(frozen=True, slots=True)
class Total:
    """All of one kind in the time looked at; `there` is Stripe's sum, `here` ours, `fees` what it kept."""

    kind: str
    count: int
    here: Money
    there: Money
    fees: Money


def movements(since: datetime) -> list[Movement]:
    """Every movement of our own balance since then, newest first."""
    window: dict[str, Any] = {
        "created": {"gte": int(since.timestamp())},
        "limit": 100,
        "expand": ["data.source"],
    }
    with calling() as client:
        found = client.v1.balance_transactions.list(window)
        return [readers.movement(plain(entry)) for entry in found.auto_paging_iter()]


def compare(
    moved: Sequence[Movement], expected: Mapping[tuple[str, str], Expectation], told: Iterable[str]
) -> tuple[list[Difference], list[Total]]:
    """What differs, and the sums by kind.

    `expected` by our kind and the name that the movements of an object share: the payment intent, the refund,
    the transfer. `told`: names of which something was said already.
    """
    groups: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for one in moved:
        groups[_family(one), one.about].append(one)
    found = [difference for one in moved for difference in _wrong_by_itself(one)]
    silent = set(told)
    for (family, about), parts in groups.items():
        if family and about not in silent:
            found += _compared(family, about, parts, expected.get((family, about)))
    return found, _totals(groups, expected)


def believed(expectation: Expectation) -> Money | None:
    """What an object of ours should have moved, whatever the sign; None where nobody can say yet."""
    nothing = Money.zero(expectation.amount.currency)
    if expectation.kind == "checkout.session":
        return {"paid": expectation.amount, "unpaid": nothing}.get(expectation.state or "")
    if expectation.kind == "refund" and expectation.state in FAILED:
        return nothing
    return expectation.amount - (expectation.reversed or nothing)


def _family(one: Movement) -> str:
    return FIRST.get(one.type) or LATER.get(one.type, "")


def _wrong_by_itself(one: Movement) -> Iterator[Difference]:
    if one.net != one.amount - one.fee:
        what = f"moved: {_said(one.amount)} less {_said(one.fee)} makes {_said(one.net)} at Stripe"
        yield Difference("movement", one.id, "", what, Matter.MOVED)
    if one.fee and _family(one) in ("refund", "transfer"):
        yield Difference(one.type, one.source, "", f"fee: none here, {_said(one.fee)} at Stripe", Matter.FEE)


def _compared(
    family: str, about: str, parts: Sequence[Movement], ours: Expectation | None
) -> Iterator[Difference]:
    there = _sum(parts)
    if ours is None:
        if there:
            yield Difference(family, about, "", f"moved: {_said(there)} at Stripe", Matter.UNKNOWN_HERE)
        return
    here = believed(ours)
    whole = any(one.type in FIRST for one in parts)
    if whole and here is not None and here != there:
        what = f"moved: {_said(here)} here, {_said(there)} at Stripe"
        yield Difference(ours.kind, ours.stripe_id, ours.ours, what, Matter.MOVED)


def _sum(parts: Sequence[Movement]) -> Money:
    """What moved, as the amounts of payments, refunds and transfers are written: without a sign."""
    total = Money.zero(parts[0].amount.currency)
    for one in parts:
        total = total + one.amount
    return total if _family(parts[0]) == "payment" else -total


def _totals(
    groups: Mapping[tuple[str, str], Sequence[Movement]], expected: Mapping[tuple[str, str], Expectation]
) -> list[Total]:
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (family, about), parts in groups.items():
        row = sums[family or parts[0].type, parts[0].amount.currency]
        there, ours = _sum(parts) if family else -_sum(parts), expected.get((family, about))
        here = believed(ours) if ours is not None else None
        # What began before is compared object by object: its part of these days is Stripe's to say.
        whole = any(one.type in FIRST for one in parts)
        row[0] += 1
        row[1] += here.minor if here is not None and whole else 0 if family and whole else there.minor
        row[2] += there.minor
        row[3] += sum(one.fee.minor for one in parts)
    return [
        Total(kind, row[0], *(Money(minor, currency) for minor in row[1:]))
        for (kind, currency), row in sorted(sums.items())
    ]


def _said(amount: Money) -> str:
    return f"{amount.minor} {amount.currency}"
