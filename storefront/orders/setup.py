"""What orders give the application."""

from __future__ import annotations

from flask import Blueprint, Flask

import storefront.orders.models

REGISTERED = (storefront.orders.models,)


def init_app(app: Flask) -> None:
    app.register_blueprint(Blueprint("orders", "storefront", template_folder="templates"))
