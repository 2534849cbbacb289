from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.reasons import ReasonForm
from storefront.places import actions
from storefront.places.errors import DayTaken, SlugTaken
from storefront.places.forms import PlaceForm, SpecialDayForm
from storefront.places.models import Place
from storefront.places.queries import every_place, place_by_id
from storefront.places.showing import store_view

bp = Blueprint("places_staff", __name__, url_prefix="/staff/places")


@bp.get("")
@permitted(Permission.PLACES_EDIT)
def places() -> str:
    """The warehouse and every store."""
    now = clock.now()
    return render_template(
        "storefront/places/staff/places.html", views=[store_view(place, now) for place in every_place()]
    )


@bp.get("/new")
@permitted(Permission.PLACES_EDIT)
def new() -> str:
    """The form of a store that opens."""
    form = PlaceForm(country="IT", time_zone="Europe/Rome", pickup=True)
    return render_template("storefront/places/staff/new.html", form=form)


@bp.post("/new")
@permitted(Permission.PLACES_EDIT)
def create() -> Response | tuple[str, int]:
    """Open a store."""
    form = PlaceForm()
    if form.validate():
        try:
            place = actions.open_store(actor=current_staff(), draft=form.draft())
        except SlugTaken as taken:
            form.slug.errors = (taken.sentence,)
        else:
            flash(_("%(name)s is on the web.", name=place.name), "good")
            return redirect(url_for("places_staff.place", place_id=place.id), 303)
    return render_template("storefront/places/staff/new.html", form=form), REFUSED


@bp.get("/<int:place_id>")
@permitted(Permission.PLACES_EDIT)
def place(place_id: int) -> str:
    """One place: what the web says of it, and its days."""
    found = place_by_id(place_id)
    return _page(found, PlaceForm.of(found))


@bp.post("/<int:place_id>")
@permitted(Permission.PLACES_EDIT)
def change(place_id: int) -> Response | tuple[str, int]:
    """Keep what was changed."""
    form = PlaceForm()
    if form.validate():
        try:
            actions.change_place(
                actor=current_staff(), place_id=place_id, draft=form.draft(), seen=form.was_seen
            )
        except ChangedMeanwhile as changed:
            found = place_by_id(place_id)
            return _page(found, form, meanwhile=says_now(form, PlaceForm.of(found))), changed.status
        except SlugTaken as taken:
            form.slug.errors = (taken.sentence,)
        else:
            flash(_("Kept. The web says it from now on."), "good")
            return redirect(url_for("places_staff.place", place_id=place_id), 303)
    return _page(place_by_id(place_id), form), REFUSED


@bp.post("/<int:place_id>/days")
@permitted(Permission.PLACES_EDIT)
def add_day(place_id: int) -> Response | tuple[str, int]:
    """Other hours on one day."""
    form = SpecialDayForm()
    if form.validate():
        try:
            actions.add_special_day(
                actor=current_staff(),
                place_id=place_id,
                day=form.day.data,
                span=form.span,
                note=form.note.data or "",
                note_it=form.note_it.data or None,
            )
        except DayTaken as taken:
            form.day.errors = (taken.sentence,)
        else:
            return redirect(url_for("places_staff.place", place_id=place_id, _anchor="days"), 303)
    found = place_by_id(place_id)
    return _page(found, PlaceForm.of(found), day=form), REFUSED


@bp.post("/<int:place_id>/days/<int:special_id>/remove")
@permitted(Permission.PLACES_EDIT)
def remove_day(place_id: int, special_id: int) -> Response:
    """The day has its weekday's hours again."""
    actions.remove_special_day(actor=current_staff(), place_id=place_id, special_id=special_id)
    return redirect(url_for("places_staff.place", place_id=place_id, _anchor="days"), 303)


@bp.post("/<int:place_id>/close")
@permitted(Permission.PLACES_EDIT)
def close(place_id: int) -> Response | tuple[str, int]:
    """Shut a store for good."""
    found, form = place_by_id(place_id), ReasonForm()
    if not form.validate():
        return _page(found, PlaceForm.of(found), reason=form), REFUSED
    actions.close_store(actor=current_staff(), place_id=place_id, reason=str(form.reason.data))
    flash(_("%(name)s is off the web.", name=found.name), "good")
    return redirect(url_for("places_staff.place", place_id=place_id), 303)


@bp.post("/<int:place_id>/reopen")
@permitted(Permission.PLACES_EDIT)
def reopen(place_id: int) -> Response | tuple[str, int]:
    """Open a closed store again."""
    found, form = place_by_id(place_id), ReasonForm()
    if not form.validate():
        return _page(found, PlaceForm.of(found), reason=form), REFUSED
    actions.reopen_store(actor=current_staff(), place_id=place_id, reason=str(form.reason.data))
    flash(_("%(name)s is on the web.", name=found.name), "good")
    return redirect(url_for("places_staff.place", place_id=place_id), 303)


def _page(
    place: Place,
    form: PlaceForm,
    *,
    day: SpecialDayForm | None = None,
    reason: ReasonForm | None = None,
    meanwhile: Sequence[tuple[str, str]] = (),
) -> str:
    # A form that was not sent is empty, whatever the other one of the page held.
    return render_template(
        "storefront/places/staff/place.html",
        place=place,
        view=store_view(place, clock.now()),
        form=form,
        meanwhile=meanwhile,
        day=day or SpecialDayForm(formdata=None),
        reason=reason or ReasonForm(formdata=None),
        history=history("place", place.id, limit=20),
    )
