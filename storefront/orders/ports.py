"""What orders have to ask of somebody above them who follows the pieces on their way.

Until somebody registers, every piece lies in the web warehouse until it is handed over, and nothing is called
off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ColumnElement, false

from storefront.places.models import WEB_WAREHOUSE


class Step(StrEnum):
    """How far the pieces of a paid order have come, as far as their shopper is told."""

    WAITING = "waiting"
    PICKING = "picking"
    PACKED = "packed"
    SENT = "sent"
    READY = "ready"
    DONE = "done"
    OFF = "off"


class Way(Protocol):
    """Who knows where the pieces of an order are."""

    def lies_at(self, order_id: int) -> int:
        """The place at which pieces of this order that are given back come to lie."""

    def is_off(self) -> ColumnElement[bool]:
        """Whether an order was called off after it was paid, as an expression on `Order`."""

    def off_among(self, order_ids: Iterable[int]) -> set[int]:
        """Those of these orders that were called off after they were paid."""

    def steps_of(self, order_ids: Iterable[int]) -> Mapping[int, Step]:
        """How far the pieces of these orders are, in one statement; without those nobody has heard of."""


class _NoWay:
    def lies_at(self, order_id: int) -> int:
        return WEB_WAREHOUSE

    def is_off(self) -> ColumnElement[bool]:
        return false()

    def off_among(self, order_ids: Iterable[int]) -> set[int]:
        return set()

    def steps_of(self, order_ids: Iterable[int]) -> Mapping[int, Step]:
        return {}


class _Port:
    way: Way = _NoWay()


def follow(way: Way) -> None:
    """Register who follows the pieces."""
    _Port.way = way


def way() -> Way:
    """Whom to ask."""
    return _Port.way
