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
from foundation.db import in_steps
from foundation.i18n import reader_language
from foundation.web.visits import begin_visit, visit_id
from storefront.cart.counter import remember
from storefront.cart.policy import holder_of
from storefront.cart.queries import Cart, CartLine, bag_count, cart_of
from storefront.cart.showing import rows_of
from storefront.catalog.naming import piece_details
from storefront.checkout import steps
from storefront.checkout.errors import AlreadyPaid, BagChanged, MovedOn
from storefront.checkout.forms import CheckoutForm
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, OrderStatus
from storefront.orders.policy import Piece, Totals, totals_of
from storefront.orders.queries import order_by_form_key, order_by_session
from storefront.stock.errors import SoldOut

bp = Blueprint("checkout", __name__, url_prefix="/checkout")

# Stripe wants at least thirty minutes; one more for the way there.
OPEN_FOR = timedelta(minutes=31)
# A checkout opened longer ago than this is a new one: what happened in between counts again.
BEGAN_GOOD_FOR = timedelta(hours=1)
BEGAN = "checkout_began"
SMALLEST_MINOR = 50
REFUSED, CHANGED, STALE = 422, 409, 400


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
    expires_at = clock.now() + OPEN_FOR

    def place() -> orders.Placed | None:
        cart = cart_of(visit, account_id)
        if not cart.buyable or form.seen.data != cart.digest:
            raise BagChanged()
        totals = _totals(cart, Delivery(form.delivery.data))
        if totals.total_minor < SMALLEST_MINOR:
            raise payments.AmountTooSmall()
        return orders.place(
            actor=actor,
            token=token,
            form_key=form_key,
            pieces=[_piece(line) for line in cart.buyable],
            totals=totals,
            tax_bps=settings.current().tax_bps,
            contact=_contact(form, language),
            delivery=Delivery(form.delivery.data),
            account_id=account_id,
            visit_id=visit,
            checkout_began_at=_begun(),
            expires_at=expires_at,
            request=_stripe_request(form, cart, totals, token, expires_at, language),
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


def _stripe_request(
    form: CheckoutForm, cart: Cart, totals: Totals, token: str, expires_at: datetime, language: str
) -> dict[str, Any]:
    """Everything Stripe is to be asked, as it is stored; the order's number joins it in the database."""
    base = settings.current().base_url
    lines = [
        {
            "name": line.name,
            "description": piece_details(line),
            "unit_minor": line.unit_price_minor,
            "quantity": line.quantity,
        }
        for line in cart.buyable
    ]
    if totals.shipping_minor:
        lines.append(
            {"name": _("Delivery"), "description": "", "unit_minor": totals.shipping_minor, "quantity": 1}
        )
    return {
        "amount_minor": totals.total_minor,
        "currency": totals.currency,
        "lines": lines,
        "email": form.email.data,
        "success_url": f"{base}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{base}/checkout?back={token}",
        "expires_at": expires_at.isoformat(),
        "locale": language,
    }


def _piece(line: CartLine) -> Piece:
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
    )


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


def _totals(cart: Cart, delivery: Delivery) -> Totals:
    shop = settings.current()
    return totals_of(
        [line.gross_minor for line in cart.buyable],
        shipping_minor=shop.shipping_minor if delivery == Delivery.DOOR else 0,
        tax_bps=shop.tax_bps,
        currency=cart.currency,
    )


def _again(form: CheckoutForm, cart: Cart, sentence: str) -> str:
    """The same form with a fresh token and the bag as it is now: to be looked at, and pressed again."""
    form.token.data, form.seen.data = orders.new_token(), cart.digest
    return _page(form, cart, sentence=sentence)


def _failed(form: CheckoutForm, problem: payments.PaymentsProblem) -> str:
    """Stripe did not answer or refused: said in words, with the bag and all that was typed kept."""
    cart = _bag()
    form.token.data, form.seen.data = orders.new_token(), cart.digest
    return _page(form, cart, failed=str(problem))


def _fresh_form(cart: Cart) -> CheckoutForm:
    account = current_account()
    first, _space, last = (account.name if account else "").partition(" ")
    return CheckoutForm(
        formdata=None,
        data={
            "token": orders.new_token(),
            "seen": cart.digest,
            "email": account.email if account else "",
            "first": first,
            "last": last,
            "delivery": str(Delivery.DOOR),
            "country": settings.current().country,
        },
    )


def _page(form: CheckoutForm, cart: Cart, **more: Any) -> str:
    remember(cart.count)
    door, pickup = _totals(cart, Delivery.DOOR), _totals(cart, Delivery.PICKUP)
    labels = {line.origin_name for line in cart.buyable}
    return render_template(
        "storefront/checkout/checkout.html",
        form=form,
        cart=cart,
        rows=rows_of(cart.buyable, cart),
        left_out=rows_of(cart.short, cart),
        heading_label=next(iter(labels)) if len(labels) == 1 and None not in labels else _("Your bag"),
        door=door,
        pickup=pickup,
        totals=pickup if form.delivery.data == Delivery.PICKUP else door,
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
