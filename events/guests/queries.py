from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from editors.membership.models import Editor, EditorStatus
from events.calendar.models import Event, EventStatus
from events.guests.errors import NoSuchTicket
from events.guests.models import CONCERNED, SEATED, WAITING, Rsvp, RsvpLetter, RsvpStatus
from events.guests.policy import DAY_BEFORE, LAST_HOURS, REMINDERS
from foundation.db import db


@dataclass(frozen=True, slots=True)
class Sums:
    """People of an event by where they stand."""

    going: int = 0
    offered: int = 0
    waiting: int = 0
    pending: int = 0


def rsvp_of_account(event_id: int, account_id: int) -> Rsvp | None:
    """What an account was written down for at an event, the latest."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id, Rsvp.account_id == account_id)
        .order_by(Rsvp.id.desc())
        .limit(1)
    ).one_or_none()


def is_guest(event_id: int, account_id: int | None, secret: str) -> bool:
    """Whether an account, or the secret of a ticket, was written down for an event."""
    own = [Rsvp.secret == secret]
    if account_id is not None:
        own.append(Rsvp.account_id == account_id)
    return bool(db.session.scalar(select(exists().where(Rsvp.event_id == event_id, or_(*own)))))


def rsvp_by_secret(secret: str) -> Rsvp:
    """A ticket by its secret, with event, host, store and room; raises `NoSuchTicket`."""
    found = db.session.scalars(_with_event().where(Rsvp.secret == secret)).one_or_none()
    if found is None:
        raise NoSuchTicket()
    return found


def rsvp_by_id(rsvp_id: int) -> Rsvp | None:
    """A party with its event, host, store and room, read afresh."""
    return db.session.scalars(_with_event().where(Rsvp.id == rsvp_id)).one_or_none()


def rsvp_in(event_id: int, rsvp_id: int) -> Rsvp | None:
    """A party of that event, read afresh."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.id == rsvp_id, Rsvp.event_id == event_id)
        .execution_options(populate_existing=True)
    ).one_or_none()


def rsvp_under(event_id: int, email: str) -> Rsvp | None:
    """Whoever was written down for an event under this address."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id, Rsvp.email == email)
        .execution_options(populate_existing=True)
    ).one_or_none()


def guests_of(event_id: int) -> Sequence[Rsvp]:
    """Everybody of an event: who waits in the order of the list, the others by name."""
    waits = Rsvp.status.in_(WAITING)
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id)
        .order_by(case((waits, Rsvp.queue_number), else_=None), func.lower(Rsvp.name), Rsvp.id)
    ).all()


def parties_of_account(account_id: int, email: str | None) -> Sequence[tuple[int, int]]:
    """What an account, or who has this address, was written down for, as (event, party): ids, because whoever
    changes them locks the event first; in the order of the locks."""
    own = [Rsvp.account_id == account_id]
    if email is not None:
        own.append(Rsvp.email == email)
    chosen = select(Rsvp.event_id, Rsvp.id).where(or_(*own)).order_by(Rsvp.event_id, Rsvp.id)
    return [(row.event_id, row.id) for row in db.session.execute(chosen)]


def evenings_of_account(account_id: int, email: str | None) -> set[int]:
    """What an account hosts, or stands on the list of, by itself or by this address."""
    hosted = (
        select(Event.id).join(Editor, Editor.id == Event.editor_id).where(Editor.account_id == account_id)
    )
    return {*db.session.scalars(hosted), *(event_id for event_id, _ in parties_of_account(account_id, email))}


def concerned_by(event_id: int) -> Sequence[Rsvp]:
    """Who has a seat, waits for one, or waits for the host's answer."""
    return db.session.scalars(
        select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.status.in_(CONCERNED)).order_by(Rsvp.id)
    ).all()


def waiting_of(event_id: int, status: RsvpStatus) -> Sequence[Rsvp]:
    """Who waits, or holds an offer, in the order of the list; read afresh."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id, Rsvp.status == status)
        .order_by(Rsvp.queue_number, Rsvp.id)
        .execution_options(populate_existing=True)
    ).all()


def unconfirmed(event_id: int, sequence: int) -> Sequence[tuple[Rsvp, datetime]]:
    """Who was asked by the letter of the day before, about the event as it is now, and is silent; since
    when."""
    asked = (
        select(Rsvp, RsvpLetter.at)
        .join(RsvpLetter, RsvpLetter.rsvp_id == Rsvp.id)
        .where(
            Rsvp.event_id == event_id,
            Rsvp.status == RsvpStatus.GOING,
            Rsvp.asked_at.is_not(None),
            Rsvp.confirmed_at.is_(None),
            RsvpLetter.kind == DAY_BEFORE,
            RsvpLetter.about == sequence,
        )
        .order_by(Rsvp.id)
        .execution_options(populate_existing=True)
    )
    return [(rsvp, at) for rsvp, at in db.session.execute(asked)]


def last_number(event_id: int) -> int:
    """The highest number the waiting list of an event ever gave."""
    return db.session.scalar(select(func.max(Rsvp.queue_number)).where(Rsvp.event_id == event_id)) or 0


def place_in_line(rsvp: Rsvp) -> int:
    """How manieth somebody is among those who wait for a seat; the first is 1."""
    return 1 + (
        db.session.scalar(
            select(func.count())
            .select_from(Rsvp)
            .where(
                Rsvp.event_id == rsvp.event_id,
                Rsvp.status == RsvpStatus.WAITLISTED,
                Rsvp.queue_number < rsvp.queue_number,
            )
        )
        or 0
    )


def sums_of(event_id: int) -> Sums:
    """How many people stand where."""
    counted = select(Rsvp.status, func.sum(Rsvp.party)).where(Rsvp.event_id == event_id).group_by(Rsvp.status)
    people = {row[0]: row[1] for row in db.session.execute(counted)}
    return Sums(
        going=sum(int(people.get(status, 0)) for status in SEATED),
        offered=int(people.get(RsvpStatus.OFFERED, 0)),
        waiting=int(people.get(RsvpStatus.WAITLISTED, 0)),
        pending=int(people.get(RsvpStatus.PENDING, 0)),
    )


def answers_due(now: datetime) -> Sequence[tuple[Event, int]]:
    """Events to come where somebody waits for the host's yes, and how many parties; of hosts who can give it:
    what a host left waits for the store."""
    asked = (
        select(Event, func.count())
        .join(Rsvp, Rsvp.event_id == Event.id)
        .join(Editor, Editor.id == Event.editor_id)
        .where(
            Event.status == EventStatus.APPROVED,
            Event.starts_at > now,
            Rsvp.status == RsvpStatus.PENDING,
            Editor.status == EditorStatus.ACTIVE,
        )
        .group_by(Event.id)
        .order_by(Event.id)
    )
    return [(event, number) for event, number in db.session.execute(asked)]


def events_to_settle(now: datetime) -> Sequence[int]:
    """Where an offer has ended, or a seat is free while somebody waits."""
    ended = and_(Rsvp.status == RsvpStatus.OFFERED, Rsvp.offered_until <= now)
    could_have = and_(Rsvp.status == RsvpStatus.WAITLISTED, Rsvp.party <= Event.capacity - Event.seats_taken)
    # First come, first served, and it is not: too many for what is left, or moved to a later day.
    vain = and_(
        Rsvp.status == RsvpStatus.OFFERED,
        Rsvp.open_to_all,
        or_(Event.starts_at > now + LAST_HOURS, Rsvp.party > Event.capacity - Event.seats_taken),
    )
    return db.session.scalars(
        select(Event.id)
        .where(
            Event.status == EventStatus.APPROVED,
            Event.starts_at > now,
            exists().where(Rsvp.event_id == Event.id, or_(ended, could_have, vain)),
        )
        .order_by(Event.id)
    ).all()


def reminders_due(now: datetime) -> Sequence[Rsvp]:
    """Who has a seat at an event so near that a reminder may be due, and none was written of it; with the
    event."""
    windows = []
    for kind, (due, over) in REMINDERS.items():
        written = exists().where(
            RsvpLetter.rsvp_id == Rsvp.id, RsvpLetter.kind == kind, RsvpLetter.about == Event.sequence
        )
        windows.append(
            and_(
                Event.starts_at > literal(now) + over,
                Event.starts_at <= literal(now) + due,
                Rsvp.changed_at <= Event.starts_at - due,
                ~written,
            )
        )
    return db.session.scalars(
        select(Rsvp)
        .join(Rsvp.event)
        .options(contains_eager(Rsvp.event))
        .where(
            Event.status == EventStatus.APPROVED,
            Event.starts_at > now,
            Rsvp.status == RsvpStatus.GOING,
            Rsvp.email.is_not(None),
            or_(*windows),
        )
        .order_by(Event.starts_at, Rsvp.id)
    ).all()


def _with_event() -> Select[Rsvp]:
    event = joinedload(Rsvp.event)
    return (
        select(Rsvp)
        .options(
            event.joinedload(Event.editor),
            event.joinedload(Event.place),
            event.joinedload(Event.room),
            event.selectinload(Event.turns),
        )
        .execution_options(populate_existing=True)
    )
