from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.payouts.models import Payout
from foundation.accounts.models import Account
from foundation.db import Base


class Approval(Base):
    """One person's yes to a run as they saw it: `digest` is over who gets what. It counts until `voided_at`;
    meanwhile the same person has no second one.
    """

    __tablename__ = "payout_approvals"
    __table_args__ = (
        Index(
            "uq_payout_approvals_standing",
            "run_id",
            "account_id",
            unique=True,
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index("ix_payout_approvals_run_id", "run_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("payout_runs.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    digest: Mapped[str] = mapped_column(String(64))
    amount_minor: Mapped[int]
    at: Mapped[datetime]
    voided_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise")


class ScheduledRun(Base):
    """That the schedule has had its turn in a period (`2026-11`, `2026-W47`): once, whatever happened then.
    Without a run nobody was owed enough.
    """

    __tablename__ = "scheduled_runs"
    __table_args__ = (UniqueConstraint("period", "currency"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("payout_runs.id"))


class ChangeKind(StrEnum):
    """What made a payout another one than was counted: something came back, a sale is held (disputed, or
    looked at), it was credited to somebody else, the money would go to another bank account, or somebody was
    left out.
    """

    RETURNED = "returned"
    HELD = "held"
    CORRECTED = "corrected"
    DESTINATION = "destination"
    LEFT_OUT = "left_out"


class Change(Base):
    """One payout as it stood and as it was counted again; zero: it is in the run no more. With
    `voids`, it is why an approval counts no longer.
    """

    __tablename__ = "payout_changes"
    __table_args__ = (
        CheckConstraint("before_minor > 0 AND after_minor >= 0", name="amounts"),
        Index("ix_payout_changes_run_id", "run_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("payout_runs.id"))
    payout_id: Mapped[int] = mapped_column(ForeignKey("payouts.id"))
    kind: Mapped[ChangeKind] = mapped_column(String(16))
    before_minor: Mapped[int]
    after_minor: Mapped[int]
    voids: Mapped[bool]
    at: Mapped[datetime]

    payout: Mapped[Payout] = relationship(lazy="raise")
