"""From a basket to an order: paid over the counter in one transaction, or by card around the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from foundation import clock, settings
from foundation.actors import Actor
from foundation.db import db, unless_taken
from foundation.states import IllegalMove
from storefront.catalog.naming import piece_details
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, Handover, Order, OrderStatus, PaidWith
from storefront.orders.paying import take_nothing, take_over_the_counter
from storefront.orders.policy import units_of
from storefront.orders.queries import order_by_form_key, order_by_id
from storefront.places.models import Place
from storefront.till.actions import locked_basket, refuse_too_much_off, reopen
from storefront.till.acts import OVER_THE_COUNTER
from storefront.till.errors import (
    AnotherOpen,
    BasketChanged,
    BasketUnknown,
    CustomerNeeded,
    NothingRungUp,
    NothingToPay,
    ReceiptTaken,
    TooLittleGiven,
)
from storefront.till.models import BASKET_MOVES, BasketStatus, TillBasket
from storefront.till.pricing import Priced, priced
from storefront.till.queries import counts_once_a_person

# Stripe wants at least thirty minutes; one more for the way there.
OPEN_FOR = timedelta(minutes=31)
ONE_RECEIPT = "uq_till_baskets_receipt"


@dataclass(frozen=True, slots=True)
class Slip:
    """What came over the counter: cash with the amount that was given, or what a terminal printed."""

    paid_with: PaidWith
    given_minor: int | None = None
    terminal: str = ""
    receipt_number: str | None = None


def sell(
    *,
    actor: Actor,
    place: Place,
    token: str,
    key: str,
    seen: str,
    slip: Slip | None,
    without_limit: bool = False,
) -> int:
    """The money is in the drawer, or the terminal says so: sold, paid and handed over. The order's id.

    `slip`: None for a basket that comes to nothing, and for no other.

    Pressed twice it is one sale: the second waits for the basket's lock and finds it sold under the same
    `key`. Raises `BasketChanged` when what the page showed (`seen`) is not what it comes to now,
    `TooLittleGiven`, `ReceiptTaken`, `NothingRungUp`, `NothingToPay`, `SoldOut`, or `VoucherRefused`;
    `BasketUnknown` for a basket of another store, `CustomerNeeded` for a voucher that counts once a person
    when nobody is said to buy, and `TooMuchOffNow` for an amount off that has become more than usual, unless
    whoever sells may take off what they like (`without_limit`).
    """
    basket = _basket_of(place, token)
    if basket.status == BasketStatus.SOLD and basket.key == key and basket.order_id is not None:
        return basket.order_id
    wanted = _to_sell(basket, key, seen, without_limit)
    if slip is None and not wanted.free:
        raise BasketChanged()
    if slip is not None:
        _refuse_wrong_sum(wanted, slip)
    now, paid_with = clock.now(), slip.paid_with if slip else PaidWith.CARD
    placed = orders.place(**_ordering(actor, basket, place, wanted, paid_with, {}))
    if placed is None:
        raise IllegalMove(start=str(basket.status), end=str(BasketStatus.SOLD))
    (take_over_the_counter if slip else take_nothing)(actor=actor, order_id=placed.order_id)
    orders.hand_over(actor=actor, order_id=placed.order_id, how=Handover.HANDED_OVER, reason=OVER_THE_COUNTER)
    with unless_taken(ReceiptTaken, ONE_RECEIPT):
        if slip:
            basket.given_minor, basket.terminal = slip.given_minor, slip.terminal
            basket.receipt_number = slip.receipt_number
            basket.receipt_day = place.local(now).date() if slip.receipt_number else None
        _sold(basket, placed.order_id, wanted.totals.total_minor)
    return placed.order_id


def begin_card(
    *, actor: Actor, place: Place, token: str, key: str, seen: str, without_limit: bool = False
) -> dict[str, Any]:
    """The customer pays on their own phone: what `orders.place` is to be told. Pressed twice it is the same.

    Raises what `sell` raises of the basket, and `NothingToPay` when it comes to nothing.
    """
    basket = _basket_of(place, token)
    if basket.status == BasketStatus.PAYING and basket.key == key:
        wanted = priced(basket)
    else:
        wanted = _to_sell(basket, key, seen, without_limit)
        if wanted.free:
            raise NothingToPay()
        BASKET_MOVES.move(basket, BasketStatus.PAYING)
        basket.touched_at, basket.total_minor = clock.now(), wanted.totals.total_minor
    order_token = orders.new_token()
    values = _ordering(actor, basket, place, wanted, PaidWith.CARD, {}, order_token)
    values["request"] = _stripe_request(wanted, basket, order_token, values["expires_at"])
    db.session.flush()
    return values


def keep_page(*, token: str, key: str, order_id: int, url: str) -> bool:
    """The payment page is open. False when the basket was taken back meanwhile: the page has to go."""
    basket = locked_basket(token)
    if basket.status != BasketStatus.PAYING or basket.key != key:
        return False
    basket.order_id, basket.pay_url = order_id, url
    db.session.flush()
    return True


def take_back(*, actor: Actor, token: str, key: str) -> TillBasket:
    """Nobody can pay that page any more: the basket can be paid in another way. Twice is once.

    It is the open one again, or parked when somebody is being served meanwhile.
    """
    basket = locked_basket(token)
    if basket.status != BasketStatus.PAYING or basket.key != key:
        return basket
    basket.attempt, basket.order_id, basket.pay_url = basket.attempt + 1, None, None
    basket.total_minor = None
    try:
        return reopen(actor, basket)
    except AnotherOpen:
        BASKET_MOVES.move(basket, BasketStatus.PARKED)
        db.session.flush()
        return basket


def note_paid(*, actor: Actor, order_id: int) -> None:
    """An order was paid: when it was rung up at a till its basket is sold, and its pieces are handed over."""
    order = order_by_id(order_id)
    if order.till_place_id is None or order.over_the_counter:
        return
    _till, token, _attempt = order.form_key.split(":")
    basket = locked_basket(token)
    if BASKET_MOVES.allows(basket.status, BasketStatus.SOLD):
        _sold(basket, order_id, order.total_minor)
    if order.delivered_at is None:
        orders.hand_over(actor=actor, order_id=order_id, how=Handover.HANDED_OVER, reason=OVER_THE_COUNTER)


def order_of_key(key: str) -> Order | None:
    """The order of one way of paying, if it was written."""
    return order_by_form_key(key)


def ended_unpaid(order: Order) -> bool:
    """Whether nobody can pay that page any more."""
    return order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELLED) and not order.captured_minor


def _basket_of(place: Place, token: str) -> TillBasket:
    """The basket, locked, when it was rung up in that store: what it promises hangs there."""
    basket = locked_basket(token)
    if basket.place_id != place.id:
        raise BasketUnknown()
    return basket


def _to_sell(basket: TillBasket, key: str, seen: str, without_limit: bool) -> Priced:
    """What an open basket comes to, when it is still what the page showed and may be sold so."""
    if basket.status != BasketStatus.OPEN:
        raise IllegalMove(start=str(basket.status), end=str(BasketStatus.SOLD))
    wanted = priced(basket)
    if not wanted.lines:
        raise NothingRungUp()
    if basket.key != key or wanted.seen != seen or not all(line.on_sale for line in wanted.lines):
        raise BasketChanged()
    if not without_limit:
        refuse_too_much_off(wanted.lines)
    voucher = basket.voucher_code
    if voucher and not basket.knows_customer and counts_once_a_person(voucher):
        raise CustomerNeeded()
    return wanted


def _refuse_wrong_sum(wanted: Priced, slip: Slip) -> None:
    if wanted.free:
        raise NothingToPay()
    if slip.given_minor is not None and slip.given_minor < wanted.totals.total_minor:
        raise TooLittleGiven()


def _sold(basket: TillBasket, order_id: int, total_minor: int) -> None:
    BASKET_MOVES.move(basket, BasketStatus.SOLD)
    basket.occasion_name = ""  # for whoever rings up; the host it names may ask to be forgotten
    basket.order_id, basket.total_minor = order_id, total_minor
    basket.sold_at = basket.touched_at = clock.now()
    db.session.flush()


def _ordering(
    actor: Actor,
    basket: TillBasket,
    place: Place,
    wanted: Priced,
    paid_with: PaidWith,
    request: Mapping[str, Any],
    order_token: str | None = None,
) -> dict[str, Any]:
    """What `orders.place` is told of a basket."""
    now = clock.now()
    return {
        "actor": actor,
        "token": order_token or orders.new_token(),
        "form_key": basket.key,
        "pieces": wanted.pieces(),
        "totals": wanted.totals,
        "tax_bps": wanted.taxes.bps,
        "contact": orders.Contact(
            email=basket.email,
            name=basket.customer,
            phone="",
            street="",
            postcode="",
            city="",
            province="",
            country=place.country,
            language=basket.language,
        ),
        "delivery": Delivery.PICKUP,
        "account_id": basket.account_id,
        "visit_id": basket.visit,
        "checkout_began_at": now,
        "expires_at": now + OPEN_FOR,
        "request": request,
        "vouchers": wanted.quoted.given,
        "till_place_id": basket.place_id,
        "paid_with": paid_with,
        "credit_code": basket.credit_code,
    }


def _stripe_request(wanted: Priced, basket: TillBasket, order_token: str, expires_at: Any) -> dict[str, Any]:
    """Everything Stripe is to be asked, as it is stored; the lines add up to the total."""
    lines = []
    for line, off in zip(wanted.lines, wanted.off, strict=True):
        details = piece_details(line)
        if off:
            details = ". ".join(part for part in (details, _("Reduced at the till")) if part)
        lines += [
            {"name": line.name, "description": details, "unit_minor": unit, "quantity": many}
            for unit, many in units_of(line.gross_minor - off, line.quantity)
        ]
    address = f"{settings.current().base_url}/orders/{order_token}"
    return {
        "amount_minor": wanted.totals.total_minor,
        "currency": wanted.totals.currency,
        "lines": lines,
        "email": basket.email or None,
        "success_url": f"{settings.current().base_url}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": address,
        "expires_at": expires_at.isoformat(),
        "locale": basket.language,
    }
