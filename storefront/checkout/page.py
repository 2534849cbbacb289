"""The one page of the checkout: what was typed, what can be chosen, and what it comes to."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from foundation import settings
from foundation.accounts.guards import current_account
from foundation.accounts.models import Account
from foundation.i18n import reader_language
from foundation.money import Money
from foundation.web.formats import money
from foundation.web.visits import visit_id
from storefront.addresses.forms import offer_countries
from storefront.addresses.models import Address
from storefront.addresses.queries import addresses_of
from storefront.cart.counter import remember
from storefront.cart.policy import holder_of
from storefront.cart.queries import Cart, cart_of
from storefront.cart.showing import rows_of
from storefront.checkout import ways
from storefront.checkout.forms import ANOTHER, CheckoutForm
from storefront.checkout.pricing import Buyer, Priced, in_store, terms_of
from storefront.delivery.queries import countries_delivered_to
from storefront.delivery.showing import brought_on, ready_words
from storefront.orders.actions import new_token
from storefront.orders.queries import last_unpaid
from storefront.orders.taxes import tax_rows
from storefront.promotions.showing import rows_of as vouchers_rows
from storefront.promotions.showing import vouchers_here


def bag() -> Cart:
    """The bag of whoever asks."""
    return cart_of(visit_id(), account_id())


def account_id() -> int | None:
    account: Account | None = current_account()
    return account.id if account else None


def fresh_form() -> CheckoutForm:
    """The form with what an account knows, or with all that was chosen for an order that was not paid."""
    account, shop = current_account(), settings.current()
    first, _space, last = (account.name if account else "").partition(" ")
    known = {
        "email": account.email if account else "",
        "first": first,
        "last": last,
        "country": shop.country,
    }
    before = last_unpaid(visit=visit_id(), account_id=account_id())
    if before is not None:
        first, _space, last = before.name.partition(" ")
        names = (
            "street",
            "postcode",
            "city",
            "province",
            "country",
            "phone",
            "note",
            "gift_message",
            "email",
        )
        known |= {name: getattr(before, name) for name in names} | {"first": first, "last": last}
        if before.delivery == "pickup":
            known["delivery"] = f"{ways.STORE}{before.place_id}"
        elif before.delivery_method_id is not None:
            known["delivery"] = str(before.delivery_method_id)
    if account is not None:
        kept = addresses_of(account.id)
        fits = [one for one in kept if before is None or not before.street or _same(one, known)]
        known["address"] = str(fits[0].id) if fits else ANOTHER
    known["token"] = new_token()
    return form_of(account, formdata=None, data=known)


def form_of(account: Account | None, **named: Any) -> CheckoutForm:
    """The form of whoever is signed in, or of a guest; as it was sent, unless `named` says otherwise."""
    return CheckoutForm(known_as=account.name if account else "", keeps=account is not None, **named)


def render(form: CheckoutForm, cart: Cart, **more: Any) -> str:
    """The page as the form and the bag are now: what it shows is what `seen` says."""
    remember(cart.count)
    if not cart.lines:
        return render_template("storefront/checkout/empty.html", cart=cart, **more)
    shop, account = settings.current(), current_account()
    kept = addresses_of(account.id) if account else []
    address = next((one for one in kept if one.id == form.address_id), None)
    country = address.country if address else form.country.data or shop.country
    buyer = Buyer(vouchers_here(), account.email if account else "", account_id())
    terms = terms_of(cart, country)
    offered = ways.doors(cart, terms, buyer)
    shops, there = ways.open_stores(cart, holder_of(visit_id(), account_id()))
    chosen = _chosen(form, offered, shops, bool(cart.buyable))
    form.delivery.data = chosen
    store = next((one for one in shops if one.key == chosen), None)
    wanted: Priced | None = next((one.priced for one in offered if one.key == chosen), None)
    if store is not None:
        there_bag = ways.cart_at(cart, there[store.place_id])
        wanted = in_store(there_bag, terms_of(there_bag, store.country), store.arrival, buyer)
    if wanted is not None and not (wanted.cart.buyable and wanted.taxes.known):
        wanted = None
    if wanted is None and not any(one.here for one in shops) and not cart.buyable:
        return render_template("storefront/checkout/empty.html", cart=cart, **more)
    form.seen.data = wanted.seen if wanted else "-"
    offer_countries(form.country, shop.country, countries_delivered_to(), reader_language())
    shown = wanted.cart if wanted else cart
    near = {chosen, *(one.key for one in shops[:1])}
    labels = {line.origin_name for line in shown.buyable}
    return render_template(
        "storefront/checkout/checkout.html",
        form=form,
        kept=kept,
        account=account,
        rows=rows_of(shown.buyable, shown, wanted.off_by_line() if wanted else {}),
        left_out=rows_of(shown.short, shown),
        heading_label=next(iter(labels)) if len(labels) == 1 and None not in labels else _("Your bag"),
        doors=[_door(one, cart.currency) for one in offered],
        near=[_shop(one, cart.currency) for one in shops if one.key in near],
        far=[_shop(one, cart.currency) for one in shops if one.key not in near],
        delivered=bool(offered),
        untaxed=not terms.taxes.known and store is None,
        chosen=chosen,
        store=store,
        way=_way(wanted, store),
        totals=wanted.totals if wanted else None,
        taxes=tax_rows(wanted.tax_parts(), cart.currency) if wanted else [],
        vouchers=vouchers_rows(wanted.quoted, cart.currency) if wanted else [],
        **more,
    )


def _chosen(form: CheckoutForm, offered: list[ways.Door], shops: list[ways.Store], buyable: bool) -> str:
    """What is ticked: what was chosen while it is offered, else what most people choose."""
    can = {one.key for one in offered if one.priced is not None} | {one.key for one in shops if one.here}
    typed = form.delivery.data or ""
    return typed if typed in can else ways.first_of(offered, shops, buyable)


def _door(one: ways.Door, currency: str) -> dict[str, Any]:
    if one.priced is None:
        note = _("Your bag is too heavy for it.")
        return {"key": one.key, "name": one.method.called, "note": note, "price": None}
    price = Money(one.priced.arrival.price_minor - one.priced.quoted.delivery_minor, currency)
    said = [brought_on(one.priced.arrival), one.method.said]
    return {
        "key": one.key,
        "name": one.method.called,
        "note": ". ".join(part for part in said if part),
        "price": money(price) if price else _("Free"),
    }


def _shop(one: ways.Store, currency: str) -> dict[str, Any]:
    price = Money(one.arrival.price_minor, currency)
    if one.has_all:
        told = _("All your pieces hang there.")
    elif one.here:
        told = _(
            "%(here)s of %(wanted)s pieces hang there; the others stay in your bag.",
            here=one.here,
            wanted=one.wanted,
        )
    else:
        told = _("None of your pieces hangs there just now.")
    ready = ready_words(one.arrival.ready_at, one.time_zone) if one.here else ""
    return {
        "key": one.key,
        "name": _("Pick up in %(store)s", store=one.name),
        "note": " ".join(part for part in (ready, told) if part),
        "price": (money(price) if price else _("Free")) if one.here else None,
        "path": f"/stores/{one.slug}",
    }


def _way(wanted: Priced | None, store: ways.Store | None) -> tuple[str, str]:
    """How the row of the sum calls it, and when it arrives."""
    if store is not None:
        words = ready_words(store.arrival.ready_at, store.time_zone)
        return _("Pick up in %(store)s", store=store.city), words
    return (wanted.arrival.called, brought_on(wanted.arrival)) if wanted else (_("Delivery"), "")


def _same(address: Address, known: dict[str, Any]) -> bool:
    return all(getattr(address, name) == known[name] for name in ("street", "postcode", "city", "country"))
