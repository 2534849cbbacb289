"""What host and staff do with guests: say yes or no, set the order of who waits, lower or raise the seats."""

from __future__ import annotations

from events.calendar.deciding import refuse_room
from events.calendar.errors import RoomTooSmall
from events.calendar.models import MOST_GUESTS, Event
from events.guests.errors import (
    AddressTaken,
    AddressWorks,
    FewerThanGuests,
    NotAnAddress,
    NotWaiting,
    ReasonNeeded,
)
from events.guests.models import Rsvp, RsvpStatus
from events.guests.queries import waiting_of
from events.guests.seats import move, note, open_event, rsvp_of, seat, settle
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, unless_taken
from foundation.mail.queries import refused_among
from foundation.states import IllegalMove
from foundation.web.addresses import is_address


def admit(*, actor: Actor, event_id: int, rsvp_id: int) -> None:
    """Yes to who asked: a seat, or the end of the waiting list when none is free. Also to who was declined.

    Raises `NotOpen`, `NoSuchTicket`, `IllegalMove`.
    """
    event = open_event(event_id)
    found = rsvp_of(event, rsvp_id)
    if found.status not in (RsvpStatus.PENDING, RsvpStatus.DECLINED):
        raise IllegalMove()
    seat(event, found)
    note(actor, "admit", found)


def decline(*, actor: Actor, event_id: int, rsvp_id: int) -> None:
    """No to who asked; the guest gets a friendly letter. Raises `NotOpen`, `NoSuchTicket`, `IllegalMove`."""
    event = open_event(event_id)
    found = rsvp_of(event, rsvp_id)
    move(event, found, RsvpStatus.DECLINED)
    note(actor, "decline", found)


def correct_address(*, actor: Actor, event_id: int, rsvp_id: int, email: str) -> Rsvp:
    """Another address of a guest whose letters come back; the seat and the ticket stay as they are.

    The ticket goes there, so nobody may send that of a guest whom letters reach somewhere else.
    Raises `NotOpen`, `NoSuchTicket`, `AddressWorks`, `NotAnAddress`, `AddressTaken`.
    """
    event = open_event(event_id)
    found = rsvp_of(event, rsvp_id)
    if not refused_among({found.email or ""}):
        raise AddressWorks()
    email = email.strip().lower()
    if len(email) > 254 or not is_address(email):
        raise NotAnAddress()
    with unless_taken(AddressTaken, "uq_rsvps_event_id_email"):
        found.email = email
        db.session.flush()
    note(actor, "address", found)
    return found


def reorder(*, actor: Actor, event_id: int, rsvp_id: int, place: int, reason: str) -> None:
    """Staff put somebody at another place of the waiting list (the first is 1), and write down why.

    Raises `ReasonNeeded`, `NotOpen`, `NotWaiting`.
    """
    if not reason.strip():
        raise ReasonNeeded()
    event = open_event(event_id)
    line = list(waiting_of(event.id, RsvpStatus.WAITLISTED))
    found = next((one for one in line if one.id == rsvp_id), None)
    if found is None:
        raise NotWaiting()
    numbers = [one.queue_number for one in line]
    before = line.index(found) + 1
    line.remove(found)
    line.insert(max(0, place - 1), found)
    for one, number in zip(line, numbers, strict=True):
        one.queue_number = number
    db.session.flush()
    audit.record(
        actor=actor,
        action="guests.reorder",
        subject=("rsvp", rsvp_id),
        reason=reason,
        before={"place": before},
        after={"place": line.index(found) + 1},
    )
    settle(event)


def set_capacity(*, actor: Actor, event_id: int, capacity: int, reason: str) -> Event:
    """More seats, which go to who waits, or fewer, but never fewer than are taken.

    Raises `ReasonNeeded`, `NotOpen`, `RoomTooSmall`, and `FewerThanGuests`, which says how many have a seat.
    """
    if not reason.strip():
        raise ReasonNeeded()
    event = open_event(event_id)
    if capacity < max(1, event.seats_taken):
        raise FewerThanGuests(event.seats_taken)
    if capacity > MOST_GUESTS:
        raise RoomTooSmall()
    refuse_room(event, event.room_id, capacity)
    before, event.capacity = event.capacity, capacity
    db.session.flush()
    audit.record(
        actor=actor,
        action="guests.capacity",
        subject=("event", event.id),
        reason=reason,
        before={"capacity": before},
        after={"capacity": capacity},
    )
    settle(event)
    return event
