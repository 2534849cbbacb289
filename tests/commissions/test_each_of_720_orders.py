"""All 720 orders in which six messages of one refunded, disputed order can come end in one state.

Each message brings what Stripe said when it was sent: a worker may have read it then and write it last. The
orders that begin alike share their beginning: one transaction, with a savepoint before every message. What
travels through the door itself, twice and shuffled, is `test_webhook_orders`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import factorial
from typing import Any

import pytest
from sqlalchemy import event, func, select

from commissions.accruals.models import Commission
from commissions.claims.models import Receipt
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from foundation import facts
from foundation.db import db
from foundation.payments import webhooks
from foundation.payments.webhooks import Fresh
from storefront.orders import letters
from storefront.orders.models import Order, Refund, RefundLine
from stripe_sandbox import disputes, refunds, shopper
from tests.commissions.lives import by_largest_remainder
from tests.commissions.test_webhook_orders import House, charge_of, commission, house
from tests.storefront.goods import on_hand

__all__ = ["house"]

LINES = [5000, 8000]
BACK = 3001


Left = tuple[int, ...]


@dataclass
class Walk:
    """Every order of the messages: how many of them end in which state.

    A message that writes nothing leaves the books as they are, so what may still follow was seen already or
    is seen from here: `known` holds it by the messages that are left and by those that wrote something.
    """

    order_id: int
    house: House
    announced: list[facts.Fact]
    sent: tuple[Fresh, ...]
    writes: int = 0
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    known: dict[tuple[Left, Left], Counter[tuple[Any, ...]]] = field(default_factory=dict)

    def ends(self, left: Left, wrote: Left = ()) -> Counter[tuple[Any, ...]]:
        if (left, wrote) not in self.known:
            self.known[left, wrote] = self._ends(left, wrote)
        return self.known[left, wrote]

    def _ends(self, left: Left, wrote: Left) -> Counter[tuple[Any, ...]]:
        if not left:
            state = self.state()
            if state not in self.seen:
                self.seen.add(state)
                assert verify().ok
            return Counter([state])
        found: Counter[tuple[Any, ...]] = Counter()
        for message in left:
            savepoint, before = db.session.begin_nested(), self.writes
            webhooks.hand_over(self.sent[message])
            self.hear()
            rest = tuple(one for one in left if one != message)
            found += self.ends(rest, wrote if self.writes == before else (*wrote, message))
            savepoint.rollback()
        return found

    def count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.writes += (
            not statement.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        )

    def hear(self) -> None:
        listeners = facts.subscribers()
        while self.announced:
            fact = self.announced.pop(0)
            for handler in listeners.get(type(fact), {}).values():
                handler(fact)

    def state(self) -> tuple[Any, ...]:
        order = db.session.get_one(Order, self.order_id)
        balance = editor_balance(self.house.shop.editor_id, "EUR")
        return (
            (str(order.status), str(order.dispute), order.captured_minor, order.disputed_minor),
            tuple(
                (part.amount_minor, part.quantity, part.counted_minor)
                for part in db.session.scalars(
                    select(RefundLine).join(Refund).order_by(RefundLine.order_line_id)
                )
            ),
            tuple(db.session.scalars(select(Refund.status)).all()),
            tuple(
                (one.accrued_minor, one.reversed_minor, one.refunded_minor, str(one.status))
                for one in db.session.scalars(select(Commission).order_by(Commission.order_line_id))
            ),
            (balance.pending.minor, balance.held.minor, balance.payable.minor),
            db.session.scalar(select(func.count()).select_from(Receipt)),
            tuple(on_hand(variant) for variant in self.house.variants),
        )


@pytest.fixture
def announced(monkeypatch) -> list[facts.Fact]:
    """Facts are heard at once; letters are not the matter of this test."""
    told: list[facts.Fact] = []
    monkeypatch.setattr(facts, "record", told.append)
    monkeypatch.setattr(letters, "post", lambda **_: None)
    return told


def messages(house: House, *, won: bool) -> tuple[int, tuple[Fresh, ...]]:
    """Paid, a part given back in the Dashboard, disputed, decided: six messages, each as it was then."""
    order_id, page = house.buy(LINES)

    def read(kind: str, name: str) -> Fresh:
        with house.app.app_context():
            return webhooks.fetch(kind, name, None)

    house.at_stripe(lambda store: shopper.pay(store, page, "card", "anna@example.test", "Anna"))
    intent = house.at_stripe(lambda store: store.get("checkout.session", page).body["payment_intent"])
    sent = [read("checkout.session", page)]
    charge = house.at_stripe(lambda store: charge_of(store, intent).id)
    back = house.at_stripe(lambda store: refunds.refund_charge(store, charge_of(store, intent), BACK, {}).id)
    sent += [read("refund", back), read("charge", charge)]
    house.at_stripe(lambda store: disputes.open_dispute(store, charge))
    dispute = house.at_stripe(lambda store: store.find("dispute", grouping=intent)[-1].id)
    sent += [read("dispute", dispute), read("dispute", dispute)]
    house.at_stripe(lambda store: disputes.decide(store, dispute, won=won))
    sent.append(read("dispute", dispute))
    return order_id, tuple(sent)


def walk(
    house: House, announced: list[facts.Fact], *, won: bool, which: Left = tuple(range(6))
) -> Counter[tuple[Any, ...]]:
    """Lead `which` of the messages through every order of them."""
    order_id, sent = messages(house, won=won)
    announced.clear()
    walked = Walk(order_id, house, announced, sent)
    with house.work():
        connection = db.session.connection()
        event.listen(connection, "before_cursor_execute", walked.count)
        ended = walked.ends(which)
        event.remove(connection, "before_cursor_execute", walked.count)
        db.session.rollback()
    assert sum(ended.values()) == factorial(len(which))
    return ended


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("won", "which"), [(False, tuple(range(6))), (True, (0, 2, 3, 5))], ids=["all lost", "some won"]
)
def test_each_order_of_the_messages_ends_in_one_state(house, announced, won, which):
    (state,) = walk(house, announced, won=won, which=which)
    assert state[0] == ("paid", "won" if won else "lost", sum(LINES), sum(LINES))
    parts = by_largest_remainder(BACK, LINES)
    assert state[1] == tuple((part, 0, part) for part in parts)
    assert state[2] == ("succeeded",)
    left = [commission(cents - part) if won else 0 for cents, part in zip(LINES, parts, strict=True)]
    assert [accrued - reversed_ for accrued, reversed_, *_ in state[3]] == left
    assert state[4] == (sum(left), 0, 0)
    assert state[5] == 1


def test_without_asking_for_the_payment_first_the_order_of_messages_matters(house, announced, monkeypatch):
    """The twin: an order is known by its payment, and what comes before it is lost."""
    monkeypatch.setattr(webhooks, "_page_of", lambda payment_intent: None)
    assert len(walk(house, announced, won=False, which=(0, 2, 5))) > 1
