from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Compiled,
    Integer,
    Select,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from foundation.db import db
from storefront.catalog.categories import place
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus, Variant
from storefront.catalog.policy import PRICE_BANDS, SIZE_OPTIONS, stock_signature
from storefront.catalog.ports import left, shown_besides
from storefront.catalog.searching import found

PAGE_SIZE = 24
STAFF_PAGE_SIZE = 50
LAST_PAGE = 1000


class Sort(StrEnum):
    FITTING = "fitting"
    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"


@dataclass(frozen=True, kw_only=True)
class ProductFilters:
    """What the reader asked for; several of one sort mean "any of these". `text` is in the reader's language.

    `prices` are keys of `policy.PRICE_BANDS`.
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    sort: Sort | None = None

    @property
    def order(self) -> Sort:
        if self.sort is None or (self.sort is Sort.FITTING and not self.text):
            return Sort.FITTING if self.text else Sort.NEWEST
        return self.sort


@dataclass(frozen=True)
class Listed:
    """A product of a list, its cover loaded, and whether any of it is left."""

    product: Product
    in_stock: bool


@dataclass(frozen=True)
class ProductPage:
    """One page of a list. `counts` says for each sort of filter what choosing it would leave, e.g.
    `counts["category"]["shoes"]`; each ignores the choices of its own sort. `guessed`: no word fitted.
    """

    rows: Sequence[Listed]
    total: int
    page: int
    pages: int
    counts: dict[str, dict[str, int]]
    guessed: bool = False


@dataclass(frozen=True)
class ProductState:
    """Everything about a product that changes what its page shows: versions, slots, what is left of what."""

    id: int
    version: int
    catalogue_version: int
    besides: str
    left: dict[int, int] = field(default_factory=dict)

    @property
    def parts_key(self) -> tuple[object, ...]:
        """What the catalogue's own parts of the page depend on."""
        return self.id, self.version, self.catalogue_version, stock_signature(self.left.values())

    @property
    def page_key(self) -> tuple[object, ...]:
        """What the whole page depends on."""
        return *self.parts_key, self.besides


def product_list(filters: ProductFilters, page: int = 1) -> ProductPage:
    """One page of the shop in two statements, whatever its size."""
    fitting = found(filters.text)
    counts: dict[str, dict[str, int]] = {"category": {}, "size": {}, "price": {}, "total": {}}
    guessed = False
    for sort, key, number, guess in db.session.execute(_counts(filters, fitting)):
        counts[sort][key] = number
        guessed = guessed or bool(guess)
    total = counts.pop("total").get("", 0)
    pages = max(1, min(-(-total // PAGE_SIZE), LAST_PAGE))
    page = max(1, min(page, pages))
    rows = _page(filters, fitting, page) if total else ()
    return ProductPage(rows=rows, total=total, page=page, pages=pages, counts=counts, guessed=guessed)


def newest(limit: int) -> Sequence[Listed]:
    """What came last into the shop and can still be had."""
    listed = _listed(select(Product).where(_in_stock())).order_by(
        Product.published_at.desc(), Product.id.desc()
    )
    return [Listed(product, True) for product, _ in db.session.execute(listed.limit(limit)).all()]


def find_products(text: str, limit: int = 20) -> Sequence[Product]:
    """Products of the shop by words, variants and cover loaded, best first; the newest for no words."""
    filters = ProductFilters(text=text)
    statement = _ordered(_listed(select(Product)), filters, found(text)).limit(limit)
    statement = statement.options(selectinload(Product.variants))
    return [product for product, _ in db.session.execute(statement).all()]


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


def product_state(handle: str) -> ProductState | None:
    """What the page of a product depends on, in one small statement; None when it is not in the shop."""
    sql, values = _state_statement()
    rows = (
        db.session.connection().exec_driver_sql(sql, values.construct_params({"handle": handle})).fetchall()
    )
    if not rows:
        return None
    product_id, version, catalogue_version, besides, _, _ = rows[0]
    return ProductState(product_id, version, catalogue_version, besides, {row[4]: row[5] for row in rows})


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


def left_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each variant can be bought now; `ports.PLENTY` stands for no limit."""
    statement = select(Variant.id, left()).where(Variant.id.in_(set(variant_ids)))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def related_products(product: Product, limit: int = 12) -> Sequence[Listed]:
    """The same piece in other colours first (same title), then others of its department and kind."""
    same = Product.title == product.title
    statement = (
        _listed(select(Product))
        .where(or_(same, Product.category == product.category), Product.id != product.id)
        .order_by(
            same.desc(),
            (Product.kind == product.kind).desc(),
            Product.published_at.desc(),
            Product.id.desc(),
        )
        .limit(limit)
    )
    return _rows(statement)


def departments() -> list[tuple[str, int]]:
    """The departments that have something in the shop, and how many products each."""
    statement = (
        select(Product.category, func.count())
        .where(Product.status == ProductStatus.ACTIVE)
        .group_by(Product.category)
    )
    return sorted(((row[0], row[1]) for row in db.session.execute(statement)), key=lambda row: place(row[0]))


def staff_products(text: str = "", page: int = 1) -> tuple[Sequence[Product], int]:
    """Every product whatever its status, variants and cover loaded, newest first; and how many there are."""
    where: list[ColumnElement[bool]] = []
    if text:
        like = f"%{_escaped(text)}%"
        by_sku = exists().where(Variant.product_id == Product.id, Variant.sku.ilike(like))
        where.append(or_(Product.title.ilike(like), Product.handle.ilike(like), by_sku))
    total = db.session.scalar(select(func.count()).select_from(Product).where(*where)) or 0
    statement = (
        select(Product)
        .where(*where)
        .options(selectinload(Product.variants), joinedload(Product.cover))
        .order_by(Product.updated_at.desc(), Product.id.desc())
        .limit(STAFF_PAGE_SIZE)
        .offset((max(page, 1) - 1) * STAFF_PAGE_SIZE)
    )
    return db.session.scalars(statement).unique().all(), total


def waiting_picture(picture_id: int) -> Picture | None:
    """A picture whose address still has to be asked, or None when that is settled or it is gone."""
    return db.session.scalars(
        select(Picture).where(Picture.id == picture_id, Picture.status == PictureStatus.WAITING)
    ).one_or_none()


def _counts(filters: ProductFilters, fitting: Any) -> Any:
    """Every figure beside the list in one statement: a row is (sort of filter, key, number, guessed)."""
    columns = [
        Product.id,
        Product.category,
        Product.option_names,
        _band().label("band"),
        _in_categories(filters).label("in_categories"),
        _in_sizes(filters).label("in_sizes"),
        _in_prices(filters).label("in_prices"),
        (fitting.c.guessed if fitting is not None else literal(False)).label("guessed"),
    ]
    statement = select(*columns).where(Product.status == ProductStatus.ACTIVE)
    if fitting is not None:
        statement = statement.join(fitting, fitting.c.id == Product.id)
    base = statement.cte("base")
    b = base.c
    guessed = func.bool_or(b.guessed)
    size = (
        func.unnest(Variant.option_values)
        .table_valued("value", with_ordinality="place", name="size")
        .render_derived()
    )
    sizes = (
        select(literal("size"), size.c.value, func.count(b.id.distinct()), guessed)
        .select_from(base)
        .join(Variant, Variant.product_id == b.id)
        .join(size, literal(True))
        .where(Variant.withdrawn_at.is_(None), left() > 0, b.in_categories, b.in_prices)
        .where(func.lower(b.option_names[cast(size.c.place, Integer)]).in_(SIZE_OPTIONS))
        .group_by(size.c.value)
    )

    def grouped(sort: str, column: Any, *others: Any) -> Any:
        return (
            select(literal(sort), column, func.count(), guessed)
            .where(*others)
            .group_by(column)
            .select_from(base)
        )

    return union_all(
        grouped("category", b.category, b.in_sizes, b.in_prices),
        grouped("price", b.band, b.in_categories, b.in_sizes),
        sizes,
        select(literal("total"), literal(""), func.count(), guessed)
        .where(b.in_categories, b.in_sizes, b.in_prices)
        .select_from(base),
    )


def _band() -> ColumnElement[str]:
    low = Product.price_from_minor
    return case(*[(low <= top, key) for key, (_, top) in PRICE_BANDS.items()])


def _in_categories(filters: ProductFilters) -> ColumnElement[bool]:
    return Product.category.in_(filters.categories) if filters.categories else true()


def _in_prices(filters: ProductFilters) -> ColumnElement[bool]:
    return _band().in_(filters.prices) if filters.prices else true()


def _in_sizes(filters: ProductFilters) -> ColumnElement[bool]:
    if not filters.sizes:
        return true()
    return exists().where(
        Variant.product_id == Product.id,
        Variant.withdrawn_at.is_(None),
        Variant.option_values.overlap(list(filters.sizes)),
        left() > 0,
    )


def _page(filters: ProductFilters, fitting: Any, page: int) -> Sequence[Listed]:
    statement = _ordered(_listed(select(Product)), filters, fitting).where(
        _in_categories(filters), _in_sizes(filters), _in_prices(filters)
    )
    return _rows(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))


def _ordered(statement: Select[Any], filters: ProductFilters, fitting: Any) -> Select[Any]:
    newest_first = (Product.published_at.desc(), Product.id.desc())
    if fitting is not None:
        statement = statement.join(fitting, fitting.c.id == Product.id)
    if fitting is not None and filters.order is Sort.FITTING:
        return statement.order_by(fitting.c.nearness.desc(), *newest_first)
    if filters.order is Sort.CHEAPEST:
        return statement.order_by(Product.price_from_minor, *newest_first)
    if filters.order is Sort.DEAREST:
        return statement.order_by(Product.price_from_minor.desc(), *newest_first)
    return statement.order_by(*newest_first)


def _listed(statement: Select[Any]) -> Select[Any]:
    """Products that are in the shop, each with its cover and whether any is left, in one statement."""
    return (
        statement.outerjoin(Product.cover)
        .where(Product.status == ProductStatus.ACTIVE)
        .options(contains_eager(Product.cover))
        .add_columns(_in_stock().label("in_stock"))
    )


def _in_stock() -> ColumnElement[bool]:
    return exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)


def _rows(statement: Select[Any]) -> Sequence[Listed]:
    return [Listed(product, in_stock) for product, in_stock in db.session.execute(statement).all()]


def _whole(*where: ColumnElement[bool]) -> Product | None:
    """Variants and pictures in one statement: a product has few of either."""
    statement = (
        select(Product)
        .where(*where)
        .options(joinedload(Product.variants), joinedload(Product.pictures))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).unique().one_or_none()


def _escaped(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)
