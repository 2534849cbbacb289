"""What staff write down about delivery, pick-up and taxes. Orders freeze what they were told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed
from storefront.delivery.errors import (
    CountryTaken,
    MethodNotFound,
    RateCounts,
    RateTaken,
    ZoneNameTaken,
    ZoneNotFound,
)
from storefront.delivery.models import (
    PARTS,
    DeliveryBand,
    DeliveryMethod,
    DeliveryZone,
    PickupTerms,
    TaxRate,
    ZoneCountry,
)
from storefront.delivery.queries import method_by_id, nothing_said, pickup_terms, zone_by_id
from storefront.places.models import Place


@dataclass(frozen=True, kw_only=True)
class MethodDraft:
    """A way of delivery as somebody hands it in; see `models.DeliveryMethod`. `bands`: (grams, minor)."""

    name: str
    name_it: str | None = None
    words: str = ""
    words_it: str | None = None
    standard: bool = True
    position: int = 1
    price_minor: int = 0
    bands: Sequence[tuple[int, int]] = ()
    free_from_minor: int | None = None
    cutoff: int = 14 * 60
    handling_days: int = 1
    days_from: int = 1
    days_to: int = 2


def save_zone(
    *,
    actor: Actor,
    name: str,
    countries: Collection[str],
    zone_id: int | None = None,
    seen: str | None = None,
) -> DeliveryZone:
    """A new zone, or another name and other countries for one. Raises `ZoneNameTaken`, `CountryTaken`.

    `seen`: how it was when the form was begun; `ChangedMeanwhile` when it says something else by now, and not
    this already.
    """
    if zone_id is None:
        zone = DeliveryZone()
    else:
        zone = zone_by_id(_zone(zone_id).id)
        if (zone.name, zone.codes) == (name, sorted(set(countries))):
            return zone
        refuse_changed(seen, zone.seen)
    with unless_taken(ZoneNameTaken, "uq_delivery_zones_name"):
        zone.name = name
        db.session.add(zone)
        db.session.flush()
    db.session.execute(delete(ZoneCountry).where(ZoneCountry.zone_id == zone.id))
    with unless_taken(CountryTaken, "pk_delivery_zone_countries"):
        db.session.add_all(ZoneCountry(country=code, zone_id=zone.id) for code in sorted(set(countries)))
        db.session.flush()
    told = {"name": name, "countries": sorted(set(countries))}
    record(actor=actor, action="delivery.zone", subject=("delivery_zone", zone.id), after=told)
    return zone


def save_method(
    *,
    actor: Actor,
    draft: MethodDraft,
    zone_id: int | None = None,
    method_id: int | None = None,
    seen: str | None = None,
) -> DeliveryMethod:
    """A new way to deliver to a zone, or other terms for one. Raises `ZoneNotFound`, `MethodNotFound`.

    `seen`: how it was when the form was begun; `ChangedMeanwhile` when it says something else by now, and not
    this already.
    """
    values = asdict(draft)
    bands = values.pop("bands")
    if method_id is None:
        method = DeliveryMethod(zone_id=_zone(zone_id or 0).id)
        before: dict[str, Any] | None = None
    else:
        method = method_by_id(_method(method_id).id)
        says = {name: getattr(method, name) for name in PARTS}
        if says == values and method.by_weight == sorted(bands):
            return method
        refuse_changed(seen, method.seen)
        before = {name: getattr(method, name) for name in ("name", "price_minor", "free_from_minor")}
    for name, value in values.items():
        setattr(method, name, value)
    db.session.add(method)
    db.session.flush()
    db.session.execute(delete(DeliveryBand).where(DeliveryBand.method_id == method.id))
    db.session.add_all(
        DeliveryBand(method_id=method.id, up_to_grams=grams, price_minor=minor) for grams, minor in bands
    )
    db.session.flush()
    record(
        actor=actor,
        action="delivery.method",
        subject=("delivery_method", method.id),
        before=before,
        after=values | {"bands": [list(band) for band in bands]},
    )
    return method


def end_method(*, actor: Actor, method_id: int, reason: str) -> None:
    """Nobody is offered it any more; orders that were told it keep it."""
    method = _method(method_id)
    if method.ended_at is None:
        method.ended_at = clock.now()
        record(actor=actor, action="delivery.end", subject=("delivery_method", method_id), reason=reason)
        db.session.flush()


def resume_method(*, actor: Actor, method_id: int, reason: str) -> None:
    """It is offered again."""
    method = _method(method_id)
    if method.ended_at is not None:
        method.ended_at = None
        record(actor=actor, action="delivery.resume", subject=("delivery_method", method_id), reason=reason)
        db.session.flush()


def set_pickup(
    *, actor: Actor, place_id: int, fee_minor: int, ready_after: int, seen: str | None = None
) -> None:
    """What picking up in a store costs, and after how many minutes of its opening an order lies ready.

    `seen`: how it was when the form was begun; `ChangedMeanwhile` when it says
    something else by now, and not this already.
    """
    values = {"fee_minor": fee_minor, "ready_after": ready_after}
    lock_rows(Place, [place_id])
    terms = pickup_terms().get(place_id) or nothing_said(place_id)
    if (terms.fee_minor, terms.ready_after) != (fee_minor, ready_after):
        refuse_changed(seen, terms.seen)
    statement = insert(PickupTerms).values(place_id=place_id, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["place_id"], set_=values))
    record(actor=actor, action="delivery.pickup", subject=("place", place_id), after=values)


def add_tax_rate(*, actor: Actor, country: str, category: str, bps: int, valid_from: date) -> TaxRate:
    """A rate that counts from a day on, beside those before it. Raises `RateTaken`."""
    rate = TaxRate(country=country, category=category, bps=bps, valid_from=valid_from)
    with unless_taken(RateTaken, "uq_tax_rates_country_category_valid_from"):
        db.session.add(rate)
        db.session.flush()
    told = {"country": country, "category": category, "bps": bps, "valid_from": valid_from.isoformat()}
    record(actor=actor, action="delivery.tax", subject=("tax_rate", rate.id), after=told)
    return rate


def remove_tax_rate(*, actor: Actor, rate_id: int, today: date) -> None:
    """Take away a rate that is still to come; saying it twice is saying it once. Raises `RateCounts`."""
    for rate in lock_rows(TaxRate, [rate_id]):
        if rate.valid_from <= today:
            raise RateCounts()
        told = {"country": rate.country, "category": rate.category, "bps": rate.bps}
        record(actor=actor, action="delivery.tax_removed", subject=("tax_rate", rate_id), before=told)
        db.session.delete(rate)
        db.session.flush()


def _zone(zone_id: int) -> DeliveryZone:
    for zone in lock_rows(DeliveryZone, [zone_id]):
        return zone
    raise ZoneNotFound()


def _method(method_id: int) -> DeliveryMethod:
    for method in lock_rows(DeliveryMethod, [method_id]):
        return method
    raise MethodNotFound()
