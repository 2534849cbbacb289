from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as

# What the form of a place keeps of it, besides its week.
PARTS = (
    *("slug", "name", "street", "postcode", "city", "province", "country", "time_zone", "phone"),
    *("words", "words_it", "latitude", "longitude", "pickup"),
)


class PlaceKind(StrEnum):
    """warehouse: what the web sells lies here; there is exactly one. store: people come in."""

    WAREHOUSE = "warehouse"
    STORE = "store"


# Made by the migration, held to this id by a constraint: whoever sells on the web needs no look-up.
WEB_WAREHOUSE = 1


class Place(Base):
    """A place where pieces lie. Its hours and days are its own: they are meant in `time_zone`.

    `words` say in a sentence or two what to expect there. `pickup`: orders may be collected here.
    `closed_at`: shut for good; it is shown no more, its history stays.
    """

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("kind IN ('warehouse', 'store')", name="kind"),
        CheckConstraint(f"(id = {WEB_WAREHOUSE}) = (kind = 'warehouse')", name="one_warehouse"),
        CheckConstraint("kind = 'store' OR closed_at IS NULL", name="warehouse_stays"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlaceKind] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    words_it: Mapped[str | None] = mapped_column(Text)
    street: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    city: Mapped[str] = mapped_column(String(80))
    province: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2))
    time_zone: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(40))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(8, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    pickup: Mapped[bool]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    hours: Mapped[list[OpeningHours]] = relationship(
        lazy="raise", viewonly=True, order_by="OpeningHours.weekday, OpeningHours.opens"
    )
    special_days: Mapped[list[SpecialDay]] = relationship(
        lazy="raise", viewonly=True, order_by="SpecialDay.day"
    )

    @property
    def is_store(self) -> bool:
        return self.kind == PlaceKind.STORE

    @property
    def said(self) -> str:
        """Its words in the reader's language."""
        return pick(self.words, self.words_it)

    @property
    def week(self) -> list[tuple[int, int, int]]:
        """Its hours as weekday (Monday is 0), opening and closing minute, in order; they are loaded."""
        return sorted((row.weekday, row.opens, row.closes) for row in self.hours)

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`); its hours are loaded."""
        return seen_as(*(getattr(self, name) for name in PARTS), *self.week)

    def local(self, moment: datetime) -> datetime:
        """A moment on the clock that hangs there."""
        return moment.astimezone(ZoneInfo(self.time_zone))


class OpeningHours(Base):
    """From when to when a place is open on a weekday (Monday is 0), in minutes of its own day.

    A day with a pause at noon has two rows, a day on which it is closed has none.
    """

    __tablename__ = "place_hours"
    __table_args__ = (
        UniqueConstraint("place_id", "weekday", "opens"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens >= 0 AND closes > opens AND closes <= 1440", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    weekday: Mapped[int]
    opens: Mapped[int]
    closes: Mapped[int]


class SpecialDay(Base):
    """A day on which other hours hold than its weekday's: without any it is closed. `note` says why."""

    __tablename__ = "place_special_days"
    __table_args__ = (
        UniqueConstraint("place_id", "day"),
        CheckConstraint(
            "(opens IS NULL AND closes IS NULL) OR (opens >= 0 AND closes > opens AND closes <= 1440)",
            name="span",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    day: Mapped[date]
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(80))
    note_it: Mapped[str | None] = mapped_column(String(80))

    @property
    def said(self) -> str:
        return pick(self.note, self.note_it)
