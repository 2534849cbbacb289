"""The stand-in in the hands of a test. Every call that passes is checked against Stripe's document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from foundation import payments
from foundation.money import Money
from foundation.payments import reconcile, webhooks
from foundation.payments.setup import ensure_destinations
from stripe_sandbox import accounts, shopper
from stripe_sandbox.clockwork import BELL, moved_clock
from stripe_sandbox.start import TRANSPORT
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.payments import contract

BASE = "http://127.0.0.1:8000"


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture(autouse=True)
def payments_alone(worker_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test inherits a moved clock, and the packages above neither listen nor believe anything here.

    The application comes first: making it is what lets them listen.
    """
    kept = dict(webhooks._handlers)
    webhooks._handlers.clear()
    monkeypatch.setattr(reconcile, "_sources", [])
    moved_clock.reset()
    yield
    (worker_app.extensions["vetrina.settings"].data_dir / BELL).unlink(missing_ok=True)
    moved_clock.reset()
    webhooks._handlers.clear()
    webhooks._handlers.update(kept)


@pytest.fixture
def wire(app: Flask) -> Iterator[list[tuple[str, str, int]]]:
    """What went over the wire; a request or reply that Stripe's document does not allow fails the test."""
    seen: list[tuple[str, str, int]] = []
    problems: list[str] = []

    def watch(method: str, path: str, query: str, body: str, status: int, reply: str) -> None:
        seen.append((method.upper(), path, status))
        problems.extend(contract.request_problems(method, path, query, body))
        problems.extend(contract.reply_problems(method, path, status, reply))

    app.extensions[TRANSPORT].watcher = watch
    yield seen
    app.extensions[TRANSPORT].watcher = None
    assert problems == []


@dataclass
class Shop:
    """Short ways to get somewhere. Everything goes through the boundary or through what people do."""

    clock: Any

    def session(self, minor: int = 5000, key: str = "order-1", **changed: Any) -> payments.CheckoutSession:
        arguments: dict[str, Any] = {
            "order_ref": "V-1001",
            "amount": eur(minor),
            "lines": [payments.CheckoutLine(name="Linen shirt", unit=eur(minor), description="M")],
            "email": "anna@example.test",
            "success_url": f"{BASE}/checkout/return?session={{CHECKOUT_SESSION_ID}}",
            "cancel_url": f"{BASE}/cart",
            "expires_at": self.clock.now + timedelta(minutes=35),
            "idempotency_key": key,
            "metadata": {"order": "V-1001"},
            "locale": "it",
        }
        return payments.start_checkout(**{**arguments, **changed})

    def pay(self, session_id: str, how: str = "card") -> None:
        with opened() as store:
            shopper.pay(store, session_id, how, "anna@example.test", "Anna Rossi")

    def paid(self, minor: int = 5000, key: str = "order-1") -> payments.CheckoutSession:
        session = self.session(minor, key)
        self.pay(session.id)
        return payments.fetch_session(session_id=session.id)

    def payee(self, stage: str = "done", key: str = "editor-1") -> payments.Payee:
        made = payments.create_payee(
            email="editor@example.test",
            display_name="Elena",
            country="IT",
            currency="EUR",
            idempotency_key=key,
            metadata={"editor": "7"},
        )
        if stage != "new":
            with opened() as store:
                accounts.set_stage(store, made.id, stage)
        return made

    def reserve(self, minor: int) -> None:
        with opened() as store:
            top_up(store, minor, "eur")

    def transfer(self, payee: payments.Payee, minor: int = 1572, key: str = "payout-1") -> payments.Transfer:
        return payments.transfer(
            amount=eur(minor),
            destination=payee.id,
            transfer_group="run-1",
            idempotency_key=key,
            metadata={"payout": key},
        )


@pytest.fixture
def shop(app: Flask, clock: Any) -> Iterator[Shop]:
    """The application's context with time held still, and the stand-in ready."""
    with app.app_context():
        yield Shop(clock)


@pytest.fixture
def destinations(shop: Shop) -> None:
    """Stripe knows where to send its messages."""
    ensure_destinations(base_url=BASE)


@pytest.fixture
def deliver(destinations: None, run_jobs: Callable[..., int]) -> Callable[..., int]:
    """Let every message that is due arrive and be handled."""
    return run_jobs
