from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation import ids
from foundation.db import Base
from foundation.files.named import FileKey

MOST_PHOTOS = 60


class EventPhoto(Base):
    """A photograph of an evening, in two widths under private keys: `/media` does not know them.

    `nobody`: whoever put it there says that nobody can be recognised on it. Without that, and without people,
    it is not sorted yet and only host and staff see it. Whether it is public is asked of its people each time
    it is shown, and kept nowhere.
    """

    __tablename__ = "event_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    small_key: Mapped[str] = mapped_column(FileKey(80))
    large_key: Mapped[str] = mapped_column(FileKey(80))
    width: Mapped[int]
    height: Mapped[int]
    nobody: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(200))
    by_staff: Mapped[bool]
    at: Mapped[datetime]


class Portrayed(Base):
    """Somebody who is on photos of an evening: the first or the second of a party. `secret`: whoever has it
    sees these photos and says yes or no to each."""

    __tablename__ = "portrayed"
    __table_args__ = (
        UniqueConstraint("rsvp_id", "place"),
        CheckConstraint("place BETWEEN 1 AND 2", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"))
    place: Mapped[int]
    secret: Mapped[str] = mapped_column(String(22), unique=True, default=ids.token)


class PhotoPerson(Base):
    """Who is on a photo, since when that is known, when they last said yes or no, and since when they agree
    that everybody sees this one; None while they do not."""

    __tablename__ = "photo_people"
    __table_args__ = (CheckConstraint("agreed_at IS NULL OR answered_at IS NOT NULL", name="answered"),)

    photo_id: Mapped[int] = mapped_column(
        ForeignKey("event_photos.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    portrayed_id: Mapped[int] = mapped_column(
        ForeignKey("portrayed.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    named_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
