"""The report of an evening beside counts by hand: an order stands once, on its strongest ground."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from commissions.accruals.models import Commission
from commissions.ledger.models import LedgerEntry as Entry
from events.calendar.models import Event, EventStatus
from events.calendar.running import keep_hours
from events.door.closing import close_doors
from events.perks.actions import give_perk
from events.reports.counting import count_sales, freeze
from events.reports.figures import figures_of
from events.reports.models import EventOrder, EventReport
from events.reports.policy import final_at, median_gap, share_bps
from events.reports.showing import shown
from foundation import clock as shop_clock
from foundation import ids
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.events.conftest import STAFF, TESTS, account_of, make_room, make_store
from tests.events.test_door import at_the_door, saw, tell, tonight
from tests.events.test_guests import ask, booked
from tests.storefront.goods import pay, piece, place, shelf

__all__ = ["booked", "tonight"]
DAYS = 30


@pytest.fixture
def buy(work, clock):
    """`buy("ada", 50_00, at=...)` is the number of a paid order of 5,000 cents, tax of 22 % included."""
    with work():
        white = shelf("shirt", 10_00, on_hand=50)

    def order(name: str, minor: int, at: datetime, **fields: object) -> int:
        with work():
            now = shop_clock.now()
            clock.freeze(at)
            made = place([piece(white, minor)], session_id=ids.token()).order_id
            pay(made)
            found = db.session.get_one(Order, made)
            found.email = f"{name}@example.test"
            for field, value in fields.items():
                setattr(found, field, value)
            clock.freeze(now)
            return made

    return order


def bases() -> dict[int, tuple[int, str, int]]:
    rows = db.session.execute(
        select(EventOrder.order_id, EventOrder.event_id, EventOrder.basis, EventOrder.net_minor)
    )
    return {row[0]: (row[1], str(row[2]), row[3]) for row in rows}


def earned() -> tuple[int, int]:
    counts = [db.session.scalar(select(func.count()).select_from(one)) for one in (Commission, Entry)]
    return counts[0] or 0, counts[1] or 0


def test_each_order_stands_once_on_its_strongest_ground_and_earns_nobody_anything(
    work, booked, tonight, store, buy, clock
):
    event_id = tonight(capacity=5)
    with work():
        other_store = make_store("milano")
        event = db.session.get_one(Event, event_id)
        begins, ends = event.starts_at, event.ends_at
        ada, bea, _cleo = ask(event_id, "ada"), ask(event_id, "bea"), ask(event_id, "cleo")
        tell(event_id, saw(ada), saw(bea))  # cleo does not come
        code = give_perk(
            actor=STAFF, event_id=event_id, code="linen10", percent_bps=1000, reason="A first evening."
        ).code
    hour = timedelta(hours=1)
    by_code = buy("stranger", 61_00, begins + 3 * 24 * hour, voucher_codes=["SUMMER", code])
    visit = buy("ada", 122_00, begins + hour, till_place_id=store)
    both = buy("bea", 12_20, begins + hour, till_place_id=store, voucher_codes=[code])
    elsewhere = buy("ada", 24_40, begins + hour, till_place_id=other_store)
    online = buy("bea", 36_60, ends + 6 * 24 * hour)
    late = buy("bea", 36_60, ends + 8 * 24 * hour)
    absent = buy("cleo", 36_60, ends + hour)
    before = buy("ada", 36_60, begins - 24 * hour)
    clock.freeze(ends + 9 * 24 * hour)
    with work():
        event = db.session.get_one(Event, event_id)
        event.status = EventStatus.CLOSED
        books = earned()
        assert count_sales(return_days=DAYS) == 5
        told = bases()
        assert told == {
            by_code: (event_id, "code", 50_00),
            visit: (event_id, "visit", 100_00),
            both: (event_id, "code", 10_00),
            elsewhere: (event_id, "week", 20_00),
            online: (event_id, "week", 30_00),
        }
        assert not {late, absent, before} & set(told)
        assert count_sales(return_days=DAYS) == 5 and bases() == told  # the next night changes nothing
        assert earned() == books
    with work():
        # Rung up by mistake for somebody else, and a guest who was not there after all.
        db.session.get_one(Order, visit).email = "cleo@example.test"
    with work():
        count_sales(return_days=DAYS)
        assert visit not in bases() and len(bases()) == 4


def test_of_two_evenings_an_order_stands_with_the_stronger_and_then_with_the_later(
    work, proposed, booked, buy, store, clock
):
    with work():
        denim = make_room(store, "Denim")
    first, second = booked(days=9), booked(days=10)
    with work():
        for event_id in (first, second):
            event = db.session.get_one(Event, event_id)
            ada = ask(event_id, "ada")
            clock.freeze(event.starts_at)
            tell(event_id, saw(ada))
            event.status = EventStatus.LIVE
            clock.freeze(event.starts_at - timedelta(days=2))
        at = db.session.get_one(Event, second).starts_at
        assert denim
    week = buy("ada", 12_20, at + timedelta(days=2))
    visit = buy("ada", 12_20, at - timedelta(days=1), till_place_id=store)
    clock.freeze(at + timedelta(days=3))
    with work():
        count_sales(return_days=DAYS)
        assert {order: row[:2] for order, row in bases().items()} == {
            week: (second, "week"),
            visit: (first, "visit"),
        }


def test_the_figures_are_what_a_hand_counts_and_are_final_when_nothing_can_come_back(
    work, booked, tonight, buy, store, clock
):
    event_id = tonight(capacity=6)
    with work():
        event = db.session.get_one(Event, event_id)
        begins, ends = event.starts_at, event.ends_at
        ada, bea = ask(event_id, "ada", 2), ask(event_id, "bea", 2)
        cleo, _dora = ask(event_id, "cleo"), ask(event_id, "dora")
        eva = ask(event_id, "eva")  # waits
        bea.confirmed_at = shop_clock.now()
        seconds = lambda count: shop_clock.now() + timedelta(seconds=count)  # noqa: E731
        tell(
            event_id,
            saw(ada, at=seconds(0), people=1),
            saw(bea, at=seconds(20)),
            saw(cleo, at=seconds(60)),
            saw(eva, at=seconds(250), insists=True, reason="Room"),
            saw(cleo, at=seconds(280), insists=True),
            off=timedelta(seconds=300),
        )
        at_the_door(event_id, "Zoe", reason="Room")
    buy("ada", 12_20, begins - timedelta(days=10))
    buy("ada", 24_40, ends + timedelta(days=1))
    buy("bea", 12_20, begins + timedelta(minutes=5), till_place_id=store)
    buy("cleo", 12_20, ends + timedelta(days=29))
    clock.freeze(ends + timedelta(hours=3))
    with work():
        keep_hours(actor=TESTS)
        close_doors(actor=TESTS)
    clock.freeze(final_at(ends, DAYS) - timedelta(seconds=1))
    with work():
        count_sales(return_days=DAYS)
        told = figures_of(db.session.get_one(Event, event_id))
        assert {name: told[name] for name in ("going", "confirmed", "came", "walked_in", "no_shows")} == {
            "going": 6,
            "confirmed": 2,
            "came": 6,  # Ada alone, Bea's two, Cleo, Eva, Zoe
            "walked_in": 1,
            "no_shows": 2,  # Ada's friend, Dora
        }
        assert (told["waited"], told["waited_and_came"], told["twice"], told["seconds"]) == (
            1,
            1,
            1,
            40,
        )  # of 20, 40 and 50
        assert (told["known"], told["new"], told["bought"], told["back"]) == (4, 1, 2, 2)
        assert (told["earlier"], told["later"]) == ({"EUR": 10_00}, {"EUR": 30_00})
        assert [(one["basis"], one["orders"], one["net"]) for one in told["sales"]] == [
            ("visit", 1, 10_00),
            ("week", 1, 20_00),
        ]
        assert freeze(actor=TESTS, return_days=DAYS) == 0
        clock.advance(seconds=1)
        assert freeze(actor=TESTS, return_days=DAYS) == 1 and freeze(actor=TESTS, return_days=DAYS) == 0
        kept = db.session.get_one(EventReport, event_id).figures
    buy("ada", 99_00, ends + timedelta(days=2))
    with work():
        rows = bases()
        count_sales(return_days=DAYS)
        assert bases() == rows  # final is final
        assert db.session.get_one(EventReport, event_id).figures == kept


def test_gaps_shares_and_the_day_all_is_final():
    now = shop_clock.now()
    second = lambda *counts: [now + timedelta(seconds=count) for count in counts]  # noqa: E731
    assert median_gap([]) is None and median_gap([second(0), second(5)]) is None
    assert median_gap([second(0, 10, 40), second(0, 500)]) == 20
    assert median_gap([second(0, 10, 30, 33)]) == 10
    assert [share_bps(1, 3), share_bps(0, 0), share_bps(2, 2)] == [3333, 0, 10_000]
    assert final_at(now, 30) - now == timedelta(days=37)
    assert final_at(now, 14) - now == timedelta(days=30)


def test_staff_read_all_of_it_and_a_host_no_sum_that_tells_on_a_guest(
    work, booked, tonight, host, buy, store, client_of, clock
):

    event_id = tonight(capacity=6)
    with work():
        paola, mine = make_staff("Paola", Role.STORE), account_of(host)
        ada = ask(event_id, "ada")
        tell(event_id, saw(ada))
        event = db.session.get_one(Event, event_id)
        begins = event.starts_at
    staff, studio = f"/staff/events/{event_id}/report", f"/studio/events/{event_id}/report"
    assert client_of(mine).get(studio).status_code == 404  # not begun
    buy("ada", 122_00, begins + timedelta(minutes=5), till_place_id=store)
    clock.freeze(begins + timedelta(hours=4))
    with work():
        keep_hours(actor=TESTS)
        count_sales(return_days=DAYS)
    all_of_it, less = client_of(paola).get(staff).text, client_of(mine).get(studio).text
    assert "€100.00" in all_of_it and "of 1 guest we know" in all_of_it
    assert "€100.00" not in less and "too few to tell a sum" in less and "1 order" in less
    assert "a number would tell on one of them" in less and "example.test" not in less + all_of_it
    assert "Ada" not in less
    assert client_of(mine).get(staff).status_code == 403
    assert "Report" in client_of(mine).get(f"/studio/events/{event_id}").text
    with work():
        figures = figures_of(db.session.get_one(Event, event_id)) | {"known": 8, "bought": 1}
        about = db.session.get_one(Event, event_id)
        assert shown(about, figures, None, days=DAYS, host=True)["usual"] is None
        assert shown(about, figures, None, days=DAYS, host=False)["usual"]
        enough = figures | {"bought": 3, "had_bought": 3}
        assert shown(about, enough, None, days=DAYS, host=True)["usual"]
        assert shown(about, enough | {"had_bought": 0}, None, days=DAYS, host=True)["usual"]
        assert shown(about, enough | {"had_bought": 1}, None, days=DAYS, host=True)["usual"] is None
