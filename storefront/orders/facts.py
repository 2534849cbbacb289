"""What orders tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


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
    """An order ended and is no sale: the shopper left, the time ran out, the payment failed, or all of it was
    given back instead of sold.
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
class PaymentDisputed(Fact):
    """The shopper's bank disputes the payment, or has decided; `state` is opened, won or lost."""

    NAME: ClassVar[str] = "orders.PaymentDisputed"
    order_id: int
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PaidTooLate(Fact):
    """Money arrived for an order that had ended, and its pieces are gone: the money goes back."""

    NAME: ClassVar[str] = "orders.PaidTooLate"
    order_id: int
