from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class EveningFeed(Base):
    """The address of somebody's calendar of evenings. Whoever has `secret` reads it, so its owner may have
    another, and the one before ends."""

    __tablename__ = "evening_feeds"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(22), unique=True)
    made_at: Mapped[datetime]
