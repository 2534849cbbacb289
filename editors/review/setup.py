"""What the answering of applications gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.review.models
from editors.review import staff
from editors.review.acts import ACTS, SUBJECTS
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation

REGISTERED = (editors.review.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(staff.bp)
    answers = navigation.Entry(
        _l("Answers"),
        "programme_review.review",
        permission=Permission.EDITORS_MANAGE,
        belongs=("programme_review.",),
    )
    navigation.add(app, "programme.nav", answers, order=30)
