"""What rewards of events give the application."""

from __future__ import annotations

from flask import Flask

from commissions.hosting.ports import hosted_by
from events.rewards import panels
from events.rewards.evenings import Evenings
from foundation.web import slots


def init_app(app: Flask) -> None:
    hosted_by(Evenings())
    slots.fill(app, "event.studio", panels.for_host, order=40)
    slots.fill(app, "event.desk", panels.for_staff, order=60)
