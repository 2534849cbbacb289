from __future__ import annotations

from foundation.actors import Actor
from storefront.orders.facts import PaidTooLate
from storefront.returns.actions import request_rest
from storefront.returns.acts import PAID_TOO_LATE


def give_back_what_came_too_late(fact: PaidTooLate) -> None:
    """Money for an order that had ended, and whose pieces are gone, goes back. The key makes it once."""
    request_rest(
        actor=Actor.system("orders"),
        order_id=fact.order_id,
        reason=PAID_TOO_LATE,
        key=f"refund:late:{fact.order_id}",
    )
