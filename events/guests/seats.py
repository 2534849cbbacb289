"""The seats of one event, under its lock: who takes them, who frees them, and who is next.

`Event.seats_taken` is written here and nowhere else, together with the status that it follows from; a
constraint of the database refuses it beyond the capacity, whoever writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from events.calendar.actions import locked_event
from events.calendar.models import Event, EventStatus
from events.guests.errors import NoSuchTicket, NotOpen
from events.guests.facts import GuestMoved
from events.guests.models import RSVP_MOVES, Rsvp, RsvpStatus
from events.guests.policy import LAST_HOURS, Party, allot, free_seats, is_quiet, offer_length
from events.guests.queries import last_number, rsvp_in, waiting_of
from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db


def open_event(event_id: int) -> Event:
    """The event under its lock, its offers settled; raises `NoSuchEvent`, and `NotOpen` once it began or was
    called off."""
    event = locked_event(event_id)
    if event.status != EventStatus.APPROVED or event.starts_at <= clock.now():
        raise NotOpen()
    settle(event)
    return event


def rsvp_of(event: Event, rsvp_id: int) -> Rsvp:
    """A party of an event whose lock we have; raises `NoSuchTicket`."""
    rsvp = rsvp_in(event.id, rsvp_id)
    if rsvp is None:
        raise NoSuchTicket()
    return rsvp


def free_of(event: Event) -> int:
    return free_seats(event.capacity, event.seats_taken)


def move(
    event: Event, rsvp: Rsvp, end: RsvpStatus, *, until: datetime | None = None, open_to_all: bool = False
) -> None:
    """Another status, and the seats that go with it."""
    held, was = rsvp.seats, str(rsvp.status)
    RSVP_MOVES.move(rsvp, end)
    rsvp.offered_until, rsvp.open_to_all = until, open_to_all
    _turn(rsvp)  # before the seats are counted, which writes the row: one statement for all of it
    count(event, rsvp, held)
    _tell(rsvp, was)


def announce(rsvp: Rsvp, was: str = "") -> None:
    """A party stands elsewhere now: write it down and tell it."""
    _turn(rsvp)
    _tell(rsvp, was)


def _turn(rsvp: Rsvp) -> None:
    rsvp.turn += 1
    rsvp.changed_at = clock.now()


def _tell(rsvp: Rsvp, was: str) -> None:
    db.session.flush()
    facts.record(
        GuestMoved(rsvp_id=rsvp.id, event_id=rsvp.event_id, status=str(rsvp.status), turn=rsvp.turn, was=was)
    )


def count(event: Event, rsvp: Rsvp, held: int) -> None:
    """A party that held so many seats holds others now.

    Added by the database to what it has, not to what we read: even without the lock it would refuse one too
    many.
    """
    if rsvp.seats == held:
        return
    db.session.flush()
    taken = db.session.scalar(
        update(Event)
        .where(Event.id == event.id)
        .values(seats_taken=Event.seats_taken + rsvp.seats - held)
        .returning(Event.seats_taken)
        .execution_options(synchronize_session=False)
    )
    set_committed_value(event, "seats_taken", taken)


def note(actor: Actor, step: str, rsvp: Rsvp, reason: str | None = None) -> None:
    """Write down who did what with a party; never what it calls itself."""
    audit.record(
        actor=actor,
        action=f"guests.{step}",
        subject=("rsvp", rsvp.id),
        reason=reason,
        after={"status": str(rsvp.status), "party": rsvp.party},
    )


def seat(event: Event, rsvp: Rsvp) -> None:
    """A seat where one is free and nobody who waits would have it; else the end of the waiting list."""
    if has_room(event, rsvp.party):
        move(event, rsvp, RsvpStatus.GOING)
    else:
        rsvp.queue_number, rsvp.passed_over = last_number(event.id) + 1, 0
        move(event, rsvp, RsvpStatus.WAITLISTED)


def has_room(event: Event, people: int) -> bool:
    """Whether so many more may sit down before those who wait."""
    free = free_of(event)
    return people <= free and not allot(_parties(waiting_of(event.id, RsvpStatus.WAITLISTED)), free).offered


def settle(event: Event) -> None:
    """Offers that were let pass go on, and what is free is offered to who waits; see `policy`."""
    now = clock.now()
    if event.status != EventStatus.APPROVED or event.starts_at <= now:
        return
    for rsvp in waiting_of(event.id, RsvpStatus.OFFERED):
        if rsvp.offered_until is not None and rsvp.offered_until <= now:
            move(event, rsvp, RsvpStatus.CANCELLED, until=rsvp.offered_until)
    left = event.starts_at - now
    if left <= LAST_HOURS:
        _offer_to_all(event)
        return
    for rsvp in waiting_of(event.id, RsvpStatus.OFFERED):
        if rsvp.open_to_all:  # moved to a later day: they are asked one after the other again
            move(event, rsvp, RsvpStatus.WAITLISTED)
    if not is_quiet(event.local(now)):
        _offer_in_turn(event, now + offer_length(left))


def _offer_in_turn(event: Event, until: datetime) -> None:
    if free_of(event) == 0:
        return  # nobody is next, and a long line need not be read
    waiting = waiting_of(event.id, RsvpStatus.WAITLISTED)
    next_ones = allot(_parties(waiting), free_of(event))
    for rsvp in waiting:
        rsvp.passed_over += next_ones.passed.get(rsvp.id, 0)
        if rsvp.id in next_ones.offered:
            move(event, rsvp, RsvpStatus.OFFERED, until=until)
    db.session.flush()


def _offer_to_all(event: Event) -> None:
    """The last hours: what is free is everybody's who fits on it. Who does not, waits on at their place."""
    free = free_of(event)
    for rsvp in waiting_of(event.id, RsvpStatus.OFFERED):
        if rsvp.open_to_all and rsvp.party > free:
            move(event, rsvp, RsvpStatus.WAITLISTED)
    if is_quiet(event.local(clock.now())):
        return
    for rsvp in waiting_of(event.id, RsvpStatus.WAITLISTED):
        if rsvp.party <= free:
            move(event, rsvp, RsvpStatus.OFFERED, until=event.starts_at, open_to_all=True)


def _parties(waiting: Sequence[Rsvp]) -> list[Party]:
    return [Party(one.id, one.party) for one in waiting]
