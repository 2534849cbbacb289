"""An order to the door names somebody and a door, whoever sends the form."""

import pytest

from foundation.db import db
from storefront.orders.errors import NowhereToBring
from storefront.orders.models import Delivery, Order
from tests.storefront.goods import CONTACT, piece, place, shelf
from tests.storefront.test_checkout import Shopper


def test_a_guest_who_names_a_kept_address_is_asked_for_one_and_nothing_is_ordered(app, work):
    with work():
        shirt = shelf("shirt", 3000, 2)
    guest = Shopper(app)
    guest.add(shirt)
    answer = guest.order(address="1", first="", last="", street="", postcode="", city="")
    assert answer.status_code == 422
    assert "Write the street and number." in answer.text and "Write your first name." in answer.text
    with work():
        assert db.session.query(Order).count() == 0


@pytest.mark.parametrize("missing", ["name", "street", "city", "country"])
def test_no_order_to_the_door_stands_without_a_name_and_an_address(work, missing):
    with work():
        pieces = [piece(shelf("shirt", 3000, 2), 3000)]
        with pytest.raises(NowhereToBring):
            place(pieces, contact=CONTACT._replace(**{missing: " "}))
        assert db.session.query(Order).count() == 0


def test_what_is_picked_up_needs_no_door(work):
    with work():
        contact = CONTACT._replace(street="", postcode="", city="")
        place([piece(shelf("shirt", 3000, 2), 3000)], contact=contact, delivery=Delivery.PICKUP)
        assert db.session.query(Order).count() == 1
