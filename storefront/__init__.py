"""The shop itself, from catalogue and places to returns and reviews: each knows those before it."""

from __future__ import annotations

from flask import Blueprint, Flask

from foundation.web import sitemap
from storefront.addresses import setup as addresses
from storefront.assortment import setup as assortment
from storefront.cart import setup as cart
from storefront.catalog import setup as catalog
from storefront.checkout import setup as checkout
from storefront.collections import setup as collections
from storefront.delivery import setup as delivery
from storefront.exchanges import setup as exchanges
from storefront.fulfilment import setup as fulfilment
from storefront.messages import setup as messages
from storefront.notices import setup as notices
from storefront.orders import setup as orders
from storefront.pairings import setup as pairings
from storefront.places import setup as places
from storefront.promotions import setup as promotions
from storefront.returns import setup as returns
from storefront.reviews import setup as reviews
from storefront.search import setup as search
from storefront.sendbacks import setup as sendbacks
from storefront.sheets import setup as sheets
from storefront.sizing import setup as sizing
from storefront.stock import setup as stock
from storefront.till import setup as till
from storefront.usual import setup as usual
from storefront.wishes import setup as wishes

FEATURES = (
    *(catalog, places, stock, assortment, sheets, search, sizing, usual, collections, wishes, notices),
    *(delivery, addresses),
    *(cart, promotions, orders, pairings, checkout, exchanges, returns, fulfilment, sendbacks),
    *(messages, reviews, till),
)


def init_app(app: Flask) -> None:
    # Carries the templates of all features; each feature has a blueprint of its own for its pages.
    app.register_blueprint(Blueprint("storefront", __name__, template_folder="templates"))
    for feature in FEATURES:
        feature.init_app(app)
    sitemap.add_pages(app, "catalog.home", "search.shop", "places.store_list")
