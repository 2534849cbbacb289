"""When somebody may ask again, and which applications need no person to say yes."""

from __future__ import annotations

from datetime import datetime, timedelta

BY_ORDERS, BY_CONSENTS, BY_BOTH = "rule_orders", "rule_consents", "rule_orders_and_consents"


def ask_again_from(declined_at: datetime, days: int) -> datetime:
    """The moment from which somebody who was told no may apply again."""
    return declined_at + timedelta(days=days)


def approving_rule(
    *, orders_needed: int | None, consents_needed: bool, orders: int, all_consents: bool
) -> str | None:
    """The rule that says yes by itself: all that is set has to hold. Otherwise None."""
    if orders_needed is None and not consents_needed:
        return None
    if orders_needed is not None and orders < orders_needed:
        return None
    if consents_needed and not all_consents:
        return None
    if orders_needed is not None and consents_needed:
        return BY_BOTH
    return BY_ORDERS if orders_needed is not None else BY_CONSENTS
