"""The rate of every line of a sale, as it is frozen on it: what the cards decide, and what the caps leave
of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from storefront.orders.queries import Sale, SaleLine

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
    cards = every_card()
    return _rated(of.lines, cards, at, editor_id, caps, used, new=_new(of, cards))


def would_earn(of: Sale, editor_id: int, *, more: Sequence[RateCard] = ()) -> list[Rated]:
    """What the lines of a sale would earn if it were paid now, with nothing else sold; `more` is only
    tried out.
    """
    now = clock.now()
    caps = caps_in_force((one.cap for one in every_cap()), now)
    cards = [*every_card(), *more]
    return _rated(of.lines, cards, now, editor_id, caps, NOTHING_USED, new=_new(of, cards))


def basket_would_earn(
    lines: Sequence[SaleLine], editor_id: int, *, at: datetime, on: date, new_customer: bool
) -> list[Rated]:
    """What a bag that nobody bought would earn at a moment of a day, with nothing else sold.

    Collections and the step and group of the editor are those of now; the group counts if it runs on that
    day.
    """
    caps = caps_in_force((one.cap for one in every_cap()), at)
    return _rated(lines, every_card(), at, editor_id, caps, NOTHING_USED, new=new_customer, on=on)


def take_turn_of(editor_id: int) -> None:
    """Nobody else reads what this editor has left before this transaction ends.

    Weaker than `lock_rows`: rows that name the editor may still be written, as both of two sales did before.
    """
    db.session.execute(select(Editor.id).where(Editor.id == editor_id).with_for_update(key_share=True))


def _new(of: Sale, cards: Sequence[RateCard]) -> bool:
    """Whether it is the shopper's first order; not asked where no card makes a difference by it."""
    asked = any(card.scope == Scope.CUSTOMER for card in cards)
    return asked and not bought_before(of.email, of.account_id, of.placed_at)


def _rated(
    lines: Sequence[SaleLine],
    cards: Sequence[RateCard],
    at: datetime,
    editor_id: int,
    caps: Sequence[Cap],
    used: Used,
    *,
    new: bool,
    on: date | None = None,
) -> list[Rated]:
    pieces = {(line.product_id, line.category) for line in lines}
    where = situations(cards, pieces, editor_id=editor_id, new_customer=new, on=on)
    counting = in_force((card.card for card in cards), at)
    decisions = [decide(counting, where[line.product_id]) for line in lines]
    amounts = [
        0 if line.advised else commission_minor(line.paid_minor, line.tax_bps, one.rate_bps)
        for line, one in zip(lines, decisions, strict=True)
    ]
    capped = ceilings(amounts, caps, used)
    return [
        Rated(one, None if line.advised else cap, line.advised)
        for line, one, cap in zip(lines, decisions, capped, strict=True)
    ]
