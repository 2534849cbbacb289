"""Each fact told to two workers at once, and then again: what follows from it happens once.

The twins take the lock and the key of the entry away, and let both workers look before either writes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Select

from commissions.accruals import actions
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation import facts
from foundation.db import db
from foundation.jobs.queue import queue
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    LinesRefunded,
    OrderDelivered,
    OrderPaid,
    RefundFailed,
)
from storefront.orders.models import Dispute
from tests.commissions.sales import click, deliver, dispute, fail, give_back, sell

# What happened before the news, the news, and what the editor has then: pending and held.
STORIES = {
    "paid": ((), (1867, 0)),
    "delivered": (("paid",), (1867, 0)),
    "refunded": (("paid",), (1572, 0)),
    "refund failed": (("paid", "refunded"), (1867, 0)),
    "opened": (("paid",), (0, 1867)),
    "won": (("paid", "opened"), (1867, 0)),
    "lost": (("paid", "opened"), (0, 0)),
}
MOVES_MONEY = ("refunded", "refund failed", "opened", "won", "lost")


class News:
    """One order, what happens to it, and the fact that tells of it."""

    def __init__(self, app: Any, work: Any, shop: Any, clock: Any) -> None:
        self.app, self.work, self.shop = app, work, shop
        with work():
            click(shop.code, "visit-1")
        clock.advance(minutes=20)
        with work():
            self.order = sell(shop.product_id, visit="visit-1")
        self.refund = 0

    def happen(self, what: str) -> facts.Fact:
        now = shop_clock.now()
        with self.work():
            if what == "paid":
                return OrderPaid(order_id=self.order, paid_at=now)
            if what == "delivered":
                deliver(self.order)
                return OrderDelivered(order_id=self.order, delivered_at=now)
            if what == "refunded":
                self.refund = give_back(self.order, 3, 3000)
                return LinesRefunded(order_id=self.order, refund_id=self.refund, refunded_at=now)
            if what == "refund failed":
                fail(self.refund)
                return RefundFailed(order_id=self.order, refund_id=self.refund)
            dispute(self.order, Dispute("open" if what == "opened" else what))
            if what == "opened":
                return DisputeOpened(order_id=self.order, opened_at=now)
            return DisputeClosed(order_id=self.order, won=what == "won", closed_at=now)

    def tell(self, fact: facts.Fact) -> None:
        """As a worker does it: every subscriber's job, each in a transaction of its own."""
        with self.app.app_context():
            for name in facts.subscribers()[type(fact)]:
                queue.tasks[name](fact=facts._plain(fact))

    def tell_two_workers(self, fact: facts.Fact) -> None:
        gate = Barrier(2)

        def work(_number: int) -> None:
            gate.wait(timeout=10)
            self.tell(fact)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(2)))

    def books(self) -> tuple[int, int]:
        with self.work():
            balance = editor_balance(self.shop.editor_id, "EUR")
            return balance.pending.minor, balance.held.minor

    def proved(self) -> bool:
        with self.work():
            return verify().ok


@pytest.fixture
def news(app, work, shop, clock) -> News:
    return News(app, work, shop, clock)


@pytest.mark.parametrize("what", STORIES)
def test_news_told_to_two_workers_at_once_and_again_has_one_effect(news, what):
    before, after = STORIES[what]
    for earlier in before:
        news.tell(news.happen(earlier))
    fact = news.happen(what)
    news.tell_two_workers(fact)
    news.tell(fact)
    assert news.books() == after
    assert news.proved()


@pytest.mark.parametrize("what", MOVES_MONEY)
def test_without_lock_and_key_two_workers_book_it_twice(news, what, monkeypatch):
    """The twin: both have read the order before either books, under a key of their own."""
    before, after = STORIES[what]
    for earlier in before:
        news.tell(news.happen(earlier))
    both_have_read, numbers = Barrier(2), count()
    read, entry = actions.sale, actions.transfer

    def read_and_wait(order_id: int) -> Any:
        seen = read(order_id)
        both_have_read.wait(timeout=10)
        return seen

    monkeypatch.setattr(Select, "with_for_update", lambda self, **_named: self)
    monkeypatch.setattr(actions, "sale", read_and_wait)
    monkeypatch.setattr(
        actions, "transfer", lambda **given: entry(**given | {"key": f"{given['key']}:{next(numbers)}"})
    )
    news.tell_two_workers(news.happen(what))
    assert news.books() != after
    assert not news.proved()
    with news.work():
        db.session.rollback()
