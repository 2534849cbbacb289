"""Addresses an account keeps, and how few fields they leave at the checkout."""

from __future__ import annotations

import re

import pytest

from foundation.db import db
from storefront.addresses import actions
from storefront.addresses.actions import MOST, AddressDraft
from storefront.addresses.errors import AddressKept, AddressNotFound, TooManyAddresses
from storefront.addresses.models import Address
from storefront.addresses.queries import addresses_of
from storefront.orders.models import Order
from tests.storefront.goods import HOUSE, shelf
from tests.storefront.test_checkout import hidden

VIA_PO = AddressDraft(
    first="Anna", last="Moro", street="Via Po 1", postcode="10123", city="Torino", country="IT"
)


def kept(account: int, **changed: str) -> int:
    values = {name: getattr(VIA_PO, name) for name in AddressDraft.__dataclass_fields__}
    return actions.save_address(actor=HOUSE, account_id=account, draft=AddressDraft(**(values | changed))).id


def names(account: int) -> list[tuple[str, bool]]:
    return [(one.street, one.is_default) for one in addresses_of(account)]


def test_the_first_comes_first_and_the_same_again_is_the_one_that_is_kept(account, work):
    with work():
        first, again, other = kept(account), kept(account), kept(account, street="Via Roma 2")
        assert first == again != other
        assert names(account) == [("Via Po 1", True), ("Via Roma 2", False)]
        actions.make_default(actor=HOUSE, account_id=account, address_id=other)
        assert names(account) == [("Via Roma 2", True), ("Via Po 1", False)]
        actions.remove_address(actor=HOUSE, account_id=account, address_id=other)
        actions.remove_address(actor=HOUSE, account_id=account, address_id=other)
        assert names(account) == [("Via Po 1", True)]


def test_an_address_is_changed_but_never_into_another_that_is_kept(account, work):
    with work():
        first, other = kept(account), kept(account, street="Via Roma 2")
        with pytest.raises(AddressKept):
            actions.change_address(actor=HOUSE, account_id=account, address_id=other, draft=VIA_PO)
        new = AddressDraft(first="Anna", last="Moro", street="Via Po 3", postcode="1", city="T", country="IT")
        actions.change_address(actor=HOUSE, account_id=account, address_id=first, draft=new)
        assert ("Via Po 3", True) in names(account)


def test_nobody_reaches_somebody_elses_address(account, work):
    with work():
        mine = kept(account)
        with pytest.raises(AddressNotFound):
            actions.make_default(actor=HOUSE, account_id=account + 1, address_id=mine)
        actions.remove_address(actor=HOUSE, account_id=account + 1, address_id=mine)
        assert names(account) == [("Via Po 1", True)]


def test_no_more_are_kept_than_a_person_needs(account, work):
    with work():
        for number in range(MOST):
            kept(account, street=f"Via {number}")
        with pytest.raises(TooManyAddresses):
            kept(account)
        assert len(names(account)) == MOST


def fields(html: str) -> set[str]:
    """What somebody with a kept address is asked: one question for each name that is shown."""
    form = html[html.index('id="pay"') : html.index("</form>", html.index('id="pay"'))]
    typed = form[form.index('class="pay__typed"') :]
    typed = typed[: typed.index("<details")]
    shown = form.replace(typed, "")
    asked = re.findall(r"<(?:input|select|textarea)[^>]*>", shown)
    visible = " ".join(one for one in asked if 'type="hidden"' not in one)
    return set(re.findall(r' name="([^"]+)"', visible))


def test_who_is_signed_in_with_a_kept_address_is_asked_four_things_at_most(account, client_of, work):
    with work():
        shirt = shelf("shirt", 3000, 5)
        first = kept(account)
        other = kept(account, street="Via Roma 2", phone="+39 1")
    browser = client_of(account)
    browser.post("/cart/add", data={"variant_id": shirt, "quantity": 1})
    page = browser.get("/checkout").text
    assert fields(page) == {"delivery", "address", "note", "gift_message"}
    assert re.search(rf'name="address" value="{first}" checked', page)
    form = {"email": "anna@example.test", "delivery": "door", "country": "IT", "address": str(other)}
    answer = browser.post("/checkout", data=hidden(page) | form)
    assert answer.status_code == 303
    with work():
        order = db.session.query(Order).one()
        assert (order.name, order.street, order.phone) == ("Anna Moro", "Via Roma 2", "+39 1")


def test_what_was_typed_is_kept_when_it_is_wished_and_not_otherwise(account, client_of, work):
    with work():
        shirt = shelf("shirt", 3000, 5)
    browser = client_of(account)
    browser.post("/cart/add", data={"variant_id": shirt, "quantity": 1})
    typed = {
        "email": "anna@example.test",
        "delivery": "door",
        "address": "new",
        "first": "Anna",
        "last": "Moro",
        "street": "Via Po 1",
        "postcode": "10123",
        "city": "Torino",
        "country": "IT",
    }
    assert browser.post("/checkout", data=hidden(browser.get("/checkout").text) | typed).status_code == 303
    with work():
        assert db.session.query(Address).count() == 0
    form = hidden(browser.get("/checkout").text) | typed | {"keep": "y"}
    assert browser.post("/checkout", data=form).status_code == 303
    with work():
        assert names(account) == [("Via Po 1", True)]
    stolen = hidden(browser.get("/checkout").text) | typed | {"address": "999999"}
    assert browser.post("/checkout", data=stolen).status_code == 409
