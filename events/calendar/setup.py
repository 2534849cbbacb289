"""What the calendar of events gives the application."""

from __future__ import annotations

from flask import Flask

import events.calendar.jobs
import events.calendar.models
from events.calendar.acts import ACTS, SUBJECTS
from events.calendar.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (events.calendar.jobs, events.calendar.models)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=60)
