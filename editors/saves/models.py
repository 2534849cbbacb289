from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class SavedLook(Base):
    """A look somebody keeps in mind. It belongs to an account or to a visit, never to both."""

    __tablename__ = "saved_looks"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="one_owner"),
        Index(
            "uq_saved_looks_owner_look",
            *("account_id", "visit_id", "look_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_saved_looks_visit_id", "visit_id"),
        Index("ix_saved_looks_look_id", "look_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    visit_id: Mapped[str | None] = mapped_column(String(36))
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))
    saved_at: Mapped[datetime]
