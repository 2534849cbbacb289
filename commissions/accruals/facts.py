"""What commissions tell. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SaleSettled(Fact):
    """The commissions of an order stand where the order puts them now."""

    NAME: ClassVar[str] = "accruals.SaleSettled"
    order_id: int
