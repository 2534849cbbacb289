from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.i18n import reader_language
from foundation.money import Money
from foundation.seen import ChangedMeanwhile
from foundation.web.amounts import HUNDREDTHS, typed_minor
from foundation.web.fields import REFUSED
from foundation.web.formats import money
from foundation.web.meanwhile import says_now
from foundation.web.reasons import ReasonForm
from storefront.delivery import actions
from storefront.delivery.calendar import works
from storefront.delivery.errors import CountryTaken, ZoneNameTaken
from storefront.delivery.forms import MethodForm, PickupForm, ZoneForm
from storefront.delivery.models import DeliveryMethod, DeliveryZone, PickupTerms
from storefront.delivery.policy import READY_AFTER
from storefront.delivery.queries import (
    method_by_id,
    nothing_said,
    pickup_terms,
    terms_for,
    zone_by_id,
    zones,
)
from storefront.delivery.showing import arrives, countries_of, in_short
from storefront.places.forms import every_country
from storefront.places.models import Place
from storefront.places.queries import place_by_id, stores

Differences = Sequence[tuple[str, str]]
bp = Blueprint("delivery_staff", __name__, url_prefix="/staff/delivery")


@bp.get("")
@permitted(Permission.DELIVERY_MANAGE)
def delivery() -> str:
    """Zones with their ways, what a bag would pay now, and picking up in stores."""
    terms = pickup_terms()
    return render_template(
        "storefront/delivery/staff/delivery.html",
        zones=[
            (zone, countries_of(zone), [in_short(one, _currency()) for one in zone.methods])
            for zone in zones()
        ],
        stores=[
            (
                place,
                Money(terms[place.id].fee_minor if place.id in terms else 0, _currency()),
                terms[place.id].ready_after if place.id in terms else READY_AFTER,
            )
            for place in stores()
        ],
        countries=every_country(reader_language()),
        asked=_asked(),
        answers=_answers(),
    )


@bp.get("/zones/new")
@permitted(Permission.DELIVERY_MANAGE)
def new_zone() -> str:
    """The form of a new zone."""
    return _zone_page(ZoneForm(formdata=None), None)


@bp.post("/zones/new")
@permitted(Permission.DELIVERY_MANAGE)
def make_zone() -> Response | tuple[str, int]:
    """Write a zone down; nothing is delivered there until it has a way."""
    return _save_zone(ZoneForm(), None)


@bp.get("/zones/<int:zone_id>")
@permitted(Permission.DELIVERY_MANAGE)
def zone(zone_id: int) -> str:
    """One zone and its countries."""
    found = zone_by_id(zone_id)
    return _zone_page(ZoneForm.of(found), found)


@bp.post("/zones/<int:zone_id>")
@permitted(Permission.DELIVERY_MANAGE)
def change_zone(zone_id: int) -> Response | tuple[str, int]:
    """Another name, other countries."""
    return _save_zone(ZoneForm(), zone_by_id(zone_id))


@bp.get("/zones/<int:zone_id>/methods/new")
@permitted(Permission.DELIVERY_MANAGE)
def new_method(zone_id: int) -> str:
    """The form of a new way to deliver to a zone."""
    return _method_page(MethodForm(formdata=None, standard=True), zone_by_id(zone_id), None)


@bp.post("/zones/<int:zone_id>/methods/new")
@permitted(Permission.DELIVERY_MANAGE)
def make_method(zone_id: int) -> Response | tuple[str, int]:
    """Offer it from now on."""
    found, form = zone_by_id(zone_id), MethodForm()
    if not form.validate():
        return _method_page(form, found, None), REFUSED
    actions.save_method(actor=current_staff(), zone_id=zone_id, draft=form.draft())
    flash(_("It is offered from now on."), "good")
    return redirect(url_for("delivery_staff.delivery"), 303)


@bp.get("/methods/<int:method_id>")
@permitted(Permission.DELIVERY_MANAGE)
def method(method_id: int) -> str:
    """One way of delivery, and what happened to it."""
    found = method_by_id(method_id)
    return _method_page(MethodForm.of(found), zone_by_id(found.zone_id), found)


@bp.post("/methods/<int:method_id>")
@permitted(Permission.DELIVERY_MANAGE)
def change_method(method_id: int) -> Response | tuple[str, int]:
    """Other terms from now on; orders keep those they were told."""
    found, form = method_by_id(method_id), MethodForm()
    if not form.validate():
        return _method_page(form, zone_by_id(found.zone_id), found), REFUSED
    try:
        actions.save_method(
            actor=current_staff(), method_id=method_id, draft=form.draft(), seen=form.was_seen
        )
    except ChangedMeanwhile as changed:
        now = method_by_id(method_id)
        differs = says_now(form, MethodForm.of(now))
        return _method_page(form, zone_by_id(now.zone_id), now, meanwhile=differs), changed.status
    flash(_("It counts from now on. Orders keep what they were told."), "good")
    return redirect(url_for("delivery_staff.delivery"), 303)


@bp.post("/methods/<int:method_id>/offer")
@permitted(Permission.DELIVERY_MANAGE)
def offer(method_id: int) -> Response | tuple[str, int]:
    """No longer offered, or offered again; with a reason."""
    found, form = method_by_id(method_id), ReasonForm()
    if not form.validate():
        return _method_page(MethodForm.of(found), zone_by_id(found.zone_id), found, form), REFUSED
    act = actions.resume_method if found.ended_at else actions.end_method
    act(actor=current_staff(), method_id=method_id, reason=str(form.reason.data))
    flash(_("It is written down."), "good")
    return redirect(url_for("delivery_staff.method", method_id=method_id), 303)


@bp.get("/stores/<int:place_id>")
@permitted(Permission.DELIVERY_MANAGE)
def pickup(place_id: int) -> str:
    """What picking up in a store costs, and how soon an order lies ready there."""
    return _pickup_page(PickupForm.of(_terms_of(place_id)), place_by_id(place_id))


@bp.post("/stores/<int:place_id>")
@permitted(Permission.DELIVERY_MANAGE)
def change_pickup(place_id: int) -> Response | tuple[str, int]:
    """Other terms from now on."""
    place, form = place_by_id(place_id), PickupForm()
    if not form.validate():
        return _pickup_page(form, place), REFUSED
    try:
        actions.set_pickup(
            actor=current_staff(),
            place_id=place.id,
            fee_minor=form.fee.minor() or 0,
            ready_after=int(form.minutes.data or 0),
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        differs = says_now(form, PickupForm.of(_terms_of(place_id)))
        return _pickup_page(form, place, differs), changed.status
    flash(_("It counts from now on. Orders keep what they were told."), "good")
    return redirect(url_for("delivery_staff.delivery"), 303)


def _save_zone(form: ZoneForm, found: DeliveryZone | None) -> Response | tuple[str, int]:
    if not form.validate():
        return _zone_page(form, found), REFUSED
    try:
        actions.save_zone(
            actor=current_staff(),
            zone_id=found.id if found else None,
            name=str(form.name.data),
            countries=form.countries.data or [],
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        now = zone_by_id(found.id if found else 0)
        return _zone_page(form, now, says_now(form, ZoneForm.of(now))), changed.status
    except ZoneNameTaken as taken:
        form.name.errors = (str(taken),)
    except CountryTaken as taken:
        form.countries.errors = (str(taken),)
    else:
        flash(_("It is written down."), "good")
        return redirect(url_for("delivery_staff.delivery"), 303)
    return _zone_page(form, found), REFUSED


def _zone_page(form: ZoneForm, found: DeliveryZone | None, meanwhile: Differences = ()) -> str:
    elsewhere = {code: one.name for one in zones() if not found or one.id != found.id for code in one.codes}
    form.arrange(elsewhere)
    return render_template("storefront/delivery/staff/zone.html", form=form, zone=found, meanwhile=meanwhile)


def _method_page(
    form: MethodForm,
    zone: DeliveryZone,
    found: DeliveryMethod | None,
    reason: ReasonForm | None = None,
    meanwhile: Differences = (),
) -> str:
    return render_template(
        "storefront/delivery/staff/method.html",
        form=form,
        zone=zone,
        method=found,
        meanwhile=meanwhile,
        reason=reason or ReasonForm(formdata=None),
        history=history("delivery_method", found.id, limit=20) if found else [],
    )


def _pickup_page(form: PickupForm, place: Place, meanwhile: Differences = ()) -> str:
    return render_template(
        "storefront/delivery/staff/pickup.html", form=form, place=place, meanwhile=meanwhile
    )


def _terms_of(place_id: int) -> PickupTerms:
    return pickup_terms().get(place_id) or nothing_said(place_id)


def _currency() -> str:
    return settings.current().currency


def _asked() -> dict[str, str]:
    """What the preview is asked, as it was typed."""
    return {
        "country": request.args.get("country", settings.current().country)[:2],
        "kilos": request.args.get("kilos", "1.2")[:10],
        "sum": request.args.get("sum", "80")[:10],
    }


def _answers() -> list[tuple[str, str, str]]:
    """What a bag of that weight and sum pays to that country now, and when it arrives; by way."""
    asked, shop = _asked(), settings.current()
    kilos = HUNDREDTHS.match(asked["kilos"].strip())
    try:
        minor = typed_minor(asked["sum"], shop.currency)
    except ValueError:
        return []
    if kilos is None or minor is None:
        return []
    local = clock.now().astimezone(ZoneInfo(shop.timezone))
    terms = terms_for(asked["country"], {}, home=shop.country, today=local.date())
    here, there = partial(works, shop.country), partial(works, asked["country"])
    answers = []
    for one in terms.methods:
        grams = int(kilos[1]) * 1000 + int((kilos[2] or "").ljust(3, "0"))
        price = one.price(minor, grams)
        said = (
            _("Too heavy for it")
            if price is None
            else money(Money(price, shop.currency))
            if price
            else _("Free")
        )
        answers.append(
            (one.called, said, arrives(*one.days(local, here, there)) if price is not None else "")
        )
    return answers
