from __future__ import annotations

from events.calendar.facts import EventCancelled, EventHandedOver, EventMoved, EventTermsChanged
from events.calendar.models import EventStatus
from events.calendar.queries import event_by_id
from events.guests import mail, moving
from events.guests.facts import GuestMoved
from events.guests.models import RsvpStatus
from events.guests.queries import concerned_by, rsvp_by_id


def tell_guest(fact: GuestMoved) -> None:
    """The guest reads where they stand, unless it is another place by now."""
    rsvp = rsvp_by_id(fact.rsvp_id)
    if rsvp is None or rsvp.turn != fact.turn:
        return
    if rsvp.status == RsvpStatus.CANCELLED and fact.was == RsvpStatus.INVITED:
        return  # a no to an invitation needs no answer
    about, kind = fact.turn, str(rsvp.status)
    if rsvp.released:
        kind = mail.RELEASED
    elif rsvp.status == RsvpStatus.WAITLISTED:
        about = rsvp.queue_number or 0  # once a place: an offer to all that somebody else took is no news
    elif rsvp.open_to_all:
        # In the last hours seats come and go by the minute: their page says so, one letter does, and one more
        # where it was moved. Below nothing: no turn is.
        about = -rsvp.event.sequence
    mail.tell(rsvp.id, kind, about)


def ask_guests_of_moved(fact: EventMoved) -> None:
    """Seats are kept; whoever has one is asked whether they can come then."""
    if not moving.note_moved(event_id=fact.event_id, sequence=fact.sequence):
        return
    for rsvp in concerned_by(fact.event_id):
        mail.tell(rsvp.id, mail.MOVED, fact.sequence)


def tell_guests_of_another_host(fact: EventHandedOver) -> None:
    """Who counts on it reads who hosts it now, unless it is somebody else again, or called off."""
    event = event_by_id(fact.event_id)
    if event.editor_id != fact.editor_id or event.status != EventStatus.APPROVED:
        return
    for rsvp in concerned_by(fact.event_id):
        mail.tell(rsvp.id, mail.OTHER_HOST, fact.turn_id)


def admit_whom_the_host_had_to_answer(fact: EventTermsChanged) -> None:
    """Nobody who asked waits behind who comes later."""
    moving.admit_pending(event_id=fact.event_id)


def tell_guests_of_cancelled(fact: EventCancelled) -> None:
    """Everybody who counted on it hears that it will not take place."""
    for rsvp in concerned_by(fact.event_id):
        mail.tell(rsvp.id, mail.CALLED_OFF, fact.sequence)
