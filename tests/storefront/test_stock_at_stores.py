"""A store sells what hangs there: its promises, sales and returns leave the web alone."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from foundation import clock
from foundation.db import unit_of_work
from storefront.places import actions as places
from storefront.places.queries import place_by_id
from storefront.stock import actions as stock
from storefront.stock.errors import MoreThanLies, PlaceClosed, SoldOut
from storefront.stock.proof import verify
from storefront.stock.queries import available
from tests.races import PATIENCE, until
from tests.storefront.goods import HOUSE, on_hand, shelf
from tests.storefront.test_movements import at_once, bring, carry, meet_after, moved, nobody_locks
from tests.storefront.test_places import opened

Work = Callable[[], Any]


def promise(order_id: int, wanted: dict[int, int], place_id: int) -> None:
    until = clock.now() + timedelta(minutes=40)
    stock.reserve(actor=HOUSE, order_id=order_id, wanted=wanted, until=until, place_id=place_id)


def test_a_promise_belongs_to_its_place(work: Work) -> None:
    with work():
        shirt, torino, milano = shelf("shirt", 3000, on_hand=1), opened("torino"), opened("milano")
        bring(shirt, 2, torino)
        promise(1, {shirt: 2}, torino)
        assert available([shirt], place_id=torino) == {shirt: 0}
        assert available([shirt]) == {shirt: 1}, "the web still has its own"
        with pytest.raises(SoldOut) as short:
            promise(2, {shirt: 1}, torino)
        assert short.value.left == {shirt: 0}
        with pytest.raises(SoldOut):
            promise(3, {shirt: 1}, milano)
        with pytest.raises(MoreThanLies):
            carry(shirt, 1, torino, milano)
        stock.release(order_id=1)
        assert available([shirt], place_id=torino) == {shirt: 2}


def test_a_sale_and_a_return_in_a_store_are_its_own_movements(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=4), opened()
        bring(shirt, 2, torino)
        promise(1, {shirt: 2}, torino)
        stock.sell(actor=HOUSE, order_id=1, wanted={shirt: 2}, place_id=torino)
        stock.put_back(actor=HOUSE, variant_id=shirt, quantity=1, reason="V-1", place_id=torino)
        assert moved(shirt)[1:] == [
            ("received", torino, 2),
            ("sold", torino, -2),
            ("returned", torino, 1),
        ]
        assert (on_hand(shirt), available([shirt], place_id=torino)) == (4, {shirt: 1})
        with pytest.raises(SoldOut):
            stock.sell(actor=HOUSE, order_id=2, wanted={shirt: 2}, place_id=torino)
        assert verify().ok


def test_what_may_be_oversold_on_the_web_is_not_oversold_in_a_store(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=0, oversell=True), opened()
        assert available([shirt])[shirt] > 100
        assert available([shirt], place_id=torino) == {shirt: 0}


def test_a_closed_store_promises_nothing(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000), opened()
        bring(shirt, 2, torino)
        places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
        with pytest.raises(PlaceClosed):
            promise(1, {shirt: 1}, torino)


def last_piece_of_a_store(app: Flask, work: Work, buyers: int = 2) -> list[str]:
    """Everybody reaches for the one piece of a store while the web has plenty; what they were told."""
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=50), opened()
        bring(shirt, 1, torino)
    sales = [
        lambda order_id=order_id: stock.sell(
            actor=HOUSE, order_id=order_id, wanted={shirt: 1}, place_id=torino
        )
        for order_id in range(1, buyers + 1)
    ]
    raised = at_once(app, *sales)
    with work():
        assert verify().ok and on_hand(shirt) == 50
    return raised


def test_the_last_piece_of_a_store_is_sold_once(app: Flask, work: Work) -> None:
    assert last_piece_of_a_store(app, work, 8) == ["SoldOut"] * 7


def test_without_the_lock_a_store_sells_its_last_piece_twice(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    nobody_locks(monkeypatch)
    meet_after(monkeypatch, stock, "available")
    assert last_piece_of_a_store(app, work) == []


def shut_under_a_promise(app: Flask, work: Work, patch: pytest.MonkeyPatch) -> bool:
    """Whether a store was shut for good between an order's look at it and the order's promise."""
    with work():
        shirt, torino = shelf("shirt", 3000), opened()
        bring(shirt, 2, torino)
    has_looked, is_shut, look, between = threading.Event(), threading.Event(), stock.is_closed, []

    def look_and_wait(place_id: int) -> bool:
        closed = look(place_id)
        has_looked.set()
        between.append(until(is_shut))
        return closed

    def shut() -> None:
        has_looked.wait(PATIENCE)
        with unit_of_work():
            places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
        is_shut.set()

    patch.setattr(stock, "is_closed", look_and_wait)
    assert at_once(app, lambda: promise(1, {shirt: 1}, torino), shut) == []
    return between[0]


def test_a_store_is_not_shut_between_the_look_and_the_promise(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not shut_under_a_promise(app, work, monkeypatch)


def test_without_the_lock_of_the_place_it_is(app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    monkeypatch.setattr(stock, "is_closed", lambda place_id: place_by_id(place_id).closed_at is not None)
    assert shut_under_a_promise(app, work, monkeypatch)
