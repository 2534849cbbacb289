from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.rates.policy import Cap, Card, CardKind, Per, Scope
from foundation.db import Base
from foundation.money import Money


class RateCard(Base):
    """A rate in basis points of the price without tax, from a moment on; PostgreSQL refuses to change one.

    `rate_bps` None ends the rate of its subject: a broader one counts from then on. `label` names the
    subject, or the campaign, as it was called when the card was written.
    """

    __tablename__ = "rate_cards"
    __table_args__ = (
        CheckConstraint("rate_bps BETWEEN 0 AND 10000", name="rate"),
        CheckConstraint("rate_bps IS NOT NULL OR (kind = 'rate' AND scope <> 'programme')", name="end"),
        CheckConstraint("(kind = 'campaign') = (valid_until IS NOT NULL)", name="campaign"),
        CheckConstraint("valid_until > valid_from", name="span"),
        Index("ix_rate_cards_scope_subject", "scope", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CardKind] = mapped_column(String(16))
    scope: Mapped[Scope] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(400))
    label_it: Mapped[str | None] = mapped_column(String(400))
    rate_bps: Mapped[int | None]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    is_cut: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))

    # Few cards have one, and each decision asks for all of them: read with the cards.
    ending: Mapped[CampaignEnd | None] = relationship(lazy="joined")

    @property
    def until(self) -> datetime | None:
        """The end of a campaign, the earlier one where it was ended early; not counted."""
        if self.ending is None or self.valid_until is None:
            return self.valid_until
        return min(self.valid_until, self.ending.ends_at)

    @property
    def card(self) -> Card:
        """As the decision sees it."""
        return Card(
            self.id,
            CardKind(self.kind),
            Scope(self.scope),
            self.subject,
            self.rate_bps,
            self.valid_from,
            self.until,
            self.label,
            self.label_it,
        )


class CampaignEnd(Base):
    """A campaign that stops before its last day; once for each, and after the notice that every cut has."""

    __tablename__ = "campaign_ends"

    card_id: Mapped[int] = mapped_column(ForeignKey("rate_cards.id"), primary_key=True, autoincrement=False)
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))


class RateCap(Base):
    """What may be earned at most for a line, an order, a day or a month; None lifts it. Never changed
    either.
    """

    __tablename__ = "rate_caps"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    per: Mapped[Per] = mapped_column(String(8))
    amount_minor: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    valid_from: Mapped[datetime]
    is_cut: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))

    @property
    def cap(self) -> Cap:
        return Cap(self.id, Per(self.per), self.amount_minor, self.valid_from)

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)
