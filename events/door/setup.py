"""What the door of events gives the application."""

from __future__ import annotations

from flask import Flask

import events.door.jobs
import events.door.models
from events.door import board_views, panels, staff, studio, views
from events.door.acts import ACTS
from events.door.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.door.models, events.door.jobs)


def init_app(app: Flask) -> None:
    for blueprint in (staff.bp, studio.bp, board_views.staff, board_views.studio, panels.bp, views.bp):
        app.register_blueprint(blueprint)
    slots.fill(app, "event.acts", panels.door_link)
    slots.fill(app, "ticket.more", panels.style_switch)
    acts.name(app, ACTS)
    # Before the guests' own, which forgets whose they were.
    cover(app, CHAPTER, order=60)
