"""What orders give the application."""

from __future__ import annotations

from flask import Blueprint, Flask

import storefront.orders.models
from foundation.payments import webhooks
from storefront.orders.webhooks import checkout_changed, dispute_changed

REGISTERED = (storefront.orders.models,)


def init_app(app: Flask) -> None:
    app.register_blueprint(Blueprint("orders", "storefront", template_folder="templates"))
    webhooks.handle("checkout.session", checkout_changed)
    webhooks.handle("dispute", dispute_changed)
