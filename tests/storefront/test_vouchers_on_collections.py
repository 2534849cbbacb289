"""Vouchers that count for collections: what is in one when the bag is priced."""

from __future__ import annotations

import pytest

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.collections import actions as collections
from storefront.collections.policy import Field, Rule
from storefront.promotions.covering import lines_of
from storefront.promotions.models import Voucher
from storefront.promotions.policy import Kind, Line, Scope, Terms, Why, quote
from storefront.promotions.queries import terms_by_code
from tests.storefront.goods import variant_of
from tests.storefront.hung import by_hand, by_rule
from tests.storefront.shelf import CLERK, put_on_shelf
from tests.storefront.test_voucher_policy import NOW
from tests.storefront.vouchers import voucher

IN, OUT = frozenset({7}), frozenset[int]()
LINES = [Line(1, "x", 5000, 1, IN), Line(2, "x", 8000, 1, OUT), Line(3, "x", 3000, 2, frozenset({7, 9}))]


def on_collections(kind: Kind, **more: object) -> Terms:
    return Terms(1, "C", kind, scope=Scope.COLLECTIONS, collection_ids=[7], **more)


@pytest.mark.parametrize(
    ("terms", "off"),
    [
        (on_collections(Kind.PERCENT, percent_bps=1000), (500, 0, 600)),
        (on_collections(Kind.AMOUNT, amount_minor=1100), (500, 0, 600)),
        (on_collections(Kind.PIECES, percent_bps=10_000, buy=2, get=1), (0, 0, 3000)),
        (on_collections(Kind.PERCENT, percent_bps=1000, minimum_minor=11_000), (500, 0, 600)),
    ],
    ids=lambda one: one.kind if isinstance(one, Terms) else None,
)
def test_each_kind_takes_off_what_is_in_the_collection_alone(terms: Terms, off: tuple[int, ...]) -> None:
    assert quote([terms], LINES, now=NOW).of_lines == off


def test_a_minimum_counts_what_is_in_the_collection_alone() -> None:
    terms = on_collections(Kind.PERCENT, percent_bps=1000, minimum_minor=12_000)
    assert [(one.why, one.missing_minor) for one in quote([terms], LINES, now=NOW).held] == [
        (Why.MINIMUM, 1000)
    ]


class Priced:
    def __init__(self, product_id: int) -> None:
        self.product_id, self.category, self.unit_price_minor, self.quantity = product_id, "x", 5000, 1


def off(code: str, *products: int) -> tuple[int, ...]:
    """What the voucher of a code takes off one of each product at fifty euros, asked of the database now."""
    terms = terms_by_code(code, visit=None, account_id=None)
    assert terms is not None
    return quote([terms], lines_of([terms], [Priced(one) for one in products]), now=NOW).of_lines


def test_what_is_in_the_collection_at_that_moment_counts(work, clock, statements):
    with work():
        coat, shirt = (put_on_shelf(handle, handle, price=5000).id for handle in ("coat", "shirt"))
        hand = by_hand([coat], on_web=False).id
        cheap = by_rule(Rule(Field.PRICE_TO, number=4000), title="Cheap").id
        voucher("HAND", scope=Scope.COLLECTIONS, collection_ids=[hand])
        voucher("CHEAP", scope=Scope.COLLECTIONS, collection_ids=[cheap])
        voucher("BOTH", scope=Scope.COLLECTIONS, collection_ids=[hand, cheap])
    with work():
        assert off("HAND", coat, shirt) == (500, 0)
        assert off("CHEAP", coat, shirt) == (0, 0)
        put_on_shelf("shirt", "shirt", price=3900)
        assert off("CHEAP", coat, shirt) == (0, 500)
        with statements() as seen:
            assert off("BOTH", coat, shirt) == (500, 500)
        assert seen.count == 2
        collections.remove_piece(actor=CLERK, collection_id=hand, product_id=coat)
        assert off("BOTH", coat, shirt) == (0, 500)
        collections.archive_collection(actor=CLERK, collection_id=cheap)
        assert off("BOTH", coat, shirt) == (0, 0)


def test_staff_make_one_for_a_collection_and_the_bag_says_what_it_takes_off(desk_of, client, work):
    with work():
        coat = put_on_shelf("coat", "Coat", price=10_000)
        shirt = put_on_shelf("shirt", "Shirt", price=5000)
        made = by_hand([coat.id], "Winter").id
        variants = [variant_of(one.id) for one in (coat, shirt)]
    desk = desk_of(Role.FINANCE)
    form = {
        "code": "winter",
        "way": "typed",
        "kind": "percent",
        "percent": "20",
        "scope": "collections",
        "reason": "A test",
    }
    nothing = desk.post("/staff/vouchers/new", data=form)
    assert nothing.status_code == 422 and "Choose at least one." in nothing.text
    answer = desk.post("/staff/vouchers/new", data=form | {"collections": [str(made)]})
    assert answer.status_code == 303
    assert "Winter" in desk.get(answer.headers["Location"]).text
    with work():
        kept = db.session.query(Voucher).one()
        assert (kept.scope, kept.collection_ids, kept.product_ids) == ("collections", [made], [])
    for variant in variants:
        client.post("/cart/add", data={"variant_id": variant, "quantity": 1})
    client.post("/cart/vouchers", data={"voucher": "WINTER"})
    assert "€20.00" in client.get("/cart").text
