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

Handler = Callable[[Any], None]
# A charge is only ever looked at for its refunds: `charge.refunded` tells of those made in the Dashboard too.
KINDS = ("checkout.session", "refund", "dispute", "transfer", "payout", "account")

_handlers: dict[str, list[Handler]] = {}


@dataclass(frozen=True)
class Fresh:
    """What to hand to whom: values of one kind."""

    kind: str
    values: tuple[Any, ...]


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
        return Fresh("refund", tuple(calls.fetch_refunds(charge=object_id)))
    if object_kind == "refund":
        return Fresh(object_kind, (calls.fetch_refund(refund_id=object_id),))
    if object_kind == "dispute":
        return Fresh(object_kind, (calls.fetch_dispute(dispute_id=object_id),))
    if object_kind == "transfer":
        return Fresh(object_kind, (payees.fetch_transfer(transfer_id=object_id),))
    if object_kind == "payout" and account:
        return Fresh(object_kind, (payees.fetch_bank_payout(payout_id=object_id, payee_id=account),))
    if object_kind == "account":
        return Fresh(object_kind, (payees.fetch_payee(payee_id=object_id),))
    raise NotThere(message=f"nothing to ask for {object_kind}")


def hand_over(fresh: Fresh) -> None:
    """Call every handler of that kind with every value, in the caller's transaction."""
    for value in fresh.values:
        for handler in _listeners(fresh.kind):
            handler(value)


def _listeners(kind: str) -> Iterable[Handler]:
    return tuple(_handlers.get(kind, ()))
