"""What messages give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.messages.models
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.privacy.chapters import cover
from foundation.web import navigation, slots
from storefront.messages import panels, staff, views
from storefront.messages.acts import ACTS
from storefront.messages.privacy import CHAPTER
from storefront.messages.queries import count_waiting

REGISTERED = (storefront.messages.models,)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=18)
    acts.name(app, ACTS)
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    slots.fill(app, "order.panels", panels.on_order, order=60)
    slots.fill(app, "staff.order.panels", panels.on_staff_order, order=60)
    slots.fill(app, "staff.queue", panels.queue, order=24)
    messages = navigation.Entry(
        _l("Messages"),
        "messages_staff.conversations",
        group=_l("Shop floor"),
        permission=Permission.ORDERS_VIEW,
        count=count_waiting,
        count_words=panels.count_words,
        belongs=("messages_staff.",),
    )
    navigation.add(app, "staff.nav", messages, order=35)
    navigation.add(app, "account.rooms", navigation.Entry(_l("Messages"), "messages.mine"), order=60)
