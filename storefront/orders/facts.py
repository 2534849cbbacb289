"""What orders tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact):
    """An order stands, its pieces are promised to it, and its payment is awaited. It may still end unpaid."""

    NAME: ClassVar[str] = "orders.OrderPlaced"
    order_id: int
    placed_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Fact):
    """The whole amount of an order was paid, and the pieces are the shopper's."""

    NAME: ClassVar[str] = "orders.OrderPaid"
    order_id: int
    paid_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Fact):
    """The pieces reached the shopper, at the door or in the store: the time to return them runs."""

    NAME: ClassVar[str] = "orders.OrderDelivered"
    order_id: int
    delivered_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact):
    """An order ended and is no sale: the shopper left, the time ran out, the payment failed, all of it was
    given back instead of sold, or it was called off after it was paid and before its pieces left.
    """

    NAME: ClassVar[str] = "orders.OrderCancelled"
    order_id: int


@dataclass(frozen=True, kw_only=True)
class LinesRefunded(Fact):
    """Stripe has taken a refund of a paid order (it is pending or has succeeded)."""

    NAME: ClassVar[str] = "orders.LinesRefunded"
    order_id: int
    refund_id: int
    refunded_at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundFailed(Fact):
    """A refund that had been told as taken did not reach the shopper after all."""

    NAME: ClassVar[str] = "orders.RefundFailed"
    order_id: int
    refund_id: int


@dataclass(frozen=True, kw_only=True)
class DisputeOpened(Fact):
    """The shopper's bank disputes the payment: until it decides, the money is not ours."""

    NAME: ClassVar[str] = "orders.DisputeOpened"
    order_id: int
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class DisputeClosed(Fact):
    """The bank has decided: `won`, the money is ours again, or not, and it is gone.

    It may be the first that is heard of a dispute: nobody relies on `DisputeOpened` before it.
    """

    NAME: ClassVar[str] = "orders.DisputeClosed"
    order_id: int
    won: bool
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class PaidTooLate(Fact):
    """Money arrived for an order that had ended, and its pieces are gone: the money goes back."""

    NAME: ClassVar[str] = "orders.PaidTooLate"
    order_id: int
