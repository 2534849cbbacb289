from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as

MOST_PICKS = 8


class Brief(Base):
    """A brief of the lead, signed by who led when it was written; pinned from first day to last."""

    __tablename__ = "briefs"

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    title_it: Mapped[str | None] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(2000))
    words_it: Mapped[str | None] = mapped_column(String(2000))
    first_day: Mapped[date]
    last_day: Mapped[date]
    written_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    editor: Mapped[Editor] = relationship(lazy="raise")
    picks: Mapped[list[BriefPick]] = relationship(lazy="raise", order_by="BriefPick.id", viewonly=True)

    @property
    def called(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def says(self) -> str:
        return pick(self.words, self.words_it)

    @property
    def seen(self) -> str:
        return seen_as(self.title, self.title_it, self.words, self.words_it, self.first_day, self.last_day)


class BriefPick(Base):
    """A piece or a look that belongs to a brief."""

    __tablename__ = "brief_picks"
    __table_args__ = (
        CheckConstraint("(product_id IS NULL) <> (look_id IS NULL)", name="one_thing"),
        UniqueConstraint("brief_id", "product_id"),
        UniqueConstraint("brief_id", "look_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"), index=True)
