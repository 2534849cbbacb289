"""Every night: which orders are told of with which event, and for how much; and figures that are final."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from events.reports.figures import figures_of, net_kept
from events.reports.models import EventOrder, EventReport
from events.reports.policy import final_at
from events.reports.queries import counted_orders, events_to_freeze, grounds
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from storefront.orders.queries import sale

# In a night: more evenings than shops have on one day, so that none is left behind.
AT_ONCE = 1_000
# One night more than the longest: whatever a night missed, the next one counts.
SLACK = timedelta(days=2)


def count_sales(*, return_days: int) -> int:
    """Count the orders of events that are not final again, as they stand; how many there are.

    An order stands with one event, by its key; counting again changes what it is worth, or moves it to a
    stronger ground. Nothing is written to a ledger.
    """
    now = clock.now()
    since = _final_by(now, return_days) - SLACK
    found = {one.order_id: one for one in grounds(now, since)}
    gone = [one.order_id for one in counted_orders(since) if one.order_id not in found]
    db.session.execute(delete(EventOrder).where(EventOrder.order_id.in_(gone)))
    for order_id, ground in sorted(found.items()):
        order = sale(order_id)
        values = {
            "event_id": ground.event_id,
            "basis": ground.basis,
            "net_minor": net_kept(order),
            "currency": order.currency,
            "counted_at": now,
        }
        row = insert(EventOrder).values(order_id=order_id, **values)
        db.session.execute(row.on_conflict_do_update(index_elements=["order_id"], set_=values))
    return len(found)


def freeze(*, actor: Actor, return_days: int) -> int:
    """Keep the figures of events that cannot change any more, once; how many."""
    now = clock.now()
    number = 0
    for event in events_to_freeze(_final_by(now, return_days), AT_ONCE):
        report = insert(EventReport).values(event_id=event.id, frozen_at=now, figures=figures_of(event))
        kept = db.session.execute(report.on_conflict_do_nothing().returning(EventReport.event_id))
        if kept.first() is not None:
            audit.record(actor=actor, action="reports.freeze", subject=("event", event.id))
            number += 1
    return number


def _final_by(now: datetime, return_days: int) -> datetime:
    """What ended by then is final now."""
    return now - (final_at(now, return_days) - now)
