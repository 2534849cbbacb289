"""Placing an order, and handing it over. What becomes of its payment is in `paying`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from psycopg import Connection
from sqlalchemy import update

from foundation import clock, facts, ids
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, rows
from storefront.cart.policy import holder_of
from storefront.delivery.policy import Arrival
from storefront.orders import letters
from storefront.orders.errors import (
    AlreadyHandedOver,
    CalledOff,
    NothingToHandOver,
    NotPaidYet,
    NowhereToBring,
    PiecesStay,
)
from storefront.orders.facts import OrderDelivered, OrderPlaced
from storefront.orders.locking import locked
from storefront.orders.models import (
    DISPUTED,
    HELD_REFUNDS,
    Delivery,
    Handover,
    Order,
    OrderLine,
    OrderStatus,
    PaidWith,
)
from storefront.orders.placing import INSERT_ORDER, STORE_SESSION
from storefront.orders.policy import Piece, Totals, net_of
from storefront.orders.ports import way
from storefront.orders.queries import given_back
from storefront.promotions.actions import take
from storefront.promotions.policy import Given
from storefront.stock import actions as stock

# Pieces stay promised a little longer than the payment page is open: money may arrive in its last second.
GRACE = timedelta(minutes=10)


class Contact(NamedTuple):
    """Who gets the pieces, and where. Address fields are empty when the pieces are picked up.

    `note` is to the shop, `gift_message` to whoever unpacks; either may be empty.
    """

    email: str
    name: str
    phone: str
    street: str
    postcode: str
    city: str
    province: str
    country: str
    language: str
    note: str = ""
    gift_message: str = ""

    @property
    def has_a_door(self) -> bool:
        """Whether it says to whom and where. Some countries have no postcodes."""
        return all(part.strip() for part in (self.name, self.street, self.city, self.country))


# For whoever promises nothing: from the web warehouse, by nobody in particular.
SOMEHOW = Arrival()


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that stands; `request` is what Stripe is to be asked, under `key`."""

    order_id: int
    number: str
    token: str
    key: str
    request: Mapping[str, Any]


def place(
    *,
    actor: Actor,
    token: str,
    form_key: str,
    pieces: Sequence[Piece],
    totals: Totals,
    tax_bps: int,
    contact: Contact,
    delivery: Delivery,
    account_id: int | None,
    visit_id: str | None,
    checkout_began_at: datetime,
    expires_at: datetime,
    request: Mapping[str, Any],
    vouchers: Sequence[Given] = (),
    till_place_id: int | None = None,
    paid_with: PaidWith = PaidWith.CARD,
    credit_code: str | None = None,
    arrival: Arrival = SOMEHOW,
) -> Placed | None:
    """Write an order with its lines and promise it its pieces until a little after `expires_at`.

    None when an order of the same `form_key` stands already (the button was pressed twice), or when another
    of the same bag waits for its payment (`open_orders` names it: close it first). The pieces come from the
    shelf of `arrival.place_id`, or of the store it was rung up in. Raises `SoldOut` naming what is short
    there, `PlaceClosed`, `VoucherRefused`, or `NowhereToBring` for what goes to a door without saying whose;
    nothing stands. Two statements: the first writes the order,
    its lines and its entry in the audit and locks the variants, the second counts and promises under
    that lock. Each of the `vouchers`, which `pieces` and `totals` know already, is one more, last of all.
    """
    if delivery == Delivery.DOOR and till_place_id is None and not contact.has_a_door:
        raise NowhereToBring()
    now = clock.now()
    key = f"checkout:{token}"
    shelf = till_place_id or arrival.place_id
    found = rows(
        INSERT_ORDER,
        contact._asdict()
        | {
            "token": token,
            "form_key": form_key,
            "delivery": str(delivery),
            "currency": totals.currency,
            "total_minor": totals.total_minor,
            "shipping_minor": totals.shipping_minor,
            "shipping_off_minor": totals.shipping_off_minor,
            "voucher_codes": [one.terms.code for one in vouchers],
            "tax_bps": tax_bps,
            "account_id": account_id,
            "visit_id": visit_id,
            "checkout_began_at": checkout_began_at,
            "placed_at": now,
            "expires_at": expires_at,
            "paid_with": str(paid_with),
            "till_place_id": till_place_id,
            "credit_code": credit_code,
            "checkout_key": key,
            "checkout_request": orjson.dumps(dict(request)).decode(),
            "actor_kind": str(actor.kind),
            "actor_label": actor.label,
            "actor_account_id": actor.account_id,
            "pieces": sum(piece.quantity for piece in pieces),
            "place_id": shelf,
            "delivery_zone": arrival.zone,
            "delivery_method_id": arrival.method_id,
            "delivery_name": arrival.name,
            "delivery_name_it": arrival.name_it,
            "delivery_back_minor": arrival.back_minor,
            "promised_from": arrival.first,
            "promised_to": arrival.last,
            "ready_at": arrival.ready_at,
            "variant_ids": [piece.variant_id for piece in pieces],
            "lines": _lines(pieces, tax_bps, totals.currency),
        },
    )
    if not found:
        return None
    order_id, number, stored = found[0]
    holder = holder_of(visit_id, account_id)
    stock.promise(
        order_id=order_id,
        wanted=wanted_of(pieces),
        until=expires_at + GRACE,
        holder=holder,
        place_id=shelf,
    )
    if vouchers:
        take(
            order_id=order_id,
            number=number,
            given=vouchers,
            holder=holder,
            email=contact.email,
            account_id=account_id,
        )
    facts.record(OrderPlaced(order_id=order_id, placed_at=now))
    return Placed(order_id, number, token, key, stored)


def store_session(*, order_id: int, session_id: str, connection: Connection[Any] | None = None) -> bool:
    """Keep the name Stripe gave the payment page. False when the order ended in the meantime.

    On a `connection` of its own the statement commits by itself; without one it belongs to the session's
    transaction.
    """
    values = {"order_id": order_id, "session_id": session_id}
    if connection is None:
        return db.session.connection().exec_driver_sql(STORE_SESSION, values).one_or_none() is not None
    return connection.execute(STORE_SESSION, values).fetchone() is not None


def hand_over(*, actor: Actor, order_id: int, how: Handover, reason: str) -> None:
    """The pieces reached the shopper: their time to be sent back begins.

    Raises `NotPaidYet`, `AlreadyHandedOver`, `PiecesStay` while the money is disputed or lost, and
    `NothingToHandOver` when all of it went back, and `CalledOff` while the money of what was called off is
    still to go back.
    """
    order = locked(Order.id == order_id)
    if order.status != OrderStatus.PAID:
        raise NotPaidYet()
    if order.delivered_at is not None:
        raise AlreadyHandedOver()
    if order.dispute in DISPUTED:
        raise PiecesStay()
    off = bool(way().off_among([order.id]))
    # Where nothing was paid, nothing can go back: such an order is over once it is called off.
    if given_back(order.id, HELD_REFUNDS)[0] >= order.captured_minor and (off or not order.costs_nothing):
        raise NothingToHandOver()
    if off:
        raise CalledOff()
    order.delivered_at, order.handover = clock.now(), how
    record(
        actor=actor, action="orders.hand_over", subject=("order", order_id), reason=reason, after={"how": how}
    )
    facts.record(OrderDelivered(order_id=order_id, delivered_at=order.delivered_at))
    db.session.flush()
    letters.delivered(order)


def promise(*, order: Order, ready_at: datetime | None) -> None:
    """A locked order is told another moment from which it lies ready, or none any more."""
    order.ready_at = ready_at
    db.session.flush()


def collect_in(*, order: Order, place_id: int, name: str) -> None:
    """A locked order is collected in another store; from when on is not known yet."""
    order.place_id, order.ready_at = place_id, None
    order.delivery_name, order.delivery_name_it = name, None
    db.session.flush()


def write_to_account(*, account_id: int) -> None:
    """Letters about the orders of an account go to the address it has now. Twice is once."""
    account = account_by_id(account_id)
    if account is not None:
        theirs = (Order.account_id == account_id, Order.email.not_in(("", account.email)))
        db.session.execute(update(Order).where(*theirs).values(email=account.email))


def wanted_of(pieces: Sequence[Piece] | Sequence[OrderLine]) -> dict[int, int]:
    """Pieces by variant: the same size twice, from two looks, is one claim on the shelf."""
    wanted: dict[int, int] = {}
    for piece in pieces:
        wanted[piece.variant_id] = wanted.get(piece.variant_id, 0) + piece.quantity
    return wanted


def _lines(pieces: Sequence[Piece], tax_bps: int, currency: str) -> str:
    """The lines as one JSON document: a parameter each column and line costs more than the statement."""
    lines = []
    for place, piece in enumerate(pieces, start=1):
        bps = tax_bps if piece.tax_bps is None else piece.tax_bps
        net = net_of(piece.paid_minor, bps, currency)
        lines.append(piece._asdict() | {"position": place, "net_minor": net, "tax_bps": bps})
    return orjson.dumps(lines).decode()


def new_token() -> str:
    """The secret in the address of an order's page."""
    return ids.token()
