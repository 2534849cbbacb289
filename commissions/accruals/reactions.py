"""What orders tell, and what it means for commissions. Every handler may run twice, late or in any order."""

from __future__ import annotations

from commissions.accruals.actions import accrue, settle
from commissions.claims.actions import decide_receipt
from commissions.claims.policy import Terms
from foundation.actors import Actor
from foundation.settings import current
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    LinesRefunded,
    OrderDelivered,
    OrderPaid,
    RefundFailed,
)
from storefront.orders.queries import sale

COMMISSIONS = Actor.system("commissions")


def on_order_paid(fact: OrderPaid) -> None:
    """Decide who gets the credit, note the commissions, and catch up with news that came before this one."""
    order = sale(fact.order_id)
    receipt = decide_receipt(actor=COMMISSIONS, sale=order, terms=_terms())
    accrue(actor=COMMISSIONS, of=order, receipt=receipt)
    settle(actor=COMMISSIONS, order_id=fact.order_id, return_days=current().return_days)


def _terms() -> Terms:
    settings = current()
    return Terms(
        settings.attribution_days, settings.credit_cookie_days, first_click=settings.credit_click == "first"
    )


def on_order_delivered(fact: OrderDelivered) -> None:
    settle(actor=COMMISSIONS, order_id=fact.order_id, return_days=current().return_days)


def on_lines_refunded(fact: LinesRefunded) -> None:
    settle(
        actor=COMMISSIONS,
        order_id=fact.order_id,
        return_days=current().return_days,
        refund_id=fact.refund_id,
    )


def on_refund_failed(fact: RefundFailed) -> None:
    settle(
        actor=COMMISSIONS,
        order_id=fact.order_id,
        return_days=current().return_days,
        refund_id=fact.refund_id,
    )


def on_dispute_opened(fact: DisputeOpened) -> None:
    settle(actor=COMMISSIONS, order_id=fact.order_id, return_days=current().return_days)


def on_dispute_closed(fact: DisputeClosed) -> None:
    settle(actor=COMMISSIONS, order_id=fact.order_id, return_days=current().return_days)
