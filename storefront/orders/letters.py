"""What the shopper is written about an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.mail.actions import post
from foundation.money import Money
from storefront.catalog.naming import piece_name
from storefront.orders.models import Delivery, Order, OrderLine, PaidWith, RefundLine
from storefront.orders.taxes import parts_of
from storefront.places.models import WEB_WAREHOUSE, Place
from storefront.places.queries import place_by_id
from storefront.promotions.words import taken_off_by


@dataclass(frozen=True)
class Row:
    """A piece as a letter names it, in the language of whoever reads it."""

    name: str
    quantity: int
    amount: Money


def paid(order: Order, lines: Sequence[OrderLine]) -> None:
    """Thank you, this is what you bought, this is what happens next; at a till it is with you already.

    Nobody is written to who did not say where, here and below; nor, of a sale, whom another till has given
    a slip of its own.
    """
    if not order.email or order.paid_with == PaidWith.ELSEWHERE:
        return
    name = "paid" if order.till_place_id is None else "bought"
    post(
        to=order.email,
        language=order.language,
        template=f"storefront/orders/mail/{name}.txt",
        order=order,
        rows=rows_of(order, lines),
        total=order.total,
        shipping=Money(order.shipping_minor, order.currency),
        off=Money(-off_minor(order, lines), order.currency),
        taken_off_by=taken_off_by,
        taxes=[(part.bps, Money(part.tax_minor, order.currency)) for part in parts_of(order, lines)],
        first=order.promised_from,
        last=order.promised_to,
        brought_by=(order.language == "it" and order.delivery_name_it) or order.delivery_name,
        store=picked_up_at(order),
    )


def picked_up_at(order: Order) -> Place | None:
    """The store an order is picked up in; None for a door, or for what says no store."""
    if order.delivery != Delivery.PICKUP or order.place_id == WEB_WAREHOUSE:
        return None
    return place_by_id(order.place_id)


def off_minor(order: Order, lines: Sequence[OrderLine]) -> int:
    """What vouchers took off an order, its delivery among it."""
    return sum(line.discount_minor for line in lines) + order.shipping_off_minor


def delivered(order: Order) -> None:
    """The pieces are with the shopper, and until when they can come back; a till's receipt has said so."""
    if not order.email or order.till_place_id is not None:
        return
    post(
        to=order.email,
        language=order.language,
        template="storefront/orders/mail/delivered.txt",
        order=order,
    )


def too_late(order: Order) -> None:
    """The money came when the order had ended and its pieces were gone: all of it goes back."""
    if order.email:
        post(
            to=order.email,
            language=order.language,
            template="storefront/orders/mail/too_late.txt",
            order=order,
            amount=Money(order.captured_minor, order.currency),
        )


def refunded(order: Order, parts: Sequence[tuple[OrderLine, RefundLine]], amount: Money) -> None:
    """Money is on its way back; pieces that came back with it are named. Without an amount, it had gone back
    before they came."""
    if not order.email:
        return
    post(
        to=order.email,
        language=order.language,
        template="storefront/orders/mail/refunded.txt",
        order=order,
        rows=[
            Row(
                piece_name(line, order.language),
                part.quantity,
                Money(part.amount_minor, order.currency),
            )
            for line, part in parts
            if part.quantity
        ],
        amount=amount,
    )


def rows_of(order: Order, lines: Sequence[OrderLine]) -> list[Row]:
    """The lines of an order in its shopper's language, who is not whose browser asked for the letter."""
    return [
        Row(
            name=piece_name(line, order.language),
            quantity=line.quantity,
            amount=Money(line.paid_minor, order.currency),
        )
        for line in lines
    ]
