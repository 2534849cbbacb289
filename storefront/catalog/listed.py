"""A product as lists need it: plain values from one row, no model and no session behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from foundation.i18n import pick
from foundation.money import Money

PRODUCT_COLUMNS = (
    *("id", "handle", "title", "title_it", "colour", "colour_it"),
    *("currency", "price_from_minor", "price_to_minor", "version"),
)
PICTURE_COLUMNS = (
    "alt",
    "alt_it",
    "status",
    "small_key",
    "medium_key",
    "large_key",
    "width",
    "height",
    "focus",
    "avif_keys",
)


class ShownPicture(Protocol):
    """What a card needs of a picture."""

    @property
    def alt(self) -> str: ...
    @property
    def alt_it(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def small_key(self) -> str | None: ...
    @property
    def medium_key(self) -> str | None: ...
    @property
    def large_key(self) -> str | None: ...
    @property
    def width(self) -> int | None: ...
    @property
    def height(self) -> int | None: ...
    @property
    def avif_keys(self) -> Sequence[str]: ...
    @property
    def focus(self) -> str: ...


class ShownProduct(Protocol):
    """What a card needs of a product, whether it is a model or a row of a list."""

    @property
    def id(self) -> int: ...
    @property
    def handle(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def title_it(self) -> str | None: ...
    @property
    def colour(self) -> str: ...
    @property
    def colour_it(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def colour_name(self) -> str: ...
    @property
    def price(self) -> Money: ...
    @property
    def has_price_span(self) -> bool: ...
    @property
    def cover(self) -> ShownPicture | None: ...


@dataclass(frozen=True, slots=True)
class ListedPicture:
    """The cover of a listed product; see `Picture`."""

    alt: str
    alt_it: str | None
    status: str
    small_key: str | None
    medium_key: str | None
    large_key: str | None
    width: int | None
    height: int | None
    focus: str = "whole"
    avif_keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """One row of a list; see `Product`. `in_stock`: any can be bought now. `worn_in`: published looks."""

    id: int
    handle: str
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    currency: str
    price_from_minor: int
    price_to_minor: int
    version: int
    cover: ListedPicture | None
    in_stock: bool
    was_minor: int | None = None
    lowest_minor: int | None = None
    worn_in: int = 0

    @property
    def was(self) -> Money | None:
        """The price before a reduction, where there is one."""
        return Money(self.was_minor, self.currency) if self.was_minor else None

    @property
    def lowest_before(self) -> Money | None:
        """The lowest price in the thirty days before the reduction, where it is known."""
        return Money(self.lowest_minor, self.currency) if self.was and self.lowest_minor is not None else None

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def colour_name(self) -> str:
        return pick(self.colour, self.colour_it)

    @property
    def price(self) -> Money:
        """The lowest price of its variants, tax included."""
        return Money(self.price_from_minor, self.currency)

    @property
    def has_price_span(self) -> bool:
        return self.price_from_minor != self.price_to_minor


def listed_product(row: Mapping[str, Any]) -> ListedProduct:
    """A row of `queries.card_statement` by its columns' names."""
    picture = None
    if row["picture_status"] is not None:
        picture = ListedPicture(*(row[f"picture_{name}"] for name in PICTURE_COLUMNS))
    own = {name: row[name] for name in (*PRODUCT_COLUMNS, "in_stock", "was_minor", "lowest_minor")}
    return ListedProduct(**own, cover=picture, worn_in=row.get("worn_in", 0))
