"""The lowest price of the thirty days before a reduction stands beside it, and can be proved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from foundation.db import db
from foundation.money import Money
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import PricePoint
from tests.storefront.shelf import CLERK

Work = Callable[[], AbstractContextManager[None]]
Cost = Callable[..., None]
PATH = "/shop/nord-coat"
LOWEST = "Lowest price in the 30 days before: "
# Every test begins with the same numbers: versions of its own, or pages kept for an earlier one would answer.
_VERSIONS = count(1_000_000, 1_000)


@pytest.fixture
def cost(work: Work) -> Cost:
    """`cost(8000, before=10000)`: from now on it costs 80.00, and is said to have cost 100.00."""

    def save(minor: int, *, before: int | None = None, sizes: tuple[str, ...] = ("S", "M")) -> None:
        variants = [
            VariantDraft(
                price=Money(minor, "EUR"),
                compare_at=Money(before, "EUR") if before else None,
                option_values=[size],
                on_hand=9,
            )
            for size in sizes
        ]
        draft = ProductDraft(handle="nord-coat", title="Nord coat", option_names=["Size"], variants=variants)
        with work():
            save_product(actor=CLERK, draft=draft)

    with work():
        db.session.execute(select(func.setval("catalogue_versions", next(_VERSIONS))))
    return save


def points(work: Work) -> list[tuple[int, int | None]]:
    with work():
        rows = db.session.scalars(select(PricePoint).order_by(PricePoint.variant_id, PricePoint.began_at))
        return [(row.price_minor, row.compare_at_minor) for row in rows]


def test_the_lowest_price_before_stands_beside_a_reduced_one(
    client: FlaskClient, cost: Cost, clock: Any
) -> None:
    cost(10000)
    clock.advance(days=40)
    cost(9000)
    clock.advance(days=10)
    cost(10000)
    clock.advance(days=10)
    assert LOWEST not in client.get(PATH).text, "nothing is reduced"
    cost(8000, before=10000)
    assert f"{LOWEST}€90.00" in client.get(PATH).text
    assert f"{LOWEST}€90.00" in client.get("/shop").text
    italian = "Prezzo più basso nei 30 giorni precedenti: 90,00"
    assert italian in client.get(f"{PATH}?lang=it").text


def test_what_ended_more_than_thirty_days_before_does_not_count(
    client: FlaskClient, cost: Cost, clock: Any
) -> None:
    cost(5000)
    clock.advance(days=10)
    cost(10000)
    clock.advance(days=31)
    cost(8000, before=10000)
    assert f"{LOWEST}€100.00" in client.get(PATH).text


def test_a_price_that_was_already_there_thirty_days_before_counts(
    client: FlaskClient, cost: Cost, clock: Any
) -> None:
    cost(7000)
    clock.advance(days=200)
    cost(10000)
    clock.advance(days=29)
    cost(8000, before=10000)
    assert f"{LOWEST}€70.00" in client.get(PATH).text


def test_a_reduction_that_is_only_said_shows_the_same_price(
    client: FlaskClient, cost: Cost, clock: Any
) -> None:
    cost(10000)
    clock.advance(days=300)
    cost(8000)
    clock.advance(days=300)
    cost(8000, before=10000)
    assert f"{LOWEST}€80.00" in client.get(PATH).text, "not the 100.00 of a year ago"


def test_the_days_go_by_and_the_sentence_stays(client: FlaskClient, cost: Cost, clock: Any) -> None:
    cost(10000)
    clock.advance(days=5)
    cost(8000, before=10000)
    first = client.get(PATH).text
    clock.advance(days=90)
    assert f"{LOWEST}€100.00" in first and f"{LOWEST}€100.00" in client.get(PATH).text


def test_nothing_is_said_where_nothing_is_known(client: FlaskClient, cost: Cost) -> None:
    cost(8000, before=10000)
    assert LOWEST not in client.get(PATH).text and "€100.00" in client.get(PATH).text


def test_a_kept_page_follows_at_once(client: FlaskClient, cost: Cost, clock: Any) -> None:
    cost(10000)
    clock.advance(days=2)
    cost(8000, before=10000)
    assert f"{LOWEST}€100.00" in client.get(PATH).text
    clock.advance(days=2)
    cost(7000, before=10000)
    assert f"{LOWEST}€80.00" in client.get(PATH).text


def test_a_row_is_written_for_each_change_and_for_nothing_else(cost: Cost, clock: Any, work: Work) -> None:
    cost(10000, sizes=("M",))
    for _ in range(2):
        clock.advance(days=1)
        cost(9000, sizes=("M",))
    clock.advance(days=1)
    cost(9000, before=10000, sizes=("M",))
    assert points(work) == [(10000, None), (9000, None), (9000, 10000)]


def test_two_prices_in_one_moment_are_the_later_one(cost: Cost, clock: Any, work: Work) -> None:
    cost(10000, sizes=("M",))
    cost(9000, sizes=("M",))
    assert points(work) == [(9000, None)]


def test_the_page_of_a_reduced_piece_keeps_to_its_statements(
    client: FlaskClient, cost: Cost, clock: Any, statements: Any
) -> None:
    cost(10000)
    clock.advance(days=2)
    cost(8000, before=10000)
    with statements() as fresh:
        client.get(PATH)
    with statements() as kept:
        client.get(PATH)
    assert fresh.count <= 5 and kept.count == 1, fresh.sql
