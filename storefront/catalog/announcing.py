"""Which changes of a product are announced: said by the actions of the catalogue and of the stock room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from foundation import clock
from foundation.facts import record, record_many
from storefront.catalog.facts import Change, ProductChanged
from storefront.catalog.models import ProductStatus
from storefront.catalog.ports import Counted


def tell(change: Change, product_id: int, variant_id: int | None = None) -> None:
    """Announce it in the transaction of the change."""
    record(_fact(change, product_id, variant_id))


def tell_stock(*, product_id: int, variant_id: int, before: bool, after: bool) -> None:
    """Announce that the stock of a variant ended or began again, if it did."""
    if before != after:
        tell(Change.BACK_IN_STOCK if after else Change.STOCK_TO_ZERO, product_id, variant_id)


def tell_status(product_id: int, before: str, after: str | None) -> None:
    """Announce that a product left the shop, if it did; None is no change."""
    if before == ProductStatus.ACTIVE and after not in (None, ProductStatus.ACTIVE):
        tell(Change.WITHDRAWN, product_id)


def tell_variants(
    before: Sequence[Row[Any]], updated: Sequence[Row[Any]], withdrawn: Sequence[Row[Any]]
) -> None:
    """Announce what an import changed: prices once a product, stock and withdrawal for each variant."""
    old = {row.id: row for row in before} if updated else {}
    dearer = {row.product_id for row in updated if row.price_minor != old[row.id].price_minor}
    told = [_fact(Change.PRICE, product_id) for product_id in sorted(dearer)]
    for row in updated:
        if row.there != old[row.id].there:
            change = Change.BACK_IN_STOCK if row.there else Change.STOCK_TO_ZERO
            told.append(_fact(change, row.product_id, row.id))
    told += [_fact(Change.WITHDRAWN, row.product_id, row.id) for row in withdrawn]
    record_many(told)


def counts_of(
    before: Sequence[Row[Any]], updated: Sequence[Row[Any]], made: Sequence[Row[Any]]
) -> list[Counted]:
    """Which counts an import changed, and by how much."""
    old = {row.id: row.on_hand for row in before} if updated else {}
    changes = [Counted(row.id, row.on_hand - old[row.id], new=False) for row in updated]
    changes += [Counted(row.id, row.on_hand, new=True) for row in made]
    return [change for change in changes if change.difference]


def _fact(change: Change, product_id: int, variant_id: int | None = None) -> ProductChanged:
    return ProductChanged(product_id=product_id, variant_id=variant_id, change=change.value, at=clock.now())
