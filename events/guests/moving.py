"""What becomes of guests by what happens to their evening, and by time: no act of theirs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from events.calendar.actions import locked_event
from events.calendar.models import Admission, Event, EventStatus
from events.guests.models import CONCERNED, Rsvp, RsvpStatus
from events.guests.queries import concerned_by, evenings_of_account, parties_of_account, waiting_of
from events.guests.seats import move, rsvp_of, seat, settle
from foundation import clock, ids
from foundation.db import db, lock_rows

# What guests told us they need is nobody's business once the evening is over; their names a year later.
NEEDS_KEPT = timedelta(days=30)
NAMES_KEPT = timedelta(days=365)


def settle_event(*, event_id: int) -> None:
    """Offers that were let pass go on, free seats are offered. Nothing to do is fine."""
    settle(locked_event(event_id))


def note_moved(*, event_id: int, sequence: int) -> bool:
    """Another time: what was confirmed was for the other one, and no offer outlasts the beginning.

    Whether that is the news: not when it was moved again, or called off, before this was heard."""
    event = locked_event(event_id)
    if event.sequence != sequence or event.status != EventStatus.APPROVED:
        return False
    for rsvp in concerned_by(event_id):
        if rsvp.status == RsvpStatus.GOING:
            rsvp.confirmed_at, rsvp.asked_at = None, clock.now()
        elif rsvp.offered_until is not None:
            rsvp.offered_until = min(rsvp.offered_until, event.starts_at)
    db.session.flush()
    return True


def admit_pending(*, event_id: int) -> None:
    """Where whoever comes first has a seat now, those who waited for the host’s answer have theirs first."""
    event = locked_event(event_id)
    if event.status != EventStatus.APPROVED or event.starts_at <= clock.now():
        return
    if event.admission != Admission.AUTO:
        return
    settle(event)
    for rsvp in waiting_of(event_id, RsvpStatus.PENDING):
        seat(event, rsvp)


def forget_old() -> None:
    """Needs, and the link to join by, a month after the evening; names and addresses a year after. How many
    came stays."""
    over = select(Event.id).where(Event.ends_at < clock.now() - NEEDS_KEPT)
    db.session.execute(update(Rsvp).where(Rsvp.event_id.in_(over), Rsvp.needs != "").values(needs=""))
    # Nobody joins any more, and the address of a room of somebody's own need not stand with us.
    done = (EventStatus.CLOSED, EventStatus.CANCELLED)
    kept = Event.joining_url.is_not(None) & Event.status.in_(done)
    db.session.execute(update(Event).where(Event.id.in_(over), kept).values(joining_url=None))
    long_over = select(Event.id).where(Event.ends_at < clock.now() - NAMES_KEPT)
    db.session.execute(
        update(Rsvp)
        .where(Rsvp.event_id.in_(long_over), Rsvp.name != "")
        .values(name="", plus_one="", email=None, account_id=None)
    )


def hold_evenings(*, account_id: int, email: str | None) -> None:
    """Every evening that forgetting somebody changes, hosted or come to, in the order everybody locks."""
    lock_rows(Event, evenings_of_account(account_id, email))


def forget_guest(*, account_id: int, email: str | None) -> None:
    """Somebody asked to be forgotten: seats to come are free again; of those that were, the count stays."""
    for event_id, rsvp_id in parties_of_account(account_id, email):
        event = locked_event(event_id)
        rsvp = rsvp_of(event, rsvp_id)
        if (
            event.status == EventStatus.APPROVED
            and event.starts_at > clock.now()
            and rsvp.status in (*CONCERNED, RsvpStatus.INVITED)
        ):
            move(event, rsvp, RsvpStatus.CANCELLED)
            settle(event)
        rsvp.name = rsvp.plus_one = rsvp.needs = ""
        rsvp.email = rsvp.account_id = None
        rsvp.secret = ids.token()  # the address of the old ticket leads nowhere
        db.session.flush()
