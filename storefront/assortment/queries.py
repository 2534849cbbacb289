from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, text
from sqlalchemy.orm import aliased, contains_eager

from foundation.db import db
from foundation.money import Money
from storefront.assortment.models import BulkEdit, BulkEditRow
from storefront.assortment.policy import MOST
from storefront.catalog.categories import beneath
from storefront.catalog.models import Picture, Product, ProductStatus, Variant
from storefront.catalog.ports import left
from storefront.stock.models import LowMark
from storefront.stock.policy import LOW

PAGE_SIZE = 50
OFFERED = 200  # brands and tags of a list to choose from
LAST = 50


class Lack(StrEnum):
    """What staff look for to put right."""

    PICTURE = "picture"
    ITALIAN = "italian"
    LOW = "low"
    SALE = "sale"


class Sort(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    NAME = "name"
    CHEAP = "cheap"
    DEAR = "dear"


@dataclass(frozen=True)
class Wanted:
    """Which products staff want to see, and in what order; what is empty asks nothing."""

    words: str = ""
    status: str = ""
    category: str = ""
    vendor: str = ""
    tag: str = ""
    lacks: frozenset[Lack] = frozenset()
    sort: Sort = Sort.CHANGED

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.status or self.category or self.vendor or self.tag or self.lacks)


@dataclass(frozen=True)
class Hung:
    """A product of the list, its cover loaded: how many variants, how many pieces can be bought in all,
    whether some never end, how many variants have none left, and the price before the reduction.
    """

    product: Product
    variants: int
    left: int
    plenty: bool
    gone: int
    was: Money | None


@dataclass(frozen=True)
class Offered:
    """What the list can be narrowed to, each by how many products have it."""

    categories: Sequence[str] = ()
    vendors: Sequence[str] = ()
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class EditOfMany:
    """A bulk edit with its rows, each with its product."""

    edit: BulkEdit
    rows: Sequence[tuple[BulkEditRow, Product]] = field(default_factory=list)


_OFFERED = text(
    """
    (SELECT 'category', category FROM products WHERE category <> ''
     GROUP BY category ORDER BY count(*) DESC, category LIMIT :most)
    UNION ALL
    (SELECT 'vendor', vendor FROM products WHERE vendor <> ''
     GROUP BY vendor ORDER BY count(*) DESC, vendor LIMIT :most)
    UNION ALL
    (SELECT 'tag', tag FROM products, unnest(tags) AS tag
     GROUP BY tag ORDER BY count(*) DESC, tag LIMIT :most)
    """
)
_ORDER = {
    Sort.CHANGED: (Product.updated_at.desc(), Product.id.desc()),
    Sort.NEW: (Product.created_at.desc(), Product.id.desc()),
    Sort.NAME: (func.lower(Product.title), Product.id),
    Sort.CHEAP: (Product.price_from_minor, Product.id),
    Sort.DEAR: (Product.price_to_minor.desc(), Product.id),
}


def products(wanted: Wanted, page: int) -> tuple[Sequence[Hung], int]:
    """One page of the products staff want to see, and how many there are; one statement, whatever the number.

    What is counted of a product is counted for the rows of the page alone.
    """
    asked = select(Product.id, func.count().over().label("total")).where(*narrowed(wanted))
    asked = asked.order_by(*_ORDER[wanted.sort]).limit(PAGE_SIZE).offset((max(page, 1) - 1) * PAGE_SIZE)
    here = asked.subquery("here")
    plenty = func.coalesce(func.bool_or(or_(Variant.tracked.is_(False), Variant.oversell)), False)
    number = left()
    counted = (
        select(
            func.count().label("variants"),
            func.coalesce(func.sum(number), 0).label("left"),
            plenty.label("plenty"),
            func.count().filter(number <= 0).label("gone"),
            func.max(Variant.compare_at_minor)
            .filter(Variant.compare_at_minor > Variant.price_minor)
            .label("was"),
        )
        .where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None))
        .correlate(Product)
        .lateral("counted")
    )
    shown = counted.c
    statement = (
        select(Product, here.c.total, shown.variants, shown.left, shown.plenty, shown.gone, shown.was)
        .join(here, here.c.id == Product.id)
        .join(counted, literal(True))
        .outerjoin(Product.cover)
        .options(contains_eager(Product.cover))
        .order_by(*_ORDER[wanted.sort])
    )
    found = db.session.execute(statement).all()
    rows = [
        Hung(
            product=row[0],
            variants=row.variants,
            left=int(row.left),
            plenty=row.plenty,
            gone=row.gone,
            was=Money(row.was, row[0].currency) if row.was else None,
        )
        for row in found
    ]
    return rows, found[0].total if found else 0


def ids_of(wanted: Wanted) -> list[int]:
    """Every product staff want to see, at most one more than can be changed in one act."""
    asked = select(Product.id).where(*narrowed(wanted)).order_by(*_ORDER[wanted.sort]).limit(MOST + 1)
    return list(db.session.scalars(asked))


def offered() -> Offered:
    """Departments, brands and tags there are, the most used first; one statement."""

    found: dict[str, list[str]] = {"category": [], "vendor": [], "tag": []}
    for kind, word in db.session.execute(_OFFERED, {"most": OFFERED}):
        found[kind].append(word)
    return Offered(
        categories=found["category"],
        vendors=sorted(found["vendor"], key=str.casefold),
        tags=sorted(found["tag"], key=str.casefold),
    )


def edit_of_many(edit_id: int) -> EditOfMany | None:
    """A bulk edit with every product it changed, by their names."""
    edit = db.session.get(BulkEdit, edit_id)
    if edit is None:
        return None
    rows = select(BulkEditRow, Product).join(Product, Product.id == BulkEditRow.product_id)
    rows = rows.where(BulkEditRow.edit_id == edit_id).order_by(func.lower(Product.title), Product.id)
    return EditOfMany(edit, [(row[0], row[1]) for row in db.session.execute(rows)])


def rows_of_edit(edit_id: int) -> Sequence[BulkEditRow]:
    return db.session.scalars(select(BulkEditRow).where(BulkEditRow.edit_id == edit_id)).all()


def last_edits() -> Sequence[tuple[BulkEdit, int]]:
    """The last acts on many products, the newest first, and how many products each changed."""
    number = select(func.count()).where(BulkEditRow.edit_id == BulkEdit.id).scalar_subquery()
    asked = select(BulkEdit, number).order_by(BulkEdit.applied_at.desc(), BulkEdit.id.desc()).limit(LAST)
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is asked, as conditions on `Product`."""
    where: list[ColumnElement[bool]] = []
    if wanted.words:
        like = f"%{_escaped(wanted.words)}%"
        coded = or_(Variant.sku.ilike(like), Variant.barcode == wanted.words)
        by_code = exists().where(Variant.product_id == Product.id, coded)
        names = (Product.title, Product.title_it, Product.handle)
        where.append(or_(*(name.ilike(like) for name in names), by_code))
    if wanted.status:
        where.append(Product.status == ProductStatus(wanted.status))
    if wanted.category:
        where.append(Product.category.in_(beneath(wanted.category)))
    if wanted.vendor:
        where.append(Product.vendor == wanted.vendor)
    if wanted.tag:
        where.append(Product.tags.contains([wanted.tag]))
    return where + [_LACKS[lack] for lack in sorted(wanted.lacks)]


def _unsaid(english: Any, italian: Any) -> ColumnElement[bool]:
    return and_(english != "", func.coalesce(italian, "") == "")


def _low() -> ColumnElement[bool]:
    """Some variant is at its mark or under it: its own, its product's, or the house's."""
    own, whole = aliased(LowMark), aliased(LowMark)
    of_variant = select(own.low_at).where(own.product_id == Product.id, own.variant_id == Variant.id)
    of_product = select(whole.low_at).where(whole.product_id == Product.id, whole.variant_id.is_(None))
    mark = func.coalesce(of_variant.scalar_subquery(), of_product.scalar_subquery(), LOW)
    return exists().where(_OF_IT, Variant.tracked, Variant.on_hand <= mark)


_OF_IT = and_(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None))
_LACKS: dict[Lack, ColumnElement[bool]] = {
    Lack.PICTURE: ~exists().where(Picture.product_id == Product.id),
    Lack.ITALIAN: or_(
        _unsaid(Product.title, Product.title_it), _unsaid(Product.description, Product.description_it)
    ),
    Lack.LOW: _low(),
    Lack.SALE: exists().where(_OF_IT, Variant.compare_at_minor > Variant.price_minor),
}


def _escaped(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)


def owners_of_numbers(numbers: Sequence[str], but: int | None) -> dict[str, str]:
    """Which of these article numbers another product has, with its name; what is archived has none."""
    asked = (
        select(Variant.sku, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(
            Variant.sku.in_(numbers),
            Variant.withdrawn_at.is_(None),
            Product.status != ProductStatus.ARCHIVED,
            Product.id != (but or 0),
        )
    )
    return {sku: product.full_name for sku, product in db.session.execute(asked)}
