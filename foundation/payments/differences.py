"""One thing that our books and Stripe's say differently, and what somebody could do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Matter(StrEnum):
    """In what they differ. moved: what Stripe's balance says of the object; fee: what was kept of it."""

    UNKNOWN_THERE = "unknown_there"
    UNKNOWN_HERE = "unknown_here"
    AMOUNT = "amount"
    STATE = "state"
    TAKEN_BACK = "taken back"
    MOVED = "moved"
    FEE = "fee"
    MISSED = "missed"
    STUCK = "stuck"


# Said to whoever runs the command. Nothing of it is done by itself, but for messages that are taken in.
ACTS: Mapping[Matter, str] = {
    Matter.UNKNOWN_THERE: "check that the key is of the same account; if it is, ask Stripe by this id "
    "before anything is sent or given back again",
    Matter.UNKNOWN_HERE: "find out in the Dashboard who made it, and book or reverse it there; run this "
    "again after its message was handled",
    Matter.AMOUNT: "open both, ours and the Dashboard's; correct ours by an entry of its own, never the row",
    Matter.STATE: "a message may be on its way: run this again in an hour, then open ours, which asks Stripe",
    Matter.TAKEN_BACK: "open its payout run: finance decides whether it is owed to the editor again",
    Matter.MOVED: "hold what Stripe's balance says against the object in the Dashboard, and ask Stripe why",
    Matter.FEE: "book it as a cost of payments; the books of commissions are not touched by it",
    Matter.MISSED: "nothing: it was taken in now; if it happens daily, run payments doctor",
    Matter.STUCK: "see failed work in the back office, mend the cause, and try it again there",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree. `ours` names our row, or nothing when only Stripe has it."""

    kind: str
    stripe_id: str
    ours: str
    what: str
    matter: Matter

    @property
    def act(self) -> str:
        """What to do about it."""
        return ACTS[self.matter]

    def __str__(self) -> str:
        return f"{self.kind} {self.stripe_id} ({self.ours or 'not ours'}): {self.what}"
