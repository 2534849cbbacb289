from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.states import Transitions


class ImportStatus(StrEnum):
    """read: looked through, nobody is written down yet; done: they are."""

    READ = "read"
    DONE = "done"


IMPORT_MOVES = Transitions({ImportStatus.READ: {ImportStatus.DONE}, ImportStatus.DONE: set()})


class LineStatus(StrEnum):
    """bad: left out, with what is wrong; ready: can be written down; seated: has a seat; waits: no seat was
    free; known: stood on the list already."""

    BAD = "bad"
    READY = "ready"
    SEATED = "seated"
    WAITS = "waits"
    KNOWN = "known"


LINE_MOVES = Transitions(
    {
        LineStatus.READY: {LineStatus.SEATED, LineStatus.WAITS, LineStatus.KNOWN, LineStatus.BAD},
        LineStatus.BAD: set(),
        LineStatus.SEATED: set(),
        LineStatus.WAITS: set(),
        LineStatus.KNOWN: set(),
    }
)


class GuestImport(Base):
    """A file of guests of an event. `editor_id`: the host who brought it, and the only one who reads it; None
    where staff did."""

    __tablename__ = "guest_imports"
    __table_args__ = (CheckConstraint("status IN ('read', 'done')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    status: Mapped[ImportStatus] = mapped_column(String(4))
    file_name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    by: Mapped[str] = mapped_column(String(200))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)

    lines: Mapped[list[GuestLine]] = relationship(lazy="raise", order_by="GuestLine.number")


class GuestLine(Base):
    """A line of the file as it stood there, its e-mail in small letters; what is wrong by name, so that each
    reader has it in their language. `about` belongs into that sentence."""

    __tablename__ = "guest_import_lines"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        CheckConstraint("status IN ('bad', 'ready', 'seated', 'waits', 'known')", name="status"),
        CheckConstraint("(status = 'bad') = (fault IS NOT NULL)", name="says_what_is_wrong"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("guest_imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(255), index=True)
    party: Mapped[str] = mapped_column(String(255))
    plus_one: Mapped[str] = mapped_column(String(255))
    needs: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(255))
    status: Mapped[LineStatus] = mapped_column(String(6))
    fault: Mapped[str | None] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(80), server_default="", default="")
