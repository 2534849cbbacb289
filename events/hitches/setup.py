"""What hitches of evenings give the application."""

from __future__ import annotations

from flask import Flask

from editors.membership.facts import StandingChanged
from events.hitches import panels, staff, staff_hours
from events.hitches.acts import PARTS
from events.hitches.reactions import on_hours_changed, on_standing_changed, on_store_shut
from foundation.audit import acts
from foundation.facts import subscribe
from foundation.staff import queue
from foundation.web import slots
from storefront.places.facts import HoursChanged, StoreShut


def init_app(app: Flask) -> None:
    acts.name(app, {}, parts=PARTS)
    for part in (staff, staff_hours):
        app.register_blueprint(part.bp)
    slots.fill(app, queue.PLACE, panels.waiting_jobs)
    slots.fill(app, "event.hitches", panels.notices)
    slots.fill(app, "event.acts", panels.host_link)
    slots.fill(app, "staff.place.days", panels.in_place)
    subscribe(StoreShut, on_store_shut)
    subscribe(HoursChanged, on_hours_changed)
    subscribe(StandingChanged, on_standing_changed)
