"""What is known here of Stripe's messages and of where they come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from foundation.db import db
from foundation.payments.models import DestinationName, InboxStatus, StripeDestination, StripeEvent


def forgotten_messages(before: datetime, limit: int = 200) -> Sequence[StripeEvent]:
    """Messages that came in before a moment and that nobody has begun to handle."""
    waiting = select(StripeEvent).where(
        StripeEvent.status == InboxStatus.RECEIVED, StripeEvent.received_at < before
    )
    return db.session.scalars(waiting.limit(limit)).all()


def messages_here(event_ids: Iterable[str]) -> set[str]:
    """Which of these messages have come in."""
    return set(
        db.session.scalars(select(StripeEvent.event_id).where(StripeEvent.event_id.in_(list(event_ids))))
    )


def dead_messages() -> Sequence[StripeEvent]:
    """Messages that were given up after the last try."""
    return db.session.scalars(select(StripeEvent).where(StripeEvent.status == InboxStatus.DEAD)).all()


def secrets_of(name: DestinationName) -> list[str]:
    """The secret stored for this destination, if `payments setup` made it."""
    return list(db.session.scalars(select(StripeDestination.secret).where(StripeDestination.name == name)))


def destinations_kept() -> Mapping[DestinationName, StripeDestination]:
    """Every destination that `payments setup` made and whose secret is kept here."""
    return {row.name: row for row in db.session.scalars(select(StripeDestination))}
