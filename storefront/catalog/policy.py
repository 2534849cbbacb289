"""Small decisions about lists and stock, as pure functions on values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from storefront.catalog.models import ProductStatus

# How an option that says the size is called in files people bring.
SIZE_OPTIONS = ("size", "taglia", "sizes", "misura", "shoe size", "numero")
COLOUR_OPTIONS = ("color", "colour", "colore")
LETTERS = ("xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "xxl", "xxxl", "3xl", "4xl")
# Of a Global Trade Item Number, as GS1 gives them.
GTIN_LENGTHS = (8, 12, 13, 14)
# From this number on we no longer say how many are left.
FEW = 3


def shown_status(status: str, published_at: datetime | None, now: datetime) -> ProductStatus:
    """Of what is in the shop or about to come, the moment of its publication decides which of the two."""
    wanted = ProductStatus(status)
    if wanted not in (ProductStatus.ACTIVE, ProductStatus.SCHEDULED):
        return wanted
    return ProductStatus.SCHEDULED if published_at and published_at > now else ProductStatus.ACTIVE


def size_key(size: str) -> tuple[int, int, str]:
    """Sorts sizes as a shop does: XS to XXL, then numbers, then words."""
    plain = size.strip().lower()
    if plain in LETTERS:
        return 0, LETTERS.index(plain), plain
    number = "".join(sign for sign in plain if sign.isdecimal())
    if number:
        return 1, int(number[:6]), plain
    return 2, 0, plain


def size_of(option_names: Sequence[str], option_values: Sequence[str]) -> str:
    """The size among the options of a variant; empty when it has none."""
    return option_of(SIZE_OPTIONS, option_names, option_values)


def option_of(called: Sequence[str], option_names: Sequence[str], option_values: Sequence[str]) -> str:
    """The value of the option that goes by one of these names; empty when there is none."""
    for name, value in zip(option_names, option_values, strict=False):
        if name.strip().lower() in called:
            return value
    return ""


def gtin_of(barcode: str) -> str:
    """The barcode where it is a world-wide number (8, 12, 13 or 14 digits, the last one right), else nothing.

    The shop's own numbers in that field would be taken for somebody else's product.
    """
    if not (barcode.isascii() and barcode.isdecimal() and len(barcode) in GTIN_LENGTHS):
        return ""
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(barcode[:-1])))
    return barcode if (10 - weighted % 10) % 10 == int(barcode[-1]) else ""


def stock_signature(left: Iterable[int]) -> tuple[int, ...]:
    """What a page says of what is left: nothing, the last few by number, or enough."""
    return tuple(min(number, FEW + 1) for number in left)


def preselected(left: Sequence[int], fitting: Sequence[int] = ()) -> int | None:
    """The place of the one variant that can be bought, when there is no choice to make: none besides is left,
    or none besides is `fitting` whoever asks.
    """
    buyable = [place for place, number in enumerate(left) if number > 0]
    if len(buyable) > 1:
        buyable = [place for place in buyable if place in fitting]
    return buyable[0] if len(buyable) == 1 else None
