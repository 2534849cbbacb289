"""Refunds, asked for by the shop or made by somebody in the "Dashboard"."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import money_objects
from stripe_sandbox.announcements import announce
from stripe_sandbox.errors import ApiError, bad_parameter
from stripe_sandbox.models import PLATFORM, SandboxObject
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import OVERDRAFT_MINOR, check_refund, check_step, known_names, whole
from stripe_sandbox.store import Store

CREATE = ["amount", "charge", "expand", "metadata", "payment_intent", "reason"]
LIST = ["charge", "created", "ending_before", "expand", "limit", "payment_intent", "starting_after"]


@route("POST", "/v1/refunds")
def create_refund(call: Call) -> dict[str, Any]:
    known_names(call.params, CREATE)
    amount = whole(call.params, "amount") if "amount" in call.params else None
    charge = _charge_named(call.store, call.params)
    return refund_charge(call.store, charge, amount, call.params).body


@route("GET", "/v1/refunds")
def list_refunds(call: Call) -> dict[str, Any]:
    known_names(call.params, LIST)
    equal = {}
    if call.params.get("charge"):
        equal["parent"] = call.params["charge"]
    if call.params.get("payment_intent"):
        equal["grouping"] = call.params["payment_intent"]
    return call.store.page("refund", call.params, "/v1/refunds", **equal)


@route("GET", "/v1/refunds/{refund}")
def read_refund(call: Call, refund: str) -> dict[str, Any]:
    return call.store.get("refund", refund).body


def refund_charge(
    store: Store, charge: SandboxObject, amount: int | None, params: dict[str, Any]
) -> SandboxObject:
    """Refund a locked charge, or its rest without an amount.

    Fees are not given back. Without the money the refund is kept `pending` until there is some.
    """
    body = charge.body
    if body["status"] != "succeeded":
        raise ApiError(f"Charge {charge.id} has not succeeded.", code="charge_not_refundable")
    if body["disputed"]:
        raise ApiError(f"Charge {charge.id} has been charged back.", code="charge_disputed")
    if amount is None:
        amount = body["amount"] - body["amount_refunded"] or body["amount"]
    check_step(amount, body["currency"])
    check_refund(amount, body["amount"], body["amount_refunded"])
    store.lock_balance(PLATFORM)
    covered = _covered(store, amount, body["currency"])
    status = "succeeded" if covered else "pending"
    made = money_objects.refund(store.new_id("refund"), body, amount, store.now, params, status)
    row = store.add("refund", made, parent=charge.id, grouping=body["payment_intent"])
    before = {"amount_refunded": body["amount_refunded"], "refunded": body["refunded"]}
    refunded = body["amount_refunded"] + amount
    charge.change(amount_refunded=refunded, refunded=refunded == body["amount"])
    if covered:
        _take(store, row)
    announce(store, "refund.created", row.body)
    announce(store, "charge.refunded", charge.body, before=before)
    return row


def settle_pending(store: Store) -> None:
    """Refunds that waited for money go out once there is some."""
    for found in store.find("refund", status="pending"):
        row = store.get("refund", found.id, lock=True)
        store.lock_balance(PLATFORM)
        if not _covered(store, row.body["amount"], row.body["currency"]):
            continue
        row.body = {name: value for name, value in row.body.items() if name != "pending_reason"}
        row.change(status="succeeded")
        _take(store, row)
        announce(store, "refund.updated", row.body, before={"status": "pending"})


def fail_refund(store: Store, refund: str) -> None:
    """The shopper's bank sends a refund back, days later: the money returns to the platform."""
    row = store.get("refund", refund, lock=True)
    if row.body["status"] != "succeeded":
        raise ApiError("Only a succeeded refund can come back.")
    charge = store.get("charge", row.body["charge"], lock=True)
    movement = store.move(
        "refund_failure", "refund_failure", row.id, row.body["amount"], row.body["currency"]
    )
    row.change(
        status="failed", failure_reason="expired_or_canceled_card", failure_balance_transaction=movement.id
    )
    charge.change(amount_refunded=charge.body["amount_refunded"] - row.body["amount"], refunded=False)
    announce(store, "refund.failed", row.body, before={"status": "succeeded"})


def _covered(store: Store, amount: int, currency: str) -> bool:
    return sum(store.balances(PLATFORM).get(currency, (0, 0))) + OVERDRAFT_MINOR >= amount


def _take(store: Store, row: SandboxObject) -> None:
    movement = store.move("refund", "refund", row.id, -row.body["amount"], row.body["currency"])
    row.change(balance_transaction=movement.id)


def _charge_named(store: Store, params: dict[str, Any]) -> SandboxObject:
    if params.get("charge"):
        return store.get("charge", params["charge"], lock=True)
    if not params.get("payment_intent"):
        raise bad_parameter(
            "payment_intent", "One of `payment_intent` or `charge` is needed.", "parameter_missing"
        )
    intent = store.get("payment_intent", params["payment_intent"])
    if not intent.body["latest_charge"]:
        raise ApiError(f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.")
    return store.get("charge", intent.body["latest_charge"], lock=True)
