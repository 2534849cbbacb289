"""What the stand-in's pages show, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from foundation.money import Money
from foundation.payments.amounts import from_stripe
from stripe_sandbox.models import PLATFORM, SandboxDelivery, SandboxObject
from stripe_sandbox.store import Store

NEWEST = 12


@dataclass(frozen=True)
class Line:
    """One line of a session: what it is, how many, and what that comes to."""

    name: str
    quantity: int
    amount: Money


@dataclass(frozen=True)
class PayPage:
    """A session as the shopper sees it."""

    id: str
    status: str
    lines: list[Line]
    total: Money
    email: str
    declined: bool
    success_url: str
    cancel_url: str


@dataclass(frozen=True)
class EventLine:
    """An event, and how far it got on each of its ways."""

    id: str
    kind: str
    at: datetime
    ways: list[tuple[str, int, int | None]]


def money(minor: int, currency: str) -> Money:
    return from_stripe(minor, currency.upper())


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def pay_page(store: Store, row: SandboxObject) -> PayPage:
    """What the pay page needs of a session."""
    body = row.body
    declined = False
    if body["payment_intent"] and body["status"] == "open":
        intent = store.get("payment_intent", body["payment_intent"])
        declined = intent.body["last_payment_error"] is not None
    success = body["success_url"].replace("{CHECKOUT_SESSION_ID}", row.id)
    return PayPage(
        id=row.id,
        status=body["status"],
        lines=[
            Line(item["description"], item["quantity"], money(item["amount_total"], item["currency"]))
            for item in row.hidden["items"]
        ],
        total=money(body["amount_total"], body["currency"]),
        email=body["customer_email"] or "",
        declined=declined,
        success_url=success,
        cancel_url=body["cancel_url"] or success,
    )


def amounts(store: Store, account: str = PLATFORM) -> list[tuple[Money, Money]]:
    """Available and pending of a balance, a pair for each currency."""
    return [
        (money(ready, currency), money(later, currency))
        for currency, (ready, later) in store.balances(account).items()
    ]


def newest(store: Store, *kinds: str, account: str | None = None, limit: int = NEWEST) -> Sequence[Any]:
    """The newest objects of these kinds, for a table."""
    query = select(SandboxObject).where(SandboxObject.kind.in_(kinds)).order_by(SandboxObject.seq.desc())
    if account is not None:
        query = query.where(SandboxObject.account == account)
    return store.session.scalars(query.limit(limit)).all()


def events(store: Store) -> list[EventLine]:
    """The newest events with the state, the tries and the last answer of each delivery."""
    rows = newest(store, "event", "v2.core.event", limit=25)
    query = select(SandboxDelivery).where(SandboxDelivery.event.in_([row.id for row in rows]))
    ways: dict[str, list[tuple[str, int, int | None]]] = {}
    for delivery in store.session.scalars(query.order_by(SandboxDelivery.id)):
        ways.setdefault(delivery.event, []).append((delivery.state, delivery.attempts, delivery.last_status))
    return [EventLine(row.id, row.body["type"], moment(row.created), ways.get(row.id, [])) for row in rows]
