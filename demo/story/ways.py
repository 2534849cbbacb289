"""Where the demo delivers, by which ways, with which taxes; and one order that lies ready in a store today."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Flask

from demo.story.visitor import Visitor
from foundation import clock
from foundation.actors import Actor
from foundation.db import unit_of_work
from foundation.jobs.draining import drain
from storefront.delivery.actions import (
    MethodDraft,
    add_tax_rate,
    save_method,
    save_zone,
    set_pickup,
)
from storefront.delivery.queries import zones
from storefront.fulfilment.actions import advance
from storefront.fulfilment.models import FulfilmentStatus
from storefront.orders.queries import order_by_token
from storefront.stock.queries import levels_at

ITALY = ("IT", "SM", "VA")
UNION = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "LT"),
    *("LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
BESIDE = ("GB", "CH")

# In Italy the courier is free, as the story has always told it.
COURIER = MethodDraft(
    name="Courier",
    name_it="Corriere",
    words="Free in Italy, whatever the sum",
    words_it="Gratis in Italia, qualunque sia la somma",
)
EXPRESS = MethodDraft(
    name="Express",
    name_it="Espresso",
    words="Before noon",
    words_it="Entro mezzogiorno",
    standard=False,
    position=2,
    price_minor=990,
    handling_days=0,
    days_from=1,
    days_to=1,
)
ABROAD = MethodDraft(
    name="Courier",
    name_it="Corriere",
    words="Free from 250 euro",
    words_it="Gratis da 250 euro",
    bands=((1000, 990), (3000, 1490), (10_000, 2490)),
    free_from_minor=250_00,
    days_from=2,
    days_to=4,
)
ABROAD_EXPRESS = MethodDraft(
    name="Express",
    name_it="Espresso",
    standard=False,
    position=2,
    price_minor=2490,
    days_from=1,
    days_to=2,
)
BESIDE_COURIER = MethodDraft(
    name="Courier",
    name_it="Corriere",
    words="Customs are paid already",
    words_it="Dogana già pagata",
    price_minor=1490,
    days_from=3,
    days_to=5,
)
BESIDE_EXPRESS = MethodDraft(
    name="Express",
    name_it="Espresso",
    words="Customs are paid already",
    words_it="Dogana già pagata",
    standard=False,
    position=2,
    price_minor=3490,
    days_from=1,
    days_to=2,
)
RATES = (("AT", 2000), ("DE", 1900), ("ES", 2100), ("FR", 2000), ("GB", 2000), ("CH", 0))
# The workshop's store is small: somebody fetches the pieces from the stock room next door.
SLOW, SLOW_MINUTES = "bologna-santo-stefano", 240


def write_down(*, actor: Actor, today: datetime, stores: dict[str, int]) -> None:
    """Three zones with two ways each, the taxes of those who buy most, and the terms of one store."""
    with clock.held_at(today - timedelta(days=70)):
        italy, neighbours = zones()
        italian, european = (zone.methods[0].id for zone in (italy, neighbours))
        save_zone(actor=actor, zone_id=neighbours.id, name="European Union", countries=UNION)
        save_zone(actor=actor, zone_id=italy.id, name="Italy", countries=ITALY)
        beside = save_zone(actor=actor, name="United Kingdom and Switzerland", countries=BESIDE)
        save_method(actor=actor, method_id=italian, draft=COURIER)
        save_method(actor=actor, method_id=european, draft=ABROAD)
        for zone, draft in (
            (italy, EXPRESS),
            (neighbours, ABROAD_EXPRESS),
            (beside, BESIDE_COURIER),
            (beside, BESIDE_EXPRESS),
        ):
            save_method(actor=actor, zone_id=zone.id, draft=draft)
        for country, bps in RATES:
            add_tax_rate(actor=actor, country=country, category="", bps=bps, valid_from=date(2026, 1, 1))
        set_pickup(actor=actor, place_id=stores[SLOW], fee_minor=0, ready_after=SLOW_MINUTES)


def let_one_collect(app: Flask, *, today: datetime, desk: Actor, place_id: int, variants: list[int]) -> None:
    """Yesterday somebody ordered two pieces to be picked up; they lie ready since this morning."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        clock.hold(today - timedelta(hours=17))
        with app.app_context():
            there = levels_at(place_id, variants, less_promised=True)
        visitor = Visitor(app, 9_001, "it")
        visitor.take([(variant, 1) for variant in sorted(there) if there[variant] > 1][:2], None)
        token = visitor.check_out("Chiara Fontana", "chiara.fontana@shopper.test", store=place_id)
        drain(app)
        for minutes, step in enumerate(
            (FulfilmentStatus.PICKING, FulfilmentStatus.PACKED, FulfilmentStatus.READY), start=1
        ):
            clock.hold(today + timedelta(minutes=10 * minutes - 60))
            with app.app_context(), unit_of_work():
                advance(actor=desk, order_ids=[order_by_token(token).id], to=step)
        drain(app)
    finally:
        clock.hold(None)
        app.config["WTF_CSRF_ENABLED"] = before
