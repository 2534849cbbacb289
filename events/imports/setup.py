"""What files of guests give the application."""

from __future__ import annotations

from flask import Flask

import events.imports.jobs
import events.imports.models
from events.imports import staff, studio
from events.imports.acts import ACTS, SUBJECTS
from events.imports.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (events.imports.models, events.imports.jobs)


def init_app(app: Flask) -> None:
    for part in (studio, staff):
        app.register_blueprint(part.bp)
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=63)
