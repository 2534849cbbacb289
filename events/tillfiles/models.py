from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events.calendar.models import Event
from foundation.db import Base
from foundation.states import Transitions
from storefront.orders.models import Order
from storefront.places.models import Place


class SlipStatus(StrEnum):
    """bad: cannot be read, with what is wrong; nobody: no guest is known to have bought it; ready: a guest's,
    and can be taken in; sold: an order of ours by this file; known: it was one already."""

    BAD = "bad"
    NOBODY = "nobody"
    READY = "ready"
    SOLD = "sold"
    KNOWN = "known"


# Nobody's becomes somebody's when staff say at which event it was, and when a guest turns up late on a list.
SLIP_MOVES = Transitions(
    {
        SlipStatus.READY: {SlipStatus.SOLD, SlipStatus.KNOWN, SlipStatus.NOBODY},
        SlipStatus.NOBODY: {SlipStatus.READY, SlipStatus.SOLD, SlipStatus.KNOWN},
        SlipStatus.BAD: set(),
        SlipStatus.SOLD: set(),
        SlipStatus.KNOWN: set(),
    }
)


class TillFile(Base):
    """A file of slips that staff brought."""

    __tablename__ = "till_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)

    slips: Mapped[list[TillSlip]] = relationship(lazy="raise", order_by="TillSlip.line")


class TillSlip(Base):
    """A slip of a file: its lines under one number, store and day. `line` is its first in the file.

    `store`, `ticket` and `email` as they stood there; `place_id` and `sold_at` (UTC) once they could be read.
    `event_id`: the evening it belongs to; none for what a guest bought in the week after, which counts in the
    report alone. `fault`: what is wrong, or why it is nobody's, by name, with `about` in its sentence.
    """

    __tablename__ = "till_slips"
    __table_args__ = (
        UniqueConstraint("file_id", "line"),
        CheckConstraint("status IN ('bad', 'nobody', 'ready', 'sold', 'known')", name="status"),
        CheckConstraint("(status IN ('bad', 'nobody')) = (fault IS NOT NULL)", name="says_what_is_wrong"),
        CheckConstraint("(status = 'sold') = (order_id IS NOT NULL)", name="sold_is_an_order"),
        CheckConstraint("status = 'bad' OR num_nulls(place_id, sold_at) = 0", name="can_be_read"),
        Index("ix_till_slips_email", "email", postgresql_where="email <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("till_files.id", ondelete="CASCADE"))
    line: Mapped[int]
    number: Mapped[str] = mapped_column(String(30))
    store: Mapped[str] = mapped_column(String(80))
    time: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254))
    ticket: Mapped[str] = mapped_column(String(300))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    sold_at: Mapped[datetime | None]
    status: Mapped[SlipStatus] = mapped_column(String(6))
    fault: Mapped[str | None] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(80), server_default="", default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), unique=True)

    lines: Mapped[list[SlipLine]] = relationship(lazy="raise", order_by="SlipLine.number")
    place: Mapped[Place | None] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")
    order: Mapped[Order | None] = relationship(lazy="raise")


class SlipLine(Base):
    """A line of a slip as it stood in the file. `fault`: why it is left out of the sale.

    `paid_minor`: what was paid for all its pieces, in minor units of the shop's currency, tax included.
    """

    __tablename__ = "till_slip_lines"
    __table_args__ = (
        UniqueConstraint("slip_id", "number"),
        CheckConstraint(
            "(fault IS NULL) = (num_nulls(variant_id, pieces, paid_minor) = 0)", name="counts_or_says_why"
        ),
        CheckConstraint("pieces BETWEEN 1 AND 99", name="pieces"),
        CheckConstraint("paid_minor >= 0", name="paid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("till_slips.id", ondelete="CASCADE"))
    number: Mapped[int]
    sku: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[str] = mapped_column(String(40))
    amount: Mapped[str] = mapped_column(String(40))
    currency: Mapped[str] = mapped_column(String(40))
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    pieces: Mapped[int | None]
    paid_minor: Mapped[int | None]
    fault: Mapped[str | None] = mapped_column(String(12))
