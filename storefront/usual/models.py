from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class UsualSize(Base):
    """What an account took last, or said it takes, of what is worn in one place (`policy.Worn`)."""

    __tablename__ = "usual_sizes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    slot: Mapped[str] = mapped_column(String(20), primary_key=True)
    size: Mapped[str] = mapped_column(String(20))
    chosen_at: Mapped[datetime]
