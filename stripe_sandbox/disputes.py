"""Disputes: a shopper's bank takes the money of a charge back until it is decided."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import money_objects
from stripe_sandbox.announcements import announce
from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import SandboxObject
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import DAY, DISPUTE_FEE_MINOR, known_names
from stripe_sandbox.store import Store

OPEN = ("needs_response", "under_review")


@route("GET", "/v1/disputes")
def list_disputes(call: Call) -> dict[str, Any]:
    known_names(
        call.params,
        ["charge", "created", "ending_before", "expand", "limit", "payment_intent", "starting_after"],
    )
    equal = {"parent": call.params["charge"]} if call.params.get("charge") else {}
    return call.store.page("dispute", call.params, "/v1/disputes", **equal)


@route("GET", "/v1/disputes/{dispute}")
def read_dispute(call: Call, dispute: str) -> dict[str, Any]:
    return call.store.get("dispute", dispute).body


@route("POST", "/v1/disputes/{dispute}")
def update_dispute(call: Call, dispute: str) -> dict[str, Any]:
    known_names(call.params, ("evidence", "expand", "metadata", "submit"))
    row = call.store.get("dispute", dispute, lock=True)
    if row.body["status"] not in OPEN:
        raise ApiError("This dispute is already closed.", code="dispute_closed")
    given = {**row.body["evidence"], **call.params.get("evidence", {})}
    details = {**row.body["evidence_details"], "has_evidence": True}
    status = row.body["status"]
    if call.params.get("submit") == "true":
        details["submission_count"] += 1
        status = "under_review"
    metadata = {**row.body["metadata"], **call.params.get("metadata", {})}
    row.change(evidence=given, evidence_details=details, status=status, metadata=metadata)
    announce(call.store, "charge.dispute.updated", row.body)
    return row.body


@route("POST", "/v1/disputes/{dispute}/close")
def close_dispute(call: Call, dispute: str) -> dict[str, Any]:
    return decide(call.store, dispute, won=False).body


def open_dispute(store: Store, charge_id: str) -> SandboxObject:
    """A shopper disputes a whole charge: amount and a fee leave the platform's balance at once."""
    charge = store.get("charge", charge_id, lock=True)
    if charge.body["status"] != "succeeded" or charge.body["disputed"]:
        raise ApiError("This charge cannot be disputed.")
    new_id = store.new_id("dispute")
    movement = store.move(
        "adjustment",
        "dispute",
        new_id,
        -charge.body["amount"],
        charge.body["currency"],
        fee=DISPUTE_FEE_MINOR,
    )
    body = money_objects.dispute(
        new_id, charge.body, store.now, [money_objects.movement(movement, store.now)], store.now + 14 * DAY
    )
    row = store.add("dispute", body, parent=charge.id, grouping=charge.body["payment_intent"])
    charge.change(disputed=True)
    announce(store, "charge.dispute.created", row.body)
    announce(store, "charge.dispute.funds_withdrawn", row.body)
    return row


def decide(store: Store, dispute: str, *, won: bool) -> SandboxObject:
    """The bank decides: a won dispute brings amount and fee back."""
    row = store.get("dispute", dispute, lock=True)
    if row.body["status"] not in OPEN:
        raise ApiError("This dispute is already closed.", code="dispute_closed")
    movements = row.body["balance_transactions"]
    if won:
        back = store.move(
            "adjustment",
            "dispute_reversal",
            row.id,
            row.body["amount"],
            row.body["currency"],
            fee=-DISPUTE_FEE_MINOR,
        )
        movements = [*movements, money_objects.movement(back, store.now)]
    row.change(status="won" if won else "lost", balance_transactions=movements)
    announce(store, "charge.dispute.closed", row.body)
    if won:
        charge = store.get("charge", row.body["charge"], lock=True)
        charge.change(disputed=False)
        announce(store, "charge.dispute.funds_reinstated", row.body)
    return row
