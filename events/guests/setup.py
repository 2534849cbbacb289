"""What guests of events give the application."""

from __future__ import annotations

from flask import Flask

import events.guests.jobs
import events.guests.models
from events.calendar.facts import EventCancelled, EventHandedOver, EventMoved, EventTermsChanged
from events.guests import panels, staff, studio, views
from events.guests.acts import ACTS, SUBJECTS
from events.guests.facts import GuestMoved
from events.guests.privacy import CHAPTER
from events.guests.reactions import (
    admit_whom_the_host_had_to_answer,
    ask_guests_of_moved,
    tell_guest,
    tell_guests_of_another_host,
    tell_guests_of_cancelled,
)
from events.pages.ports import invited_by
from foundation.audit import acts
from foundation.facts import subscribe
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.guests.models, events.guests.jobs)


def init_app(app: Flask) -> None:
    for part in (views, studio, staff):
        app.register_blueprint(part.bp)
    slots.fill(app, "event.acts", panels.desk_link)
    slots.fill(app, "event.seats", panels.seats)
    slots.fill(app, "event.free", panels.free)
    invited_by(panels.Guests())
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=61)
    subscribe(GuestMoved, tell_guest)
    subscribe(EventMoved, ask_guests_of_moved)
    subscribe(EventHandedOver, tell_guests_of_another_host)
    subscribe(EventTermsChanged, admit_whom_the_host_had_to_answer)
    subscribe(EventCancelled, tell_guests_of_cancelled)
