"""What the catalogue gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.catalog.models

REGISTERED = (storefront.catalog.models,)


def init_app(app: Flask) -> None:
    """Nothing to register yet."""
