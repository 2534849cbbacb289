"""What the bag gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.cart.models

REGISTERED = (storefront.cart.models,)


def init_app(app: Flask) -> None:
    """The pages follow."""
