"""What the catalogue gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.catalog.jobs
import storefront.catalog.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, sitemap
from storefront.catalog import cli, feeds, staff, staff_pictures, views
from storefront.catalog.acts import ACTS, PARTS, SUBJECTS
from storefront.catalog.offered import pages_of_products

REGISTERED = (storefront.catalog.models, storefront.catalog.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_pictures.bp)
    app.register_blueprint(feeds.bp)
    sitemap.add_section(app, "products", pages_of_products)
    cli.init_app(app)
    products = navigation.Entry(
        _l("Products"),
        "catalog_staff.products",
        group=_l("Shop floor"),
        permission=Permission.CATALOGUE_EDIT,
        belongs=("catalog_staff.", "catalog_pictures."),
    )
    navigation.add(app, "staff.nav", products, order=40)
