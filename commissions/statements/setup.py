"""What earnings and statements give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.statements.jobs
from commissions.statements import staff, views
from commissions.statements.cli import commissions_group
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (commissions.statements.jobs,)


def init_app(app: Flask) -> None:
    views.init_app(app)
    staff.init_app(app)
    app.cli.add_command(commissions_group)
    slots.fill(app, "studio.cards", views.money_card, order=10)
    slots.fill(app, "studio.cards", views.orders_card, order=80)
    earnings = Entry(_l("Earnings"), "statements.earnings", group=_l("Money"), belongs=("signals.",))
    navigation.add(app, "studio.nav", earnings, order=30)
    statements = Entry(
        _l("Statements"),
        "statements.index",
        group=_l("Money"),
        belongs=("statements.month", "statements.whole_year"),
    )
    navigation.add(app, "studio.nav", statements, order=40)
