"""What the calendars of guests give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import events.feeds.models
from events.feeds import views
from events.feeds.acts import ACTS
from events.feeds.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation
from foundation.web.navigation import Entry

REGISTERED = (events.feeds.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, {})
    cover(app, CHAPTER, order=62)
    app.register_blueprint(views.bp)
    navigation.add(app, "account.rooms", Entry(_l("Evenings"), "evenings.mine"), order=25)
