"""Orders to be collected in a store that shuts, or in another one: told once, seen to by staff."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Event
from typing import Any

import pytest

from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.states import IllegalMove
from storefront.delivery.policy import Arrival
from storefront.fulfilment import pickups
from storefront.fulfilment.errors import NoPickupThere, WrongWayOut
from storefront.fulfilment.models import Fulfilment, FulfilmentStatus, ShutNotice
from storefront.fulfilment.queries import shut_notices
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, Handover, Order
from storefront.places import actions as places
from storefront.places.policy import read_spans
from storefront.places.queries import place_by_id
from storefront.stock.queries import levels_at
from tests.races import PATIENCE, at_once, until, without_unique
from tests.storefront.goods import HOUSE, order_now, pay, piece, place
from tests.storefront.parcels import go, ordered, status_of
from tests.storefront.test_movements import bring
from tests.storefront.test_places import opened

WAITING, PICKING, PACKED = FulfilmentStatus.WAITING, FulfilmentStatus.PICKING, FulfilmentStatus.PACKED
READY = FulfilmentStatus.READY
TUESDAY = date(2026, 3, 3)
EVERY_DAY = dict.fromkeys(range(7), read_spans("10:00-19:00"))


@pytest.fixture
def stores(work: Callable[[], Any], clock: Any, shirt: int) -> tuple[int, int]:
    """Torino and Milano, open every day, each with shirts. It is Monday, 2 March 2026."""
    with work():
        both = tuple(
            opened(slug, name=name, pickup=True, week=EVERY_DAY)
            for slug, name in (("torino", "Torino, Via Lagrange"), ("milano", "Milano, Brera"))
        )
        for one in both:
            bring(shirt, 5, one)
    return both[0], both[1]


def to_collect(shirt: int, store: int, ready: datetime | None = None, name: str = "cs_p") -> int:
    arrival = Arrival(place_id=store, name=place_by_id(store).name, ready_at=ready)
    placed = place([piece(shirt, 3000, 2)], session_id=name, delivery=Delivery.PICKUP, arrival=arrival)
    pay(placed.order_id)
    return placed.order_id


def letters() -> list[tuple[str, str]]:
    return [(letter.subject, letter.text) for letter in reversed(latest_messages())]


def test_a_day_off_after_the_order_moves_its_promise_tells_its_shopper_once_and_waits_on_the_desk(
    work, stores, shirt, desk_of, run_jobs
):
    torino, _milano = stores
    with work():
        promised = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
        order = to_collect(shirt, torino, promised)
        later = to_collect(shirt, torino, promised + timedelta(days=3), name="cs_later")
    run_jobs()
    with work():
        before, number = len(letters()), order_now(order).number
        places.add_special_day(
            actor=HOUSE, place_id=torino, day=TUESDAY, span=None, note="Inventory", note_it="Inventario"
        )
    run_jobs()
    with work():
        assert order_now(order).ready_at == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
        assert order_now(later).ready_at == promised + timedelta(days=3)
        told = letters()[before:]
        assert [subject for subject, _text in told] == [
            f"Torino, Via Lagrange is closed on Tuesday 3 March: your order {number}"
        ]
        assert "(Inventory)" in told[0][1] and "Wednesday 4 March, 10:00" in told[0][1]
        assert not pickups.tell_shut(order_id=order, place_id=torino, day=TUESDAY)
        assert [one.order_id for one in shut_notices()] == [order]
    store = desk_of(Role.STORE)
    assert "Store closed" in store.get("/staff").text
    page = store.get(f"/staff/orders/{number}").text
    assert "Torino, Via Lagrange is closed on Tuesday 3 March" in page

    assert store.post(f"/staff/packing/{number}/shut", data={"shut-reason": ""}).status_code == 422
    said = {"shut-reason": "She comes on Thursday"}
    assert store.post(f"/staff/packing/{number}/shut", data=said).status_code == 303
    assert "Store closed" not in store.get("/staff").text
    assert "She comes on Thursday" in store.get(f"/staff/orders/{number}").text


def test_a_day_that_is_past_far_off_or_open_after_all_is_told_to_nobody(work, stores, shirt, clock, run_jobs):
    torino, _milano = stores
    with work():
        order = to_collect(shirt, torino)
        go(order, PICKING, PACKED, READY)
        for day in (date(2026, 3, 1), date(2026, 3, 25)):
            places.add_special_day(actor=HOUSE, place_id=torino, day=day, span=None, note="")
        shut = places.add_special_day(actor=HOUSE, place_id=torino, day=TUESDAY, span=None, note="")
        places.remove_special_day(actor=HOUSE, place_id=torino, special_id=shut.id)
        places.close_store(actor=HOUSE, place_id=torino, reason="A burst pipe")
        places.reopen_store(actor=HOUSE, place_id=torino, reason="It was only a tap")
    run_jobs()
    with work():
        assert db.session.query(ShutNotice).count() == 0
        places.add_special_day(actor=HOUSE, place_id=torino, day=TUESDAY, span=None, note="")
    run_jobs()
    with work():
        assert "stay ready for you on every other day" in letters()[-1][1]
        assert len(shut_notices()) == 1
    clock.freeze(shop_clock.now() + timedelta(days=3))
    with work():
        assert shut_notices() == []


def test_a_day_off_written_down_long_before_is_told_once_when_it_comes_near(
    work, stores, shirt, clock, run_jobs
):
    torino, milano = stores
    with work():
        go(to_collect(shirt, torino), PICKING, PACKED, READY)
        go(to_collect(shirt, milano, name="cs_m"), PICKING, PACKED, READY)
        places.add_special_day(actor=HOUSE, place_id=torino, day=date(2026, 3, 25), span=None, note="")
    run_jobs()
    for morning, told in ((date(2026, 3, 10), 0), (date(2026, 3, 11), 1), (date(2026, 3, 12), 1)):
        clock.freeze(datetime(morning.year, morning.month, morning.day, 6, 12, tzinfo=UTC))
        with work():
            pickups.tell_what_came_near()
        run_jobs()
        with work():
            assert db.session.query(ShutNotice).count() == told, morning
            assert ("25 March" in letters()[-1][1]) is bool(told), morning


def test_a_store_closed_for_good_is_told_and_what_lay_ready_is_collected_in_another(
    work, stores, shirt, desk_of, client, run_jobs
):
    torino, milano = stores
    with work():
        order, token = to_collect(shirt, torino), None
        go(order, PICKING, PACKED, READY)
        number, token = order_now(order).number, order_now(order).token
    store = desk_of(Role.STORE)
    assert "1 order is to be collected here" in store.get(f"/staff/places/{torino}").text
    store.post(f"/staff/places/{torino}/close", data={"reason": "The lease ended"})
    run_jobs()
    with work():
        subject, words = letters()[-1]
        assert subject == f"Torino, Via Lagrange has closed for good: your order {number}"
        assert "another of our stores, your own door, or your money back" in words
    assert "closed for good" in client.get(f"/orders/{token}").text
    page = store.get(f"/staff/orders/{number}").text
    assert "Torino, Via Lagrange is closed for good" in page and "Milano, Brera" in page

    to_milano = {"collect-place": milano, "collect-reason": ""}
    assert store.post(f"/staff/packing/{number}/collect-at", data=to_milano).status_code == 422
    to_milano["collect-reason"] = "He works there"
    for said in ("the shopper got a letter", "nothing changed"):
        answer = store.post(f"/staff/packing/{number}/collect-at", data=to_milano, follow_redirects=True)
        assert answer.status_code == 200 and said in answer.text
    assert 'name="collect-place"' not in answer.text, "there is no other one left"
    with work():
        parcel = db.session.get_one(Fulfilment, order)
        assert (status_of(order), parcel.place_id, order_now(order).place_id) == (PACKED, milano, milano)
        assert [subject for subject, _text in letters()].count(
            f"Order {number}: collect it at Milano, Brera"
        ) == 1
        assert shut_notices() == []
        assert lying(shirt, torino, milano) == [3, 5]  # the pieces are carried; nothing is sold twice
    page = client.get(f"/orders/{token}").text
    assert "Milano, Brera" in page and "closed for good" not in page
    store.post(f"/staff/packing/{number}/step", data={"to": "ready"})
    with work():
        assert "Via" in letters()[-1][1] and letters()[-1][0] == f"Order {number} lies ready"
        orders.hand_over(actor=HOUSE, order_id=order, how=Handover.HANDED_OVER, reason="shown the number")


def lying(variant: int, *place_ids: int) -> list[int]:
    return [levels_at(one, [variant])[variant] for one in place_ids]


def test_before_anybody_picks_the_other_store_takes_it_from_its_own_shelf_if_it_has_all_of_it(
    work, stores, shirt
):
    torino, milano = stores
    with work():
        first, second = to_collect(shirt, torino), to_collect(shirt, torino, name="cs_2")
        third = to_collect(shirt, torino, name="cs_3") if lying(shirt, torino)[0] > 1 else None
        assert third is None and lying(shirt, torino, milano) == [1, 5]
        places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
        for order in (first, second):
            pickups.collect_at(actor=HOUSE, order_id=order, place_id=milano, reason="closed")
        assert lying(shirt, torino, milano) == [5, 1]
    with work():
        fourth = to_collect(shirt, milano, name="cs_4") if lying(shirt, milano)[0] > 1 else None
        assert fourth is None
        places.reopen_store(actor=HOUSE, place_id=torino, reason="A new lease")
        fifth = to_collect(shirt, torino, name="cs_5")
        pickups.collect_at(actor=HOUSE, order_id=fifth, place_id=milano, reason="nearer")
        parcel = db.session.get_one(Fulfilment, fifth)
        assert (parcel.place_id, order_now(fifth).place_id) == (torino, milano)  # picked there, carried here
        assert lying(shirt, torino, milano) == [3, 1]


def test_nothing_is_collected_where_it_cannot_be_or_what_goes_to_a_door(work, stores, shirt):
    torino, milano = stores
    with work():
        order, door = to_collect(shirt, torino), ordered(shirt, name="cs_door")
        places.close_store(actor=HOUSE, place_id=milano, reason="The lease ended")
        for place_id in (milano, 1):
            with pytest.raises(NoPickupThere):
                pickups.collect_at(actor=HOUSE, order_id=order, place_id=place_id, reason="x")
        with pytest.raises(WrongWayOut):
            pickups.collect_at(actor=HOUSE, order_id=door, place_id=torino, reason="x")
        assert order_now(order).place_id == torino


def told_twice_at_once(app, work, torino, shirt, run_jobs) -> int:
    """The fact is delivered twice at the same moment; how many letters say that the store has closed."""
    with work():
        order = to_collect(shirt, torino)
    run_jobs()
    with work():
        places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
    tell = partial(pickups.tell_shut, order_id=order, place_id=torino, day=None)
    assert at_once(app, tell, tell) == []
    with work():
        return sum("closed for good" in subject for subject, _text in letters())


def test_told_twice_at_once_is_one_letter(app, work, stores, shirt, run_jobs):
    assert told_twice_at_once(app, work, stores[0], shirt, run_jobs) == 1


def test_without_its_key_told_twice_at_once_would_be_two_letters(app, work, stores, shirt, run_jobs):
    with without_unique(work, "pk_shut_notices"):
        assert told_twice_at_once(app, work, stores[0], shirt, run_jobs) == 2


def unpaid(shirt: int, store: int, ready: datetime, name: str) -> int:
    arrival = Arrival(place_id=store, name=place_by_id(store).name, ready_at=ready)
    lines = [piece(shirt, 3000)]
    return place(lines, session_id=name, delivery=Delivery.PICKUP, arrival=arrival).order_id


@pytest.mark.parametrize("paid_first", [True, False], ids=["paid first", "shut first"])
@pytest.mark.parametrize("for_good", [True, False], ids=["for good", "for a day"])
def test_who_pays_while_the_store_shuts_is_told_once_whichever_is_heard_first(
    work, stores, shirt, run_jobs, paid_first, for_good
):
    torino, _milano = stores
    day = None if for_good else TUESDAY
    with work():
        order = unpaid(shirt, torino, datetime(2026, 3, 3, 11, 0, tzinfo=UTC), "cs_late")
        if paid_first:
            pay(order)
        if for_good:
            places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
        else:
            places.add_special_day(actor=HOUSE, place_id=torino, day=TUESDAY, span=None, note="")
    with work():  # the fact of its payment has not arrived; that of the store does
        pickups.tell_everybody(place_id=torino, day=day)
    run_jobs(pickups.TELL_SHUT)
    with work():
        assert [one.order_id for one in shut_notices()] == ([order] if paid_first else [])
        if not paid_first:
            pay(order)
    run_jobs()
    with work():
        assert [one.order_id for one in shut_notices()] == [order]
        assert sum("Via Lagrange" in subject for subject, _text in letters()) == 1


def test_a_day_off_that_was_known_when_the_order_was_placed_is_told_to_nobody(work, stores, shirt, run_jobs):
    torino, _milano = stores
    with work():
        places.add_special_day(actor=HOUSE, place_id=torino, day=TUESDAY, span=None, note="")
    run_jobs()
    with work():
        order = unpaid(shirt, torino, datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "cs_known")
        pay(order)
    run_jobs()
    with work():
        assert shut_notices() == [] and status_of(order) == WAITING


def moved_while_it_is_handed_over(
    app, work, stores, shirt, looked: Event
) -> tuple[list[Exception], list[str]]:
    """Torino hands it over; before that is written down, somebody has it collected in Milano.

    It is written down once that somebody has `looked`, or waits for the lock.
    """
    torino, milano = stores
    with work():
        order = to_collect(shirt, torino)
        go(order, PICKING, PACKED, READY)
    handed = Event()

    def hand_over() -> None:
        orders.hand_over(actor=HOUSE, order_id=order, how=Handover.HANDED_OVER, reason="shown the number")
        handed.set()
        until(looked)

    def move() -> None:
        handed.wait(PATIENCE)
        pickups.collect_at(actor=HOUSE, order_id=order, place_id=milano, reason="nearer")

    met = at_once(app, hand_over, move)
    with work():
        return met, [subject for subject, _text in letters() if "collect it at" in subject]


def test_what_is_handed_over_at_this_moment_is_not_collected_in_another_store(app, work, stores, shirt):
    met, told = moved_while_it_is_handed_over(app, work, stores, shirt, Event())
    assert [type(one) for one in met] == [IllegalMove] and told == []


def test_without_the_orders_lock_who_has_the_pieces_is_sent_to_another_store(
    app, work, stores, shirt, monkeypatch
):
    looked = Event()

    def look(*which):
        order = db.session.query(Order).filter(*which).one()
        looked.set()
        return order

    monkeypatch.setattr(pickups, "locked", look)
    met, told = moved_while_it_is_handed_over(app, work, stores, shirt, looked)
    assert met == [] and len(told) == 1
