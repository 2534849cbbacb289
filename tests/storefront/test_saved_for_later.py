"""What is put aside, and what has changed about a bag since its owner looked last."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation import clock
from foundation.db import db
from storefront.cart import actions as cart
from storefront.cart import saving
from storefront.cart.errors import LineGone, SavedPieceGone
from storefront.cart.jobs import forget_guests_daily
from storefront.cart.models import CartLine, SavedPiece
from storefront.cart.policy import Choice
from storefront.cart.queries import cart_of, saved_for_later
from storefront.catalog.models import Variant
from tests.races import at_once
from tests.storefront.goods import LOOK, piece, place, shelf
from tests.storefront.test_cart import GUEST, VISIT, lines, put


def save_all(visit: str | None = VISIT, account_id: int | None = None) -> None:
    for line in cart_of(visit, account_id).lines:
        saving.save_for_later(actor=GUEST, visit=visit, account_id=account_id, line_id=line.line_id)


def saved(visit: str | None = VISIT, account_id: int | None = None) -> list[tuple[int, int]]:
    return [(line.variant_id, line.quantity) for line in saved_for_later(visit, account_id)]


def reprice(variant_id: int, minor: int) -> None:
    db.session.get_one(Variant, variant_id).price_minor = minor
    db.session.flush()


def test_a_saved_piece_is_not_ordered_and_comes_back_into_its_look(work):
    with work():
        shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
        put(Choice(shirt, 2), origin=LOOK)
        save_all()
        put(Choice(coat))
        assert (lines(), saved()) == ([(coat, 1)], [(shirt, 2)])
        assert cart_of(VISIT, None).goods.minor == 9000
        (aside,) = saved_for_later(VISIT, None)
        added = saving.take_up(actor=GUEST, visit=VISIT, account_id=None, saved_id=aside.line_id)
        assert added.refused == ()
        assert (saved(), lines()) == ([], [(coat, 1), (shirt, 2)])
        assert [group.label for group in cart_of(VISIT, None).groups] == [None, "Carry-on only"]


def test_what_is_sold_out_meanwhile_stays_saved_and_is_named(work):
    with work():
        shirt = shelf("shirt", 3000, 1)
        put(Choice(shirt))
        save_all()
        place([piece(shirt, 3000)], visit_id="somebody-else")
        (aside,) = saved_for_later(VISIT, None)
        assert aside.sold_out
        added = saving.take_up(actor=GUEST, visit=VISIT, account_id=None, saved_id=aside.line_id)
        assert [refused.title for refused in added.refused] == ["Shirt"]
        assert (lines(), saved()) == ([], [(shirt, 1)])


def test_nobody_touches_what_somebody_else_saved(work):
    with work():
        shirt = shelf("shirt", 3000)
        put(Choice(shirt))
        line_id = cart_of(VISIT, None).lines[0].line_id
        with pytest.raises(LineGone):
            saving.save_for_later(actor=GUEST, visit="visit-2", account_id=None, line_id=line_id)
        save_all()
        (aside,) = saved_for_later(VISIT, None)
        with pytest.raises(SavedPieceGone):
            saving.take_up(actor=GUEST, visit="visit-2", account_id=None, saved_id=aside.line_id)
        saving.drop_saved(actor=GUEST, visit="visit-2", account_id=None, saved_id=aside.line_id)
        assert saved() == [(shirt, 1)]
        saving.drop_saved(actor=GUEST, visit=VISIT, account_id=None, saved_id=aside.line_id)
        assert (saved(), lines()) == ([], [])


def test_signing_in_brings_what_was_saved_along(work, account):
    with work():
        shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
        put(Choice(shirt), visit=None, account_id=account)
        save_all(None, account)
        put(Choice(shirt), Choice(coat))
        save_all()
        saving.join_account(actor=GUEST, visit=VISIT, account_id=account)
        assert (saved(), saved(None, account)) == ([], [(shirt, 2), (coat, 1)])


def test_a_changed_price_is_told_until_it_is_noted(work):
    with work():
        shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
        put(Choice(shirt), Choice(coat))
        assert cart_of(VISIT, None).repriced == ()
        reprice(shirt, 3500)
        (line,) = cart_of(VISIT, None).repriced
        assert (line.price_was.minor, line.unit_price_minor) == (3000, 3500)
        told = {line.line_id: 3500}
        cart.note_prices(actor=GUEST, visit="visit-2", account_id=None, told=told)
        assert len(cart_of(VISIT, None).repriced) == 1
        reprice(shirt, 4000)
        cart.note_prices(actor=GUEST, visit=VISIT, account_id=None, told=told)
        assert len(cart_of(VISIT, None).repriced) == 1, "the price moved on while the page was being read"
        cart.note_prices(actor=GUEST, visit=VISIT, account_id=None, told={line.line_id: 4000})
        assert cart_of(VISIT, None).repriced == ()


def test_a_price_that_changed_while_a_piece_was_saved_is_told_when_it_comes_back(work):
    with work():
        shirt = shelf("shirt", 3000)
        put(Choice(shirt))
        save_all()
        reprice(shirt, 2500)
        (aside,) = saved_for_later(VISIT, None)
        assert aside.price_was.minor == 3000
        saving.take_up(actor=GUEST, visit=VISIT, account_id=None, saved_id=aside.line_id)
        (line,) = cart_of(VISIT, None).repriced
        assert (line.price_was.minor, line.unit_price_minor) == (3000, 2500)


def test_the_bag_page_tells_saves_and_brings_back(client, work):
    with work():
        shirt = shelf("shirt", 3000, 2)
    client.post("/cart/add", data={"variant_id": shirt, "quantity": 2})
    with work():
        reprice(shirt, 3500)
        place([piece(shirt, 3500)], visit_id="somebody-else")
    page = client.get("/cart").text
    assert "One price has changed since you put the piece in." in page
    assert "It was €30.00, now it is €35.00." in page
    assert "Take 1" in page
    line = re.search(r'action="/cart/lines/(\d+)/later"', page)[1]
    client.post(f"/cart/lines/{line}", data={"quantity": 1})
    client.post(
        "/cart/noted", data={f"price-{line}": 3500, "price-x": "1", "price-9": "-1", "price-8": "9" * 5000}
    )
    page = client.get("/cart").text
    assert "has changed since" not in page
    client.post(f"/cart/lines/{line}/later")
    page = client.get("/cart").text
    assert "Your bag is empty" in page
    assert "Saved for later" in page
    aside = re.search(r'action="/cart/saved/(\d+)"', page)[1]
    client.post(f"/cart/saved/{aside}")
    page = client.get("/cart").text
    assert "Saved for later" not in page
    assert "Your bag is empty" not in page
    assert client.post(f"/cart/saved/{aside}").status_code == 404


def test_bags_of_guests_are_forgotten_after_ninety_days_and_those_of_accounts_never(work, account):
    with work():
        shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
        for visit, account_id in ((VISIT, None), (None, account)):
            put(Choice(shirt), visit=visit, account_id=account_id)
            save_all(visit, account_id)
            put(Choice(coat), visit=visit, account_id=account_id)
        for table, column in ((CartLine, "added_at"), (SavedPiece, "saved_at")):
            db.session.execute(
                text(f"UPDATE {table.__tablename__} SET {column} = :then"),
                {"then": clock.now() - timedelta(days=91)},
            )
        forget_guests_daily()
        assert (lines(), saved()) == ([], [])
        assert (lines(None, account), saved(None, account)) == ([(coat, 1)], [(shirt, 1)])


@pytest.fixture
def taken_up_twice(app, work):
    """Somebody puts one saved shirt back into the bag in two windows at once: how many lie there then."""

    def run() -> list[int]:
        with work():
            shirt = shelf("shirt", 3000)
            put(Choice(shirt))
            save_all()
            (aside,) = saved_for_later(VISIT, None)
        at_once(
            app,
            *[lambda: saving.take_up(actor=GUEST, visit=VISIT, account_id=None, saved_id=aside.line_id)] * 2,
        )
        with work():
            return [quantity for _, quantity in lines()]

    return run


def test_a_piece_taken_up_in_two_windows_at_once_comes_back_once(taken_up_twice):
    assert taken_up_twice() == [1]


def test_reading_before_deleting_would_bring_it_back_twice(taken_up_twice, monkeypatch):
    """The twin."""
    read = saving._TAKE_UP.text.replace("DELETE FROM", f"SELECT {saving._COLUMNS} FROM")
    monkeypatch.setattr(saving, "_TAKE_UP", text(read.replace(f"RETURNING {saving._COLUMNS}", "")))
    assert taken_up_twice() == [2]
