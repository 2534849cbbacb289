"""Checkout sessions, their intents and charges: the API half. What the shopper does is in `shopper.py`."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import objects
from stripe_sandbox.announcements import announce
from stripe_sandbox.errors import ApiError, bad_parameter
from stripe_sandbox.models import SandboxObject
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import (
    DAY,
    check_minimum,
    check_window,
    known_names,
    line_total,
    required,
    session_total,
    whole,
)
from stripe_sandbox.store import Store

CREATE = [
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expand",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "submit_type",
    "success_url",
    "ui_mode",
    "billing_address_collection",
]
LIST = [
    "created",
    "customer_details",
    "ending_before",
    "expand",
    "limit",
    "payment_intent",
    "starting_after",
    "status",
]


@route("POST", "/v1/checkout/sessions")
def create_session(call: Call) -> dict[str, Any]:
    params, store = dict(call.params), call.store
    known_names(params, CREATE)
    required(params, "success_url", "line_items")
    if params.get("mode") != "payment":
        raise bad_parameter("mode", "The stand-in knows `payment` sessions alone.")
    email = params.get("customer_email")
    if email is not None and "@" not in email:
        raise ApiError(
            f"Invalid email address: {email}", code="email_invalid", param="customer_email", began=False
        )
    lines = params["line_items"]
    if not isinstance(lines, list) or len(lines) > 100:
        raise bad_parameter("line_items", "A session takes 1 to 100 line items.")
    amount, currency = session_total(lines)
    check_minimum(amount, currency)
    params["expires_at"] = whole(params, "expires_at", store.now + DAY)
    check_window(params["expires_at"], store.now)
    new_id = store.new_id("checkout.session")
    url = f"{call.base_url}/_sandbox/pay/{new_id}"
    items = []
    for index, line in enumerate(lines):
        total, _ = line_total(line, index)
        items.append(objects.line_item(store.new_id("line_item"), line, total, currency, store.now))
    row = store.add(
        "checkout.session",
        objects.session(new_id, params, amount, currency, store.now, url),
        hidden={"items": items, "intent_data": params.get("payment_intent_data", {})},
    )
    return row.body


@route("GET", "/v1/checkout/sessions")
def list_sessions(call: Call) -> dict[str, Any]:
    known_names(call.params, LIST)
    expire_due(call.store)
    equal = {"parent": call.params["payment_intent"]} if call.params.get("payment_intent") else {}
    page = call.store.page("checkout.session", call.params, "/v1/checkout/sessions", **equal)
    if call.params.get("status"):
        page["data"] = [body for body in page["data"] if body["status"] == call.params["status"]]
    return page


@route("GET", "/v1/checkout/sessions/{session}")
def read_session(call: Call, session: str) -> dict[str, Any]:
    row = call.store.get("checkout.session", session, lock=True)
    expire_if_due(call.store, row)
    return row.body


@route("GET", "/v1/checkout/sessions/{session}/line_items")
def read_line_items(call: Call, session: str) -> dict[str, Any]:
    row = call.store.get("checkout.session", session)
    url = f"/v1/checkout/sessions/{session}/line_items"
    return {"object": "list", "data": row.hidden["items"], "has_more": False, "url": url}


@route("POST", "/v1/checkout/sessions/{session}/expire")
def expire_session(call: Call, session: str) -> dict[str, Any]:
    row = call.store.get("checkout.session", session, lock=True)
    expire_if_due(call.store, row)
    if row.body["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of {row.body['status']}."
        )
    expire(call.store, row)
    return row.body


@route("GET", "/v1/payment_intents/{intent}")
def read_intent(call: Call, intent: str) -> dict[str, Any]:
    body = call.store.get("payment_intent", intent).body
    if "latest_charge" in call.params.get("expand", []) and body["latest_charge"]:
        return {**body, "latest_charge": call.store.get("charge", body["latest_charge"]).body}
    return body


@route("POST", "/v1/payment_intents/{intent}")
def update_intent(call: Call, intent: str) -> dict[str, Any]:
    known_names(call.params, ("metadata", "description", "transfer_group", "expand"))
    row = call.store.get("payment_intent", intent, lock=True)
    changes = {name: call.params[name] for name in ("description", "transfer_group") if name in call.params}
    row.change(metadata={**row.body["metadata"], **call.params.get("metadata", {})}, **changes)
    return row.body


@route("POST", "/v1/payment_intents/{intent}/cancel")
def cancel_intent(call: Call, intent: str) -> dict[str, Any]:
    row = call.store.get("payment_intent", intent, lock=True)
    if row.body["status"] in ("succeeded", "canceled", "processing"):
        raise ApiError(
            f"You cannot cancel this PaymentIntent because it has a status of {row.body['status']}.",
            code="payment_intent_unexpected_state",
        )
    row.change(
        status="canceled",
        canceled_at=call.store.now,
        cancellation_reason=call.params.get("cancellation_reason"),
    )
    announce(call.store, "payment_intent.canceled", row.body)
    return row.body


@route("GET", "/v1/charges/{charge}")
def read_charge(call: Call, charge: str) -> dict[str, Any]:
    return call.store.get("charge", charge).body


def expire(store: Store, row: SandboxObject) -> None:
    """Close an open session; its page takes no payment any more."""
    row.change(status="expired", url=None)
    announce(store, "checkout.session.expired", row.body)


def expire_if_due(store: Store, row: SandboxObject) -> None:
    """A session ends by the clock, whether or not anybody looks."""
    if row.body["status"] == "open" and row.body["expires_at"] <= store.now:
        expire(store, row)


def expire_due(store: Store) -> None:
    """End every session whose time is over."""
    for row in store.find("checkout.session", status="open"):
        if row.body["expires_at"] <= store.now:
            expire_if_due(store, store.get("checkout.session", row.id, lock=True))
