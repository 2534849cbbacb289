"""Staff: the code of an event."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.perks.actions import give_perk
from events.perks.forms import PerkForm
from events.perks.policy import window_of
from events.perks.queries import perk_of
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from storefront.promotions.errors import CodeTaken

bp = Blueprint("event_perks", __name__, url_prefix="/staff/events/<int:event_id>/code")


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def show(event_id: int) -> str:
    """What the code is now, and the form for another."""
    event, form = event_by_id(event_id), PerkForm()
    if perk_of(event_id) is None:
        suggested = f"{event.editor.handle}{event.local(event.starts_at):%d%m}".upper()[:24]
        form.code.data = event.code_wanted or suggested
    return _page(event, form)


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def give(event_id: int) -> Response | tuple[str, int]:
    """Give the code; another one ends the one before."""
    event, form = event_by_id(event_id), PerkForm()
    if not form.validate():
        return _page(event, form), REFUSED
    try:
        with all_or_nothing():
            give_perk(
                actor=current_staff(),
                event_id=event_id,
                code=form.code.data or "",
                percent_bps=(form.percent.data or 0) * 100,
                reason=form.reason.data or "",
            )
    except CodeTaken as taken:
        form.code.errors = (str(taken),)
        return _page(event_by_id(event_id), form), taken.status
    except Problem as refused:
        return _page(event_by_id(event_id), form, refused=str(refused)), refused.status
    flash(_("The guests of this event have a code."), "good")
    return redirect(url_for("staff_events.event", event_id=event_id), 303)


def _page(event: Event, form: PerkForm, *, refused: str = "") -> str:
    return render_template(
        "events/perks/staff.html",
        event=event,
        form=form,
        perk=perk_of(event.id),
        window=window_of(event.starts_at, event.ends_at),
        refused=refused,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
