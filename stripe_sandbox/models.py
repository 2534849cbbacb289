"""The stand-in's own tables. Nobody else reads or writes them, as nobody reads Stripe's."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base

PLATFORM = ""


class SandboxObject(Base):
    """One remote object: `body` is what the API shows, `hidden` what only the stand-in knows."""

    __tablename__ = "sandbox_objects"
    __table_args__ = (
        Index("ix_sandbox_objects_kind_seq", "kind", "account", "seq"),
        Index("ix_sandbox_objects_parent", "parent"),
        Index("ix_sandbox_objects_grouping", "grouping"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(64), default=PLATFORM)
    parent: Mapped[str | None] = mapped_column(String(64))
    grouping: Mapped[str | None] = mapped_column(String(255))
    created: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    hidden: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    def change(self, **fields: Any) -> None:
        """Replace fields of the body; JSON columns only notice a new value."""
        self.body = {**self.body, **fields}

    def note(self, **fields: Any) -> None:
        """Replace fields that only the stand-in knows."""
        self.hidden = {**self.hidden, **fields}


class SandboxMovement(Base):
    """One balance transaction of the platform or of a connected account. Sums of these are the balances."""

    __tablename__ = "sandbox_movements"
    __table_args__ = (Index("ix_sandbox_movements_account", "account", "currency", "available_on"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    account: Mapped[str] = mapped_column(String(64), default=PLATFORM)
    kind: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(64), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int] = mapped_column(BigInteger)
    fee: Mapped[int] = mapped_column(BigInteger, default=0)
    net: Mapped[int] = mapped_column(BigInteger)
    created: Mapped[int] = mapped_column(BigInteger)
    available_on: Mapped[int] = mapped_column(BigInteger)


class SandboxReply(Base):
    """The kept answer to one idempotency key."""

    __tablename__ = "sandbox_replies"

    key: Mapped[str] = mapped_column(String(400), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    created: Mapped[int] = mapped_column(BigInteger)


class DeliveryState(StrEnum):
    """Where one event is on its way to one destination."""

    DUE = "due"
    HELD = "held"
    SENDING = "sending"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    GIVEN_UP = "given_up"


class SandboxDelivery(Base):
    """One event on its way to one destination."""

    __tablename__ = "sandbox_deliveries"
    __table_args__ = (Index("ix_sandbox_deliveries_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event: Mapped[str] = mapped_column(String(64), index=True)
    destination: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default=DeliveryState.DUE)
    due_at: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_status: Mapped[int | None] = mapped_column(Integer)


class DeliveryMode(StrEnum):
    """What the operator lets happen to the events that are made from now on."""

    NORMAL = "normal"
    TWICE = "twice"
    LATE = "late"
    HELD = "held"
    DROPPED = "dropped"


class SandboxControl(Base):
    """One row: how far the clock was moved, and what happens to new events."""

    __tablename__ = "sandbox_control"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    offset_seconds: Mapped[int] = mapped_column(BigInteger, default=0)
    delivery_mode: Mapped[str] = mapped_column(String(12), default=DeliveryMode.NORMAL)
