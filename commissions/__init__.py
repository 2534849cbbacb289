"""Money that can be proved: clicks, who gets credit, what is earned, and how it is paid out."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

import commissions.accruals.jobs
import commissions.accruals.models
import commissions.claims.models
import commissions.clicks.models
import commissions.ledger.models
import commissions.payees.models
import commissions.payouts.models
import commissions.rates.models
from commissions.accruals import reactions
from commissions.clicks import views as click_views
from commissions.payees import webhooks as payee_news
from commissions.payouts import jobs as payout_jobs
from commissions.payouts.cli import payouts_group
from commissions.payouts.queries import believed_transfers
from commissions.statements.cli import commissions_group
from foundation import facts, payments
from foundation.payments.reconcile import expect
from foundation.web import slots
from storefront.orders.facts import LinesRefunded, OrderDelivered, OrderPaid, PaymentDisputed, RefundFailed

REGISTERED = (
    commissions.accruals.jobs,
    commissions.accruals.models,
    commissions.claims.models,
    commissions.clicks.models,
    commissions.ledger.models,
    commissions.payees.models,
    commissions.payouts.models,
    commissions.rates.models,
    payout_jobs,
)


def init_app(app: Flask) -> None:
    """Give the application our pages, commands, slots and ears."""
    app.register_blueprint(
        Blueprint("commissions", __name__, root_path=str(Path(__file__).parent), template_folder="templates")
    )
    click_views.init_app(app)
    slots.fill(app, "shop.band", click_views.credit_band)
    facts.subscribe(OrderPaid, reactions.on_order_paid)
    facts.subscribe(OrderDelivered, reactions.on_order_delivered)
    facts.subscribe(LinesRefunded, reactions.on_lines_refunded)
    facts.subscribe(RefundFailed, reactions.on_refund_failed)
    facts.subscribe(PaymentDisputed, reactions.on_payment_disputed)
    payments.webhooks.handle("account", payee_news.on_account)
    expect(believed_transfers)
    app.cli.add_command(commissions_group)
    app.cli.add_command(payouts_group)
