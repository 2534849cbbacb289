from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from foundation import settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from foundation.web.numbers import MOST_DIGITS, asked_number, not_beyond, page_number, pages_of
from foundation.web.papers import paper_of
from foundation.web.tabs import tabs
from storefront.catalog.naming import piece_name
from storefront.exchanges.queries import count_to_pack
from storefront.fulfilment import actions
from storefront.fulfilment.errors import NothingToPrint
from storefront.fulfilment.forms import AgainForm, ParcelForm
from storefront.fulfilment.models import FulfilmentStatus
from storefront.fulfilment.panels import tabs_words
from storefront.fulfilment.queries import OPEN, PAGE_SIZE, bench, pieces_to_pack, slips
from storefront.fulfilment.slip import as_pdf
from storefront.fulfilment.words import ACT_WORDS, next_steps
from storefront.orders.models import Delivery, Order
from storefront.orders.queries import order_by_number
from storefront.orders.staff import not_now, order_page
from storefront.places.queries import every_place, place_by_id

bp = Blueprint("packing", __name__, url_prefix="/staff/packing")
MOST = 200


@bp.get("")
@permitted(Permission.ORDERS_VIEW)
def packing() -> str:
    """What has to be picked, packed and sent: by step and by place, many at once."""
    wanted = request.args.get("step", "")
    status = FulfilmentStatus(wanted) if wanted in OPEN else FulfilmentStatus.WAITING
    place, page = asked_number("place"), page_number()
    found = bench(status, place, page)
    not_beyond(page, found.rows)
    places = every_place()
    pieces = pieces_to_pack(parcel.order for parcel in found.rows)
    return render_template(
        "storefront/fulfilment/staff/packing.html",
        rows=[
            {
                "parcel": parcel,
                "order": parcel.order,
                "pieces": [
                    (quantity, piece_name(line), line.sku) for quantity, line in pieces[parcel.order_id]
                ],
                "place": next((one.name for one in places if one.id == parcel.place_id), ""),
            }
            for parcel in found.rows
        ],
        status=status,
        ticked="all" in request.args,
        steps=_bulk(status),
        tabs=tabs(
            tabs_words(),
            status,
            lambda step: url_for("packing.packing", step=str(step), place=place),
            found.counts,
        ),
        places=[("", _("Every place")), *((str(one.id), one.name) for one in places)],
        place=str(place or ""),
        page=page,
        pages=pages_of(found.counts[status], PAGE_SIZE),
        exchanges=count_to_pack(),
    )


@bp.post("")
@permitted(Permission.ORDERS_HAND_OVER)
def advance() -> Response:
    """One step for everything that was ticked; what has moved on meanwhile is left out and said."""
    wanted = request.form.get("to", "")
    chosen = _chosen(request.form)
    back = redirect(_back(), code=303)
    if wanted not in ACT_WORDS or not chosen:
        flash(_("Tick at least one order."), "warn")
        return back
    left_out = actions.advance(actor=current_staff(), order_ids=chosen, to=FulfilmentStatus(wanted))
    done = len(set(chosen)) - len(left_out)
    if done:
        flash(_moved(FulfilmentStatus(wanted), done), "good")
    if left_out:
        flash(
            ngettext(
                "%(num)s order had moved on and was left as it is.",
                "%(num)s orders had moved on and were left as they are.",
                len(left_out),
            ),
            "warn",
        )
    return back


def _moved(to: FulfilmentStatus, count: int) -> str:
    if to == FulfilmentStatus.WAITING:
        return ngettext(
            "%(num)s order waits to be picked again.", "%(num)s orders wait to be picked again.", count
        )
    return ngettext("%(num)s order is one step further.", "%(num)s orders are one step further.", count)


@bp.get("/slips.pdf")
@permitted(Permission.ORDERS_VIEW)
def paper() -> Response:
    """The packing slips of the orders named in the address, one page each; raises `NothingToPrint`."""
    shop = settings.current()
    found: list[Order] = list(slips(_chosen(request.args)))
    if not found:
        raise NothingToPrint()
    printed = as_pdf(found, pieces_to_pack(found), shop.shop_name, shop.base_url)
    return paper_of(printed, "packing-slips")


@bp.post("/<number>/step")
@permitted(Permission.ORDERS_HAND_OVER)
def step(number: str) -> Response:
    """One order one step on, from its own page."""
    order = order_by_number(number)
    wanted = request.form.get("to", "")
    left_out = (
        actions.advance(actor=current_staff(), order_ids=[order.id], to=FulfilmentStatus(wanted))
        if wanted in ACT_WORDS
        else [order.id]
    )
    if left_out:
        flash(_("This order has moved on in the meantime. Look at it again."), "warn")
    else:
        flash(
            _("%(number)s waits to be picked again.", number=order.number)
            if wanted == FulfilmentStatus.WAITING
            else _("%(number)s is one step further.", number=order.number),
            "good",
        )
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


@bp.post("/<number>/open")
@permitted(Permission.ORDERS_HAND_OVER)
def open_again(number: str) -> Response | tuple[str, int]:
    """Something about what was packed is wrong: back to the table."""
    order, form = order_by_number(number), AgainForm()
    if not form.validate():
        return order_page(order, again=form), REFUSED
    try:
        with all_or_nothing():
            actions.open_again(actor=current_staff(), order_id=order.id, reason=str(form.reason.data))
    except Problem as problem:
        return not_now(problem, order.number, again=form)
    flash(_("%(number)s is being picked again.", number=order.number), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


@bp.post("/<number>/send")
@permitted(Permission.ORDERS_HAND_OVER)
def send(number: str) -> Response | tuple[str, int]:
    """The parcel left, with its carrier and number."""
    order, form = order_by_number(number), ParcelForm()
    if not form.validate():
        return order_page(order, parcel=form), REFUSED
    try:
        with all_or_nothing():
            actions.send(
                actor=current_staff(),
                order_id=order.id,
                carrier=str(form.carrier.data),
                tracking=str(form.tracking.data or ""),
            )
    except Problem as problem:
        return not_now(problem, order.number, parcel=form)
    flash(_("%(number)s is on its way; the shopper got a letter.", number=order.number), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


@bp.post("/<number>/parcel")
@permitted(Permission.ORDERS_HAND_OVER)
def correct(number: str) -> Response | tuple[str, int]:
    """The number of a parcel on its way was wrong."""
    order, form = order_by_number(number), ParcelForm()
    if not form.validate():
        return order_page(order, parcel=form), REFUSED
    try:
        with all_or_nothing():
            actions.correct_parcel(
                actor=current_staff(),
                order_id=order.id,
                carrier=str(form.carrier.data),
                tracking=str(form.tracking.data or ""),
            )
    except Problem as problem:
        return not_now(problem, order.number, parcel=form)
    flash(_("It is put right, and the shopper got the letter once more."), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


@bp.post("/<number>/place")
@permitted(Permission.ORDERS_HAND_OVER)
def place(number: str) -> Response | tuple[str, int]:
    """Another place picks it, and its pieces leave that shelf."""
    order = order_by_number(number)
    text = request.form.get("place", "")
    chosen = place_by_id(int(text) if text.isdecimal() and len(text) <= 18 else 0)
    try:
        with all_or_nothing():
            actions.move_to(actor=current_staff(), order_id=order.id, place_id=chosen.id)
    except Problem as problem:
        return not_now(problem, order.number)
    flash(_("%(place)s picks it now.", place=chosen.name), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


def _bulk(status: FulfilmentStatus) -> list[tuple[str, str]]:
    """The buttons under the list: a step for many needs no form of its own."""
    both = [*next_steps(status, Delivery.DOOR), *next_steps(status, Delivery.PICKUP)]
    return [(str(step), words) for step, words in dict(both).items()]


def _chosen(sent: MultiDict[str, str]) -> list[int]:
    texts = sent.getlist("order")[:MOST]
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS]


def _back() -> str:
    """The list as it was looked at."""
    step, place = request.form.get("step") or None, request.form.get("place") or None
    return url_for("packing.packing", step=step, place=place)
