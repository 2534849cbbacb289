"""A look as a card and as a drawing: plain values, read in one statement whatever the number of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from editors.looks.canvas.garment import Lying
from foundation.i18n import pick
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class CardPiece:
    """A piece as cards and drawings need it; `price` is the lowest of its variants, for one."""

    product_id: int
    handle: str
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    quantity: int
    price: Money
    lying: Lying

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def colour_name(self) -> str:
        return pick(self.colour, self.colour_it)


@dataclass(frozen=True, slots=True)
class LookCard:
    """A look in a list. `total` is every piece in its quantity at its lowest price, tax included."""

    id: int
    slug: str
    title: str
    title_it: str | None
    occasion: str
    status: str
    version: int
    published_at: datetime | None
    ground: str
    captions: list[dict[str, Any]]
    photo_key: str | None
    editor_id: int
    editor_name: str
    editor_handle: str
    with_name: str | None
    picture_small_key: str | None
    picture_medium_key: str | None
    picture_large_key: str | None
    picture_avif_keys: Sequence[str]
    pieces: tuple[CardPiece, ...]

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def total(self) -> Money | None:
        """None for a look without pieces."""
        if not self.pieces:
            return None
        amount = Money.zero(self.pieces[0].price.currency)
        for piece in self.pieces:
            amount = amount + piece.price * piece.quantity
        return amount

    @property
    def items(self) -> int:
        return sum(piece.quantity for piece in self.pieces)
