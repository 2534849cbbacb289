"""Taking the money, and the page of a sale."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import payments
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import in_steps, unit_of_work
from foundation.errors import Problem
from foundation.money import Money
from foundation.web.fields import REFUSED
from foundation.web.papers import paper_of
from storefront.checkout.errors import AlreadyPaid
from storefront.orders.models import Order, OrderStatus, PaidWith
from storefront.orders.queries import order_by_number
from storefront.places.queries import place_by_id
from storefront.stock.errors import SoldOut
from storefront.till import selling, steps
from storefront.till.errors import BasketUnknown, NoStoreYet, TooLittleGiven
from storefront.till.forms import BasketForm, CashForm, PayForm, TerminalForm, minor_of
from storefront.till.here import remember_terminal, this_store
from storefront.till.models import BasketStatus, TillBasket
from storefront.till.page import any_discount, till_page
from storefront.till.queries import basket_by_token, basket_of_order, sale_of
from storefront.till.receipt import as_pdf, receipt_of
from storefront.till.selling import Slip
from storefront.till.showing import code_of
from storefront.till.staff import choose_first

bp = Blueprint("till_paying", __name__, url_prefix="/staff/till")
bp.register_error_handler(NoStoreYet, choose_first)


@bp.post("/cash")
@permitted(Permission.TILL_USE)
@in_steps
def cash() -> Response | tuple[str, int]:
    """Cash is in the drawer: sold. A likely amount is one press, any other is typed."""
    form = CashForm()
    quick = minor_of(request.form.get("quick", ""))
    if quick is not None:
        form.given.data = request.form["quick"]
    if not form.validate():
        return _again(form.given.errors[0] if form.given.errors else _("Please try again.")), REFUSED
    return _sell(form, Slip(PaidWith.CASH, given_minor=form.minor))


@bp.post("/terminal")
@permitted(Permission.TILL_USE)
@in_steps
def terminal() -> Response | tuple[str, int]:
    """The terminal has printed its slip: sold, under the number on it."""
    form = TerminalForm()
    if not form.validate():
        errors = (*form.receipt.errors, *form.terminal.errors)
        return _again(errors[0] if errors else _("Please try again.")), REFUSED
    name = str(form.terminal.data or "")
    remember_terminal(name)
    slip = Slip(PaidWith.TERMINAL, terminal=name, receipt_number=str(form.receipt.data))
    return _sell(form, slip)


@bp.post("/nothing")
@permitted(Permission.TILL_USE)
@in_steps
def nothing() -> Response | tuple[str, int]:
    """All of it was taken off: sold without money, with a receipt that says so."""
    form = PayForm()
    if not form.validate():
        return _again(_("Please try again.")), REFUSED
    return _sell(form, None)


@bp.post("/card")
@permitted(Permission.TILL_USE)
@in_steps
def card() -> Response | tuple[str, int]:
    """The customer pays on their own phone: the page that follows shows where."""
    place, form = this_store(), PayForm()
    if not form.validate():
        return _again(_("Please try again.")), REFUSED
    token = str(form.basket.data)
    try:
        steps.open_page(
            actor=current_staff(),
            place=place,
            token=token,
            key=str(form.key.data),
            seen=str(form.seen.data),
            without_limit=any_discount(),
        )
    except (Problem, payments.PaymentsProblem) as problem:
        return _again(_said(problem)), problem.status
    return redirect(url_for("till_paying.paying", token=token), 303)


@bp.get("/paying/<token>")
@permitted(Permission.TILL_USE)
def paying(token: str) -> Response | str:
    """Where the customer pays, and whether they have; it asks again by itself."""
    return _paying_page("storefront/till/paying.html", basket_by_token(token))


@bp.get("/paying/<token>/state")
@permitted(Permission.TILL_USE)
def state(token: str) -> Response | str:
    """Whether it is paid, for the part of the page that asks."""
    return _paying_page("storefront/till/_paying.html", basket_by_token(token))


@bp.post("/paying/<token>/look")
@permitted(Permission.TILL_USE)
@in_steps
def look(token: str) -> Response:
    """Ask Stripe now instead of waiting for its message."""
    try:
        steps.look_again(token)
    except payments.PaymentsProblem as problem:
        flash(str(problem), "bad")
    return redirect(url_for("till_paying.paying", token=token), 303)


@bp.post("/paying/<token>/call-off")
@permitted(Permission.TILL_USE)
@in_steps
def call_off(token: str) -> Response:
    """They pay in another way after all: the page is closed at Stripe first."""
    form = BasketForm()
    key = request.form.get("key", "")[:64]
    try:
        if form.validate():
            steps.call_off(actor=current_staff(), token=token, key=key)
    except AlreadyPaid:
        flash(_("The customer was faster: it is paid already, and nothing was charged twice."), "good")
        return redirect(url_for("till_paying.paying", token=token), 303)
    except payments.PaymentsProblem as problem:
        flash(str(problem), "bad")
        return redirect(url_for("till_paying.paying", token=token), 303)
    flash(_("Nothing was charged. The basket can be paid in another way."), "good")
    return redirect(url_for("till.till"), 303)


@bp.get("/sales/<number>")
@permitted(Permission.TILL_USE)
def sale(number: str) -> str:
    """What was sold: the change to give, the receipt, and the next customer."""
    order, basket = _sale(number)
    return render_template(
        "storefront/till/sale.html",
        order=order,
        basket=basket,
        sale=receipt_of(order, basket),
    )


@bp.get("/sales/<number>/receipt")
@permitted(Permission.TILL_USE)
def receipt(number: str) -> str:
    """The receipt, to be printed."""
    return render_template("storefront/till/receipt.html", sale=receipt_of(*_sale(number)))


@bp.get("/sales/<number>/receipt.pdf")
@permitted(Permission.TILL_USE)
def paper(number: str) -> Response:
    """The receipt as a file, as wide as the roll of a receipt printer."""
    sale = receipt_of(*_sale(number))
    return paper_of(as_pdf(sale), sale.order.number)


def _sell(form: PayForm, slip: Slip | None) -> Response | tuple[str, int]:
    place = this_store()
    try:
        with unit_of_work():
            order_id = selling.sell(
                actor=current_staff(),
                place=place,
                token=str(form.basket.data),
                key=str(form.key.data),
                seen=str(form.seen.data),
                slip=slip,
                without_limit=any_discount(),
            )
            number = sale_of(order_id).number
    except TooLittleGiven as problem:
        return _again(str(problem)), REFUSED
    except Problem as problem:
        return _again(_said(problem)), problem.status
    return redirect(url_for("till_paying.sale", number=number), 303)


def _again(sentence: object) -> str:
    """The till as it is now, with what went wrong; nothing was sold and nothing was charged."""
    return till_page(this_store(), sentence=str(sentence))


def _said(problem: Problem | payments.PaymentsProblem) -> str:
    if isinstance(problem, SoldOut):
        return _(
            "This store’s stock does not have what is marked below. Nothing was sold. If the piece is in your"
            " hand, have its stock put right first; else take it out."
        )
    return str(problem)


def _paying_page(template: str, basket: TillBasket) -> Response | str:
    order = selling.order_of_key(basket.key)
    if basket.status not in (BasketStatus.PAYING, BasketStatus.SOLD):
        return redirect(url_for("till.till"), 303)
    return render_template(
        template,
        basket=basket,
        place=place_by_id(basket.place_id),
        order=order,
        total=Money(basket.total_minor or 0, order.currency) if order else None,
        code=code_of(basket.pay_url) if basket.pay_url else "",
        paid=order is not None and order.status == OrderStatus.PAID,
        on_its_way=order is not None and order.status == OrderStatus.PROCESSING,
        review=order is not None and order.status == OrderStatus.NEEDS_REVIEW,
        ended=order is not None and selling.ended_unpaid(order),
    )


def _sale(number: str) -> tuple[Order, TillBasket]:
    """A sale over a counter with its basket; raises `BasketUnknown`."""
    order = order_by_number(number)
    basket = basket_of_order(order.id)
    if basket is None or order.paid_at is None:
        raise BasketUnknown()
    return order, basket
