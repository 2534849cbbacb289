"""The shop itself: catalogue, stock, bag, orders, checkout, returns, in that order."""

from __future__ import annotations

from flask import Flask

from storefront.cart import setup as cart
from storefront.catalog import setup as catalog
from storefront.orders import setup as orders
from storefront.returns import setup as returns
from storefront.stock import setup as stock

FEATURES = (catalog, stock, cart, orders, returns)


def init_app(app: Flask) -> None:
    for feature in FEATURES:
        feature.init_app(app)
