"""What hangs in the demo's shop, as its first visitor reads it."""

from __future__ import annotations

from demo.story import shelves
from foundation.actors import Actor
from storefront.stock.proof import verify


def test_what_is_reduced_names_the_lowest_price_of_the_thirty_days_before(client, work, clock, monkeypatch):
    reduced = next(one for one in shelves.CATALOGUE if one.compare_at_minor)
    whole = next(one for one in shelves.CATALOGUE if not one.compare_at_minor)
    monkeypatch.setattr(shelves, "CATALOGUE", [whole, reduced])
    with work():
        ids = shelves.fill(actor=Actor.system("test"), today=clock.now, drawings={})
    assert list(ids) == [whole.handle, reduced.handle]
    page = client.get(f"/shop/{reduced.handle}").text
    assert f"Lowest price in the 30 days before: €{reduced.compare_at_minor // 100}.00" in page
    assert "Lowest price" not in client.get(f"/shop/{whole.handle}").text
    with work():
        assert verify().ok
