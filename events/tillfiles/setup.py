"""What files of tills give the application."""

from __future__ import annotations

from flask import Flask

import events.tillfiles.jobs
import events.tillfiles.models
from events.tillfiles import panels, staff
from events.tillfiles.acts import ACTS, SUBJECTS
from events.tillfiles.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.tillfiles.models, events.tillfiles.jobs)


def init_app(app: Flask) -> None:
    app.register_blueprint(staff.bp)
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=64)
    slots.fill(app, "staff_events.tools", panels.link)
