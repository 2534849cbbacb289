"""What a correction does to commissions: who lost the order is brought to nothing, who got it earns on it."""

from __future__ import annotations

from commissions.accruals.actions import accrue, settle
from commissions.claims.correcting import correct
from commissions.claims.models import Receipt
from foundation.actors import Actor
from storefront.orders.queries import sale


def correct_credit(
    *, actor: Actor, order_id: int, editor_id: int | None, reason: str, return_days: int
) -> tuple[Receipt, Receipt]:
    """Credit an order to another editor, or to nobody (None), and let every commission of it follow; the
    decision before, and the new one.

    The rate is the one of the day the order was paid. What was paid out already becomes a debt of whoever
    had it. Raises `AlreadyTheirs`.
    """
    before, after = correct(actor=actor, order_id=order_id, editor_id=editor_id, reason=reason)
    accrue(actor=actor, of=sale(order_id), receipt=after)
    settle(actor=actor, order_id=order_id, return_days=return_days, corrected=True)
    return before, after
