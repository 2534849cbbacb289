"""What the figures of an editor give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from commissions.results import home, views
from commissions.results.among import Counted
from editors.membership.ports import count_with
from foundation.web import navigation, slots
from foundation.web.navigation import Entry


def init_app(app: Flask) -> None:
    views.init_app(app)
    slots.fill(app, "studio.head", home.head)
    slots.fill(app, "studio.steps", home.steps)
    count_with(Counted())
    results = Entry(_l("Results"), "results.index", icon="chart-column")
    navigation.add(app, "studio.nav", results, order=25)
