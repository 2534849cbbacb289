"""What photos of events give the application."""

from __future__ import annotations

from flask import Flask

import events.photos.jobs
import events.photos.models
from events.photos import panels, staff, studio, views
from events.photos.acts import ACTS
from events.photos.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.photos.models, events.photos.jobs)


def init_app(app: Flask) -> None:
    for part in (views, studio, staff):
        app.register_blueprint(part.bp)
    acts.name(app, ACTS)
    # Before the guests' own, which forgets whose they were.
    cover(app, CHAPTER, order=60)
    slots.fill(app, "event.acts", panels.desk_link, order=61)
    slots.fill(app, "event.after", panels.on_page, order=60)
    slots.fill(app, "ticket.after", panels.on_ticket, order=60)
