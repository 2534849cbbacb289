"""The figures of one event, counted from its rows; plain numbers, as they are kept when they are final."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from events.calendar.models import Event
from events.door.queries import second_admissions
from events.reports.policy import COUNTS, median_gap
from events.reports.queries import (
    admissions_by_device,
    guests_counted,
    people_counted,
    sales_by_basis,
)
from foundation import clock
from storefront.orders.policy import net_of
from storefront.orders.queries import Sale, sale


def figures_of(event: Event) -> dict[str, Any]:
    """Everything the report tells, by name. Money is `{currency: minor units}`."""
    people = people_counted(event)
    return {
        **guests_counted(event.id),
        "twice": len(second_admissions(event.id)),
        "seconds": median_gap(admissions_by_device(event.id)),
        "sales": [
            {"basis": str(basis), "currency": currency, "orders": orders, "net": net}
            for basis, currency, orders, net in sorted(sales_by_basis(event.id))
        ],
        "known": people.known,
        "new": people.new,
        "bought": people.bought,
        "back": people.back,
        "had_bought": people.had_bought,
        "earlier": _sums(people.earlier),
        "later": _sums(people.later),
        "counts_until": (event.ends_at + COUNTS).isoformat(),
        "as_of": clock.now().isoformat(),
    }


def net_kept(found: Sale) -> int:
    """What was bought with an order and not given back, without tax and delivery, in minor units."""
    return sum(net_of(line.counted_minor, line.tax_bps, found.currency) for line in found.lines)


def _sums(order_ids: Iterable[int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for order_id in order_ids:
        found = sale(order_id)
        sums[found.currency] = sums.get(found.currency, 0) + net_kept(found)
    return sums
