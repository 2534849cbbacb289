"""What places give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.places.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation
from storefront.places import staff, views
from storefront.places.acts import ACTS, SUBJECTS

REGISTERED = (storefront.places.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    stores = navigation.Entry(_l("Stores"), "places.store_list", belongs=("places.",))
    navigation.add(app, "shop.nav", stores, order=30)
    navigation.add(app, "foot.help", navigation.Entry(_l("Stores and hours"), "places.store_list"), order=10)
    places = navigation.Entry(
        _l("Places"),
        "places_staff.places",
        group=_l("Shop floor"),
        permission=Permission.PLACES_EDIT,
        belongs=("places_staff.",),
    )
    navigation.add(app, "staff.nav", places, order=40)
