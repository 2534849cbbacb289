"""What cost and return of the programme give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from commissions.programme import staff, staff_commissions
from foundation.accounts.permissions import Permission
from foundation.web import navigation
from foundation.web.navigation import Entry


def init_app(app: Flask) -> None:
    for part in (staff, staff_commissions):
        part.init_app(app)
    cost = Entry(
        _l("Cost and return"),
        "cost_and_return.index",
        group=_l("Money"),
        permission=Permission.PROGRAMME_VIEW,
        belongs=("cost_and_return.",),
    )
    navigation.add(app, "staff.nav", cost, order=71)
    commissions = Entry(
        _l("Commissions"),
        "staff_commissions.index",
        group=_l("Money"),
        permission=Permission.RECEIPTS_VIEW,
        belongs=("staff_commissions.",),
    )
    navigation.add(app, "staff.nav", commissions, order=74)
