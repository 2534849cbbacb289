from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events.calendar.models import MOST_PARTY
from events.guests.models import Rsvp, RsvpStatus
from foundation.db import Base

LONGEST_NONCE = 40


class ScanMode(StrEnum):
    """How a party was looked up: by its ticket at once, by its ticket and told later, by hand (a name, a
    typed code), or written down at the door."""

    ONLINE = "online"
    OFFLINE = "offline"
    MANUAL = "manual"
    WALKIN = "walkin"


class ScanResult(StrEnum):
    """ok: let in; again: all of the party were in already; no_seat: waits, was not answered, or has not
    answered; cancelled: the seat was given back, or the evening called off; wrong_event: a ticket of
    another one; too_early: the doors are not open; unknown: no ticket of ours; undone: takes another back."""

    OK = "ok"
    AGAIN = "again"
    NO_SEAT = "no_seat"
    CANCELLED = "cancelled"
    WRONG_EVENT = "wrong_event"
    TOO_EARLY = "too_early"
    UNKNOWN = "unknown"
    UNDONE = "undone"


_MODES = ", ".join(f"'{mode}'" for mode in ScanMode)
_RESULTS = ", ".join(f"'{result}'" for result in ScanResult)


class Scan(Base):
    """What was seen at the door of an event, and what the list said to it. Never changed, never deleted.

    `nonce`: what the device calls it, so that an upload may be repeated. `people`: how many went in by it;
    also a second time on one ticket, which nobody takes back by refusing it later. `about`: for a second
    admission the first one, for what is undone the one that it takes back. `at`: when it was, by our clock;
    `received_at`: when we heard of it. `was`: where the party stood before it was let in.
    """

    __tablename__ = "scans"
    __table_args__ = (
        CheckConstraint(f"mode IN ({_MODES})", name="mode"),
        CheckConstraint(f"result IN ({_RESULTS})", name="result"),
        CheckConstraint(f"people BETWEEN 0 AND {MOST_PARTY}", name="people"),
        CheckConstraint("people = 0 OR result IN ('ok', 'again')", name="let_in"),
        CheckConstraint("result NOT IN ('ok', 'again', 'undone') OR rsvp_id IS NOT NULL", name="whose"),
        Index("ix_scans_event_id_at", "event_id", "at"),
        # One is taken back once.
        Index("uq_scans_undone", "about_id", unique=True, postgresql_where=text("result = 'undone'")),
        Index("ix_scans_rsvp_id", "rsvp_id", postgresql_where=text("rsvp_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(LONGEST_NONCE), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    rsvp_id: Mapped[int | None] = mapped_column(ForeignKey("rsvps.id"))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("scans.id"), index=True)
    mode: Mapped[ScanMode] = mapped_column(String(8))
    result: Mapped[ScanResult] = mapped_column(String(12))
    people: Mapped[int] = mapped_column(default=0)
    device: Mapped[str] = mapped_column(String(LONGEST_NONCE))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    was: Mapped[RsvpStatus | None] = mapped_column(String(10))

    rsvp: Mapped[Rsvp | None] = relationship(lazy="raise")
    about: Mapped[Scan | None] = relationship(lazy="raise", remote_side=[id])


class DoorConsent(Base):
    """Somebody who came without an invitation agreed that their name and address are kept, in these words."""

    __tablename__ = "door_consents"

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]


class StyleConsent(Base):
    """A guest lets one host see their usual sizes and saved looks, for one evening. Whoever takes the evening
    over from them is somebody else."""

    __tablename__ = "style_consents"

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    at: Mapped[datetime]
