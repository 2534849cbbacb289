"""Who has a stronger claim on an order than any code or link: an event in the store, for whoever hosted it.

Until somebody above registers, nobody claims by an event. What is claimed is judged by the same rule as all
else (`policy.decide`), and listed on the receipt with the name of the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storefront.orders.queries import Sale


@dataclass(frozen=True, slots=True)
class EventClaim:
    """The editor who hosted an event, its name in both languages, and when the shopper was welcomed there."""

    editor_id: int
    at: datetime
    event: str
    event_it: str | None = None


class Events(Protocol):
    """Who knows which sale was made at an event."""

    def claim_on(self, sale: Sale) -> EventClaim | None:
        """The claim on an order that was rung up in a store; asked while the order is being decided, so it
        only reads. None when it was sold at no event."""

    def host_of_code(self, code: str) -> int | None:
        """The editor who hosts the event of this voucher's code; None when it is no event's."""


class _Port:
    events: Events | None = None


def claim_with(events: Events | None) -> None:
    """Register who knows; None takes that back."""
    _Port.events = events


def event_claim(sale: Sale) -> EventClaim | None:
    """What an event claims of an order; online orders are nobody's event."""
    if _Port.events is None or sale.till_place_id is None:
        return None
    return _Port.events.claim_on(sale)


def host_of_code(code: str) -> int | None:
    """The editor who hosts the event of a code; nobody while there are no events."""
    return _Port.events.host_of_code(code) if _Port.events is not None else None
