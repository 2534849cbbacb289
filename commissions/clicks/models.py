from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Click(Base):
    """A visit that came by a link. Never an address of a machine: `visitor_hash` is made with the random
    salt of its day (`VisitorSalt`), which is thrown away soon after.

    One row per link, visit and hour is the evidence for credit (`first_at`, `last_at`). `counted` is true
    for one row per link, visitor and hour: that is what figures count, however often somebody reloads or
    throws the cookie away. `own` marks the editor trying their own link.
    """

    __tablename__ = "clicks"
    __table_args__ = (
        UniqueConstraint("link_id", "visit_id", "hour"),
        Index(
            "uq_clicks_counted",
            "link_id",
            "visitor_hash",
            "hour",
            unique=True,
            postgresql_where=text("counted"),
        ),
        Index("ix_clicks_visit_id", "visit_id"),
        Index("ix_clicks_editor_id_first_at", "editor_id", "first_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    visit_id: Mapped[str] = mapped_column(String(36))
    visitor_hash: Mapped[bytes] = mapped_column(LargeBinary(16))
    hour: Mapped[datetime]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    own: Mapped[bool]
    counted: Mapped[bool]


class CreditChoice(Base):
    """What a shopper said about credit: an editor, or with `editor_id` None nobody. The last word counts."""

    __tablename__ = "credit_choices"
    __table_args__ = (Index("ix_credit_choices_visit_id", "visit_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(String(36))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    at: Mapped[datetime]


class VisitorSalt(Base):
    """The random salt of one day (UTC), the same for every process. Made by the day's first visit by a link,
    deleted two days later: from then on the visitor hashes of that day tell nobody anything.
    """

    __tablename__ = "visitor_salts"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
