"""What the catalogue and the stock room tell about a product. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from foundation.facts import Fact


class Change(StrEnum):
    """price: another one. stock_to_zero: the last one left the web's stock room. back_in_stock: it can be
    bought again after it could not. withdrawn: no longer sold, though pieces may lie there.
    """

    PRICE = "price"
    STOCK_TO_ZERO = "stock_to_zero"
    BACK_IN_STOCK = "back_in_stock"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class ProductChanged(Fact):
    """Something about a product changed that people may wait for; `change` is a value of `Change`.

    About stock it names the one variant. Without a variant it is told of the whole product: always for a
    price (some variant costs something else), and when all of it was withdrawn.
    """

    NAME: ClassVar[str] = "catalog.ProductChanged"
    product_id: int
    variant_id: int | None
    change: str
    at: datetime
