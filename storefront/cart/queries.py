from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import TextClause, text

from foundation import clock
from foundation.db import db, rows
from foundation.i18n import pick
from foundation.money import Money
from foundation.settings import current
from storefront.cart.policy import holder_of, owner_of
from storefront.catalog.naming import options_label
from storefront.catalog.ports import PLENTY
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock.queries import THERE, there_values

# One statement for a whole bag: pieces, prices, first picture, and what can be had now. A promise past its
# moment counts for nothing, and what the owner of the bag has on order is not counted against them.
_LINES = f"""
    SELECT line.id, line.variant_id, variant.product_id, product.handle, product.title, product.title_it,
           product.category, product.colour, product.colour_it, variant.option_values, variant.sku,
           variant.price_minor, variant.currency, line.quantity,
           CASE WHEN product.status <> 'active' OR variant.withdrawn_at IS NOT NULL THEN 0
                WHEN variant.oversell OR NOT variant.tracked THEN :plenty
                ELSE greatest(variant.on_hand - coalesce(promised.quantity, 0), 0) END,
           line.origin_kind, line.origin_ref, line.origin_label, line.origin_label_it,
           picture.small_key, picture.width, picture.height, line.noted_minor
    FROM {{table}} line
    JOIN variants variant ON variant.id = line.variant_id
    JOIN products product ON product.id = variant.product_id
    LEFT JOIN LATERAL (
        SELECT sum(reservation.quantity) AS quantity FROM reservations reservation
        WHERE reservation.variant_id = variant.id AND reservation.place_id = {WEB_WAREHOUSE}
          AND reservation.expires_at > :now AND reservation.holder IS DISTINCT FROM :holder
    ) promised ON true
    LEFT JOIN LATERAL (
        SELECT small_key, width, height FROM pictures
        WHERE product_id = product.id AND status = 'ready' ORDER BY position, id LIMIT 1
    ) picture ON true
    WHERE (line.account_id = CAST(:account_id AS bigint) OR line.visit_id = CAST(:visit AS text))
    ORDER BY line.id
"""
_BAG, _SAVED = (text(_LINES.format(table=table)) for table in ("cart_lines", "saved_pieces"))

_PIECES = text(
    f"""
    WITH there AS ({THERE})
    SELECT variant.id, product.title, product.title_it, product.colour, product.colour_it,
           variant.option_values, there.quantity
    FROM there JOIN variants variant ON variant.id = there.id
    JOIN products product ON product.id = variant.product_id
    WHERE product.status = 'active' AND variant.withdrawn_at IS NULL
    """
)

_COUNT = text(
    """
    SELECT coalesce(sum(quantity), 0) FROM cart_lines
    WHERE account_id = CAST(:account_id AS bigint) OR visit_id = CAST(:visit AS text)
    """
)

_OF_VISIT = text("SELECT variant_id FROM cart_lines WHERE visit_id = :visit")


class CartLine(NamedTuple):
    """A piece in the bag, or saved for later, with today's price and what can be had of it now.

    `noted_minor` is the price its owner was last told.
    """

    line_id: int
    variant_id: int
    product_id: int
    handle: str
    title: str
    title_it: str | None
    category: str
    colour: str
    colour_it: str | None
    option_values: Sequence[str]
    sku: str
    unit_price_minor: int
    currency: str
    quantity: int
    available: int
    origin_kind: str | None
    origin_ref: str | None
    origin_label: str | None
    origin_label_it: str | None
    picture_key: str | None
    picture_width: int | None
    picture_height: int | None
    noted_minor: int

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def origin_name(self) -> str | None:
        """What the look it came from is called, in the reader's language."""
        return pick(self.origin_label, self.origin_label_it) if self.origin_label else None

    @property
    def options_label(self) -> str:
        """What was chosen, `M`. Its colour stands on the piece, in both languages."""
        return options_label(self.option_values)

    @property
    def gross_minor(self) -> int:
        return self.unit_price_minor * self.quantity

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.currency)

    @property
    def sold_out(self) -> bool:
        return self.available == 0

    @property
    def price_was(self) -> Money | None:
        """What it cost when its owner was last told, where it costs something else today."""
        return Money(self.noted_minor, self.currency) if self.noted_minor != self.unit_price_minor else None


@dataclass(frozen=True)
class Group:
    """Pieces that were put in together: a whole look stays together in the bag."""

    kind: str | None
    ref: str | None
    label: str | None
    lines: tuple[CartLine, ...]


@dataclass(frozen=True)
class Cart:
    """A bag. A line that cannot be had in its quantity is `short`; the rest can be bought without it."""

    lines: tuple[CartLine, ...]
    currency: str

    @cached_property
    def short(self) -> tuple[CartLine, ...]:
        """Lines that ask for more than there is, counting two lines of one piece together."""
        left = {line.variant_id: line.available for line in self.lines}
        missing = []
        for line in self.lines:
            if left[line.variant_id] < line.quantity:
                missing.append(line)
            else:
                left[line.variant_id] -= line.quantity
        return tuple(missing)

    @cached_property
    def buyable(self) -> tuple[CartLine, ...]:
        short = {line.line_id for line in self.short}
        return tuple(line for line in self.lines if line.line_id not in short)

    @property
    def repriced(self) -> tuple[CartLine, ...]:
        """Pieces that cost something else than their owner was last told."""
        return tuple(line for line in self.lines if line.price_was is not None)

    @property
    def count(self) -> int:
        """Pieces in the bag, as the header says them."""
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> Money:
        """What the pieces that can be bought cost, tax included."""
        return Money(sum(line.gross_minor for line in self.buyable), self.currency)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The lines by origin, each origin where its first piece stands."""
        first: dict[tuple[str | None, str | None], int] = {}
        for line in self.lines:
            first.setdefault((line.origin_kind, line.origin_ref), line.line_id)
        ordered = sorted(
            self.lines, key=lambda line: (first[line.origin_kind, line.origin_ref], line.line_id)
        )
        return tuple(
            Group(kind, ref, members[0].origin_name, members)
            for (kind, ref), members in (
                (key, tuple(group))
                for key, group in groupby(ordered, key=lambda line: (line.origin_kind, line.origin_ref))
            )
        )

    @property
    def digest(self) -> str:
        """What the shopper has seen: changes with a piece, a quantity, a price, or what can be had."""
        return digest_of(self.buyable)


def digest_of(lines: Sequence[CartLine]) -> str:
    """A short name of pieces, quantities and prices."""
    parts = sorted(f"{line.variant_id}x{line.quantity}@{line.unit_price_minor}" for line in lines)
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:24]


def cart_of(visit: str | None, account_id: int | None) -> Cart:
    """The bag of an account, or of a visit when nobody is signed in; empty when there is none."""
    lines = _lines(_BAG, visit, account_id)
    return Cart(lines, lines[0].currency if lines else current().currency)


def saved_for_later(visit: str | None, account_id: int | None) -> tuple[CartLine, ...]:
    """What was put aside, the oldest first; `line_id` is then the saved piece's own."""
    return _lines(_SAVED, visit, account_id)


def variants_in_bag_of(visit: str) -> list[int]:
    """What a visit has put into its bag."""
    return list(db.session.scalars(_OF_VISIT, {"visit": visit}))


def bag_count(visit: str | None, account_id: int | None) -> int:
    """How many pieces lie in the bag."""
    if visit is None and account_id is None:
        return 0
    return int(db.session.execute(_COUNT, owner_of(visit, account_id)).scalar_one())


def _lines(statement: TextClause, visit: str | None, account_id: int | None) -> tuple[CartLine, ...]:
    if visit is None and account_id is None:
        return ()
    values = owner_of(visit, account_id) | {
        "now": clock.now(),
        "plenty": PLENTY,
        "holder": holder_of(visit, account_id),
    }
    return tuple(map(CartLine._make, rows(statement, values)))


class OnSale(NamedTuple):
    """What can be put into a bag: how it is called, its options, and how many there are for this bag."""

    variant_id: int
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    option_values: Sequence[str]
    available: int


def pieces_on_sale(variant_ids: Iterable[int], *, holder: str) -> dict[int, OnSale]:
    """What can be put into the bag of `holder` at all, by variant."""
    pieces = map(OnSale._make, rows(_PIECES, there_values(variant_ids, holder=holder)))
    return {piece.variant_id: piece for piece in pieces}
