"""What early payouts give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.early.models
from commissions.early import staff, views
from commissions.early.acts import ACTS, SUBJECTS
from commissions.early.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (commissions.early.models,)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    cover(app, CHAPTER, order=49)
    acts.name(app, ACTS, SUBJECTS)
    slots.fill(app, "payees.panels", views.panel)
    slots.fill(app, queue.PLACE, staff.waiting_jobs)
    early = Entry(
        _l("Early payouts"),
        "staff_early.index",
        group=_l("Money"),
        permission=Permission.PAYOUTS_VIEW,
        count=staff.waiting_count,
        belongs=("staff_early.",),
    )
    navigation.add(app, "staff.nav", early, order=70)
