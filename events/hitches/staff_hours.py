"""Staff: an evening takes place although its store has other hours that day."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from events.calendar.errors import NoSuchEvent
from events.calendar.queries import event_by_id
from events.hitches.actions import hold_anyway
from events.hitches.mail import tell_host
from events.hitches.showing import hours_on
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from foundation.web.reasons import ReasonForm

bp = Blueprint("staff_event_hours", __name__, url_prefix="/staff/events/<int:event_id>/hold")


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def hold(event_id: int) -> str:
    """What the store has then, and why it takes place all the same."""
    return _page(event_id, ReasonForm(formdata=None))


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def held(event_id: int) -> Response | tuple[str, int]:
    """Keep it where it is; guests hear nothing, because nothing is another for them."""
    form = ReasonForm()
    if not form.validate():
        return _page(event_id, form), REFUSED
    words = str(form.reason.data)
    try:
        with all_or_nothing():
            hold_anyway(actor=current_staff(), event_id=event_id, words=words)
    except NoSuchEvent:
        raise
    except Problem as refused:
        form.reason.errors = (str(refused),)
        return _page(event_id, form), refused.status
    tell_host(event_id, "held", words)
    flash(_("It takes place all the same. The host reads why."), "good")
    return redirect(url_for("staff_events.event", event_id=event_id), 303)


def _page(event_id: int, form: ReasonForm) -> str:
    event = event_by_id(event_id)
    return render_template("events/hitches/hold.html", form=form, event=event, hours=hours_on(event))
