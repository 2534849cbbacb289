"""What the shop asks of Stripe: checkouts, refunds, disputes. Keyword-only, plain values in and out.

Every function refuses to run inside a transaction and raises a `PaymentsProblem`. A request that may be
sent twice
has to be the same both times: callers store its arguments with their row and derive nothing from the
clock here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from stripe import StripeClient

from foundation.money import Money, total
from foundation.payments import readers
from foundation.payments.amounts import at_stripe
from foundation.payments.client import calling, plain
from foundation.payments.errors import PaymentRefused
from foundation.payments.objects import CheckoutLine, CheckoutSession, Dispute, Payer, Refund

# What a payment falls back to when the bank said no after the shopper had left.
FAILED_PAYMENTS = ("requires_payment_method", "canceled")
MOST_LINES = 100
LONGEST_NAME = 250
LANGUAGES = ("en", "it")


def start_checkout(
    *,
    order_ref: str,
    amount: Money,
    lines: Sequence[CheckoutLine],
    email: str | None,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
    idempotency_key: str,
    metadata: Mapping[str, str],
    locale: str = "auto",
) -> CheckoutSession:
    """Open a hosted checkout for an order; the shopper goes to its `url`.

    The lines have to add up to `amount` (else `ValueError`). `expires_at` lies 30 minutes to 24 hours ahead.
    Metadata is set on session and payment, because Stripe copies none, and the order is the transfer group.
    """
    if total([line.unit * line.quantity for line in lines], amount.currency) != amount:
        raise ValueError("The lines do not add up to the amount.")
    if len(lines) > MOST_LINES:
        lines = [CheckoutLine(name=order_ref, unit=amount)]
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": order_ref,
        "line_items": [_line(line) for line in lines],
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
        "locale": locale if locale in LANGUAGES else "auto",
        "metadata": dict(metadata),
        "payment_intent_data": {"metadata": dict(metadata), "transfer_group": order_ref},
    }
    if email:
        params["customer_email"] = email
    with calling() as client:
        made = client.v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key})
        return readers.session(plain(made))


def cancel_checkout(*, session_id: str) -> CheckoutSession:
    """Close a checkout early. The answer says what it is now: `expired`, or `complete` when the shopper
    was faster."""
    try:
        with calling() as client:
            return readers.session(plain(client.v1.checkout.sessions.expire(session_id)))
    except PaymentRefused:
        # Stripe expires open sessions alone: complete or expired already is an answer, not a failure.
        return fetch_session(session_id=session_id)


def fetch_session(*, session_id: str) -> CheckoutSession:
    """A checkout as it is now; `NotThere` when Stripe does not know it.

    A finished session without its money is either on its way or failed, and says the same in both cases:
    only its payment knows.
    """
    with calling() as client:
        return _with_outcome(client, plain(client.v1.checkout.sessions.retrieve(session_id)))


def fetch_session_of(*, payment_intent: str) -> CheckoutSession | None:
    """The checkout a payment was made through, as it is now; None when it was made in another way."""
    with calling() as client:
        found = client.v1.checkout.sessions.list({"payment_intent": payment_intent, "limit": 1})
        return next((_with_outcome(client, plain(entry)) for entry in found.data), None)


def fetch_payer(*, payment_intent: str) -> Payer:
    """By which card and which address a payment was made; `NotThere` when Stripe does not know it."""
    with calling() as client:
        found = client.v1.payment_intents.retrieve(payment_intent, {"expand": ["latest_charge"]})
        return readers.payer(plain(found))


def _with_outcome(client: StripeClient, body: Mapping[str, Any]) -> CheckoutSession:
    found = readers.session(body)
    if found.processing and found.payment_intent is not None:
        payment = plain(client.v1.payment_intents.retrieve(found.payment_intent))
        return replace(found, failed=payment["status"] in FAILED_PAYMENTS)
    return found


def refund(
    *, payment_intent: str, amount: Money, idempotency_key: str, metadata: Mapping[str, str]
) -> Refund:
    """Give money back to the shopper; part of it as often as something is left."""
    params: dict[str, Any] = {
        "payment_intent": payment_intent,
        "amount": at_stripe(amount),
        "metadata": dict(metadata),
        "reason": "requested_by_customer",
    }
    with calling() as client:
        return readers.refund(plain(client.v1.refunds.create(params, {"idempotency_key": idempotency_key})))


def fetch_refund(*, refund_id: str) -> Refund:
    """A refund as it is now."""
    with calling() as client:
        return readers.refund(plain(client.v1.refunds.retrieve(refund_id)))


def fetch_refunds(*, charge: str | None = None, payment_intent: str | None = None) -> list[Refund]:
    """Every refund of a charge or of a payment, also those made in the Dashboard."""
    if (charge is None) == (payment_intent is None):
        raise ValueError("Name either the charge or the payment.")
    with calling() as client:
        whose = {"charge": charge} if charge else {"payment_intent": payment_intent or ""}
        found = client.v1.refunds.list({**whose, "limit": 100})
        return [readers.refund(plain(entry)) for entry in found.auto_paging_iter()]


def fetch_dispute(*, dispute_id: str) -> Dispute:
    """A dispute as it is now."""
    with calling() as client:
        return readers.dispute(plain(client.v1.disputes.retrieve(dispute_id)))


def _line(line: CheckoutLine) -> dict[str, Any]:
    product: dict[str, Any] = {"name": line.name[:LONGEST_NAME]}
    if line.description:
        product["description"] = line.description[:LONGEST_NAME]
    return {
        "quantity": line.quantity,
        "price_data": {
            "currency": line.unit.currency.lower(),
            "unit_amount": at_stripe(line.unit),
            "product_data": product,
        },
    }
