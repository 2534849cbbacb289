"""Whoever signs in to the demo as Anna finds each room of an account lived in."""

from demo.story import regular
from demo.story.people import PASSWORD, SHOPPER
from demo.story.regular import Regular
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.models import Variant
from tests.storefront.goods import shelf

HANDLES = (
    *(regular.COAT, regular.TROUSERS, regular.CARDIGAN, regular.DRESS, regular.LOAFERS, regular.SKIRT),
    *regular.WISHED,
)


def test_her_orders_returns_wishes_words_and_letters_are_there(app, client, work, account):
    account(SHOPPER.email, name=SHOPPER.name, password=PASSWORD)
    staff = account("desk@example.test", name="Luca Moretti")
    with work():
        today = clock.now()
        with clock.held_at(today.replace(year=today.year - 1)):
            products = {
                handle: db.session.get_one(Variant, shelf(handle, 5000, sizes=("S", "M", "L"))).product_id
                for handle in HANDLES
            }
    Regular(app, today, Actor.staff(staff, "Luca Moretti"), products).live()
    client.post("/account/sign-in", data={"email": SHOPPER.email, "password": PASSWORD})
    rooms = {
        "/account/": ("Paid", "On its way", "Delivered", "€50.00 back to you"),
        "/account/returns": ("Given back", "On its way to us"),
        "/account/addresses": ("Via Mazzini 12",),
        "/account/reviews": (regular.WORDS,),
        "/account/messages": ("We answered",),
        "/wishes": tuple(handle.capitalize() for handle in regular.WISHED),
    }
    for address, words in rooms.items():
        page = client.get(address).text
        assert [one for one in words if one not in page] == [], address
