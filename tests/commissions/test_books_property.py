"""Whatever happens to a sale, in whatever order: every entry balances, and the books equal a second
reckoning.

The oracle is a plain notebook of cents: it knows the sale, what came back, what was disputed and what was
paid out, and works with fractions. It shares no code with the project.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from math import floor

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.ledger.queries import editor_balance
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.errors import NothingToPay
from commissions.payouts.models import Payout
from commissions.payouts.sending import claim
from commissions.payouts.sent import record_sent
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation.db import db
from foundation.money import Money
from storefront.orders.models import Dispute
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    dispute,
    fail,
    forget_sales,
    give_back,
    sell,
    tell_delivered,
    tell_disputed,
    tell_paid,
    tell_refund_failed,
    tell_refunded,
)


def commission(cents: int) -> int:
    net = floor(Fraction(max(0, cents) * 100, 122) + Fraction(1, 2))
    return floor(Fraction(net * 12, 100))


@dataclass
class Sold:
    """The notebook's page of one sale: cents paid a line, cents given back, and where it stands."""

    order_id: int
    paid: list[int]
    back: dict[int, tuple[int, int]] = field(default_factory=dict)
    dispute: str = "none"
    matured: bool = False
    held_after: bool = False
    delivered_at: object = None

    def left(self, line: int) -> int:
        return self.paid[line] - sum(cents for at, cents in self.back.values() if at == line)

    def worth(self) -> int:
        return 0 if self.dispute == "lost" else sum(commission(self.left(i)) for i in range(len(self.paid)))


class Books(RuleBasedStateMachine):
    work: object
    shop: object

    def __init__(self) -> None:
        super().__init__()
        self.sales: list[Sold] = []
        self.sent = 0
        self.paid_orders: set[int] = set()
        self.number = 0

    def _step(self, *calls: object) -> None:
        for call in calls:
            with self.work():  # type: ignore[operator]
                call()  # type: ignore[operator]

    @rule(prices=st.lists(st.tuples(st.integers(1, 30000), st.integers(1, 3)), min_size=1, max_size=3))
    def buy(self, prices: list[tuple[int, int]]) -> None:
        self.number += 1
        visit = f"visit-{self.number}"
        pieces = [Piece(f"Piece {i}", minor, quantity) for i, (minor, quantity) in enumerate(prices)]
        made: list[int] = []
        self._step(
            lambda: click(self.shop.code, visit, visit.encode().ljust(16)),  # type: ignore[attr-defined]
            lambda: made.append(
                sell(self.shop.product_id, pieces, visit=visit, began_ago=timedelta())  # type: ignore[attr-defined]
            ),
            lambda: tell_paid(made[0]),
        )
        self.sales.append(Sold(made[0], [minor * quantity for minor, quantity in prices]))

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def refund(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from(self.sales))
        line = data.draw(st.integers(0, len(sold.paid) - 1))
        if sold.left(line) <= 0:
            return
        cents = data.draw(st.integers(1, sold.left(line)))
        made: list[int] = []
        self._step(
            lambda: made.append(give_back(sold.order_id, line + 1, cents, 0)),
            lambda: tell_refunded(sold.order_id, made[0]),
            lambda: tell_refunded(sold.order_id, made[0]),
        )
        sold.back[made[0]] = (line, cents)

    @precondition(lambda self: any(sold.back for sold in self.sales))
    @rule(data=st.data())
    def refund_fails(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from([one for one in self.sales if one.back]))
        refund = data.draw(st.sampled_from(sorted(sold.back)))
        self._step(lambda: fail(refund), lambda: tell_refund_failed(sold.order_id, refund))
        del sold.back[refund]

    @precondition(lambda self: any(sold.delivered_at is None for sold in self.sales))
    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from([one for one in self.sales if one.delivered_at is None]))
        self._step(lambda: deliver(sold.order_id), lambda: tell_delivered(sold.order_id))
        sold.delivered_at = shop_clock.now()

    @precondition(lambda self: any(sold.dispute != "lost" for sold in self.sales))
    @rule(data=st.data())
    def bank_disputes(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from([one for one in self.sales if one.dispute != "lost"]))
        state = "open" if sold.dispute != "open" else data.draw(st.sampled_from(["won", "lost"]))
        self._step(
            lambda: dispute(sold.order_id, Dispute(state)),
            lambda: tell_disputed(sold.order_id, "opened" if state == "open" else state),
        )
        sold.dispute = state

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        shop_clock.hold(shop_clock.now() + timedelta(days=days))
        self._step(lambda: mature(actor=TESTS))

    @rule()
    def pay_out(self) -> None:
        paid: list[int] = []

        def whole_run() -> None:
            try:
                run = prepare_run(
                    actor=TESTS,
                    account_id=self.shop.sara_id,  # type: ignore[attr-defined]
                    currency="EUR",
                    minimum=Money(1000, "EUR"),
                )
            except NothingToPay:
                db.session.rollback()
                return
            approve_run(actor=TESTS, account_id=self.shop.luca_id, run_id=run.id)  # type: ignore[attr-defined]
            payout = db.session.scalars(select(Payout).where(Payout.run_id == run.id)).one()
            claimed = claim(actor=TESTS, payout_id=payout.id)
            assert claimed is not None
            record_sent(
                actor=TESTS, payout_id=payout.id, transfer_id=f"tr_{payout.id}", amount=claimed.amount
            )
            paid.append(claimed.amount.minor)

        self._step(whole_run)
        self.sent += sum(paid)
        assert all(cents >= 1000 for cents in paid)

    @invariant()
    def the_books_equal_the_notebook(self) -> None:
        with self.work():  # type: ignore[operator]
            proof = verify()
            assert proof.ok, (proof.fault, proof.row)
            balance = editor_balance(self.shop.editor_id, "EUR")  # type: ignore[attr-defined]
        owed = sum(sold.worth() for sold in self.sales) - self.sent
        assert balance.pending.minor + balance.held.minor + balance.payable.minor == owed
        assert balance.paid_out.minor == self.sent
        assert balance.pending.minor >= 0
        assert balance.held.minor >= 0


@pytest.mark.timeout(240)
def test_whatever_happens_to_sales_the_books_balance_and_equal_a_second_reckoning(shop, work, clock):
    begin = clock.now

    class Here(Books):
        def __init__(self) -> None:
            super().__init__()
            shop_clock.hold(begin)
            self.work, self.shop = work, shop
            with work():
                self.before = editor_balance(shop.editor_id, "EUR")

        def teardown(self) -> None:
            with work():
                forget_sales()

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
