from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.seen import seen_as

ONLY = 1  # the number of the one row of rules


class DeclineReason(Base):
    """Why staff say no: a name for them, a sentence for the person. Retired, it is offered no more."""

    __tablename__ = "decline_reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[str] = mapped_column(String(500))
    sentence_it: Mapped[str | None] = mapped_column(String(500))
    retired_at: Mapped[datetime | None]

    def sentence_in(self, language: str) -> str:
        """What the person reads, in their language; English where no Italian was written."""
        return self.sentence_it if language == "it" and self.sentence_it else self.sentence

    @property
    def seen(self) -> str:
        return seen_as(self.name, self.sentence, self.sentence_it)


class ApplicationRules(Base):
    """One row. `ask_again_days` after a no somebody may apply again.

    An application that fulfils every rule that is set is approved by itself; with none set, none is:
    `approve_orders` paid orders at least, and with `approve_consents` every consent given that is asked for.
    """

    __tablename__ = "application_rules"
    __table_args__ = (
        CheckConstraint(f"id = {ONLY}", name="only_one"),
        CheckConstraint("ask_again_days BETWEEN 0 AND 730", name="ask_again_days"),
        CheckConstraint("approve_orders BETWEEN 1 AND 1000", name="approve_orders"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_again_days: Mapped[int] = mapped_column(default=90)
    approve_orders: Mapped[int | None]
    approve_consents: Mapped[bool] = mapped_column(default=False)

    @property
    def seen(self) -> str:
        return seen_as(self.ask_again_days, self.approve_orders, self.approve_consents)
