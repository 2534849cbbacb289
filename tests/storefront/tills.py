"""A till in the hands of a test: somebody on the staff, their browser, and a store with pieces in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.orders import actions as orders
from storefront.orders.models import Order, PaidWith
from storefront.places.queries import place_by_id
from storefront.till import selling
from storefront.till.actions import add
from storefront.till.models import BasketStatus, TillBasket
from storefront.till.pricing import priced
from storefront.till.queries import open_basket
from storefront.till.selling import Slip
from tests.storefront.goods import shelf
from tests.storefront.test_movements import bring

AT = "/staff/till"


@dataclass
class Till:
    """Somebody at a till. What they read is the page; what they press is one of these."""

    client: FlaskClient
    place: int

    def page(self, address: str = AT) -> str:
        return self.client.get(address).get_data(as_text=True)

    def scan(self, code: str) -> TestResponse:
        return self.client.post(f"{AT}/add", data={"code": code})

    def ring(self, variant_id: int) -> TestResponse:
        return self.client.post(f"{AT}/add", data={"variant": variant_id})

    def press(self, address: str, **fields: Any) -> TestResponse:
        """A button of the basket that is open, as its page has it."""
        return self.client.post(f"{AT}{address}", data=self.fields() | fields)

    def fields(self) -> dict[str, str]:
        """The hidden fields of the page: which basket, which way of paying, which sum."""
        page = self.page()
        found = {
            name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("basket", "key", "seen")
        }
        return {name: match.group(1) for name, match in found.items() if match}

    def cash(self, given: str, **fields: Any) -> TestResponse:
        return self.press("/cash", given=given, **fields)

    def terminal(self, receipt: str, **fields: Any) -> TestResponse:
        return self.press("/terminal", receipt=receipt, **fields)


def hung(name: str, minor: int, at: int, count: int = 5, *, on_web: int = 0, **more: Any) -> int:
    """A piece of which `count` hang in a store and `on_web` lie in the warehouse; its variant.

    Its article number is its name in capitals."""
    variant = shelf(name, minor, on_web, sku=name.upper(), **more)
    if count:
        bring(variant, count, at)
    return variant


def lies(variant_id: int, place_id: int) -> int:
    """How many hang in a store."""
    row = db.session.execute(
        db.text("SELECT on_hand FROM stock_levels WHERE variant_id = :variant AND place_id = :place"),
        {"variant": variant_id, "place": place_id},
    ).scalar()
    return int(row or 0)


def only_sale() -> Order:
    return db.session.query(Order).one()


def baskets(status: BasketStatus) -> list[TillBasket]:
    return db.session.query(TillBasket).filter_by(status=status).order_by(TillBasket.id).all()


def barcode(variant_id: int, digits: str) -> None:
    db.session.get_one(Variant, variant_id).barcode = digits


def rung_up_by(staff_id: int, place_id: int, *variant_ids: int, name: str = "Sara Neri") -> TillBasket:
    """What somebody on the staff has in the open basket of a store. Runs inside a transaction."""
    clerk = Actor.staff(staff_id, name)
    for variant_id in variant_ids:
        add(actor=clerk, place_id=place_id, variant_id=variant_id, language="en")
    basket = open_basket(place_id, staff_id)
    assert basket is not None
    return basket


def sold_by(staff_id: int, place_id: int, *variant_ids: int, slip: Slip | None = None) -> Order:
    """A sale over the counter, paid with a note of 500 when nothing else is said. Inside a transaction."""
    basket = rung_up_by(staff_id, place_id, *variant_ids)
    order_id = selling.sell(
        actor=Actor.staff(staff_id, "Sara Neri"),
        place=place_by_id(place_id),
        token=basket.token,
        key=basket.key,
        seen=priced(basket).seen,
        slip=slip or Slip(PaidWith.CASH, given_minor=50_000),
    )
    return db.session.get_one(Order, order_id)


def paying_by_card(staff_id: int, place_id: int, *variant_ids: int) -> TillBasket:
    """A basket whose customer was shown the payment page. Inside a transaction; nobody asks Stripe."""
    basket = rung_up_by(staff_id, place_id, *variant_ids)
    values = selling.begin_card(
        actor=Actor.staff(staff_id, "Sara Neri"),
        place=place_by_id(place_id),
        token=basket.token,
        key=basket.key,
        seen=priced(basket).seen,
    )
    placed = orders.place(**values)
    assert placed is not None
    address = "https://checkout.stripe.com/c/pay/cs_test_till"
    assert selling.keep_page(token=basket.token, key=basket.key, order_id=placed.order_id, url=address)
    return basket
