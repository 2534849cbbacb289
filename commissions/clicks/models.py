from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from commissions.clicks.policy import Device
from foundation.db import Base


class Click(Base):
    """A visit that came by a link, in the table of its month (`months`).

    Never an address of a machine: `visitor_hash` is made with the random salt of its day (`VisitorSalt`),
    which is thrown away soon after.

    One row per link, visit and hour is the evidence for credit (`first_at`, `last_at`). `counted` is true
    for one row per link, visitor and hour: that is what figures count, however often somebody reloads or
    throws the cookie away. `own` marks the editor trying their own link. `look_id` and `product_id` are what
    the link led to then; where it is put (`Link.place`) never changes. `referrer` is a host and no address,
    `country` two letters; None of all three is unknown.
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
        # With all that results group by, so that a year of clicks is added up from the index alone.
        Index(
            "ix_clicks_editor_id_first_at",
            "editor_id",
            "first_at",
            postgresql_include=["look_id", "link_id", "own", "counted"],
        ),
        {"postgresql_partition_by": "RANGE (hour)"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    visit_id: Mapped[str] = mapped_column(String(36))
    visitor_hash: Mapped[bytes] = mapped_column(LargeBinary(16))
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    own: Mapped[bool]
    counted: Mapped[bool]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    referrer: Mapped[str | None] = mapped_column(String(100))
    device: Mapped[Device | None] = mapped_column(String(8))
    country: Mapped[str | None] = mapped_column(String(2))


class DayClicks(Base):
    """The clicks of one day of the shop, added up once it was over, by editor, link, what the link led to,
    device and country. `clicks` count; `own` are the editor's, `again` those of somebody counted that hour.
    """

    __tablename__ = "day_clicks"
    __table_args__ = (
        UniqueConstraint(
            "editor_id",
            "day",
            "link_id",
            "look_id",
            "product_id",
            "device",
            "country",
            name="uq_day_clicks",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    device: Mapped[Device | None] = mapped_column(String(8))
    country: Mapped[str | None] = mapped_column(String(2))
    clicks: Mapped[int]
    own: Mapped[int]
    again: Mapped[int]


class RolledDay(Base):
    """A day of the shop whose clicks are added up; each begins at the moment the one before ended."""

    __tablename__ = "rolled_days"

    until: Mapped[datetime] = mapped_column(primary_key=True)
    day: Mapped[date]


class CreditChoice(Base):
    """What a shopper said about credit: an editor, or with `editor_id` None nobody. The last word counts."""

    __tablename__ = "credit_choices"
    __table_args__ = (Index("ix_credit_choices_visit_id", "visit_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[str] = mapped_column(String(36))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    at: Mapped[datetime]


class CreditBond(Base):
    """Somebody signed in on a visit that came by a link: its clicks count for their account later on, too.

    Kept as long as a click counts, and forgotten with the account.
    """

    __tablename__ = "credit_bonds"
    __table_args__ = (Index("ix_credit_bonds_visit_id", "visit_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    visit_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]


class CarriedClick(Base):
    """A click of an earlier visit that a browser brought back, because its reader had agreed to that at
    `agreed_at`. Kept as long as it counts, and dropped at once when they take it back.
    """

    __tablename__ = "carried_clicks"

    visit_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    click_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agreed_at: Mapped[datetime]
    at: Mapped[datetime]


class VisitorSalt(Base):
    """The random salt of one day (UTC), the same for every process. Made by the day's first visit by a link,
    deleted two days later: from then on the visitor hashes of that day tell nobody anything.
    """

    __tablename__ = "visitor_salts"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


class DaySights(Base):
    """How often a page of an editor was opened on one day of the shop; sums, and nothing of who opened it.

    `look_id` is the look, both keys None the window. With `link_id` it counts programs that followed that
    link: people who do are clicks. `people` are openings by anybody but the editor, `own` by the editor,
    `programs` by search engines and previews.
    """

    __tablename__ = "day_sights"
    __table_args__ = (
        UniqueConstraint(
            "editor_id", "day", "look_id", "link_id", name="uq_day_sights", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint("num_nonnulls(look_id, link_id) < 2", name="one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    day: Mapped[date]
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id"))
    people: Mapped[int]
    own: Mapped[int]
    programs: Mapped[int]


class BaggedPiece(Base):
    """A piece that was put into the bag after a click, in the same visit; once for each click and piece.

    It knows of the click what results ask for, because the click is thrown away one day.
    """

    __tablename__ = "bagged_pieces"
    __table_args__ = (
        UniqueConstraint("click_id", "product_id"),
        Index("ix_bagged_pieces_editor_id_at", "editor_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    click_id: Mapped[int]
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    at: Mapped[datetime]
