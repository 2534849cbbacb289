"""What profiles give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from editors.profiles import moving, showing, views
from editors.profiles.acts import ACTS
from foundation.audit import acts
from foundation.web import navigation, slots


def init_app(app: Flask) -> None:
    acts.name(app, ACTS)
    app.register_blueprint(views.bp)
    moving.init_app(app)
    app.jinja_env.globals.update(portrait_of=showing.portrait_of, note_of=showing.note_of)
    slots.fill(app, "window.profile", showing.window_facts)
    navigation.add(
        app,
        "studio.nav",
        navigation.Entry(_l("Profile"), "profiles.profile", belongs=("profiles.",), group=_l("About you")),
        order=80,
    )
