"""What the questions of the application give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.questions.models
from editors.questions import staff
from editors.questions.acts import ACTS, SUBJECTS
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation

REGISTERED = (editors.questions.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(staff.bp)
    form = navigation.Entry(
        _l("Form"),
        "questions_staff.questions",
        permission=Permission.EDITORS_MANAGE,
        belongs=("questions_staff.",),
    )
    navigation.add(app, "programme.nav", form, order=20)
    programme = navigation.Entry(
        _l("Programme"),
        "questions_staff.questions",
        group=_l("People"),
        permission=Permission.EDITORS_MANAGE,
        belongs=("questions_staff.", "programme_"),
    )
    navigation.add(app, "staff.nav", programme, order=42)
