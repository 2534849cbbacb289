"""What goes with a piece: worn in one look on show, or bought together; never what cannot be bought."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from editors.looks.actions import publish_look, unpublish_look
from foundation import clock as shop_clock
from foundation.db import db
from storefront.catalog.standing import archive_product
from storefront.pairings import actions
from storefront.pairings.actions import EVIDENCE, pair_up
from storefront.pairings.models import MOST, Pairing
from storefront.returns import actions as returns
from tests.journeys.shop import HOUSE, make_editor, make_look, stock_shop
from tests.races import at_once
from tests.storefront.goods import pay, piece, place, variant_of
from tests.storefront.shelf import CLERK, put_on_shelf

PLENTY = {"S": 50, "M": 50, "L": 50}
Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def three(work: Work, clock: Any) -> dict[str, int]:
    """A coat, boots and a scarf, of different departments; the last in stock, too."""
    with work():
        return {
            handle: put_on_shelf(handle, handle.title(), category=category, stock=PLENTY).id
            for handle, category in (("coat", "outerwear"), ("boots", "shoes"), ("scarf", "accessories"))
        }


def bought(*products: int, paid: bool = True, number: str = "1", times: int = EVIDENCE) -> list[int]:
    """So many orders of one each."""
    orders = []
    for one in range(times):
        pieces = [piece(variant_of(product), 8000) for product in products]
        placed = place(pieces, session_id=f"cs_{number}_{one}")
        orders.append(placed.order_id)
        if paid:
            pay(placed.order_id)
    return orders


def pairs() -> dict[tuple[int, int], int]:
    return {(one.product_id, one.other_id): one.weight for one in db.session.scalars(select(Pairing))}


def shown(client: FlaskClient, handle: str) -> tuple[str, list[str]]:
    """The heading over the related pieces, and their handles."""
    html = client.get(f"/shop/{handle}").text
    found = re.search(r'<h2 id="related">(.*?)</h2>', html)
    if found is None:
        return "", []
    rest = html[found.end() :].partition("</section>")[0]
    return found.group(1), re.findall(r'class="name"><a href="/shop/([^"]+)"', rest)


def test_two_pieces_that_were_bought_together_twice_go_together(
    work: Work, three: dict[str, int], client: FlaskClient
) -> None:
    with work():
        bought(three["coat"], three["boots"])
        assert pair_up() == 2
        assert pairs() == {
            (three["coat"], three["boots"]): 2,
            (three["boots"], three["coat"]): 2,
        }
    assert shown(client, "coat") == ("Goes with it", ["boots"])


def test_one_order_is_no_evidence_and_what_went_back_is_none(work: Work, three: dict[str, int]) -> None:
    with work():
        _, second = bought(three["coat"], three["boots"])
        assert pair_up() == 2
        returns.request_rest(actor=HOUSE, order_id=second, reason="called off", key="rest", restock=True)
        assert (pair_up(), pairs()) == (2, {})
        bought(three["coat"], three["boots"], number="2", times=1)
        assert pair_up() == 2


def test_an_order_nobody_paid_says_nothing(work: Work, three: dict[str, int]) -> None:
    with work():
        bought(three["coat"], three["boots"], paid=False)
        assert (pair_up(), pairs()) == (0, {})


def test_what_was_bought_together_most_often_comes_first(work: Work, three: Any, client: FlaskClient) -> None:
    with work():
        bought(three["coat"], three["scarf"], number="1")
        bought(three["coat"], three["boots"], number="2", times=3)
        pair_up()
    assert shown(client, "coat") == ("Goes with it", ["boots", "scarf"])


def test_two_pieces_in_a_published_look_go_together_until_it_is_taken_down(
    work: Work, account: Callable[..., int], client: FlaskClient, clock: Any
) -> None:
    with work():
        products = stock_shop()
    with work():
        editor = make_editor(account)
        look = make_look(editor, products)
        pair_up()
        assert pairs()[(products["lina-blouse"], products["corso-denim-jacket"])] == 3
        assert len(pairs()) == 6
    heading, handles = shown(client, "corso-denim-jacket")
    assert (heading, set(handles)) == ("Goes with it", {"lina-blouse", "porta-shirt"})
    with work():
        unpublish_look(actor=HOUSE, look_id=look, editor_id=editor)
        assert pair_up() == 6
        assert pairs() == {}
        publish_look(actor=HOUSE, look_id=look, editor_id=editor)
        assert pair_up() == 6


def test_what_was_archived_or_runs_out_is_never_shown(
    work: Work, three: dict[str, int], client: FlaskClient
) -> None:
    with work():
        bought(*three.values())
        pair_up()
    assert shown(client, "coat") == ("Goes with it", ["scarf", "boots"])
    with work():
        put_on_shelf("scarf", "Scarf", category="accessories", stock={"S": 0, "M": 0, "L": 0})
    assert shown(client, "coat") == ("Goes with it", ["boots"])
    with work():
        archive_product(actor=CLERK, product_id=three["boots"], reason="A test")
    assert shown(client, "coat") == ("", [])
    with work():
        assert pair_up() == 5  # four are gone, and the scarf moved up
        assert set(pairs()) == {(three["coat"], three["scarf"]), (three["scarf"], three["coat"])}


def test_without_companions_the_same_rail_stands_there(work: Work, three: Any, client: FlaskClient) -> None:
    with work():
        put_on_shelf("other-coat", "Other coat", category="outerwear")
    assert shown(client, "coat") == ("On the same rail", ["other-coat"])


def test_a_short_row_is_filled_up_from_the_rail_and_says_so(
    work: Work, three: Any, client: FlaskClient
) -> None:
    with work():
        for number in range(4):
            put_on_shelf(
                f"coat-{number}", f"Coat {number}", category="outerwear", stock={"S": number, "M": 0, "L": 0}
            )
        bought(three["coat"], three["boots"])
        pair_up()
    heading, rail = shown(client, "coat")
    assert heading == "Goes with it, and from the same rail"
    assert rail == ["boots", "coat-3", "coat-2", "coat-1"]


def test_another_colour_is_no_companion(work: Work, three: dict[str, int]) -> None:
    with work():
        blue = put_on_shelf("blue-coat", "Coat", category="outerwear").id
        bought(three["coat"], blue)
        assert (pair_up(), pairs()) == (0, {})


def test_the_second_run_changes_nothing_and_old_orders_are_forgotten(
    work: Work, three: dict[str, int], clock: Any
) -> None:
    with work():
        bought(three["coat"], three["boots"])
        assert (pair_up(), pair_up()) == (2, 0)
    clock.advance(days=366)
    with work():
        assert (pair_up(), pairs()) == (2, {})
        assert shop_clock.now() == clock.now


def test_at_most_twelve_go_with_a_piece_and_wardrobes_say_nothing(work: Work, three: dict[str, int]) -> None:
    with work():
        many = [put_on_shelf(f"hat-{one}", f"Hat {one}", category="accessories").id for one in range(15)]
        for number, hat in enumerate(many):
            bought(three["coat"], hat, number=str(number))
        pair_up()
        of_coat = select(Pairing.place).where(Pairing.product_id == three["coat"])
        assert sorted(db.session.scalars(of_coat)) == list(range(1, MOST + 1))
        before = pairs()
        bought(*many, number="wardrobe")
        assert pair_up() == 0
        assert pairs() == before


def test_two_runs_at_once_leave_what_one_leaves(app: Any, work: Work, three: dict[str, int]) -> None:
    with work():
        bought(*three.values())
    assert at_once(app, pair_up, pair_up, pair_up) == []
    with work():
        assert len(pairs()) == 6
        assert pair_up() == 0


def test_working_it_out_is_two_statements_at_any_size(work: Work, three: Any, statements: Any) -> None:
    with work():
        for number in range(20):
            bought(*three.values(), number=str(number))
        with statements() as seen:
            actions.pair_up()
    assert seen.count == 2, seen.sql


def test_the_page_of_a_product_stays_within_its_statements(
    work: Work, three: dict[str, int], client: FlaskClient, statements: Any
) -> None:
    with work():
        bought(*three.values())
        pair_up()
    with statements() as cold:
        assert shown(client, "coat")[0] == "Goes with it"
    with statements() as warm:
        shown(client, "coat")
    assert cold.count <= 5, cold.sql
    assert warm.count == 1, warm.sql
