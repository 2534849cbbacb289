"""What the overview of events gives the application."""

from __future__ import annotations

from flask import Flask

from events.overview import panels, staff
from foundation.web import slots


def init_app(app: Flask) -> None:
    app.register_blueprint(staff.bp)
    slots.fill(app, "staff_events.tools", panels.links)
