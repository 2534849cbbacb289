"""What we keep of Stripe's messages, and where Stripe sends them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.states import Transitions


class InboxStatus(StrEnum):
    """Received and answered; then handled, tried again, or given up until staff look at it."""

    RECEIVED = "received"
    RETRY = "retry"
    DONE = "done"
    DEAD = "dead"


INBOX_MOVES = Transitions(
    {
        InboxStatus.RECEIVED: (InboxStatus.DONE, InboxStatus.RETRY, InboxStatus.DEAD),
        InboxStatus.RETRY: (InboxStatus.RETRY, InboxStatus.DONE, InboxStatus.DEAD),
        InboxStatus.DEAD: (InboxStatus.RETRY,),
        InboxStatus.DONE: (),
    }
)


class StripeEvent(Base):
    """One message of Stripe. It says which object changed and nothing else: what it is now is asked of
    Stripe, so
    no personal data of a shopper is kept here."""

    __tablename__ = "stripe_events"
    __table_args__ = (Index("ix_stripe_events_status", "status", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    event_type: Mapped[str] = mapped_column(String(255))
    object_kind: Mapped[str] = mapped_column(String(64))
    object_id: Mapped[str] = mapped_column(String(255))
    account: Mapped[str | None] = mapped_column(String(255))
    status: Mapped[InboxStatus] = mapped_column(String(16), default=InboxStatus.RECEIVED)
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(300))


class DestinationName(StrEnum):
    """Stripe sends three kinds of messages to three places with three secrets."""

    OWN = "own"
    CONNECTED = "connected"
    ACCOUNTS = "accounts"


class StripeDestination(Base):
    """A place `payments setup` told Stripe to send to, and the secret Stripe signs with there."""

    __tablename__ = "stripe_destinations"

    name: Mapped[DestinationName] = mapped_column(String(16), primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    stripe_id: Mapped[str] = mapped_column(String(255))
    secret: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
