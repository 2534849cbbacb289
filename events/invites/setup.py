"""What invitations to events give the application."""

from __future__ import annotations

from flask import Flask

import events.invites.models
from events.invites import views
from events.invites.acts import ACTS
from events.invites.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import slots

REGISTERED = (events.invites.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, {})
    cover(app, CHAPTER, order=62)
    app.register_blueprint(views.bp)
    slots.fill(app, "evenings.panels", views.switch)
