"""The return page and Stripe's message at the same moment: the order is paid once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from foundation import payments
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.payments import calls
from foundation.payments.setup import ensure_destinations
from storefront.orders import paying
from storefront.orders.models import Order
from tests.storefront.goods import on_hand, shelf
from tests.storefront.test_checkout import Shopper


@pytest.fixture
def at_once(app, work, run_jobs, monkeypatch):
    """Buy one shirt of five; the page and the message have both asked Stripe before either writes."""

    def run() -> tuple[int, int, int]:
        with app.app_context():
            ensure_destinations(base_url="http://127.0.0.1:8000")
        with work():
            shirt = shelf("shirt", 3000, 5)
        anna = Shopper(app)
        anna.add(shirt)
        url = anna.order().location
        anna.pay(url)
        both_have_asked, ask = threading.Barrier(2), calls.fetch_session

        def asked(*, session_id: str) -> payments.CheckoutSession:
            told = ask(session_id=session_id)
            both_have_asked.wait(timeout=10)
            return told

        with monkeypatch.context() as patch:
            patch.setattr(calls, "fetch_session", asked)
            patch.setattr(payments, "fetch_session", asked)
            with ThreadPoolExecutor(2) as pool:
                page, message = pool.submit(anna.come_back, url), pool.submit(run_jobs)
                assert page.result().location.startswith("/orders/")
                message.result()
        run_jobs()
        with work():
            paid = db.session.scalars(select(func.count()).where(AuditRow.action == "orders.paid")).one()
            return paid, on_hand(shirt), len(latest_messages())

    return run


def test_the_page_and_the_message_at_once_pay_the_order_once(at_once):
    assert at_once() == (1, 4, 1)


def test_without_the_orders_lock_it_is_paid_twice(at_once, monkeypatch):
    """The twin: both find the order unpaid before either has written."""
    both_have_found = threading.Barrier(2)

    def unlocked(*conditions):
        order = db.session.scalars(select(Order).where(*conditions)).one_or_none()
        both_have_found.wait(timeout=10)
        return order

    monkeypatch.setattr(paying, "find_locked", unlocked)
    paid, _, letters = at_once()
    assert (paid, letters) == (2, 2)
