"""What pilot groups give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.cohorts.models
from editors.cohorts import queries, staff, views
from editors.cohorts.acts import ACTS, SUBJECTS
from editors.membership.ports import withhold_with
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots

REGISTERED = (editors.cohorts.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    withhold_with(queries.withheld)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    slots.fill(app, "member.panels", views.groups_panel, order=40)
    entry = navigation.Entry(
        _l("Groups"),
        "programme_cohorts.cohorts",
        permission=Permission.EDITORS_MANAGE,
        belongs=("programme_cohorts.",),
    )
    navigation.add(app, "programme.nav", entry, order=70)
