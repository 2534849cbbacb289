"""The way of an order's pieces on pages below: the shopper's order, the staff's, the time line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from storefront.fulfilment.carriers import CARRIERS
from storefront.fulfilment.forms import AgainForm, CollectForm, ParcelForm, SeenToForm
from storefront.fulfilment.models import IN_THE_HOUSE, PUT_TOGETHER, STILL_YOURS, Fulfilment, FulfilmentStatus
from storefront.fulfilment.queries import STEPS, fulfilment_of, shut_notices
from storefront.fulfilment.words import STEP_WORDS, next_steps, shut_words
from storefront.orders.desk import TONES, WORDS
from storefront.orders.models import DISPUTED, HELD_REFUNDS, Delivery, Order, OrderStatus
from storefront.places.queries import every_place

TOLD = (
    FulfilmentStatus.PICKING,
    FulfilmentStatus.PACKED,
    FulfilmentStatus.SENT,
    FulfilmentStatus.READY,
    FulfilmentStatus.CANCELLED,
)


def story(order: Order, **_named: Any) -> list[tuple[str, datetime, str]]:
    """What happened to the pieces, for the order's time line; arrival is the order's own to tell."""
    parcel = _parcel(order)
    steps = parcel.steps if parcel else []
    return [
        (str(STEP_WORDS[FulfilmentStatus(step.status)]), step.at, "") for step in steps if step.status in TOLD
    ]


def on_order(order: Order, **_named: Any) -> str:
    """Where the parcel is, and the way to call the order off while nobody has touched it."""
    if order.status != OrderStatus.PAID or order.delivered_at is not None:
        return ""
    parcel = _parcel(order)
    status = FulfilmentStatus(parcel.status) if parcel else FulfilmentStatus.WAITING
    carrier = CARRIERS.get(parcel.carrier) if parcel else None
    return render_template(
        "storefront/fulfilment/on_order.html",
        order=order,
        status=status,
        carrier=carrier.name if carrier else "",
        tracking=parcel.tracking if parcel else "",
        follow=carrier.link(parcel.tracking) if carrier and parcel else "",
        cancellable=status in STILL_YOURS and order.dispute not in DISPUTED,
        all_back=0 < order.captured_minor <= sum(refund.amount_minor for refund in order.refunds),
    )


def on_staff_order(order: Order, forms: Mapping[str, FlaskForm], **_named: Any) -> str:
    """The step it is at, and the acts that lead on."""
    account = current_account()
    parcel = _parcel(order)
    if order.status != OrderStatus.PAID or parcel is None or account is None:
        return ""
    status = FulfilmentStatus(parcel.status)
    notices = [(one, shut_words(one)) for one in shut_notices(order.id)] if _collected(order) else []
    carrier = CARRIERS.get(parcel.carrier)
    places = every_place()
    pickers = [place for place in places if place.closed_at is None or place.id == parcel.place_id]
    return render_template(
        "storefront/fulfilment/staff/on_order.html",
        order=order,
        parcel=parcel,
        word=str(WORDS[STEPS[status]]),
        owed=status == FulfilmentStatus.CANCELLED
        and order.dispute not in DISPUTED
        and order.captured_minor
        > sum(refund.amount_minor for refund in order.refunds if refund.status in HELD_REFUNDS),
        tone=TONES.get(STEPS[status], ""),
        carrier=carrier.name if carrier else "",
        follow=carrier.link(parcel.tracking) if carrier else "",
        place=next((place.name for place in places if place.id == parcel.place_id), ""),
        may=Permission.ORDERS_HAND_OVER in account.permissions and order.dispute not in DISPUTED,
        steps=next_steps(status, order.delivery),
        places=[(place.id, place.name) for place in pickers],
        movable=status == FulfilmentStatus.WAITING and len(pickers) > 1,
        sends=status == FulfilmentStatus.PACKED and order.delivery != "pickup",
        sent=status == FulfilmentStatus.SENT,
        opens=status in PUT_TOGETHER,
        collect=_collect_form(order, status, forms),
        notices=notices,
        shut=forms.get("shut") or SeenToForm(formdata=None),
        form=forms.get("parcel") or ParcelForm.of(parcel),
        again=forms.get("again") or AgainForm(formdata=None),
    )


def count_words(count: int) -> str:
    """For the navigation of the desk."""
    return ngettext("%(num)s order to pick", "%(num)s orders to pick", count)


def tabs_words() -> dict[FulfilmentStatus, str]:
    """The steps as the tabs of the bench call them."""
    return {
        FulfilmentStatus.WAITING: _("To pick"),
        FulfilmentStatus.PICKING: _("Being picked"),
        FulfilmentStatus.PACKED: _("Packed"),
        FulfilmentStatus.SENT: _("On their way"),
        FulfilmentStatus.READY: _("Ready in the store"),
    }


def _collected(order: Order) -> bool:
    return order.delivery == Delivery.PICKUP and order.till_place_id is None


def _collect_form(order: Order, status: FulfilmentStatus, forms: Mapping[str, FlaskForm]) -> FlaskForm | None:
    """The form for another store, as long as it is not collected."""
    if not _collected(order) or status not in IN_THE_HOUSE:
        return None
    given = forms.get("collect")
    form = given if isinstance(given, CollectForm) else CollectForm(formdata=None)
    return form if form.leave_out(order.place_id) else None


def _parcel(order: Order) -> Fulfilment | None:
    """One statement, however many places of the page ask."""
    kept: dict[int, Fulfilment | None] = g.setdefault("fulfilments", {})
    if order.id not in kept:
        kept[order.id] = fulfilment_of(order.id)
    return kept[order.id]
