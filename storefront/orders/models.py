from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Sequence, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.i18n import pick
from foundation.money import Money
from foundation.states import Transitions
from storefront.places.models import WEB_WAREHOUSE

ORDER_NUMBERS = Sequence("order_numbers", start=10001, metadata=Base.metadata)


class OrderStatus(StrEnum):
    """Where the money of an order stands."""

    AWAITING_PAYMENT = "awaiting_payment"
    PROCESSING = "processing"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    NEEDS_REVIEW = "needs_review"


# Only a session read again at Stripe moves an order to paid. Paid is an end: giving back, delivery and
# disputes are rows and columns of their own. What ended unpaid may still turn out paid, a moment late.
ORDER_MOVES = Transitions(
    {
        OrderStatus.AWAITING_PAYMENT: (
            OrderStatus.PROCESSING,
            OrderStatus.PAID,
            OrderStatus.EXPIRED,
            OrderStatus.CANCELLED,
            OrderStatus.NEEDS_REVIEW,
        ),
        OrderStatus.PROCESSING: (OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.NEEDS_REVIEW),
        OrderStatus.EXPIRED: (OrderStatus.PROCESSING, OrderStatus.PAID, OrderStatus.NEEDS_REVIEW),
        OrderStatus.CANCELLED: (OrderStatus.PROCESSING, OrderStatus.PAID, OrderStatus.NEEDS_REVIEW),
        OrderStatus.NEEDS_REVIEW: (OrderStatus.PAID, OrderStatus.CANCELLED),
        OrderStatus.PAID: (),
    }
)


class Delivery(StrEnum):
    """How the pieces reach the shopper."""

    DOOR = "door"
    PICKUP = "pickup"


class PaidWith(StrEnum):
    """How the money came: by Stripe, or over the counter of a store, which Stripe knows nothing of.

    elsewhere: a till of the store that is not ours took it, and a file told us of it.
    """

    CARD = "card"
    CASH = "cash"
    TERMINAL = "terminal"
    ELSEWHERE = "elsewhere"


class Handover(StrEnum):
    """How they were handed over in the end."""

    DELIVERED = "delivered"
    HANDED_OVER = "handed_over"


class Dispute(StrEnum):
    """Whether the shopper's bank asked for the money back, and how that ended."""

    NONE = "none"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


# A bank decides once. The first that is heard of a dispute may be how it ended.
DISPUTE_MOVES = Transitions(
    {
        Dispute.NONE: (Dispute.OPEN, Dispute.WON, Dispute.LOST),
        Dispute.OPEN: (Dispute.WON, Dispute.LOST),
        Dispute.WON: (),
        Dispute.LOST: (),
    }
)
# The money is not ours as long as the bank says so.
DISPUTED = (Dispute.OPEN, Dispute.LOST)


class ReviewReason(StrEnum):
    """Why a person has to look at an order; stays on one that was given back instead of sold."""

    AMOUNT = "amount"
    STOCK = "stock"


class RefundStatus(StrEnum):
    """Where the money on its way back stands. `requested`: written down, Stripe not asked yet."""

    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


# A refund may still fail after it succeeded (a closed card): the money is ours to give back again then. And
# one that we took for failed may have arrived: Stripe has the last word, whatever we heard before.
REFUND_MOVES = Transitions(
    {
        RefundStatus.REQUESTED: (
            RefundStatus.PENDING,
            RefundStatus.SUCCEEDED,
            RefundStatus.FAILED,
            RefundStatus.CANCELLED,
        ),
        RefundStatus.PENDING: (RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.CANCELLED),
        RefundStatus.SUCCEEDED: (RefundStatus.FAILED,),
        RefundStatus.FAILED: (RefundStatus.SUCCEEDED,),
        RefundStatus.CANCELLED: (),
    }
)
# Counts against what can still be given back / has left the house.
HELD_REFUNDS = (RefundStatus.REQUESTED, RefundStatus.PENDING, RefundStatus.SUCCEEDED)
TAKEN_REFUNDS = (RefundStatus.PENDING, RefundStatus.SUCCEEDED)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Order(Base):
    """What one shopper bought in one go. All amounts include tax: of delivery that of `tax_bps`, of each line
    its own.

    `captured_minor` is what Stripe says was paid: the ceiling of everything given back. `disputed_minor` is
    what a bank asked back of it; None where that is not known, and means all of it. `form_key` names
    what was typed and sent, so that pressing twice is ordering once. `checkout_request` is the whole
    request to Stripe, kept so that it can be sent again unchanged under the same `checkout_key`.
    `shipping_minor` is what delivery costs after the `shipping_off_minor` that vouchers took off.
    `till_place_id`: the store at whose till it was rung up, None for an order of the web; without an address
    then, and without an e-mail unless the customer gave one. `credit_code` is what was typed there for
    whoever advised; what it means is known above.

    What was told about delivery is frozen: the zone and the method with its days, or the store at `place_id`
    (the web warehouse otherwise, and no foreign key for the reason given at `stock.models.Reservation`) and
    `ready_at`. `delivery_back_minor` is what of it goes back with a whole order. `note` is to
    the shop; `gift_message` is printed for whoever unpacks.
    """

    __tablename__ = "orders"
    __table_args__ = (
        _one_of("status", OrderStatus),
        _one_of("delivery", Delivery),
        _one_of("handover", Handover),
        _one_of("paid_with", PaidWith),
        _one_of("dispute", Dispute),
        _one_of("review_reason", ReviewReason),
        CheckConstraint("total_minor >= 0 AND shipping_minor >= 0", name="amounts_sensible"),
        CheckConstraint("captured_minor >= 0", name="captured_not_negative"),
        CheckConstraint("promised_from <= promised_to", name="promise_in_order"),
        CheckConstraint("shipping_off_minor >= 0", name="shipping_off_not_negative"),
        CheckConstraint("paid_with = 'card' OR till_place_id IS NOT NULL", name="counter_in_a_store"),
        CheckConstraint("(paid_at IS NULL) = (status <> 'paid')", name="paid_has_a_moment"),
        CheckConstraint("(delivered_at IS NULL) = (handover IS NULL)", name="handover_has_a_moment"),
        Index("ix_orders_visit_id", "visit_id"),
        Index("ix_orders_account_id", "account_id"),
        Index("ix_orders_email", "email"),
        Index(
            "ix_orders_till_place_id",
            "till_place_id",
            "paid_at",
            postgresql_where="till_place_id IS NOT NULL",
        ),
        Index(
            "ix_orders_unsettled",
            "expires_at",
            postgresql_where="status IN ('awaiting_payment', 'processing')",
        ),
        Index(
            "ix_orders_to_hand_over", "paid_at", postgresql_where="status = 'paid' AND delivered_at IS NULL"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    token: Mapped[str] = mapped_column(String(32), unique=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    status: Mapped[OrderStatus] = mapped_column(String(20))
    review_reason: Mapped[ReviewReason | None] = mapped_column(String(20))
    delivery: Mapped[Delivery] = mapped_column(String(20))
    handover: Mapped[Handover | None] = mapped_column(String(20))
    delivered_at: Mapped[datetime | None]
    dispute: Mapped[Dispute] = mapped_column(String(20))
    disputed_minor: Mapped[int | None]

    currency: Mapped[str] = mapped_column(String(3))
    total_minor: Mapped[int]
    shipping_minor: Mapped[int]
    shipping_off_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    voucher_codes: Mapped[list[str]] = mapped_column(ARRAY(String(40)), server_default="{}", default=list)
    captured_minor: Mapped[int]
    paid_with: Mapped[PaidWith] = mapped_column(String(10), server_default="card", default=PaidWith.CARD)
    till_place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    credit_code: Mapped[str | None] = mapped_column(String(40))
    tax_bps: Mapped[int]

    place_id: Mapped[int] = mapped_column(server_default=str(WEB_WAREHOUSE), default=WEB_WAREHOUSE)
    delivery_zone: Mapped[str] = mapped_column(String(80), server_default="", default="")
    delivery_method_id: Mapped[int | None]
    delivery_name: Mapped[str] = mapped_column(String(80), server_default="", default="")
    delivery_name_it: Mapped[str | None] = mapped_column(String(80))
    delivery_back_minor: Mapped[int] = mapped_column(server_default="0", default=0)
    promised_from: Mapped[date | None]
    promised_to: Mapped[date | None]
    ready_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(500), server_default="", default="")
    gift_message: Mapped[str] = mapped_column(String(300), server_default="", default="")

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    street: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    city: Mapped[str] = mapped_column(String(100))
    province: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(5))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    visit_id: Mapped[str | None] = mapped_column(String(36))

    checkout_began_at: Mapped[datetime]
    placed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]

    checkout_key: Mapped[str] = mapped_column(String(120), unique=True)
    checkout_request: Mapped[dict[str, Any]] = mapped_column(JSONB)
    checkout_session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    payment_intent_id: Mapped[str | None] = mapped_column(String(120), unique=True)

    lines: Mapped[list[OrderLine]] = relationship(
        lazy="raise", order_by="OrderLine.position", back_populates="order"
    )
    # What goes back of its own payment; the difference of an exchange was another one.
    refunds: Mapped[list[Refund]] = relationship(
        lazy="raise",
        viewonly=True,
        order_by="Refund.id",
        primaryjoin="and_(Refund.order_id == Order.id, Refund.payment_intent_id.is_(None))",
    )

    @property
    def delivery_called(self) -> str:
        """The way of delivery, or the store it is picked up in, in the reader's language."""
        return pick(self.delivery_name, self.delivery_name_it)

    @property
    def first_name(self) -> str:
        """What its shopper is called in a letter; empty where the till knows no name."""
        return self.name.partition(" ")[0]

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def costs_nothing(self) -> bool:
        """Whether vouchers took off all of it: there is nothing to pay then, and nothing to give back."""
        return not self.total_minor

    @property
    def bought(self) -> bool:
        """Whether its money came, or it stands without any: its bag is not to be ordered again."""
        return self.captured_minor > 0 or self.status == OrderStatus.PAID

    @property
    def over_the_counter(self) -> bool:
        """Whether Stripe has nothing to do with its money."""
        return self.paid_with != PaidWith.CARD

    @property
    def settled(self) -> bool:
        """Nothing more is expected from the payment page."""
        return self.status not in (OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING)


class OrderLine(Base):
    """One piece as it was sold: words and figures frozen on the day."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0 AND unit_price_minor >= 0", name="piece_sensible"),
        CheckConstraint("gross_minor = unit_price_minor * quantity", name="gross_is_price_times_quantity"),
        CheckConstraint("discount_minor BETWEEN 0 AND gross_minor", name="discount_within_gross"),
        CheckConstraint("net_minor BETWEEN 0 AND gross_minor - discount_minor", name="net_within_paid"),
        Index("ix_order_lines_origin_ref", "origin_ref", postgresql_where="origin_kind = 'look'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    title: Mapped[str] = mapped_column(String(255))
    title_it: Mapped[str | None] = mapped_column(String(255))
    colour: Mapped[str] = mapped_column(String(120), server_default="")
    colour_it: Mapped[str | None] = mapped_column(String(120))
    options_label: Mapped[str] = mapped_column(String(255))
    sku: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(120))
    unit_price_minor: Mapped[int]
    quantity: Mapped[int]
    gross_minor: Mapped[int]
    discount_minor: Mapped[int]
    net_minor: Mapped[int]
    tax_bps: Mapped[int]
    origin_kind: Mapped[str | None] = mapped_column(String(16))
    origin_ref: Mapped[str | None] = mapped_column(String(120))
    origin_label: Mapped[str | None] = mapped_column(String(200))
    origin_label_it: Mapped[str | None] = mapped_column(String(200))

    order: Mapped[Order] = relationship(lazy="raise", back_populates="lines")

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return pick(self.title, self.title_it)

    @property
    def origin_name(self) -> str | None:
        """What the look it came from was called, in the reader's language."""
        return pick(self.origin_label, self.origin_label_it) if self.origin_label else None

    @property
    def paid_minor(self) -> int:
        """What the shopper paid for the line, tax included."""
        return self.gross_minor - self.discount_minor


class Refund(Base):
    """Money on its way back to the shopper. Written down before Stripe is asked.

    `shipping_minor` is the part of `amount_minor` that gives delivery back; the rest stands on the lines.
    `requested_by` is who asked, by name; `Stripe` for one made on its Dashboard. `looked_at` is when we last
    asked Stripe how it stands. `payment_intent_id` is set when it gives back another payment than the
    order's own, the difference of an exchange: it counts against that one, and no line has a part in it.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        _one_of("status", RefundStatus),
        CheckConstraint("amount_minor >= 0", name="amount_sensible"),
        CheckConstraint("shipping_minor BETWEEN 0 AND amount_minor", name="shipping_within_amount"),
        Index("ix_refunds_order_id", "order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    status: Mapped[RefundStatus] = mapped_column(String(20))
    amount_minor: Mapped[int]
    shipping_minor: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    stripe_refund_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    payment_intent_id: Mapped[str | None] = mapped_column(String(120))
    failure: Mapped[str | None] = mapped_column(String(500))
    requested_by: Mapped[str] = mapped_column(String(200))
    requested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    lines: Mapped[list[RefundLine]] = relationship(lazy="raise")


class RefundLine(Base):
    """The part of a refund that belongs to one line. Quantity 0: money back, the piece was kept.

    `restock` is what was wished; `put_back` is how many pieces this refund has put on the shelf.
    `of_exchange` is the exchange by which the pieces came, 0 for those that were sold; it comes from above
    and is no foreign key.

    What is earned on the line shrinks by the share of `counted_pieces` and by `counted_minor` besides: chosen
    pieces count as such, a sum without pieces as what it is, goodwill of the house as nothing. It is below
    zero where a piece comes back whose exchange had made it cheaper: its share takes that with it.
    """

    __tablename__ = "refund_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND amount_minor >= 0", name="part_sensible"),
        CheckConstraint("put_back BETWEEN 0 AND quantity", name="put_back_within_quantity"),
        CheckConstraint("counted_pieces BETWEEN 0 AND quantity", name="counted_within_quantity"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    of_exchange: Mapped[int] = mapped_column(primary_key=True, server_default="0", default=0)
    quantity: Mapped[int]
    amount_minor: Mapped[int]
    counted_pieces: Mapped[int]
    counted_minor: Mapped[int]
    restock: Mapped[bool]
    put_back: Mapped[int] = mapped_column(server_default="0", default=0)
