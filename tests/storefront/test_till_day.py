"""The end of a day at a till, and money that goes back over the counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db
from storefront.orders.facts import LinesRefunded
from storefront.orders.models import Order, PaidWith, Refund, RefundStatus
from storefront.orders.queries import sale
from storefront.returns import following
from storefront.returns.actions import request_goodwill, request_refund
from storefront.returns.jobs import follow_refunds
from storefront.till import drawer
from storefront.till.models import PaidBack, TillDay
from storefront.till.selling import Slip
from tests.races import at_once, meeting, without_unique
from tests.storefront.goods import HOUSE, on_hand
from tests.storefront.test_places import opened
from tests.storefront.tills import AT, Till, hung, lies, sold_by

PAGE = "/staff/till/day"


@pytest.fixture
def store(work) -> int:
    with work():
        return opened()


@pytest.fixture
def goods(work, store) -> dict[str, int]:
    with work():
        return {"shirt": hung("shirt", 3000, store, 9), "coat": hung("coat", 9000, store, 9)}


@pytest.fixture
def till(desk_of, store, goods) -> Till:
    client = desk_of(Role.STORE)
    client.post(f"{AT}/store", data={"place": store})
    return Till(client, store)


@pytest.fixture
def clerk(till, work) -> int:
    """Whoever stands at that till."""
    with till.client.session_transaction() as session:
        return int(str(session["_user_id"]).partition(".")[0])


def back(order_id: int, quantity: int = 1, *, restock: bool = True) -> Refund:
    line = sale(order_id).lines[0].line_id
    return request_refund(
        actor=HOUSE,
        order_id=order_id,
        chosen={line: quantity},
        with_delivery=False,
        restock=restock,
        reason="Too small",
    )


def test_a_day_says_what_was_taken_in_each_way(till, goods, store, clerk, work):
    with work():
        sold_by(clerk, store, goods["shirt"])
        sold_by(clerk, store, goods["coat"])
        slip = Slip(PaidWith.TERMINAL, terminal="A", receipt_number="0417")
        number = sold_by(clerk, store, goods["shirt"], slip=slip).number
    page = till.page(PAGE)
    assert "€120.00" in page and "€30.00" in page and "€150.00" in page
    assert "2 sales" in page and "1 sale" in page and "A 0417" in page
    assert number in till.page(f"{PAGE}?q=0417") and "No sale here has that" in till.page(f"{PAGE}?q=0418")
    assert number in till.page(f"{PAGE}?q={number.lower()}")
    assert "Nothing sold on this day" in till.page(f"{PAGE}?date=2026-01-01")


def test_the_drawer_is_counted_against_what_should_lie_in_it(till, goods, store, clerk, work, clock):
    assert "Write down first" in till.client.post(f"{PAGE}/count", data={"counted": "10"}).text
    till.client.post(f"{PAGE}/float", data={"amount": "150,00"})
    with work():
        sold_by(clerk, store, goods["coat"])
        refund = back(sold_by(clerk, store, goods["shirt"]).id)
        drawer.pay_back(
            actor=Actor.staff(clerk, "Carla"), refund_id=refund.id, place_id=store, receipt_number="B1"
        )
    assert "€240.00" in till.page(PAGE)
    mistyped = till.client.post(f"{PAGE}/count", data={"counted": "24"})
    assert mistyped.status_code == 409 and 'value="24"' in mistyped.text
    assert 'id="note-wrong">€216.00 is missing. Count once more, or say why.' in mistyped.text
    with work():
        assert db.session.query(TillDay).one().counted_at is None
    answer = till.client.post(
        f"{PAGE}/count", data={"counted": "239.50", "note": "Half a euro under the tray"}
    )
    page = till.page(answer.location)
    assert "−€0.50" in page and "Not what it should be" in page and "Half a euro under the tray" in page
    with work():
        (day,) = db.session.query(TillDay).all()
        assert (day.float_minor, day.expected_minor, day.counted_minor) == (15000, 24000, 23950)
        assert day.difference_minor == -50 and day.counted_by == "Carla"
    again = till.client.post(f"{PAGE}/count", data={"counted": "240"})
    assert again.status_code == 409 and "This day was counted before." in again.text
    assert till.client.post(f"{PAGE}/float", data={"amount": "1"}).status_code == 409
    with work():
        assert db.session.query(TillDay).one().counted_minor == 23950


def test_a_float_can_be_put_right_until_then(till, work):
    till.client.post(f"{PAGE}/float", data={"amount": "100"})
    till.client.post(f"{PAGE}/float", data={"amount": "120.00"})
    assert till.client.post(f"{PAGE}/float", data={"amount": "a lot"}).status_code == 422
    with work():
        assert db.session.query(TillDay).one().float_minor == 12000


def test_a_day_ends_at_midnight_in_the_store_not_in_greenwich(till, goods, store, clerk, work, clock):
    clock.advance(hours=14, minutes=30)
    with work():
        sold_by(clerk, store, goods["shirt"])
    assert "00:30" in till.page(f"{PAGE}?date=2026-03-03")
    assert "Nothing sold on this day" in till.page(f"{PAGE}?date=2026-03-02")


def test_the_sheet_of_a_day_holds_no_formula(till, goods, store, clerk, work):
    with work():
        sold_by(
            clerk,
            store,
            goods["coat"],
            slip=Slip(PaidWith.TERMINAL, terminal="=A1", receipt_number="+1"),
        )
        refund = back(sold_by(clerk, store, goods["shirt"]).id)
        drawer.pay_back(
            actor=Actor.staff(clerk, "Carla"), refund_id=refund.id, place_id=store, receipt_number="-7"
        )
    answer = till.client.get(f"{PAGE}.csv")
    lines = answer.get_data(as_text=True).splitlines()
    assert answer.headers["Content-Type"].startswith("text/csv") and len(lines) == 4
    assert ",terminal,9000,EUR,'=A1,'+1," in lines[1]
    assert "paid_back" in lines[3] and ",cash,-3000,EUR,,'-7," in lines[3]


def test_money_of_a_sale_in_cash_goes_back_over_the_counter_and_stripe_hears_nothing(
    till, goods, store, clerk, work, run_jobs, stripe, monkeypatch
):
    with work():
        order = sold_by(clerk, store, goods["shirt"], goods["shirt"])
        refund_id = back(order.id).id
        number = order.number
    run_jobs()
    with till.client.application.app_context():
        follow_refunds()
    run_jobs()
    with work():
        assert db.session.get_one(Refund, refund_id).status == RefundStatus.REQUESTED
    assert stripe == {}
    page = till.page(f"/staff/orders/{number}")
    assert "Pay back €30.00 in cash" in page and "Paid in cash" in page
    assert "pay back €30.00 over the counter" in till.page("/staff")
    paid = f"/staff/till/paid-back/{number}/{refund_id}"
    till.client.post(paid, data={"receipt": ""})
    with work():
        assert db.session.query(PaidBack).count() == 0
    till.client.post(paid, data={"receipt": "B-22"})
    run_jobs()
    with work():
        refund = db.session.get_one(Refund, refund_id)
        assert refund.status == RefundStatus.SUCCEEDED and refund.stripe_refund_id is None
        row = db.session.query(PaidBack).one()
        assert (row.amount_minor, row.paid_with, row.receipt_number, row.place_id) == (
            3000,
            "cash",
            "B-22",
            store,
        )
        assert (lies(goods["shirt"], store), on_hand(goods["shirt"])) == (8, 0)
        assert sale(refund.order_id).lines[0].refunded_minor == 3000
    assert "receipt number B-22" in till.page(f"/staff/orders/{number}")
    assert till.client.post(paid, data={"receipt": "B-23"}).status_code == 409
    assert "€30.00" in till.page(PAGE) and "B-22" in till.page(PAGE)


def test_goodwill_too_and_others_hear_of_it_as_always(till, goods, store, clerk, work, monkeypatch):
    told = []
    monkeypatch.setattr(following.facts, "record", told.append)
    with work():
        order = sold_by(clerk, store, goods["coat"])
        refund = request_goodwill(
            actor=HOUSE, order_id=order.id, amount_minor=500, reason="A loose thread", key="one"
        )
        assert not any(isinstance(fact, LinesRefunded) for fact in told)
        following.note_paid_back(actor=HOUSE, refund_id=refund.id)
        (fact,) = [fact for fact in told if isinstance(fact, LinesRefunded)]
        assert (fact.order_id, fact.refund_id) == (order.id, refund.id)


def test_a_refund_paid_back_at_two_tills_at_once_is_paid_back_once(paid_back_twice, work):
    assert paid_back_twice() == ["IllegalMove"]
    with work():
        assert db.session.query(PaidBack).count() == 1


def test_without_the_lock_of_the_order_it_would_go_out_of_the_drawer_twice(
    paid_back_twice, work, monkeypatch
):
    """The twin: neither the order is held nor the row of what was paid back unique."""

    both, move = meeting(lambda: None), following._move

    def look(*conditions: Any) -> Order:
        return db.session.scalars(select(Order).where(*conditions)).one()

    def move_together(*named: Any) -> None:
        both()
        move(*named)

    def unprotected() -> None:
        monkeypatch.setattr(following, "locked", look)
        monkeypatch.setattr(following, "_move", move_together)

    with without_unique(work, "pk_till_paid_back"):
        assert paid_back_twice(unprotected) == []
        with work():
            assert db.session.query(PaidBack.amount_minor).count() == 2


@pytest.fixture
def paid_back_twice(app, goods, store, clerk, work):
    def run(take_away: Callable[[], None] = lambda: None) -> list[str]:
        with work():
            refund_id = back(sold_by(clerk, store, goods["shirt"]).id).id

        take_away()

        def job() -> None:
            drawer.pay_back(
                actor=Actor.staff(clerk, "Carla"), refund_id=refund_id, place_id=store, receipt_number="B"
            )

        return [type(error).__name__ for error in at_once(app, job, job)]

    return run
