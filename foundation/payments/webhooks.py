"""From "this object changed" to the feature that cares: the object is read again and handed over as it is
now.

A package above says in its `init_app`: `webhooks.handle("checkout.session", fn)`. `fn` gets the fresh
value inside
one transaction and must accept being called twice, or with what it knows already: then nothing is left of
order and
duplicates to worry about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from foundation.payments import calls, payees
from foundation.payments.errors import NotThere
from foundation.payments.objects import CheckoutSession

Handler = Callable[[Any], None]
# A charge is only ever looked at for its refunds: `charge.refunded` tells of those made in the Dashboard too.
KINDS = ("checkout.session", "refund", "dispute", "transfer", "payout", "account")

_handlers: dict[str, list[Handler]] = {}


@dataclass(frozen=True)
class Fresh:
    """Values of one kind to hand over, and the payment page they belong to, which is told first.

    A refund or a dispute may overtake the news of its payment, and nobody knows an order by a payment that
    nobody has told of.
    """

    kind: str
    values: tuple[Any, ...]
    page: CheckoutSession | None = None


def handle(kind: str, handler: Handler) -> None:
    """Let `handler` have every changed object of that kind, fresh from Stripe; saying it twice is saying
    it once.

    Kinds and their values: checkout.session `CheckoutSession`, refund `Refund`, dispute `Dispute`, transfer
    `Transfer`, payout `BankPayout` (to an editor's bank), account `Payee`.
    """
    if kind not in KINDS:
        raise ValueError(f"No events of kind {kind!r}.")
    handlers = _handlers.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)


def wanted(object_kind: str) -> bool:
    """Whether anybody listens, so that nothing is asked of Stripe in vain."""
    return bool(_handlers.get("refund" if object_kind == "charge" else object_kind))


def fetch(object_kind: str, object_id: str, account: str | None) -> Fresh:
    """Ask Stripe what the object is now; outside of any transaction."""
    if object_kind == "checkout.session":
        return Fresh(object_kind, (calls.fetch_session(session_id=object_id),))
    if object_kind == "charge":
        return _refunds_of(object_id)
    if object_kind == "refund":
        told = calls.fetch_refund(refund_id=object_id)
        return _refunds_of(told.charge) if told.charge else Fresh(object_kind, (told,))
    if object_kind == "dispute":
        dispute = calls.fetch_dispute(dispute_id=object_id)
        return Fresh(object_kind, (dispute,), _page_of(dispute.payment_intent))
    if object_kind == "transfer":
        return Fresh(object_kind, (payees.fetch_transfer(transfer_id=object_id),))
    if object_kind == "payout" and account:
        return Fresh(object_kind, (payees.fetch_bank_payout(payout_id=object_id, payee_id=account),))
    if object_kind == "account":
        return Fresh(object_kind, (payees.fetch_payee(payee_id=object_id),))
    raise NotThere(message=f"nothing to ask for {object_kind}")


def hand_over(fresh: Fresh) -> None:
    """Call every handler of that kind with every value, in the caller's transaction."""
    told: list[tuple[str, Any]] = [("checkout.session", fresh.page)] if fresh.page is not None else []
    told += [(fresh.kind, value) for value in fresh.values]
    for kind, value in told:
        for handler in _listeners(kind):
            handler(value)


def _refunds_of(charge: str) -> Fresh:
    """Every refund of the charge, oldest first: what one gives back is counted on what those before it left,
    so that one which failed has to be known as failed before the next is looked at.
    """
    refunds = tuple(reversed(calls.fetch_refunds(charge=charge)))
    return Fresh("refund", refunds, _page_of(refunds[0].payment_intent) if refunds else None)


def _page_of(payment_intent: str | None) -> CheckoutSession | None:
    if payment_intent is None or not wanted("checkout.session"):
        return None
    return calls.fetch_session_of(payment_intent=payment_intent)


def _listeners(kind: str) -> Iterable[Handler]:
    return tuple(_handlers.get(kind, ()))
