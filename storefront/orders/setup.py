"""What orders give the application."""

from __future__ import annotations

from flask import Flask

import storefront.orders.models
from foundation.payments import webhooks
from storefront.orders import views
from storefront.orders.webhooks import checkout_changed, dispute_changed

REGISTERED = (storefront.orders.models,)


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    webhooks.handle("checkout.session", checkout_changed)
    webhooks.handle("dispute", dispute_changed)
