from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import Base
from foundation.money import Money
from foundation.states import Transitions


class RunStatus(StrEnum):
    """prepared: a preview that nobody has approved; approved: going out; again: what was approved is not what
    would go out now, and what did not go out waits for another approval; done: nothing left to send.
    """

    PREPARED = "prepared"
    APPROVED = "approved"
    AGAIN = "again"
    DONE = "done"
    CANCELLED = "cancelled"


RUN_MOVES = Transitions(
    {
        RunStatus.PREPARED: {RunStatus.APPROVED, RunStatus.CANCELLED},
        RunStatus.APPROVED: {RunStatus.AGAIN, RunStatus.DONE},
        RunStatus.AGAIN: {RunStatus.APPROVED, RunStatus.CANCELLED, RunStatus.DONE},
        RunStatus.DONE: set(),
        RunStatus.CANCELLED: set(),
    }
)
# What a person has to decide on.
UNDECIDED = (RunStatus.PREPARED, RunStatus.AGAIN)


class PayoutStatus(StrEnum):
    """prepared, approved, sending (the call to Stripe is out), sent (it lies on the editor's account there).

    Side exits: blocked (the editor's account cannot receive), paused (our balance is short), failed (Stripe
    said no), cancelled.
    """

    PREPARED = "prepared"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    PAUSED = "paused"
    FAILED = "failed"
    CANCELLED = "cancelled"


S = PayoutStatus
# Every open state leads to sent: a transfer that Stripe has made is booked, whatever we believed of it.
PAYOUT_MOVES = Transitions(
    {
        S.PREPARED: {S.APPROVED, S.SENT, S.BLOCKED, S.CANCELLED},
        S.APPROVED: {S.PREPARED, S.SENDING, S.SENT, S.BLOCKED, S.PAUSED, S.CANCELLED},
        S.SENDING: {S.PREPARED, S.SENT, S.BLOCKED, S.PAUSED, S.FAILED},
        S.SENT: set(),
        S.BLOCKED: {S.SENDING, S.SENT, S.PAUSED, S.CANCELLED},
        S.PAUSED: {S.SENDING, S.SENT, S.BLOCKED, S.CANCELLED},
        S.FAILED: {S.SENDING, S.SENT, S.BLOCKED, S.PAUSED, S.CANCELLED},
        S.CANCELLED: set(),
    }
)
OPEN = (S.PREPARED, S.APPROVED, S.SENDING, S.BLOCKED, S.PAUSED, S.FAILED)
# Open, and no call is out: what changes is counted again here.
WAITING = tuple(status for status in OPEN if status != S.SENDING)
PAID = (S.SENT,)
_OPEN_WORDS = ", ".join(f"'{status}'" for status in OPEN)


class BlockReason(StrEnum):
    """Why a payout does not go out. `missing_minor` on the row is the amount where one is named, and
    `left_out_for` what finance wrote when they left somebody out.
    """

    NO_ACCOUNT = "no_account"
    ONBOARDING = "onboarding"
    RESTRICTED = "restricted"
    DESTINATION = "destination"
    BALANCE_SHORT = "balance_short"
    BELOW_MINIMUM = "below_minimum"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


def group_of(run_id: int) -> str:
    """What Stripe calls the run: the transfer group of all its transfers."""
    return f"payout-run-{run_id}"


class PayoutRun(Base):
    """One run over everybody who is owed enough. What became payable after `until` waits for the next one.

    With `editor_id` it is a run of that editor alone, before the next one of everybody.
    `prepared_by_id` is nobody's where the schedule prepared it. `approved_by_id` is whose approval set it
    going, `approved_minor` the sum of it and `alone_minor` up to which sum one person was enough: above it
    that is never who prepared it, and the table refuses. Each approval is a row of its own (`Approval`).
    """

    __tablename__ = "payout_runs"
    __table_args__ = (
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id"
            " OR coalesce(approved_minor <= alone_minor, false)",
            name="four_eyes",
        ),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approval"),
        # One preview of everybody at a time. That nobody's money is in two runs, `uq_payouts_open` sees to.
        Index(
            "uq_payout_runs_prepared",
            "currency",
            unique=True,
            postgresql_where=text("status = 'prepared' AND editor_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[RunStatus] = mapped_column(String(16))
    currency: Mapped[str] = mapped_column(String(3))
    minimum_minor: Mapped[int]
    until: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    prepared_at: Mapped[datetime]
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[datetime | None]
    approved_minor: Mapped[int | None]
    alone_minor: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(500))

    prepared_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[prepared_by_id])
    approved_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])


class Payout(Base):
    """What one editor gets from one run: one transfer. `amount_minor` is the sum of its movements.

    `attempt` is part of the key Stripe knows the transfer by; only a recorded refusal raises it.
    `called_at` is when that key was first used. `reversed_minor` is what Stripe says was taken back of the
    transfer there: nothing of ours does that, so reconciling names it until finance has booked it. The part
    that is booked, and owed to the editor again, is `restored_minor`.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("run_id", "editor_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(
            "status NOT IN ('approved', 'sending') OR coalesce(approved_minor = amount_minor, false)",
            name="approved",
        ),
        CheckConstraint("left_out_for IS NULL OR status = 'cancelled'", name="left_out"),
        CheckConstraint("(transfer_id IS NULL) = (sent_at IS NULL)", name="transfer"),
        CheckConstraint("restored_minor BETWEEN 0 AND reversed_minor", name="restored"),
        # What an editor is owed lies in at most one payout that is not finished.
        Index(
            "uq_payouts_open",
            "editor_id",
            "currency",
            unique=True,
            postgresql_where=text(f"status IN ({_OPEN_WORDS})"),
        ),
        # Whether a run has anything left is asked after each of its transfers.
        Index(
            "ix_payouts_open_of_run",
            "run_id",
            "id",
            postgresql_where=text(f"status IN ({_OPEN_WORDS})"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("payout_runs.id"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    status: Mapped[PayoutStatus] = mapped_column(String(16))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    approved_minor: Mapped[int | None]
    approved_destination: Mapped[str | None] = mapped_column(String(120))
    reason: Mapped[BlockReason | None] = mapped_column(String(24))
    missing_minor: Mapped[int | None]
    left_out_for: Mapped[str | None] = mapped_column(String(500))
    attempt: Mapped[int]
    called_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    transfer_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    sent_at: Mapped[datetime | None]
    reversed_minor: Mapped[int] = mapped_column(server_default="0")
    restored_minor: Mapped[int] = mapped_column(server_default="0")

    run: Mapped[PayoutRun] = relationship(lazy="raise")
    editor: Mapped[Editor] = relationship(lazy="raise")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def kept(self) -> Money:
        """What stayed with the editor: without what came back and is owed to them again."""
        return Money(self.amount_minor - self.restored_minor, self.currency)

    @property
    def came_back(self) -> Money:
        """What was taken back at Stripe and stands in no book yet."""
        return Money(self.reversed_minor - self.restored_minor, self.currency)

    @property
    def key(self) -> str:
        """The idempotency key of the transfer: the same for every try of one attempt."""
        return f"payout:{self.id}:transfer:{self.attempt}"
