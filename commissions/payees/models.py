from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base


class Payee(Base):
    """An editor's account at Stripe. `status` is what a fresh look said at `fetched_at`, never an event's
    word.

    `account` is None between asking Stripe for one and its answer; `attempt` is part of that request's key,
    first used at `asked_at`; a recorded refusal raises it, and so does a key that Stripe has forgotten.
    `country` and `currency` are what the account was asked for with; None of one that is older than these
    columns, which was asked for with the shop's.
    `destination` is Stripe's name for the bank account their money goes on to; since another one was seen
    there, nothing is sent until `paused_until`, so that who got into an editor's account is noticed in time.
    `fingerprint` is equal for two editors whose money goes on to one bank account, whatever Stripe names it.
    `bank_failure` is Stripe's word for why their bank refused the last payout from that account,
    `bank_told_at` when that one was to arrive.
    """

    __tablename__ = "payees"

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), unique=True)
    account: Mapped[str | None] = mapped_column(String(120), unique=True)
    status: Mapped[str] = mapped_column(String(16))
    requirements: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    attempt: Mapped[int]
    asked_at: Mapped[datetime]
    created_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    country: Mapped[str | None] = mapped_column(String(2))
    currency: Mapped[str | None] = mapped_column(String(3))
    destination: Mapped[str | None] = mapped_column(String(120))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    paused_until: Mapped[datetime | None]
    bank_failure: Mapped[str | None] = mapped_column(String(64))
    bank_told_at: Mapped[datetime | None]

    @property
    def paused(self) -> bool:
        """Whether the pause after another bank account still lasts."""
        return self.paused_until is not None and self.paused_until > clock.now()
