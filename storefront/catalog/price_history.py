"""The lowest price before a reduction, which the law wants beside it.

Directive 98/6/EC, article 6a (as changed by 2019/2161), in Italy article 17-bis of the Codice del Consumo:
the lowest price of the thirty days before the reduction was announced. It depends on when the present price
(or what it is compared with) began, and not on today, so a page kept by the product's version stays true.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from storefront.catalog.models import PricePoint, Variant

BEFORE = timedelta(days=30)


def lowest_before() -> ColumnElement[int]:
    """The lowest price in the thirty days before the present one began, as an expression on `Variant`.

    Null while no earlier price is known.
    """
    points = (
        select(
            PricePoint.price_minor,
            func.lead(PricePoint.began_at).over(order_by=PricePoint.began_at).label("ended_at"),
        )
        .where(PricePoint.variant_id == Variant.id)
        .correlate(Variant)
        .lateral("points")
    )
    began = (
        select(func.max(PricePoint.began_at))
        .where(PricePoint.variant_id == Variant.id)
        .correlate(Variant)
        .scalar_subquery()
    )
    # The present price has not ended: its null is never greater.
    return (
        select(func.min(points.c.price_minor))
        .where(points.c.ended_at > began - BEFORE)
        .correlate(Variant)
        .scalar_subquery()
    )
