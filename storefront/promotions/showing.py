"""Vouchers as pages show them: words and plain values for templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, session
from flask_babel import gettext as _
from flask_babel import ngettext

from foundation import clock, settings
from foundation.accounts.guards import current_account
from foundation.money import Money
from foundation.payments.limits import least_charge
from foundation.web.formats import money, percent
from foundation.web.visits import visit_id
from storefront.cart.policy import Discount
from storefront.cart.queries import Cart, CartLine
from storefront.collections.queries import belonging
from storefront.promotions.covering import lines_of
from storefront.promotions.errors import SENTENCES
from storefront.promotions.models import Voucher
from storefront.promotions.policy import NOTHING, Held, Kind, Quote, Terms, Way, Why, best_quote
from storefront.promotions.queries import counting

# Kept in the signed session so that ordering without a voucher asks nobody for one. It is put right whenever
# this browser looks at its bag or its checkout, and nobody pays for what they have not looked at.
KEY = "vouchers"
_HERE = "bag_vouchers"
_IN_COLLECTIONS = "pieces_in_collections"


@dataclass(frozen=True, slots=True)
class Row:
    """A voucher beside a bag: what it takes off, or why it does not."""

    voucher_id: int
    code: str
    gives: str
    minor: Money | None
    waits: str
    label: str
    typed: bool
    name: str


def vouchers_here(*, if_any: bool = False) -> list[Terms]:
    """The vouchers beside this browser's bag and what is offered to everybody, read once a request; `if_any`
    trusts what it saw last."""
    if if_any and not session.get(KEY):
        return []
    if _HERE not in g:
        account = current_account()
        found = counting(visit_id(), account.id if account else None)
        setattr(g, _HERE, found)
        if bool(found) != bool(session.get(KEY)):
            session[KEY] = bool(found)
    found = getattr(g, _HERE)
    return list(found)


def forget_here() -> None:
    """Vouchers changed in this request: read them again, and look for them next time."""
    g.pop(_HERE, None)
    session[KEY] = True


def quote_of(
    vouchers: Sequence[Terms],
    lines: Sequence[CartLine],
    *,
    now: datetime | None = None,
    delivery_minor: int | None = None,
    ordered_before: bool = False,
) -> Quote:
    """What vouchers take off the lines of a bag that can be bought."""
    if not vouchers:
        return NOTHING
    return best_quote(
        vouchers,
        lines_of(vouchers, lines, _belonging),
        now=now or clock.now(),
        delivery_minor=delivery_minor,
        ordered_before=ordered_before,
        least_minor=least_charge(settings.current().currency),
    )


def _belonging(collections: frozenset[int], products: frozenset[int]) -> set[tuple[int, int]]:
    """Asked once a request: what a page says and what an order is placed on are the same."""
    known: dict[object, set[tuple[int, int]]] = g.setdefault(_IN_COLLECTIONS, {})
    key = (collections, products)
    if key not in known:
        known[key] = belonging(collections, products)
    return known[key]


def discounts_of(quoted: Quote, lines: Sequence[CartLine]) -> list[Discount]:
    """A quote by voucher and line, as the bag adds it up."""
    return [
        Discount(
            label_of(one.terms),
            sum(one.lines),
            {line.line_id: off for line, off in zip(lines, one.lines, strict=True) if off},
        )
        for one in quoted.given
    ]


def in_bag(cart: Cart) -> list[Discount]:
    """What fills `cart.discounts`."""
    return discounts_of(quote_of(vouchers_here(), cart.buyable), cart.buyable)


def rows_of(quoted: Quote, currency: str) -> list[Row]:
    """The vouchers beside a bag, those that count first."""
    counting = [
        Row(
            one.terms.voucher_id,
            one.terms.code,
            gives_of(one.terms, currency),
            Money(one.minor, currency) if one.minor else None,
            "",
            label_of(one.terms),
            one.terms.way == Way.TYPED,
            name_of(one.terms),
        )
        for one in quoted.given
    ]
    waiting = [
        Row(
            one.terms.voucher_id,
            one.terms.code,
            gives_of(one.terms, currency),
            None,
            waits_for(one, currency),
            label_of(one.terms),
            one.terms.way == Way.TYPED,
            name_of(one.terms),
        )
        for one in quoted.held
    ]
    return counting + waiting


def waits_for(held: Held, currency: str) -> str:
    """Why a voucher takes nothing off, in words."""
    if held.why == Why.MINIMUM:
        return _(
            "%(code)s counts from %(minimum)s on: %(missing)s more.",
            code=held.terms.code,
            minimum=money(Money(held.terms.minimum_minor, currency)),
            missing=money(Money(held.missing_minor, currency)),
        )
    return str(SENTENCES[held.why]) % {"code": held.terms.code}


def label_of(terms: Terms) -> str:
    """How its line under the sum is called."""
    if terms.way == Way.OWN:
        return _("Your store credit")
    if terms.way == Way.OFFERED:
        return _("Offer %(code)s", code=terms.code)
    return _("Voucher %(code)s", code=terms.code)


def name_of(terms: Terms) -> str:
    """What it is called beside the bag: the code, but own credit has none that anybody types."""
    return _("Your store credit") if terms.way == Way.OWN else terms.code


def gives_of(terms: Terms | Voucher, currency: str) -> str:
    """What a voucher gives, in a few words."""
    if terms.way == Way.OWN:
        return _("pays for what is in the bag, by itself")
    if terms.kind == Kind.PERCENT:
        return _("%(percent)s off", percent=percent(terms.percent_bps))
    if terms.kind == Kind.AMOUNT:
        return _("%(amount)s off", amount=money(Money(terms.amount_minor, currency)))
    if terms.kind == Kind.DELIVERY:
        return _("Free delivery")
    whole = ngettext("Buy %(buy)s, get one more", "Buy %(buy)s, get %(num)s more", terms.get, buy=terms.buy)
    if terms.percent_bps == 10_000:
        return whole
    return _("%(offer)s, %(percent)s off", offer=whole, percent=percent(terms.percent_bps))


def beside_bag(cart: Cart, wrong: str | None = None, typed: str | None = None) -> dict[str, Any]:
    """The values of the voucher field under the sum of the bag."""
    quoted = quote_of(vouchers_here(), cart.buyable)
    return {"rows": rows_of(quoted, settings.current().currency), "wrong": wrong, "typed": typed or ""}
