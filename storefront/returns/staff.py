from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.money import Money
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.formats import money
from storefront.catalog.naming import piece_name
from storefront.orders.errors import MoreThanPaid
from storefront.orders.models import HELD_REFUNDS, Order
from storefront.orders.queries import given_back, order_by_number
from storefront.returns.actions import request_goodwill, request_refund
from storefront.returns.forms import GoodwillForm, RefundForm, chosen_pieces
from storefront.returns.queries import failed_refunds, returnables

bp = Blueprint("returns_staff", __name__, url_prefix="/staff/orders")


@bp.get("/<number>/refund")
@permitted(Permission.ORDERS_REFUND)
def refund(number: str) -> str:
    """Choose what comes back."""
    return _page(order_by_number(number), RefundForm(formdata=None))


@bp.post("/<number>/refund")
@permitted(Permission.ORDERS_REFUND)
def send(number: str) -> Response | tuple[str, int]:
    """Write the refund down; a job sends it. What cannot be is said, with everything that was typed kept."""
    order, form = order_by_number(number), RefundForm()
    chosen, wrong = chosen_pieces(request.form, [line.id for line in order.lines])
    if not form.validate() or wrong:
        return _page(order, form, request.form, wrong=wrong), REFUSED
    try:
        with all_or_nothing():
            made = request_refund(
                actor=current_staff(),
                order_id=order.id,
                chosen=chosen,
                with_delivery=bool(form.delivery.data),
                restock=bool(form.restock.data),
                reason=str(form.reason.data),
                key=_key(order, form, chosen),
            )
    except Problem as problem:
        return _page(order_by_number(number), form, request.form, sentence=str(problem)), problem.status
    flash(_told(order, Money(made.amount_minor, order.currency)), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


def _key(order: Order, form: RefundForm, chosen: Mapping[int, int]) -> str:
    """The name of what this very page asks for. Going back and choosing something else asks for another."""
    typed = [
        str(order.id),
        current_staff().label,
        # As it was sent: a post without one must not be given a fresh one each time.
        request.form.get("form_key", ""),
        str(sorted(chosen.items())),
        str(bool(form.delivery.data)),
        str(bool(form.restock.data)),
        str(form.reason.data),
    ]
    return f"refund:form:{hashlib.sha256(chr(10).join(typed).encode()).hexdigest()}"


@bp.get("/<number>/goodwill")
@permitted(Permission.ORDERS_REFUND)
def goodwill(number: str) -> str:
    """Give a sum back without a piece: for a late parcel, a small flaw, a word that was not kept."""
    return _goodwill_page(order_by_number(number), GoodwillForm(formdata=None))


@bp.post("/<number>/goodwill")
@permitted(Permission.ORDERS_REFUND)
def give(number: str) -> Response | tuple[str, int]:
    """Write the refund down; a job sends it. More than is left is refused, with what was typed kept."""
    order, form = order_by_number(number), GoodwillForm()
    if not form.validate():
        return _goodwill_page(order, form), REFUSED
    off_earnings = bool(form.off_earnings.data)
    typed = [current_staff().label, request.form.get("form_key", ""), str(form.minor), str(form.reason.data)]
    typed.append(str(off_earnings))
    name = hashlib.sha256(chr(10).join([str(order.id), *typed]).encode()).hexdigest()
    try:
        with all_or_nothing():
            made = request_goodwill(
                actor=current_staff(),
                order_id=order.id,
                amount_minor=form.minor,
                reason=str(form.reason.data),
                key=f"refund:goodwill:{name}",
                off_earnings=off_earnings,
            )
    except MoreThanPaid as problem:
        form.amount.errors = (str(problem),)
        return _goodwill_page(order_by_number(number), form), problem.status
    except Problem as problem:
        return _goodwill_page(order_by_number(number), form, sentence=str(problem)), problem.status
    flash(_told(order, Money(made.amount_minor, order.currency)), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


def queue() -> list[Job]:
    """Refunds that did not reach anybody: money we still owe."""
    account = current_account()
    if account is None or Permission.ORDERS_REFUND not in account.permissions:
        return []
    return [
        Job(
            kind=_("Money back"),
            what=_(
                "%(number)s: %(amount)s did not arrive",
                number=order.number,
                amount=money(Money(failed.amount_minor, order.currency)),
            ),
            href=url_for("orders_staff.order", number=order.number),
            since=failed.settled_at or failed.requested_at,
            note=failed.failure or "",
            action=_("Look into it"),
            late=True,
        )
        for failed, order in failed_refunds()
    ]


def _told(order: Order, amount: Money) -> str:
    if not amount:
        return _("It came back. Its money went back before, so nothing is sent.")
    if order.over_the_counter:
        return _(
            "Pay back %(amount)s over the counter, then write its number down below.", amount=money(amount)
        )
    return _(
        "%(amount)s is on its way back. The shopper gets a letter once Stripe has it.", amount=money(amount)
    )


def _page(order: Order, form: RefundForm, typed: Mapping[str, Any] | None = None, **more: Any) -> str:
    # What came by an exchange comes back as a return, which says which of the two it is.
    lines = {line.line_id: line for line in returnables(order.id, HELD_REFUNDS) if not line.of_exchange}
    delivery_left = order.shipping_minor - given_back(order.id, HELD_REFUNDS)[1]
    return render_template(
        "storefront/returns/staff/refund.html",
        order=order,
        form=form,
        rows=[
            {
                "id": line.id,
                "name": piece_name(line),
                "left": lines[line.id].pieces_left,
                "rest": Money(lines[line.id].rest_minor, order.currency),
                "typed": (typed or {}).get(f"line-{line.id}", "0"),
            }
            for line in order.lines
        ],
        delivery_left=Money(delivery_left, order.currency),
        **more,
    )


def _goodwill_page(order: Order, form: GoodwillForm, **more: Any) -> str:
    left = order.captured_minor - given_back(order.id, HELD_REFUNDS)[0]
    return render_template(
        "storefront/returns/staff/goodwill.html",
        order=order,
        form=form,
        left=Money(left, order.currency),
        **more,
    )
