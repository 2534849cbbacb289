"""Is this key good for everything the shop does? Each right is tried by a read that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foundation import settings
from foundation.db import unit_of_work
from foundation.payments import client as door
from foundation.payments.errors import PaymentsProblem
from foundation.payments.queries import destinations_kept
from foundation.payments.setup import destinations_at_stripe
from foundation.payments.views import PATHS

Probe = Callable[[Any], Any]
THIS_MACHINE = "http://127.0.0.1:"
SET_UP = "run: flask --app wsgi payments setup"

PROBES: Mapping[str, Probe] = {
    "Checkout sessions": lambda client: client.v1.checkout.sessions.list({"limit": 1}),
    "Refunds": lambda client: client.v1.refunds.list({"limit": 1}),
    "Disputes": lambda client: client.v1.disputes.list({"limit": 1}),
    "Transfers": lambda client: client.v1.transfers.list({"limit": 1}),
    "Balance transactions": lambda client: client.v1.balance_transactions.list({"limit": 1}),
    "Balance": lambda client: client.v1.balance.retrieve(),
    "Events": lambda client: client.v1.events.list({"limit": 1}),
    "Webhook endpoints": lambda client: client.v1.webhook_endpoints.list({"limit": 1}),
    "Event destinations (v2)": lambda client: client.v2.core.event_destinations.list({"limit": 1}),
    "Accounts (v2)": lambda client: client.v2.core.accounts.list({"limit": 1}),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do when it is not well."""

    what: str
    well: bool
    advice: str = ""


def examine(*, base_url: str) -> list[Finding]:
    """Try every right the shop needs and every destination it should have."""
    findings = [_probe(what, probe) for what, probe in PROBES.items()]
    if any(finding.well for finding in findings):
        findings += _destinations(base_url)
    return findings


def _probe(what: str, probe: Probe) -> Finding:
    try:
        with door.calling() as client:
            probe(client)
    except PaymentsProblem as problem:
        reason = problem.stripe_message or problem.stripe_code or type(problem).__name__
        return Finding(what, False, f"give the key the right to read and write this ({reason})")
    return Finding(what, True)


def _destinations(base_url: str) -> list[Finding]:
    with unit_of_work():
        kept = destinations_kept()
    try:
        there = destinations_at_stripe()
    except PaymentsProblem:
        return []
    findings = []
    for name, path in PATHS.items():
        row, what = kept.get(name), f"Messages about {name}"
        if row is None or there.get(row.stripe_id) != row.url:
            findings.append(Finding(what, False, SET_UP))
        elif row.url == base_url + path:
            findings.append(Finding(what, True))
        elif settings.current().sandbox and row.url.startswith(THIS_MACHINE):
            # A demo is where `make demo` was told to open it, and whoever asks was not told where.
            findings.append(Finding(what, True, f"the stand-in for Stripe sends them to {row.url}"))
        else:
            findings.append(Finding(what, False, SET_UP))
    return findings
