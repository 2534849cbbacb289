from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Basis(StrEnum):
    """Why an order is told of in the report of an event, the strongest first.

    code: the event's code, or rung up at the till as a sale of it; visit: bought in its store on its day by
    somebody who came; week: bought by somebody who came, anywhere, up to seven days after.
    """

    CODE = "code"
    VISIT = "visit"
    WEEK = "week"


class EventOrder(Base):
    """The one event that an order is told of with, and why. Nobody earns by it: commissions have their own
    rule. `net_minor`: what was bought and kept, without tax and delivery, in minor units of `currency`."""

    __tablename__ = "event_orders"
    __table_args__ = (
        CheckConstraint("basis IN ('code', 'visit', 'week')", name="basis"),
        CheckConstraint("net_minor >= 0", name="net"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    basis: Mapped[Basis] = mapped_column(String(5))
    net_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    counted_at: Mapped[datetime]


class EventReport(Base):
    """The figures of an event as they stood when its last return window had closed; never written again."""

    __tablename__ = "event_reports"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    frozen_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
