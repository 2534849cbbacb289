from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events.calendar.models import Event
from foundation.db import Base
from storefront.promotions.models import Voucher

MOST_PERCENT = 50


class EventPerk(Base):
    """The code of an event, a voucher of the shop; `percent_bps` is what it takes off.

    Whether it can be used is the voucher's state and days alone. One that was replaced stays: what was bought
    with it is the event's still.
    """

    __tablename__ = "event_perks"
    __table_args__ = (
        CheckConstraint(f"percent_bps BETWEEN 100 AND {MOST_PERCENT * 100}", name="percent"),
        Index(
            "uq_event_perks_event_id", "event_id", unique=True, postgresql_where=text("replaced_at IS NULL")
        ),
        Index("ix_event_perks_event_id", "event_id"),
    )

    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    percent_bps: Mapped[int]
    given_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise")
    voucher: Mapped[Voucher] = relationship(lazy="raise")

    @property
    def code(self) -> str:
        return self.voucher.code
