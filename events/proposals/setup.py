"""What proposals of events give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from events.proposals import staff, staff_rooms, staff_terms, views
from foundation.accounts.permissions import Permission
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry


def init_app(app: Flask) -> None:
    for part in (views, staff_rooms, staff_terms, staff):
        part.init_app(app)
    slots.fill(app, queue.PLACE, staff.waiting_jobs)
    mine = Entry(_l("Events"), "my_events.index", belongs=("my_events.",))
    navigation.add(app, "studio.nav", mine, order=32)
    ours = Entry(
        _l("Events"),
        "staff_events.index",
        group=_l("People"),
        permission=Permission.EVENTS_VIEW,
        count=staff.waiting_count,
        belongs=("staff_events.", "staff_event_rooms.", "staff_event_terms."),
    )
    navigation.add(app, "staff.nav", ours, order=45)
