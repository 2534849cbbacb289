"""What a device at the door saw goes into the books, under the lock of the event; a batch at a time.

The list answers, but a physical fact is never refused: whoever was let in on a second phone, or without a
network beyond the seats, is written down as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from events.calendar.actions import locked_event
from events.calendar.models import MOST_PARTY, Event, EventStatus
from events.door.errors import DoorShut, TooManyScans
from events.door.models import Scan, ScanMode, ScanResult
from events.door.policy import MOST_AT_ONCE, answer_of, by_our_clock, takes_scans
from events.door.queries import admissions_of, parties_seen, scans_by_nonce, undone_among
from events.guests.arriving import arrive, has_seat, leave
from events.guests.models import Rsvp, RsvpStatus
from events.guests.policy import DOORS_OPEN
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db

# Why somebody without a seat is in whom a phone let in that could not ask.
WITHOUT_NETWORK = "offline"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """What a device tells: a ticket by its secret or a party by its number, when by its own clock, and how.

    `people`: how many went in; none when the device waits for the answer. `insists`: let in whatever the list
    says. `reason`: why beyond the seats. `undoes`: the nonce of what is taken back.
    """

    nonce: str
    at: datetime
    mode: ScanMode
    rsvp_id: int | None = None
    secret: str | None = None
    people: int | None = None
    insists: bool = False
    reason: str = ""
    undoes: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What became of a sighting. `rsvp`: the party, if it is one; of another event with a wrong one."""

    nonce: str
    result: ScanResult
    people: int
    rsvp: Rsvp | None
    #: Since when a party was in that is there again, or was there with another phone.
    since: datetime | None = None


def take_in(
    *, actor: Actor, event_id: int, device: str, sent_at: datetime, sightings: Sequence[Sighting]
) -> list[Answer]:
    """Write down what a device saw, oldest first; repeating it changes nothing and answers the same.

    `sent_at`: now, by the clock of the device. Raises `NoSuchEvent`, `DoorShut` long before and long after,
    `TooManyScans`.
    """
    if len(sightings) > MOST_AT_ONCE:
        raise TooManyScans()
    event, now = locked_event(event_id), clock.now()
    if not event.announced or not takes_scans(event.starts_at, event.ends_at, now):
        raise DoorShut()
    book = _Book(event, sightings)
    written = 0
    for seen in sorted(sightings, key=lambda one: one.at):
        if seen.nonce in book.scans:
            continue
        at = by_our_clock(seen.at, sent_at, now)
        scan = book.undo(seen) if seen.undoes else book.look(seen, at)
        scan.nonce, scan.event_id, scan.mode = seen.nonce, event.id, seen.mode
        scan.device, scan.at, scan.received_at = device, at, now
        book.scans[seen.nonce] = scan
        written += 1
    db.session.add_all(book.scans.values())
    db.session.flush()
    if written:
        audit.record(actor=actor, action="door.scan", subject=("event", event.id), after={"scans": written})
    return [book.answer(seen.nonce) for seen in sightings]


class _Book:
    """What the list knows of all parties of a batch, read once."""

    def __init__(self, event: Event, sightings: Sequence[Sighting]) -> None:
        self.event = event
        nonces = {one.nonce for one in sightings} | {one.undoes for one in sightings if one.undoes}
        self.scans = scans_by_nonce(event.id, nonces)
        parties = parties_seen(
            event.id,
            {one.rsvp_id for one in sightings if one.rsvp_id},
            {one.secret for one in sightings if one.secret},
        )
        self.by_id = {one.id: one for one in parties if one.event_id == event.id}
        self.by_secret = {one.secret: one for one in parties}
        ours = set(self.by_id) | {scan.rsvp_id for scan in self.scans.values() if scan.rsvp_id}
        # The admission that counts, and where a party stood before it was let in at all.
        self.first: dict[int, Scan] = {}
        self.stood: dict[int, RsvpStatus] = {}
        self.taken_back: set[str] = set()
        self.undone = undone_among(scan.id for scan in self.scans.values())
        for scan, undone in admissions_of(ours):
            assert scan.rsvp_id is not None and scan.was is not None, "somebody was let in"
            if not undone:
                self.first.setdefault(scan.rsvp_id, scan)
            if scan.was != RsvpStatus.ATTENDED:
                self.stood[scan.rsvp_id] = RsvpStatus(scan.was)

    def look(self, seen: Sighting, at: datetime) -> Scan:
        """What the list says to it, and what is done about it."""
        rsvp = self.by_secret.get(seen.secret) if seen.secret else self.by_id.get(seen.rsvp_id or 0)
        if rsvp is None:
            return Scan(result=ScanResult.UNKNOWN, people=0, rsvp=None)
        if rsvp.event_id != self.event.id:
            return Scan(result=ScanResult.WRONG_EVENT, people=0, rsvp=rsvp)
        if self.event.status == EventStatus.CANCELLED:
            return Scan(result=ScanResult.CANCELLED, people=0, rsvp=rsvp)
        result = answer_of(
            RsvpStatus(rsvp.status),
            arrived=rsvp.arrived,
            party=rsvp.party,
            offered_free=rsvp.status == RsvpStatus.OFFERED and has_seat(self.event, rsvp),
            early=at < self.event.starts_at - DOORS_OPEN,
        )
        if result == ScanResult.OK or (seen.insists and result in (ScanResult.NO_SEAT, ScanResult.CANCELLED)):
            return self._let_in(seen, rsvp, at, result)
        if result == ScanResult.AGAIN:
            return Scan(result=result, people=_went_in(seen), rsvp=rsvp, about=self.first.get(rsvp.id))
        return Scan(result=result, people=0, rsvp=rsvp)

    def _let_in(self, seen: Sighting, rsvp: Rsvp, at: datetime, result: ScanResult) -> Scan:
        beyond = seen.reason or (WITHOUT_NETWORK if seen.mode == ScanMode.OFFLINE else "")
        if not beyond and rsvp.status != RsvpStatus.ATTENDED and not has_seat(self.event, rsvp):
            return Scan(result=ScanResult.NO_SEAT, people=0, rsvp=rsvp)
        was = RsvpStatus.WAITLISTED if rsvp.status == RsvpStatus.OFFERED else RsvpStatus(rsvp.status)
        if was != RsvpStatus.ATTENDED:
            self.stood[rsvp.id] = was
        people = min(seen.people or rsvp.party, rsvp.party - rsvp.arrived)
        arrive(self.event, rsvp, people=people, at=at, beyond=beyond)
        scan = Scan(result=ScanResult.OK, people=people, rsvp=rsvp, was=was)
        self.first.setdefault(rsvp.id, scan)
        return scan

    def undo(self, seen: Sighting) -> Scan:
        """Take back who was let in by mistake, once; what let nobody in needs no taking back."""
        about = self.scans.get(seen.undoes or "")
        if about is None or about.rsvp is None or about.people == 0 or self._is_undone(about):
            return Scan(result=ScanResult.UNKNOWN, people=0, rsvp=None)
        self.taken_back.add(about.nonce)
        if about.result == ScanResult.OK:
            rsvp = about.rsvp
            leave(self.event, rsvp, people=about.people, end=self.stood[rsvp.id])
            if self.first.get(rsvp.id) is about:
                del self.first[rsvp.id]
        return Scan(result=ScanResult.UNDONE, people=0, rsvp=about.rsvp, about=about)

    def _is_undone(self, scan: Scan) -> bool:
        return scan.id in self.undone or scan.nonce in self.taken_back

    def answer(self, nonce: str) -> Answer:
        scan = self.scans[nonce]
        since = scan.rsvp.arrived_at if scan.result == ScanResult.AGAIN and scan.rsvp else None
        return Answer(nonce=nonce, result=scan.result, people=scan.people, rsvp=scan.rsvp, since=since)


def _went_in(seen: Sighting) -> int:
    """How many went in again on one ticket: let in by who knew it, or by a device that could not know."""
    if seen.insists:
        return min(seen.people or 1, MOST_PARTY)
    return min(seen.people or 0, MOST_PARTY) if seen.mode == ScanMode.OFFLINE else 0
