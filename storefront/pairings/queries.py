from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from storefront.catalog.models import Product
from storefront.pairings.models import Pairing
from storefront.search.models import SearchDocument


def companions(product_id: int) -> Select[int, int]:
    """The pieces that go with one, and their places: what fills the catalogue's port."""
    return select(Pairing.other_id, Pairing.place).where(Pairing.product_id == product_id)


def companions_version() -> ColumnElement[str]:
    """Changes when other pieces go with one, or one of them runs out; correlated with `Product`."""
    each = func.concat(Pairing.other_id, SearchDocument.in_stock)
    return (
        select(func.string_agg(each, aggregate_order_by(literal(","), Pairing.place)))
        .join(SearchDocument, SearchDocument.product_id == Pairing.other_id)
        .where(Pairing.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )
