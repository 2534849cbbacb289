"""Stock belongs to places, and every change of it is a movement that nobody can change afterwards."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from foundation import clock, ids
from foundation.audit.queries import history
from foundation.db import db, unit_of_work
from storefront.orders.models import OrderLine
from storefront.places import actions as places
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock import actions as stock
from storefront.stock import keeping
from storefront.stock.errors import (
    AlreadyMoved,
    MoreThanLies,
    NotCounted,
    PlaceClosed,
    QuantityRefused,
    SamePlace,
    SoldOut,
)
from storefront.stock.keeping import correct, receive, transfer
from storefront.stock.models import StockMovement
from storefront.stock.proof import verify
from storefront.stock.queries import available, levels_at
from tests.races import point
from tests.storefront.goods import HOUSE, on_hand, pay, piece, place, shelf
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_places import opened

Work = Callable[[], Any]


def moved(variant_id: int) -> list[tuple[str, int, int]]:
    """(kind, place, quantity) of every movement, in order."""
    rows = db.session.scalars(
        select(StockMovement).where(StockMovement.variant_id == variant_id).order_by(StockMovement.id)
    )
    return [(str(row.kind), row.place_id, row.quantity) for row in rows]


def bring(variant_id: int, quantity: int, place_id: int = WEB_WAREHOUSE, batch: str | None = None) -> None:
    receive(
        actor=HOUSE,
        place_id=place_id,
        wanted={variant_id: quantity},
        reason="Delivery 7",
        batch=batch or ids.token(),
    )


def carry(variant_id: int, quantity: int, start: int, end: int) -> None:
    transfer(
        actor=HOUSE,
        from_place_id=start,
        to_place_id=end,
        wanted={variant_id: quantity},
        reason="The window wants it",
        batch=ids.token(),
    )


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[str]:
    """Every act in a transaction of its own at the same moment; the names of what they raised."""
    gate, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            with app.app_context(), unit_of_work():
                act()
        except Exception as error:
            raised.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(raised)


def test_a_sale_and_a_return_are_movements_that_name_order_and_line(work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=5)
        placed = place([piece(shirt, 3000, 2)], session_id="cs_1")
        pay(placed.order_id)
        line = db.session.scalars(select(OrderLine)).one()
        stock.put_back(
            actor=HOUSE,
            variant_id=shirt,
            quantity=1,
            reason=placed.number,
            order_id=placed.order_id,
            order_line_id=line.id,
        )
        assert moved(shirt) == [("received", 1, 5), ("sold", 1, -2), ("returned", 1, 1)]
        sold, back = db.session.scalars(
            select(StockMovement).where(StockMovement.order_id == placed.order_id).order_by(StockMovement.id)
        )
        assert (sold.order_line_id, back.order_line_id) == (None, line.id)
        assert on_hand(shirt) == 4


def test_an_import_moves_what_it_changes_and_nothing_else(work: Work) -> None:
    with work():
        product = put_on_shelf(stock={"S": 2, "M": 0})
        small, medium = (variant.id for variant in product.variants)
        put_on_shelf(stock={"S": 2, "M": 0}, price=9900)
        assert (moved(small), moved(medium)) == ([("received", 1, 2)], [])
        put_on_shelf(stock={"S": 5, "M": 3})
        assert moved(small) == [("received", 1, 2), ("corrected", 1, 3)]
        assert moved(medium) == [("corrected", 1, 3)]
        assert verify().ok


def test_a_delivery_a_count_and_a_transfer_change_the_levels_of_their_places(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=1), opened()
        bring(shirt, 6)
        bring(shirt, 2, torino)
        carry(shirt, 3, WEB_WAREHOUSE, torino)
        assert correct(actor=HOUSE, variant_id=shirt, place_id=torino, counted=4, reason="One is torn") == -1
        assert (on_hand(shirt), levels_at(torino, [shirt])) == (4, {shirt: 4})
        assert available([shirt]) == {shirt: 4}, "the web sells what lies in its warehouse"
        assert moved(shirt) == [
            ("received", 1, 1),
            ("received", 1, 6),
            ("received", torino, 2),
            ("transferred", 1, -3),
            ("transferred", torino, 3),
            ("corrected", torino, -1),
        ]
        (told,) = history("variant", shirt)
        assert (told.action, told.reason) == ("stock.correct", "One is torn")
        assert {row.action for row in history("place", torino)} >= {"stock.receive", "stock.transfer"}


def test_counting_what_is_known_writes_nothing(work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
        assert correct(actor=HOUSE, variant_id=shirt, place_id=1, counted=2, reason="Stocktaking") == 0
        assert moved(shirt) == [("received", 1, 2)] and not history("variant", shirt)


def test_the_same_page_sent_twice_is_received_once(work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        bring(shirt, 6, batch="page-1")
        with pytest.raises(AlreadyMoved):
            bring(shirt, 6, batch="page-1")
        assert on_hand(shirt) == 7 and verify().ok


def test_what_is_promised_or_not_there_does_not_move(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=2), opened()
        place([piece(shirt, 3000)])
        with pytest.raises(MoreThanLies):
            carry(shirt, 2, WEB_WAREHOUSE, torino)
        with pytest.raises(MoreThanLies):
            carry(shirt, 1, torino, WEB_WAREHOUSE)
        with pytest.raises(SamePlace):
            carry(shirt, 1, torino, torino)
        carry(shirt, 1, WEB_WAREHOUSE, torino)
        assert (on_hand(shirt), levels_at(torino, [shirt])) == (1, {shirt: 1})


@pytest.mark.parametrize("quantity", [0, -3, 10**9])
def test_nonsense_is_not_received(work: Work, quantity: int) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
        with pytest.raises(QuantityRefused):
            bring(shirt, quantity)
        assert on_hand(shirt) == 2


def test_nothing_comes_to_a_closed_store_and_what_lies_there_can_leave(work: Work) -> None:
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=0), opened()
        bring(shirt, 2, torino)
        places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")
        with pytest.raises(PlaceClosed):
            bring(shirt, 1, torino)
        carry(shirt, 2, torino, WEB_WAREHOUSE)
        assert on_hand(shirt) == 2


def test_what_nobody_counts_is_not_received(work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=0)
        db.session.execute(text("UPDATE variants SET tracked = false"))
        with pytest.raises(NotCounted):
            bring(shirt, 1)


def test_a_movement_can_neither_be_changed_nor_taken_away(work: Work) -> None:
    with work():
        shelf("shirt", 3000, on_hand=2)
    for change in ("UPDATE stock_movements SET quantity = 9", "DELETE FROM stock_movements"):
        with pytest.raises(IntegrityError, match="append-only"), work():
            db.session.execute(text(change))


def test_the_command_proves_every_level_and_finds_the_one_that_was_touched(app: Flask, work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
    good = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert good.exit_code == 0
    assert json.loads(good.output.splitlines()[-1]) == {
        "ok": True,
        "levels": 1,
        "movements": 1,
        "differences": [],
    }
    with work():
        db.session.execute(text("UPDATE variants SET on_hand = 3"))
    bad = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert bad.exit_code == 1
    (difference,) = json.loads(bad.stdout.splitlines()[-1])["differences"]
    assert difference == {"variant_id": shirt, "place_id": 1, "on_hand": 3, "moved": 2}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "correct", "transfer", "order", "pay", "return", "import", "drop"]),
        st.integers(0, 2),
        st.integers(1, 6),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_happens_the_movements_add_up_to_the_levels(app: Flask, steps: Any) -> None:
    """Against an oracle of plain numbers: received - sold + returned, place by place, never below zero."""
    with app.app_context():
        try:
            shirt = shelf("shirt", 3000, on_hand=3)
            spots = [WEB_WAREHOUSE, opened("a"), opened("b")]
            lies, promised, open_orders, paid = dict.fromkeys(spots, 0), 0, [], []
            lies[WEB_WAREHOUSE] = 3
            for number, (step, where, many) in enumerate(steps):
                spot, other = spots[where], spots[(where + 1) % 3]
                free = lies[spot] - (promised if spot == WEB_WAREHOUSE else 0)
                if step == "receive":
                    bring(shirt, many, spot)
                    lies[spot] += many
                elif step == "correct" and (spot != WEB_WAREHOUSE or many >= promised):
                    correct(actor=HOUSE, variant_id=shirt, place_id=spot, counted=many, reason="Counted")
                    lies[spot] = many
                elif step == "transfer":
                    if free >= many:
                        carry(shirt, many, spot, other)
                        lies[spot], lies[other] = lies[spot] - many, lies[other] + many
                    else:
                        with pytest.raises(MoreThanLies):
                            carry(shirt, many, spot, other)
                elif step == "order":
                    if lies[WEB_WAREHOUSE] - promised >= many:
                        placed = place([piece(shirt, 3000, many)], session_id=f"cs_{number}")
                        open_orders.append((placed.order_id, many))
                        promised += many
                elif step == "pay" and open_orders:
                    order_id, held = open_orders.pop()
                    pay(order_id)
                    paid.append((order_id, held))
                    lies[WEB_WAREHOUSE], promised = lies[WEB_WAREHOUSE] - held, promised - held
                elif step == "return" and paid:
                    order_id, held = paid.pop()
                    stock.put_back(
                        actor=HOUSE, variant_id=shirt, quantity=held, reason="x", order_id=order_id
                    )
                    lies[WEB_WAREHOUSE] += held
                elif step == "import" and many >= promised:
                    shelf("shirt", 3000, on_hand=many)
                    lies[WEB_WAREHOUSE] = many
                elif step == "drop" and open_orders:
                    order_id, held = open_orders.pop()
                    stock.release(order_id=order_id)
                    promised -= held
            assert {spot: levels_at(spot, [shirt])[shirt] for spot in spots} == lies
            assert available([shirt]) == {shirt: lies[WEB_WAREHOUSE] - promised}
            assert verify().ok
        finally:
            db.session.rollback()


def meet_after(patch: pytest.MonkeyPatch, module: Any, name: str, parties: int = 2) -> None:
    """Whoever has read goes on once the others have read too, or wait for a lock that it holds."""
    wait, read = point(parties), getattr(module, name)

    def slowly(*args: Any, **more: Any) -> Any:
        answer = read(*args, **more)
        wait()
        return answer

    patch.setattr(module, name, slowly)


def nobody_locks(patch: pytest.MonkeyPatch) -> None:
    for module in (stock, keeping):
        patch.setattr(module, "lock_variants", lambda wanted: None)


def last_piece_sold_twice(app: Flask, work: Work, patch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """Two orders whose promises ran out are paid at once, and one piece is left."""
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
    meet_after(patch, stock, "available")
    sales = [
        lambda order_id=order_id: stock.sell(actor=HOUSE, order_id=order_id, wanted={shirt: 1})
        for order_id in (1, 2)
    ]
    raised = at_once(app, *sales)
    with work():
        assert verify().ok, "whatever went wrong, the movements say what happened"
        return raised, on_hand(shirt)


def test_the_last_piece_is_sold_once(app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    assert last_piece_sold_twice(app, work, monkeypatch) == (["SoldOut"], 0)


def test_without_the_lock_the_last_piece_is_sold_twice(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    nobody_locks(monkeypatch)
    assert last_piece_sold_twice(app, work, monkeypatch) == ([], -1)


def two_count_at_once(app: Flask, work: Work, patch: pytest.MonkeyPatch) -> int:
    """Two people count the same three pieces where two were known; what is known afterwards."""
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
    meet_after(patch, keeping, "levels_at")

    def count() -> None:
        correct(actor=HOUSE, variant_id=shirt, place_id=1, counted=3, reason="Stocktaking")

    assert at_once(app, count, count) == []
    with work():
        return on_hand(shirt)


def test_two_who_count_the_same_at_once_agree(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert two_count_at_once(app, work, monkeypatch) == 3


def test_without_the_lock_two_counts_add_up(app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    nobody_locks(monkeypatch)
    assert two_count_at_once(app, work, monkeypatch) == 4


def promise_meets_transfer(app: Flask, work: Work, patch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """An order is placed for the last piece while staff carry it to a store; how many are free after it."""
    with work():
        shirt, torino = shelf("shirt", 3000, on_hand=1), opened()
    wait, read = point(), keeping.levels_at

    def read_and_pause(*args: Any, **more: Any) -> dict[int, int]:
        levels = read(*args, **more)
        wait()
        return levels

    patch.setattr(keeping, "levels_at", read_and_pause)

    def order() -> None:
        until = clock.now() + timedelta(minutes=40)
        stock.reserve(actor=HOUSE, order_id=1, wanted={shirt: 1}, until=until)
        wait()

    raised = at_once(app, order, lambda: carry(shirt, 1, WEB_WAREHOUSE, torino))
    with work():
        return raised, read(WEB_WAREHOUSE, [shirt], less_promised=True)[shirt]


def test_a_piece_is_promised_or_carried_away_but_not_both(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised, free = promise_meets_transfer(app, work, monkeypatch)
    assert raised in (["MoreThanLies"], ["SoldOut"]) and free == 0


def test_without_the_lock_a_promised_piece_is_carried_away(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    nobody_locks(monkeypatch)
    assert promise_meets_transfer(app, work, monkeypatch) == ([], -1)


def test_a_delivery_during_sales_is_counted_with_them(app: Flask, work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=8)

    def sell(order_id: int) -> Callable[[], None]:
        return lambda: stock.sell(actor=HOUSE, order_id=order_id, wanted={shirt: 2})

    assert at_once(app, sell(1), lambda: bring(shirt, 5), sell(2), lambda: bring(shirt, 5), sell(3)) == []
    with work():
        assert (on_hand(shirt), verify().ok) == (12, True)


def test_a_count_below_what_is_promised_shows_when_the_order_is_paid(work: Work) -> None:
    with work():
        shirt = shelf("shirt", 3000, on_hand=2)
        stock.reserve(actor=HOUSE, order_id=1, wanted={shirt: 2}, until=clock.now() + timedelta(minutes=40))
        correct(actor=HOUSE, variant_id=shirt, place_id=1, counted=1, reason="One is torn")
        assert available([shirt]) == {shirt: 0}
        with pytest.raises(SoldOut):
            stock.sell(actor=HOUSE, order_id=1, wanted={shirt: 2})
