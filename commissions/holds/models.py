from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class HoldSource(StrEnum):
    """Who laid it: staff by hand, or the rules that watch for fraud."""

    STAFF = "staff"
    FRAUD = "fraud"


class HoldReason(StrEnum):
    """What a hold is about, as far as its editor is told: a class, never the evidence."""

    PURCHASE = "purchase"
    CLICKS = "clicks"
    CODE = "code"
    RETURNS = "returns"
    BUYERS = "buyers"
    ACCOUNT = "account"
    QUESTION = "question"


class Hold(Base):
    """What an editor earns on one order stays where it is until each of its holds is released.

    `words` are for colleagues; the editor reads the class of the reason. A hold never ends by itself.
    """

    __tablename__ = "commission_holds"
    __table_args__ = (
        # One of each source: what a rule has found is not let go with what somebody asked.
        Index(
            "uq_commission_holds_open",
            "order_id",
            "editor_id",
            "source",
            unique=True,
            postgresql_where=text("released_at IS NULL"),
        ),
        CheckConstraint("(released_at IS NULL) = (released_by IS NULL)", name="released"),
        Index("ix_commission_holds_order_id", "order_id"),
        Index("ix_commission_holds_editor_id", "editor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str] = mapped_column(String(20))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    source: Mapped[HoldSource] = mapped_column(String(8))
    reason: Mapped[HoldReason] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(String(500))
    held_at: Mapped[datetime]
    held_by: Mapped[str] = mapped_column(String(200))
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None] = mapped_column(String(200))
    released_for: Mapped[str | None] = mapped_column(String(500))
