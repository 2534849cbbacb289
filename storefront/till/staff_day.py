"""A day of a store's tills: what was sold and how, what the drawer should hold, and what was counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer

from foundation import clock, settings
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.money import Money
from foundation.spreadsheets import defused
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.formats import money
from storefront.orders.models import Order, PaidWith, RefundStatus
from storefront.orders.queries import order_by_number
from storefront.orders.staff import not_now, order_page
from storefront.places.models import Place
from storefront.till import drawer
from storefront.till.day_queries import (
    Sold,
    day_of,
    paid_back_between,
    paid_back_of,
    sales_between,
    sales_like,
    to_pay_back,
)
from storefront.till.errors import DifferenceUnexplained, NoStoreYet
from storefront.till.forms import CountForm, FloatForm, PaidBackForm
from storefront.till.here import store_here, this_store
from storefront.till.models import TillDay
from storefront.till.queries import basket_of_order
from storefront.till.showing import paid_words
from storefront.till.staff import choose_first

bp = Blueprint("till_day", __name__, url_prefix="/staff/till")
bp.register_error_handler(NoStoreYet, choose_first)


@bp.get("/day")
@permitted(Permission.TILL_USE)
def day() -> str:
    """One day of this store, today when none is said; or the sales that have a number."""
    return _page(this_store())


@bp.get("/day.csv")
@permitted(Permission.TILL_USE)
def sheet() -> Response:
    """The sales and what went back, for a spreadsheet. No cell begins like a formula."""
    place = this_store()
    when = _day(place)
    begins, ends = drawer.hours_of(place, when)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["kind", "order", "at", "paid_with", "amount_minor", "currency", "terminal", "receipt", "by"]
    )
    currency = settings.current().currency
    for one in sales_between(place.id, begins, ends):
        writer.writerow(
            [
                "sold",
                one.number,
                place.local(one.paid_at).isoformat(timespec="seconds"),
                one.paid_with if one.total_minor else "nothing",
                one.total_minor,
                one.currency,
                *map(defused, (one.terminal, one.receipt_number or "", one.staff_label)),
            ]
        )
    for back in paid_back_between(place.id, begins, ends):
        at = place.local(back.at).isoformat(timespec="seconds")
        writer.writerow(
            [
                "paid_back",
                back.number,
                at,
                back.paid_with,
                -back.amount_minor,
                currency,
                "",
                *map(defused, (back.receipt_number, back.by)),
            ]
        )
    answer = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="till-{place.slug}-{when.isoformat()}.csv"'
    return answer


@bp.post("/day/float")
@permitted(Permission.TILL_USE)
def write_float() -> Answer | tuple[str, int]:
    """What lay in the drawer this morning."""
    place, form = this_store(), FloatForm()
    if not form.validate():
        return _page(place, opening=form), REFUSED
    try:
        drawer.write_float(actor=current_staff(), place=place, day=_day(place), minor=form.minor)
    except Problem as problem:
        return _page(place, sentence=str(problem)), problem.status
    return _back(place)


@bp.post("/day/count")
@permitted(Permission.TILL_USE)
def count() -> Answer | tuple[str, int]:
    """What lies in the drawer now: counted once a day."""
    place, form = this_store(), CountForm()
    if not form.validate():
        return _page(place, counting=form), REFUSED
    try:
        counted = drawer.count(
            actor=current_staff(),
            place=place,
            day=_day(place),
            minor=form.minor,
            note=str(form.note.data or ""),
        )
    except DifferenceUnexplained as problem:
        form.note.errors = (str(problem),)
        return _page(place, counting=form), problem.status
    except Problem as problem:
        return _page(place, sentence=str(problem)), problem.status
    right = not counted.difference_minor
    flash(_("Counted, and right to the cent.") if right else _("Counted. The difference is kept with it."))
    return _back(place)


@bp.post("/paid-back/<number>/<int:refund_id>")
@permitted(Permission.TILL_USE)
def paid_back(number: str, refund_id: int) -> Answer | tuple[str, int]:
    """Money of a sale over the counter was given back there."""
    order, form, here = order_by_number(number), PaidBackForm(), store_here()
    if not form.validate() or refund_id not in [refund.id for refund in order.refunds]:
        sent: dict[str, Any] = {f"paid_back_{refund_id}": form}
        return order_page(order, **sent), REFUSED
    try:
        with all_or_nothing():
            drawer.pay_back(
                actor=current_staff(),
                refund_id=refund_id,
                place_id=here.id if here else order.till_place_id or 0,
                receipt_number=str(form.receipt.data),
            )
    except Problem as problem:
        return not_now(problem, order.number)
    flash(_("It is written down, with the day of the till."), "good")
    return redirect(url_for("orders_staff.order", number=order.number), 303)


def on_order(order: Order, forms: Mapping[str, FlaskForm], **_named: Any) -> str:
    """How a sale at a till was paid, and what is still to be paid back over the counter."""
    if order.till_place_id is None:
        return ""
    account = current_account()
    back = paid_back_of(refund.id for refund in order.refunds)
    asked = [refund for refund in order.refunds if refund.status == RefundStatus.REQUESTED]
    waits = [refund for refund in asked if refund.amount_minor]
    return render_template(
        "storefront/till/on_order.html",
        order=order,
        basket=basket_of_order(order.id),
        paid=paid_words(order.paid_with, order.total_minor),
        cash=order.paid_with == PaidWith.CASH,
        owed=[(one, Money(one.amount_minor, order.currency)) for one in waits if order.over_the_counter],
        given=[(one, Money(one.amount_minor, order.currency)) for one in back.values()],
        may=account is not None and Permission.TILL_USE in account.permissions,
        form=PaidBackForm(formdata=None),
        wrongs={one.id: forms[name] for one in waits if (name := f"paid_back_{one.id}") in forms},
    )


def queue() -> list[Job]:
    """Refunds that wait for somebody at a till to pay them back."""
    account = current_account()
    if account is None or Permission.TILL_USE not in account.permissions:
        return []
    return [
        Job(
            kind=_("Money back"),
            what=_(
                "%(number)s: pay back %(amount)s over the counter",
                number=order.number,
                amount=money(Money(refund.amount_minor, order.currency)),
            ),
            href=url_for("orders_staff.order", number=order.number),
            since=refund.requested_at,
            action=_("Pay it back"),
        )
        for refund, order in to_pay_back()
    ]


def _page(
    place: Place,
    *,
    sentence: str = "",
    opening: FloatForm | None = None,
    counting: CountForm | None = None,
) -> str:
    when, today = _day(place), place.local(clock.now()).date()
    words = " ".join(request.args.get("q", "")[:40].split())
    begins, ends = drawer.hours_of(place, when)
    sales = sales_like(place.id, words) if words else sales_between(place.id, begins, ends)
    back = [] if words else paid_back_between(place.id, begins, ends)
    kept, currency = day_of(place.id, when), settings.current().currency
    return render_template(
        "storefront/till/day.html",
        place=place,
        day=when,
        today=today,
        before=when - timedelta(days=1),
        after=when + timedelta(days=1) if when < today else None,
        words=words,
        sales=[
            (one, paid_words(one.paid_with, one.total_minor), Money(one.total_minor, one.currency))
            for one in sales
        ],
        back=[(one, paid_words(one.paid_with), Money(-one.amount_minor, currency)) for one in back],
        figures=_figures(sales, currency),
        kept=kept,
        drawer=_drawer(place, kept, currency),
        sentence=sentence,
        opening=opening or FloatForm(formdata=None),
        counting=counting or CountForm(formdata=None),
    )


def _figures(sales: list[Sold], currency: str) -> list[dict[str, str]]:
    """What was taken in each way, and in all."""
    rows = []
    for kind in (PaidWith.CASH, PaidWith.TERMINAL, PaidWith.CARD, PaidWith.ELSEWHERE):
        of_kind = [one.total_minor for one in sales if one.paid_with == kind and one.total_minor]
        rows.append(_figure(paid_words(kind), of_kind, currency))
    return [*rows, _figure(_("In all"), [one.total_minor for one in sales], currency)]


def _figure(label: str, amounts: list[int], currency: str) -> dict[str, str]:
    return {
        "label": label,
        "value": money(Money(sum(amounts), currency)),
        "note": ngettext("%(num)s sale", "%(num)s sales", len(amounts)),
    }


def _drawer(place: Place, kept: TillDay | None, currency: str) -> dict[str, Any] | None:
    """The drawer of the day: what lay in it, what should, and what was counted."""
    if kept is None:
        return None
    should = kept.expected_minor if kept.expected_minor is not None else drawer.expected(place, kept)
    difference = kept.difference_minor
    return {
        "float": Money(kept.float_minor, currency),
        "expected": Money(should, currency),
        "counted": Money(kept.counted_minor, currency) if kept.counted_minor is not None else None,
        "difference": Money(difference, currency) if difference is not None else None,
    }


def _day(place: Place) -> date:
    """The day that is asked for, never one that has not come; today for anything else."""
    today = place.local(clock.now()).date()
    try:
        asked = date.fromisoformat(request.values.get("date", ""))
    except ValueError:
        return today
    return min(max(asked, date(2000, 1, 1)), today)


def _back(place: Place) -> Answer:
    return redirect(url_for("till_day.day", date=_day(place).isoformat()), 303)
