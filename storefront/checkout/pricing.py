"""A bag as it would be ordered: its pieces, its vouchers, its delivery, and what Stripe is to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from foundation import clock, settings
from foundation.money import Money
from foundation.payments.limits import least_charge
from foundation.web.formats import money
from storefront.cart.queries import Cart, CartLine
from storefront.catalog.naming import piece_details
from storefront.checkout.errors import BagChanged, SumChanged, TooLittleToPay
from storefront.delivery.calendar import works
from storefront.delivery.errors import NoTaxKnown
from storefront.delivery.policy import Arrival, Method, Taxes, Terms
from storefront.delivery.queries import terms_for
from storefront.orders.models import Delivery
from storefront.orders.policy import Piece, TaxPart, Totals, net_of, tax_parts, totals_of, units_of
from storefront.orders.queries import ordered_before
from storefront.places.models import WEB_WAREHOUSE
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.policy import MAY_COUNT_LATER, Quote, is_credit
from storefront.promotions.policy import Terms as VoucherTerms
from storefront.promotions.showing import quote_of

# A payment page shows at most this many lines.
STRIPE_TAKES = 100


@dataclass(frozen=True)
class Buyer:
    """Whose bag it is, as far as prices ask: vouchers beside it, and whether they ordered before."""

    vouchers: Sequence[VoucherTerms] = ()
    email: str = ""
    account_id: int | None = None

    @cached_property
    def ordered_before(self) -> bool:
        """Asks only where a voucher wants a first order, and somebody said who they are."""
        known = bool(self.email) or self.account_id is not None
        wanted = known and any(one.first_order for one in self.vouchers)
        return wanted and ordered_before(self.email.lower(), self.account_id)

    def quote(self, cart: Cart, delivery_minor: int | None = None) -> Quote:
        """What the vouchers take off a bag, and of a delivery that costs so much."""
        if not self.vouchers:
            return quote_of((), cart.buyable)
        return quote_of(
            self.vouchers,
            cart.buyable,
            delivery_minor=delivery_minor,
            ordered_before=self.ordered_before,
        )


@dataclass(frozen=True)
class Priced:
    """What a bag comes to, delivered one way, with the vouchers that count for it then."""

    cart: Cart
    arrival: Arrival
    taxes: Taxes
    quoted: Quote

    @property
    def delivery(self) -> Delivery:
        return Delivery.DOOR if self.arrival.place_id == WEB_WAREHOUSE else Delivery.PICKUP

    @cached_property
    def totals(self) -> Totals:
        """Raises `NoTaxKnown`."""
        if not self.taxes.known:
            raise NoTaxKnown()
        return totals_of(
            [line.gross_minor for line in self.cart.buyable],
            shipping_minor=self.arrival.price_minor,
            tax_bps=self.taxes.bps,
            currency=self.cart.currency,
            off_lines=self.quoted.of_lines,
            shipping_off_minor=self.quoted.delivery_minor,
            tax_of_lines=[self.taxes.of(line.category) for line in self.cart.buyable],
        )

    @property
    def seen(self) -> str:
        """What the form shows: the pieces with their prices, what they come to, and when they arrive.

        The hour in a store moves on by itself and is not in it.
        """
        last = self.arrival.last.isoformat() if self.arrival.last else ""
        return f"{self.cart.digest}/{self.totals.total_minor}/{self.arrival.place_id}/{last}"

    def tax_parts(self) -> list[TaxPart]:
        """The tax of it by rate."""
        parts = [
            (piece.tax_bps or 0, piece.paid_minor, net_of(piece.paid_minor, piece.tax_bps or 0, ""))
            for piece in self.pieces()
        ]
        shipping = self.totals.shipping_minor
        if shipping:
            parts.append((self.taxes.bps, shipping, net_of(shipping, self.taxes.bps, "")))
        return tax_parts(parts)

    def off(self) -> Sequence[int]:
        """What vouchers take off each line that can be bought."""
        return self.quoted.of_lines or (0,) * len(self.cart.buyable)

    def off_by_line(self) -> dict[int, int]:
        return {line.line_id: off for line, off in zip(self.cart.buyable, self.off(), strict=True) if off}

    def pieces(self) -> list[Piece]:
        """The lines as an order writes them down."""
        return [
            _piece(line, off, self.taxes.of(line.category))
            for line, off in zip(self.cart.buyable, self.off(), strict=True)
        ]

    def stripe_lines(self) -> list[dict[str, Any]]:
        """The lines as Stripe shows them. They add up to the total: a line made cheaper by a voucher says
        what each piece costs now, and two prices a cent apart where it cannot be divided evenly."""
        counting = [one.terms.code for one in self.quoted.given if sum(one.lines)]
        codes = ", ".join(code for code in counting if not is_credit(code))
        named = [_("With voucher %(code)s", code=codes)] if codes else []
        if any(is_credit(code) for code in counting):
            named.append(_("Your store credit"))
        lines = []
        for line, off in zip(self.cart.buyable, self.off(), strict=True):
            details = piece_details(line)
            if off:
                details = ". ".join(part for part in (details, *named) if part)
            units = (
                units_of(line.gross_minor - off, line.quantity)
                if off
                else [(line.unit_price_minor, line.quantity)]
            )
            lines += [
                {"name": line.name, "description": details, "unit_minor": unit, "quantity": many}
                for unit, many in units
            ]
        shipping = self.totals.shipping_minor
        lines = _fitting(lines, STRIPE_TAKES - bool(shipping))
        if shipping:
            name = _("Pick up in the store") if self.delivery == Delivery.PICKUP else _("Delivery")
            lines.append(
                {"name": name, "description": self.arrival.called, "unit_minor": shipping, "quantity": 1}
            )
        return lines


def _fitting(lines: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """The lines, or where they are more than there is room for, the first of them and the rest as one sum.
    The order itself names every piece."""
    if len(lines) <= room:
        return lines
    shown, rest = lines[: room - 1], lines[room - 1 :]
    count = sum(line["quantity"] for line in rest)
    total = sum(line["unit_minor"] * line["quantity"] for line in rest)
    name = _("%(count)s more pieces, as named in your order", count=count)
    return [*shown, {"name": name, "description": "", "unit_minor": total, "quantity": 1}]


def terms_of(cart: Cart, country: str) -> Terms:
    """What holds today for what can be bought of a bag, sent to a country."""
    pieces: dict[int, int] = {}
    for line in cart.buyable:
        pieces[line.variant_id] = pieces.get(line.variant_id, 0) + line.quantity
    shop = settings.current()
    today = clock.now().astimezone(ZoneInfo(shop.timezone)).date()
    return terms_for(country, pieces, home=shop.country, today=today)


def to_door(cart: Cart, terms: Terms, method: Method, buyer: Buyer) -> Priced | None:
    """A bag brought by that method; None when it is too heavy for it. Free from a sum after vouchers."""
    goods = sum(line.gross_minor for line in cart.buyable) - buyer.quote(cart).goods_minor
    price = method.price(goods, terms.grams)
    if price is None:
        return None
    shop = settings.current()
    first, last = method.days(
        clock.now().astimezone(ZoneInfo(shop.timezone)),
        partial(works, shop.country),
        partial(works, terms.country),
    )
    arrival = Arrival(
        zone=terms.zone,
        method_id=method.method_id,
        name=method.name,
        name_it=method.name_it,
        price_minor=price,
        back_minor=price if method.standard else min(price, terms.ordinary_minor(goods)),
        first=first,
        last=last,
    )
    return Priced(cart, arrival, terms.taxes, buyer.quote(cart, price))


def in_store(cart: Cart, terms: Terms, arrival: Arrival, buyer: Buyer) -> Priced:
    """A bag picked up in a store; `cart` says what can be had there."""
    return Priced(cart, arrival, terms.taxes, buyer.quote(cart, arrival.price_minor))


def refuse_what_was_not_seen(wanted: Priced, seen: str | None) -> None:
    """Nobody pays another sum than the form said, or waits longer.

    Raises `VoucherRefused` when a voucher no longer counts for this shopper, `BagChanged` when the pieces
    are not those, `SumChanged` for all else, and `TooLittleToPay` for what is seen but cannot be paid.
    """
    if not wanted.cart.buyable:
        raise BagChanged()
    for held in wanted.quoted.held:
        if held.why not in MAY_COUNT_LATER:
            raise VoucherRefused(held.terms.code, held.why)
    if seen != wanted.seen:
        same_bag = (seen or "").partition("/")[0] == wanted.cart.digest
        raise SumChanged() if same_bag else BagChanged()
    least = least_charge(wanted.totals.currency)
    if 0 < wanted.totals.total_minor < least:
        raise TooLittleToPay(money(Money(least, wanted.totals.currency)))


def stripe_request(
    wanted: Priced, *, email: str | None, token: str, expires_at: datetime, language: str
) -> dict[str, Any]:
    """Everything Stripe is to be asked, as it is stored; the order's number joins it in the database."""
    base = settings.current().base_url
    return {
        "amount_minor": wanted.totals.total_minor,
        "currency": wanted.totals.currency,
        "lines": wanted.stripe_lines(),
        "email": email,
        "success_url": f"{base}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{base}/checkout?back={token}",
        "expires_at": expires_at.isoformat(),
        "locale": language,
    }


def _piece(line: CartLine, off_minor: int, tax_bps: int) -> Piece:
    return Piece(
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
        origin_kind=line.origin_kind,
        origin_ref=line.origin_ref,
        origin_label=line.origin_label,
        origin_label_it=line.origin_label_it,
        discount_minor=off_minor,
        tax_bps=tax_bps,
    )
