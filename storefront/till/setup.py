"""What the till gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.till.models
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from storefront.orders.facts import OrderPaid
from storefront.till import staff, staff_day, staff_paying
from storefront.till.acts import ACTS, PARTS, REASONS, SUBJECTS
from storefront.till.privacy import CHAPTER
from storefront.till.reactions import on_order_paid

REGISTERED = (storefront.till.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, SUBJECTS, PARTS, REASONS)
    cover(app, CHAPTER, order=25)
    app.register_blueprint(staff.bp)
    app.register_blueprint(staff_paying.bp)
    app.register_blueprint(staff_day.bp)
    slots.fill(app, "staff.order.panels", staff_day.on_order, order=5)
    slots.fill(app, "staff.queue", staff_day.queue, order=25)
    facts.subscribe(OrderPaid, on_order_paid)
    till = navigation.Entry(
        _l("Till"),
        "till.till",
        group=_l("Shop floor"),
        permission=Permission.TILL_USE,
        belongs=("till.", "till_day.", "till_paying."),
    )
    navigation.add(app, "staff.nav", till, order=28)
