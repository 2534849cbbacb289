from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from events.calendar.models import BOOKED, Event, EventFormat, EventStatus
from events.guests.models import CAME, SEATED, Rsvp
from events.sales.policy import AFTER, BEFORE
from foundation.accounts.models import Account
from foundation.db import db


def on_sale_at(place_id: int, now: datetime) -> Sequence[Event]:
    """The events of a store a sale of this moment may belong to, with their hosts, as they begin."""
    return on_sale_between([place_id], now, now)


def on_sale_between(place_ids: Iterable[int], first: datetime, last: datetime) -> Sequence[Event]:
    """The events of these stores that a sale from `first` to `last` may belong to."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.place_id.in_(list(place_ids)),
            Event.format != EventFormat.ONLINE,
            Event.status.in_(BOOKED),
            Event.starts_at <= last + BEFORE,
            Event.ends_at > first - AFTER,
        )
        .options(joinedload(Event.editor))
        .order_by(Event.starts_at, Event.id)
    ).all()


def guest_event(events: Sequence[Event], email: str) -> Event | None:
    """At which of these events somebody with this address, or with an account of this address, had a seat."""
    had: Sequence[int] = db.session.scalars(
        _under(email).where(Rsvp.event_id.in_([one.id for one in events]), Rsvp.status.in_(SEATED))
    ).all()
    return next((one for one in events if one.id in had), None)


def came_within(email: str, at: datetime, span: timedelta) -> bool:
    """Whether whoever has this address came to an event that was on at that moment, or had ended less than
    `span` before."""
    wanted = (
        _under(email)
        .join(Event, Event.id == Rsvp.event_id)
        .where(Rsvp.status == CAME, Event.starts_at <= at, Event.ends_at > at - span)
    )
    return bool(db.session.scalar(select(wanted.exists())))


def _under(email: str) -> Select[int]:
    return (
        select(Rsvp.event_id)
        .outerjoin(Account, Account.id == Rsvp.account_id)
        .where(or_(Rsvp.email == email, Account.email == email))
    )


def event_of_slug(slug: str) -> Event | None:
    """The event of that address, whatever became of it."""
    return db.session.scalars(select(Event).where(Event.slug == slug)).one_or_none()


def closed_event(slug: str) -> Event | None:
    """The event of that address, once it took place and is over."""
    found = event_of_slug(slug)
    return found if found is not None and found.status == EventStatus.CLOSED else None
