"""What the rooms for the whole assortment give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.assortment.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation
from storefront.assortment import staff, staff_bulk, staff_editor
from storefront.assortment.acts import ACTS, SUBJECTS

REGISTERED = (storefront.assortment.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_bulk.bp)
    app.register_blueprint(staff_editor.bp)
    products = navigation.Entry(
        _l("Products"),
        "assortment.product_list",
        group=_l("Range"),
        permission=Permission.CATALOGUE_EDIT,
        belongs=(
            *("assortment.", "assortment_bulk.", "assortment_editor."),
            *("catalog_pictures.", "catalog_cuts.", "catalog_feed.", "sheets_staff."),
        ),
    )
    navigation.add(app, "staff.nav", products, order=46)
