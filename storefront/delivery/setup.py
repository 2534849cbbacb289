"""What delivery gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.delivery.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, sitemap
from storefront.delivery import staff, staff_taxes, views
from storefront.delivery.acts import ACTS, SUBJECTS

REGISTERED = (storefront.delivery.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(views.bp)
    sitemap.add_pages(app, "delivery.delivery")
    terms = navigation.Entry(_l("Delivery and returns"), "delivery.delivery")
    navigation.add(app, "foot.help", terms, order=5)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_taxes.bp)
    for label, endpoint, permission, order in (
        (_l("Delivery"), "delivery_staff.delivery", Permission.DELIVERY_MANAGE, 42),
        (_l("Taxes"), "taxes_staff.taxes", Permission.TAXES_MANAGE, 44),
    ):
        entry = navigation.Entry(
            label,
            endpoint,
            group=_l("Shop floor"),
            permission=permission,
            belongs=(f"{endpoint.partition('.')[0]}.",),
        )
        navigation.add(app, "staff.nav", entry, order=order)
