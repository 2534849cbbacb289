"""What rates give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.rates.jobs
import commissions.rates.models
from commissions.rates import staff, views
from commissions.rates.acts import ACTS, SUBJECTS
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.rates.jobs,
    commissions.rates.models,
)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    acts.name(app, ACTS, SUBJECTS)
    slots.fill(app, "studio.cards", views.announced_card, order=5)
    mine = Entry(_l("What you earn"), "rates.mine", group=_l("Money"))
    navigation.add(app, "studio.nav", mine, order=42)
    rates = Entry(
        _l("Rates"),
        "rates_staff.rates",
        group=_l("Money"),
        permission=Permission.RATES_VIEW,
        belongs=("rates_staff.", "rates_trial.", "rates_basket."),
    )
    navigation.add(app, "staff.nav", rates, order=72)
