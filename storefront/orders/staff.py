from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import sentence_of
from foundation.audit.queries import history
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.money import Money
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.catalog.naming import piece_name
from storefront.orders import actions, paying
from storefront.orders.desk import AT_THE_END, next_word, shopper_word, way_word, word_of
from storefront.orders.errors import PaymentIsDisputed
from storefront.orders.forms import ReasonForm
from storefront.orders.models import (
    DISPUTED,
    HELD_REFUNDS,
    Delivery,
    Dispute,
    Handover,
    Order,
    OrderStatus,
    ReviewReason,
)
from storefront.orders.ports import Step, beside, way
from storefront.orders.queries import order_by_number
from storefront.orders.shelves import STAFF_PAGE, Shelf, staff_orders, waiting_for_staff
from storefront.orders.showing import (
    country_of,
    given_back,
    lines_of,
    paid_words,
    refunds_of,
    store_of,
    sums_of,
    way_of,
)
from storefront.orders.taxes import parts_of, tax_rows

bp = Blueprint("orders_staff", __name__, url_prefix="/staff/orders")

# Whose acts stand in the history of an order: others tell of theirs in panels of their own.
TOLD = ("orders.", "returns.", "fulfilment.", "sendbacks.")
# A paid order that still lies here after two days is late.
LATE_AFTER = timedelta(days=2)


@bp.get("")
@permitted(Permission.ORDERS_VIEW)
def orders() -> str:
    """Orders by what has to be done, those that wait longest first."""
    wanted = request.args.get("state", "")
    words = " ".join(request.args.get("q", "")[:80].split())
    shelf = Shelf(wanted) if wanted in list(Shelf) else Shelf.ALL if words else Shelf.TO_HAND_OVER
    page = page_number()
    found = staff_orders(shelf, words, page)
    not_beyond(page, found.rows)
    off = way().off_among(order.id for order in found.rows)
    steps = way().steps_of(order.id for order in found.rows)
    asked = beside().disputed_among(order.id for order in found.rows)
    return render_template(
        "storefront/orders/staff/orders.html",
        found=found,
        rows=[
            (
                order,
                word_of(order, order.id in off, steps.get(order.id), beside=order.id in asked),
                order.name or order.email or shopper_word(order),
                way_word(order),
                _pieces(order),
            )
            for order in found.rows
        ],
        shelf=shelf,
        tabs=tabs(
            _shelf_names(),
            shelf,
            lambda key: url_for("orders_staff.orders", state=str(key), q=words or None),
            found.counts,
        ),
        words=words,
        page=page,
        pages=pages_of(found.total, STAFF_PAGE),
    )


@bp.get("/<number>")
@permitted(Permission.ORDERS_VIEW)
def order(number: str) -> str:
    """One order: what it holds, what became of it, and the acts it allows."""
    return order_page(order_by_number(number))


@bp.post("/<number>/hand-over")
@permitted(Permission.ORDERS_HAND_OVER)
def hand_over(number: str) -> Response | tuple[str, int]:
    """The pieces reached the shopper: at the door, or over the counter."""
    found, form = order_by_number(number), ReasonForm()
    if not form.validate():
        return order_page(found, form), REFUSED
    how = Handover.HANDED_OVER if found.delivery == Delivery.PICKUP else Handover.DELIVERED
    try:
        with all_or_nothing():
            actions.hand_over(actor=current_staff(), order_id=found.id, how=how, reason=str(form.reason.data))
    except Problem as problem:
        return not_now(problem, number, form)
    flash(
        _(
            "%(number)s is with its shopper. The %(days)s days for returns begin today.",
            number=number,
            days=current().return_days,
        ),
        "good",
    )
    return redirect(url_for("orders_staff.order", number=number), code=303)


@bp.post("/<number>/accept")
@permitted(Permission.ORDERS_REFUND)
def accept(number: str) -> Response | tuple[str, int]:
    """A paid order that needed a look is a sale after all."""
    found, form = order_by_number(number), ReasonForm()
    if not form.validate():
        return order_page(found, form), REFUSED
    try:
        with all_or_nothing():
            paying.accept(actor=current_staff(), order_id=found.id, reason=str(form.reason.data))
    except Problem as problem:
        return not_now(problem, number, form)
    flash(_("%(number)s counts as paid now.", number=number), "good")
    return redirect(url_for("orders_staff.order", number=number), code=303)


def queue() -> list[Job]:
    """What of the orders waits for whoever looks at the desk."""
    account = current_account()
    if account is None or Permission.ORDERS_VIEW not in account.permissions:
        return []
    orders = waiting_for_staff()
    off = way().off_among(order.id for order in orders)
    steps = way().steps_of(order.id for order in orders)
    asked = beside().disputed_among(order.id for order in orders)
    return [_job(order, order.id in off, steps.get(order.id), order.id in asked) for order in orders]


def _job(order: Order, off: bool, step: Step | None, asked: bool) -> Job:
    kind, action = _("Order"), next_word(step, order.delivery)
    since = order.paid_at or order.placed_at
    if off or asked or order.status == OrderStatus.NEEDS_REVIEW or order.dispute == Dispute.OPEN:
        kind, action = _("Needs a look"), _("Look into it")
    elif order.delivery == Delivery.PICKUP:
        kind = _("Pick-up")
    return Job(
        kind=kind,
        what=_("%(number)s for %(name)s", number=order.number, name=shopper_word(order)),
        href=url_for("orders_staff.order", number=order.number),
        since=since,
        note=_pieces(order),
        action=action,
        late=clock.now() - since > LATE_AFTER,
    )


def _pieces(order: Order) -> str:
    """What lies in it, in a few words."""
    first = order.lines[0]
    rest = sum(line.quantity for line in order.lines) - 1
    name = piece_name(first)
    return _("%(piece)s and %(count)s more", piece=name, count=rest) if rest else name


def order_page(order: Order, form: ReasonForm | None = None, **forms: FlaskForm) -> str:
    """The page of an order. `forms` are those of its panels that were filled in wrong, by the names the
    panels know them by: they are shown again as they were sent.
    """
    off, store = bool(way().off_among([order.id])), store_of(order)
    step = way().steps_of([order.id]).get(order.id)
    asked = bool(beside().disputed_among([order.id]))
    return render_template(
        "storefront/orders/staff/order.html",
        order=order,
        status=word_of(order, off, step, beside=asked),
        asked_beside=asked,
        shopper=shopper_word(order),
        at_the_end=step is None or step in AT_THE_END,
        forms=forms,
        lines=lines_of(order),
        refunds=refunds_of(order),
        sums=sums_of(order),
        paid_words=paid_words(order),
        captured=Money(order.captured_minor, order.currency),
        back=Money(given_back(order), order.currency),
        review=_why(order),
        country=country_of(order),
        taxes=tax_rows(parts_of(order, order.lines), order.currency),
        way=way_of(order, store),
        store=store,
        acts=_acts(order, off),
        no_refund=_why_no_refund(order),
        history=[
            (row, word)
            for row in history("order", order.id)
            if (word := _act_word(row.action, order.handover))
        ],
        # A form that was not sent is empty, whatever another one of the page held.
        form=form or ReasonForm(formdata=None),
    )


def not_now(
    problem: Problem, number: str, form: ReasonForm | None = None, **forms: FlaskForm
) -> tuple[str, int]:
    """What cannot be, or no more, is said on the page of the order as it is now, with what was typed."""
    flash(str(problem), "bad")
    return order_page(order_by_number(number), form, **forms), problem.status


def _acts(order: Order, off: bool) -> dict[str, bool]:
    """What this reader may do with the order as it stands."""
    account = current_account()
    may = account.permissions if account else frozenset()
    waits = order.status == OrderStatus.PAID and order.delivered_at is None
    ours = order.dispute not in DISPUTED
    left = order.captured_minor > sum(
        refund.amount_minor for refund in order.refunds if refund.status in HELD_REFUNDS
    )
    return {
        "hand_over": waits
        and not off
        and (left or order.costs_nothing)
        and ours
        and Permission.ORDERS_HAND_OVER in may,
        "accept": order.status == OrderStatus.NEEDS_REVIEW
        and order.review_reason == ReviewReason.STOCK
        and ours
        and not any(refund.status in HELD_REFUNDS for refund in order.refunds)
        and Permission.ORDERS_REFUND in may,
        "refund": left and ours and Permission.ORDERS_REFUND in may,
    }


def _why_no_refund(order: Order) -> str:
    """Why nothing can be given back: none was paid, or the bank disputes it or took it back; else empty."""
    if order.costs_nothing:
        return _("Nothing was paid for it, so there is nothing to give back.")
    if order.dispute == Dispute.OPEN:
        return str(PaymentIsDisputed.sentence)
    if order.dispute == Dispute.LOST:
        return _("The shopper’s bank took this payment back: there is nothing left to give back.")
    return ""


def _why(order: Order) -> str:
    if order.review_reason == ReviewReason.AMOUNT:
        return _("What was paid is not what the order came to. Compare the two before you do anything.")
    if order.review_reason == ReviewReason.STOCK:
        return _("It was paid in time, but the count says that its pieces are gone. Look for them first.")
    return ""


def _shelf_names() -> dict[Shelf, str]:
    return {
        Shelf.TO_HAND_OVER: _("To hand over"),
        Shelf.REVIEW: _("Need a look"),
        Shelf.WAITING: _("Wait for payment"),
        Shelf.DONE: _("Done"),
        Shelf.TOO_LATE: _("Paid too late"),
        Shelf.ENDED: _("Ended unpaid"),
        Shelf.ALL: _("All"),
    }


def _act_word(action: str, handover: str | None) -> str:
    """The acts of an order as people say them; empty for those that other packages note beside it."""
    if action == "orders.hand_over":
        return _("Handed over") if handover == Handover.HANDED_OVER else _("Delivered")
    return sentence_of(action) if action.startswith(TOLD) else ""


def count_words(count: int) -> str:
    return ngettext("%(num)s order", "%(num)s orders", count)
