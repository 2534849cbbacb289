"""Staff: the rooms of a store in which events take place."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from events.calendar import rooms
from events.calendar.errors import NoSuchRoom, RoomBooked, RoomNamed
from events.calendar.queries import room_by_id, rooms_by_store
from events.proposals.forms import RoomForm
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from storefront.places.queries import place_by_id, stores

bp = Blueprint("staff_event_rooms", __name__, url_prefix="/staff/events/rooms")


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def index() -> str:
    """Every store with its rooms."""
    rooms = rooms_by_store()
    return render_template(
        "events/proposals/staff_rooms.html", stores=[(one, rooms.get(one.id, [])) for one in stores()]
    )


@bp.route("/<int:place_id>/new", methods=["GET", "POST"])
@permitted(Permission.EVENTS_DECIDE)
def new(place_id: int) -> str | Response | tuple[str, int]:
    """Write a room down."""
    form = RoomForm(formdata=None) if request.method == "GET" else RoomForm()
    if request.method == "GET":
        return _form(place_id, form)
    if form.validate():
        try:
            rooms.write_room(actor=current_staff(), place_id=place_id, draft=form.draft())
        except RoomNamed as named:
            form.name.errors = (str(named),)
        else:
            flash(_("Written down. Editors can propose events there."), "good")
            return redirect(url_for("staff_event_rooms.index"), 303)
    return _form(place_id, form), REFUSED


@bp.route("/<int:place_id>/<int:room_id>", methods=["GET", "POST"])
@permitted(Permission.EVENTS_DECIDE)
def room(place_id: int, room_id: int) -> str | Response | tuple[str, int]:
    """Other words or seats for a room, or its end."""
    found = room_by_id(room_id)
    if found.place_id != place_id:
        raise NoSuchRoom()
    form = RoomForm(formdata=None, obj=found) if request.method == "GET" else RoomForm()
    if request.method == "GET":
        return _form(place_id, form, room_id)
    if request.form.get("do") == "close":
        try:
            rooms.close_room(actor=current_staff(), place_id=place_id, room_id=room_id)
        except RoomBooked as booked:
            flash(str(booked), "warn")
            return redirect(url_for("staff_event_rooms.room", place_id=place_id, room_id=room_id), 303)
        flash(_("%(name)s takes no events any more.", name=found.called), "good")
        return redirect(url_for("staff_event_rooms.index"), 303)
    if not form.validate():
        return _form(place_id, form, room_id), REFUSED
    try:
        rooms.write_room(
            actor=current_staff(),
            place_id=place_id,
            draft=form.draft(),
            room_id=room_id,
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        now = RoomForm(formdata=None, obj=room_by_id(room_id))
        return _form(place_id, form, room_id, says_now(form, now)), changed.status
    except RoomNamed as named:
        form.name.errors = (str(named),)
        return _form(place_id, form, room_id), REFUSED
    flash(_("Kept."), "good")
    return redirect(url_for("staff_event_rooms.index"), 303)


def _form(
    place_id: int,
    form: RoomForm,
    room_id: int | None = None,
    meanwhile: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "events/proposals/staff_room.html",
        form=form,
        place=place_by_id(place_id),
        room_id=room_id,
        meanwhile=meanwhile,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
