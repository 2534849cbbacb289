"""Handling what came in: ask Stripe outside of a transaction, then change and mark in one."""

from __future__ import annotations

from datetime import timedelta

from foundation import clock
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import defer, job
from foundation.payments import inbox, webhooks
from foundation.payments.queries import forgotten_messages

FORGOTTEN_AFTER = timedelta(minutes=15)


@job(name=inbox.HANDLE, queue_name="payments")
@in_steps
def handle_event(*, row_id: int) -> None:
    """One message: read the object again, hand it over, mark the row. Runs at least once, one object at a
    time."""
    with unit_of_work():
        row = inbox.take(row_id)
        if row is None:
            return
        about = (row.object_kind, row.object_id, row.account)
    try:
        fresh = webhooks.fetch(*about) if webhooks.wanted(about[0]) else None
        with unit_of_work():
            if fresh is not None:
                webhooks.hand_over(fresh)
            inbox.done(row_id)
    except Exception as error:
        with unit_of_work():
            inbox.failed(row_id, error)
        raise


@job(name="payments.sweep_inbox", cron="*/5 * * * *", retries=False)
def sweep_inbox() -> None:
    """A message that has waited long without a job gets one again (its job may have been removed by hand)."""
    for row in forgotten_messages(clock.now() - FORGOTTEN_AFTER):
        defer(inbox.HANDLE, lock=f"stripe:{row.object_id}", once=f"stripe-event:{row.id}", row_id=row.id)
