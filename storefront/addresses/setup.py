"""What kept addresses give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.addresses.models
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation
from storefront.addresses import views
from storefront.addresses.acts import ACTS, PARTS, SUBJECTS
from storefront.addresses.privacy import CHAPTER

REGISTERED = (storefront.addresses.models,)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=30)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(views.bp)
    room = navigation.Entry(_l("Addresses"), "addresses.mine", belongs=("addresses.",))
    navigation.add(app, "account.rooms", room, order=30)
