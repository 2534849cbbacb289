from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.db import Base
from foundation.states import Transitions


class CameBy(StrEnum):
    """How the shopper came, as their editor remembers it."""

    LINK = "link"
    CODE = "code"
    STORE = "store"
    ELSE = "else"


class MissingStatus(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


M = MissingStatus
MISSING_MOVES = Transitions({M.OPEN: {M.GRANTED, M.REFUSED}, M.GRANTED: set(), M.REFUSED: set()})


class MissingSale(Base):
    """An order an editor says should be theirs, once for each order, with what speaks for it.

    `file_key` is a private file; `reply` is what the editor read. A grant is a correction of the receipt.
    """

    __tablename__ = "missing_sales"
    __table_args__ = (
        UniqueConstraint("editor_id", "order_id"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_missing_sales_open", "due_at", postgresql_where=text("status = 'open'")),
        Index("ix_missing_sales_order_id", "order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str] = mapped_column(String(20))
    came_by: Mapped[CameBy] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(String(1000))
    file_key: Mapped[str | None] = mapped_column(String(100))
    file_name: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[MissingStatus] = mapped_column(String(16))
    sent_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reply: Mapped[str | None] = mapped_column(String(1000))

    editor: Mapped[Editor] = relationship(lazy="raise")
