"""What exchanges tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LineExchanged(Fact):
    """Pieces of a line came back, were accepted, and became another variant, which waits to be packed.

    `difference_minor` is what the new ones cost more (paid before) or, below zero, less (it goes back).
    """

    NAME: ClassVar[str] = "exchanges.LineExchanged"
    order_id: int
    order_line_id: int
    exchange_id: int
    quantity: int
    variant_id: int
    difference_minor: int
    exchanged_at: datetime


@dataclass(frozen=True, kw_only=True)
class PaidForNothing(Fact):
    """The difference of an exchange was paid, and the exchange is off: the money goes back."""

    NAME: ClassVar[str] = "exchanges.PaidForNothing"
    exchange_id: int
