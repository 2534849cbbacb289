"""What the stock room gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.stock.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots
from storefront.catalog.ports import count_promised, look_in_stores, note_counts
from storefront.stock import cli, staff
from storefront.stock.acts import ACTS, SUBJECTS
from storefront.stock.moving import note_counted
from storefront.stock.queries import in_stores, promised

REGISTERED = (storefront.stock.models,)


def init_app(app: Flask) -> None:
    """Every page of the catalogue counts what is promised, as we do here; its imports leave movements."""
    acts.name(app, ACTS, SUBJECTS)
    count_promised(promised)
    note_counts(note_counted)
    look_in_stores(in_stores)
    cli.init_app(app)
    app.register_blueprint(staff.bp)
    slots.fill(app, "staff.queue", staff.queue, order=40)
    stock = navigation.Entry(
        _l("Stock"),
        "stock_staff.stock",
        group=_l("Range"),
        permission=Permission.STOCK_KEEP,
        belongs=("stock_staff.",),
    )
    navigation.add(app, "staff.nav", stock, order=49)
