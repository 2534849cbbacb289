"""What fraud control gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.signals.jobs
import commissions.signals.models
from commissions.signals import staff, views
from commissions.signals.acts import ACTS, PARTS, SUBJECTS
from commissions.signals.policy import Thresholds
from commissions.signals.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.settings import SettingsRefused
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.signals.jobs,
    commissions.signals.models,
)


def init_app(app: Flask) -> None:
    _check_thresholds(app)
    for part in (views, staff):
        part.init_app(app)
    cover(app, CHAPTER, order=48)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    slots.fill(app, "studio.cards", views.held_card, order=4)
    slots.fill(app, queue.PLACE, staff.waiting_jobs)
    control = Entry(
        _l("Fraud control"),
        "staff_signals.index",
        group=_l("Money"),
        permission=Permission.SIGNALS_VIEW,
        count=staff.waiting_count,
        belongs=("staff_signals.",),
    )
    navigation.add(app, "staff.nav", control, order=78)


def _check_thresholds(app: Flask) -> None:
    """A threshold that makes no sense is said when the shop starts, not at the first sale."""
    try:
        Thresholds.read(app.extensions["vetrina.settings"].signals)
    except ValueError as refused:
        raise SettingsRefused(str(refused)) from refused
