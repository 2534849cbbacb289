"""What missing sales give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.missing.models
from commissions.missing import staff, views
from commissions.missing.acts import ACTS, SUBJECTS
from commissions.missing.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (commissions.missing.models,)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    cover(app, CHAPTER, order=46)
    acts.name(app, ACTS, SUBJECTS)
    slots.fill(app, queue.PLACE, staff.waiting_jobs)
    missing = Entry(
        _l("Missing sales"),
        "staff_missing.index",
        group=_l("Money"),
        permission=Permission.CLAIMS_DECIDE,
        count=staff.waiting_count,
        belongs=("staff_missing.",),
    )
    navigation.add(app, "staff.nav", missing, order=77)
