from __future__ import annotations

from flask import Blueprint, render_template

from foundation import settings
from foundation.accounts.guards import public
from foundation.money import Money
from storefront.delivery.queries import pickup_terms, zones
from storefront.delivery.showing import countries_of, in_short
from storefront.places.queries import stores

bp = Blueprint("delivery", __name__)


@bp.get("/delivery")
@public
def delivery() -> str:
    """Where the shop delivers, for how much and by when; where orders lie ready; how pieces come back."""
    currency, terms = settings.current().currency, pickup_terms()
    offered = [
        (countries_of(zone), [in_short(one, currency) for one in zone.methods if one.ended_at is None])
        for zone in zones()
    ]
    return render_template(
        "storefront/delivery/delivery.html",
        zones=[(countries, methods) for countries, methods in offered if methods],
        stores=[
            (place, Money(terms[place.id].fee_minor if place.id in terms else 0, currency))
            for place in stores()
            if place.pickup
        ],
    )
