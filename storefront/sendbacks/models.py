from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.states import Transitions
from storefront.exchanges.models import Exchange
from storefront.orders.models import Order, OrderLine

SENDBACK_NUMBERS = Sequence("sendback_numbers", start=1001, metadata=Base.metadata)


class SendbackStatus(StrEnum):
    """asked: on its way to us. received: here, to be looked at. settled: given back. refused: nothing was."""

    ASKED = "asked"
    RECEIVED = "received"
    SETTLED = "settled"
    REFUSED = "refused"
    CANCELLED = "cancelled"


SENDBACK_MOVES = Transitions(
    {
        SendbackStatus.ASKED: (SendbackStatus.RECEIVED, SendbackStatus.CANCELLED),
        SendbackStatus.RECEIVED: (SendbackStatus.SETTLED, SendbackStatus.REFUSED),
        SendbackStatus.SETTLED: (),
        SendbackStatus.REFUSED: (),
        SendbackStatus.CANCELLED: (),
    }
)
# Its pieces are spoken for: they cannot be asked for a second time.
OPEN_SENDBACKS = (SendbackStatus.ASKED, SendbackStatus.RECEIVED)


class Way(StrEnum):
    """How the pieces come back."""

    STORE = "store"
    SHIP = "ship"


class Why(StrEnum):
    """What was wrong with a piece; the first two are what the size helper listens to."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    OTHER_THAN_SHOWN = "other_than_shown"
    FAULTY = "faulty"
    WRONG_PIECE = "wrong_piece"
    CHANGED_MIND = "changed_mind"


FIT_REASONS = (Why.TOO_SMALL, Why.TOO_LARGE)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Sendback(Base):
    """Pieces of one order that come back together. `reply` is what the shopper is told when it is refused."""

    __tablename__ = "sendbacks"
    __table_args__ = (
        _one_of("status", SendbackStatus),
        _one_of("way", Way),
        Index("ix_sendbacks_order_id", "order_id"),
        Index("ix_sendbacks_open", "asked_at", postgresql_where="status IN ('asked', 'received')"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    status: Mapped[SendbackStatus] = mapped_column(String(10))
    way: Mapped[Way] = mapped_column(String(5))
    words: Mapped[str] = mapped_column(String(500), server_default="")
    reply: Mapped[str] = mapped_column(String(300), server_default="")
    asked_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"), unique=True)

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    lines: Mapped[list[SendbackLine]] = relationship(
        lazy="raise", viewonly=True, order_by="SendbackLine.order_line_id"
    )


class SendbackLine(Base):
    """How many of one line come back, and why. `accepted` and `restock` are written when it was looked at.

    `instead_id` is the exchange that is wanted for them; `of_exchange` the one by which they came, 0 for
    those that were sold. Of one line either the ones or the others come back in one return.
    """

    __tablename__ = "sendback_lines"
    __table_args__ = (
        _one_of("why", Why),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("accepted BETWEEN 0 AND quantity", name="accepted_within_quantity"),
        Index("ix_sendback_lines_fit", "product_id", postgresql_where="why IN ('too_small', 'too_large')"),
    )

    sendback_id: Mapped[int] = mapped_column(ForeignKey("sendbacks.id"), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    why: Mapped[Why] = mapped_column(String(20))
    accepted: Mapped[int | None]
    restock: Mapped[bool | None]
    of_exchange: Mapped[int] = mapped_column(server_default="0", default=0)
    instead_id: Mapped[int | None] = mapped_column(ForeignKey("exchanges.id"), unique=True)

    instead: Mapped[Exchange | None] = relationship(
        lazy="raise", viewonly=True, foreign_keys="SendbackLine.instead_id"
    )
    came_by: Mapped[Exchange | None] = relationship(
        lazy="raise", viewonly=True, primaryjoin="foreign(SendbackLine.of_exchange) == Exchange.id"
    )
    line: Mapped[OrderLine] = relationship(lazy="raise", viewonly=True)
