from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from foundation import clock, settings
from foundation.accounts.guards import public
from storefront.places.queries import store_page, stores
from storefront.places.showing import store_data, store_view

bp = Blueprint("places", __name__, url_prefix="/stores")


@bp.get("")
@public
def store_list() -> str:
    """Every store, and whether somebody is there now."""
    now = clock.now()
    views = [store_view(place, now) for place in stores()]
    return render_template(
        "storefront/places/stores.html",
        countries=[(name, list(group)) for name, group in groupby(views, key=lambda view: view.country)],
    )


@bp.get("/<slug>")
@public
def store(slug: str) -> str:
    """One store: when to come, where it is, what to expect."""
    view = store_view(store_page(slug), clock.now())
    return render_template(
        "storefront/places/store.html",
        view=view,
        place=view.place,
        data=store_data(view, settings.current().base_url),
    )
