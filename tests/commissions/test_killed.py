"""`kill -9` of the real processes at the worst moments: nothing acknowledged is lost, nothing happens twice.

Each moment is made by a lock that the test holds: the process runs into it, is seen waiting, and is killed
there. Time that has to pass for a dead worker to count as dead is written into its rows.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select, text

from commissions.accruals.models import Commission
from commissions.claims.models import Receipt
from commissions.payouts.models import Payout
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation import ids, payments, processes
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.queue import conninfo
from foundation.money import Money
from foundation.payments.models import InboxStatus, StripeDestination, StripeEvent
from foundation.payments.setup import ensure_destinations
from foundation.payments.transport import sign
from storefront.orders import actions as orders
from storefront.orders.models import Order, OrderStatus
from stripe_sandbox import operator, shopper
from stripe_sandbox.models import DeliveryMode
from stripe_sandbox.store import lock_number, opened
from tests.commissions.sales import click
from tests.commissions.test_sending import approved, transfers
from tests.conftest import environment
from tests.storefront.goods import on_hand, piece, place, shelf

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE %s
"""
BALANCE = lock_number("sandbox:balance:")


class House:
    """The real processes on the test's database, and the rows as they are committed."""

    def __init__(self, app: Any, url: str, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.environ = {**os.environ, **environment(url, folder / "data")}
        self.running: list[subprocess.Popen[bytes]] = []
        self.base = ""

    def worker(self) -> None:
        self._start(processes.worker(self.folder / "worker.log", {}))

    def web(self) -> None:
        with socket.socket() as probe:
            probe.bind((processes.HOST, 0))
            port = probe.getsockname()[1]
        self.base = f"http://{processes.HOST}:{port}"
        self._start(processes.web(port, self.folder / "web.log", {}, workers=1, threads=2))
        self.until(lambda: processes.answers(port))

    def _start(self, program: processes.Program) -> None:
        with program.log.open("ab") as log:
            started = subprocess.Popen(
                program.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(started)

    def kill(self) -> None:
        """SIGKILL to everything that was started, with its children: no handler, no goodbye."""
        while self.running:
            process = self.running.pop()
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def until(self, true: Callable[[], Any]) -> None:
        """Wait for a condition; what the processes said is shown when it does not come."""
        late = time.monotonic() + PATIENCE_SECONDS
        while not true():
            if time.monotonic() > late or any(one.poll() is not None for one in self.running):
                said = "\n".join(log.read_text()[-3000:] for log in self.folder.glob("*.log"))
                raise AssertionError(f"It did not happen.\n{said}")
            time.sleep(0.05)

    def one(self, sql: str, *values: Any) -> Any:
        with psycopg.connect(conninfo(self.app), autocommit=True) as connection:
            row = connection.execute(sql, values).fetchone()
            return row[0] if row else None

    def until_waiting(self, query: str) -> None:
        """Until a process stands before a lock that we hold, with a statement like this."""
        self.until(lambda: self.one(WAITING, f"%{query}%"))

    @contextmanager
    def holding(self, sql: str) -> Iterator[psycopg.Connection]:
        """Hold what a statement locks; rolling back the connection lets it go early."""
        with psycopg.connect(conninfo(self.app)) as connection:
            connection.execute(sql)
            yield connection
            connection.rollback()

    def time_passes(self) -> None:
        """Three minutes for everything that measures whether somebody still lives."""
        with psycopg.connect(conninfo(self.app)) as connection:
            for sql in (
                "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '3 minutes'",
                "DELETE FROM procrastinate_periodic_defers",
                "UPDATE payouts SET claimed_at = claimed_at - interval '3 minutes'",
                "UPDATE sandbox_deliveries SET due_at = due_at - 180",
            ):
                connection.execute(sql)

    def idle(self) -> bool:
        """Nothing that an order or its money waits for."""
        waiting = """
            SELECT count(*) FROM procrastinate_jobs
            WHERE status IN ('todo', 'doing') AND queue_name IN ('facts', 'payments')
        """
        return not self.one(waiting)


@pytest.fixture
def house(app, db_url, tmp_path) -> Iterator[House]:
    made = House(app, db_url, tmp_path)
    yield made
    made.kill()
    # What the killed processes had open ends when PostgreSQL notices; the next test starts without it.
    made.one(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )


@pytest.mark.timeout(300)
def test_a_payout_whose_sender_is_killed_is_paid_once(house, shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    shop_clock.hold(None)
    _, payout_id = approved(shop, work)

    def status() -> str:
        return str(house.one("SELECT status FROM payouts WHERE id = %s", payout_id))

    # Killed before the call reached Stripe: its claim is committed, nothing was sent.
    with house.holding(f"SELECT pg_advisory_xact_lock({BALANCE})"):
        house.worker()
        house.until_waiting("advisory")
        assert status() == "sending"
        house.kill()
    house.until(lambda: not house.one(WAITING, "%advisory%"))
    assert transfers(app) == 0
    # Killed after Stripe sent the money, before that was written down here.
    house.time_passes()
    with house.holding(f"SELECT pg_advisory_xact_lock({BALANCE})") as balance:
        house.worker()
        house.until_waiting("advisory")
        with house.holding("SELECT 1 FROM payouts FOR UPDATE"):
            balance.rollback()
            house.until_waiting("payouts")
            house.kill()
    assert (transfers(app), status()) == (1, "sending")
    house.time_passes()
    house.worker()
    house.until(lambda: status() == "sent")
    house.until(house.idle)
    assert transfers(app) == 1
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        assert db.session.get_one(Payout, payout_id).amount_minor == 1867


@pytest.fixture
def bought(shop, app, work) -> tuple[int, str]:
    """A look bought by the editor's link and paid, of which the shop was not told; order and page."""
    shop_clock.hold(None)
    visit = ids.token()
    with work():
        click(shop.code, visit)
        variants = {shelf("blouse", 5000, 3): 5000, shelf("jacket", 8000, 3): 8000}
        pieces = [piece(variant, minor) for variant, minor in variants.items()]
        placed = place(pieces, visit_id=visit, checkout_began_at=shop_clock.now() + timedelta(seconds=1))
    with app.app_context():
        ensure_destinations(base_url="http://127.0.0.1:8000")
        with opened() as store:
            operator.set_mode(store, DeliveryMode.HELD)
        page = payments.start_checkout(
            order_ref=placed.number,
            amount=Money(13000, "EUR"),
            lines=[payments.CheckoutLine(name="Look", unit=Money(13000, "EUR"))],
            email="anna@example.test",
            success_url="http://127.0.0.1:8000/checkout/return",
            cancel_url="http://127.0.0.1:8000/cart",
            expires_at=shop_clock.now() + timedelta(minutes=31),
            idempotency_key=placed.key,
            metadata={"order": placed.number},
        )
        with opened() as store:
            shopper.pay(store, page.id, "card", "anna@example.test", "Anna")
    with work():
        assert orders.store_session(order_id=placed.order_id, session_id=page.id)
    return placed.order_id, page.id


def post_signed(house: House, page: str, secret: str) -> int:
    about = {"id": page, "object": "checkout.session", "payment_intent": None}
    told = {"id": "evt_killed", "object": "event", "type": "checkout.session.completed", "livemode": False}
    body = json.dumps(told | {"data": {"object": about}})
    request = urllib.request.Request(
        f"{house.base}/webhooks/stripe",
        data=body.encode(),
        headers={
            "Content-Type": "application/json",
            "Stripe-Signature": sign(body, secret, int(shop_clock.now().timestamp())),
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return int(answer.status)


@pytest.mark.timeout(300)
def test_an_order_whose_web_and_worker_are_killed_is_paid_and_credited_once(
    house, bought, app, work, outbox, client
):
    order_id, page = bought
    with work():
        secret = db.session.scalars(
            select(StripeDestination.secret).where(StripeDestination.name == "own")
        ).one()

    def come_back() -> None:
        # Killed under our feet: there is no answer, and none is needed.
        try:
            urllib.request.urlopen(f"{house.base}/checkout/return?session_id={page}", timeout=60)
        except OSError:
            return

    # Web is killed with the order half paid: nothing of it is there.
    house.web()
    with house.holding("SELECT 1 FROM variants FOR UPDATE"):
        returning = Thread(target=come_back)
        returning.start()
        house.until_waiting("variants")
        house.kill()
        returning.join()
    assert house.one("SELECT status FROM orders WHERE id = %s", order_id) == "awaiting_payment"
    # Web is killed the moment it has acknowledged the message: the message is there.
    house.web()
    assert post_signed(house, page, secret) == 200
    house.kill()
    assert house.one("SELECT count(*) FROM stripe_events") == 1
    # The worker is killed with the commissions half written, and the same work was asked for again.
    with house.holding("LOCK TABLE commissions IN SHARE MODE"):
        house.worker()
        house.until_waiting("commissions")
        house.kill()
    house.time_passes()
    house.worker()
    house.until(lambda: house.one("SELECT count(*) FROM commissions"))
    house.until(house.idle)
    assert client.get(f"/checkout/return?session_id={page}").location.startswith("/orders/")
    with work():
        assert db.session.get_one(Order, order_id).status == OrderStatus.PAID
        assert db.session.scalars(select(StripeEvent.status)).all() == [InboxStatus.DONE]
        paid = select(func.count()).where(AuditRow.action == "orders.paid", AuditRow.subject_id == order_id)
        assert db.session.scalars(paid).one() == 1
        assert db.session.scalars(select(func.count()).select_from(Receipt)).one() == 1
        assert db.session.scalars(select(Commission.accrued_minor).order_by(Commission.id)).all() == [
            491,
            786,
        ]
        assert verify().ok
        shelves = db.session.scalars(text("SELECT variant_id FROM order_lines")).all()
        assert [on_hand(variant) for variant in shelves] == [2, 2]
    assert len(outbox(to="anna@example.test")) == 1
