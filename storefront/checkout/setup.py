"""What the checkout gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.checkout.jobs
from storefront.checkout import views

REGISTERED = (storefront.checkout.jobs,)


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
