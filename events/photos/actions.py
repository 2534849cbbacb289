"""Photos of an evening: put there, said who is on them, taken down; and yes or no of each who is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from events.calendar.actions import locked_event
from events.guests.models import CAME, Rsvp
from events.photos.errors import (
    NoSuchPhoto,
    NotAGuest,
    NotBegun,
    ReasonNeeded,
    SaidNo,
    SayWho,
    TooManyPhotos,
)
from events.photos.models import MOST_PHOTOS, EventPhoto, PhotoPerson, Portrayed
from events.photos.queries import mine, number_of, photo_in, portrayed_of, said_no
from foundation import clock, ids
from foundation.actors import Actor, ActorKind
from foundation.audit.actions import record
from foundation.db import db, lock_rows
from foundation.files.private import PrivatePicture


def add_photos(
    *, actor: Actor, event_id: int, pictures: Sequence[PrivatePicture], by_staff: bool
) -> list[EventPhoto]:
    """Put photos to an evening that has begun. Only host and staff see one before it says who is on it.

    Raises `NoSuchEvent`, `NotBegun`, `TooManyPhotos`.
    """
    event = locked_event(event_id)
    if not event.booked or event.starts_at > clock.now():
        raise NotBegun()
    if number_of(event_id) + len(pictures) > MOST_PHOTOS:
        raise TooManyPhotos()
    added = [
        EventPhoto(
            event_id=event_id,
            small_key=one.small_key,
            large_key=one.large_key,
            width=one.width,
            height=one.height,
            nobody=False,
            by=actor.label,
            by_staff=by_staff,
            at=clock.now(),
        )
        for one in pictures
    ]
    db.session.add_all(added)
    db.session.flush()
    record(actor=actor, action="photos.add", subject=("event", event_id), after={"photos": len(added)})
    return added


def say_who(
    *, actor: Actor, event_id: int, photo_id: int, people: Collection[tuple[int, int]], nobody: bool
) -> None:
    """Say who is on a photo, as (party, first or second of it), or that nobody can be recognised.

    Who stays on it keeps their yes; who is new has not been asked, so that it is public no more until they
    agree. Who said no stays on it, or their no would be gone with their name. Raises `NoSuchPhoto`, `SayWho`,
    `NotAGuest`, `SaidNo`.
    """
    if bool(people) == nobody:
        raise SayWho()
    photo = _locked(event_id, photo_id)
    parties = {one.id: one for one in lock_rows(Rsvp, {rsvp_id for rsvp_id, _ in people})}
    for rsvp_id, place in people:
        party = parties.get(rsvp_id)
        if party is None or party.event_id != event_id or party.status != CAME or not party.name:
            raise NotAGuest()
        if not 1 <= place <= party.party:
            raise NotAGuest()
    if people:
        db.session.execute(
            insert(Portrayed)
            .values(
                [{"rsvp_id": rsvp_id, "place": place, "secret": ids.token()} for rsvp_id, place in people]
            )
            .on_conflict_do_nothing(index_elements=[Portrayed.rsvp_id, Portrayed.place])
        )
    known = portrayed_of(parties)
    wanted = [known[one].id for one in people]
    gone = [PhotoPerson.photo_id == photo_id, PhotoPerson.portrayed_id.not_in(wanted)]
    if said_no(*gone):
        raise SaidNo()
    db.session.execute(delete(PhotoPerson).where(*gone))
    if wanted:
        db.session.execute(
            insert(PhotoPerson)
            .values([{"photo_id": photo_id, "portrayed_id": one, "named_at": clock.now()} for one in wanted])
            .on_conflict_do_nothing()
        )
    photo.nobody = nobody
    db.session.flush()
    after = {"photo": photo_id, "people": len(wanted), "nobody": nobody}
    record(actor=actor, action="photos.name", subject=("event", event_id), after=after)


def take_down(*, actor: Actor, event_id: int, photo_id: int, reason: str | None = None) -> None:
    """Remove a photo for good. Staff say why. Raises `NoSuchPhoto`, `ReasonNeeded`."""
    photo = _locked(event_id, photo_id)
    if actor.kind == ActorKind.STAFF and not reason:
        raise ReasonNeeded()
    db.session.delete(photo)
    db.session.flush()
    after = {"photo": photo_id}
    record(actor=actor, action="photos.take_down", subject=("event", event_id), reason=reason, after=after)


def answer(*, actor: Actor, secret: str, photo_ids: Collection[int], agree: bool) -> None:
    """Yes or no of somebody who is on these photos, which they have seen. No holds from this moment.

    Raises `NoSuchPhoto`.
    """
    whose = mine(secret)
    chosen = [PhotoPerson.portrayed_id == whose.portrayed.id, PhotoPerson.photo_id.in_(photo_ids)]
    answered = db.session.scalars(
        update(PhotoPerson)
        .where(*chosen)
        .values(answered_at=clock.now(), agreed_at=clock.now() if agree else None)
        .returning(PhotoPerson.photo_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not answered:
        raise NoSuchPhoto()
    event, after = ("event", whose.rsvp.event_id), {"photos": sorted(answered)}
    if agree:
        record(actor=actor, action="photos.agree", subject=event, after=after)
    else:
        record(actor=actor, action="photos.withdraw", subject=event, after=after)


def _locked(event_id: int, photo_id: int) -> EventPhoto:
    if not lock_rows(EventPhoto, [photo_id]):
        raise NoSuchPhoto()
    return photo_in(event_id, photo_id)
