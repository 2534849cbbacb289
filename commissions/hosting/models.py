from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.hosting.policy import Terms, Way
from editors.membership.models import Editor
from foundation.db import Base
from foundation.i18n import pick
from foundation.money import Money
from storefront.places.models import Place


class HostRule(Base):
    """What the house gives a host: for events the stores say yes to from `begins_at` on, not from `ends_at`
    on (None: goes on). `place_id`: in that store, before a rule for every store.

    `each_minor` for each guest who came, or `rate_bps` of net sales; `most_minor` at most for one event. It
    is written once and only ever ended.
    """

    __tablename__ = "host_rules"
    __table_args__ = (
        CheckConstraint("way IN ('guest', 'share')", name="way"),
        CheckConstraint("(way = 'guest') = (each_minor IS NOT NULL)", name="each"),
        CheckConstraint("(way = 'share') = (rate_bps IS NOT NULL)", name="share"),
        CheckConstraint("each_minor > 0 AND most_minor > 0", name="amounts"),
        CheckConstraint("rate_bps BETWEEN 1 AND 10000", name="rate"),
        CheckConstraint("begins_at <= ends_at", name="span"),
        # One rule at a time for a store: nobody has to guess which of two was promised.
        ExcludeConstraint(
            (text("coalesce(place_id, 0)"), "="),
            (text("tstzrange(begins_at, ends_at)"), "&&"),
            using="gist",
            name="ex_host_rules_place",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[Way] = mapped_column(String(5))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    each_minor: Mapped[int | None]
    rate_bps: Mapped[int | None]
    most_minor: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    end_reason: Mapped[str | None] = mapped_column(String(300))

    place: Mapped[Place | None] = relationship(lazy="raise")

    @property
    def each(self) -> Money | None:
        return Money(self.each_minor, self.currency) if self.each_minor is not None else None

    @property
    def most(self) -> Money | None:
        return Money(self.most_minor, self.currency) if self.most_minor is not None else None

    def gives(self, guests: int, net_minor: int) -> Money:
        """What it makes of an event with so many guests, and net sales in minor units of its currency."""
        terms = Terms(each_minor=self.each_minor, rate_bps=self.rate_bps, most_minor=self.most_minor)
        return Money(terms.reward_minor(guests=guests, net_minor=net_minor), self.currency)


class HostReward(Base):
    """What a rule gave for an event, once, by the constraint, and from what; never changed.

    `event` is the key its own package gave it. `refused`: why staff said that there is nothing; then
    `amount_minor` is 0.
    """

    __tablename__ = "host_rewards"
    __table_args__ = (
        # Two workers that give for the same event meet here.
        UniqueConstraint("event"),
        CheckConstraint("guests >= 0 AND net_minor >= 0 AND amount_minor >= 0", name="counts"),
        CheckConstraint("refused = '' OR amount_minor = 0", name="nothing_when_refused"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("host_rules.id"), index=True)
    event: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(120))
    title_it: Mapped[str] = mapped_column(String(120))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), index=True)
    guests: Mapped[int]
    net_minor: Mapped[int]
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    refused: Mapped[str] = mapped_column(String(300), server_default="", default="")
    given_at: Mapped[datetime]
    award_id: Mapped[int | None] = mapped_column(ForeignKey("awards.id"), unique=True)

    rule: Mapped[HostRule] = relationship(lazy="raise")
    editor: Mapped[Editor] = relationship(lazy="raise")

    @property
    def called(self) -> str:
        """The event in the reader's language."""
        return pick(self.title, self.title_it)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
