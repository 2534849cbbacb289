"""What nobody at a till can get around: the limit on discounts, one use a person, the store they stand in."""

from __future__ import annotations

import pytest

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.promotions.policy import Way
from storefront.till.models import BasketStatus, TillBasket, TillLine
from tests.storefront.test_places import opened
from tests.storefront.tills import AT, Till, baskets, hung, only_sale
from tests.storefront.vouchers import uses, voucher

TOO_MUCH = "too much for what that line comes to now"


@pytest.fixture
def store(work) -> int:
    with work():
        return opened()


@pytest.fixture
def coat(work, store) -> int:
    with work():
        return hung("coat", 10_000, store, 9)


@pytest.fixture
def till(desk_of, store, coat) -> Till:
    client = desk_of(Role.STORE)
    client.post(f"{AT}/store", data={"place": store})
    return Till(client, store)


def four_with_eighty_off(till: Till, coat: int) -> None:
    """Eighty off four hundred: a fifth, as anybody may."""
    till.ring(coat)
    till.press(f"/lines/{coat}", quantity="4")
    answer = till.press(f"/lines/{coat}/off", off="80", kind="amount", reason="A stain on each")
    assert answer.status_code == 303


def test_an_amount_off_many_pieces_is_not_kept_for_fewer(till, coat, work):
    four_with_eighty_off(till, coat)
    answer = till.press(f"/lines/{coat}", quantity="1")
    assert answer.status_code == 403 and TOO_MUCH in answer.text
    with work():
        assert db.session.query(TillLine).one().quantity == 4
    assert till.press(f"/lines/{coat}", quantity="5").status_code == 303
    assert till.press(f"/lines/{coat}", quantity="4").status_code == 303
    till.press(f"/lines/{coat}/off", off="", kind="amount", reason="")
    assert till.press(f"/lines/{coat}", quantity="1").status_code == 303
    assert "€100.00" in till.page()


def test_the_line_can_always_be_taken_out(till, coat, work):
    four_with_eighty_off(till, coat)
    assert till.press(f"/lines/{coat}", quantity="0").status_code == 303
    with work():
        assert db.session.query(TillLine).count() == 0


def test_a_share_stays_a_share_whatever_the_quantity(till, coat):
    till.ring(coat)
    till.press(f"/lines/{coat}", quantity="4")
    till.press(f"/lines/{coat}/off", off="20", kind="percent", reason="A stain on each")
    assert till.press(f"/lines/{coat}", quantity="1").status_code == 303
    assert till.cash("80").status_code == 303


@pytest.mark.parametrize(
    ("way", "fields"), [("/cash", {"given": "320"}), ("/terminal", {"receipt": "7"}), ("/card", {})]
)
def test_an_amount_that_became_too_much_when_the_price_fell_is_not_sold(till, coat, work, way, fields):
    four_with_eighty_off(till, coat)
    with work():
        db.session.get_one(Variant, coat).price_minor = 5000
    answer = till.press(way, **fields)
    assert answer.status_code == 403 and TOO_MUCH in answer.text
    with work():
        assert db.session.query(Order).count() == 0
        assert len(baskets(BasketStatus.OPEN)) == 1


def test_who_may_take_off_what_they_like_is_asked_neither_time(desk_of, store, coat, work):
    owner = Till(desk_of(Role.OWNER), store)
    owner.client.post(f"{AT}/store", data={"place": store})
    four_with_eighty_off(owner, coat)
    assert owner.press(f"/lines/{coat}", quantity="1").status_code == 303
    assert owner.cash("20").status_code == 303
    with work():
        assert only_sale().total_minor == 2000


def test_a_voucher_once_a_person_is_not_used_by_nobody(till, coat, work):
    with work():
        voucher("ONCE", person_limit=1)
    till.ring(coat)
    till.press("/customer", email="anna@example.test")
    till.press("/voucher", code="ONCE")
    till.press("/customer")
    answer = till.cash("100")
    assert answer.status_code == 409 and "choose the customer first" in answer.text
    with work():
        assert db.session.query(Order).count() == 0 and uses("ONCE") == 0
    till.press("/customer", email="anna@example.test")
    assert till.cash("100").status_code == 303
    with work():
        assert uses("ONCE") == 1


def test_a_voucher_for_everybody_needs_no_name(till, coat, work):
    with work():
        voucher("SPRING10")
    till.ring(coat)
    till.press("/voucher", code="SPRING10")
    assert till.cash("90").status_code == 303


def test_what_is_offered_on_the_web_does_not_count_here_and_its_name_is_no_code(till, coat, work):
    with work():
        voucher("SUMMER", way=Way.OFFERED)
    till.ring(coat)
    assert "€100.00" in till.page() and "SUMMER" not in till.page()
    answer = till.press("/voucher", code="summer")
    assert answer.status_code == 409
    assert "SUMMER is offered in the web shop, where it counts by itself." in answer.text
    assert till.cash("100").status_code == 303
    with work():
        assert only_sale().total_minor == 10_000 and uses("SUMMER") == 0


@pytest.mark.parametrize("way", ["/cash", "/card"])
def test_a_basket_is_sold_in_the_store_it_was_rung_up_in(till, coat, work, way):
    till.ring(coat)
    fields = till.fields()
    with work():
        other = opened("bologna")
    till.client.post(f"{AT}/store", data={"place": other})
    answer = till.client.post(f"{AT}{way}", data=fields | {"given": "100"})
    assert answer.status_code == 404 and "There is no such basket at this till." in answer.text
    with work():
        assert db.session.query(Order).count() == 0
        assert db.session.query(TillBasket).one().status == BasketStatus.OPEN


@pytest.mark.parametrize("variant", [987_654_321, 10**30])
def test_a_piece_that_is_not_there_rings_up_nothing(till, work, variant):
    answer = till.ring(variant)
    assert answer.status_code == 404 and "No piece on sale has that number." in answer.text
    with work():
        assert db.session.query(TillLine).count() == 0


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40, "-1", "junk"])
def test_a_number_beyond_what_a_key_can_be_names_nothing(till, coat, number):
    till.ring(coat)
    assert till.client.post(f"{AT}/store", data={"place": number}).status_code == 303
    assert till.press("/customer", account=number).status_code == 422
