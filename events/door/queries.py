from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from events.calendar.models import BOOKED, Event, EventFormat, EventStatus
from events.door.models import Scan, ScanResult
from events.door.policy import SAME_DAY, SAME_STORE
from events.guests.models import Rsvp, RsvpStatus
from foundation.db import db


def scans_by_nonce(event_id: int, nonces: Collection[str]) -> dict[str, Scan]:
    """What was written down already of an event, by what the device calls it, with the party of each."""
    if not nonces:
        return {}
    found = db.session.scalars(
        select(Scan)
        .where(Scan.nonce.in_(nonces), Scan.event_id == event_id)
        .options(joinedload(Scan.rsvp).joinedload(Rsvp.event))
        .execution_options(populate_existing=True)
    )
    return {one.nonce: one for one in found}


def parties_seen(event_id: int, rsvp_ids: Collection[int], secrets: Collection[str]) -> Sequence[Rsvp]:
    """Parties of an event by number, and of any event by the secret of their ticket; read afresh."""
    return db.session.scalars(
        select(Rsvp)
        .where(or_((Rsvp.event_id == event_id) & Rsvp.id.in_(rsvp_ids), Rsvp.secret.in_(secrets)))
        .options(joinedload(Rsvp.event))
        .execution_options(populate_existing=True)
    ).all()


def admissions_of(rsvp_ids: Collection[int]) -> Sequence[tuple[Scan, bool]]:
    """Every time these parties were let in, the first time first, and whether it was taken back."""
    if not rsvp_ids:
        return []
    taking = aliased(Scan)
    undone = exists().where(taking.about_id == Scan.id, taking.result == ScanResult.UNDONE)
    rows = db.session.execute(
        select(Scan, undone)
        .where(Scan.rsvp_id.in_(rsvp_ids), Scan.result == ScanResult.OK)
        .order_by(Scan.at, Scan.id)
    )
    return [(row[0], row[1]) for row in rows]


def undone_among(scan_ids: Iterable[int]) -> set[int]:
    """Which of these were taken back."""
    wanted = list(scan_ids)
    if not wanted:
        return set()
    return set(
        db.session.scalars(
            select(Scan.about_id).where(Scan.about_id.in_(wanted), Scan.result == ScanResult.UNDONE)
        )
    )


def on_the_list(event_id: int, since: datetime | None = None) -> Sequence[Rsvp]:
    """Whom the list at the door names: all of an event but who was forgotten, or those who changed since."""
    chosen = select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.name != "")
    if since is not None:
        chosen = chosen.where(Rsvp.changed_at >= since)
    return db.session.scalars(chosen.order_by(func.lower(Rsvp.name), Rsvp.id)).all()


def tickets_elsewhere(event: Event) -> Sequence[tuple[Event, list[str]]]:
    """Other evenings near this one in place or time that have guests, with the secrets of their tickets."""

    def within(span: timedelta) -> ColumnElement[bool]:
        return Event.starts_at.between(event.starts_at - span, event.starts_at + span)

    near = db.session.scalars(
        select(Event)
        .where(
            Event.id != event.id,
            Event.status.in_(BOOKED),
            Event.format != EventFormat.ONLINE,
            or_((Event.place_id == event.place_id) & within(SAME_STORE), within(SAME_DAY)),
        )
        .order_by(Event.starts_at, Event.id)
    ).all()
    tickets: dict[int, list[str]] = defaultdict(list)
    held = select(Rsvp.event_id, Rsvp.secret).where(Rsvp.event_id.in_([one.id for one in near]))
    for event_id, secret in db.session.execute(held.where(Rsvp.name != "").order_by(Rsvp.id)):
        tickets[event_id].append(secret)
    return [(one, tickets[one.id]) for one in near if tickets[one.id]]


def people_in(event_id: int) -> int:
    """How many people were let in on a seat of theirs or beyond, second admissions not counted."""
    # A sum of whole numbers is a decimal to the database.
    return int(db.session.scalar(select(func.sum(Rsvp.arrived)).where(Rsvp.event_id == event_id)) or 0)


def second_admissions(event_id: int) -> Sequence[Scan]:
    """Who was let in twice on one ticket, and not taken back; with the party and the first time."""
    taking = aliased(Scan)
    undone = exists().where(taking.about_id == Scan.id, taking.result == ScanResult.UNDONE)
    return db.session.scalars(
        select(Scan)
        .where(Scan.event_id == event_id, Scan.result == ScanResult.AGAIN, Scan.people > 0, ~undone)
        .options(joinedload(Scan.rsvp), joinedload(Scan.about))
        .order_by(Scan.at, Scan.id)
    ).all()


def doors_to_close(over_before: datetime, since: datetime, limit: int) -> Sequence[int]:
    """Events that are over, whose door was used, and where somebody with a seat is not called absent yet."""
    return db.session.scalars(
        select(Event.id)
        .where(
            Event.status == EventStatus.CLOSED,
            Event.ends_at <= over_before,
            Event.ends_at > since,
            exists().where(Rsvp.event_id == Event.id, Rsvp.status == RsvpStatus.GOING),
            exists().where(Scan.event_id == Event.id, Scan.result == ScanResult.OK),
        )
        .order_by(Event.id)
        .limit(limit)
    ).all()


def going_to(event_id: int) -> Sequence[Rsvp]:
    """Who has a seat and did not come; read afresh."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id, Rsvp.status == RsvpStatus.GOING)
        .order_by(Rsvp.id)
        .execution_options(populate_existing=True)
    ).all()
