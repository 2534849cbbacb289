"""The inbox: every message once, acknowledged before it is handled."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.db import db
from foundation.jobs.queue import defer
from foundation.payments.messages import Message
from foundation.payments.models import (
    INBOX_MOVES,
    InboxStatus,
    StripeEvent,
)

HANDLE = "payments.handle_event"
ATTEMPTS = 8


def receive(message: Message) -> bool:
    """Keep a message and ask for its handling, in the caller's transaction; False when it was here before."""
    statement = (
        insert(StripeEvent)
        .values(
            event_id=message.event_id,
            event_type=message.event_type,
            object_kind=message.object_kind,
            object_id=message.object_id,
            account=message.account,
            status=InboxStatus.RECEIVED,
            attempts=0,
            received_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["event_id"])
        .returning(StripeEvent.id)
    )
    row_id = db.session.execute(statement).scalar_one_or_none()
    if row_id is None:
        return False
    defer(HANDLE, lock=message.lock, row_id=row_id)
    return True


def take(row_id: int) -> StripeEvent | None:
    """The row to handle, locked; None when it is done already. A dead one that staff try again lives
    again."""
    wanted = select(StripeEvent).where(StripeEvent.id == row_id).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None or row.status == InboxStatus.DONE:
        return None
    if row.status == InboxStatus.DEAD:
        INBOX_MOVES.move(row, InboxStatus.RETRY)
    return row


def done(row_id: int) -> None:
    """The handler's change and this mark commit together."""
    row = take(row_id)
    if row is not None:
        INBOX_MOVES.move(row, InboxStatus.DONE)
        row.handled_at = clock.now()
        row.last_error = None


def failed(row_id: int, error: Exception) -> None:
    """One try more; after the last one the row is dead and its job stands in the list of failed work."""
    row = take(row_id)
    if row is None:
        return
    row.attempts += 1
    row.last_error = f"{type(error).__name__}: {error!r}"[:300]
    INBOX_MOVES.move(row, InboxStatus.DEAD if row.attempts >= ATTEMPTS else InboxStatus.RETRY)
