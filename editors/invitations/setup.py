"""What invitations give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import editors.invitations.models
from editors.invitations import staff, views
from editors.invitations.acts import ACTS, SUBJECTS
from editors.invitations.privacy import CHAPTER
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation

REGISTERED = (editors.invitations.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    cover(app, CHAPTER, order=41)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    entry = navigation.Entry(
        _l("Invitations"), "programme_invitations.invitations", permission=Permission.EDITORS_MANAGE
    )
    navigation.add(app, "programme.nav", entry, order=40)
