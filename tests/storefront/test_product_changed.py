"""What of a product is told to those above, and at which moment."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from foundation import facts
from foundation.db import db
from storefront.catalog import announcing
from storefront.catalog.actions import save_products
from storefront.catalog.facts import ProductChanged
from storefront.catalog.models import ProductStatus, Variant
from storefront.catalog.standing import archive_product
from storefront.orders import paying
from storefront.stock.actions import put_back
from tests.storefront.goods import HOUSE, order_now, pay, piece, place, session_of, shelf
from tests.storefront.shelf import draft, put_on_shelf

Told = list[tuple[str, int | None]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """(change, variant) of every fact, in order."""
    heard: Told = []

    def note(fact: Any) -> None:
        assert isinstance(fact, ProductChanged)
        heard.append((str(fact.change), fact.variant_id))
        facts.record(fact)

    def note_many(several: list[Any]) -> None:
        for fact in several:
            note(fact)

    monkeypatch.setattr(announcing, "record", note)
    monkeypatch.setattr(announcing, "record_many", note_many)
    yield heard


def sizes(product_id: int) -> dict[str, int]:
    rows = db.session.scalars(select(Variant).where(Variant.product_id == product_id))
    return {row.label: row.id for row in rows}


def test_a_new_product_and_an_unchanged_one_tell_nothing(work: Callable[[], Any], told: Told) -> None:
    with work():
        put_on_shelf()
        put_on_shelf()
    assert told == []


def test_a_price_is_told_once_a_product(work: Callable[[], Any], told: Told) -> None:
    with work():
        put_on_shelf()
        put_on_shelf(price=7500)
    assert told == [("price", None)]


def test_an_import_tells_what_it_emptied_filled_and_no_longer_had(
    work: Callable[[], Any], told: Told
) -> None:
    with work():
        before = sizes(put_on_shelf(stock={"S": 2, "M": 0, "L": 4}).id)
        put_on_shelf(stock={"S": 0, "M": 3})
    assert sorted(told) == sorted(
        [("stock_to_zero", before["S"]), ("back_in_stock", before["M"]), ("withdrawn", before["L"])]
    )


def test_an_import_that_brings_pieces_past_those_promised_tells_that_some_are_back(
    work: Callable[[], Any], told: Told
) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        place([piece(shirt, 3000)])
        shelf("shirt", 3000, on_hand=4)
        shelf("shirt", 3000, on_hand=6)
    assert told == [("back_in_stock", shirt)]


def test_leaving_the_shop_is_told_of_the_whole_product(work: Callable[[], Any], told: Told) -> None:
    with work():
        archive_product(actor=HOUSE, product_id=put_on_shelf().id, reason="The season is over")
        put_on_shelf("other")
        save_products(actor=HOUSE, drafts=[draft("other", status=ProductStatus.DRAFT)])
    assert told == [("withdrawn", None), ("withdrawn", None)]


def test_a_sale_tells_of_the_last_piece_and_a_return_of_the_first(
    work: Callable[[], Any], told: Told
) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
        for session in ("cs_1", "cs_2"):
            pay(place([piece(shirt, 3000)], session_id=session).order_id)
        assert told == [("stock_to_zero", shirt)]
        put_back(actor=HOUSE, variant_id=shirt, quantity=1, reason="V-1")
        put_back(actor=HOUSE, variant_id=shirt, quantity=1, reason="V-2")
    assert told == [("stock_to_zero", shirt), ("back_in_stock", shirt)]


def test_an_order_that_ends_unpaid_gives_the_last_piece_back(work: Callable[[], Any], told: Told) -> None:
    with work():
        shirt, coat = shelf("shirt", 3000, on_hand=1), shelf("coat", 9000, on_hand=2)
        placed = place([piece(shirt, 3000), piece(coat, 9000)], session_id="cs_1")
        assert told == [], "a promise is no sale"
        ended = session_of(order_now(placed.order_id), status="expired", payment_status="unpaid")
        paying.sync_checkout(actor=HOUSE, session=ended)
    assert told == [("back_in_stock", shirt)]


def test_what_never_runs_out_tells_nothing_of_stock(work: Callable[[], Any], told: Told) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=1, oversell=True)
        pay(place([piece(shirt, 3000, 3)], session_id="cs_1").order_id)
        put_back(actor=HOUSE, variant_id=shirt, quantity=3, reason="V-1")
    assert told == []
