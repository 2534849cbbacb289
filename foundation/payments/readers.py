"""From Stripe's JSON to our values. Everything read here is a field of the pinned version's document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from foundation.money import Money
from foundation.payments.amounts import from_stripe
from foundation.payments.objects import (
    Balance,
    BankPayout,
    CheckoutSession,
    Dispute,
    Movement,
    Payee,
    PayeeStatus,
    Payer,
    Refund,
    Reversal,
    Transfer,
)

Body = Mapping[str, Any]
# The field of a movement's source that names what we know it by.
ABOUT = {"charge": "payment_intent", "transfer_reversal": "transfer"}


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as an aware time."""
    return datetime.fromtimestamp(seconds, UTC)


def money(minor: int | None, currency: str | None) -> Money:
    """What Stripe wrote, in our minor unit and with the currency in upper case."""
    return from_stripe(minor or 0, (currency or "").upper())


def named(value: Any) -> str | None:
    """The id, whether Stripe gave just that or the whole object."""
    if isinstance(value, Mapping):
        return str(value["id"])
    return None if value is None else str(value)


def session(body: Body) -> CheckoutSession:
    details = body.get("customer_details") or {}
    return CheckoutSession(
        id=body["id"],
        url=body.get("url"),
        status=body.get("status") or "open",
        payment_status=body["payment_status"],
        payment_intent=named(body.get("payment_intent")),
        amount=money(body.get("amount_total"), body.get("currency")),
        order_ref=body.get("client_reference_id"),
        expires_at=moment(body["expires_at"]),
        email=details.get("email") or body.get("customer_email"),
        metadata=dict(body.get("metadata") or {}),
    )


def payer(body: Body) -> Payer:
    """Of a payment intent with its latest charge in it: None for whatever Stripe does not say."""
    charge = body.get("latest_charge")
    charge = charge if isinstance(charge, Mapping) else {}
    details = charge.get("payment_method_details") or {}
    return Payer(
        card=(details.get("card") or {}).get("fingerprint"),
        email=(charge.get("billing_details") or {}).get("email"),
    )


def refund(body: Body) -> Refund:
    return Refund(
        id=body["id"],
        payment_intent=named(body.get("payment_intent")),
        charge=named(body.get("charge")),
        amount=money(body["amount"], body["currency"]),
        status=body.get("status") or "pending",
        reason=body.get("reason"),
        failure_reason=body.get("failure_reason"),
        created=moment(body["created"]),
        metadata=dict(body.get("metadata") or {}),
    )


def dispute(body: Body) -> Dispute:
    due_by = body["evidence_details"].get("due_by")
    return Dispute(
        id=body["id"],
        charge=named(body["charge"]) or "",
        payment_intent=named(body.get("payment_intent")),
        amount=money(body["amount"], body["currency"]),
        status=body["status"],
        reason=body["reason"],
        charge_refundable=body["is_charge_refundable"],
        due_by=moment(due_by) if due_by else None,
    )


def transfer(body: Body) -> Transfer:
    return Transfer(
        id=body["id"],
        amount=money(body["amount"], body["currency"]),
        reversed=money(body["amount_reversed"], body["currency"]),
        destination=named(body.get("destination")) or "",
        transfer_group=body.get("transfer_group"),
        created=moment(body["created"]),
        metadata=dict(body.get("metadata") or {}),
    )


def movement(body: Body) -> Movement:
    """A balance transaction whose source was asked for whole."""
    source, currency = body.get("source"), body["currency"]
    name = named(source) or body["id"]
    about = source if isinstance(source, dict) else {}
    amount, net = money(body["amount"], currency), money(body["net"], currency)
    adds_up = body["net"] == body["amount"] - body["fee"]
    return Movement(
        id=body["id"],
        type=body["type"],
        source=name,
        about=named(about.get(ABOUT.get(about.get("object", ""), ""))) or name,
        amount=amount,
        # Rounded by itself, a fee of dinars could miss what it leaves by ten fils.
        fee=amount - net if adds_up else money(body["fee"], currency),
        net=net,
    )


def reversal(body: Body) -> Reversal:
    return Reversal(
        id=body["id"],
        transfer=named(body["transfer"]) or "",
        amount=money(body["amount"], body["currency"]),
        created=moment(body["created"]),
        metadata=dict(body.get("metadata") or {}),
    )


def bank_payout(body: Body, account: str | None) -> BankPayout:
    return BankPayout(
        id=body["id"],
        account=account,
        amount=money(body["amount"], body["currency"]),
        status=body["status"],
        failure_code=body.get("failure_code"),
        arrives=moment(body["arrival_date"]),
    )


def balance(body: Body) -> Balance:
    def amounts(name: str) -> tuple[Money, ...]:
        return tuple(money(entry["amount"], entry["currency"]) for entry in body[name])

    return Balance(available=amounts("available"), pending=amounts("pending"))


def payee(body: Body) -> Payee:
    wanted = [
        entry
        for entry in (body.get("requirements") or {}).get("entries") or []
        if entry["awaiting_action_from"] == "user"
    ]
    return Payee(
        id=body["id"],
        status=_payee_status(body, wanted),
        requirements=tuple(entry["description"] for entry in wanted),
        email=body.get("contact_email") or "",
        metadata=dict(body.get("metadata") or {}),
    )


def destination(body: Body) -> tuple[str | None, str | None]:
    """Of a list of bank accounts and cards the one that payouts go to: Stripe's name for it, and its
    fingerprint, by which the same one is known again under another name."""
    listed = body["data"]
    chosen = [entry for entry in listed if entry.get("default_for_currency")] or listed
    return (str(chosen[0]["id"]), chosen[0].get("fingerprint")) if chosen else (None, None)


def _payee_status(body: Body, wanted: list[Body]) -> PayeeStatus:
    """Ready is what the transfers capability says, nothing else. Not ready is either "never finished" or
    "stopped":
    Stripe tells them apart by why it asks."""
    if body.get("closed"):
        return PayeeStatus.CLOSED
    recipient = (body.get("configuration") or {}).get("recipient") or {}
    capability = ((recipient.get("capabilities") or {}).get("stripe_balance") or {}).get(
        "stripe_transfers"
    ) or {}
    status = capability.get("status")
    if status == "active":
        return PayeeStatus.ACTIVE
    routine = {"code": "routine_onboarding"}
    if status in (None, "pending") or any(routine in entry["requested_reasons"] for entry in wanted):
        return PayeeStatus.ONBOARDING
    return PayeeStatus.RESTRICTED
