"""What returns by shoppers give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.sendbacks.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from storefront.catalog.ports import also_shown
from storefront.sendbacks import panels, staff, views
from storefront.sendbacks.acts import ACTS
from storefront.sendbacks.privacy import CHAPTER
from storefront.sendbacks.queries import count_received, said_of_fit

REGISTERED = (storefront.sendbacks.models,)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=15)
    acts.name(app, ACTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    also_shown(said_of_fit)
    slots.fill(app, "order.panels", panels.on_order, order=20)
    slots.fill(app, "staff.order.panels", panels.on_staff_order, order=20)
    slots.fill(app, "staff.queue", panels.queue, order=22)
    returns = navigation.Entry(
        _l("Returns"),
        "sendbacks_staff.sendbacks",
        group=_l("Shop floor"),
        permission=Permission.ORDERS_VIEW,
        count=count_received,
        count_words=panels.count_words,
        belongs=("sendbacks_staff.",),
    )
    navigation.add(app, "staff.nav", returns, order=34)
    room = navigation.Entry(_l("Returns and exchanges"), "sendbacks.mine")
    navigation.add(app, "account.rooms", room, order=20)
