"""What finding gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.search.jobs
import storefront.search.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation
from storefront.catalog.ports import on_change, on_store_stock
from storefront.search import staff, views
from storefront.search.actions import refresh, refresh_stores
from storefront.search.acts import ACTS, SUBJECTS

REGISTERED = (storefront.search.models, storefront.search.jobs)


def init_app(app: Flask) -> None:
    """The list, and documents that change with the products they are of."""
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    acts.name(app, ACTS, SUBJECTS)
    on_change(refresh)
    on_store_stock(refresh_stores)
    shop = navigation.Entry(_l("Shop"), "search.shop", belongs=("catalog.product",))
    navigation.add(app, "shop.nav", shop, order=10)
    navigation.add(app, "shop.search", navigation.Entry(_l("Search"), "search.shop"))
    navigation.add(app, "shop.suggestions", navigation.Entry(_l("Suggestions"), "search.suggestions"))
    navigation.add(app, "foot.shop", navigation.Entry(_l("New in"), "search.shop"), order=10)
    for label, endpoint, order in (
        (_l("Synonyms"), "search_staff.synonyms", 50),
        (_l("Searches in vain"), "search_staff.misses", 50),
    ):
        entry = navigation.Entry(label, endpoint, group=_l("Range"), permission=Permission.CATALOGUE_EDIT)
        navigation.add(app, "staff.nav", entry, order=order)
