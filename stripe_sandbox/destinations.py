"""Events that can be read again, and the places they are sent to."""

from __future__ import annotations

import secrets
from typing import Any

from stripe_sandbox.errors import missing
from stripe_sandbox.models import SandboxObject
from stripe_sandbox.objects import iso
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import EVENTS_KEPT, known_names, required

EVENT_LIST = [
    "created",
    "delivery_success",
    "ending_before",
    "expand",
    "limit",
    "starting_after",
    "type",
    "types",
]
ENDPOINT = ["api_version", "connect", "description", "enabled_events", "expand", "metadata", "url"]
DESTINATION = [
    "description",
    "enabled_events",
    "event_payload",
    "events_from",
    "include",
    "metadata",
    "name",
    "type",
    "webhook_endpoint",
]


@route("GET", "/v1/events")
def list_events(call: Call) -> dict[str, Any]:
    known_names(call.params, EVENT_LIST)
    kinds = call.params.get("types") or ([call.params["type"]] if call.params.get("type") else [])
    which = [SandboxObject.created > call.store.now - EVENTS_KEPT]
    if kinds:
        which.append(SandboxObject.body["type"].astext.in_(kinds))
    return call.store.page("event", call.params, "/v1/events", account=call.account, which=which)


@route("GET", "/v1/events/{event}")
def read_event(call: Call, event: str) -> dict[str, Any]:
    row = call.store.get("event", event)
    if row.created <= call.store.now - EVENTS_KEPT:
        raise missing("event", event)
    return row.body


@route("GET", "/v2/core/events/{event}")
def read_thin_event(call: Call, event: str) -> dict[str, Any]:
    return call.store.get("v2.core.event", event).body


@route("POST", "/v1/webhook_endpoints")
def create_endpoint(call: Call) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, ENDPOINT)
    required(params, "url", "enabled_events")
    body = {
        "id": store.new_id("webhook_endpoint"),
        "object": "webhook_endpoint",
        "api_version": params.get("api_version"),
        "application": None,
        "created": store.now,
        "description": params.get("description"),
        "enabled_events": params["enabled_events"],
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "status": "enabled",
        "url": params["url"],
    }
    secret = f"whsec_demo_{secrets.token_hex(16)}"
    store.add("webhook_endpoint", body, hidden={"secret": secret, "connect": params.get("connect") == "true"})
    return {**body, "secret": secret}


@route("GET", "/v1/webhook_endpoints")
def list_endpoints(call: Call) -> dict[str, Any]:
    known_names(call.params, ("ending_before", "expand", "limit", "starting_after"))
    return call.store.page("webhook_endpoint", call.params, "/v1/webhook_endpoints")


@route("GET", "/v1/webhook_endpoints/{endpoint}")
def read_endpoint(call: Call, endpoint: str) -> dict[str, Any]:
    return call.store.get("webhook_endpoint", endpoint).body


@route("DELETE", "/v1/webhook_endpoints/{endpoint}")
def delete_endpoint(call: Call, endpoint: str) -> dict[str, Any]:
    row = call.store.get("webhook_endpoint", endpoint, lock=True)
    call.store.session.delete(row)
    return {"id": endpoint, "object": "webhook_endpoint", "deleted": True}


@route("POST", "/v2/core/event_destinations")
def create_destination(call: Call) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, DESTINATION)
    required(params, "name", "enabled_events", "event_payload", "type")
    secret = f"whsec_demo_{secrets.token_hex(16)}"
    url = params.get("webhook_endpoint", {}).get("url", "")
    body = {
        "id": store.new_id("v2.core.event_destination"),
        "object": "v2.core.event_destination",
        "created": iso(store.now),
        "description": params.get("description", ""),
        "enabled_events": params["enabled_events"],
        "event_payload": params["event_payload"],
        "events_from": params.get("events_from", ["@self"]),
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "name": params["name"],
        "status": "enabled",
        "type": params["type"],
        "updated": iso(store.now),
    }
    store.add("v2.core.event_destination", body, hidden={"secret": secret, "url": url})
    asked = params.get("include", [])
    shown = {name.partition(".")[2] for name in asked}
    endpoint = {"signing_secret": secret, "url": url}
    kept = {name: value for name, value in endpoint.items() if name in shown}
    return {**body, "webhook_endpoint": kept} if kept else body


@route("GET", "/v2/core/event_destinations")
def list_destinations(call: Call) -> dict[str, Any]:
    known_names(call.params, ("include", "limit", "page"))
    rows = call.store.find("v2.core.event_destination")
    with_url = "webhook_endpoint.url" in call.params.get("include", [])
    data = [
        {**row.body, "webhook_endpoint": {"url": row.hidden["url"]}} if with_url else row.body for row in rows
    ]
    return {"data": data, "next_page_url": None, "previous_page_url": None}


@route("GET", "/v2/core/event_destinations/{destination}")
def read_destination(call: Call, destination: str) -> dict[str, Any]:
    return call.store.get("v2.core.event_destination", destination).body


@route("DELETE", "/v2/core/event_destinations/{destination}")
def delete_destination(call: Call, destination: str) -> dict[str, Any]:
    row = call.store.get("v2.core.event_destination", destination, lock=True)
    call.store.session.delete(row)
    return {"id": destination, "object": "v2.core.event_destination"}
