"""A bag as it would be ordered: its pieces, its vouchers, its delivery, and what Stripe is to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from foundation import settings
from storefront.cart.queries import Cart, CartLine
from storefront.catalog.naming import piece_details
from storefront.checkout.errors import BagChanged
from storefront.orders.models import Delivery
from storefront.orders.policy import Piece, Totals, totals_of, units_of
from storefront.orders.queries import ordered_before
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.policy import MAY_COUNT_LATER, Quote, Terms
from storefront.promotions.showing import quote_of

# A payment page shows at most this many lines.
STRIPE_TAKES = 100


@dataclass(frozen=True)
class Priced:
    """What a bag comes to, delivered one way, with the vouchers that count for it then."""

    cart: Cart
    delivery: Delivery
    quoted: Quote

    @cached_property
    def totals(self) -> Totals:
        shop = settings.current()
        return totals_of(
            [line.gross_minor for line in self.cart.buyable],
            shipping_minor=delivery_minor(self.delivery),
            tax_bps=shop.tax_bps,
            currency=self.cart.currency,
            off_lines=self.quoted.of_lines,
            shipping_off_minor=self.quoted.delivery_minor,
        )

    def off(self) -> Sequence[int]:
        """What vouchers take off each line that can be bought."""
        return self.quoted.of_lines or (0,) * len(self.cart.buyable)

    def off_by_line(self) -> dict[int, int]:
        return {line.line_id: off for line, off in zip(self.cart.buyable, self.off(), strict=True) if off}

    def pieces(self) -> list[Piece]:
        """The lines as an order writes them down."""
        return [_piece(line, off) for line, off in zip(self.cart.buyable, self.off(), strict=True)]

    def stripe_lines(self) -> list[dict[str, Any]]:
        """The lines as Stripe shows them. They add up to the total: a line made cheaper by a voucher says
        what each piece costs now, and two prices a cent apart where it cannot be divided evenly."""
        codes = ", ".join(one.terms.code for one in self.quoted.given if sum(one.lines))
        lines = []
        for line, off in zip(self.cart.buyable, self.off(), strict=True):
            details = piece_details(line)
            if off:
                details = ". ".join(
                    part for part in (details, _("With voucher %(code)s", code=codes)) if part
                )
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
            lines.append({"name": _("Delivery"), "description": "", "unit_minor": shipping, "quantity": 1})
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


def priced(
    cart: Cart,
    delivery: Delivery,
    vouchers: Sequence[Terms],
    *,
    email: str = "",
    account_id: int | None = None,
) -> Priced:
    """A bag priced for whoever that is. Asks for earlier orders only where a voucher wants a first one."""
    known = bool(email) or account_id is not None
    before = known and any(one.first_order for one in vouchers) and ordered_before(email.lower(), account_id)
    quoted = quote_of(vouchers, cart.buyable, delivery_minor=delivery_minor(delivery), ordered_before=before)
    return Priced(cart, delivery, quoted)


def as_seen(cart: Cart, vouchers: Sequence[Terms]) -> str:
    """What the form shows of bag and vouchers, whoever reads it and however it is delivered."""
    if not vouchers:
        return cart.digest
    return f"{cart.digest}-{quote_of(vouchers, cart.buyable).goods_minor}"


def refuse_what_was_not_seen(wanted: Priced, vouchers: Sequence[Terms], seen: str | None) -> None:
    """Nobody pays another sum than the form said.

    Raises `VoucherRefused` when a voucher no longer counts for this shopper, `BagChanged` for all else.
    """
    if not wanted.cart.buyable:
        raise BagChanged()
    for held in wanted.quoted.held:
        if held.why not in MAY_COUNT_LATER:
            raise VoucherRefused(held.terms.code, held.why)
    if seen != as_seen(wanted.cart, vouchers):
        raise BagChanged()


def delivery_minor(delivery: Delivery) -> int:
    """What delivery costs without vouchers."""
    return settings.current().shipping_minor if delivery == Delivery.DOOR else 0


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


def _piece(line: CartLine, off_minor: int) -> Piece:
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
    )
