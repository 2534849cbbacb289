from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation import clock
from foundation.db import Base
from foundation.money import Money
from foundation.states import Transitions
from storefront.exchanges.policy import payable_until
from storefront.orders.models import Dispute, Order, OrderLine

EXCHANGE_NUMBERS = Sequence("exchange_numbers", start=1001, metadata=Base.metadata)


class ExchangeStatus(StrEnum):
    """unpaid: the shopper owes the difference. asked: the new piece is kept, the old one is on its way.

    approved: the old one was accepted and the new one waits to be packed. off: nothing is exchanged.
    """

    UNPAID = "unpaid"
    ASKED = "asked"
    APPROVED = "approved"
    SENT = "sent"
    DONE = "done"
    OFF = "off"


EXCHANGE_MOVES = Transitions(
    {
        ExchangeStatus.UNPAID: (ExchangeStatus.ASKED, ExchangeStatus.OFF),
        ExchangeStatus.ASKED: (ExchangeStatus.APPROVED, ExchangeStatus.OFF),
        ExchangeStatus.APPROVED: (ExchangeStatus.SENT, ExchangeStatus.DONE),
        ExchangeStatus.SENT: (ExchangeStatus.DONE,),
        ExchangeStatus.DONE: (),
        ExchangeStatus.OFF: (),
    }
)
# The old piece has not been accepted yet / the shopper has the new one, or soon will.
OPEN_EXCHANGES = (ExchangeStatus.UNPAID, ExchangeStatus.ASKED)
GONE_OUT = (ExchangeStatus.SENT, ExchangeStatus.DONE)


class WhyOff(StrEnum):
    """Why nothing was exchanged: the new piece was gone, the difference was not paid, the shopper kept the
    old piece, staff did not accept it, money was asked for instead, or a bank took the difference back."""

    GONE = "gone"
    UNPAID = "unpaid"
    KEPT = "kept"
    REFUSED = "refused"
    MONEY = "money"
    DISPUTED = "disputed"


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Exchange(Base):
    """Pieces of one line that become another variant of their product; what that is called is frozen here.

    `worth_minor` is what the old pieces stand for in the payment of the order. `difference_minor` is what
    the new ones cost more (the shopper pays it on a page of its own: `paid_minor`) or less, below zero (it
    goes back). The line of the order stays as it was sold: what its editor earned hangs on it.
    """

    __tablename__ = "exchanges"
    __table_args__ = (
        _one_of("status", ExchangeStatus),
        _one_of("why_off", WhyOff),
        _one_of("dispute", Dispute),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("worth_minor >= 0 AND paid_minor >= 0", name="amounts_sensible"),
        CheckConstraint("difference_minor >= -worth_minor", name="difference_within_worth"),
        CheckConstraint("(status = 'off') = (why_off IS NOT NULL)", name="off_has_a_reason"),
        Index("ix_exchanges_order_id", "order_id"),
        Index("ix_exchanges_order_line_id", "order_line_id"),
        Index("ix_exchanges_disputed", "order_id", postgresql_where="dispute = 'open'"),
        Index("ix_exchanges_open", "status", "approved_at", postgresql_where="status NOT IN ('done', 'off')"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    status: Mapped[ExchangeStatus] = mapped_column(String(10))
    why_off: Mapped[WhyOff | None] = mapped_column(String(10))
    quantity: Mapped[int]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    title: Mapped[str] = mapped_column(String(255))
    title_it: Mapped[str | None] = mapped_column(String(255))
    colour: Mapped[str] = mapped_column(String(120))
    colour_it: Mapped[str | None] = mapped_column(String(120))
    options_label: Mapped[str] = mapped_column(String(255))
    sku: Mapped[str] = mapped_column(String(255))
    currency: Mapped[str] = mapped_column(String(3))
    worth_minor: Mapped[int]
    difference_minor: Mapped[int]
    paid_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    dispute: Mapped[Dispute] = mapped_column(String(20), server_default="none", default=Dispute.NONE)
    checkout_session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    payment_intent_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    carrier: Mapped[str] = mapped_column(String(20), server_default="", default="")
    tracking: Mapped[str] = mapped_column(String(60), server_default="", default="")
    asked_at: Mapped[datetime]
    kept_until: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    line: Mapped[OrderLine] = relationship(lazy="raise", viewonly=True)

    @property
    def difference(self) -> Money:
        return Money(self.difference_minor, self.currency)

    @property
    def pay_until(self) -> datetime:
        """The last moment to go and pay the difference, while it is not paid."""
        return payable_until(self.kept_until)

    @property
    def payable(self) -> bool:
        """Whether the difference can be paid now."""
        return self.status == ExchangeStatus.UNPAID and clock.now() <= self.pay_until

    @property
    def promise_id(self) -> int:
        """The number the shelf keeps its pieces under: below zero, where no order is."""
        return -self.id
