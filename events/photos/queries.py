from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from events.afterwards.queries import THANKS
from events.calendar.models import Event
from events.guests.models import CAME, Rsvp, RsvpLetter
from events.photos.errors import NoSuchPhoto
from events.photos.models import EventPhoto, PhotoPerson, Portrayed
from foundation.db import db

# The letter to who is on a photo that came after the thanks.
LATE = "photos"
NAMING, TOLD_FOR = timedelta(hours=1), timedelta(days=60)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sorted:
    """A photo with who is on it, as (party, place), and how many of them agree."""

    photo: EventPhoto
    people: set[tuple[int, int]] = field(default_factory=set)
    agreed: int = 0

    @property
    def public(self) -> bool:
        return self.agreed == len(self.people) if self.people else self.photo.nobody


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody who is on photos, by their secret: whose party, and each photo with whether they agree."""

    portrayed: Portrayed
    rsvp: Rsvp
    photos: Sequence[tuple[EventPhoto, bool]]


def _public() -> ColumnElement[bool]:
    """Everybody on it agrees; with nobody named, nobody can be recognised. One who does not is enough."""
    named = exists().where(PhotoPerson.photo_id == EventPhoto.id)
    silent = exists().where(PhotoPerson.photo_id == EventPhoto.id, PhotoPerson.agreed_at.is_(None))
    return or_(and_(named, ~silent), and_(~named, EventPhoto.nobody))


def public_photos(event_id: int) -> Sequence[EventPhoto]:
    """What everybody may see of an evening now, in the order it was brought."""
    return db.session.scalars(
        select(EventPhoto).where(EventPhoto.event_id == event_id, _public()).order_by(EventPhoto.id)
    ).all()


def public_photo(event_id: int, photo_id: int) -> EventPhoto:
    """One that everybody may see now; raises `NoSuchPhoto`."""
    return _one(EventPhoto.event_id == event_id, EventPhoto.id == photo_id, _public())


def photo_in(event_id: int, photo_id: int) -> EventPhoto:
    """One of an event, for host and staff; raises `NoSuchPhoto`."""
    return _one(EventPhoto.event_id == event_id, EventPhoto.id == photo_id)


def photo_with(secret: str, photo_id: int) -> EventPhoto:
    """One that shows whoever has this secret; raises `NoSuchPhoto`."""
    on_it = (
        exists()
        .where(PhotoPerson.photo_id == EventPhoto.id, PhotoPerson.portrayed_id == Portrayed.id)
        .where(Portrayed.secret == secret)
    )
    return _one(EventPhoto.id == photo_id, on_it)


def photos_of(event_id: int) -> list[Sorted]:
    """Every photo of an event, in two statements."""
    found = {
        one.id: Sorted(one)
        for one in db.session.scalars(
            select(EventPhoto).where(EventPhoto.event_id == event_id).order_by(EventPhoto.id)
        )
    }
    agreed: dict[int, int] = {}
    rows = db.session.execute(
        select(PhotoPerson.photo_id, Portrayed.rsvp_id, Portrayed.place, PhotoPerson.agreed_at)
        .join(Portrayed, Portrayed.id == PhotoPerson.portrayed_id)
        .where(PhotoPerson.photo_id.in_(found))
    )
    for photo_id, rsvp_id, place, since in rows:
        found[photo_id].people.add((rsvp_id, place))
        agreed[photo_id] = agreed.get(photo_id, 0) + (since is not None)
    return [Sorted(one.photo, one.people, agreed.get(key, 0)) for key, one in found.items()]


def number_of(event_id: int) -> int:
    return db.session.scalar(select(func.count()).where(EventPhoto.event_id == event_id)) or 0


def who_came(event_id: int) -> Sequence[Rsvp]:
    """The parties that came and were not forgotten, by name."""
    return db.session.scalars(
        select(Rsvp)
        .where(Rsvp.event_id == event_id, Rsvp.status == CAME, Rsvp.name != "")
        .order_by(func.lower(Rsvp.name), Rsvp.id)
    ).all()


def portrayed_of(rsvp_ids: Iterable[int]) -> dict[tuple[int, int], Portrayed]:
    """Who of these parties was named on photos before."""
    found = db.session.scalars(select(Portrayed).where(Portrayed.rsvp_id.in_(list(rsvp_ids))))
    return {(one.rsvp_id, one.place): one for one in found}


def said_no(*where: ColumnElement[bool]) -> bool:
    """Whether one of these people on photos answered, and not with yes. Each row is locked: they may be
    answering now."""
    rows = select(PhotoPerson.answered_at, PhotoPerson.agreed_at).where(*where).with_for_update()
    return any(answered is not None and agreed is None for answered, agreed in db.session.execute(rows))


def on_photos(rsvp_id: int) -> Sequence[Portrayed]:
    """Who of a party is on photos now, the first of it first."""
    return db.session.scalars(
        select(Portrayed)
        .where(Portrayed.rsvp_id == rsvp_id, exists().where(PhotoPerson.portrayed_id == Portrayed.id))
        .order_by(Portrayed.place)
    ).all()


def evenings_with_late_photos(now: datetime) -> Sequence[Event]:
    """Evenings of the last two months with somebody who was thanked before they were on a photo, and has not
    said yes or no to any."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.ends_at > now - TOLD_FOR,
            exists().where(Rsvp.event_id == Event.id, *_not_told(now)),
        )
        .order_by(Event.id)
    ).all()


def late_on_photos(event_ids: Collection[int], now: datetime) -> Sequence[int]:
    """The parties of these evenings that are to be told of a photo, so many as leave at once."""
    wanted = select(Rsvp.id).where(Rsvp.event_id.in_(event_ids), *_not_told(now))
    return db.session.scalars(wanted.order_by(Rsvp.id).limit(AT_ONCE)).all()


def _not_told(now: datetime) -> list[ColumnElement[bool]]:
    """The host has an hour to name everybody on every photo: one letter tells of all of them."""
    on_it = (
        exists()
        .where(Portrayed.rsvp_id == Rsvp.id, PhotoPerson.portrayed_id == Portrayed.id)
        .where(PhotoPerson.answered_at.is_(None), PhotoPerson.named_at <= now - NAMING)
        .where(PhotoPerson.named_at > RsvpLetter.at)
        .where(RsvpLetter.rsvp_id == Rsvp.id, RsvpLetter.kind == THANKS)
    )
    told = aliased(RsvpLetter)
    written = exists().where(told.rsvp_id == Rsvp.id, told.kind == LATE)
    return [Rsvp.status == CAME, Rsvp.email.is_not(None), on_it.correlate(Rsvp), ~written]


def mine(secret: str) -> Mine:
    """What whoever has this secret is on; raises `NoSuchPhoto`."""
    row = db.session.execute(
        select(Portrayed, Rsvp)
        .join(Rsvp, Rsvp.id == Portrayed.rsvp_id)
        .options(joinedload(Rsvp.event).joinedload(Event.editor))
        .where(Portrayed.secret == secret)
    ).one_or_none()
    if row is None:
        raise NoSuchPhoto()
    photos = db.session.execute(
        select(EventPhoto, PhotoPerson.agreed_at)
        .join(PhotoPerson, PhotoPerson.photo_id == EventPhoto.id)
        .where(PhotoPerson.portrayed_id == row[0].id)
        .order_by(EventPhoto.id)
    )
    return Mine(row[0], row[1], [(photo, since is not None) for photo, since in photos])


def _one(*where: ColumnElement[bool]) -> EventPhoto:
    found = db.session.scalars(select(EventPhoto).where(*where)).one_or_none()
    if found is None:
        raise NoSuchPhoto()
    return found
