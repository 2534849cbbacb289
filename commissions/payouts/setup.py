"""What payout runs give the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

import commissions.payouts.approvals
import commissions.payouts.jobs
import commissions.payouts.models
from commissions.payouts import desk, staff
from commissions.payouts.acts import ACTS, PARTS, SUBJECTS
from commissions.payouts.cli import payouts_group
from commissions.payouts.queries import believed_transfers
from commissions.payouts.webhooks import on_transfer
from foundation import payments
from foundation.accounts.permissions import Permission
from foundation.audit import acts
from foundation.payments.reconcile import expect
from foundation.staff import queue
from foundation.web import navigation, slots
from foundation.web.navigation import Entry

REGISTERED = (
    commissions.payouts.approvals,
    commissions.payouts.jobs,
    commissions.payouts.models,
)


def init_app(app: Flask) -> None:
    staff.init_app(app)
    acts.name(app, ACTS, SUBJECTS, PARTS)
    payments.webhooks.handle("transfer", on_transfer)
    expect(believed_transfers)
    app.cli.add_command(payouts_group)
    slots.fill(app, queue.PLACE, desk.waiting_jobs)
    runs = Entry(
        _l("Payout runs"),
        "payouts.index",
        group=_l("Money"),
        permission=Permission.PAYOUTS_VIEW,
        count=desk.waiting_count,
        belongs=("payouts.",),
    )
    navigation.add(app, "staff.nav", runs, order=70)
