"""What the catalogue gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.catalog.jobs
import storefront.catalog.models
from foundation.audit import acts
from foundation.web import sitemap
from storefront.catalog import feeds, staff_cuts, staff_feed, staff_pictures, views
from storefront.catalog.acts import ACTS, PARTS, SUBJECTS
from storefront.catalog.offered import pages_of_departments, pages_of_products

REGISTERED = (storefront.catalog.models, storefront.catalog.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff_pictures.bp)
    app.register_blueprint(staff_cuts.bp)
    app.register_blueprint(staff_feed.bp)
    app.register_blueprint(feeds.bp)
    sitemap.add_section(app, "products", pages_of_products)
    sitemap.add_paths(app, pages_of_departments)
