"""Picked by another place than the sale was booked from, and disputed while somebody acts."""

import threading
from dataclasses import replace

import pytest

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.fulfilment import actions
from storefront.fulfilment.errors import NotAllThere, ShutForGood, TooLateToCancel
from storefront.fulfilment.models import Fulfilment, FulfilmentStatus
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.errors import CalledOff, PaymentIsDisputed, PiecesStay
from storefront.orders.models import Dispute, Handover, Refund
from storefront.orders.shelves import count_to_hand_over
from storefront.places import actions as places
from storefront.places.models import WEB_WAREHOUSE
from storefront.returns import actions as returns
from storefront.returns import following
from storefront.stock import keeping
from storefront.stock.proof import verify
from storefront.stock.queries import levels_at
from tests.races import PATIENCE, at_once, until
from tests.storefront.goods import HOUSE, order_now
from tests.storefront.parcels import go, ordered, status_of
from tests.storefront.test_movements import bring, carry, meet_after, nobody_locks
from tests.storefront.test_places import opened

WAITING, PICKING, PACKED = FulfilmentStatus.WAITING, FulfilmentStatus.PICKING, FulfilmentStatus.PACKED


def disputed_meanwhile(app, paid: int, monkeypatch, act, unlocked=None) -> list[Exception]:
    """The bank's news holds the order; somebody acts on it; only then the news is committed.

    The news waits until they wait for the lock, or have read `unlocked` what they act on.
    """
    held, looked, found = threading.Event(), threading.Event(), actions._found
    has_read = threading.Event()

    def look(order_id: int):
        answer = found(order_id)
        looked.set()
        return answer

    def dispute() -> None:
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{paid}", state=Dispute.OPEN)
        held.set()
        looked.wait(PATIENCE)
        until(has_read)

    def act_on_it() -> None:
        held.wait(PATIENCE)
        act()

    def read(_condition):
        order = unlocked()
        has_read.set()
        return order

    monkeypatch.setattr(actions, "_found", look)
    if unlocked:
        monkeypatch.setattr(actions, "locked", read)
    return at_once(app, dispute, act_on_it)


def test_what_is_disputed_while_it_is_called_off_is_not_given_back_on_top(app, work, paid, monkeypatch):
    met = disputed_meanwhile(app, paid, monkeypatch, lambda: actions.cancel(actor=HOUSE, order_id=paid))
    with work():
        assert [type(error) for error in met] == [PaymentIsDisputed]
        assert (db.session.query(Refund).count(), status_of(paid)) == (0, WAITING)


def test_without_the_order_s_lock_it_would_be_given_back_on_top(app, work, paid, monkeypatch):
    met = disputed_meanwhile(
        app, paid, monkeypatch, lambda: actions.cancel(actor=HOUSE, order_id=paid), lambda: order_now(paid)
    )
    with work():
        assert (met, db.session.query(Refund).count()) == ([], 1)
        assert order_now(paid).dispute == Dispute.OPEN


def test_what_is_disputed_meanwhile_is_not_picked(app, work, paid, monkeypatch):
    left_out: list[int] = []

    def pick() -> None:
        left_out.extend(actions.advance(actor=HOUSE, order_ids=[paid], to=PICKING))

    assert disputed_meanwhile(app, paid, monkeypatch, pick) == []
    with work():
        assert (left_out, status_of(paid)) == ([paid], WAITING)


def lying(variant_id: int, *place_ids: int) -> list[int]:
    assert verify().ok
    return [levels_at(place_id, [variant_id])[variant_id] for place_id in place_ids]


def test_another_place_that_picks_gives_its_own_pieces_and_the_web_has_its_again(
    desk_of, work, paid, shirt, stripe, run_jobs
):
    with work():
        torino = opened()
        bring(shirt, 3, torino)
        number = order_now(paid).number
        assert lying(shirt, WEB_WAREHOUSE, torino) == [58, 3]
    store = desk_of(Role.STORE)
    for _ in range(2):
        answer = store.post(f"/staff/packing/{number}/place", data={"place": torino}, follow_redirects=True)
        assert "picks it now." in answer.text
        with work():
            assert lying(shirt, WEB_WAREHOUSE, torino) == [60, 1]
    assert answer.text.count("Given to another place to pick") == 1 and "Picked in Torino" not in answer.text
    store.post(f"/staff/packing/{number}/place", data={"place": WEB_WAREHOUSE})
    with work():
        assert lying(shirt, WEB_WAREHOUSE, torino) == [58, 3]
        actions.move_to(actor=HOUSE, order_id=paid, place_id=torino)
        actions.cancel(actor=HOUSE, order_id=paid)
    run_jobs()
    with work():
        assert lying(shirt, WEB_WAREHOUSE, torino) == [60, 3], "they never left the store"


def test_what_is_called_off_says_so_at_once_and_is_never_handed_over_when_its_money_fails(
    desk_of, client, work, paid, stripe, run_jobs
):
    with work():
        number, token = order_now(paid).number, order_now(paid).token
    client.post(f"/orders/{token}/cancel")
    page = client.get(f"/orders/{token}").text
    assert "Your order is called off" in page and "Your pieces come next" not in page
    run_jobs()
    store = desk_of(Role.STORE)
    assert "did not arrive." not in store.get(f"/staff/orders/{number}").text
    with work():
        told = replace(next(iter(stripe.values())), status="failed", failure_reason="closed card")
        following.note_stripe(actor=HOUSE, told=told)
    run_jobs()
    page = store.get(f"/staff/orders/{number}").text
    assert "It is called off, but the money did not arrive." in page and "Mark it delivered" not in page
    assert number in store.get("/staff/orders?state=review").text
    assert number not in store.get("/staff/orders?state=to-hand-over").text
    with work():
        assert count_to_hand_over() == 0
        with pytest.raises(CalledOff):
            orders.hand_over(actor=HOUSE, order_id=paid, how=Handover.DELIVERED, reason="x")
        returns.request_rest(actor=HOUSE, order_id=paid, reason="by transfer", key="again")
    assert "did not arrive." not in store.get(f"/staff/orders/{number}").text
    assert number not in store.get("/staff/orders?state=review").text


def test_what_was_handed_over_a_moment_ago_cannot_be_called_off(work, paid, stripe):
    with work():
        orders.hand_over(actor=HOUSE, order_id=paid, how=Handover.HANDED_OVER, reason="x")
        with pytest.raises(TooLateToCancel):
            actions.cancel(actor=HOUSE, order_id=paid)


def test_staff_read_why_and_who_in_their_own_language(desk_of, client, work, paid, stripe, run_jobs):
    with work():
        number, token = order_now(paid).number, order_now(paid).token
    assert client.post(f"/orders/{token}/cancel").status_code == 303
    run_jobs()
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.reason, refund.requested_by) == ("called_off", "guest")
    store = desk_of(Role.STORE)
    page = store.get(f"/staff/orders/{number}").text
    assert page.count("Called off by the shopper before it was picked.") == 2
    assert "A guest" in page and ">guest<" not in page and "called_off" not in page
    store.set_cookie("language", "it")
    page = store.get(f"/staff/orders/{number}", headers={"Accept-Language": "it"}).text
    assert page.count("Annullato dal cliente prima della preparazione.") == 2 and "Ospite" in page
    assert "Called off by the shopper" not in page and "called_off" not in page


def test_what_was_sent_from_a_store_and_comes_back_comes_to_the_warehouse(
    work, paid, shirt, stripe, run_jobs
):
    with work():
        torino = opened()
        bring(shirt, 2, torino)
        actions.move_to(actor=HOUSE, order_id=paid, place_id=torino)
        go(paid, PICKING, PACKED)
        actions.send(actor=HOUSE, order_id=paid, carrier="", tracking="")
        returns.request_rest(actor=HOUSE, order_id=paid, reason="torn", key="k", restock=True)
    run_jobs()
    with work():
        assert lying(shirt, WEB_WAREHOUSE, torino) == [62, 0]


def test_a_place_without_the_pieces_or_closed_for_good_picks_nothing(desk_of, work, paid, shirt):
    with work():
        torino, milano = opened(), opened("milano", name="Milano, Brera")
        bring(shirt, 1, torino)
        places.close_store(actor=HOUSE, place_id=milano, reason="The lease ended")
        number = order_now(paid).number
    store = desk_of(Role.STORE)
    assert "Milano, Brera" not in store.get(f"/staff/orders/{number}").text
    assert store.post(f"/staff/packing/{number}/place", data={"place": torino}).status_code == 409
    with work():
        with pytest.raises(NotAllThere):
            actions.move_to(actor=HOUSE, order_id=paid, place_id=torino)
        with pytest.raises(ShutForGood):
            actions.move_to(actor=HOUSE, order_id=paid, place_id=milano)
    with work():
        assert db.session.get_one(Fulfilment, paid).place_id == WEB_WAREHOUSE
        assert lying(shirt, WEB_WAREHOUSE, torino) == [58, 1]


def test_nobody_else_picks_what_is_being_picked_was_sent_or_is_disputed(desk_of, work, paid, shirt):
    with work():
        torino = opened()
        bring(shirt, 9, torino)
        go(paid, PICKING)
        number = order_now(paid).number
    store = desk_of(Role.STORE)

    def refused() -> None:
        answer = store.post(f"/staff/packing/{number}/place", data={"place": torino})
        assert answer.status_code == 409
        assert "Given to another place" not in store.get(f"/staff/orders/{number}").text

    refused()
    with work():
        go(paid, PACKED)
        actions.send(actor=HOUSE, order_id=paid, carrier="", tracking="")
    refused()
    with work():
        assert lying(shirt, WEB_WAREHOUSE, torino) == [58, 9]
        other = ordered(shirt, name="cs_2")
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{other}", state=Dispute.OPEN)
        with pytest.raises(PiecesStay):
            actions.move_to(actor=HOUSE, order_id=other, place_id=torino)


def taken_meanwhile(app, work, paid: int, shirt: int) -> int:
    """The order is moved to a store while its last two pieces are carried elsewhere; what lies there then."""
    with work():
        torino = opened()
        bring(shirt, 2, torino)
    at_once(
        app,
        lambda: actions.move_to(actor=HOUSE, order_id=paid, place_id=torino),
        lambda: carry(shirt, 2, torino, WEB_WAREHOUSE),
    )
    with work():
        return levels_at(torino, [shirt])[shirt]


def test_pieces_carried_away_at_the_same_moment_are_not_picked_as_well(app, work, paid, shirt):
    assert taken_meanwhile(app, work, paid, shirt) == 0


def test_without_the_variant_s_lock_they_would_be_picked_as_well(app, work, paid, shirt, monkeypatch):
    nobody_locks(monkeypatch)
    meet_after(monkeypatch, keeping, "levels_at")
    assert taken_meanwhile(app, work, paid, shirt) == -2
