"""The demo's stores: six of them, in two zones, each with an address and hours that read as hours."""

from collections.abc import Callable
from typing import Any

import pytest

from demo.story import shelves
from demo.story.places import STORES, fill_rails, open_doors
from demo.story.shelves import fill
from foundation.actors import Actor
from storefront.places.models import WEB_WAREHOUSE
from storefront.places.queries import place_by_id, stores
from storefront.stock.proof import verify

HOUSE = Actor.system("test")


def test_six_stores_open_in_two_zones_and_their_rails_add_up(
    work: Callable[[], Any], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "CATALOGUE", shelves.CATALOGUE[::6])
    with work():
        opened = open_doors(actor=HOUSE, today=clock.now)
        products = fill(actor=HOUSE, today=clock.now, drawings={})
        fill_rails(actor=HOUSE, today=clock.now, stores=opened, products=products)
    with work():
        found = stores()
        assert len(found) == len(STORES) == 6
        assert {store.time_zone for store in found} == {"Europe/Rome", "Europe/London"}
        assert all(store.street and store.hours and store.special_days and store.said for store in found)
        monday = [[one for one in store.hours if one.weekday == 0] for store in found]
        assert [not spans for spans in monday].count(True) == 1, "one is closed on Mondays"
        days = [{one.day for one in store.special_days} for store in found]
        assert [len(own - set.intersection(*days)) for own in days].count(1) == 5, (
            "a town has its own holiday"
        )
        assert place_by_id(WEB_WAREHOUSE).city == "Settimo Torinese"
        assert verify().ok
