"""A photo goes with the first person on it who is forgotten: a face cannot be crossed out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, or_, select, text

from events.guests.models import Rsvp
from events.photos.models import EventPhoto, PhotoPerson, Portrayed
from foundation.db import db

_UPLOADER = text(
    """
    UPDATE event_photos SET by = '' WHERE NOT by_staff AND event_id IN (
        SELECT events.id FROM events JOIN editors ON editors.id = events.editor_id
        WHERE editors.account_id = :account_id)
    """
)


def forget_faces(*, account_id: int, email: str | None) -> None:
    """Somebody asked to be forgotten: each photo they are on goes, and their name with those they brought."""
    own = [Rsvp.account_id == account_id]
    if email is not None:
        own.append(Rsvp.email == email)
    _drop(or_(*own))
    db.session.execute(_UPLOADER, {"account_id": account_id})


def forget_with_names() -> None:
    """Of those whose names were kept long enough."""
    _drop(Rsvp.name == "")


def _drop(whose: ColumnElement[bool]) -> None:
    portrayed = select(Portrayed.id).join(Rsvp, Rsvp.id == Portrayed.rsvp_id).where(whose)
    shown = select(PhotoPerson.photo_id).where(PhotoPerson.portrayed_id.in_(portrayed))
    db.session.execute(delete(EventPhoto).where(EventPhoto.id.in_(shown)))
    db.session.execute(
        delete(Portrayed).where(Portrayed.id.in_(portrayed)).execution_options(synchronize_session=False)
    )
