from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.orm import selectinload

from foundation.db import db
from storefront.catalog.categories import PARENTS, beneath, way_to
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.policy import size_key, size_of
from storefront.catalog.queries import products_by_ids
from storefront.sizing.drafts import GuideDraft, Measure
from storefront.sizing.errors import GuideNotFound
from storefront.sizing.models import SizeGuide, SizeGuideMeasure, SizeGuidePiece, SizeGuideRow
from storefront.sizing.policy import Reach, Unit

# So many products are looked through for sizes that a guide lacks: enough to see what is missing.
LOOKED_AT = 2000
OFFERED = 200


def guide_of_product() -> ColumnElement[str]:
    """The guide of a product as JSON, correlated with `Product`; null for none. Fills the catalogue's port.

    Words in both languages, measures as (name, Italian, how, Italian, unit), rows as (size, figures).
    """
    measures = (
        select(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_array(
                        SizeGuideMeasure.name,
                        SizeGuideMeasure.name_it,
                        SizeGuideMeasure.how,
                        SizeGuideMeasure.how_it,
                        SizeGuideMeasure.unit,
                    ),
                    SizeGuideMeasure.position,
                )
            )
        )
        .where(SizeGuideMeasure.guide_id == SizeGuide.id)
        .correlate(SizeGuide)
        .scalar_subquery()
    )
    rows = (
        select(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_array(SizeGuideRow.size, SizeGuideRow.figures), SizeGuideRow.position
                )
            )
        )
        .where(SizeGuideRow.guide_id == SizeGuide.id)
        .correlate(SizeGuide)
        .scalar_subquery()
    )
    said = func.jsonb_build_array(SizeGuide.words, SizeGuide.words_it, measures, rows)
    return _nearest(select(cast(said, Text))).scalar_subquery()


def guides_version() -> ColumnElement[str]:
    """Changes whenever any guide does: few do, and seldom."""
    return select(cast(func.max(SizeGuide.version), Text)).scalar_subquery()


def guide_on_product(product_id: int) -> SizeGuide | None:
    """The guide that counts for a product, bare; None for none."""
    nearest = _nearest(select(SizeGuide.id)).scalar_subquery()
    wanted = select(nearest).select_from(Product).where(Product.id == product_id).scalar_subquery()
    return db.session.scalars(select(SizeGuide).where(SizeGuide.id == wanted)).one_or_none()


def guides(ended: bool) -> Sequence[SizeGuide]:
    """Every guide in use, or every one put away, with measures and rows, by name."""
    statement = (
        select(SizeGuide)
        .where(SizeGuide.ended_at.is_not(None) if ended else SizeGuide.ended_at.is_(None))
        .options(selectinload(SizeGuide.measures), selectinload(SizeGuide.rows))
        .order_by(func.lower(SizeGuide.name), SizeGuide.id)
    )
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def guide_by_id(guide_id: int) -> SizeGuide:
    """One with its measures and rows, read afresh; raises `GuideNotFound`."""
    found = db.session.scalars(
        select(SizeGuide)
        .where(SizeGuide.id == guide_id)
        .options(selectinload(SizeGuide.measures), selectinload(SizeGuide.rows))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise GuideNotFound()
    return found


def pieces_of(guide_id: int) -> Sequence[Product]:
    """The products hung in it by hand, by title."""
    ids = db.session.scalars(select(SizeGuidePiece.product_id).where(SizeGuidePiece.guide_id == guide_id))
    return sorted(products_by_ids(ids), key=lambda product: (product.name.casefold(), product.id))


def draft_of(guide: SizeGuide) -> GuideDraft:
    """A guide as it could be handed in again, its table read afresh."""
    measures = db.session.execute(
        select(
            SizeGuideMeasure.name,
            SizeGuideMeasure.name_it,
            SizeGuideMeasure.how,
            SizeGuideMeasure.how_it,
            SizeGuideMeasure.unit,
        )
        .where(SizeGuideMeasure.guide_id == guide.id)
        .order_by(SizeGuideMeasure.position)
    )
    rows = db.session.execute(
        select(SizeGuideRow.size, SizeGuideRow.figures)
        .where(SizeGuideRow.guide_id == guide.id)
        .order_by(SizeGuideRow.position)
    )
    return GuideDraft(
        name=guide.name,
        category=guide.category,
        vendor=guide.vendor,
        words=guide.words,
        words_it=guide.words_it,
        measures=[
            Measure(name=row.name, name_it=row.name_it, how=row.how, how_it=row.how_it, unit=Unit(row.unit))
            for row in measures
        ],
        rows=[(row.size, row.figures) for row in rows],
    )


def count_pieces(guide_id: int) -> int:
    """How many products hang in one guide by hand."""
    counted = select(func.count()).where(SizeGuidePiece.guide_id == guide_id)
    return int(db.session.scalar(counted) or 0)


def piece_counts() -> dict[int, int]:
    """How many products each guide by hand holds."""
    counted = select(SizeGuidePiece.guide_id, func.count()).group_by(SizeGuidePiece.guide_id)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def guides_of_pieces(product_ids: Sequence[int]) -> dict[int, str]:
    """The names of guides that products have of their own, by product."""
    held = select(SizeGuidePiece.product_id, SizeGuide.name).join(
        SizeGuide, SizeGuide.id == SizeGuidePiece.guide_id
    )
    wanted = held.where(SizeGuidePiece.product_id.in_(product_ids))
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def sizes_worn(guide_id: int) -> dict[str, int]:
    """The sizes of the pieces for which this guide counts (none that are archived), each with how many have
    it, in the order of the rail. A guide without a table is asked as if it had one: these are the sizes to
    write into it.
    """
    guide = db.session.get(SizeGuide, guide_id)
    if guide is None:
        return {}
    nearest = _nearest(select(SizeGuide.id), as_if=guide_id).scalar_subquery()
    near = (
        select(Product.id)
        .where(Product.status != ProductStatus.ARCHIVED, *_within(guide), nearest == guide_id)
        .order_by(Product.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    statement = (
        select(Product.id, Product.option_names, Variant.option_values)
        .join(near, near.c.id == Product.id)
        .join(Variant, and_(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None)))
    )
    found: dict[str, set[int]] = {}
    for product_id, names, values in db.session.execute(statement):
        found.setdefault(size_of(names, values), set()).add(product_id)
    found.pop("", None)
    return {size: len(found[size]) for size in sorted(found, key=size_key)}


def brands() -> Sequence[str]:
    """The brands there are, the first ones by the alphabet."""
    statement = select(Product.vendor).where(Product.vendor != "").distinct().order_by(Product.vendor)
    return db.session.scalars(statement.limit(OFFERED)).all()


def _within(guide: SizeGuide) -> list[ColumnElement[bool]]:
    """Which products a guide can be for at all, so that the database looks at no other one."""
    if guide.reach == Reach.PIECES:
        return [Product.id.in_(select(SizeGuidePiece.product_id).where(SizeGuidePiece.guide_id == guide.id))]
    asked: list[ColumnElement[bool]] = []
    if guide.category:
        asked.append(Product.category.in_(beneath(guide.category)))
    if guide.vendor:
        asked.append(func.lower(Product.vendor) == func.lower(guide.vendor))
    return asked


def _nearest(wanted: Select[Any], as_if: int | None = None) -> Select[Any]:
    """That of the guide that is nearest to a product: its own; then its brand's before everybody's, and its
    department's before those above it. One without sizes or measures shows nothing, so it hides none that
    does; `as_if`: this one counts as if it had them.
    """
    has_table = and_(
        exists().where(SizeGuideRow.guide_id == SizeGuide.id),
        exists().where(SizeGuideMeasure.guide_id == SizeGuide.id),
    )
    own = exists().where(SizeGuidePiece.guide_id == SizeGuide.id, SizeGuidePiece.product_id == Product.id)
    way = _way_up()
    step = func.array_position(way, SizeGuide.category)
    return (
        wanted.select_from(SizeGuide)
        .where(
            SizeGuide.ended_at.is_(None),
            has_table if as_if is None else or_(has_table, SizeGuide.id == as_if),
            or_(
                and_(SizeGuide.reach == Reach.PIECES, own),
                and_(
                    SizeGuide.reach == Reach.RANGE,
                    or_(SizeGuide.category == "", step.is_not(None)),
                    or_(SizeGuide.vendor == "", func.lower(SizeGuide.vendor) == func.lower(Product.vendor)),
                ),
            ),
        )
        .order_by(
            (SizeGuide.reach == Reach.PIECES).desc(),
            (SizeGuide.vendor != "").desc(),
            step.nulls_last(),
        )
        .limit(1)
        .correlate(Product)
    )


def _way_up() -> ColumnElement[Any]:
    """The department of a product and those above it, the nearest first."""
    alone = cast(array([Product.category]), ARRAY(Text))
    ways = {key: literal(list(reversed(way_to(key))), ARRAY(Text)) for key in PARENTS}
    return case(ways, value=Product.category, else_=alone) if ways else alone
