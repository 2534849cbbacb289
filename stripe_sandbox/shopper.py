"""What a shopper does on the pay page, and what their bank does later."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import objects
from stripe_sandbox.announcements import announce
from stripe_sandbox.checkout import expire_if_due
from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import SandboxObject
from stripe_sandbox.rules import SETTLES_AFTER, charge_fee
from stripe_sandbox.store import Store

BANK_TAKES = 60
LATER = {"later": True, "later_fails": False}


def pay(
    store: Store, session: str, how: str, email: str, name: str, card: str | None = None
) -> SandboxObject:
    """One try to pay: `card`, `declined`, `later` (a bank transfer that arrives) or `later_fails`.

    `card` names whose card it is; by itself everybody pays with a card of their own, told by their address.
    Returns the session as it is afterwards; raises `ApiError` when it is not open any more, so that a
    session is
    settled once at most.
    """
    row = store.get("checkout.session", session, lock=True)
    expire_if_due(store, row)
    if row.body["status"] != "open":
        raise ApiError("This session is not open.", code="session_not_open")
    person = {"email": row.body["customer_email"] or email or None, "name": name or None}
    paid_by = objects.card(card or person["email"] or name)
    intent = _intent_of(store, row)
    if how == "declined":
        charge = _charge(store, intent, "failed", person, paid_by)
        _decline(store, intent, charge)
        return row
    if how == "card":
        charge = _charge(store, intent, "succeeded", person, paid_by)
        _succeed(store, intent, charge)
        _complete(store, row, person, paid=True)
        announce(store, "checkout.session.completed", row.body)
        return row
    charge = _charge(store, intent, "pending", person)
    intent.change(status="processing", last_payment_error=None)
    intent.note(arrives=LATER[how], due=store.now + BANK_TAKES)
    announce(store, "payment_intent.processing", intent.body)
    _complete(store, row, person, paid=False)
    announce(store, "checkout.session.completed", row.body)
    return row


def settle_due(store: Store) -> None:
    """Bank transfers whose time has come arrive or fail."""
    for intent in store.find("payment_intent", status="processing"):
        if intent.hidden.get("due", 0) <= store.now:
            settle(store, intent.id, bool(intent.hidden.get("arrives")))


def settle(store: Store, intent_id: str, arrives: bool) -> None:
    """A bank transfer arrives or fails; a second call changes nothing."""
    intent = store.get("payment_intent", intent_id, lock=True)
    if intent.body["status"] != "processing":
        return
    session = store.get("checkout.session", intent.hidden["session"], lock=True)
    charge = store.get("charge", intent.body["latest_charge"], lock=True)
    if arrives:
        charge.change(status="succeeded", amount_captured=charge.body["amount"])
        _succeed(store, intent, charge)
        session.change(payment_status="paid")
        announce(store, "checkout.session.async_payment_succeeded", session.body)
        return
    charge.change(
        status="failed",
        paid=False,
        failure_code="bank_ownership_changed",
        failure_message="The transfer failed.",
    )
    _decline(store, intent, charge)
    announce(store, "checkout.session.async_payment_failed", session.body)


def _intent_of(store: Store, session: SandboxObject) -> SandboxObject:
    if session.body["payment_intent"]:
        return store.get("payment_intent", session.body["payment_intent"], lock=True)
    body = objects.intent(
        store.new_id("payment_intent"),
        session.body["amount_total"],
        session.body["currency"],
        store.now,
        session.hidden["intent_data"],
    )
    intent = store.add(
        "payment_intent",
        body,
        grouping=body["transfer_group"],
        parent=session.id,
        hidden={"session": session.id},
    )
    session.change(payment_intent=intent.id)
    session.parent = intent.id
    announce(store, "payment_intent.created", intent.body)
    return intent


def _charge(
    store: Store,
    intent: SandboxObject,
    status: str,
    person: dict[str, Any],
    paid_by: dict[str, Any] | None = None,
) -> SandboxObject:
    body = objects.charge(store.new_id("charge"), intent.body, store.now, status, person, paid_by)
    charge = store.add("charge", body, parent=intent.id, grouping=body["transfer_group"])
    intent.change(latest_charge=charge.id)
    return charge


def _succeed(store: Store, intent: SandboxObject, charge: SandboxObject) -> None:
    amount, currency = charge.body["amount"], charge.body["currency"]
    movement = store.move(
        "charge",
        "charge",
        charge.id,
        amount,
        currency,
        fee=charge_fee(amount),
        available_on=store.now + SETTLES_AFTER,
    )
    charge.change(balance_transaction=movement.id)
    intent.change(status="succeeded", amount_received=amount, last_payment_error=None)
    announce(store, "charge.succeeded", charge.body)
    announce(store, "payment_intent.succeeded", intent.body)


def _decline(store: Store, intent: SandboxObject, charge: SandboxObject) -> None:
    intent.change(
        status="requires_payment_method",
        last_payment_error={
            "type": "card_error",
            "code": charge.body["failure_code"],
            "message": charge.body["failure_message"],
            "charge": charge.id,
        },
    )
    announce(store, "charge.failed", charge.body)
    announce(store, "payment_intent.payment_failed", intent.body)


def _complete(store: Store, session: SandboxObject, person: dict[str, Any], *, paid: bool) -> None:
    session.change(
        status="complete",
        payment_status="paid" if paid else "unpaid",
        url=None,
        customer_details={**person, "address": None, "phone": None, "tax_exempt": "none", "tax_ids": []},
    )
