"""What returns give the application."""

from __future__ import annotations

from flask import Flask

import storefront.returns.jobs
from foundation import facts
from foundation.audit import acts
from foundation.payments import webhooks
from foundation.payments.reconcile import expect
from foundation.web import slots
from storefront.exchanges.facts import LineExchanged, PaidForNothing
from storefront.orders.facts import PaidTooLate
from storefront.returns import staff
from storefront.returns.acts import ACTS, PARTS, REASONS
from storefront.returns.queries import believed_refunds
from storefront.returns.reactions import (
    give_back_what_came_too_late,
    give_back_what_costs_less,
    give_back_what_was_paid_for_nothing,
)
from storefront.returns.showing import paid_besides
from storefront.returns.webhooks import refund_changed

REGISTERED = (storefront.returns.jobs,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, parts=PARTS, reasons=REASONS)
    app.register_blueprint(staff.bp)
    slots.fill(app, "staff.queue", staff.queue, order=21)
    slots.fill(app, "order.besides", paid_besides)
    facts.subscribe(PaidTooLate, give_back_what_came_too_late)
    facts.subscribe(LineExchanged, give_back_what_costs_less, when=lambda fact: fact.difference_minor < 0)
    facts.subscribe(PaidForNothing, give_back_what_was_paid_for_nothing)
    webhooks.handle("refund", refund_changed)
    expect(believed_refunds)
