"""What rewards for hosts give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.hosting.jobs
import commissions.hosting.models
from commissions.hosting import staff
from commissions.hosting.acts import ACTS, PARTS, SUBJECTS
from commissions.hosting.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation
from foundation.web.navigation import Entry

REGISTERED = (commissions.hosting.jobs, commissions.hosting.models)


def init_app(app: Flask) -> None:
    app.register_blueprint(staff.bp)
    cover(app, CHAPTER, order=48)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    ours = Entry(
        _l("Hosts"),
        "staff_hosting.index",
        group=_l("Money"),
        permission=Permission.RATES_VIEW,
        belongs=("staff_hosting.",),
    )
    navigation.add(app, "staff.nav", ours, order=75)
