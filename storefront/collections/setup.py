"""What collections give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.collections.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, sitemap, slots
from storefront.collections import showing, staff, staff_pieces, views
from storefront.collections.acts import ACTS, SUBJECTS
from storefront.collections.queries import pages_of_collections
from storefront.search.ports import keep_parts

REGISTERED = (storefront.collections.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_pieces.bp)
    keep_parts(views.find_part)
    slots.fill(app, "home.collections", showing.home_band)
    sitemap.add_pages(app, "collections.collection_list")
    sitemap.add_section(app, "collections", pages_of_collections)
    shown = navigation.Entry(_l("Collections"), "collections.collection_list", belongs=("collections.",))
    navigation.add(app, "shop.nav", shown, order=15)
    navigation.add(
        app, "foot.shop", navigation.Entry(_l("Collections"), "collections.collection_list"), order=15
    )
    kept = navigation.Entry(
        _l("Collections"),
        "collections_staff.collections",
        group=_l("Range"),
        permission=Permission.CATALOGUE_EDIT,
        belongs=("collections_staff.", "collections_pieces."),
    )
    navigation.add(app, "staff.nav", kept, order=47)
