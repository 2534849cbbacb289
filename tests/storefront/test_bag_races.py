"""One bag in two windows, one form pressed twice, one product file read twice: each race with its twin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text

from foundation.db import db
from storefront.cart import actions as cart
from storefront.cart.models import CartLine
from storefront.cart.policy import Choice
from storefront.catalog import writing
from storefront.catalog.models import Product
from storefront.orders import actions as orders
from storefront.orders.models import Order
from storefront.orders.placing import INSERT_ORDER
from tests.races import at_once, without_unique
from tests.storefront.goods import piece, place, shelf
from tests.storefront.test_cart import GUEST, VISIT, lines, put


def before_conflict(statement: object) -> object:
    """The statement without what it does about a row that is there already."""
    kept, found, rest = str(statement).partition("ON CONFLICT")
    assert found
    return text(kept + ("RETURNING 1" if "RETURNING 1" in rest else ""))


@pytest.fixture
def added_twice(app, work) -> Callable[[], list[int]]:
    """One shirt is put into one bag in two windows at once: the quantities of the lines there are then."""

    def run() -> list[int]:
        with work():
            shirt = shelf("shirt", 3000)
        assert at_once(app, lambda: put(Choice(shirt)), lambda: put(Choice(shirt))) == []
        with work():
            return [quantity for _, quantity in lines()]

    return run


def test_a_piece_added_in_two_windows_at_once_is_one_line_of_two(added_twice):
    assert added_twice() == [2]


def test_without_the_index_it_is_two_lines(added_twice, work, monkeypatch):
    """The twin."""
    monkeypatch.setattr(cart, "_PUT_IN", before_conflict(cart._PUT_IN))
    with without_unique(work, "uq_cart_lines_owner_piece"):
        assert added_twice() == [1, 1]


@pytest.fixture
def signed_in_twice(app, work, account) -> Callable[[], list[int]]:
    """Somebody with three shirts in the bag of the visit and one in the account's signs in in two windows at
    once: the quantities in the account's bag."""

    def run() -> list[int]:
        with work():
            shirt = shelf("shirt", 3000)
            put(Choice(shirt, 3))
            put(Choice(shirt, 1), visit=None, account_id=account)

        def sign_in() -> None:
            cart.merge_into_account(actor=GUEST, visit=VISIT, account_id=account)

        assert at_once(app, sign_in, sign_in) == []
        with work():
            assert lines() == []
            return sorted(quantity for _, quantity in lines(None, account))

    return run


def test_signing_in_in_two_windows_at_once_brings_the_bag_along_once(signed_in_twice):
    assert signed_in_twice() == [4]


def test_without_the_index_the_bag_holds_the_shirts_twice(signed_in_twice, work, monkeypatch):
    """The twin."""
    for name in ("_PUT_IN", "_BRING_ALONG"):
        monkeypatch.setattr(cart, name, before_conflict(getattr(cart, name)))
    with without_unique(work, "uq_cart_lines_owner_piece"):
        assert signed_in_twice() == [1, 3]


@pytest.fixture
def added_while_signing_in(app, work, account) -> Callable[[Callable[..., None]], int]:
    """The other window puts a coat in while this one signs in: how many pieces both bags hold then."""

    def run(sign_in: Callable[..., None]) -> int:
        with work():
            shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
            put(Choice(shirt))

        def in_the_other_window() -> None:
            assert at_once(app, lambda: put(Choice(coat))) == []

        with work():
            sign_in(account, in_the_other_window)
        with work():
            return db.session.scalars(select(func.count()).select_from(CartLine)).one()

    return run


def test_what_another_window_puts_in_while_somebody_signs_in_is_not_lost(added_while_signing_in):
    def sign_in(account_id: int, meanwhile: Callable[[], None]) -> None:
        cart.merge_into_account(actor=GUEST, visit=VISIT, account_id=account_id)
        meanwhile()

    assert added_while_signing_in(sign_in) == 2


def test_bringing_along_and_clearing_in_two_statements_would_lose_it(added_while_signing_in):
    """The twin: what came between the two is cleared though it was never brought along."""
    bring = cart._BRING_ALONG.text.replace("DELETE FROM", "SELECT * FROM").replace("RETURNING *)", ")")
    only_bring = text(bring)
    assert only_bring.text != cart._BRING_ALONG.text

    def sign_in(account_id: int, meanwhile: Callable[[], None]) -> None:
        values = {"visit": VISIT, "account_id": account_id, "ids": [], "there": [], "most": 99}
        db.session.execute(only_bring, values)
        meanwhile()
        cart.clear(actor=GUEST, visit=VISIT, account_id=None)

    assert added_while_signing_in(sign_in) == 1


@pytest.fixture
def pressed_twice(app, work) -> Callable[[], int]:
    """One order form is pressed twice at once: the orders there are then."""

    def run() -> int:
        with work():
            shirts = [piece(shelf("shirt", 3000), 3000)]
        at_once(app, *[lambda: place(shirts, form_key="one form")] * 2)
        with work():
            return db.session.scalars(select(func.count()).select_from(Order)).one()

    return run


def test_one_form_pressed_twice_at_once_is_one_order(pressed_twice):
    assert pressed_twice() == 1


def test_without_the_forms_key_it_is_two_orders(pressed_twice, work, monkeypatch):
    """The twin."""
    careless = INSERT_ORDER.text.replace("ON CONFLICT (form_key) DO NOTHING", "")
    assert careless != INSERT_ORDER.text
    monkeypatch.setattr(orders, "INSERT_ORDER", text(careless))
    with without_unique(work, "uq_orders_form_key"):
        assert pressed_twice() == 2


@pytest.fixture
def imported_twice(app, work) -> Callable[[], tuple[int, int]]:
    """One file is brought in by two people at once: the errors and the products there are then."""

    def run() -> tuple[int, int]:
        met = at_once(app, *[lambda: shelf("shirt", 3000)] * 2)
        with work():
            return len(met), db.session.scalars(select(func.count()).select_from(Product)).one()

    return run


def test_one_product_file_read_twice_at_once_is_one_product(imported_twice):
    assert imported_twice() == (0, 1)


def test_without_the_constraint_it_is_two_products(imported_twice, work, monkeypatch):
    """The twin."""
    careless = writing.INSERT_PRODUCTS.text.replace("ON CONFLICT (handle) DO NOTHING", "")
    assert careless != writing.INSERT_PRODUCTS.text
    monkeypatch.setattr(writing, "INSERT_PRODUCTS", text(careless))
    with without_unique(work, "uq_products_handle"):
        assert imported_twice() == (0, 2)
