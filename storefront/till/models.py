from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.states import Transitions


class BasketStatus(StrEnum):
    """Where a basket stands. `paying`: its customer has the payment page on their own phone."""

    OPEN = "open"
    PARKED = "parked"
    PAYING = "paying"
    SOLD = "sold"
    EMPTIED = "emptied"


# A basket whose payment page was closed unpaid can be paid in another way; one that was emptied, taken back.
BASKET_MOVES = Transitions(
    {
        BasketStatus.OPEN: (
            BasketStatus.PARKED,
            BasketStatus.PAYING,
            BasketStatus.SOLD,
            BasketStatus.EMPTIED,
        ),
        BasketStatus.PARKED: (BasketStatus.OPEN, BasketStatus.EMPTIED),
        BasketStatus.PAYING: (BasketStatus.OPEN, BasketStatus.PARKED, BasketStatus.SOLD),
        BasketStatus.EMPTIED: (BasketStatus.OPEN,),
        BasketStatus.SOLD: (),
    }
)


class TillBasket(Base):
    """What one member of staff rings up in one store for one customer, and how it was paid.

    One is open at a time for each of them; the others are parked or wait for a payment. `visit` is its name
    where orders and vouchers know a bag by the browser it lies in. `attempt` counts the ways of paying that
    were tried: it is part of the key of each, so that the same button pressed twice is one sale.
    `receipt_number` is what the terminal printed; no two sales of a terminal have the same on one day.
    """

    __tablename__ = "till_baskets"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'parked', 'paying', 'sold', 'emptied')", name="status"),
        CheckConstraint("(status = 'sold') = (sold_at IS NOT NULL)", name="sold_has_a_moment"),
        CheckConstraint("status <> 'sold' OR order_id IS NOT NULL", name="sold_has_an_order"),
        CheckConstraint("given_minor >= 0 AND total_minor >= 0", name="amounts_sensible"),
        CheckConstraint("(receipt_number IS NULL) = (receipt_day IS NULL)", name="receipt_has_a_day"),
        Index(
            "uq_till_baskets_open",
            "place_id",
            "staff_id",
            unique=True,
            postgresql_where="status = 'open'",
        ),
        Index(
            "uq_till_baskets_receipt",
            "place_id",
            "terminal",
            "receipt_day",
            "receipt_number",
            unique=True,
            postgresql_where="receipt_number IS NOT NULL",
        ),
        Index(
            "ix_till_baskets_waiting",
            "place_id",
            "touched_at",
            postgresql_where="status IN ('parked', 'paying')",
        ),
        Index("ix_till_baskets_sold", "place_id", "sold_at", postgresql_where="sold_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(32), unique=True)
    visit: Mapped[str] = mapped_column(String(36), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    staff_label: Mapped[str] = mapped_column(String(200))
    status: Mapped[BasketStatus] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(60), server_default="", default="")

    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    customer: Mapped[str] = mapped_column(String(120), server_default="", default="")
    email: Mapped[str] = mapped_column(String(254), server_default="", default="")
    language: Mapped[str] = mapped_column(String(5))
    voucher_code: Mapped[str | None] = mapped_column(String(40))
    credit_code: Mapped[str | None] = mapped_column(String(40))
    credit_name: Mapped[str] = mapped_column(String(120), server_default="", default="")
    occasion_ref: Mapped[str | None] = mapped_column(String(120))
    occasion_name: Mapped[str] = mapped_column(String(200), server_default="", default="")

    attempt: Mapped[int] = mapped_column(server_default="1", default=1)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), unique=True)
    pay_url: Mapped[str | None] = mapped_column(String(2000))
    total_minor: Mapped[int | None]
    given_minor: Mapped[int | None]
    terminal: Mapped[str] = mapped_column(String(40), server_default="", default="")
    receipt_number: Mapped[str | None] = mapped_column(String(40))
    receipt_day: Mapped[date | None]

    began_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    sold_at: Mapped[datetime | None]

    @property
    def knows_customer(self) -> bool:
        """Whether anybody was said to buy: what counts once a person can be counted for them."""
        return bool(self.email) or self.account_id is not None

    @property
    def key(self) -> str:
        """What names this way of paying: the same button pressed twice is one sale."""
        return f"till:{self.token}:{self.attempt}"


class TillLine(Base):
    """A piece in a basket, and what staff took off it: so many basis points, or an amount off the line.

    `advised`: it is sold on the advice of staff, so nobody earns on it."""

    __tablename__ = "till_lines"
    __table_args__ = (
        UniqueConstraint("basket_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 99", name="quantity"),
        CheckConstraint("off_bps BETWEEN 0 AND 10000 AND off_minor >= 0", name="off_sensible"),
        CheckConstraint("off_bps = 0 OR off_minor = 0", name="one_way_off"),
        CheckConstraint("(off_bps = 0 AND off_minor = 0) = (off_reason = '')", name="off_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    basket_id: Mapped[int] = mapped_column(ForeignKey("till_baskets.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]
    off_bps: Mapped[int] = mapped_column(server_default="0", default=0)
    off_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    off_reason: Mapped[str] = mapped_column(String(120), server_default="", default="")
    advised: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class TillDay(Base):
    """A day of a store's drawer, on the clock that hangs there: what lay in it, what was counted at its end.

    `expected_minor` is what should lie in it by our rows when it was counted; `difference_minor` is what was
    counted less that.
    """

    __tablename__ = "till_days"
    __table_args__ = (
        UniqueConstraint("place_id", "day"),
        CheckConstraint("float_minor >= 0 AND counted_minor >= 0", name="amounts_sensible"),
        CheckConstraint("num_nulls(counted_minor, expected_minor, counted_at) IN (0, 3)", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    day: Mapped[date]
    float_minor: Mapped[int]
    opened_by: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    counted_minor: Mapped[int | None]
    expected_minor: Mapped[int | None]
    counted_by: Mapped[str | None] = mapped_column(String(200))
    counted_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200), server_default="", default="")

    @property
    def difference_minor(self) -> int | None:
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor


class PaidBack(Base):
    """A refund that was given back over the counter: where, by whom, and under which number; `elsewhere` at
    the till that is not ours, where it was paid."""

    __tablename__ = "till_paid_back"
    __table_args__ = (
        CheckConstraint("paid_with IN ('cash', 'terminal', 'elsewhere')", name="paid_with"),
        Index("ix_till_paid_back_place_id", "place_id", "at"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    paid_with: Mapped[str] = mapped_column(String(10))
    amount_minor: Mapped[int]
    receipt_number: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
