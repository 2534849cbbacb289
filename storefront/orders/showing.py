"""An order as pages show it: words and plain values for templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

from foundation import clock
from foundation.audit.acts import asked_by, reason_of
from foundation.money import Money
from foundation.settings import current
from foundation.web.formats import day, moment, money
from storefront.catalog.cards import picture_card, product_path
from storefront.catalog.models import ProductStatus
from storefront.catalog.naming import piece_details, piece_name
from storefront.catalog.queries import products_by_ids
from storefront.delivery.showing import arrives
from storefront.orders.letters import off_minor, picked_up_at
from storefront.orders.models import (
    TAKEN_REFUNDS,
    Delivery,
    Dispute,
    Handover,
    Order,
    OrderStatus,
    PaidWith,
    RefundStatus,
)
from storefront.places.showing import StoreView, store_view
from storefront.promotions.words import taken_off_by


def last_day(order: Order) -> datetime:
    """Until when the pieces of a handed-over order can be sent back."""
    return (order.delivered_at or order.placed_at) + timedelta(days=current().return_days)


def lines_of(order: Order) -> list[dict[str, Any]]:
    """The lines with what came back of each."""
    back: dict[int, list[int]] = {}
    for refund in order.refunds:
        if refund.status in TAKEN_REFUNDS:
            for part in refund.lines:
                held = back.setdefault(part.order_line_id, [0, 0])
                held[0] += part.quantity
                held[1] += part.amount_minor
    return [
        {
            "id": line.id,
            "product_id": line.product_id,
            "name": line.name,
            "options": piece_details(line),
            "piece": piece_name(line),
            "sku": line.sku,
            "quantity": line.quantity,
            "amount": Money(line.paid_minor, order.currency),
            "before": Money(line.gross_minor, order.currency) if line.discount_minor else None,
            "origin": line.origin_name,
            "back_quantity": back.get(line.id, [0, 0])[0],
            "back": Money(back.get(line.id, [0, 0])[1], order.currency),
        }
        for line in order.lines
    ]


def with_pictures(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lines, each with its product's picture as it is today, and its page if it is still sold."""
    products = {product.id: product for product in products_by_ids(line["product_id"] for line in lines)}
    for line in lines:
        product = products[line["product_id"]]
        line["picture"] = picture_card(product, product.cover)
        line["href"] = product_path(product.handle) if product.status == ProductStatus.ACTIVE else None
    return lines


def sums_of(order: Order) -> list[tuple[str, str]]:
    """What the total consists of, where it is more than the pieces alone: every cent has its row."""
    shipping = Money(order.shipping_minor + order.shipping_off_minor, order.currency)
    picked_up = order.delivery == Delivery.PICKUP
    name = _("Pick up in the store") if picked_up else order.delivery_called or _("Delivery")
    rows = [(name, money(shipping) if shipping else _("Free"))]
    if order.till_place_id is not None:
        rows = []
    off = off_minor(order, order.lines)
    if not (off or shipping):
        return rows
    pieces = (_("Pieces"), money(Money(sum(line.gross_minor for line in order.lines), order.currency)))
    if not off:
        return [pieces, *rows]
    name = taken_off_by(order.voucher_codes)
    if not name or order.till_place_id is not None:
        name = _("Taken off")
    return [pieces, *rows, (name, money(Money(-off, order.currency)))]


def paid_words(order: Order) -> str:
    """Where its money was taken, for staff."""
    if order.costs_nothing:
        return _("Nothing to pay")
    return {
        PaidWith.CARD: _("Paid at Stripe"),
        PaidWith.CASH: _("Paid in cash"),
        PaidWith.TERMINAL: _("Paid at the terminal"),
        PaidWith.ELSEWHERE: _("Paid at another till of the store"),
    }[PaidWith(order.paid_with)]


def end_of(order: Order, besides: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """What was paid and given back after the order was paid, and what is paid in the end; nothing where that
    is the order's own sum. `besides`: what was paid beside it, in words and in minor units."""
    refunds = [one for one in order.refunds if one.status in TAKEN_REFUNDS and one.amount_minor]
    if not refunds and not besides:
        return []
    rows = [
        (_("Given back on %(day)s", day=day(one.requested_at, "short")), -one.amount_minor) for one in refunds
    ]
    rows += besides
    rows.append((_("Paid in the end"), order.captured_minor + sum(minor for _words, minor in rows)))
    return [(words, money(Money(minor, order.currency))) for words, minor in rows]


def taken_by(order: Order) -> str:
    """How it was paid, for its shopper."""
    return {
        PaidWith.CARD: _("online"),
        PaidWith.CASH: _("in cash"),
        PaidWith.TERMINAL: _("by card in the store"),
        PaidWith.ELSEWHERE: _("at a till of the store"),
    }[PaidWith(order.paid_with)]


def way_of(order: Order, store: StoreView | None, *, coming: bool = True) -> tuple[str, list[str]]:
    """How an order reaches its shopper: the headline, and what was told about it. `store`: where it is
    picked up, whose clock counts then. `coming`: whether it still has to arrive, or to lie ready."""
    if order.till_place_id is not None:
        return _("Bought in the store"), []
    if order.delivery == Delivery.PICKUP:
        told = [order.delivery_called]
        if order.ready_at is not None and coming:
            told.append(
                _(
                    "Lies ready from %(when)s on.",
                    when=moment(order.ready_at, zone=store.place.time_zone if store else None),
                )
            )
        return _("Pick up in the store"), [words for words in told if words]
    told = [order.delivery_called]
    if coming:
        told.append(arrives(order.promised_from, order.promised_to))
    return _("To your door"), [words for words in told if words]


def store_of(order: Order) -> StoreView | None:
    """The store an order is picked up in, with its hours; None for a door, or for what says no store."""
    place = picked_up_at(order)
    return store_view(place, clock.now()) if place is not None else None


def country_of(order: Order) -> str:
    """The country in the reader's language."""
    return str((get_locale() or Locale("en")).territories.get(order.country, order.country))


def given_back(order: Order) -> int:
    return sum(refund.amount_minor for refund in order.refunds if refund.status in TAKEN_REFUNDS)


def refunds_of(order: Order) -> list[dict[str, Any]]:
    """Refunds with their state in words; a failed one is staff's to make good, and says so to nobody else.

    One without an amount is of pieces whose money went back before.
    """
    words = {
        RefundStatus.REQUESTED: (_("Asked for"), ""),
        RefundStatus.PENDING: (_("On its way"), "warn"),
        RefundStatus.SUCCEEDED: (_("Given back"), "good"),
        RefundStatus.FAILED: (_("Did not arrive"), "bad"),
        RefundStatus.CANCELLED: (_("Called off"), ""),
    }
    return [
        {
            "id": refund.id,
            "amount": Money(refund.amount_minor, order.currency) if refund.amount_minor else None,
            "when": refund.requested_at,
            "word": words[RefundStatus(refund.status)][0]
            if refund.amount_minor
            else _("Came back for nothing"),
            "tone": words[RefundStatus(refund.status)][1],
            "reason": reason_of(refund.reason),
            "by": asked_by(refund.requested_by),
            "failure": refund.failure,
            "pieces": sum(part.quantity for part in refund.lines),
        }
        for refund in order.refunds
    ]


def story_of(order: Order, besides: Iterable[tuple[str, datetime, str]] = ()) -> list[dict[str, Any]]:
    """What happened, oldest first, for the time line; `besides` is what others know (text, moment, value)."""
    steps: list[tuple[str, datetime | None, str]] = [
        (_("Ordered"), order.placed_at, ""),
        (_("Paid"), None if order.costs_nothing else order.paid_at, money(order.total)),
        (
            _("Handed over") if order.handover == Handover.HANDED_OVER else _("Delivered"),
            order.delivered_at,
            "",
        ),
    ]
    steps += besides
    steps += [
        (_("Given back"), refund.requested_at, money(Money(-refund.amount_minor, order.currency)))
        if refund.amount_minor
        else (_("Came back to us"), refund.requested_at, "")
        for refund in order.refunds
        if refund.status in TAKEN_REFUNDS and (refund.amount_minor or order.delivered_at is not None)
    ]
    if order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELLED):
        word = _("Ended") if order.review_reason or order.captured_minor else _("Ended without payment")
        steps.append((word, order.closed_at, ""))
    happened = sorted(
        (step for step in steps if step[1] is not None), key=lambda step: step[1] or order.placed_at
    )
    return [{"text": text, "when": moment(at), "at": at, "value": value} for text, at, value in happened]


def status_word(order: Order, off: bool) -> tuple[str, str]:
    """For staff: the word and its tone. `off`: the order was called off."""
    if order.dispute == Dispute.OPEN:
        return _("Disputed"), "bad"
    if order.status == OrderStatus.PAID:
        if order.handover == Handover.HANDED_OVER:
            return _("Handed over"), "good"
        if order.handover == Handover.DELIVERED:
            return _("Delivered"), "good"
        if given_back(order) >= order.captured_minor > 0:
            return _("Given back"), ""
        # Where nothing was paid, nobody has to see to its money.
        return (_("Called off"), "" if order.costs_nothing else "bad") if off else (_("To hand over"), "warn")
    if order.captured_minor and order.review_reason is None and order.settled:
        return _("Paid too late"), "bad"
    return {
        OrderStatus.AWAITING_PAYMENT: (_("Waits for payment"), ""),
        OrderStatus.PROCESSING: (_("Payment on its way"), "warn"),
        OrderStatus.NEEDS_REVIEW: (_("Needs a look"), "bad"),
        OrderStatus.EXPIRED: (_("Expired"), ""),
        OrderStatus.CANCELLED: (_("Cancelled"), ""),
    }[OrderStatus(order.status)]
