from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.states import Transitions
from storefront.orders.models import Order
from storefront.places.models import WEB_WAREHOUSE, Place


class FulfilmentStatus(StrEnum):
    """Where the pieces of a paid order are, beside where its money stands."""

    WAITING = "waiting"
    PICKING = "picking"
    PACKED = "packed"
    SENT = "sent"
    READY = "ready"
    DONE = "done"
    CANCELLED = "cancelled"


# Done is said by OrderDelivered alone, from anywhere: a store hands over what it never wrote down as packed.
# What lies ready is packed only, while it is carried to another store to be collected there.
# A packed one is opened again, with a reason, when something is wrong with it: then it is being picked.
# Cancelled by the shopper while nobody has begun; by the house as long as the pieces have not left it.
FULFILMENT_MOVES = Transitions(
    {
        FulfilmentStatus.WAITING: (
            FulfilmentStatus.PICKING,
            FulfilmentStatus.DONE,
            FulfilmentStatus.CANCELLED,
        ),
        FulfilmentStatus.PICKING: (
            FulfilmentStatus.WAITING,
            FulfilmentStatus.PACKED,
            FulfilmentStatus.DONE,
            FulfilmentStatus.CANCELLED,
        ),
        FulfilmentStatus.PACKED: (
            FulfilmentStatus.PICKING,
            FulfilmentStatus.SENT,
            FulfilmentStatus.READY,
            FulfilmentStatus.DONE,
            FulfilmentStatus.CANCELLED,
        ),
        FulfilmentStatus.SENT: (FulfilmentStatus.DONE,),
        FulfilmentStatus.READY: (
            FulfilmentStatus.PICKING,
            FulfilmentStatus.PACKED,
            FulfilmentStatus.DONE,
            FulfilmentStatus.CANCELLED,
        ),
        FulfilmentStatus.DONE: (),
        FulfilmentStatus.CANCELLED: (),
    }
)
# Nobody has touched the pieces yet: the shopper can still call the order off by themselves.
STILL_YOURS = (FulfilmentStatus.WAITING,)
# It is put together already, and has not left: it can be opened again.
PUT_TOGETHER = (FulfilmentStatus.PACKED, FulfilmentStatus.READY)


# They have not left us.
IN_THE_HOUSE = (FulfilmentStatus.WAITING, FulfilmentStatus.PICKING, *PUT_TOGETHER)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Fulfilment(Base):
    """The way of a paid order's pieces to its shopper. One for each order, made when it is paid.

    `place_id` is where they are picked. `carrier` is a key of `carriers.py`, empty without a parcel.
    """

    __tablename__ = "fulfilments"
    __table_args__ = (
        _one_of("status", FulfilmentStatus),
        Index(
            "ix_fulfilments_open",
            "place_id",
            "status",
            "order_id",
            postgresql_where="status NOT IN ('done', 'cancelled')",
        ),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    status: Mapped[FulfilmentStatus] = mapped_column(String(10))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), server_default=str(WEB_WAREHOUSE))
    carrier: Mapped[str] = mapped_column(String(20), server_default="")
    tracking: Mapped[str] = mapped_column(String(60), server_default="")

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    steps: Mapped[list[FulfilmentStep]] = relationship(
        lazy="raise", viewonly=True, order_by="FulfilmentStep.id"
    )


class FulfilmentStep(Base):
    """When the pieces came to a status. Never changed."""

    __tablename__ = "fulfilment_steps"
    __table_args__ = (Index("ix_fulfilment_steps_order_id", "order_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("fulfilments.order_id"))
    status: Mapped[FulfilmentStatus] = mapped_column(String(10))
    at: Mapped[datetime]


class ShutNotice(Base):
    """Who would collect an order at a place was told that it is shut on a day, or from that day on for good.

    Staff see to it until it is settled. One for an order, a place and a day.
    """

    __tablename__ = "shut_notices"
    __table_args__ = (Index("ix_shut_notices_open", "told_at", postgresql_where="settled_at IS NULL"),)

    order_id: Mapped[int] = mapped_column(
        ForeignKey("fulfilments.order_id"), primary_key=True, autoincrement=False
    )
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    for_good: Mapped[bool] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin=lambda: ShutNotice.order_id == Order.id,
        foreign_keys=lambda: [ShutNotice.order_id],
    )
    place: Mapped[Place] = relationship(lazy="raise", viewonly=True)
