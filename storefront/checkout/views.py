from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from foundation import clock, payments
from foundation.accounts.guards import current_account, current_person, public
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.i18n import reader_language
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number
from foundation.web.visits import begin_visit, visit_id
from storefront.addresses.actions import AddressDraft, save_address
from storefront.addresses.errors import AddressNotFound, TooManyAddresses
from storefront.addresses.models import Address
from storefront.addresses.queries import address_of
from storefront.cart.counter import remember
from storefront.cart.policy import holder_of
from storefront.cart.queries import Cart, bag_count, cart_of
from storefront.checkout import began, steps, ways
from storefront.checkout.errors import (
    AlreadyPaid,
    BagChanged,
    LookAgain,
    MovedOn,
    NoPickupThere,
    TooLittleToPay,
)
from storefront.checkout.forms import CheckoutForm
from storefront.checkout.page import account_id, bag, form_of, fresh_form, render
from storefront.checkout.pricing import Buyer, refuse_what_was_not_seen, stripe_request
from storefront.checkout.queries import orders_since
from storefront.delivery.errors import NoTaxKnown
from storefront.orders import actions as orders
from storefront.orders.errors import NowhereToBring
from storefront.orders.models import OrderStatus
from storefront.orders.queries import order_by_form_key, order_by_session
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.showing import vouchers_here
from storefront.promotions.views import LONGEST, put_beside, take_away, tell
from storefront.stock.errors import PlaceClosed, SoldOut

bp = Blueprint("checkout", __name__, url_prefix="/checkout")

# Stripe wants at least thirty minutes; one more for the way there.
OPEN_FOR = timedelta(minutes=31)
CHANGED, STALE = 409, 400
# Money came, or is on its way.
BOUGHT = (OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.NEEDS_REVIEW)


@bp.get("")
@public
@in_steps
def show() -> str | Response:
    """The form, filled in with what an account knows and what was chosen before.

    Whoever comes back from the payment page is told that nothing was charged when that is so, and is led to
    their order when it is paid after all: an earlier try's page lies in the history of the browser, too.
    """
    if token := request.args.get("back", ""):
        tried = orders_since(token, visit=visit_id(), account_id=account_id())
        try:
            tried = [steps.as_it_is(one) for one in tried]
        except payments.PaymentsUnreachable:
            tried = []
        if paid := next((one for one in tried if one.status in BOUGHT), None):
            return redirect(url_for("orders.show", token=paid.token), code=303)
        if tried and not any(one.captured_minor for one in tried):
            flash(
                _("You came back from the payment page. Nothing was charged, and your bag is as you left it.")
            )
    cart = bag()
    began.at()
    return render(fresh_form(), cart)


@bp.post("")
@public
@in_steps
def pay() -> Response | tuple[str, int]:
    """Order, then go to the payment page. Whatever goes wrong is said here, and the bag is kept."""
    form = form_of(current_account())
    if request.form.get("voucher", "").strip() or "drop_voucher" in request.form:
        return _with_vouchers(form)
    if "update" in request.form:
        return _again(form, bag(), ""), 200
    if not form.validate():
        return render(form, bag()), REFUSED
    return _open_page(form)


@bp.errorhandler(CSRFError)
def stale(error: CSRFError) -> tuple[str, int]:
    """The form was open for too long, or the session it belonged to is gone: nothing was ordered or charged.

    What was typed is kept. The bag belongs to the session, so with the session it may be gone as well.
    """
    cart = bag()
    if cart.lines:
        sentence = _("This page was open for a long time. Nothing was ordered: look it over and press again.")
    elif current_account() is not None:
        sentence = _(
            "This page was open for a long time, and your bag is empty by now. Nothing was charged here."
        )
    else:
        sentence = _(
            "This page was open for so long that your bag is no longer known here. "
            "Nothing was ordered or charged. If you have an account, sign in: its bag is kept."
        )
    return _again(form_of(current_account()), cart, sentence), STALE


@bp.get("/return")
@public
@in_steps
def come_back() -> Response | str:
    """Back from the payment page: read it again, never believe the address alone."""
    session_id = request.args.get("session_id", "")
    order = order_by_session(session_id)
    try:
        order = steps.look_again(session_id) or order
    except payments.PaymentsUnreachable:
        return render_template("storefront/checkout/waiting.html", order=order)
    if order.status in BOUGHT:
        _counted_again()
        return redirect(url_for("orders.show", token=order.token), code=303)
    if order.bought:
        return redirect(url_for("orders.show", token=order.token), code=303)
    if order.status == OrderStatus.AWAITING_PAYMENT:
        return render_template("storefront/checkout/waiting.html", order=order)
    return render_template("storefront/checkout/not_paid.html", order=order)


def _open_page(form: CheckoutForm) -> Response | tuple[str, int]:
    """Place and go; each way it can fail leads back to the form with what was typed."""
    account, visit = current_account(), begin_visit()
    owner = account.id if account else None
    whose = holder_of(visit, owner)
    form_key = hashlib.sha256("\n".join([*form.content(), whose]).encode()).hexdigest()
    token, actor, language = orders.new_token(), current_person(), reader_language()
    expires_at = clock.now() + OPEN_FOR
    try:
        store = ways.store_at(form.store_id) if form.store_id else None
        kept = address_of(owner, form.address_id) if owner and form.address_id and not store else None
        contact = _contact(form, kept, picked_up=store is not None, language=language)
    except (NoPickupThere, AddressNotFound) as gone:
        return _again(form, bag(), str(gone)), CHANGED

    def place() -> orders.Placed | None:
        cart, buyer = cart_of(visit, owner), Buyer(vouchers_here(if_any=True), contact.email, owner)
        if not cart.lines:
            raise BagChanged()
        if store is not None:
            wanted = ways.in_store_at(cart, store, buyer, whose)
        else:
            wanted = ways.to_country(cart, contact.country, form.method, buyer)
        refuse_what_was_not_seen(wanted, form.seen.data)
        return orders.place(
            actor=actor,
            token=token,
            form_key=form_key,
            pieces=wanted.pieces(),
            totals=wanted.totals,
            tax_bps=wanted.taxes.bps,
            contact=contact,
            delivery=wanted.delivery,
            account_id=owner,
            visit_id=visit,
            checkout_began_at=began.at(),
            expires_at=expires_at,
            request=stripe_request(
                wanted, email=contact.email, token=token, expires_at=expires_at, language=language
            ),
            vouchers=wanted.quoted.given,
            arrival=wanted.arrival,
        )

    try:
        _keep_address(form, actor, owner)
        page = steps.begin(form_key=form_key, visit=visit, account_id=owner, place=place)
    except AlreadyPaid as paid:
        flash(str(paid), "good")
        return redirect(url_for("orders.show", token=paid.token), code=303)
    except (SoldOut, VoucherRefused, LookAgain) as changed:
        # The first press of this very form may have taken the last piece, the voucher and the bag.
        before = order_by_form_key(form_key)
        if before is not None and before.bought:
            return redirect(url_for("orders.show", token=before.token), code=303)
        return _as_it_is_now(form, changed), CHANGED
    except PlaceClosed:
        return _again(form, bag(), str(NoPickupThere())), CHANGED
    except (MovedOn, NoTaxKnown, NowhereToBring, TooLittleToPay) as refused:
        return _again(form, bag(), str(refused)), refused.status
    except payments.PaymentsProblem as problem:
        return _failed(form, problem), problem.status
    if page.url is None:
        _counted_again()
        return redirect(url_for("orders.show", token=page.token), code=303)
    return redirect(page.url, code=303)


def _as_it_is_now(form: CheckoutForm, changed: Exception) -> str:
    """Something changed since the form was shown: the same form again, and what changed."""
    if isinstance(changed, VoucherRefused):
        return _without_voucher(form, changed)
    if isinstance(changed, SoldOut):
        return _again(
            form,
            bag(),
            _("Somebody was faster. What is sold out is marked beside your bag; the rest can be ordered."),
        )
    return _again(form, bag(), str(changed))


def _with_vouchers(form: CheckoutForm) -> tuple[str, int]:
    """A code was typed into the form, or one taken away: the same form again, with what it comes to now."""
    typed = request.form.get("voucher", "").strip()[:LONGEST]
    wrong, status = "", 200
    try:
        with unit_of_work():
            if typed:
                tell(put_beside(typed))
            else:
                take_away(sent_number("drop_voucher") or 0)
    except VoucherRefused as refused:
        wrong, status = str(refused), REFUSED
    form.token.data = orders.new_token()
    return render(form, bag(), wrong=wrong, typed=typed if wrong else ""), status


def _without_voucher(form: CheckoutForm, refused: VoucherRefused) -> str:
    """A voucher ended, or somebody else had its last use: it is taken away, and what was typed is kept."""
    gone = [one for one in vouchers_here() if one.code == refused.voucher]
    with unit_of_work():
        for one in gone:
            take_away(one.voucher_id)
    told = _("The sum is without it now. Nothing was ordered: look it over and press again.")
    return _again(form, bag(), f"{refused} {told}")


def _contact(form: CheckoutForm, kept: Address | None, *, picked_up: bool, language: str) -> orders.Contact:
    """Who gets it and where: a kept address, what was typed, or nobody's door for what is picked up."""
    first, last = (kept.first, kept.last) if kept else (form.first.data or "", form.last.data or "")
    where = kept or AddressDraft(**_typed(form))
    return orders.Contact(
        email=str(form.email.data).lower(),
        name=f"{first} {last}".strip() or form.known_as,
        phone=form.phone.data or (kept.phone if kept else ""),
        street="" if picked_up else where.street,
        postcode="" if picked_up else where.postcode,
        city="" if picked_up else where.city,
        province="" if picked_up else where.province,
        country=where.country,
        language=language,
        note=form.note.data or "",
        gift_message=form.gift_message.data or "",
    )


def _typed(form: CheckoutForm) -> dict[str, str]:
    names = ("first", "last", "street", "postcode", "city", "province", "country", "phone")
    return {name: form[name].data or "" for name in names}


def _keep_address(form: CheckoutForm, actor: Actor, owner: int | None) -> None:
    """Keep what was typed for the next time, for who is signed in and wished it; more than we keep is not."""
    if owner is None or not form.keep.data or form.store_id or form.address_id:
        return
    try:
        with unit_of_work():
            save_address(actor=actor, account_id=owner, draft=AddressDraft(**_typed(form)))
    except TooManyAddresses as full:
        flash(str(full), "warn")


def _again(form: CheckoutForm, cart: Cart, sentence: str) -> str:
    """The same form with a fresh token and the bag as it is now: to be looked at, and pressed again."""
    form.token.data = orders.new_token()
    return render(form, cart, sentence=sentence)


def _failed(form: CheckoutForm, problem: payments.PaymentsProblem) -> str:
    """Stripe did not answer or refused: said in words, with the bag and all that was typed kept."""
    form.token.data = orders.new_token()
    return render(form, bag(), failed=str(problem))


def _counted_again() -> None:
    """An order stands: the next checkout is a new one, and the bag says what is left in it."""
    began.over()
    remember(bag_count(visit_id(), account_id()))
