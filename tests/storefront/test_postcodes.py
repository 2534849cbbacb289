"""A postcode looks like those of its country; a country we know no format of takes any."""

import pytest

from foundation.db import db
from storefront.addresses.postcodes import SHAPES, example_unless_fits
from storefront.orders.models import Order
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import Shopper


@pytest.mark.parametrize("country", sorted(SHAPES))
def test_each_example_is_one_itself_and_a_sign_alone_is_none(country):
    example = SHAPES[country].example
    assert example_unless_fits(country, example.lower()) is None
    assert example_unless_fits(country, "x") == example
    assert example_unless_fits(country, "99999999999") == example


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        ("IT", "SW1A 1AA"),
        ("IT", "1012"),
        ("IT", "１０１２３"),
        ("GB", "10123"),
        ("NL", "0123 AB"),
        ("FR", "7500"),
    ],
)
def test_another_country_s_code_is_none(country, postcode):
    assert example_unless_fits(country, postcode)


def test_common_ways_to_write_one_are_taken():
    for country, postcode in (
        ("GB", "m11ae"),
        ("NL", "1012ab"),
        ("CH", "CH-8001"),
        ("SE", "11120"),
        ("IS", "x"),
    ):
        assert example_unless_fits(country, postcode) is None


@pytest.mark.parametrize(
    ("language", "said"), [("en", "looks like this: 10123"), ("it", "fatto così: 10123")]
)
def test_the_checkout_says_it_beside_the_field_and_orders_nothing(app, work, language, said):
    with work():
        shirt = shelf("shirt", 3000, 2)
    shopper = Shopper(app)
    shopper.client.set_cookie("language", language)
    shopper.add(shirt)
    answer = shopper.order(postcode="SW1A 1AA")
    assert answer.status_code == 422
    assert said in answer.text and "SW1A 1AA" in answer.text
    with work():
        assert db.session.query(Order).count() == 0


def test_the_address_book_says_it_too(account, client_of):
    typed = {
        "first": "Anna",
        "last": "Moro",
        "street": "Via Po 1",
        "postcode": "x",
        "city": "Torino",
        "country": "IT",
    }
    browser = client_of(account)
    answer = browser.post("/account/addresses/new", data=typed)
    assert answer.status_code == 422 and "looks like this: 10123" in answer.text
    assert browser.post("/account/addresses/new", data=typed | {"postcode": "10123"}).status_code == 303
