from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor, EditorStatus
from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as
from foundation.states import Transitions
from storefront.places.models import Place

MOST_GUESTS = 500
# Signs at the end of an address that nobody guesses: 29 to the power of ten.
SECRET = 10
LONGEST_LINK = 500
# Somebody who comes may bring one other person, where the host says so.
MOST_PARTY = 2


class EventFormat(StrEnum):
    """What kind of evening it is."""

    STYLING = "styling"
    TRUNK = "trunk"
    WORKSHOP = "workshop"
    LAUNCH = "launch"
    CODESIGN = "codesign"
    ONLINE = "online"


class EventStatus(StrEnum):
    """draft: only its host sees it; proposed: staff of the store answer; approved: its room is taken;
    live: it has begun; closed: it is over; cancelled: it will not take place."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    LIVE = "live"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Visibility(StrEnum):
    """public: in the list of events; link: for whoever has the address; invited: for whoever was invited."""

    PUBLIC = "public"
    LINK = "link"
    INVITED = "invited"


class Admission(StrEnum):
    """auto: whoever finds a seat free has it; host: the host says yes to each guest."""

    AUTO = "auto"
    HOST = "host"


# A proposal that is declined or taken back is a draft again, with the reason in its turns: nothing is lost.
EVENT_MOVES = Transitions(
    {
        EventStatus.DRAFT: {EventStatus.PROPOSED, EventStatus.CANCELLED},
        EventStatus.PROPOSED: {EventStatus.DRAFT, EventStatus.APPROVED, EventStatus.CANCELLED},
        EventStatus.APPROVED: {EventStatus.LIVE, EventStatus.CANCELLED},
        EventStatus.LIVE: {EventStatus.CLOSED},
        EventStatus.CLOSED: set(),
        EventStatus.CANCELLED: set(),
    }
)
# Those that have their room: to come, under way, and over.
BOOKED = (EventStatus.APPROVED, EventStatus.LIVE, EventStatus.CLOSED)
_BOOKED = "'approved', 'live', 'closed'"


class EventRoom(Base):
    """Where in a store an event takes place. `seats`: people at once, the host not counted.

    A store without any has no events. `access` says how people get in and around.
    """

    __tablename__ = "event_rooms"
    __table_args__ = (
        UniqueConstraint("place_id", "name"),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_GUESTS}", name="seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    name: Mapped[str] = mapped_column(String(80))
    name_it: Mapped[str | None] = mapped_column(String(80))
    seats: Mapped[int]
    access: Mapped[str] = mapped_column(String(500), server_default="", default="")
    access_it: Mapped[str | None] = mapped_column(String(500))
    closed_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship(lazy="raise")

    @property
    def called(self) -> str:
        return pick(self.name, self.name_it)

    @property
    def getting_in(self) -> str:
        return pick(self.access, self.access_it)

    @property
    def seen(self) -> str:
        return seen_as(self.name, self.name_it, self.seats, self.access, self.access_it)


class Event(Base):
    """A happening: an editor hosts people in a room of a store.

    `starts_at` and `ends_at` are moments; `time_zone` is the clock they are told by, the store's own.
    `capacity` counts people. `happens` is the course of it, a line each (`18:30 Coats off`). `needs`,
    `message` and `code_wanted`, a code that the host would like for the guests, are for staff alone. `slug`
    ends in ten signs that nobody guesses: whoever has the address of an event by link may see it.
    `most_party`: how many come on one invitation. `sequence` rises when what guests planned for is another
    (time, room, called off), so that their calendars follow; never for words. `seats_taken` counts people
    too: those who come, and those who are offered a seat. `confirm_required`: it was announced that a seat
    nobody confirms the day before may go on. One that is online has no room but a `joining_url`, which
    nobody reads but who comes, its host and staff; its store is the one whose staff answer and whose clock
    it is told by. `agreed_place_id`: the store that said yes, whose word on rewards holds wherever the event
    is moved afterwards.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint(f"status IN ('draft', 'proposed', {_BOOKED}, 'cancelled')", name="status"),
        CheckConstraint("visibility IN ('public', 'link', 'invited')", name="visibility"),
        CheckConstraint("admission IN ('auto', 'host')", name="admission"),
        CheckConstraint(f"most_party BETWEEN 1 AND {MOST_PARTY}", name="most_party"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint(f"capacity BETWEEN 1 AND {MOST_GUESTS}", name="capacity"),
        # Whoever writes, by whatever way: nobody is promised a seat there is not.
        CheckConstraint("seats_taken BETWEEN 0 AND capacity", name="seats"),
        CheckConstraint(
            f"status NOT IN ({_BOOKED}) OR format = 'online' OR room_id IS NOT NULL", name="has_a_room"
        ),
        CheckConstraint("format <> 'online' OR room_id IS NULL", name="online_has_no_room"),
        CheckConstraint(
            "format <> 'online' OR status NOT IN ('approved', 'live') OR joining_url IS NOT NULL",
            name="online_has_a_link",
        ),
        CheckConstraint(
            "joining_url IS NULL OR (format = 'online' AND joining_url LIKE 'https://%')", name="joining_url"
        ),
        # Two people who approve at once meet here: no look at the calendar could see the other's answer.
        ExcludeConstraint(
            (column("room_id"), "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            using="gist",
            where=text(f"status IN ({_BOOKED})"),
            name="ex_events_room",
        ),
        Index("ix_events_place_id_starts_at", "place_id", "starts_at"),
        Index("ix_events_editor_id_starts_at", "editor_id", "starts_at"),
        # For the list of events, and for whoever looks every minute which begin and end.
        Index(
            "ix_events_ahead",
            "starts_at",
            postgresql_where=text("status IN ('approved', 'live')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    agreed_place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("event_rooms.id"), index=True)
    status: Mapped[EventStatus] = mapped_column(String(10), default=EventStatus.DRAFT)
    format: Mapped[EventFormat] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    visibility: Mapped[Visibility] = mapped_column(String(8), default=Visibility.PUBLIC)
    admission: Mapped[Admission] = mapped_column(String(4), default=Admission.AUTO)
    most_party: Mapped[int] = mapped_column(default=MOST_PARTY)
    sequence: Mapped[int] = mapped_column(default=0)

    title: Mapped[str] = mapped_column(String(120))
    title_it: Mapped[str | None] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    words_it: Mapped[str | None] = mapped_column(Text)
    happens: Mapped[str] = mapped_column(Text, server_default="", default="")
    happens_it: Mapped[str | None] = mapped_column(Text)
    for_whom: Mapped[str] = mapped_column(String(500), server_default="", default="")
    for_whom_it: Mapped[str | None] = mapped_column(String(500))
    needs: Mapped[str] = mapped_column(String(1000), server_default="", default="")
    message: Mapped[str] = mapped_column(String(2000), server_default="", default="")
    code_wanted: Mapped[str] = mapped_column(String(24), server_default="", default="")
    joining_url: Mapped[str | None] = mapped_column(String(LONGEST_LINK))

    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(64))
    capacity: Mapped[int]
    confirm_required: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    seats_taken: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship(lazy="raise")
    place: Mapped[Place] = relationship(lazy="raise", foreign_keys=[place_id])
    room: Mapped[EventRoom | None] = relationship(lazy="raise")
    looks: Mapped[list[EventLook]] = relationship(lazy="raise", viewonly=True, order_by="EventLook.position")
    turns: Mapped[list[EventTurn]] = relationship(lazy="raise", viewonly=True, order_by="EventTurn.id")

    @property
    def called(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def says(self) -> str:
        return pick(self.words, self.words_it)

    @property
    def course(self) -> str:
        """What happens, a line each, in the reader's language."""
        return pick(self.happens, self.happens_it)

    @property
    def suits(self) -> str:
        """Who it is for, in the reader's language."""
        return pick(self.for_whom, self.for_whom_it)

    @property
    def booked(self) -> bool:
        """Whether it has its room: it is to come, under way, or over."""
        return self.status in BOOKED

    @property
    def announced(self) -> bool:
        """Whether guests could ever read of it: the store said yes, whatever became of it."""
        return self.booked or (self.status == EventStatus.CANCELLED and self.sequence > 0)

    @property
    def online(self) -> bool:
        return self.format == EventFormat.ONLINE

    @property
    def without_host(self) -> bool:
        """Whether its day comes and its host's membership rests or has ended; the host is loaded."""
        return self.status == EventStatus.APPROVED and self.editor.status != EditorStatus.ACTIVE

    @property
    def uid(self) -> str:
        """What it is called in calendars, for good."""
        return f"evening-{self.slug[-SECRET:]}"

    def local(self, moment: datetime) -> datetime:
        """A moment on the clock that hangs there."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return seen_as(
            *(self.title, self.title_it, self.words, self.words_it, self.happens, self.happens_it),
            *(self.needs, self.message, self.code_wanted, self.starts_at, self.ends_at, self.capacity),
            *(self.format, self.place_id, self.for_whom, self.for_whom_it),
            *(self.visibility, self.admission, self.most_party, self.confirm_required, self.joining_url),
        )


class EventLook(Base):
    """A look of the host that is on show there, in the order of the rail."""

    __tablename__ = "event_looks"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id"), primary_key=True)
    position: Mapped[int]


class EventTurn(Base):
    """A step in the life of an event: which, who took it, what they said. Never changed.

    `step` is the name of the action; `words` is what the other side reads. `account_id`: of which
    host they are, also of one who gave the evening away since; none for staff and the shop itself.
    """

    __tablename__ = "event_turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    by_staff: Mapped[bool]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    words: Mapped[str] = mapped_column(String(1000), server_default="", default="")


class SuggestionStatus(StrEnum):
    """open: its host has not answered; taken: it is the time now; refused; replaced: staff said otherwise."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"
    REPLACED = "replaced"


SUGGESTION_MOVES = Transitions(
    {
        SuggestionStatus.OPEN: {SuggestionStatus.TAKEN, SuggestionStatus.REFUSED, SuggestionStatus.REPLACED},
        SuggestionStatus.TAKEN: set(),
        SuggestionStatus.REFUSED: set(),
        SuggestionStatus.REPLACED: set(),
    }
)


class TimeSuggestion(Base):
    """Another time that staff propose for a proposal. It books nothing: whoever takes it books."""

    __tablename__ = "event_time_suggestions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        Index(
            "uq_event_time_suggestions_open",
            "event_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("event_rooms.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(String(1000), server_default="", default="")
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    status: Mapped[SuggestionStatus] = mapped_column(String(8), default=SuggestionStatus.OPEN)
