"""What guests do: ask for a seat, say something else, give it back, take the one they are offered.

Whatever touches seats begins with the lock of the event: two for the last one meet there.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.calendar.models import Admission, Event
from events.guests.coming import Coming
from events.guests.errors import NoSeatForTwo, OfferOver, TooManyPeople
from events.guests.models import CONCERNED, Rsvp, RsvpSource, RsvpStatus
from events.guests.queries import rsvp_under
from events.guests.seats import count, has_room, move, note, open_event, rsvp_of, seat, settle
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from foundation.states import IllegalMove


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Where somebody stands who asked for a seat; `new` unless their address was written down before.
    `changed`: they are new, or come after all; who stands on the list already stays as they were."""

    rsvp: Rsvp
    new: bool
    changed: bool


def ask_for_seats(
    *,
    actor: Actor,
    event_id: int,
    coming: Coming,
    email: str | None,
    language: str,
    source: RsvpSource = RsvpSource.WEB,
    account_id: int | None = None,
) -> Asked:
    """A seat, a place on the waiting list, or in the line of who the host answers to.

    An address stands on the list once: asking again changes nothing, but who had given back comes again. Host
    and staff need nobody's yes, and are no more than others when it is full. Raises `NoSuchEvent`, `NotOpen`,
    `TooManyPeople`.
    """
    event = open_event(event_id)
    _refuse_party(event, coming.party)
    email = email.lower() if email else None
    found = rsvp_under(event_id, email) if email else None
    if found is not None and found.status not in (RsvpStatus.CANCELLED, RsvpStatus.INVITED):
        return Asked(rsvp=found, new=False, changed=False)
    new = found is None
    if found is None:
        found = Rsvp(
            event_id=event.id,
            email=email,
            account_id=account_id,
            source=source,
            made_at=clock.now(),
            changed_at=clock.now(),
            # Where whoever is not written down yet stands: nothing is taken, and every way in is open.
            status=RsvpStatus.CANCELLED,
            turn=0,
            open_to_all=False,
            passed_over=0,
            # Said here, so that saying it again on the way in is no change to write.
            offered_until=None,
            asked_at=None,
            confirmed_at=None,
            released_at=None,
        )
    found.language = language
    _fill(found, coming)
    db.session.add(found)
    db.session.flush()
    invited = found.status == RsvpStatus.INVITED
    _enter(event, found, by_host=invited or source != RsvpSource.WEB)
    note(actor, "ask", found)
    return Asked(rsvp=found, new=new, changed=True)


def come_again(*, actor: Actor, rsvp: Rsvp) -> Rsvp:
    """Who gave back, or let an offer pass, asks once more; who is invited says yes, and needs nobody else's.

    Raises `NotOpen`, `IllegalMove`.
    """
    event = open_event(rsvp.event_id)
    found = rsvp_of(event, rsvp.id)
    if found.status not in (RsvpStatus.CANCELLED, RsvpStatus.INVITED):
        raise IllegalMove()
    _enter(event, found, by_host=found.status == RsvpStatus.INVITED)
    note(actor, "ask", found)
    return found


def change_coming(*, actor: Actor, rsvp: Rsvp, coming: Coming) -> Rsvp:
    """Another name, another number of people, other needs. One fewer frees a seat; one more takes a free one.

    Raises `NotOpen`, `TooManyPeople`, `NoSeatForTwo`, `IllegalMove` for who does not come.
    """
    event = open_event(rsvp.event_id)
    found = rsvp_of(event, rsvp.id)
    if coming.party > found.party:
        _refuse_party(event, coming.party)
    if found.status not in (*CONCERNED, RsvpStatus.INVITED):
        raise IllegalMove()
    held = found.seats
    if held and coming.party > found.party and not has_room(event, coming.party - found.party):
        raise NoSeatForTwo()
    _fill(found, coming)
    found.changed_at = found.changed_at if held else clock.now()
    count(event, found, held)
    db.session.flush()
    settle(event)
    note(actor, "change", found)
    return found


def give_back(*, actor: Actor, rsvp: Rsvp, reason: str | None = None) -> Rsvp:
    """They cannot come: what they held goes to whoever is next. Raises `NotOpen`, `IllegalMove`."""
    event = open_event(rsvp.event_id)
    found = rsvp_of(event, rsvp.id)
    if found.status not in (*CONCERNED, RsvpStatus.INVITED):
        raise IllegalMove()
    move(event, found, RsvpStatus.CANCELLED)
    found.asked_at = found.confirmed_at = None
    settle(event)
    note(actor, "give_back", found, reason)
    return found


def take_offer(*, actor: Actor, rsvp: Rsvp) -> Rsvp:
    """Yes to an offered seat. Raises `OfferOver` when it has gone on, or somebody else was first."""
    event = open_event(rsvp.event_id)
    found = rsvp_of(event, rsvp.id)
    if found.status != RsvpStatus.OFFERED:
        raise OfferOver()
    move(event, found, RsvpStatus.GOING)
    settle(event)
    note(actor, "take", found)
    return found


def confirm(*, actor: Actor, rsvp: Rsvp) -> Rsvp:
    """They still come. Saying it twice is saying it once. Raises `NotOpen`, `IllegalMove`."""
    event = open_event(rsvp.event_id)
    found = rsvp_of(event, rsvp.id)
    if found.status != RsvpStatus.GOING:
        raise IllegalMove()
    if found.confirmed_at is None:
        found.confirmed_at = clock.now()
        db.session.flush()
        note(actor, "confirm", found)
    return found


def _enter(event: Event, rsvp: Rsvp, *, by_host: bool) -> None:
    rsvp.asked_at = rsvp.confirmed_at = rsvp.released_at = None
    if event.admission == Admission.HOST and not by_host:
        rsvp.queue_number = None  # a place of before is none in the line of who waits for an answer
        move(event, rsvp, RsvpStatus.PENDING)
    else:
        seat(event, rsvp)


def _fill(rsvp: Rsvp, coming: Coming) -> None:
    rsvp.name, rsvp.party, rsvp.needs = coming.name, coming.party, coming.needs
    rsvp.plus_one = coming.plus_one if coming.party > 1 else ""


def _refuse_party(event: Event, people: int) -> None:
    if not 1 <= people <= event.most_party:
        raise TooManyPeople()
