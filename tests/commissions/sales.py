"""Sales for the tests of commissions: rows as orders, refunds and disputes leave them, and the facts they
tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from commissions.accruals.reactions import (
    on_dispute_closed,
    on_dispute_opened,
    on_lines_refunded,
    on_order_delivered,
    on_order_paid,
    on_refund_failed,
)
from commissions.clicks.actions import UNKNOWN, follow_link
from commissions.clicks.policy import Source
from editors.links.actions import make_link
from editors.links.models import LinkTarget
from foundation import clock, ids
from foundation.actors import Actor
from foundation.db import db
from foundation.money import round_half_up
from storefront.catalog.models import Variant
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    LinesRefunded,
    OrderDelivered,
    OrderPaid,
    RefundFailed,
)
from storefront.orders.models import (
    Delivery,
    Dispute,
    Handover,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundLine,
    RefundStatus,
)

TESTS = Actor.system("tests")
TAX = 2200


@dataclass(frozen=True)
class Piece:
    """One line to be bought: title, price of one with tax in minor units, how many, discount on the line."""

    title: str
    minor: int
    quantity: int = 1
    discount: int = 0


# The worked example: blouse 50.00, jacket 80.00, two shirts at 30.00.
LOOK = (Piece("Lina blouse", 5000), Piece("Corso denim jacket", 8000), Piece("Porta shirt", 3000, 2))


def window_link(editor_id: int) -> str:
    """The code of the editor's link to their window."""
    return make_link(actor=TESTS, editor_id=editor_id, target=LinkTarget.WINDOW).code


def click(code: str, visit: str, visitor: bytes = b"v" * 16, source: Source = UNKNOWN) -> int:
    """A visit by a link, now."""
    followed = follow_link(actor=TESTS, code=code, visit=visit, visitor=visitor, source=source)
    assert followed is not None and followed.click_id is not None
    return followed.click_id


def sell(
    product_id: int,
    pieces: Sequence[Piece] = LOOK,
    *,
    visit: str | None = None,
    email: str = "anna@example.test",
    account_id: int | None = None,
    began_ago: timedelta = timedelta(minutes=5),
    currency: str = "EUR",
    tax_bps: int = TAX,
) -> int:
    """A paid order of these pieces; its id. Nobody was told yet."""
    variant = db.session.scalars(select(Variant).where(Variant.product_id == product_id).limit(1)).one()
    now = clock.now()
    serial = ids.code(10)
    order = Order(
        number=f"V-{serial.upper()}",
        token=ids.token(),
        form_key=serial,
        status=OrderStatus.PAID,
        delivery=Delivery.DOOR,
        dispute=Dispute.NONE,
        currency=currency,
        total_minor=sum(one.minor * one.quantity - one.discount for one in pieces),
        shipping_minor=0,
        captured_minor=sum(one.minor * one.quantity - one.discount for one in pieces),
        tax_bps=tax_bps,
        email=email,
        name="Anna Moro",
        phone="",
        street="Via Po 1",
        postcode="10100",
        city="Torino",
        province="TO",
        country="IT",
        language="en",
        account_id=account_id,
        visit_id=visit,
        checkout_began_at=now - began_ago,
        placed_at=now,
        paid_at=now,
        expires_at=now,
        checkout_key=serial,
        checkout_request={},
    )
    db.session.add(order)
    db.session.flush()
    for position, one in enumerate(pieces, 1):
        paid = one.minor * one.quantity - one.discount
        db.session.add(
            OrderLine(
                order_id=order.id,
                position=position,
                product_id=product_id,
                variant_id=variant.id,
                title=one.title,
                options_label="M",
                sku="",
                category="tops",
                unit_price_minor=one.minor,
                quantity=one.quantity,
                gross_minor=one.minor * one.quantity,
                discount_minor=one.discount,
                net_minor=round_half_up(paid * 10_000, 10_000 + tax_bps),
                tax_bps=tax_bps,
            )
        )
    db.session.flush()
    return order.id


def line_of(order_id: int, position: int) -> OrderLine:
    return db.session.scalars(
        select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.position == position)
    ).one()


def give_back(order_id: int, position: int, minor: int, quantity: int = 1, *, by_pieces: bool = False) -> int:
    """A refund of part of a line that Stripe has taken; its id. Nobody was told yet.

    `by_pieces`: what is earned shrinks by the share of these pieces, and else by the sum.
    """
    refund = Refund(
        order_id=order_id,
        status=RefundStatus.SUCCEEDED,
        amount_minor=minor,
        shipping_minor=0,
        reason="",
        idempotency_key=ids.code(12),
        requested_by="tests",
        requested_at=clock.now(),
    )
    db.session.add(refund)
    db.session.flush()
    db.session.add(
        RefundLine(
            refund_id=refund.id,
            order_line_id=line_of(order_id, position).id,
            quantity=quantity,
            amount_minor=minor,
            counted_pieces=quantity if by_pieces else 0,
            counted_minor=0 if by_pieces else minor,
            restock=True,
        )
    )
    db.session.flush()
    return refund.id


def fail(refund_id: int) -> None:
    """A refund that did not reach the shopper after all."""
    db.session.get_one(Refund, refund_id).status = RefundStatus.FAILED
    db.session.flush()


def deliver(order_id: int) -> None:
    order = db.session.get_one(Order, order_id)
    order.delivered_at = clock.now()
    order.handover = Handover.DELIVERED
    db.session.flush()


def dispute(order_id: int, state: Dispute, minor: int | None = None) -> None:
    order = db.session.get_one(Order, order_id)
    order.dispute, order.disputed_minor = state, minor
    db.session.flush()


def tell_paid(order_id: int) -> None:
    on_order_paid(OrderPaid(order_id=order_id, paid_at=clock.now()))


def tell_delivered(order_id: int) -> None:
    on_order_delivered(OrderDelivered(order_id=order_id, delivered_at=clock.now()))


def tell_refunded(order_id: int, refund_id: int) -> None:
    on_lines_refunded(LinesRefunded(order_id=order_id, refund_id=refund_id, refunded_at=clock.now()))


def tell_refund_failed(order_id: int, refund_id: int) -> None:
    on_refund_failed(RefundFailed(order_id=order_id, refund_id=refund_id))


def tell_disputed(order_id: int, state: str) -> None:
    now = clock.now()
    if state == "opened":
        on_dispute_opened(DisputeOpened(order_id=order_id, opened_at=now))
    else:
        on_dispute_closed(DisputeClosed(order_id=order_id, won=state == "won", closed_at=now))


def forget_sales() -> None:
    """Clean books for the next example of a property: as a replica no trigger objects."""
    connection = db.session.connection()
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for table in (
        "payable_movements", "ledger_legs", "ledger_entries", "ledger_accounts", "commissions", "payouts",
        "payout_runs", "claims", "receipt_shares", "receipts", "clicks", "refund_lines",
        "refunds", "order_lines", "orders",
        "procrastinate_events", "procrastinate_jobs",
    ):  # fmt: skip
        connection.exec_driver_sql(f"DELETE FROM {table}")
