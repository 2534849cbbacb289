"""Photos for everybody, and the page of whoever is on them, by a secret of their own."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from events.pages.views import visible
from events.photos import actions, queries
from events.photos.errors import NoSuchPhoto
from events.photos.showing import answer_with
from foundation.accounts.guards import current_person, public
from foundation.db import all_or_nothing, in_steps
from foundation.web.numbers import sent_numbers

bp = Blueprint("event_photos", __name__)


@bp.get("/events/<slug>/photos/<int:photo_id>/<size>")
@public
@in_steps
def shown(slug: str, photo_id: int, size: str) -> Response:
    """A photo whose people all agree, to whoever may see the event."""
    return answer_with(queries.public_photo(visible(slug).id, photo_id), size)


@bp.get("/photos/<secret>")
@public
def mine(secret: str) -> Response:
    """The photos somebody is on, each with yes or no."""
    whose = queries.mine(secret)
    first = whose.portrayed.place == 1
    name = whose.rsvp.first_name if first else whose.rsvp.plus_one.split(" ", 1)[0]
    page = render_template("events/photos/mine.html", whose=whose, event=whose.rsvp.event, name=name)
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.post("/photos/<secret>")
@public
def answer(secret: str) -> Answer:
    """Yes or no to one photo, or to all that were shown: none that came since is agreed to unseen."""
    said = request.form.get("do", "")
    if said not in ("yes", "no"):
        raise NoSuchPhoto()
    with all_or_nothing():
        actions.answer(
            actor=current_person(),
            secret=secret,
            photo_ids=sent_numbers("photo"),
            agree=said == "yes",
        )
    if said == "yes":
        flash(_("Thank you. It is shown once everybody on it agrees."), "good")
    else:
        flash(_("From now on nobody sees it but host and store."), "good")
    return redirect(url_for("event_photos.mine", secret=secret), 303)


@bp.get("/photos/<secret>/<int:photo_id>/<size>")
@public
@in_steps
def own(secret: str, photo_id: int, size: str) -> Response:
    """A photo, to whoever is on it."""
    response = answer_with(queries.photo_with(secret, photo_id), size)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
