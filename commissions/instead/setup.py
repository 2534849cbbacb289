"""What store credit and gifts give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.instead.models
from commissions.instead import staff, views
from commissions.instead.acts import ACTS, PARTS, SUBJECTS
from commissions.instead.reactions import on_order_changed
from foundation import facts
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation
from foundation.web.navigation import Entry
from storefront.orders.facts import LinesRefunded, OrderCancelled, OrderPaid, RefundFailed

REGISTERED = (commissions.instead.models,)


def init_app(app: Flask) -> None:
    views.init_app(app)
    staff.init_app(app)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    facts.subscribe(OrderPaid, on_order_changed)
    facts.subscribe(LinesRefunded, on_order_changed)
    facts.subscribe(RefundFailed, on_order_changed)
    facts.subscribe(OrderCancelled, on_order_changed)
    mine = Entry(_l("Spend it or give it"), "instead.show", group=_l("Money"))
    navigation.add(app, "studio.nav", mine, order=46)
    causes = Entry(
        _l("Causes"),
        "causes.index",
        group=_l("Money"),
        permission=Permission.BOOKS_VIEW,
        belongs=("causes.",),
    )
    navigation.add(app, "staff.nav", causes, order=79)
