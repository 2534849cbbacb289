"""What the door of events gives the application."""

from __future__ import annotations

from flask import Flask

import events.door.jobs
import events.door.models
from events.door.acts import ACTS
from events.door.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (events.door.models, events.door.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS)
    # Before the guests' own, which forgets whose they were.
    cover(app, CHAPTER, order=60)
