from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from events.calendar.models import Event
from events.feeds.models import EveningFeed
from events.guests.models import CAME, CONCERNED, Rsvp
from foundation.accounts.models import Account
from foundation.db import db


def secret_of(account_id: int) -> str | None:
    """The secret in the address of somebody's calendar, if they have one."""
    return db.session.scalar(select(EveningFeed.secret).where(EveningFeed.account_id == account_id))


def owner_of(secret: str) -> Account | None:
    """Whose calendar has that secret in its address; nobody's once the account is closed."""
    return db.session.scalars(
        select(Account)
        .join(EveningFeed, EveningFeed.account_id == Account.id)
        .where(EveningFeed.secret == secret, Account.closed_at.is_(None))
    ).one_or_none()


def evenings_of(account: Account, since: datetime) -> Sequence[Rsvp]:
    """What an account comes to, or waits for, that ends after a moment; the nearest first, with event, host,
    store and looks.

    By its address as well, once that is known to be its own: many a seat is taken before an account is made.
    """
    own = [Rsvp.account_id == account.id]
    if account.email_verified_at is not None:
        own.append(Rsvp.email == account.email)
    return db.session.scalars(
        select(Rsvp)
        .join(Rsvp.event)
        .options(
            contains_eager(Rsvp.event).options(
                joinedload(Event.editor), joinedload(Event.place), selectinload(Event.looks)
            )
        )
        .where(or_(*own), Rsvp.status.in_((*CONCERNED, CAME)), Event.ends_at > since)
        .order_by(Event.starts_at, Rsvp.id)
    ).all()
