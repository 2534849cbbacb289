"""A basket as it would be sold: its pieces, what staff and a voucher take off, and the sum."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from foundation import clock, settings
from foundation.money import Money
from foundation.payments.limits import least_charge
from storefront.delivery.errors import NoTaxKnown
from storefront.delivery.policy import Taxes
from storefront.delivery.queries import terms_for
from storefront.orders.policy import STAFF_ADVICE, Piece, TaxPart, Totals, net_of, tax_parts, totals_of
from storefront.orders.queries import ordered_before
from storefront.places.queries import place_by_id
from storefront.promotions.covering import lines_of
from storefront.promotions.policy import NOTHING, Quote, Terms, quote
from storefront.promotions.queries import terms_by_code
from storefront.till.models import TillBasket
from storefront.till.policy import off_of
from storefront.till.queries import Rung, rung_up

# Of a basket with nothing in it.
NO_TAXES = Taxes({"": 0})


@dataclass(frozen=True)
class Priced:
    """What a basket comes to now. `staff_off` is what staff took off each line, before any voucher."""

    lines: Sequence[Rung]
    staff_off: tuple[int, ...]
    quoted: Quote
    taxes: Taxes
    currency: str

    @cached_property
    def totals(self) -> Totals:
        return totals_of(
            [line.gross_minor for line in self.lines],
            shipping_minor=0,
            tax_bps=self.taxes.bps,
            currency=self.currency,
            off_lines=self.off,
            tax_of_lines=[self.taxes.of(line.category) for line in self.lines],
        )

    @cached_property
    def off(self) -> tuple[int, ...]:
        """All that is taken off each line."""
        vouchers = self.quoted.of_lines or (0,) * len(self.lines)
        return tuple(staff + voucher for staff, voucher in zip(self.staff_off, vouchers, strict=True))

    @property
    def free(self) -> bool:
        """Whether all of it was taken off: there are pieces, and nothing to pay for them."""
        return bool(self.lines) and not self.totals.total_minor

    @property
    def pieces_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def short(self) -> list[Rung]:
        """Lines that ask for more than hangs in this store."""
        return [line for line in self.lines if line.here < line.quantity or not line.on_sale]

    @property
    def tax_parts(self) -> list[TaxPart]:
        """The tax in it by rate."""
        return tax_parts(
            [
                (bps, piece.paid_minor, net_of(piece.paid_minor, bps, self.currency))
                for piece in self.pieces()
                for bps in (self.taxes.of(piece.category),)
            ]
        )

    @property
    def total(self) -> Money:
        return self.totals.total

    @property
    def seen(self) -> str:
        """What a page shows of it, in one word: nobody takes another sum than they read."""
        parts = [f"{line.variant_id}x{line.quantity}@{line.unit_price_minor}" for line in self.lines]
        return hashlib.sha256(f"{parts}{self.totals.total_minor}".encode()).hexdigest()[:24]

    def pieces(self) -> list[Piece]:
        """The lines as an order writes them down."""
        return [
            Piece(
                product_id=line.product_id,
                variant_id=line.variant_id,
                title=line.title,
                title_it=line.title_it,
                colour=line.colour,
                colour_it=line.colour_it,
                options_label=line.options_label,
                sku=line.sku[:120],
                category=line.category,
                unit_price_minor=line.unit_price_minor,
                quantity=line.quantity,
                origin_kind=STAFF_ADVICE if line.advised else None,
                discount_minor=off,
                tax_bps=self.taxes.of(line.category),
            )
            for line, off in zip(self.lines, self.off, strict=True)
        ]


def priced(basket: TillBasket | None) -> Priced:
    """What lies in a basket, priced now, with the taxes of the country its store stands in."""
    shop = settings.current()
    lines = rung_up(basket.id, basket.place_id) if basket is not None else []
    staff_off = tuple(
        off_of(line.gross_minor, off_bps=line.off_bps, off_minor=line.off_minor) for line in lines
    )
    quoted = NOTHING
    terms = _voucher_of(basket) if basket is not None and lines else None
    if basket is not None and terms is not None:
        quoted = quote(
            [terms],
            lines_of([terms], lines),
            now=clock.now(),
            delivery_minor=0,
            ordered_before=terms.first_order
            and basket.knows_customer
            and ordered_before(basket.email, basket.account_id),
            already_off=staff_off,
            least_minor=least_charge(shop.currency),
        )
    taxes = _taxes_of(basket) if basket is not None and lines else NO_TAXES
    return Priced(lines, staff_off, quoted, taxes, shop.currency)


def _taxes_of(basket: TillBasket) -> Taxes:
    today = clock.now().astimezone(ZoneInfo(settings.current().timezone)).date()
    return taxes_in(place_by_id(basket.place_id).country, today)


def taxes_in(country: str, day: date) -> Taxes:
    """What pieces sold in a store of that country are taxed at on a day.

    Raises `NoTaxKnown` when neither that country nor the shop's own has a rate.
    """
    taxes = terms_for(country, {}, home=settings.current().country, today=day).taxes
    if not taxes.known:
        raise NoTaxKnown()
    return taxes


def _voucher_of(basket: TillBasket) -> Terms | None:
    if basket.voucher_code is None:
        return None
    return terms_by_code(basket.voucher_code, visit=basket.visit, account_id=basket.account_id)
