"""Somebody who stands at the door and is on no list: written down in twenty seconds, and let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from events.calendar.actions import locked_event
from events.calendar.models import Event
from events.door.admitting import WITHOUT_NETWORK, Answer
from events.door.errors import ConsentNeeded, DoorShut, FullHouse, NotYetOpen
from events.door.models import DoorConsent, Scan, ScanMode, ScanResult
from events.door.policy import by_our_clock, takes_scans
from events.door.queries import scans_by_nonce
from events.guests.arriving import arrive, has_seat
from events.guests.models import Rsvp, RsvpSource, RsvpStatus
from events.guests.policy import DOORS_OPEN
from events.guests.queries import rsvp_under
from events.guests.seats import free_of
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db


@dataclass(frozen=True, kw_only=True, slots=True)
class WalkIn:
    """Who came, when by the clock of the device. `agreed`: the words to which they said yes; without any, no
    address is kept. `reason`: why beyond the seats. `offline`: the device could not ask, they are in."""

    nonce: str
    at: datetime
    name: str
    people: int = 1
    email: str | None = None
    language: str = "it"
    agreed: str = ""
    reason: str = ""
    offline: bool = False


def walk_in(*, actor: Actor, event_id: int, device: str, sent_at: datetime, who: WalkIn) -> Answer:
    """Write somebody down and let them in; who is on the list by that address is let in as that guest.

    Repeating it changes nothing. Raises `NoSuchEvent`, `DoorShut`, `NotYetOpen`, `FullHouse` beyond the seats
    without a reason, `ConsentNeeded` for an address without a yes.
    """
    event, now = locked_event(event_id), clock.now()
    if not event.booked or not takes_scans(event.starts_at, event.ends_at, now):
        raise DoorShut()
    at = by_our_clock(who.at, sent_at, now)
    if (before := scans_by_nonce(event.id, [who.nonce]).get(who.nonce)) is not None:
        return Answer(nonce=who.nonce, result=before.result, people=before.people, rsvp=before.rsvp)
    if at < event.starts_at - DOORS_OPEN:
        raise NotYetOpen()
    email = who.email.lower() if who.email else None
    if email and not who.agreed:
        raise ConsentNeeded()
    found = rsvp_under(event.id, email) if email else None
    beyond = who.reason.strip() or (WITHOUT_NETWORK if who.offline else "")
    is_in = found is not None and found.status == RsvpStatus.ATTENDED
    fits = has_seat(event, found) if found is not None else who.people <= free_of(event)
    if not (is_in or fits or beyond):
        raise FullHouse()
    rsvp = found or _written(event, who, email)
    scan = _let_in(event, rsvp, min(who.people, rsvp.party), at, beyond)
    scan.nonce, scan.event_id, scan.mode = who.nonce, event.id, ScanMode.WALKIN
    scan.device, scan.at, scan.received_at = device, at, now
    db.session.add(scan)
    db.session.flush()
    if who.agreed and rsvp.source == RsvpSource.WALKIN and scan.result == ScanResult.OK:
        # Who was taken back by mistake and comes again has said yes before: the last yes is what holds.
        db.session.merge(DoorConsent(rsvp_id=rsvp.id, words=who.agreed, at=at))
    db.session.flush()
    audit.record(
        actor=actor,
        action="door.walk_in",
        subject=("event", event.id),
        reason=rsvp.beyond or None,
        after={"people": scan.people},
    )
    return Answer(nonce=who.nonce, result=scan.result, people=scan.people, rsvp=rsvp, since=rsvp.arrived_at)


def _let_in(event: Event, rsvp: Rsvp, people: int, at: datetime, beyond: str) -> Scan:
    if rsvp.status == RsvpStatus.ATTENDED:
        return Scan(result=ScanResult.AGAIN, people=0, rsvp=rsvp)
    was = RsvpStatus.WAITLISTED if rsvp.status == RsvpStatus.OFFERED else RsvpStatus(rsvp.status)
    arrive(event, rsvp, people=people, at=at, beyond=beyond)
    return Scan(result=ScanResult.OK, people=rsvp.arrived, rsvp=rsvp, was=was)


def _written(event: Event, who: WalkIn, email: str | None) -> Rsvp:
    rsvp = Rsvp(
        event_id=event.id,
        email=email,
        name=who.name,
        party=who.people,
        language=who.language,
        source=RsvpSource.WALKIN,
        # Where whoever is not written down yet stands: nothing is taken, and every way in is open.
        status=RsvpStatus.CANCELLED,
        turn=0,
        passed_over=0,
        open_to_all=False,
        arrived=0,
        beyond="",
        made_at=clock.now(),
        changed_at=clock.now(),
    )
    db.session.add(rsvp)
    db.session.flush()
    return rsvp
