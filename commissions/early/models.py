from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.db import Base
from foundation.money import Money
from foundation.states import Transitions


class EarlyStatus(StrEnum):
    """accepted: a run of this one editor was prepared, and is approved and sent as any other."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


EARLY_MOVES = Transitions(
    {
        EarlyStatus.ASKED: {EarlyStatus.ACCEPTED, EarlyStatus.DECLINED},
        EarlyStatus.ACCEPTED: set(),
        EarlyStatus.DECLINED: set(),
    }
)


class EarlyPayout(Base):
    """An editor asks to be paid before the next run; one open wish an editor. `asked_minor` is what was
    payable then, `reply` what the editor reads when it is declined.
    """

    __tablename__ = "early_payouts"
    __table_args__ = (
        CheckConstraint("asked_minor > 0", name="amount"),
        CheckConstraint("(status = 'asked') = (answered_at IS NULL)", name="answer"),
        CheckConstraint("(status = 'accepted') = (run_id IS NOT NULL)", name="run"),
        Index("uq_early_payouts_asked", "editor_id", unique=True, postgresql_where=text("status = 'asked'")),
        Index("ix_early_payouts_editor_id", "editor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    currency: Mapped[str] = mapped_column(String(3))
    asked_minor: Mapped[int]
    status: Mapped[EarlyStatus] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(200))
    reply: Mapped[str | None] = mapped_column(String(500))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("payout_runs.id"))

    editor: Mapped[Editor] = relationship(lazy="raise")

    @property
    def asked(self) -> Money:
        return Money(self.asked_minor, self.currency)
