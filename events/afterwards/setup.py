"""What comes after events gives the application."""

from __future__ import annotations

from flask import Flask

import events.afterwards.jobs
import events.afterwards.models
from events.afterwards import panels, staff, studio, views
from events.afterwards.acts import ACTS
from events.afterwards.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.afterwards.models, events.afterwards.jobs)


def init_app(app: Flask) -> None:
    for part in (views, studio, staff):
        app.register_blueprint(part.bp)
    acts.name(app, ACTS)
    # Before the guests' own, which forgets whose they were.
    cover(app, CHAPTER, order=60)
    slots.fill(app, "event.acts", panels.desk_link, order=60)
    slots.fill(app, "ticket.after", panels.on_ticket)
    slots.fill(app, "event.after", panels.on_page)
