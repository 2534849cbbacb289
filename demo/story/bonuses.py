"""Bonuses of the story: one for every first sale, and a goal for the weeks before Christmas."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.bonuses.actions import BonusDraft, add_bonus
from commissions.bonuses.policy import BonusKind, Goal
from foundation import clock
from foundation.actors import Actor
from foundation.money import Money

# Days before today; the goal ends after it.
WRITTEN, GOAL_WRITTEN, GOAL_LEFT = 5, 22, 20


def promise_first_sales(owner: Actor, today: datetime) -> None:
    """For those who join now; nobody of the worked example earns anything by it."""
    begins = today - timedelta(days=WRITTEN)
    with clock.held_at(begins):
        add_bonus(
            actor=owner,
            draft=BonusDraft(
                kind=BonusKind.FIRST_SALE,
                name="The first sale",
                name_it="La prima vendita",
                amount=Money(2000, "EUR"),
                begins=begins,
                ends=today + timedelta(days=90),
                reason="Every beginning is hard",
            ),
        )


def set_goal(owner: Actor, today: datetime) -> None:
    """Some reach it, some are on their way."""
    begins = today - timedelta(days=GOAL_WRITTEN)
    with clock.held_at(begins):
        add_bonus(
            actor=owner,
            draft=BonusDraft(
                kind=BonusKind.CHALLENGE,
                name="Five orders before Christmas",
                name_it="Cinque ordini prima di Natale",
                amount=Money(5000, "EUR"),
                begins=begins,
                ends=today + timedelta(days=GOAL_LEFT),
                reason="The coats are in",
                goal=Goal.ORDERS,
                goal_count=5,
            ),
        )
