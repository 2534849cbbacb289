from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class RateScope(StrEnum):
    PROGRAMME = "programme"


class RateCard(Base):
    """A rate in basis points of the price without tax, from a moment on. Old cards stay: they explain old
    sales.
    """

    __tablename__ = "rate_cards"
    __table_args__ = (
        UniqueConstraint("scope", "valid_from"),
        CheckConstraint("rate_bps BETWEEN 0 AND 10000", name="rate"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[RateScope] = mapped_column(String(16))
    rate_bps: Mapped[int]
    valid_from: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
