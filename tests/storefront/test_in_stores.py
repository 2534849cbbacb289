"""What a product's page says of the stores that have it, and when it says something else."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from storefront.places import actions as places
from storefront.stock.keeping import correct
from tests.storefront.goods import HOUSE
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_movements import bring
from tests.storefront.test_places import opened

Work = Callable[[], Any]
PAGE = "/shop/corso-denim-jacket"


def sizes(stock: dict[str, int]) -> dict[str, int]:
    return {variant.label: variant.id for variant in put_on_shelf(stock=stock).variants}


def test_the_page_names_the_stores_with_their_sizes_and_the_last_ones(
    client: FlaskClient, work: Work
) -> None:
    with work():
        jackets = sizes({"S": 0, "M": 9})
        torino = opened()
    assert "Try it in store" not in client.get(PAGE).text
    with work():
        bring(jackets["M"], 6, torino)
        bring(jackets["S"], 1, torino)
        places.open_store(actor=HOUSE, draft=_without_stock())
    page = client.get(PAGE).text
    assert "Try it in store" in page and "S (1), M</span>" in page and 'href="/stores/torino"' in page
    assert "Milano" not in page
    assert "Provalo in negozio" in client.get(PAGE, headers={"Accept-Language": "it"}).text


def test_what_is_sold_out_on_the_web_may_hang_in_a_store(client: FlaskClient, work: Work) -> None:
    with work():
        jackets = sizes({"S": 0})
        bring(jackets["S"], 2, opened())
    page = client.get(PAGE).text
    assert "Sold out here; it still hangs in the stores below" in page and "S (2)" in page


def test_a_kept_page_follows_the_stores(client: FlaskClient, work: Work) -> None:
    with work():
        jackets, torino = sizes({"S": 3}), opened()
        bring(jackets["S"], 1, torino)
    assert "S (1)" in client.get(PAGE).text
    with work():
        bring(jackets["S"], 1, torino)
    assert "S (2)" in client.get(PAGE).text
    with work():
        correct(actor=HOUSE, variant_id=jackets["S"], place_id=torino, counted=0, reason="Sold at the till")
    assert "Try it in store" not in client.get(PAGE).text
    with work():
        bring(jackets["S"], 5, torino)
        places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
    assert "Try it in store" not in client.get(PAGE).text


def test_stores_cost_the_page_no_statement(
    client: FlaskClient, work: Work, statements: Callable[[], Any]
) -> None:
    seen = []
    with work():
        jackets = sizes({"S": 3, "M": 3})
    with statements() as before:
        client.get(PAGE)
    with work():
        for number in range(4):
            for variant_id in jackets.values():
                bring(variant_id, 2, opened(f"store-{number}-{variant_id}"))
    with statements() as after:
        client.get(PAGE)
    seen = [before.count, after.count]
    assert seen[0] == seen[1] <= 5


def _without_stock() -> places.PlaceDraft:
    return places.PlaceDraft(
        slug="milano",
        name="Milano",
        street="Via Fiori Chiari 9",
        postcode="20121",
        city="Milano",
        country="IT",
        time_zone="Europe/Rome",
    )
