"""What codes for guests give the application."""

from __future__ import annotations

from flask import Flask

import events.perks.models
from events.calendar.facts import EventCancelled, EventMoved
from events.perks import panels, reactions, staff
from events.perks.acts import ACTS, PARTS
from foundation import facts
from foundation.audit import acts
from foundation.web import slots

REGISTERED = (events.perks.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, parts=PARTS)
    facts.subscribe(EventMoved, reactions.on_event_moved)
    facts.subscribe(EventCancelled, reactions.on_event_cancelled)
    staff.init_app(app)
    slots.fill(app, "event.desk", panels.for_staff)
    slots.fill(app, "event.studio", panels.for_host)
