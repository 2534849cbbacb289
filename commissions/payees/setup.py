"""What the accounts money is paid to give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.payees.models
from commissions.payees import staff, views
from commissions.payees.acts import ACTS
from commissions.payees.webhooks import on_account, on_bank_payout
from foundation import payments
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (commissions.payees.models,)


def init_app(app: Flask) -> None:
    for part in (views, staff):
        part.init_app(app)
    acts.name(app, ACTS)
    payments.webhooks.handle("account", on_account)
    payments.webhooks.handle("payout", on_bank_payout)
    slots.fill(app, queue.PLACE, staff.waiting_jobs)
    mine = Entry(_l("Payments"), "payees.show", group=_l("Money"), belongs=("payees.",))
    navigation.add(app, "studio.nav", mine, order=45)
    whom = Entry(
        _l("Payees"),
        "staff_payees.index",
        group=_l("Money"),
        permission=Permission.PAYOUTS_VIEW,
        belongs=("staff_payees.",),
    )
    navigation.add(app, "staff.nav", whom, order=71)
