from __future__ import annotations

from foundation.actors import Actor
from storefront.exchanges.facts import LineExchanged, PaidForNothing
from storefront.orders.facts import PaidTooLate
from storefront.returns.actions import give_back_cheaper, give_back_unused, request_rest
from storefront.returns.acts import PAID_TOO_LATE


def give_back_what_came_too_late(fact: PaidTooLate) -> None:
    """Money for an order that had ended, and whose pieces are gone, goes back. The key makes it once."""
    request_rest(
        actor=Actor.system("orders"),
        order_id=fact.order_id,
        reason=PAID_TOO_LATE,
        key=f"refund:late:{fact.order_id}",
    )


def give_back_what_costs_less(fact: LineExchanged) -> None:
    """The piece taken in exchange is cheaper: the difference goes back. The key makes it once."""
    give_back_cheaper(actor=Actor.system("exchanges"), exchange_id=fact.exchange_id)


def give_back_what_was_paid_for_nothing(fact: PaidForNothing) -> None:
    """A difference was paid, and nothing is exchanged. The key makes it once."""
    give_back_unused(actor=Actor.system("exchanges"), exchange_id=fact.exchange_id)
