"""What the boundary speaks: plain values, no objects of the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from foundation.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutLine:
    """One line as the shopper sees it on the pay page: price of one piece and how many."""

    name: str
    unit: Money
    quantity: int = 1
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutSession:
    """A checkout at Stripe. `status`: open, complete, expired. `payment_status`: paid, unpaid,
    no_payment_required. `failed`: the shopper was done and the money, sent by bank, did not come."""

    id: str
    url: str | None
    status: str
    payment_status: str
    payment_intent: str | None
    amount: Money
    order_ref: str | None
    expires_at: datetime
    email: str | None
    metadata: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False

    @property
    def paid(self) -> bool:
        """The money is certain."""
        return self.payment_status in ("paid", "no_payment_required")

    @property
    def processing(self) -> bool:
        """The shopper is done, the money is still on its way."""
        return self.status == "complete" and not self.paid and not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Who paid, as far as Stripe knows. `card` is the same text for the same card number, None for what is no
    card; `email` is the address the payment was made with."""

    card: str | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """`status`: pending, requires_action, succeeded, failed, canceled. `failed` may come after
    `succeeded`. `reason` is why it was asked for, `failure_reason` why it did not arrive."""

    id: str
    payment_intent: str | None
    charge: str | None
    amount: Money
    status: str
    reason: str | None
    created: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)
    failure_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """`status`: warning_needs_response, warning_under_review, warning_closed, needs_response,
    under_review, won,
    lost, prevented."""

    id: str
    charge: str
    payment_intent: str | None
    amount: Money
    status: str
    reason: str
    charge_refundable: bool
    due_by: datetime | None


class PayeeStatus(StrEnum):
    """How far somebody is on the way to being paid.

    `created` is only ever told by `create_payee`; a fresh look says `onboarding` until Stripe has all it
    needs.
    """

    NONE = "none"
    CREATED = "created"
    ONBOARDING = "onboarding"
    ACTIVE = "active"
    RESTRICTED = "restricted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """A connected account. `requirements` names what Stripe still wants from the person; `destination` is
    Stripe's name for the bank account or card their money goes on to, None when nobody looked or there is
    none. `fingerprint` is the same for one bank account wherever it is named.
    """

    id: str
    status: PayeeStatus
    requirements: tuple[str, ...]
    email: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    destination: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    id: str
    amount: Money
    reversed: Money
    destination: str
    transfer_group: str | None
    created: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    id: str
    transfer: str
    amount: Money
    created: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPayout:
    """Money on its way from somebody's Stripe balance to their bank. `status`: pending, in_transit, paid,
    failed,
    canceled."""

    id: str
    account: str | None
    amount: Money
    status: str
    failure_code: str | None
    arrives: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What lies at Stripe, by currency."""

    available: tuple[Money, ...]
    pending: tuple[Money, ...]

    def available_in(self, currency: str) -> Money:
        return _in(self.available, currency)


def _in(amounts: tuple[Money, ...], currency: str) -> Money:
    return Money(sum(amount.minor for amount in amounts if amount.currency == currency), currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What we believe of one object at Stripe; `ours` names our row for whoever has to look.

    `kind`: checkout.session, refund, transfer. `state` and `reversed` only where known: a session is
    `paid` or
    `unpaid`, a refund has Stripe's word for its status.
    """

    kind: str
    stripe_id: str
    ours: str
    amount: Money
    state: str | None = None
    reversed: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One balance transaction of ours; amounts have the sign of the balance, `net` is what it changed.

    `source` is the object it is of. `about` is the name under which we know that: the payment intent of a
    charge, the transfer of a reversal, else the source itself.
    """

    id: str
    type: str
    source: str
    about: str
    amount: Money
    fee: Money
    net: Money
