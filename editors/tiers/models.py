from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as


class Tier(Base):
    """A step: so many looks on show, so many kept orders in ninety days. Steps go by what they need."""

    __tablename__ = "tiers"
    __table_args__ = (CheckConstraint("looks_needed >= 0 AND orders_needed >= 0", name="needs"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_it: Mapped[str | None] = mapped_column(String(60))
    perks: Mapped[str] = mapped_column(String(300), default="")
    perks_it: Mapped[str | None] = mapped_column(String(300))
    looks_needed: Mapped[int]
    orders_needed: Mapped[int]
    retired_at: Mapped[datetime | None]

    @property
    def called(self) -> str:
        return pick(self.name, self.name_it)

    @property
    def brings(self) -> str:
        return pick(self.perks, self.perks_it)

    @property
    def seen(self) -> str:
        return seen_as(
            self.name, self.name_it, self.perks, self.perks_it, self.looks_needed, self.orders_needed
        )


class EditorTier(Base):
    """Where an editor stands since when. `falls_at`: something is missing; they keep the step until then."""

    __tablename__ = "editor_tiers"

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"), index=True)
    since: Mapped[datetime]
    falls_at: Mapped[datetime | None]
