"""What fulfilment gives the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import storefront.fulfilment.jobs
import storefront.fulfilment.models
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots
from storefront.exchanges.queries import count_to_pack as count_exchanges_to_pack
from storefront.fulfilment import panels, replacements, staff, staff_pickups, views
from storefront.fulfilment.acts import ACTS, PARTS, REASONS
from storefront.fulfilment.queries import Way, count_to_pick
from storefront.fulfilment.reactions import (
    on_lines_refunded,
    on_order_delivered,
    on_order_paid,
    on_store_shut,
)
from storefront.orders.facts import LinesRefunded, OrderDelivered, OrderPaid
from storefront.orders.ports import follow
from storefront.places.facts import StoreShut

REGISTERED = (storefront.fulfilment.models, storefront.fulfilment.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, parts=PARTS, reasons=REASONS)
    follow(Way())
    app.register_blueprint(views.bp)
    app.register_blueprint(staff.bp)
    app.register_blueprint(replacements.bp)
    app.register_blueprint(staff_pickups.bp)
    facts.subscribe(StoreShut, on_store_shut)
    facts.subscribe(OrderPaid, on_order_paid)
    facts.subscribe(OrderDelivered, on_order_delivered)
    facts.subscribe(LinesRefunded, on_lines_refunded)
    slots.fill(app, "order.story", panels.story)
    slots.fill(app, "order.panels", panels.on_order, order=10)
    slots.fill(app, "staff.order.steps", panels.on_staff_order)
    slots.fill(app, "order.panels", replacements.on_order, order=15)
    slots.fill(app, "staff.order.panels", replacements.on_staff_order, order=15)
    slots.fill(app, "staff.queue", staff_pickups.queue, order=19)
    slots.fill(app, "staff.queue", replacements.queue, order=23)
    slots.fill(app, "staff.place.closing", staff_pickups.on_place)
    packing = navigation.Entry(
        _l("Packing"),
        "packing.packing",
        group=_l("Shop floor"),
        permission=Permission.ORDERS_VIEW,
        count=count_to_pick,
        count_words=panels.count_words,
        belongs=("packing.", "pickups."),
    )
    navigation.add(app, "staff.nav", packing, order=32)
    exchanged = navigation.Entry(
        _l("Exchanges"),
        "replacements.exchanges",
        group=_l("Shop floor"),
        permission=Permission.ORDERS_VIEW,
        count=count_exchanges_to_pack,
        count_words=replacements.count_words,
        belongs=("replacements.",),
    )
    navigation.add(app, "staff.nav", exchanged, order=35)
