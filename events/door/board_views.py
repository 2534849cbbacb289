"""Who is there now: for the host, and for staff, beside whatever they do. It looks again by itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.door.queries import on_the_list, people_in, second_admissions
from events.door.styles import styles_of
from events.guests.models import Rsvp, RsvpSource, RsvpStatus
from events.pages.showing import values_of
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission

staff = Blueprint("staff_board", __name__, url_prefix="/staff/events/<int:event_id>/board")
studio = Blueprint("my_board", __name__, url_prefix="/studio/events/<int:event_id>/board")


@staff.get("", endpoint="board")
@permitted(Permission.EVENTS_DOOR)
def staff_board(event_id: int) -> str:
    """Who is there, and who is awaited."""
    found = event_by_id(event_id)
    if not found.booked:
        raise NoSuchEvent()
    return _page(found, at_staff=True)


@studio.get("", endpoint="board")
@style_editor
def studio_board(event_id: int) -> str:
    """The same with what guests like, where they said that their host may see it."""
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return _page(found, at_staff=False)


def _page(event: Event, *, at_staff: bool) -> str:
    everybody = on_the_list(event.id)
    here = sorted(
        (one for one in everybody if one.status == RsvpStatus.ATTENDED),
        key=lambda one: (one.arrived_at, one.id),
        reverse=True,
    )
    awaited = [one for one in everybody if one.status == RsvpStatus.GOING]
    twice = second_admissions(event.id)
    return render_template(
        "events/door/staff_board.html" if at_staff else "events/door/studio_board.html",
        event=event,
        at_staff=at_staff,
        here=here,
        awaited=awaited,
        twice=twice,
        figures=_figures(event, here, awaited),
        # What somebody wears is for their host, who was let see it, and for nobody else.
        styles={} if at_staff else styles_of(event),
        looks=values_of(event)["looks"],
    )


def _figures(event: Event, here: list[Rsvp], awaited: list[Rsvp]) -> list[dict[str, Any]]:
    figures: list[dict[str, Any]] = [
        {
            "label": _("Here"),
            "value": _("%(people)s of %(capacity)s", people=people_in(event.id), capacity=event.capacity),
            "note": _("people") if event.online else _("people, walk-ins counted"),
        },
        {"label": _("Awaited"), "value": sum(one.party for one in awaited), "note": _("people with a seat")},
    ]
    if not event.online:
        walked = sum(one.arrived for one in here if one.source == RsvpSource.WALKIN)
        figures.append({"label": _("Walked in"), "value": walked, "note": _("people who were on no list")})
    return figures
