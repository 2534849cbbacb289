from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import Base
from foundation.money import Money
from foundation.states import Transitions


class BookProof(Base):
    """What a proof of the books found. `fault` names the first broken promise, `row` what breaks it."""

    __tablename__ = "book_proofs"
    __table_args__ = (Index("ix_book_proofs_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    entries: Mapped[int]
    fault: Mapped[str | None] = mapped_column(String(200))
    row: Mapped[dict[str, Any]] = mapped_column(JSONB)


class WriteOffStatus(StrEnum):
    """asked: one person wants it; booked: another agreed; refused: the debt stays."""

    ASKED = "asked"
    BOOKED = "booked"
    REFUSED = "refused"


WRITE_OFF_MOVES = Transitions(
    {
        WriteOffStatus.ASKED: {WriteOffStatus.BOOKED, WriteOffStatus.REFUSED},
        WriteOffStatus.BOOKED: set(),
        WriteOffStatus.REFUSED: set(),
    }
)


class WriteOff(Base):
    """An editor's debt that finance wants to give up. Who asks can never book it: the table refuses."""

    __tablename__ = "write_offs"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("status <> 'booked' OR decided_by_id <> asked_by_id", name="four_eyes"),
        CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name="decision"),
        Index(
            "uq_write_offs_asked",
            "editor_id",
            "currency",
            unique=True,
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    status: Mapped[WriteOffStatus] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(500), server_default="")

    editor: Mapped[Editor] = relationship(lazy="raise")
    asked_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
