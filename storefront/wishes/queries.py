from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from foundation.db import db
from storefront.catalog.listed import ListedProduct, listed_product
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.queries import card_statement
from storefront.wishes.models import Wish

SEEN = 6


def wished_ids(visit: str | None, account_id: int | None) -> frozenset[int]:
    """What is on the list and in the shop, for the hearts of a page."""
    shown = select(Wish.product_id).join(Product, Product.id == Wish.product_id)
    wanted = shown.where(_of(visit, account_id), Product.status == ProductStatus.ACTIVE)
    return frozenset(db.session.scalars(wanted))


def wish_count(visit: str | None, account_id: int | None) -> int:
    return len(wished_ids(visit, account_id))


def wish_list(visit: str | None, account_id: int | None) -> list[ListedProduct]:
    """The list, the latest wish first; what left the shop is passed over, and comes back when it does."""
    owner = "account_id = %(owner)s" if account_id is not None else "visit_id = %(owner)s"
    owned = f"SELECT product_id, added_at AS place FROM wishes WHERE {owner}"
    return _listed(owned, "DESC", {"owner": account_id if account_id is not None else visit})


def products_seen(ids: Sequence[int]) -> list[ListedProduct]:
    """Products that are in the shop, in the order asked for."""
    seen = "unnest(CAST(%(ids)s AS bigint[])) WITH ORDINALITY AS seen (product_id, place)"
    return _listed(f"SELECT product_id, place FROM {seen}", "ASC", {"ids": list(ids)}) if ids else []


def _listed(wanted: str, order: str, values: dict[str, object]) -> list[ListedProduct]:
    card, card_values = card_statement("wanted.product_id")
    sql = f"""
        SELECT card.* FROM ({wanted}) wanted
        JOIN products shown ON shown.id = wanted.product_id AND shown.status = 'active'
        CROSS JOIN LATERAL ({card}) card ORDER BY wanted.place {order}
    """
    rows = db.session.connection().exec_driver_sql(sql, {**card_values(), **values})
    return [listed_product(dict(row)) for row in rows.mappings()]


def _of(visit: str | None, account_id: int | None) -> ColumnElement[bool]:
    return Wish.account_id == account_id if account_id is not None else Wish.visit_id == visit
