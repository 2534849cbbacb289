"""Ringing up: what a shop assistant does at a till all day before the money is taken."""

from __future__ import annotations

import pytest

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.till.models import BasketStatus, TillLine
from tests.storefront.test_places import opened
from tests.storefront.tills import AT, Till, barcode, baskets, hung
from tests.storefront.vouchers import voucher


@pytest.fixture
def store(work) -> int:
    with work():
        return opened()


@pytest.fixture
def goods(work, store) -> dict[str, int]:
    with work():
        return {"shirt": hung("shirt", 3000, store), "coat": hung("coat", 9000, store, 1, on_web=4)}


@pytest.fixture
def till(desk_of, store, goods) -> Till:
    """Somebody who works in the store, at its till."""
    client = desk_of(Role.STORE)
    client.post(f"{AT}/store", data={"place": store})
    return Till(client, store)


def rung() -> list[tuple[int, int]]:
    return [(line.variant_id, line.quantity) for line in db.session.query(TillLine).order_by(TillLine.id)]


def test_first_it_asks_in_which_store_it_stands(desk_of, store, goods):
    client = desk_of(Role.STORE)
    assert "Where does this till stand?" in client.get(AT).text
    assert client.post(f"{AT}/add", data={"code": "SHIRT"}).location == AT
    client.post(f"{AT}/store", data={"place": store})
    assert "Ready for the next customer" in client.get(AT).text
    assert "Where does this till stand?" in client.get(f"{AT}?choose=1").text


def test_only_who_holds_the_permission_comes_to_the_till(client, desk_of):
    assert client.get(AT).status_code == 302
    for role in (Role.CATALOGUE, Role.FINANCE, Role.COMMUNITY):
        assert desk_of(role).get(AT).status_code == 403


def test_an_article_number_and_a_barcode_ring_up_at_once(till, goods, work):
    with work():
        barcode(goods["coat"], "8051234567890")
    till.scan("shirt")
    till.scan("SHIRT")
    assert till.scan("8051234567890").status_code == 303
    with work():
        assert rung() == [(goods["shirt"], 2), (goods["coat"], 1)]
    page = till.page()
    assert "€150.00" in page and "3 pieces" in page and "1 here" in page and "4 in Web warehouse" in page


def test_an_unknown_barcode_is_told_and_rings_up_nothing(till, work):
    answer = till.scan("4000000000000")
    assert answer.status_code == 404
    assert "No piece on sale has the number or the name “4000000000000”." in answer.text
    with work():
        assert rung() == []


def test_a_name_is_looked_for_and_its_sizes_say_what_hangs_here(till, goods):
    assert till.scan("coat it").location == f"{AT}?q=coat+it"
    page = till.page(f"{AT}?q=coat")
    assert "Coat" in page and "1 here" in page and f'value="{goods["coat"]}"' in page
    part = till.client.get(f"{AT}/find?code=coat").text
    assert "1 here" in part and "<html" not in part
    assert till.client.get(f"{AT}/find?code=c").text.strip() == ""


def test_two_pieces_with_one_number_are_shown_to_choose_from(till, store, work):
    with work():
        first, second = hung("SCARF", 1000, store, 2), hung("cap", 2000, store, 2)
        barcode(first, "77")
        barcode(second, "77")
    assert till.scan("77").location == f"{AT}?q=77"
    page = till.page(f"{AT}?q=77")
    assert f'value="{first}"' in page and f'value="{second}"' in page


def test_a_quantity_is_changed_and_a_piece_taken_out(till, goods, work):
    till.ring(goods["shirt"])
    till.press(f"/lines/{goods['shirt']}", quantity="4")
    with work():
        assert rung() == [(goods["shirt"], 4)]
    till.press(f"/lines/{goods['shirt']}", quantity="0")
    with work():
        assert rung() == []
    assert "Ready for the next customer" in till.page()


def test_an_emptied_basket_can_be_taken_back(till, goods, work):
    till.ring(goods["shirt"])
    answer = till.press("/empty")
    page = till.page(answer.location)
    assert "The basket was emptied." in page
    with work():
        (emptied,) = baskets(BasketStatus.EMPTIED)
    till.press("/take-up", basket=emptied.token)
    assert "€30.00" in till.page()


def test_a_basket_is_parked_and_taken_up_again_also_by_a_colleague(till, goods, work, store, desk_of):
    till.ring(goods["coat"])
    till.press("/park", label="Blue coat, back at five")
    page = till.page()
    assert "Ready for the next customer" in page and "Blue coat, back at five" in page
    colleague = Till(desk_of(Role.OWNER), store)
    colleague.client.post(f"{AT}/store", data={"place": store})
    with work():
        (parked,) = baskets(BasketStatus.PARKED)
    colleague.press("/take-up", basket=parked.token)
    assert "€90.00" in colleague.page() and "€90.00" not in till.page()


def test_a_basket_in_hand_is_not_lost_to_one_that_is_taken_up(till, goods, work):
    till.ring(goods["coat"])
    till.press("/park")
    with work():
        (parked,) = baskets(BasketStatus.PARKED)
    till.ring(goods["shirt"])
    answer = till.press("/take-up", basket=parked.token)
    assert answer.status_code == 409 and "Another basket is open. Park it first." in answer.text
    assert "€30.00" in till.page()


def test_a_page_that_was_left_open_changes_no_other_basket(till, goods, work):
    till.ring(goods["coat"])
    stale = till.fields()
    till.press("/park")
    till.ring(goods["shirt"])
    answer = till.press(f"/lines/{goods['shirt']}", basket=stale["basket"], quantity="9")
    assert answer.status_code == 409
    with work():
        assert rung() == [(goods["coat"], 1), (goods["shirt"], 1)]


def test_staff_take_something_off_a_line_with_a_reason_and_within_their_limit(till, goods, desk_of, work):
    till.ring(goods["coat"])
    address = f"/lines/{goods['coat']}/off"
    assert "Say why, in a few words." in till.press(address, off="10", kind="percent", reason="").text
    till.press(address, off="10", kind="percent", reason="A loose button")
    page = till.page()
    assert "€81.00" in page and "A loose button" in page and "€90.00" in page
    refused = till.press(address, off="20.01", kind="percent", reason="A friend")
    assert refused.status_code == 403 and "for somebody with another role" in refused.text
    till.press(address, off="18,00", kind="amount", reason="A stain")
    assert "€72.00" in till.page()
    till.press(address, off="", kind="percent", reason="")
    assert "€90.00" in till.page()
    owner = Till(desk_of(Role.OWNER), till.place)
    owner.client.post(f"{AT}/store", data={"place": till.place})
    owner.ring(goods["coat"])
    owner.press(address, off="50", kind="percent", reason="The last of the season")
    assert "€45.00" in owner.page()


@pytest.mark.parametrize("typed", ["-5", "101", "1e3", "ten", "1.234,5"])
def test_what_is_no_share_takes_nothing_off(till, goods, typed):
    till.ring(goods["coat"])
    answer = till.press(f"/lines/{goods['coat']}/off", off=typed, kind="percent", reason="A slip")
    assert answer.status_code == 422 and "Write a number, such as 10 or 12.50." in answer.text
    assert "€90.00" in till.page()


def test_a_voucher_counts_on_what_is_left_after_that(till, goods, work):
    with work():
        voucher("SPRING10")
    till.ring(goods["coat"])
    till.press(f"/lines/{goods['coat']}/off", off="10", kind="percent", reason="A loose button")
    till.press("/voucher", code="spring 10")
    page = till.page()
    assert "€72.90" in page and "SPRING10" in page
    assert "We do not know the code NOBODY" in till.press("/voucher", code="nobody").text
    till.press("/voucher", code="")
    assert "€81.00" in till.page()


def test_a_voucher_for_one_use_each_asks_who_buys(till, goods, work):
    with work():
        voucher("ONCE", person_limit=1)
    till.ring(goods["coat"])
    answer = till.press("/voucher", code="ONCE")
    assert answer.status_code == 409 and "choose the customer first" in answer.text
    till.press("/customer", email="anna@example.test")
    assert till.press("/voucher", code="ONCE").status_code == 303
    assert "€81.00" in till.page()


def test_the_customer_is_found_by_name_or_address_or_gives_an_address_alone(till, goods, account, work):
    till.ring(goods["coat"])
    for words in ("moro", "anna@", "ANNA@EX"):
        assert f'value="{account}"' in till.client.get(f"{AT}/people?who={words}").text
    assert till.client.get(f"{AT}/people?who=m").text.strip() == ""
    assert "Nobody with an account is called that." in till.client.get(f"{AT}/people?who=%25%25").text
    till.press("/customer", account=account)
    page = till.page()
    assert "Anna Moro" in page and "anna@example.test" in page
    till.press("/customer")
    assert "anna@example.test" not in till.page()
    assert till.press("/customer", email="not an address").status_code == 422
    till.press("/customer", email="Guest@Example.test")
    assert "guest@example.test" in till.page() and "for the receipt" in till.page()


def test_the_page_may_look_through_a_camera_and_no_other_page_may(till):
    assert "camera=(self)" in till.client.get(AT).headers["Permissions-Policy"]
    assert "camera=()" in till.client.get(f"{AT}/find?code=coat").headers["Permissions-Policy"]
    assert "camera=()" in till.client.get("/").headers["Permissions-Policy"]


@pytest.mark.parametrize("pieces", [1, 12])
def test_each_act_takes_few_statements_whatever_lies_in_the_basket(till, store, work, statements, pieces):
    with work():
        many = [hung(f"piece-{number}", 1000, store) for number in range(pieces)]
        voucher("SPRING10")
    for variant in many:
        till.ring(variant)
    fields = till.fields()
    acts = {
        "/add": {"code": "PIECE-0"},
        f"/lines/{many[0]}": fields | {"quantity": "3"},
        f"/lines/{many[0]}/off": fields | {"off": "5", "kind": "percent", "reason": "A stain"},
        "/customer": fields | {"email": "anna@example.test"},
        "/voucher": fields | {"code": "SPRING10"},
        "/park": fields | {"label": "Later"},
        "/take-up": fields,
        "/empty": fields,
    }
    for address, data in acts.items():
        with statements() as seen:
            assert till.client.post(f"{AT}{address}", data=data).status_code == 303, address
        assert seen.count <= 12, (address, seen.sql)
    till.press("/take-up", basket=fields["basket"])
    with statements() as seen:
        till.page()
    assert seen.count <= 12, seen.sql
