from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from foundation.db import db, rows
from storefront.delivery.errors import MethodNotFound, ZoneNotFound
from storefront.delivery.models import (
    DeliveryMethod,
    DeliveryZone,
    PickupTerms,
    TaxRate,
    ZoneCountry,
)
from storefront.delivery.policy import READY_AFTER, Method, Taxes, Terms

# One statement for whatever decides on the price of delivery and on the taxes of a bag: it is on the way of
# every order. The newest rate of each department counts; those of the shop's own country where a country
# has none.
_TERMS = text(
    """
    SELECT coalesce((SELECT zone.name FROM delivery_zone_countries here
                     JOIN delivery_zones zone ON zone.id = here.zone_id
                     WHERE here.country = :country), ''),
           (SELECT jsonb_agg(jsonb_build_array(
                method.id, method.name, method.name_it, method.words, method.words_it, method.standard,
                method.price_minor, method.free_from_minor, method.cutoff, method.handling_days,
                method.days_from, method.days_to,
                (SELECT jsonb_agg(jsonb_build_array(band.up_to_grams, band.price_minor))
                 FROM delivery_bands band WHERE band.method_id = method.id))
                ORDER BY method.position, method.id)
            FROM delivery_zone_countries here
            JOIN delivery_methods method ON method.zone_id = here.zone_id AND method.ended_at IS NULL
            WHERE here.country = :country),
           (SELECT jsonb_object_agg(rate.country || ':' || rate.category, rate.bps) FROM (
                SELECT DISTINCT ON (country, category) country, category, bps FROM tax_rates
                WHERE country IN (:country, :home) AND valid_from <= CAST(:today AS date)
                ORDER BY country, category, valid_from DESC) rate),
           (SELECT coalesce(sum(coalesce(variant.grams, 0) * piece.quantity), 0)
            FROM unnest(CAST(:ids AS bigint[]), CAST(:quantities AS bigint[])) piece (variant_id, quantity)
            JOIN variants variant ON variant.id = piece.variant_id)
    """
)


def terms_for(country: str, pieces: Mapping[int, int], *, home: str, today: date) -> Terms:
    """What holds for these pieces (variant: how many) sent to a country, on a day of the shop's calendar."""
    found = rows(
        _TERMS,
        {
            "country": country,
            "home": home,
            "today": today,
            "ids": list(pieces),
            "quantities": list(pieces.values()),
        },
    )
    zone, methods, rates, grams = found[0]
    by_country: dict[str, dict[str, int]] = {}
    for name, bps in (rates or {}).items():
        where, _colon, category = name.partition(":")
        by_country.setdefault(where, {})[category] = bps
    own = by_country.get(country, {})
    taxes = own if "" in own else by_country.get(home, {})
    offered = tuple(map(_method, methods or ()))
    return Terms(country, zone, offered, Taxes(taxes), int(grams))


def _method(row: list[Any]) -> Method:
    """A method as the statement gives it, its bands last."""
    bands = tuple((limit, minor) for limit, minor in row[-1] or ())
    return Method(*(*row[:-1], bands))


def countries_delivered_to() -> frozenset[str]:
    """Where at least one way of delivery leads."""
    statement = (
        select(ZoneCountry.country)
        .join(DeliveryMethod, DeliveryMethod.zone_id == ZoneCountry.zone_id)
        .where(DeliveryMethod.ended_at.is_(None))
    )
    return frozenset(db.session.scalars(statement))


def zones() -> Sequence[DeliveryZone]:
    """Every zone with its countries, methods and bands."""
    statement = select(DeliveryZone).options(
        selectinload(DeliveryZone.countries),
        selectinload(DeliveryZone.methods).selectinload(DeliveryMethod.bands),
    )
    return db.session.scalars(
        statement.order_by(DeliveryZone.id).execution_options(populate_existing=True)
    ).all()


def zone_by_id(zone_id: int) -> DeliveryZone:
    """One of them; raises `ZoneNotFound`."""
    for zone in zones():
        if zone.id == zone_id:
            return zone
    raise ZoneNotFound()


def method_by_id(method_id: int) -> DeliveryMethod:
    """A way of delivery with its bands; raises `MethodNotFound`."""
    found = db.session.scalars(
        select(DeliveryMethod)
        .where(DeliveryMethod.id == method_id)
        .options(selectinload(DeliveryMethod.bands))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise MethodNotFound()
    return found


def pickup_terms() -> dict[int, PickupTerms]:
    """What was said of picking up, by store; most stores say nothing."""
    statement = select(PickupTerms).execution_options(populate_existing=True)
    return {one.place_id: one for one in db.session.scalars(statement)}


def nothing_said(place_id: int) -> PickupTerms:
    """What holds where nothing was said of picking up."""
    return PickupTerms(place_id=place_id, fee_minor=0, ready_after=READY_AFTER)


def tax_rates() -> Sequence[TaxRate]:
    """Every rate there is, was and will be: by country and department, the newest first."""
    order = (TaxRate.country, TaxRate.category, TaxRate.valid_from.desc())
    return db.session.scalars(select(TaxRate).order_by(*order)).all()
