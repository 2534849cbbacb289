from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from foundation.db import db
from foundation.i18n import reader_language
from storefront.catalog.categories import ORDER
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus, Variant
from storefront.catalog.ports import left

PAGE_SIZE = 24
LAST_PAGE = 1000
# A word that half of the shop contains is ranked among this many at most (performance notes, lever 7).
CANDIDATES = 2000
GUESSES = 120
WORDS = 8


class Sort(StrEnum):
    FITTING = "fitting"
    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"


@dataclass(frozen=True, kw_only=True)
class ProductFilters:
    """What the reader asked for. `text` is searched in the reader's language."""

    text: str = ""
    category: str = ""
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
    """One page of a list. `categories` counts what the text finds, whatever category is chosen."""

    rows: Sequence[Listed]
    total: int
    page: int
    pages: int
    categories: Sequence[tuple[str, int]]
    guessed: bool = False


@dataclass(frozen=True)
class ProductState:
    """Everything about a product that changes what its page shows: versions, and what is left of what."""

    id: int
    version: int
    catalogue_version: int
    left: dict[int, int] = field(default_factory=dict)


def product_list(filters: ProductFilters, page: int = 1) -> ProductPage:
    """One page of the shop in two statements, whatever its size."""
    found = _found(filters.text)
    counts = select(Product.category, func.count()).where(Product.status == ProductStatus.ACTIVE)
    guessed: ColumnElement[bool] = literal(False)
    if found is not None:
        counts = counts.join(found, found.c.id == Product.id)
        guessed = func.coalesce(func.bool_or(found.c.guessed), False)
    rows = db.session.execute(counts.add_columns(guessed).group_by(Product.category)).all()
    categories = sorted(((key, number) for key, number, _ in rows), key=_place)
    chosen = [number for key, number in categories if not filters.category or key == filters.category]
    total = sum(chosen)
    pages = max(1, min(-(-total // PAGE_SIZE), LAST_PAGE))
    page = max(1, min(page, pages))
    return ProductPage(
        rows=_page(filters, found, page) if total else (),
        total=total,
        page=page,
        pages=pages,
        categories=categories,
        guessed=any(guess for _, _, guess in rows),
    )


def newest(limit: int) -> Sequence[Listed]:
    """What came last into the shop and can still be had."""
    listed = _listed(select(Product).where(_in_stock())).order_by(
        Product.published_at.desc(), Product.id.desc()
    )
    return [Listed(product, True) for product, _ in db.session.execute(listed.limit(limit)).all()]


def find_products(text: str, limit: int = 20) -> Sequence[Product]:
    """Products of the shop by words, variants and cover loaded, best first; the newest for no words."""
    filters = ProductFilters(text=text)
    statement = _ordered(_listed(select(Product)), filters, _found(text)).limit(limit)
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
    found = {product.id: product for product in db.session.scalars(statement)}
    return [found[key] for key in wanted if key in found]


def variants_by_ids(ids: Iterable[int]) -> list[Variant]:
    """Variants in the order asked for, withdrawn ones too, with product and its cover."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    statement = (
        select(Variant)
        .where(Variant.id.in_(wanted))
        .options(joinedload(Variant.product).joinedload(Product.cover))
    )
    found = {variant.id: variant for variant in db.session.scalars(statement)}
    return [found[key] for key in wanted if key in found]


def product_page(handle: str) -> Product | None:
    """A product that is in the shop, variants and pictures loaded."""
    return _whole(Product.handle == handle, Product.status == ProductStatus.ACTIVE)


def product_by_id(product_id: int) -> Product | None:
    """Any product, variants and pictures loaded, read afresh."""
    return _whole(Product.id == product_id)


def product_state(handle: str) -> ProductState | None:
    """What the page of a product depends on, in one small statement; None when it is not in the shop."""
    newest_version = select(func.max(Product.version)).scalar_subquery()
    rows = db.session.execute(
        select(Product.id, Product.version, newest_version, Variant.id, left())
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Product.handle == handle,
            Product.status == ProductStatus.ACTIVE,
            Variant.withdrawn_at.is_(None),
        )
        .order_by(Variant.position)
    ).all()
    if not rows:
        return None
    product_id, version, catalogue_version, _, _ = rows[0]
    return ProductState(product_id, version, catalogue_version, {row[3]: row[4] for row in rows})


def left_of(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each variant can be bought now; `ports.PLENTY` stands for no limit."""
    statement = select(Variant.id, left()).where(Variant.id.in_(set(variant_ids)))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def related_products(product: Product, limit: int = 4) -> Sequence[Listed]:
    """Others of the same department: first those of another kind of the same maker, then the newest."""
    statement = (
        _listed(select(Product))
        .where(Product.category == product.category, Product.id != product.id)
        .order_by((Product.kind == product.kind).desc(), Product.published_at.desc(), Product.id.desc())
        .limit(limit)
    )
    return _rows(statement)


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
        .limit(PAGE_SIZE * 2)
        .offset((max(page, 1) - 1) * PAGE_SIZE * 2)
    )
    return db.session.scalars(statement).unique().all(), total


def waiting_picture(picture_id: int) -> Picture | None:
    """A picture whose address still has to be asked, or None when that is settled or it is gone."""
    return db.session.scalars(
        select(Picture).where(Picture.id == picture_id, Picture.status == PictureStatus.WAITING)
    ).one_or_none()


def searched_words(text: str) -> list[str]:
    """What we look for in what was typed: letters and digits, eight words at most."""
    return re.findall(r"[^\W_]+", text.lower())[:WORDS]


def _found(text: str) -> Any:
    """The ids that fit the words, with a rank; when no word fits, what looks like them."""
    words = searched_words(text)
    if not words:
        return None if not text.strip() else _nothing()
    column, language = (
        (Product.search_it, "italian") if reader_language() == "it" else (Product.search_en, "english")
    )
    query = func.to_tsquery(
        cast(literal(language), REGCONFIG),
        func.plain_letters(" & ".join(f"'{word}':*" for word in words)),
    )
    exact = (
        select(
            Product.id,
            func.ts_rank(column, query).label("nearness"),
            literal(False).label("guessed"),
        )
        .where(Product.status == ProductStatus.ACTIVE, column.op("@@")(query))
        .limit(CANDIDATES)
        .cte("exact")
        .prefix_with("MATERIALIZED")
    )
    looks_like = func.guess_products(func.lower(func.plain_letters(" ".join(words))), GUESSES).table_valued(
        "id", "nearness", name="looks_like"
    )
    guess = select(looks_like.c.id, looks_like.c.nearness, literal(True)).where(~exists(select(exact.c.id)))
    return select(exact.c.id, exact.c.nearness, exact.c.guessed).union_all(guess).cte("found")


def _nothing() -> Any:
    nobody = select(Product.id, literal(0.0).label("nearness"), literal(False).label("guessed"))
    return nobody.where(literal(False)).cte("found")


def _page(filters: ProductFilters, found: Any, page: int) -> Sequence[Listed]:
    statement = _ordered(_listed(select(Product)), filters, found)
    if filters.category:
        statement = statement.where(Product.category == filters.category)
    return _rows(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))


def _ordered(statement: Select[Any], filters: ProductFilters, found: Any) -> Select[Any]:
    newest_first = (Product.published_at.desc(), Product.id.desc())
    if found is not None:
        statement = statement.join(found, found.c.id == Product.id)
    if found is not None and filters.order is Sort.FITTING:
        return statement.order_by(found.c.nearness.desc(), *newest_first)
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


def _place(row: tuple[str, int]) -> tuple[int, str]:
    return ORDER.get(row[0], len(ORDER)), row[0]


def _escaped(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)
