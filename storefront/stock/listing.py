"""What staff read of stock: lists by place and by what is wrong with them, one variant, its movements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select, text
from sqlalchemy.orm import contains_eager

from foundation import clock
from foundation.db import db
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import Variant
from storefront.catalog.naming import options_label, title_and_colour
from storefront.places.models import WEB_WAREHOUSE, Place
from storefront.stock.models import StockMovement
from storefront.stock.policy import LOW

PAGE = 50
HISTORY = 50


class Shown(StrEnum):
    """Which of a place's variants: all; low: some, not more than the mark; out: none; negative: oversold."""

    ALL = "all"
    LOW = "low"
    OUT = "out"
    NEGATIVE = "negative"


# A store lists what was ever there; the warehouse what the web sells.
_AT_THE_WAREHOUSE = "variants variant", "variant.on_hand"
_AT_A_STORE = (
    "stock_levels level JOIN variants variant"
    " ON variant.id = level.variant_id AND level.place_id = :place_id",
    "level.on_hand",
)
_SHELVES = """
    SELECT variant.id, product.title, product.title_it, product.colour, product.colour_it,
           variant.option_values, variant.sku, variant.position, {on_hand} AS on_hand,
           coalesce(own.low_at, whole.low_at, {low}) AS low_at
    FROM {where_it_lies}
    JOIN products product ON product.id = variant.product_id AND product.status <> 'archived'
    LEFT JOIN stock_low_marks own ON own.product_id = product.id AND own.variant_id = variant.id
    LEFT JOIN stock_low_marks whole ON whole.product_id = product.id AND whole.variant_id IS NULL
    WHERE variant.withdrawn_at IS NULL AND variant.tracked
      AND (:words = '' OR product.title ILIKE :like OR product.title_it ILIKE :like
           OR variant.sku ILIKE :like OR variant.barcode = :words)
"""
_IS = {
    Shown.ALL: "true",
    Shown.LOW: "on_hand > 0 AND on_hand <= low_at",
    Shown.OUT: "on_hand = 0",
    Shown.NEGATIVE: "on_hand < 0",
}
_COUNTS = "SELECT {counts} FROM ({shelves}) shelves"
# Promises are counted for the rows of the page alone.
_ROWS = """
    SELECT shelf.*, coalesce((
        SELECT CAST(sum(reservation.quantity) AS bigint) FROM reservations reservation
        WHERE reservation.variant_id = shelf.id AND reservation.place_id = :place_id
          AND reservation.expires_at > :now), 0) AS promised
    FROM (SELECT * FROM ({shelves}) shelves WHERE {shown}
          ORDER BY {first} title, colour, position, id LIMIT {page} OFFSET :beyond) shelf
    ORDER BY {first} title, colour, position, id
"""
_PLACES_OF = text(
    f"""
    SELECT place.id, place.name, place.closed_at IS NULL AS is_open,
           CASE WHEN place.id = {WEB_WAREHOUSE} THEN variant.on_hand
                ELSE coalesce(level.on_hand, 0) END AS on_hand,
           coalesce((SELECT CAST(sum(reservation.quantity) AS bigint) FROM reservations reservation
                     WHERE reservation.variant_id = variant.id AND reservation.place_id = place.id
                       AND reservation.expires_at > :now), 0) AS promised
    FROM variants variant CROSS JOIN places place
    LEFT JOIN stock_levels level ON level.variant_id = variant.id AND level.place_id = place.id
    WHERE variant.id = :variant_id AND (place.closed_at IS NULL OR level.on_hand <> 0)
    ORDER BY place.kind DESC, place.city, place.name
    """
)


@dataclass(frozen=True)
class Shelf:
    """A variant at one place: what lies there, what of it is promised, and from which count on it is low."""

    id: int
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    option_values: Sequence[str]
    sku: str
    position: int
    on_hand: int
    low_at: int
    promised: int

    @property
    def name(self) -> str:
        """What it is called in a list, with its size."""
        return ", ".join(part for part in (title_and_colour(self), options_label(self.option_values)) if part)

    @property
    def free(self) -> int:
        return max(self.on_hand - self.promised, 0)


@dataclass(frozen=True)
class Shelves:
    """One page of a place's variants, and how many there are of each sort."""

    rows: Sequence[Shelf]
    counts: dict[Shown, int]
    pages: int


@dataclass(frozen=True)
class LiesAt:
    """One variant at one place."""

    place_id: int
    name: str
    is_open: bool
    on_hand: int
    promised: int


def shelves(place_id: int, shown: Shown, words: str, page: int) -> Shelves:
    """What lies at a place, in two statements."""
    values = {
        "place_id": place_id,
        "words": words,
        "like": f"%{_escaped(words)}%",
        "now": clock.now(),
        "beyond": (page - 1) * PAGE,
    }
    lying = _shelves_of(place_id)
    counts = _counted(lying, list(Shown), values)
    rows = _ROWS.format(
        shelves=lying, shown=_IS[shown], first="on_hand," if shown is Shown.LOW else "", page=PAGE
    )
    found = [Shelf(**row._mapping) for row in db.session.execute(text(rows), values)]
    return Shelves(found, counts, max(1, -(-counts[shown] // PAGE)))


def running_low() -> int:
    """How many variants of the web run low."""
    values = {"place_id": WEB_WAREHOUSE, "words": "", "like": ""}
    return _counted(_shelves_of(WEB_WAREHOUSE), [Shown.LOW], values)[Shown.LOW]


def _shelves_of(place_id: int) -> str:
    source, on_hand = _AT_THE_WAREHOUSE if place_id == WEB_WAREHOUSE else _AT_A_STORE
    return _SHELVES.format(where_it_lies=source, on_hand=on_hand, low=LOW)


def _counted(lying: str, sorts: Sequence[Shown], values: dict[str, Any]) -> dict[Shown, int]:
    counts = ", ".join(f"count(*) FILTER (WHERE {_IS[sort]})" for sort in sorts)
    row = db.session.execute(text(_COUNTS.format(counts=counts, shelves=lying)), values).one()
    return dict(zip(sorts, row, strict=True))


def variant_with_product(variant_id: int) -> Variant:
    """A variant and its product; raises `ProductNotFound`."""
    found = db.session.scalars(
        select(Variant)
        .join(Variant.product)
        .where(Variant.id == variant_id)
        .options(contains_eager(Variant.product))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise ProductNotFound()
    return found


def places_of(variant_id: int) -> Sequence[LiesAt]:
    """What lies at every place, the warehouse first; closed stores only while something is left there."""
    rows = db.session.execute(_PLACES_OF, {"variant_id": variant_id, "now": clock.now()})
    return [LiesAt(row.id, row.name, row.is_open, row.on_hand, row.promised) for row in rows]


def movements_of(variant_id: int) -> Sequence[tuple[StockMovement, str]]:
    """The latest movements, newest first, each with the name of its place."""
    statement = (
        select(StockMovement, Place.name)
        .join(Place, Place.id == StockMovement.place_id)
        .where(StockMovement.variant_id == variant_id)
        .order_by(StockMovement.id.desc())
        .limit(HISTORY)
    )
    return [(movement, name) for movement, name in db.session.execute(statement)]


def known_codes(codes: Sequence[str]) -> list[tuple[int, str, str, bool]]:
    """Variants on sale by either code: id, article number, barcode, whether anybody counts it."""
    statement = select(Variant.id, Variant.sku, Variant.barcode, Variant.tracked).where(
        Variant.withdrawn_at.is_(None), or_(Variant.sku.in_(codes), Variant.barcode.in_(codes))
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


def low_marks(variant: Variant) -> tuple[int | None, int | None]:
    """The mark of the variant itself, and that of its whole product."""
    rows = db.session.execute(
        text("SELECT variant_id, low_at FROM stock_low_marks WHERE product_id = :product_id"),
        {"product_id": variant.product_id},
    )
    marks = {row.variant_id: row.low_at for row in rows}
    return marks.get(variant.id), marks.get(None)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
