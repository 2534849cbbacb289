"""The rate of every line of a sale, as it is frozen on it: what the cards decide, and what the caps leave
of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from commissions.accruals.policy import commission_minor
from commissions.rates.models import RateCard
from commissions.rates.policy import (
    NOTHING_USED,
    Cap,
    Ceiling,
    Decision,
    Per,
    Scope,
    Used,
    caps_in_force,
    ceilings,
    decide,
    in_force,
)
from commissions.rates.queries import bought_before, every_cap, every_card, situations, used_by
from commissions.rates.words import trace_of
from editors.membership.models import Editor
from foundation import clock
from foundation.db import db
from storefront.orders.queries import Sale

ALL_OF_THEIRS = (Per.DAY, Per.MONTH)


@dataclass(frozen=True, slots=True)
class Rated:
    """What a line earns before it is divided: `rate_bps` of its net price, and `cap_minor` at most.

    `advised`: staff of the shop sold it by their own advice, which earns nobody anything.
    """

    decision: Decision
    ceiling: Ceiling | None
    advised: bool = False

    @property
    def rate_bps(self) -> int:
        return 0 if self.advised else self.decision.rate_bps

    @property
    def cap_minor(self) -> int | None:
        return self.ceiling.allowed_minor if self.ceiling else None

    @property
    def trace(self) -> dict[str, Any]:
        """As the receipt tells it later."""
        cap = self.ceiling
        told = (
            {"per": cap.per.value, "amount": cap.amount_minor, "allowed": cap.allowed_minor} if cap else None
        )
        return trace_of(self.decision, told) | ({"advised": True} if self.advised else {})


def rates_of(of: Sale, editor_id: int) -> list[Rated]:
    """The rates of a sale's lines on the day it was paid.

    What is used of a day or a month is read under a lock of the editor, so that two sales at once cannot
    both take what was left.
    """
    at = of.paid_at or of.placed_at
    caps = caps_in_force((one.cap for one in every_cap()), at)
    shared = any(cap.per in ALL_OF_THEIRS for cap in caps)
    if shared:
        take_turn_of(editor_id)
    used = used_by(editor_id, of.currency, clock.now()) if shared else NOTHING_USED
    return _rated(of, every_card(), at, editor_id, caps, used)


def would_earn(of: Sale, editor_id: int, *, more: Sequence[RateCard] = ()) -> list[Rated]:
    """What the lines of a sale would earn if it were paid now, with nothing else sold; `more` is only
    tried out.
    """
    now = clock.now()
    caps = caps_in_force((one.cap for one in every_cap()), now)
    return _rated(of, [*every_card(), *more], now, editor_id, caps, NOTHING_USED)


def take_turn_of(editor_id: int) -> None:
    """Nobody else reads what this editor has left before this transaction ends.

    Weaker than `lock_rows`: rows that name the editor may still be written, as both of two sales did before.
    """
    db.session.execute(select(Editor.id).where(Editor.id == editor_id).with_for_update(key_share=True))


def _rated(
    of: Sale, cards: Sequence[RateCard], at: datetime, editor_id: int, caps: Sequence[Cap], used: Used
) -> list[Rated]:
    spoken = {card.scope for card in cards}
    new = Scope.CUSTOMER in spoken and not bought_before(of.email, of.account_id, of.placed_at)
    pieces = {(line.product_id, line.category) for line in of.lines}
    where = situations(cards, pieces, editor_id=editor_id, new_customer=new)
    counting = in_force((card.card for card in cards), at)
    decisions = [decide(counting, where[line.product_id]) for line in of.lines]
    amounts = [
        0 if line.advised else commission_minor(line.paid_minor, line.tax_bps, one.rate_bps)
        for line, one in zip(of.lines, decisions, strict=True)
    ]
    capped = ceilings(amounts, caps, used)
    return [
        Rated(one, None if line.advised else cap, line.advised)
        for line, one, cap in zip(of.lines, decisions, capped, strict=True)
    ]
