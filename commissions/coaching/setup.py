"""What coaching plans give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.coaching.jobs
import commissions.coaching.models
from commissions.coaching import staff, views
from commissions.coaching.acts import ACTS, PARTS, SUBJECTS
from commissions.coaching.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (commissions.coaching.jobs, commissions.coaching.models)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    cover(app, CHAPTER, order=48)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    slots.fill(app, "mentors.panels", views.told)
    ours = Entry(
        _l("Coaching"),
        "staff_coaching.index",
        group=_l("Money"),
        permission=Permission.RATES_VIEW,
        belongs=("staff_coaching.",),
    )
    navigation.add(app, "staff.nav", ours, order=74)
