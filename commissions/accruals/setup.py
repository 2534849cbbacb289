"""What commissions and their receipts give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.accruals.jobs
import commissions.accruals.models
from commissions.accruals import (
    reactions,
    staff,
    staff_basket,
    staff_correct,
    staff_holds,
    staff_preview,
    views,
)
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.web import navigation, slots
from foundation.web.navigation import Entry
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    LinesRefunded,
    OrderDelivered,
    OrderPaid,
    RefundFailed,
)

REGISTERED = (
    commissions.accruals.jobs,
    commissions.accruals.models,
)


def init_app(app: Flask) -> None:
    for part in (views, staff, staff_correct, staff_holds, staff_preview, staff_basket):
        part.init_app(app)
    facts.subscribe(OrderPaid, reactions.on_order_paid)
    facts.subscribe(OrderDelivered, reactions.on_order_delivered)
    facts.subscribe(LinesRefunded, reactions.on_lines_refunded)
    facts.subscribe(RefundFailed, reactions.on_refund_failed)
    facts.subscribe(DisputeOpened, reactions.on_dispute_opened)
    facts.subscribe(DisputeClosed, reactions.on_dispute_closed)
    slots.fill(app, "staff.order.panels", staff.order_panel)
    orders = Entry(
        _l("Orders and receipts"),
        "receipts.orders",
        group=_l("Money"),
        belongs=("receipts.", "missing."),
    )
    navigation.add(app, "studio.nav", orders, order=35)
    receipts = Entry(
        _l("Receipts"),
        "staff_receipts.index",
        group=_l("Money"),
        permission=Permission.RECEIPTS_VIEW,
        belongs=("staff_receipts.", "staff_correct.", "staff_holds."),
    )
    navigation.add(app, "staff.nav", receipts, order=75)
