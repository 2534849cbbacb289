from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class MonthStatement(Base):
    """What an editor reads of a closed month, for good: PostgreSQL refuses to change or drop a row.

    `lines` are the movements with the names that looks and pieces had when it was written, in both languages
    (`queries.Line`). A month without movements has no row: it opens and closes with what the one before left.
    """

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("editor_id", "currency", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    currency: Mapped[str] = mapped_column(String(3))
    month: Mapped[date] = mapped_column(ForeignKey("ledger_months.month"))
    opening_minor: Mapped[int]
    closing_minor: Mapped[int]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    written_at: Mapped[datetime]
