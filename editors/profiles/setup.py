"""What profiles give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from editors.profiles import moving, views
from editors.profiles.acts import ACTS
from foundation.audit import acts
from foundation.web import navigation


def init_app(app: Flask) -> None:
    acts.name(app, ACTS)
    app.register_blueprint(views.bp)
    moving.init_app(app)
    navigation.add(
        app,
        "studio.nav",
        navigation.Entry(_l("Profile"), "profiles.profile", belongs=("profiles.",), group=_l("About you")),
        order=80,
    )
