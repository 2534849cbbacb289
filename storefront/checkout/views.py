from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from foundation import clock, payments, settings
from foundation.accounts.guards import current_account, current_person, public
from foundation.accounts.models import Account
from foundation.db import in_steps, unit_of_work
from foundation.i18n import reader_language
from foundation.web.fields import REFUSED
from foundation.web.visits import begin_visit, visit_id
from storefront.cart.counter import remember
from storefront.cart.policy import holder_of
from storefront.cart.queries import Cart, bag_count, cart_of
from storefront.cart.showing import rows_of
from storefront.checkout import steps
from storefront.checkout.errors import AlreadyPaid, BagChanged, MovedOn
from storefront.checkout.forms import CheckoutForm
from storefront.checkout.pricing import as_seen, priced, refuse_what_was_not_seen, stripe_request
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, OrderStatus
from storefront.orders.queries import order_by_form_key, order_by_session
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.showing import rows_of as vouchers_rows
from storefront.promotions.showing import vouchers_here
from storefront.promotions.views import LONGEST, put_beside, take_away, tell
from storefront.stock.errors import SoldOut

bp = Blueprint("checkout", __name__, url_prefix="/checkout")

# Stripe wants at least thirty minutes; one more for the way there.
OPEN_FOR = timedelta(minutes=31)
# A checkout opened longer ago than this is a new one: what happened in between counts again.
BEGAN_GOOD_FOR = timedelta(hours=1)
BEGAN = "checkout_began"
SMALLEST_MINOR = 50
CHANGED, STALE = 409, 400


@bp.get("")
@public
def show() -> str:
    """The form, filled in with what an account knows."""
    cart = _bag()
    _begun()
    if "back" in request.args:
        flash(_("You came back from the payment page. Nothing was charged, and your bag is as you left it."))
    return _page(_fresh_form(cart), cart)


@bp.post("")
@public
@in_steps
def pay() -> Response | tuple[str, int]:
    """Order, then go to the payment page. Whatever goes wrong is said here, and the bag is kept."""
    form = CheckoutForm()
    if request.form.get("voucher", "").strip() or "drop_voucher" in request.form:
        return _with_vouchers(form)
    if not form.validate():
        return _page(form, _bag()), REFUSED
    return _open_page(form)


@bp.errorhandler(CSRFError)
def stale(error: CSRFError) -> tuple[str, int]:
    """The form was open for too long, or the session it belonged to is gone: nothing was ordered or charged.

    What was typed is kept. The bag belongs to the session, so with the session it may be gone as well.
    """
    cart = _bag()
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
    return _again(CheckoutForm(), cart, sentence), STALE


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
    if order.status in (OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.NEEDS_REVIEW):
        session.pop(BEGAN, None)
        remember(bag_count(visit_id(), _account_id()))
        return redirect(url_for("orders.show", token=order.token), code=303)
    if order.captured_minor:
        return redirect(url_for("orders.show", token=order.token), code=303)
    if order.status == OrderStatus.AWAITING_PAYMENT:
        return render_template("storefront/checkout/waiting.html", order=order)
    return render_template("storefront/checkout/not_paid.html", order=order)


def _open_page(form: CheckoutForm) -> Response | tuple[str, int]:
    """Place and go; each way it can fail leads back to the form with what was typed."""
    account, visit = current_account(), begin_visit()
    account_id = account.id if account else None
    whose = holder_of(visit, account_id)
    form_key = hashlib.sha256("\n".join([*form.content(), whose]).encode()).hexdigest()
    token, actor, language = orders.new_token(), current_person(), reader_language()
    expires_at, delivery = clock.now() + OPEN_FOR, Delivery(form.delivery.data)

    def place() -> orders.Placed | None:
        cart, vouchers = cart_of(visit, account_id), vouchers_here(if_any=True)
        wanted = priced(cart, delivery, vouchers, email=form.email.data, account_id=account_id)
        refuse_what_was_not_seen(wanted, vouchers, form.seen.data)
        if wanted.totals.total_minor < SMALLEST_MINOR:
            raise payments.AmountTooSmall()
        return orders.place(
            actor=actor,
            token=token,
            form_key=form_key,
            pieces=wanted.pieces(),
            totals=wanted.totals,
            tax_bps=settings.current().tax_bps,
            contact=_contact(form, language),
            delivery=delivery,
            account_id=account_id,
            visit_id=visit,
            checkout_began_at=_begun(),
            expires_at=expires_at,
            request=stripe_request(
                wanted, email=form.email.data, token=token, expires_at=expires_at, language=language
            ),
            vouchers=wanted.quoted.given,
        )

    try:
        page = steps.begin(form_key=form_key, visit=visit, account_id=account_id, place=place)
    except AlreadyPaid as paid:
        flash(str(paid), "good")
        return redirect(url_for("orders.show", token=paid.token), code=303)
    except SoldOut:
        return _again(
            form,
            _bag(),
            _("Somebody was faster. What is sold out is marked beside your bag; the rest can be ordered."),
        ), CHANGED
    except VoucherRefused as refused:
        return _without_voucher(form, refused), CHANGED
    except BagChanged as changed:
        before = order_by_form_key(form_key)
        if before is not None and before.captured_minor:
            return redirect(url_for("orders.show", token=before.token), code=303)
        return _again(form, _bag(), str(changed)), CHANGED
    except MovedOn as moved:
        return _again(form, _bag(), str(moved)), CHANGED
    except payments.PaymentsProblem as problem:
        return _failed(form, problem), problem.status
    return redirect(page.url, code=303)


def _with_vouchers(form: CheckoutForm) -> tuple[str, int]:
    """A code was typed into the form, or one taken away: the same form again, with what it comes to now."""
    typed = request.form.get("voucher", "").strip()[:LONGEST]
    wrong, status = "", 200
    try:
        with unit_of_work():
            if typed:
                tell(put_beside(typed))
            else:
                take_away(request.form.get("drop_voucher", 0, type=int))
    except VoucherRefused as refused:
        wrong, status = str(refused), REFUSED
    cart = _bag()
    form.token.data, form.seen.data = orders.new_token(), as_seen(cart, vouchers_here())
    return _page(form, cart, wrong=wrong, typed=typed if wrong else ""), status


def _without_voucher(form: CheckoutForm, refused: VoucherRefused) -> str:
    """A voucher ended, or somebody else had its last use: it is taken away, and what was typed is kept."""
    gone = [one for one in vouchers_here() if one.code == refused.voucher]
    with unit_of_work():
        for one in gone:
            take_away(one.voucher_id)
    told = _("The sum is without it now. Nothing was ordered: look it over and press again.")
    return _again(form, _bag(), f"{refused} {told}")


def _contact(form: CheckoutForm, language: str) -> orders.Contact:
    door = form.delivery.data == Delivery.DOOR
    return orders.Contact(
        email=form.email.data.lower(),
        name=f"{form.first.data} {form.last.data}",
        phone=form.phone.data or "",
        street=(form.street.data or "") if door else "",
        postcode=(form.postcode.data or "") if door else "",
        city=(form.city.data or "") if door else "",
        province=(form.province.data or "") if door else "",
        country=form.country.data,
        language=language,
    )


def _again(form: CheckoutForm, cart: Cart, sentence: str) -> str:
    """The same form with a fresh token and the bag as it is now: to be looked at, and pressed again."""
    form.token.data, form.seen.data = orders.new_token(), as_seen(cart, vouchers_here())
    return _page(form, cart, sentence=sentence)


def _failed(form: CheckoutForm, problem: payments.PaymentsProblem) -> str:
    """Stripe did not answer or refused: said in words, with the bag and all that was typed kept."""
    cart = _bag()
    form.token.data, form.seen.data = orders.new_token(), as_seen(cart, vouchers_here())
    return _page(form, cart, failed=str(problem))


def _fresh_form(cart: Cart) -> CheckoutForm:
    account = current_account()
    first, _space, last = (account.name if account else "").partition(" ")
    return CheckoutForm(
        formdata=None,
        data={
            "token": orders.new_token(),
            "seen": as_seen(cart, vouchers_here()),
            "email": account.email if account else "",
            "first": first,
            "last": last,
            "delivery": str(Delivery.DOOR),
            "country": settings.current().country,
        },
    )


def _page(form: CheckoutForm, cart: Cart, **more: Any) -> str:
    remember(cart.count)
    account, vouchers = current_account(), vouchers_here()
    email, account_id = (account.email, account.id) if account else ("", None)
    door, pickup = (
        priced(cart, way, vouchers, email=email, account_id=account_id)
        for way in (Delivery.DOOR, Delivery.PICKUP)
    )
    wanted = pickup if form.delivery.data == Delivery.PICKUP else door
    labels = {line.origin_name for line in cart.buyable}
    return render_template(
        "storefront/checkout/checkout.html",
        form=form,
        cart=cart,
        rows=rows_of(cart.buyable, cart, wanted.off_by_line()),
        left_out=rows_of(cart.short, cart),
        heading_label=next(iter(labels)) if len(labels) == 1 and None not in labels else _("Your bag"),
        door=door.totals,
        totals=wanted.totals,
        vouchers=vouchers_rows(wanted.quoted, cart.currency),
        tax_bps=settings.current().tax_bps,
        **more,
    )


def _begun() -> datetime:
    """When this checkout was first opened: what is clicked after that changes no credit."""
    now = clock.now()
    kept = session.get(BEGAN)
    try:
        began = datetime.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        began = None
    if began is None or not timedelta() <= now - began <= BEGAN_GOOD_FOR:
        began = now
        session[BEGAN] = now.isoformat()
    return began


def _bag() -> Cart:
    return cart_of(visit_id(), _account_id(), currency=settings.current().currency)


def _account_id() -> int | None:
    account: Account | None = current_account()
    return account.id if account else None
