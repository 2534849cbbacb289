"""What hitches of evenings give the application."""

from __future__ import annotations

from flask import Flask

from editors.membership.facts import StandingChanged
from events.hitches import panels, staff
from events.hitches.acts import PARTS
from events.hitches.reactions import on_standing_changed
from foundation.audit import acts
from foundation.facts import subscribe
from foundation.staff import queue
from foundation.web import slots


def init_app(app: Flask) -> None:
    acts.name(app, {}, parts=PARTS)
    app.register_blueprint(staff.bp)
    slots.fill(app, queue.PLACE, panels.waiting_jobs)
    slots.fill(app, "event.hitches", panels.notices)
    slots.fill(app, "event.acts", panels.host_link)
    subscribe(StandingChanged, on_standing_changed)
