"""What privacy gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import foundation.privacy.jobs
from foundation.audit import acts
from foundation.privacy import views
from foundation.privacy.acts import ACTS as NAMED
from foundation.privacy.chapters import cover
from foundation.privacy.own import ACCOUNT, ACTS, LETTERS
from foundation.web import navigation
from foundation.web.navigation import Entry

REGISTERED = (foundation.privacy.jobs,)


def init_app(app: Flask) -> None:
    acts.name(app, NAMED)
    app.register_blueprint(views.bp)
    cover(app, ACCOUNT, order=0)
    cover(app, LETTERS, order=90)
    cover(app, ACTS, order=95)
    navigation.add(
        app, "account.rooms", Entry(_l("Your data"), "privacy.show", belongs=("privacy.",)), order=80
    )
