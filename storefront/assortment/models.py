from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.states import Transitions


class BulkStatus(StrEnum):
    """applied: it holds. taken_back: every product nobody changed since has its own terms again."""

    APPLIED = "applied"
    TAKEN_BACK = "taken_back"


BULK_MOVES = Transitions({BulkStatus.APPLIED: [BulkStatus.TAKEN_BACK], BulkStatus.TAKEN_BACK: []})


class BulkEdit(Base):
    """One act of staff on many products, with what was asked and whom it left alone.

    `change` is a `policy.BulkChange` as values; `refused` lists (product id, name then, why).
    """

    __tablename__ = "bulk_edits"
    __table_args__ = (
        CheckConstraint("status IN ('applied', 'taken_back')", name="status"),
        CheckConstraint(
            "(status = 'taken_back') = (taken_back_at IS NOT NULL)", name="taken_back_has_a_moment"
        ),
        Index("ix_bulk_edits_applied_at", "applied_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[BulkStatus] = mapped_column(String(10))
    refused: Mapped[list[list[Any]]] = mapped_column(JSONB)
    applied_by: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime]
    taken_back_by: Mapped[str | None] = mapped_column(Text)
    taken_back_at: Mapped[datetime | None]


class BulkEditRow(Base):
    """What a bulk edit did to one product: what it was before and after, and the version it made.

    A product with another version has been changed since; `kept` notes that it was left alone for that when
    the edit was taken back.
    """

    __tablename__ = "bulk_edit_rows"

    edit_id: Mapped[int] = mapped_column(ForeignKey("bulk_edits.id"), primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int]
    kept: Mapped[bool]
