"""Telling the shop what happened: events are made, matched with destinations and queued for delivery."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from foundation.payments.version import API_VERSION
from stripe_sandbox import objects
from stripe_sandbox.models import (
    PLATFORM,
    DeliveryMode,
    DeliveryState,
    SandboxDelivery,
    SandboxObject,
)
from stripe_sandbox.rules import wants
from stripe_sandbox.store import Store

LATE_BY = 600


def announce(
    store: Store,
    kind: str,
    about: dict[str, Any],
    *,
    account: str = PLATFORM,
    before: dict[str, Any] | None = None,
) -> SandboxObject:
    """Make a snapshot event and queue it for every destination that asked for it."""
    version = API_VERSION
    body = objects.event(store.new_id("event"), kind, store.now, about, version, before, account)
    event = store.add("event", body, account=account, parent=about.get("id"))
    endpoints = store.find("webhook_endpoint", account=PLATFORM)
    for endpoint in endpoints:
        hears_accounts = bool(endpoint.hidden.get("connect"))
        if hears_accounts == bool(account) and wants(endpoint.body["enabled_events"], kind):
            queue(store, event.id, endpoint.id)
    return event


def announce_thin(store: Store, kind: str, account: str) -> SandboxObject:
    """Make a v2 event that only names the account, and queue it likewise."""
    event = store.add("v2.core.event", objects.thin_event(store.new_id("event"), kind, store.now, account))
    for destination in store.find("v2.core.event_destination", account=PLATFORM):
        if wants(destination.body["enabled_events"], kind):
            queue(store, event.id, destination.id)
    return event


def queue(store: Store, event: str, destination: str) -> None:
    """Put one event on its way, as the operator's mode wants it."""
    mode = store.control().delivery_mode
    state, due = DeliveryState.DUE, store.now
    if mode == DeliveryMode.HELD:
        state = DeliveryState.HELD
    elif mode == DeliveryMode.DROPPED:
        state = DeliveryState.DROPPED
    elif mode == DeliveryMode.LATE:
        due += LATE_BY
    copies = 2 if mode == DeliveryMode.TWICE else 1
    for _ in range(copies):
        store.session.add(SandboxDelivery(event=event, destination=destination, state=state, due_at=due))
    store.queued = store.queued or state == DeliveryState.DUE
    store.session.flush()


def send_again(store: Store, event: str, copies: int = 1) -> int:
    """Queue an event once more for each destination it was ever meant for; returns how many were queued."""
    query = select(SandboxDelivery.destination).where(SandboxDelivery.event == event).distinct()
    destinations = store.session.scalars(query).all()
    for destination in sorted(destinations) * copies:
        store.session.add(
            SandboxDelivery(event=event, destination=destination, state=DeliveryState.DUE, due_at=store.now)
        )
    store.queued = store.queued or bool(destinations)
    store.session.flush()
    return len(destinations) * copies


def release_held(store: Store, *, newest_first: bool) -> int:
    """Let held events go, in the order they happened or the other way round; returns how many."""
    query = select(SandboxDelivery).where(SandboxDelivery.state == DeliveryState.HELD).with_for_update()
    rows = sorted(store.session.scalars(query).all(), key=lambda row: row.id, reverse=newest_first)
    # The delivery job takes the earliest due first, so the order is told by seconds in the past.
    for index, row in enumerate(rows):
        row.state = DeliveryState.DUE
        row.due_at = store.now - len(rows) + index
    store.queued = store.queued or bool(rows)
    store.session.flush()
    return len(rows)
