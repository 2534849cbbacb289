"""Orders that are collected in a store: which store, and what to do about one that is shut."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from storefront.fulfilment import pickups
from storefront.fulfilment.forms import CollectForm, SeenToForm
from storefront.fulfilment.queries import count_collected_in, shut_notices
from storefront.fulfilment.words import shut_words
from storefront.orders.queries import order_by_number
from storefront.orders.staff import not_now, order_page
from storefront.places.models import Place
from storefront.places.queries import place_by_id

bp = Blueprint("pickups", __name__, url_prefix="/staff/packing")


@bp.post("/<number>/collect-at")
@permitted(Permission.ORDERS_HAND_OVER)
def collect_at(number: str) -> Response | tuple[str, int]:
    """It is collected in another store."""
    order, form = order_by_number(number), CollectForm()
    if not form.validate():
        return order_page(order, collect=form), REFUSED
    chosen = place_by_id(form.place.data)
    try:
        with all_or_nothing():
            moved = pickups.collect_at(
                actor=current_staff(), order_id=order.id, place_id=chosen.id, reason=str(form.reason.data)
            )
    except Problem as problem:
        return not_now(problem, order.number, collect=form)
    if moved:
        flash(_("It is collected at %(place)s; the shopper got a letter.", place=chosen.name), "good")
    else:
        flash(_("It was to be collected at %(place)s already: nothing changed.", place=chosen.name))
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


@bp.post("/<number>/shut")
@permitted(Permission.ORDERS_HAND_OVER)
def settle(number: str) -> Response | tuple[str, int]:
    """The shopper knows what happens with what they would have collected."""
    order, form = order_by_number(number), SeenToForm()
    if not form.validate():
        return order_page(order, shut=form), REFUSED
    pickups.settle_shut(actor=current_staff(), order_id=order.id, reason=str(form.reason.data))
    flash(_("It is written down."), "good")
    return redirect(url_for("orders_staff.order", number=order.number), code=303)


def queue() -> list[Job]:
    """Orders that cannot be collected where their shoppers were told."""
    account = current_account()
    if account is None or Permission.ORDERS_HAND_OVER not in account.permissions:
        return []
    return [
        Job(
            kind=_("Store closed"),
            what=_("%(number)s for %(name)s", number=one.order.number, name=one.order.name),
            href=url_for("orders_staff.order", number=one.order.number),
            since=one.told_at,
            note=shut_words(one),
            action=_("See to it"),
            late=one.for_good,
        )
        for one in shut_notices()
    ]


def on_place(place: Place) -> str:
    """On the page of a store: who would be told that it closes."""
    if not place.is_store or place.closed_at is not None:
        return ""
    count = count_collected_in(place.id)
    if not count:
        return ""
    return ngettext(
        "%(num)s order is to be collected here: its shopper is told at once; it waits on your desk.",
        "%(num)s orders are to be collected here: their shoppers are told at once; they wait on your desk.",
        count,
    )
