from __future__ import annotations

from datetime import date

from foundation.jobs.queue import job
from storefront.fulfilment import pickups


@job(name=pickups.TELL_SHUT)
def tell_shut(*, order_id: int, place_id: int, day: str | None) -> None:
    """One order's shopper is told that their store is shut; a letter that fails keeps no other one back."""
    pickups.tell_shut(order_id=order_id, place_id=place_id, day=date.fromisoformat(day) if day else None)


@job(name="fulfilment.tell_what_came_near", cron="12 6 * * *")
def tell_what_came_near() -> None:
    """Every morning: days off of stores that are fourteen days away now are told to who collects there."""
    pickups.tell_what_came_near()
