"""Photos of an evening for host and staff, the same page; and how a photo's file is answered with."""

from __future__ import annotations

import io
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from events.calendar.models import Event
from events.photos import actions
from events.photos.errors import NoSuchPhoto
from events.photos.forms import PhotosForm
from events.photos.models import MOST_PHOTOS, EventPhoto
from events.photos.queries import Sorted, photos_of, who_came
from foundation import clock
from foundation.actors import Actor
from foundation.db import leave_transaction, unit_of_work
from foundation.errors import Problem
from foundation.files import storage
from foundation.files.pictures import NotAPicture
from foundation.files.private import PrivatePicture, keep_private_picture
from foundation.files.refusals import refusal
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number

SMALL, LARGE = "small", "large"


def answer_with(photo: EventPhoto, size: str) -> Response:
    """The file of a photo. Asked again each time it is shown: no copy outlives a yes that was taken back."""
    if size not in (SMALL, LARGE):
        raise NoSuchPhoto()
    key, mark = photo.small_key if size == SMALL else photo.large_key, f"{photo.id}-{size}"
    leave_transaction()
    if mark in request.if_none_match:
        shown = Response(status=304)
        shown.set_etag(mark)
    else:
        shown = send_file(io.BytesIO(storage.read(key)), mimetype="image/webp", etag=mark)
    shown.headers["Cache-Control"] = "private, no-cache"
    shown.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shown.headers["X-Content-Type-Options"] = "nosniff"
    shown.headers["X-Robots-Tag"] = "noindex"
    return shown


def page(
    event: Event, *, staff: bool, may: bool, form: PhotosForm | None = None, refused: str = "", at: int = 0
) -> str:
    """Every photo with who is on it and what it waits for. `at`: the photo that was refused."""
    return render_template(
        "events/photos/desk.html",
        event=event,
        staff=staff,
        may=may,
        ours="staff_photos" if staff else "my_photos",
        begun=event.starts_at <= clock.now(),
        photos=photos_of(event.id),
        guests=_people(event.id),
        state_of=_state,
        form=form or PhotosForm(formdata=None),
        most=MOST_PHOTOS,
        refused=refused,
        at=at,
    )


def act(event: Event, actor: Actor, *, staff: bool) -> Answer | tuple[str, int]:
    """Bring photos, say who is on one, or take one down. In steps: pictures are kept in between."""
    event_id, said, photo_id = event.id, request.form.get("do", ""), sent_number("photo") or 0
    try:
        if said == "add":
            form = PhotosForm()
            if not form.validate():
                return page(event, staff=staff, may=True, form=form), REFUSED
            leave_transaction()  # writing pictures again takes a second, and they may be kept elsewhere
            kept = _keep(form)
            if form.pictures.errors:
                with unit_of_work():
                    return page(event, staff=staff, may=True, form=form), REFUSED
            with unit_of_work():
                actions.add_photos(actor=actor, event_id=event_id, pictures=kept, by_staff=staff)
            flash(_("Now say who is on them. Until then only host and store see them."), "good")
        elif said == "name":
            with unit_of_work():
                actions.say_who(
                    actor=actor,
                    event_id=event_id,
                    photo_id=photo_id,
                    people=_named(),
                    nobody="nobody" in request.form,
                )
            flash(_("Kept. Whoever is on it is asked on their ticket."), "good")
        elif said == "take_down":
            with unit_of_work():
                reason = request.form.get("reason", "").strip()[:300]
                actions.take_down(actor=actor, event_id=event_id, photo_id=photo_id, reason=reason or None)
            flash(_("Taken down for good."), "good")
        else:
            raise NoSuchPhoto()
    except Problem as wrong:
        return page(event, staff=staff, may=True, refused=str(wrong), at=photo_id), wrong.status
    there = "staff_photos.photos" if staff else "my_photos.photos"
    return redirect(url_for(there, event_id=event_id), 303)


def _keep(form: PhotosForm) -> list[PrivatePicture]:
    kept = []
    for file in form.files():
        try:
            kept.append(keep_private_picture(file.read()))
        except NotAPicture as problem:
            form.pictures.errors = (*form.pictures.errors, refusal(file.filename, problem))
    return kept


def _named() -> set[tuple[int, int]]:
    """Who was ticked: `12-2` is the second of party 12."""
    found = set()
    for one in request.form.getlist("person")[:200]:
        party, _dash, place = one.partition("-")
        if party.isascii() and party.isdecimal() and len(party) < 19 and place in ("1", "2"):
            found.add((int(party), int(place)))
    return found


def _people(event_id: int) -> list[dict[str, Any]]:
    people = []
    for one in who_came(event_id):
        people.append({"value": f"{one.id}-1", "key": (one.id, 1), "name": one.name})
        if one.party > 1:
            name = one.plus_one or _("with %(name)s", name=one.first_name)
            people.append({"value": f"{one.id}-2", "key": (one.id, 2), "name": name})
    return people


def _state(one: Sorted) -> tuple[str, str]:
    if one.public:
        return _("Everybody sees it"), "good"
    if not one.people:
        return _("Say who is on it"), "bad"
    left = len(one.people) - one.agreed
    return ngettext("Waits for %(num)s yes", "Waits for %(num)s yeses", left), "warn"
