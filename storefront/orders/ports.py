"""What orders have to ask of somebody above them: where the pieces are, and what was paid beside an order.

Until somebody registers, every piece lies in the web warehouse until it is handed over, nothing is called
off, and nothing was paid beside.
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


class Beside(Protocol):
    """Who knows what was paid beside an order: the differences of its exchanges."""

    def is_disputed(self) -> ColumnElement[bool]:
        """Whether a bank is asking for one of them, as an expression on `Order`."""

    def disputed_among(self, order_ids: Iterable[int]) -> set[int]:
        """Those of these orders of which a bank is asking for one."""


class _NoWay:
    def lies_at(self, order_id: int) -> int:
        return WEB_WAREHOUSE

    def is_off(self) -> ColumnElement[bool]:
        return false()

    def off_among(self, order_ids: Iterable[int]) -> set[int]:
        return set()

    def steps_of(self, order_ids: Iterable[int]) -> Mapping[int, Step]:
        return {}


class _NothingBeside:
    def is_disputed(self) -> ColumnElement[bool]:
        return false()

    def disputed_among(self, order_ids: Iterable[int]) -> set[int]:
        return set()


class _Port:
    way: Way = _NoWay()
    beside: Beside = _NothingBeside()


def follow(way: Way) -> None:
    """Register who follows the pieces."""
    _Port.way = way


def way() -> Way:
    """Whom to ask for the pieces."""
    return _Port.way


def know_beside(beside: Beside) -> None:
    """Register who knows what was paid beside."""
    _Port.beside = beside


def beside() -> Beside:
    """Whom to ask for what was paid beside."""
    return _Port.beside
