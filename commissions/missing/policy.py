"""What an editor is told of an order number, and when staff answer. Nothing of the shopper or of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TAKEN_FOR = timedelta(days=90)  # after payment a missing sale can be reported for
ANSWERED_WITHIN = timedelta(days=7)
LATE_FROM = timedelta(days=2)  # before the answer is due
NUMBERS_A_DAY = 10  # an editor can ask for; whoever knows an order needs one


class Verdict(StrEnum):
    """What is said at once. `other` is all of the orders that came another way: by another editor, or by
    nobody. Which of them is not said, so that nobody counts the sales of others by asking for numbers.
    """

    NOT_FOUND = "not_found"
    UNDECIDED = "undecided"
    OWN_PURCHASE = "own_purchase"
    YOURS = "yours"
    REPORTED = "reported"
    TOO_LATE = "too_late"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Known:
    """What the shop knows of an order somebody asks for. `paid_at` None: there is none, or nobody paid it."""

    paid_at: datetime | None
    decided: bool = False
    bought_it: bool = False
    credited: bool = False
    reported: bool = False


def judge(known: Known, now: datetime) -> Verdict:
    """The first that holds; only `OTHER` can be reported."""
    if known.paid_at is None:
        return Verdict.NOT_FOUND
    if known.bought_it:
        return Verdict.OWN_PURCHASE
    if known.credited:
        return Verdict.YOURS
    if known.reported:
        return Verdict.REPORTED
    if now - known.paid_at > TAKEN_FOR:
        return Verdict.TOO_LATE
    return Verdict.OTHER if known.decided else Verdict.UNDECIDED
