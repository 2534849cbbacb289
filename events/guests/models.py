from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events.calendar.models import MOST_PARTY, Event
from foundation import ids
from foundation.db import Base
from foundation.states import Transitions

# Passed over so often, a party on the waiting list is shown to the host.
OFTEN = 3


class RsvpStatus(StrEnum):
    """invited: asked to come, and has not answered; pending: the host has not answered; going: has a seat;
    waitlisted: no seat was free; offered: a seat is theirs if they say yes in time; declined: the host said
    no; cancelled: given back, an offer let go, or no to an invitation; attended: came; no_show: had a seat,
    and did not come."""

    INVITED = "invited"
    PENDING = "pending"
    GOING = "going"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


# Whoever stands at the door came, wherever they stood on the list.
CAME = RsvpStatus.ATTENDED
RSVP_MOVES = Transitions(
    {
        RsvpStatus.INVITED: {RsvpStatus.GOING, RsvpStatus.WAITLISTED, RsvpStatus.CANCELLED, CAME},
        RsvpStatus.PENDING: {
            RsvpStatus.GOING,
            RsvpStatus.WAITLISTED,
            RsvpStatus.DECLINED,
            RsvpStatus.CANCELLED,
            CAME,
        },
        RsvpStatus.GOING: {RsvpStatus.CANCELLED, CAME, RsvpStatus.NO_SHOW},
        RsvpStatus.WAITLISTED: {RsvpStatus.OFFERED, RsvpStatus.CANCELLED, CAME},
        # Back on the list: what was offered to everybody who waits, somebody else had first.
        RsvpStatus.OFFERED: {RsvpStatus.GOING, RsvpStatus.WAITLISTED, RsvpStatus.CANCELLED, CAME},
        RsvpStatus.DECLINED: {RsvpStatus.GOING, RsvpStatus.WAITLISTED, CAME},
        RsvpStatus.CANCELLED: {RsvpStatus.PENDING, RsvpStatus.GOING, RsvpStatus.WAITLISTED, CAME},
        # An admission can be taken back: then they stand where they stood. And a phone without a network may
        # tell of one the next morning.
        RsvpStatus.ATTENDED: {
            RsvpStatus.INVITED,
            RsvpStatus.PENDING,
            RsvpStatus.GOING,
            RsvpStatus.WAITLISTED,
            RsvpStatus.DECLINED,
            RsvpStatus.CANCELLED,
            RsvpStatus.NO_SHOW,
        },
        RsvpStatus.NO_SHOW: {CAME},
    }
)
# Whose seat it is or was: they come, they came, or it stayed empty.
SEATED = (RsvpStatus.GOING, RsvpStatus.ATTENDED, RsvpStatus.NO_SHOW)
WAITING = (RsvpStatus.WAITLISTED, RsvpStatus.OFFERED)
# Who counts on the evening in one way or another, and is told when it is another.
CONCERNED = (RsvpStatus.PENDING, RsvpStatus.GOING, *WAITING)


class RsvpSource(StrEnum):
    """Who wrote them down: themselves, staff, the host, an import, or whoever stood at the door."""

    WEB = "web"
    STAFF = "staff"
    HOST = "host"
    IMPORT = "import"
    WALKIN = "walkin"


class Rsvp(Base):
    """One party of an event: a person, perhaps with one more, and where they stand.

    `email` in small letters, once an event; none for who was written down by staff without one, and for who
    was forgotten. `secret`: whoever has it has the ticket. `queue_number`: the order of the waiting list.
    `passed_over`: how often a smaller party behind them was offered a seat they did not fit on. An offer ends
    at `offered_until` and holds its seats until then, but for one that is `open_to_all`. `turn` rises with
    every change of its state. `asked_at`: since when we ask whether they still come; `confirmed_at`: they do;
    `released_at`: nobody confirmed, and the seat went on. `arrived`: how many of the party came, the first of
    them at `arrived_at`. `beyond`: why they were let in when every seat was taken; such a party holds none.
    """

    __tablename__ = "rsvps"
    __table_args__ = (
        UniqueConstraint("event_id", "email"),
        CheckConstraint(
            "status IN ('invited', 'pending', 'going', 'waitlisted', 'offered', 'declined', 'cancelled',"
            " 'attended', 'no_show')",
            name="status",
        ),
        CheckConstraint("source IN ('web', 'staff', 'host', 'import', 'walkin')", name="source"),
        CheckConstraint(f"party BETWEEN 1 AND {MOST_PARTY}", name="party"),
        CheckConstraint("(status = 'attended') = (arrived_at IS NOT NULL)", name="who_came_has_a_time"),
        CheckConstraint("arrived BETWEEN 0 AND party", name="arrived"),
        CheckConstraint("(status = 'attended') = (arrived > 0)", name="somebody_came"),
        CheckConstraint("email = lower(email)", name="email_in_small_letters"),
        CheckConstraint("status <> 'offered' OR offered_until IS NOT NULL", name="offers_end"),
        CheckConstraint(
            "status NOT IN ('waitlisted', 'offered') OR queue_number IS NOT NULL", name="waits_somewhere"
        ),
        Index(
            "ix_rsvps_waiting",
            "event_id",
            "queue_number",
            postgresql_where=text("status IN ('waitlisted', 'offered')"),
        ),
        Index("ix_rsvps_account_id", "account_id", postgresql_where=text("account_id IS NOT NULL")),
        Index("ix_rsvps_email", "email", postgresql_where=text("email IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    status: Mapped[RsvpStatus] = mapped_column(String(10))
    source: Mapped[RsvpSource] = mapped_column(String(6))
    party: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    plus_one: Mapped[str] = mapped_column(String(80), server_default="", default="")
    email: Mapped[str | None] = mapped_column(String(254))
    needs: Mapped[str] = mapped_column(String(500), server_default="", default="")
    language: Mapped[str] = mapped_column(String(2))
    secret: Mapped[str] = mapped_column(String(22), unique=True, default=ids.token)
    queue_number: Mapped[int | None]
    passed_over: Mapped[int] = mapped_column(default=0)
    offered_until: Mapped[datetime | None]
    open_to_all: Mapped[bool] = mapped_column(default=False)
    turn: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    arrived: Mapped[int] = mapped_column(server_default="0", default=0)
    beyond: Mapped[str] = mapped_column(String(200), server_default="", default="")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    event: Mapped[Event] = relationship(lazy="raise")

    @property
    def seats(self) -> int:
        """How many seats it holds now."""
        offered = self.status == RsvpStatus.OFFERED and not self.open_to_all
        return self.party if (self.status in SEATED and not self.beyond) or offered else 0

    @property
    def lapsed(self) -> bool:
        """Whether it ended because an offer was let pass, and not because it was given back."""
        return self.status == RsvpStatus.CANCELLED and self.offered_until is not None

    @property
    def released(self) -> bool:
        """Whether it ended because nobody confirmed it."""
        return self.status == RsvpStatus.CANCELLED and self.released_at is not None

    @property
    def at_the_door(self) -> str:
        """What whoever stands at the door reads: the first name and an initial."""
        first, _, last = self.name.partition(" ")
        initial = next((sign for sign in last if sign.isalpha()), "")
        return f"{first} {initial}." if initial else first

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def asked(self) -> bool:
        """Whether we wait for a word that they still come."""
        return self.status == RsvpStatus.GOING and self.asked_at is not None and self.confirmed_at is None

    @property
    def secret_hash(self) -> str:
        """What a device at the door knows of the ticket: enough to know it again, too little to draw it."""
        return hash_of(self.secret)


def hash_of(secret: str) -> str:
    """SHA-256 of the secret of a ticket."""
    return hashlib.sha256(secret.encode()).hexdigest()


class RsvpLetter(Base):
    """A letter to a guest that was written: which, and about which state of things. Never twice."""

    __tablename__ = "rsvp_letters"

    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    about: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
