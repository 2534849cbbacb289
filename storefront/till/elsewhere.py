"""A sale that another till of the store took: written down as an order that was paid and handed over then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import text

from foundation import clock, ids, settings
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.db import db, unless_taken
from storefront.delivery.policy import Taxes
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, PaidWith
from storefront.orders.paying import take_elsewhere
from storefront.orders.policy import Piece, totals_of
from storefront.orders.queries import form_keys_taken
from storefront.places.models import Place
from storefront.stock.actions import lock_variants
from storefront.stock.keeping import correct
from storefront.stock.queries import available, levels_at
from storefront.till.errors import ReceiptTaken
from storefront.till.models import BasketStatus, TillBasket
from storefront.till.ports import Occasion
from storefront.till.pricing import taxes_in
from storefront.till.queries import variants_at
from storefront.till.selling import OPEN_FOR

_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtext(:slip))")


@dataclass(frozen=True, slots=True)
class PaidLine:
    """Pieces of a variant, and what was paid for all of them: minor units of the shop, with tax."""

    variant_id: int
    quantity: int
    paid_minor: int

    @property
    def unit_minor(self) -> int:
        """What one cost, rounded up: what does not divide is taken off the line again."""
        return -(-self.paid_minor // self.quantity)


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherSale:
    """What the slip of another till says. `sold_at` in UTC; `account` and `email` where somebody said who
    buys."""

    place: Place
    number: str
    sold_at: datetime
    lines: Sequence[PaidLine]
    account: Account | None = None
    email: str = ""
    language: str
    occasion: Occasion | None = None


def slip_key(place: Place, sold_at: datetime, number: str) -> str:
    """What names a slip: tills count from one again every day or every year. `number`: 30 letters at most."""
    return f"slip:{place.id}:{place.local(sold_at):%Y%m%d}:{number}"


def take_in_sale(*, actor: Actor, sale: OtherSale) -> int | None:
    """Write the sale down; the id of its order, or None when a slip of that store, day and number is.

    The pieces are gone, whatever our count says: where it lacks some it is put right first, with the number
    of the slip as the reason. Raises `NoTaxKnown`, `PlaceClosed` and `ReceiptTaken`.
    """
    taxes = taxes_in(sale.place.country, sale.place.local(sale.sold_at).date())
    pieces = _pieces(sale, taxes)
    wanted, key = orders.wanted_of(pieces), slip_key(sale.place, sale.sold_at, sale.number)
    # Two files may bring the same slip, even with other lines: the second finds the order of the first, and
    # puts no count right for what is sold already.
    db.session.execute(_IN_TURN, {"slip": key})
    if form_keys_taken([key]):
        return None
    lock_variants(wanted)
    _have_them(actor, sale, wanted)
    visit, now = str(ids.unique()), clock.now()
    placed = orders.place(
        actor=actor,
        token=orders.new_token(),
        form_key=key,
        pieces=pieces,
        totals=totals_of(
            [piece.gross_minor for piece in pieces],
            shipping_minor=0,
            tax_bps=taxes.bps,
            currency=settings.current().currency,
            off_lines=[piece.discount_minor for piece in pieces],
            tax_of_lines=[taxes.of(piece.category) for piece in pieces],
        ),
        tax_bps=taxes.bps,
        contact=orders.Contact(
            email=sale.account.email if sale.account else sale.email,
            name=sale.account.name if sale.account else "",
            phone="",
            street="",
            postcode="",
            city="",
            province="",
            country=sale.place.country,
            language=sale.account.language if sale.account else sale.language,
        ),
        delivery=Delivery.PICKUP,
        account_id=sale.account.id if sale.account else None,
        visit_id=visit,
        checkout_began_at=sale.sold_at,
        expires_at=now + OPEN_FOR,
        request={},
        till_place_id=sale.place.id,
        paid_with=PaidWith.ELSEWHERE,
    )
    if placed is None:
        return None
    _slip(actor, sale, visit, placed.order_id, sum(line.paid_minor for line in sale.lines))
    take_elsewhere(actor=actor, order_id=placed.order_id, at=sale.sold_at)
    return placed.order_id


def _have_them(actor: Actor, sale: OtherSale, wanted: Mapping[int, int]) -> None:
    there = available(wanted, place_id=sale.place.id)
    short = {one: number - there.get(one, 0) for one, number in wanted.items() if there.get(one, 0) < number}
    lie = levels_at(sale.place.id, short) if short else {}
    for variant_id, lacking in sorted(short.items()):
        correct(
            actor=actor,
            variant_id=variant_id,
            place_id=sale.place.id,
            counted=lie[variant_id] + lacking,
            reason=sale.number,
        )


def _pieces(sale: OtherSale, taxes: Taxes) -> list[Piece]:
    ours = {
        one.variant_id: one
        for one in variants_at(sale.place.id, [line.variant_id for line in sale.lines], most=len(sale.lines))
    }
    found = []
    for line in sale.lines:
        rung = ours[line.variant_id]
        found.append(
            Piece(
                product_id=rung.product_id,
                variant_id=rung.variant_id,
                title=rung.title,
                title_it=rung.title_it,
                colour=rung.colour,
                colour_it=rung.colour_it,
                options_label=rung.options_label,
                sku=rung.sku[:120],
                category=rung.category,
                unit_price_minor=line.unit_minor,
                quantity=line.quantity,
                discount_minor=line.unit_minor * line.quantity - line.paid_minor,
                tax_bps=taxes.of(rung.category),
            )
        )
    return found


def _slip(actor: Actor, sale: OtherSale, visit: str, order_id: int, total_minor: int) -> None:
    """The basket it would have been at our till: by it the sale is found under the number of its slip, and
    known as one of an event."""
    if actor.account_id is None:
        raise ValueError("A slip is taken in by somebody.")
    now = clock.now()
    basket = TillBasket(
        token=ids.token(),
        visit=visit,
        place_id=sale.place.id,
        staff_id=actor.account_id,
        staff_label=actor.label,
        status=BasketStatus.SOLD,
        account_id=sale.account.id if sale.account else None,
        customer=sale.account.name if sale.account else "",
        email=sale.account.email if sale.account else sale.email,
        language=sale.language,
        occasion_ref=sale.occasion.ref if sale.occasion else None,
        order_id=order_id,
        total_minor=total_minor,
        receipt_number=sale.number,
        receipt_day=sale.place.local(sale.sold_at).date(),
        terminal=_("Another till"),  # one of ours that has no name counts from one, too
        began_at=sale.sold_at,
        touched_at=now,
        sold_at=sale.sold_at,
    )
    with unless_taken(ReceiptTaken, "uq_till_baskets_receipt"):
        db.session.add(basket)
        db.session.flush()
