"""Telling Stripe where to send its messages, and keeping the secrets it signs them with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from foundation import clock
from foundation.db import db, unit_of_work
from foundation.payments.client import calling, plain
from foundation.payments.models import DestinationName, StripeDestination
from foundation.payments.queries import destinations_kept
from foundation.payments.version import API_VERSION
from foundation.payments.views import PATHS

OWN_EVENTS = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "transfer.created",
    "transfer.reversed",
    "transfer.updated",
]
CONNECTED_EVENTS = [
    "account.external_account.created",
    "account.external_account.updated",
    "account.external_account.deleted",
    "payout.failed",
    "payout.paid",
]
ACCOUNT_EVENTS = [
    "v2.core.account[configuration.recipient].capability_status_updated",
    "v2.core.account[requirements].updated",
    "v2.core.account.closed",
]
MARK = {"made_by": "vetrina"}


def ensure_destinations(*, base_url: str) -> Mapping[DestinationName, bool]:
    """Make the destinations that are missing; True for each that was made now. Can be run again at any time.

    One that Stripe has but whose secret we lost is replaced, because Stripe tells a secret only once.
    """
    with unit_of_work():
        known = {name: (row.url, row.stripe_id) for name, row in destinations_kept().items()}
    there = destinations_at_stripe()
    made = {}
    for name, path in PATHS.items():
        url = base_url + path
        known_url, known_id = known.get(name, ("", ""))
        if known_url == url and there.get(known_id) == url:
            made[name] = False
            continue
        for stale in [
            stripe_id for stripe_id, address in there.items() if address == url or stripe_id == known_id
        ]:
            _remove(stale)
        stripe_id, secret = _make(name, url)
        _keep(name, url, stripe_id, secret)
        made[name] = True
    return made


def destinations_at_stripe() -> dict[str, str]:
    """Every destination Stripe has, id to address."""
    found: dict[str, str] = {}
    with calling() as client:
        for endpoint in client.v1.webhook_endpoints.list({"limit": 100}).auto_paging_iter():
            found[endpoint.id] = endpoint.url
        listed = client.v2.core.event_destinations.list({"include": ["webhook_endpoint.url"]})
        for destination in listed.auto_paging_iter():
            body = plain(destination)
            found[body["id"]] = (body.get("webhook_endpoint") or {}).get("url") or ""
    return found


def _make(name: DestinationName, url: str) -> tuple[str, str]:
    if name is DestinationName.ACCOUNTS:
        params: dict[str, Any] = {
            "name": "Vetrina accounts",
            "type": "webhook_endpoint",
            "event_payload": "thin",
            "events_from": ["@accounts"],
            "enabled_events": ACCOUNT_EVENTS,
            "webhook_endpoint": {"url": url},
            "include": ["webhook_endpoint.signing_secret"],
            "metadata": MARK,
        }
        with calling() as client:
            body = plain(client.v2.core.event_destinations.create(params))
            return body["id"], body["webhook_endpoint"]["signing_secret"]
    params = {
        "url": url,
        "api_version": API_VERSION,
        "enabled_events": OWN_EVENTS if name is DestinationName.OWN else CONNECTED_EVENTS,
        "metadata": MARK,
    }
    if name is DestinationName.CONNECTED:
        params["connect"] = True
    with calling() as client:
        body = plain(client.v1.webhook_endpoints.create(params))
        return body["id"], body["secret"]


def _remove(stripe_id: str) -> None:
    with calling() as client:
        if stripe_id.startswith("we_"):
            client.v1.webhook_endpoints.delete(stripe_id)
        else:
            client.v2.core.event_destinations.delete(stripe_id)


def _keep(name: DestinationName, url: str, stripe_id: str, secret: str) -> None:
    with unit_of_work():
        db.session.execute(delete(StripeDestination).where(StripeDestination.name == name))
        db.session.add(
            StripeDestination(name=name, url=url, stripe_id=stripe_id, secret=secret, created_at=clock.now())
        )
