from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.accounts.models import Account
from foundation.db import Base
from foundation.files.named import FileKey
from foundation.i18n import pick
from foundation.states import Transitions


class ApplicationStatus(StrEnum):
    """applied: waits for a person; approved: became an editor; declined: told why; withdrawn: taken back."""

    APPLIED = "applied"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


APPLICATION_MOVES = Transitions(
    {
        ApplicationStatus.APPLIED: {
            ApplicationStatus.APPROVED,
            ApplicationStatus.DECLINED,
            ApplicationStatus.WITHDRAWN,
        },
        ApplicationStatus.APPROVED: set(),
        ApplicationStatus.DECLINED: set(),
        ApplicationStatus.WITHDRAWN: set(),
    }
)


class EditorStatus(StrEnum):
    """approved: has to accept the agreement; active: earns; paused: links rest; left and removed: gone."""

    APPROVED = "approved"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    REMOVED = "removed"


GONE = frozenset({EditorStatus.LEFT, EditorStatus.REMOVED})

EDITOR_MOVES = Transitions(
    {
        EditorStatus.APPROVED: {EditorStatus.ACTIVE, EditorStatus.LEFT, EditorStatus.REMOVED},
        EditorStatus.ACTIVE: {EditorStatus.PAUSED, EditorStatus.LEFT, EditorStatus.REMOVED},
        EditorStatus.PAUSED: {EditorStatus.ACTIVE, EditorStatus.LEFT, EditorStatus.REMOVED},
        EditorStatus.LEFT: {EditorStatus.ACTIVE},
        EditorStatus.REMOVED: {EditorStatus.ACTIVE},  # by an appeal alone
    }
)


class PausedFor(StrEnum):
    """Why an editor rests: a word of staff, or an agreement whose new version they have not accepted."""

    STAFF = "staff"
    AGREEMENT = "agreement"


class Application(Base):
    """Somebody asks to become an editor. `answers`: the pieces of their outfit (product ids).

    `reply` is what the person who decided wrote to them, `reason` why it was a no: they read that, too.
    """

    __tablename__ = "editor_applications"
    __table_args__ = (
        # One at a time: two sends of the same form meet here and not in a check before the insert.
        Index(
            "uq_editor_applications_waiting",
            "account_id",
            unique=True,
            postgresql_where=text("status = 'applied'"),
        ),
        Index("ix_editor_applications_status_applied_at", "status", "applied_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    status: Mapped[str] = mapped_column(String(16), default=ApplicationStatus.APPLIED)
    name: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(2000))
    handle_wish: Mapped[str] = mapped_column(String(30))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reply: Mapped[str | None] = mapped_column(String(2000))
    reason: Mapped[str | None] = mapped_column(String(1000))

    account: Mapped[Account] = relationship(lazy="raise")
    said: Mapped[list[Answer]] = relationship(lazy="raise", order_by="Answer.position")


class Answer(Base):
    """An answer to a question of staff, with the question as it was asked then.

    `said_it` is what was chosen from a list, in Italian. A file is named in `said` and lies under `file_key`.
    """

    __tablename__ = "application_answers"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("editor_applications.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("application_questions.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    asked: Mapped[str] = mapped_column(String(200))
    asked_it: Mapped[str | None] = mapped_column(String(200))
    said: Mapped[str] = mapped_column(String(3000))
    said_it: Mapped[str | None] = mapped_column(String(3000))
    file_key: Mapped[str | None] = mapped_column(FileKey(100))

    @property
    def question(self) -> str:
        """As it was asked, in the reader's language."""
        return pick(self.asked, self.asked_it)

    @property
    def words(self) -> str:
        """What was answered; what was chosen from a list in the reader's language."""
        return pick(self.said, self.said_it)


class ApplicationNote(Base):
    """A word of staff to each other on an application."""

    __tablename__ = "application_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("editor_applications.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str] = mapped_column(String(1000))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Editor(Base):
    """A style editor. `handle` is their address; `handle_shape` is how it looks, so that no two look alike.

    `lead_since` is set for the one stylist who leads the programme. `ended_at` and what follows tell of the
    end of a membership, by whom and why; by whom matters, because somebody else decides on an appeal.
    """

    __tablename__ = "editors"
    __table_args__ = (
        # One lead: only an active editor is one, so one per status is one in all.
        Index("uq_editors_lead", "status", unique=True, postgresql_where=text("lead_since IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    handle: Mapped[str] = mapped_column(String(30), unique=True)
    handle_shape: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(2000))
    words_it: Mapped[str | None] = mapped_column(String(2000))
    style: Mapped[str] = mapped_column(String(120), default="")
    style_it: Mapped[str | None] = mapped_column(String(120))
    portrait_key: Mapped[str | None] = mapped_column(FileKey(100))
    portrait_large_key: Mapped[str | None] = mapped_column(FileKey(100))
    store_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    specialities: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list, server_default="{}")
    shows_sizes: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    status: Mapped[str] = mapped_column(String(16), default=EditorStatus.ACTIVE)
    joined_at: Mapped[datetime]
    lead_since: Mapped[datetime | None]
    paused_for: Mapped[str | None] = mapped_column(String(16))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(200))
    ended_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    end_reason: Mapped[str | None] = mapped_column(String(500))
    handle_changed_at: Mapped[datetime | None]

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    @property
    def about(self) -> str:
        """Who they are, in the reader's language."""
        return pick(self.words, self.words_it)

    @property
    def in_short(self) -> str:
        """Size, height and what they do well, in the reader's language."""
        return pick(self.style, self.style_it)

    @property
    def on_show(self) -> bool:
        """May the public see the window? A break does not empty it; leaving does."""
        return self.status in {EditorStatus.ACTIVE, EditorStatus.PAUSED}

    @property
    def in_studio(self) -> bool:
        """May they enter the studio? Whoever was approved finds the agreement there."""
        return self.on_show or self.status == EditorStatus.APPROVED


class Appeal(Base):
    """A removed editor asks for a second look, once for each removal. `granted` is None while it waits."""

    __tablename__ = "editor_appeals"
    __table_args__ = (UniqueConstraint("editor_id", "removed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    removed_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(String(2000))
    sent_at: Mapped[datetime]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reply: Mapped[str | None] = mapped_column(String(2000))


class HandleClaim(Base):
    """A handle somebody has (`left_at` is None) or had: whoever opens it is led to them.

    The key is how it looks, so that neither the handle nor one like it is anybody else's.
    """

    __tablename__ = "handle_claims"

    shape: Mapped[str] = mapped_column(String(30), primary_key=True)
    handle: Mapped[str] = mapped_column(String(30))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), index=True)
    taken_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class ProgrammeCount(Base):
    """How often something happened on a day: `seen` or `begun`. Nobody can be told from a number."""

    __tablename__ = "programme_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(8), primary_key=True)
    number: Mapped[int]
