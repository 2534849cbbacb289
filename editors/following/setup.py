"""What following gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_in

import editors.following.jobs
import editors.following.models
from editors.following import panels, remembering, views
from editors.following.privacy import CHAPTER
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots

REGISTERED = (editors.following.models, editors.following.jobs)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=33)
    app.register_blueprint(views.bp)
    user_logged_in.connect(remembering.fulfil, app)
    slots.fill(app, "home.looks", panels.home_strip, order=40)
    navigation.add(app, "account.rooms", navigation.Entry(_l("Following"), "following.following"), order=45)
