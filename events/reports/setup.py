"""What the reports of events give the application."""

from __future__ import annotations

from flask import Flask

import events.reports.jobs
import events.reports.models
from events.reports import views
from events.reports.acts import ACTS, PARTS
from foundation.audit import acts
from foundation.web import slots

REGISTERED = (events.reports.models, events.reports.jobs)


def init_app(app: Flask) -> None:
    app.register_blueprint(views.staff)
    app.register_blueprint(views.studio)
    slots.fill(app, "event.acts", views.report_link, order=60)
    acts.name(app, ACTS, parts=PARTS)
