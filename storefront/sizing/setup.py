"""What size guides give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.sizing.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots
from storefront.catalog.ports import also_shown, look_up_sizes
from storefront.sizing import showing, staff
from storefront.sizing.acts import ACTS, SUBJECTS
from storefront.sizing.queries import guide_of_product, guides_version

REGISTERED = (storefront.sizing.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS)
    app.register_blueprint(staff.bp)
    look_up_sizes(guide_of_product)
    also_shown(guides_version)
    slots.fill(app, "staff.product.panels", showing.on_product)
    entry = navigation.Entry(
        _l("Size guides"),
        "sizing_staff.guide_list",
        group=_l("Range"),
        permission=Permission.CATALOGUE_EDIT,
        belongs=("sizing_staff.",),
    )
    navigation.add(app, "staff.nav", entry, order=48)
