"""Store credit at the checkout: it counts by itself for its owner alone, and nothing of it is ever lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from commissions.instead import actions
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation.db import db
from foundation.payments.limits import least_charge
from storefront.orders.models import Order
from storefront.orders.paying import sync_checkout
from storefront.orders.queries import sale
from storefront.promotions import actions as promotions
from storefront.promotions.credit import credit_of
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.models import Voucher
from storefront.promotions.policy import Given, Kind, Line, Terms, Way, Why, best_quote
from storefront.promotions.queries import counting
from storefront.returns.actions import request_refund
from tests.commissions.sales import TESTS
from tests.commissions.test_the_books import accounts, euros
from tests.races import at_once
from tests.storefront.goods import HOUSE, piece, place, session_of, shelf
from tests.storefront.test_checkout import Shopper, stripe_calls_back

__all__ = ["stripe_calls_back"]
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def credited(shop, owed, work) -> int:
    """The editor's account, with 37.34 to spend: 18.67 of theirs and as much from the shop."""
    with work():
        account_id = db.session.get_one(Editor, shop.editor_id).account_id
        actions.take_as_credit(
            actor=TESTS,
            editor_id=shop.editor_id,
            account_id=account_id,
            amount=euros(1867),
            seen=euros(1867),
            bonus_bps=10_000,
        )
    return account_id


def newest() -> Order:
    return db.session.scalars(select(Order).order_by(Order.id.desc()).limit(1)).one()


def test_it_pays_by_itself_keeps_the_rest_and_comes_back_with_a_piece(
    app, credited, work, client_of, run_jobs, stripe_calls_back
):
    with work():
        shirt = shelf("shirt", 1500, 5)
    mine, other = Shopper(app), Shopper(app)
    mine.client = client_of(credited)
    mine.add(shirt, 2)
    other.add(shirt)
    assert "Your store credit" in mine.bag() and "Your store credit" not in other.bag()
    with work():
        code = db.session.scalars(select(Voucher.code).where(Voucher.way == Way.OWN)).one()
    stolen = other.client.post("/cart/vouchers", data={"voucher": code})
    assert stolen.status_code == 422 and "We do not know the code" in stolen.text
    mine.add(shirt, 1)
    answer = mine.order()
    assert answer.status_code == 303
    with work():
        order = newest()
        assert [line.discount_minor for line in sale(order.id).lines] == [3734]
        assert credit_of(credited) == 0  # the order holds it while its payment is awaited
        assert "house_credit_spent" not in accounts(work)
    mine.pay(answer.location)
    mine.come_back(answer.location)
    run_jobs()
    page = mine.client.get(f"/orders/{order.token}").text
    assert "Your store credit" in page and code not in page
    assert accounts(work)["house_credit_spent"] == 3734 and "house_store_credit" not in accounts(work)
    with work():
        line = sale(order.id).lines[0]
        request_refund(
            actor=HOUSE, order_id=order.id, chosen={line.line_id: 1}, with_delivery=False, restock=True,
            reason="too small",
        )  # fmt: skip
    run_jobs()
    with work():
        assert credit_of(credited) == 1244  # a third of it, to the cent below
        assert verify().ok
    assert accounts(work)["house_store_credit"] == 1244
    mine.add(shirt)
    assert "12.44" in mine.bag()


def test_an_order_that_ends_unpaid_gives_it_back_and_its_owner_may_order_again_meanwhile(
    app, credited, work, client_of, run_jobs, clock
):
    with work():
        shirt = shelf("shirt", 5000, 5)
    mine = Shopper(app)
    mine.client = client_of(credited)
    mine.add(shirt)
    assert mine.order().status_code == 303
    with work():
        assert credit_of(credited) == 0
    assert "37.34" in mine.bag()  # the open order is closed before the next is placed
    first = mine.order()
    assert first.status_code == 303
    with work():
        assert db.session.scalars(select(Order.total_minor).order_by(Order.id.desc()).limit(1)).one() > 0
        assert credit_of(credited) == 0 and verify().ok
        closed = session_of(newest(), status="expired", payment_status="unpaid")
        sync_checkout(actor=HOUSE, session=closed)
    run_jobs()
    with work():
        assert credit_of(credited) == 3734 and verify().ok


@pytest.fixture
def spent_twice(app, credited, work):
    """Two orders of one account take 30.00 of the 37.34 at once: why who was refused, and what is left."""

    def run() -> tuple[list[Why], int]:
        with work():
            shirt = shelf("shirt", 3000, 5)
            (terms,) = counting(None, credited)
            orders = [place([piece(shirt, 3000)]).order_id for _ in range(2)]

        def take(order_id: int) -> None:
            promotions.take(
                order_id=order_id, number=f"V-{order_id}", given=[Given(terms, (3000,))],
                holder=f"h{order_id}", email="", account_id=credited,
            )  # fmt: skip

        met = at_once(app, *[lambda one=one: take(one) for one in orders])
        with work():
            left = db.session.scalars(
                select(Voucher.amount_minor - Voucher.spent_minor).where(Voucher.way == Way.OWN)
            ).one()
        return [one.why for one in met if isinstance(one, VoucherRefused)], left

    return run


def test_two_orders_at_once_never_spend_the_same_credit(spent_twice):
    assert spent_twice() == ([Why.SPENT], 734)


def test_without_the_condition_under_the_lock_both_would(spent_twice, monkeypatch):
    part = "AND spent_minor + :goods_minor <= amount_minor"
    assert part in promotions._TAKE.text
    monkeypatch.setattr(promotions, "_TAKE", text(promotions._TAKE.text.replace(part, "")))
    assert spent_twice() == ([], -2266)


@given(
    credit=st.integers(1, 9000),
    prices=st.lists(st.integers(1, 3000), min_size=1, max_size=4),
    delivery=st.integers(0, 900),
    percent=st.integers(1, 10_000),
    least=st.sampled_from([least_charge(one) for one in ("EUR", "GBP", "CZK", "JPY", "KWD", "UGX")]),
)
def test_it_comes_after_every_voucher_and_leaves_nothing_or_what_can_be_paid(
    credit, prices, delivery, percent, least
):
    lines = [Line(place, "tops", price, 1) for place, price in enumerate(prices)]
    typed = Terms(2, "T", Kind.PERCENT, percent_bps=percent)
    own = Terms(1, "*X", Kind.AMOUNT, amount_minor=credit, way=Way.OWN)
    without = best_quote([typed], lines, now=NOW, delivery_minor=delivery)
    quoted = best_quote([own, typed], lines, now=NOW, delivery_minor=delivery, least_minor=least)
    used = quoted.goods_minor - without.goods_minor
    left = sum(prices) + delivery - quoted.goods_minor
    before = sum(prices) + delivery - without.goods_minor
    assert 0 <= used <= credit and all(
        off <= price for off, price in zip(quoted.of_lines, prices, strict=True)
    )
    assert left == 0 or left >= least or left == before
    assert quoted.held == without.held
    if left not in (0, least, delivery) and left != before:
        assert used == credit
