import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation import clock as shop_clock
from foundation.db import unit_of_work
from storefront.orders import actions as orders
from storefront.orders import placing
from storefront.stock import actions as stock
from storefront.stock.errors import SoldOut
from storefront.stock.queries import available
from tests.races import PATIENCE
from tests.storefront.goods import HOUSE, on_hand, piece, place, shelf

BUYERS = 50


def reserve(order_id: int, wanted: dict[int, int], minutes: int = 40, holder: str | None = None) -> None:
    until = shop_clock.now() + timedelta(minutes=minutes)
    stock.reserve(actor=HOUSE, order_id=order_id, wanted=wanted, until=until, holder=holder)


def rush(app, variant_id: int, buyers: int = BUYERS, before_commit=lambda: None) -> tuple[int, int]:
    """Everybody reaches for the one piece at once; returns how many got it and how many were told."""
    won, told, gate = [], [], threading.Barrier(buyers)

    def buy(order_id: int) -> None:
        gate.wait()
        with app.app_context():
            try:
                with unit_of_work():
                    reserve(order_id, {variant_id: 1})
                    before_commit()
                won.append(order_id)
            except SoldOut as sold_out:
                assert sold_out.left == {variant_id: 0}
                told.append(order_id)

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(1, buyers + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(won), len(told)


def test_of_fifty_buyers_of_one_piece_exactly_one_wins(app, work):
    with work():
        variant_id = shelf("shirt", 3000, on_hand=1)
    assert rush(app, variant_id) == (1, BUYERS - 1)


def test_without_the_lock_two_buyers_both_win(app, work, monkeypatch):
    """The twin: it fails to protect, which shows that the lock is what protects."""
    with work():
        variant_id = shelf("shirt", 3000, on_hand=1)
    both_have_written = threading.Barrier(2)
    monkeypatch.setattr(stock, "lock_variants", lambda wanted: None)
    assert rush(app, variant_id, 2, lambda: both_have_written.wait(timeout=5)) == (2, 0)


def order_at_once(app, work, before_commit=lambda: None, buyers: int = 2) -> int:
    """Buyers write an order for the one coat at the same moment; returns how many orders stand."""
    with work():
        coats = [piece(shelf("coat", 9000, on_hand=1), 9000)]
    gate, told = threading.Barrier(buyers), []

    def buy() -> None:
        gate.wait()
        try:
            with app.app_context(), unit_of_work():
                place(coats)
                before_commit()
        except SoldOut:
            told.append(1)

    threads = [threading.Thread(target=buy) for _ in range(buyers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return buyers - len(told)


def test_of_many_orders_for_one_coat_written_at_once_exactly_one_stands(app, work):
    assert order_at_once(app, work, buyers=8) == 1


def test_without_the_lock_in_the_orders_own_statement_two_orders_stand(app, work, monkeypatch):
    """The twin: the lock that is sent along with the order is what protects."""
    unlocked = placing.INSERT_ORDER.text.replace("FOR NO KEY UPDATE", "")
    assert unlocked != placing.INSERT_ORDER.text
    monkeypatch.setattr(orders, "INSERT_ORDER", text(unlocked))
    both_have_written = threading.Barrier(2)
    assert order_at_once(app, work, lambda: both_have_written.wait(timeout=5)) == 2


def test_buyers_of_the_same_pieces_in_another_order_never_wait_for_each_other_forever(app, work):
    with work():
        first, second = shelf("shirt", 3000, 100), shelf("coat", 9000, 100)
    failures, gate = [], threading.Barrier(8)

    def buy(order_id: int) -> None:
        gate.wait()
        wanted = {first: 1, second: 1} if order_id % 2 else {second: 1, first: 1}
        try:
            with app.app_context(), unit_of_work():
                reserve(order_id, wanted)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_promise_past_its_moment_is_void_though_no_job_ran(clock, work):
    with work():
        variant_id = shelf("shirt", 3000, on_hand=1)
        reserve(1, {variant_id: 1}, minutes=40)
        assert available([variant_id]) == {variant_id: 0}
        with pytest.raises(SoldOut):
            reserve(2, {variant_id: 1})
        clock.advance(minutes=41)
        assert available([variant_id]) == {variant_id: 1}
        reserve(2, {variant_id: 1})


def test_the_shopper_sees_their_own_pieces_as_there(work):
    with work():
        variant_id = shelf("shirt", 3000, on_hand=1)
        reserve(1, {variant_id: 1}, holder="visit:a")
        assert available([variant_id], holder="visit:a") == {variant_id: 1}
        assert available([variant_id], holder="visit:b") == {variant_id: 0}


def test_sold_out_names_every_short_piece_and_promises_nothing(work):
    with work():
        shirt, coat = shelf("shirt", 3000, 1), shelf("coat", 9000, 4)
        with pytest.raises(SoldOut) as caught:
            reserve(1, {shirt: 2, coat: 4})
        assert caught.value.left == {shirt: 1}
        assert available([shirt, coat]) == {shirt: 1, coat: 4}


def test_selling_takes_from_the_shelf_and_ends_the_promise(work):
    with work():
        variant_id = shelf("shirt", 3000, on_hand=3)
        reserve(1, {variant_id: 2})
        stock.sell(actor=HOUSE, order_id=1, wanted={variant_id: 2})
        assert (on_hand(variant_id), available([variant_id])) == (1, {variant_id: 1})
        stock.release(order_id=1)
        stock.put_back(actor=HOUSE, variant_id=variant_id, quantity=1, reason="came back")
        assert available([variant_id]) == {variant_id: 2}


def test_a_late_sale_takes_pieces_that_are_still_there_and_is_refused_when_they_are_not(clock, work):
    with work():
        variant_id = shelf("shirt", 3000, on_hand=1)
        reserve(1, {variant_id: 1})
        clock.advance(hours=2)
        reserve(2, {variant_id: 1})
        with pytest.raises(SoldOut):
            stock.sell(actor=HOUSE, order_id=1, wanted={variant_id: 1})
        stock.release(order_id=2)
        stock.sell(actor=HOUSE, order_id=1, wanted={variant_id: 1})
        assert on_hand(variant_id) == 0


def test_what_may_be_oversold_or_is_not_counted_never_runs_out(work: Callable):
    with work():
        over = shelf("shirt", 3000, on_hand=0, oversell=True)
        reserve(1, {over: 5})
        stock.sell(actor=HOUSE, order_id=1, wanted={over: 5})
        assert on_hand(over) == -5
        assert available([over])[over] > 100


def flash(app, work, buyers: int, rounds: int, doors: int = 8) -> list[tuple[int, int]]:
    """In each round one coat, and so many buyers who come in by a few doors at once: who got it, and who was
    told that it is gone."""
    counted = []
    for number in range(rounds):
        with work():
            coat = shelf(f"coat-{number}", 9000, on_hand=1)
        turns = iter(range(1 + number * buyers, 1 + (number + 1) * buyers))
        won: list[int] = []
        told: list[int] = []
        gate = threading.Barrier(doors)

        def door(coat=coat, turns=turns, won=won, told=told, gate=gate) -> None:
            gate.wait(timeout=20)
            with app.app_context():
                for order_id in turns:
                    try:
                        with unit_of_work():
                            reserve(order_id, {coat: 1})
                        won.append(order_id)
                    except SoldOut:
                        told.append(order_id)

        threads = [threading.Thread(target=door) for _ in range(doors)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counted.append((len(won), len(told)))
    return counted


@pytest.mark.timeout(300)
def test_of_two_hundred_buyers_of_one_coat_exactly_one_has_it_in_each_of_twenty_rounds(app, work):
    assert flash(app, work, 200, 20) == [(1, 199)] * 20


def test_without_the_lock_a_coat_is_promised_twice_in_some_round(app, work, monkeypatch):
    """The twin: those who came in together have all counted before any of them has written."""
    together = threading.Barrier(8)

    def meet(_wanted: object) -> None:
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=PATIENCE)

    monkeypatch.setattr(stock, "lock_variants", meet)
    assert any(won > 1 for won, _told in flash(app, work, 8, 3))
