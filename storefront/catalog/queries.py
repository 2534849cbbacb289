from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Compiled,
    Select,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import joinedload, selectinload

from foundation.db import db, past_the_session
from storefront.catalog.categories import place
from storefront.catalog.listed import PICTURE_COLUMNS, PRODUCT_COLUMNS
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus, Variant
from storefront.catalog.neighbours import in_stock
from storefront.catalog.policy import stock_signature
from storefront.catalog.ports import in_stores, left, shown_besides, size_guide
from storefront.catalog.price_history import lowest_before


@dataclass(frozen=True)
class ProductState:
    """Everything about a product that changes what its page shows: versions, slots, what is left of what."""

    id: int
    version: int
    catalogue_version: int
    besides: str
    left: dict[int, int] = field(default_factory=dict)
    in_stores: dict[int, str | None] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What the page depends on, for everybody."""
        return (
            self.id,
            self.version,
            self.catalogue_version,
            stock_signature(self.left.values()),
            tuple(self.in_stores.values()),
            self.besides,
        )


def products_by_ids(ids: Iterable[int]) -> list[Product]:
    """Products in the order asked for, whatever their status, with variants and cover; no gaps."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    statement = (
        select(Product)
        .where(Product.id.in_(wanted))
        .options(selectinload(Product.variants), joinedload(Product.cover))
    )
    known = {product.id: product for product in db.session.scalars(statement)}
    return [known[key] for key in wanted if key in known]


def product_page(handle: str) -> Product | None:
    """A product that is in the shop, variants and pictures loaded."""
    return _whole(Product.handle == handle, Product.status == ProductStatus.ACTIVE)


def product_by_id(product_id: int) -> Product | None:
    """Any product, variants and pictures loaded, read afresh."""
    return _whole(Product.id == product_id)


def id_of_handle(handle: str) -> int | None:
    return db.session.scalar(select(Product.id).where(Product.handle == handle))


def product_for_page(product_id: int) -> tuple[Product, int | None, str | None] | None:
    """The same with the lowest price before a reduction, where it is reduced and that is known, and with its
    size guide as `ports.size_guide` says it.
    """
    wanted = _wholly(select(Product, _lowest(), size_guide()), Product.id == product_id)
    row = db.session.execute(wanted).unique().one_or_none()
    return (row[0], row[1], row[2]) if row is not None else None


def product_state(handle: str) -> ProductState | None:
    """What the page of a product depends on, in one small statement; None when it is not in the shop.

    Asked past the session: most looks at a product ask nothing else, and so begin no transaction at all.
    """
    sql, values = _state_statement()
    with past_the_session() as connection:
        rows = connection.execute(sql, values.construct_params({"handle": handle})).fetchall()
    if not rows:
        return None
    product_id, version, catalogue_version, besides, *_ = rows[0]
    return ProductState(
        product_id,
        version,
        catalogue_version,
        besides,
        left={row[4]: row[5] for row in rows},
        in_stores={row[4]: row[6] for row in rows},
    )


@cache
def _state_statement() -> tuple[str, Compiled]:
    """Compiled once: this runs for every look at a product, and compiling costs more than asking."""
    newest_version = select(func.max(Product.version)).scalar_subquery()
    statement = (
        select(
            Product.id,
            Product.version,
            newest_version,
            shown_besides(),
            Variant.id,
            left(),
            in_stores(),
        )
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Product.handle == bindparam("handle"),
            Product.status == ProductStatus.ACTIVE,
            Variant.withdrawn_at.is_(None),
        )
        .order_by(Variant.position)
    )
    compiled = statement.compile(db.engine)
    return str(compiled), compiled


def card_statement(product_id: str) -> tuple[str, Callable[[], Mapping[str, Any]]]:
    """SQL of what a card shows of one product, for a larger statement that has its id as `product_id`.

    With it comes what gives its parameters, anew each time: one of them is the moment.
    """
    compiled = _card_statement(product_id)
    return str(compiled), lambda: dict(compiled.construct_params() or {})


@cache
def _card_statement(product_id: str) -> Compiled:
    statement = (
        select(
            *(getattr(Product, name) for name in PRODUCT_COLUMNS),
            *(getattr(Picture, name).label(f"picture_{name}") for name in PICTURE_COLUMNS),
            in_stock().label("in_stock"),
            _was().label("was_minor"),
            _lowest().label("lowest_minor"),
        )
        .outerjoin(Product.cover)
        .where(Product.id == literal_column(product_id))
    )
    return statement.compile(db.engine)


def left_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each variant can be bought now; `ports.PLENTY` stands for no limit."""
    statement = select(Variant.id, left()).where(Variant.id.in_(set(variant_ids)))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def departments() -> list[tuple[str, int]]:
    """The departments that have something in the shop, and how many products each."""
    statement = (
        select(Product.category, func.count())
        .where(Product.status == ProductStatus.ACTIVE)
        .group_by(Product.category)
    )
    return sorted(((row[0], row[1]) for row in db.session.execute(statement)), key=lambda row: place(row[0]))


def waiting_picture(picture_id: int) -> Picture | None:
    """A picture whose address still has to be asked, or None when that is settled or it is gone."""
    return db.session.scalars(
        select(Picture).where(Picture.id == picture_id, Picture.status == PictureStatus.WAITING)
    ).one_or_none()


def pictures_of(product_id: int) -> Sequence[Picture]:
    """Every picture of a product, in the order in which they hang."""
    hung = select(Picture).where(Picture.product_id == product_id)
    return db.session.scalars(hung.order_by(Picture.position, Picture.id)).all()


def ready_picture(picture_id: int) -> Picture | None:
    """A picture whose files are stored, or None when it has none or is gone."""
    return db.session.scalars(
        select(Picture).where(Picture.id == picture_id, Picture.status == PictureStatus.READY)
    ).one_or_none()


def product_of_picture(picture_id: int) -> int | None:
    return db.session.scalar(select(Picture.product_id).where(Picture.id == picture_id))


def _was() -> ColumnElement[int]:
    """The price before a reduction of what costs least; null where nothing was reduced."""
    return _of_reduced(func.min(Variant.__table__.c.compare_at_minor))


def _lowest() -> ColumnElement[int]:
    """The lowest price before that reduction; null where none is known."""
    return _of_reduced(func.min(lowest_before()))


def _of_reduced(figure: ColumnElement[Any]) -> ColumnElement[int]:
    return (
        select(figure)
        .where(
            Variant.product_id == Product.id,
            Variant.withdrawn_at.is_(None),
            Variant.price_minor == Product.price_from_minor,
            Variant.compare_at_minor > Variant.price_minor,
        )
        .correlate(Product)
        .scalar_subquery()
    )


def _whole(*where: ColumnElement[bool]) -> Product | None:
    """Variants and pictures in one statement: a product has few of either."""
    return db.session.scalars(_wholly(select(Product), *where)).unique().one_or_none()


def _wholly(statement: Select[*tuple[Any, ...]], *where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        statement.where(*where)
        .options(joinedload(Product.variants), joinedload(Product.pictures))
        .execution_options(populate_existing=True)
    )
