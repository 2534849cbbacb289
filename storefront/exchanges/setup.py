"""What exchanges give the application."""

from __future__ import annotations

from flask import Flask

import storefront.exchanges.jobs
import storefront.exchanges.models
from foundation.audit import acts
from foundation.payments import webhooks
from foundation.payments.reconcile import expect
from storefront.exchanges import views
from storefront.exchanges.acts import ACTS, PARTS, REASONS
from storefront.exchanges.queries import Differences, believed_differences
from storefront.exchanges.webhooks import dispute_changed, page_changed
from storefront.orders.ports import know_beside

REGISTERED = (storefront.exchanges.models, storefront.exchanges.jobs)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, parts=PARTS, reasons=REASONS)
    know_beside(Differences())
    app.register_blueprint(views.bp)
    webhooks.handle("checkout.session", page_changed)
    webhooks.handle("dispute", dispute_changed)
    expect(believed_differences)
