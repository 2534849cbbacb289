"""What somebody who came says of the evening, for whoever holds the secret of the ticket."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from events.afterwards import actions
from events.afterwards.errors import NotThere
from events.afterwards.forms import FACES, FeedbackForm
from events.afterwards.policy import ANSWERS_FOR, takes_answers
from events.afterwards.queries import feedback_of
from events.guests.models import CAME, Rsvp
from events.guests.queries import rsvp_by_secret
from foundation import clock
from foundation.accounts.guards import current_person, public
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED

bp = Blueprint("feedback", __name__)


@bp.get("/tickets/<secret>/feedback")
@public
def form(secret: str) -> Response:
    """Three questions and a word; what was said before stands in them."""
    rsvp = _there(secret)
    return _page(rsvp, FeedbackForm.of(feedback_of(rsvp.id)))


@bp.post("/tickets/<secret>/feedback")
@public
def say(secret: str) -> Answer:
    """Keep it, or keep it otherwise."""
    rsvp, typed = _there(secret), FeedbackForm()
    if not typed.validate():
        return _page(rsvp, typed, status=REFUSED)
    try:
        with all_or_nothing():
            actions.answer_feedback(actor=current_person(), rsvp=rsvp, answer=typed.answer)
    except Problem as refused:
        return _page(_there(secret), typed, refused=str(refused), status=refused.status)
    flash(_("Thank you. It is kept, and you may still change it."), "good")
    return redirect(url_for("feedback.form", secret=secret), 303)


def _there(secret: str) -> Rsvp:
    rsvp = rsvp_by_secret(secret)
    if rsvp.status != CAME:
        raise NotThere()
    return rsvp


def _page(rsvp: Rsvp, typed: FeedbackForm, *, refused: str = "", status: int = 200) -> Response:
    event, said = rsvp.event, feedback_of(rsvp.id)
    page = render_template(
        "events/afterwards/feedback.html",
        rsvp=rsvp,
        event=event,
        form=typed,
        faces=FACES,
        said=said,
        refused=refused,
        open=takes_answers(event.ends_at, clock.now()),
        before=event.ends_at > clock.now(),
        until=event.ends_at + ANSWERS_FOR,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
