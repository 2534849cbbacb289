"""The shop itself: catalogue, stock, bag, orders, checkout, returns, in that order."""

from __future__ import annotations

from flask import Flask

from storefront.catalog import setup as catalog

FEATURES = (catalog,)


def init_app(app: Flask) -> None:
    for feature in FEATURES:
        feature.init_app(app)
