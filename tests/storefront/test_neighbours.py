"""What is shown beside a piece: as if everything there is had been looked at, and put in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from foundation.db import db
from foundation.money import Money
from storefront.catalog.actions import save_products
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.neighbours import newest, related_products
from tests.storefront.goods import HOUSE

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def shop(work) -> None:
    """Eighteen coats and shirts of two titles, three kinds and a few days; every fifth is sold out."""
    with work():
        drafts = [
            ProductDraft(
                handle=f"piece-{number}",
                title=("Corso", "Lina", f"Piece {number}")[number % 3],
                category=("coats", "shirts")[number % 2],
                kind=("Coat", "Trench", "Shirt")[number // 2 % 3],
                status=ProductStatus.DRAFT if number == 7 else ProductStatus.ACTIVE,
                published_at=BEGAN + timedelta(days=number * 7 % 5),
                option_names=["Size"],
                variants=[
                    VariantDraft(
                        price=Money(4900, "EUR"), option_values=["M"], on_hand=number % 5, tracked=True
                    )
                ],
            )
            for number in range(18)
        ]
        save_products(actor=HOUSE, drafts=drafts)


def is_left(product: Product) -> bool:
    return int(product.handle.removeprefix("piece-")) % 5 > 0


def in_order(product: Product, everything: Sequence[Product]) -> list[int]:
    akin = [
        one
        for one in everything
        if one.status == ProductStatus.ACTIVE
        and one.id != product.id
        and (one.title == product.title or one.category == product.category)
    ]
    akin.sort(key=lambda one: (one.published_at, one.id), reverse=True)
    akin.sort(key=lambda one: (one.title != product.title, one.kind != product.kind))
    return [one.id for one in akin]


@pytest.mark.parametrize("limit", [1, 3, 36])
def test_the_first_beside_a_piece_are_the_first_of_all(work, shop, limit):
    with work():
        everything = db.session.scalars(select(Product)).all()
        for product in everything:
            shown = related_products(product, limit)
            assert [row.product.id for row in shown] == in_order(product, everything)[:limit]
            assert all(row.in_stock == is_left(row.product) for row in shown)


def test_the_newest_can_all_be_had(work, shop):
    with work():
        shown = [row.product for row in newest(4)]
        there = [one for one in db.session.scalars(select(Product)) if is_left(one)]
        there = [one for one in there if one.status == ProductStatus.ACTIVE]
        there.sort(key=lambda one: (one.published_at, one.id), reverse=True)
        assert shown == there[:4]
