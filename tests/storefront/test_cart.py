import pytest

from foundation.actors import Actor
from foundation.db import db
from storefront.cart import actions as cart
from storefront.cart.actions import Bought, Why
from storefront.cart.errors import LineGone, QuantityRefused
from storefront.cart.policy import Choice, Origin
from storefront.cart.queries import bag_count, cart_of
from storefront.catalog.models import Variant
from storefront.catalog.standing import archive_product
from tests.storefront.goods import HOUSE, LOOK, piece, place, shelf

VISIT = "visit-1"
GUEST = Actor.guest()


def put(
    *choices: Choice, visit: str | None = VISIT, account_id: int | None = None, origin: Origin | None = None
):
    return cart.add_pieces(actor=GUEST, visit=visit, account_id=account_id, choices=choices, origin=origin)


def lines(visit: str | None = VISIT, account_id: int | None = None) -> list[tuple[int, int]]:
    return [(line.variant_id, line.quantity) for line in cart_of(visit, account_id).lines]


def test_a_whole_look_goes_in_at_once_and_stays_together(work, statements):
    with work():
        blouse, jacket, shirt, sock = (
            shelf(name, minor)
            for name, minor in (("blouse", 5000), ("jacket", 8000), ("shirt", 3000), ("sock", 900))
        )
        put(Choice(sock))
        with statements() as seen:
            added = put(Choice(blouse), Choice(jacket), Choice(shirt, 2), origin=LOOK)
        assert seen.count <= 6
        put(Choice(shirt))
        bag = cart_of(VISIT, None)
        assert [group.label for group in bag.groups] == [None, "Carry-on only"]
        assert [line.variant_id for line in bag.groups[1].lines] == [blouse, jacket, shirt]
        assert (added.refused, added.count, bag.count, bag.goods.minor) == ((), 5, 6, 22900)
        assert bag_count(VISIT, None) == 6


@pytest.mark.parametrize("quantity", [0, -1, 100, 10**9])
def test_an_impossible_quantity_is_refused_and_the_bag_is_kept(work, quantity):
    with work():
        shirt = shelf("shirt", 3000)
        put(Choice(shirt, 2))
        line_id = cart_of(VISIT, None).lines[0].line_id
        with pytest.raises(QuantityRefused):
            put(Choice(shirt, quantity))
        with pytest.raises(QuantityRefused):
            cart.set_quantity(actor=GUEST, visit=VISIT, account_id=None, line_id=line_id, quantity=quantity)
        assert lines() == [(shirt, 2)]


def test_what_is_sold_out_is_named_and_the_rest_goes_in(work):
    with work():
        shirt, coat = shelf("shirt", 3000, 0), shelf("coat", 9000, 1)
        added = put(Choice(shirt), Choice(coat), Choice(10**6))
        assert [(piece.title, piece.why) for piece in added.refused] == [
            ("Shirt", Why.SOLD_OUT),
            ("", Why.GONE),
        ]
        again = put(Choice(coat))
        assert [(piece.title, piece.why, piece.left) for piece in again.refused] == [("Coat", Why.SHORT, 0)]
        assert lines() == [(coat, 1)]


def test_a_piece_that_sells_out_in_the_bag_is_short_and_the_rest_can_be_bought(work):
    with work():
        shirt, coat = shelf("shirt", 3000, 2), shelf("coat", 9000, 2)
        put(Choice(shirt, 2), Choice(coat))
        before = cart_of(VISIT, None).digest
        place([piece(shirt, 3000)], visit_id="somebody-else")
        bag = cart_of(VISIT, None)
        assert [line.variant_id for line in bag.short] == [shirt]
        assert bag.goods.minor == 9000
        assert bag.digest != before
        archive_product(actor=HOUSE, product_id=db.session.get(Variant, coat).product_id, reason="gone")
        assert cart_of(VISIT, None).buyable == ()


def test_two_lines_of_one_piece_share_what_is_left(work):
    with work():
        shirt = shelf("shirt", 3000, 3)
        put(Choice(shirt, 2), origin=LOOK)
        put(Choice(shirt, 1))
        cart.set_quantity(
            actor=GUEST,
            visit=VISIT,
            account_id=None,
            line_id=cart_of(VISIT, None).lines[1].line_id,
            quantity=2,
        )
        bag = cart_of(VISIT, None)
        assert [line.quantity for line in bag.buyable] == [2]
        assert [line.origin_ref for line in bag.short] == [None]


def test_nobody_changes_the_bag_of_somebody_else(work):
    with work():
        shirt = shelf("shirt", 3000)
        put(Choice(shirt))
        line_id = cart_of(VISIT, None).lines[0].line_id
        with pytest.raises(LineGone):
            cart.set_quantity(actor=GUEST, visit="visit-2", account_id=None, line_id=line_id, quantity=3)
        cart.remove_line(actor=GUEST, visit="visit-2", account_id=None, line_id=line_id)
        assert lines() == [(shirt, 1)]
        cart.remove_line(actor=GUEST, visit=VISIT, account_id=None, line_id=line_id)
        assert lines() == []


def test_signing_in_adds_the_quantities_of_each_piece_up_to_what_there_is(work, account):
    with work():
        shirt, coat, sock = shelf("shirt", 3000), shelf("coat", 9000, 3), shelf("sock", 900)
        put(Choice(shirt, 1), Choice(coat, 3), visit=None, account_id=account)
        put(Choice(shirt, 2), Choice(coat, 1), Choice(sock))
        put(Choice(shirt, 1), origin=LOOK)
        cart.merge_into_account(actor=GUEST, visit=VISIT, account_id=account)
        assert lines(None, account) == [(shirt, 3), (coat, 3), (sock, 1), (shirt, 1)]
        assert lines() == []
        cart.merge_into_account(actor=GUEST, visit=VISIT, account_id=account)
        assert lines(VISIT, account) == [(shirt, 3), (coat, 3), (sock, 1), (shirt, 1)]


def test_signing_in_never_makes_a_line_smaller(work, account):
    with work():
        shirt = shelf("shirt", 3000, 4)
        put(Choice(shirt, 2), visit=None, account_id=account)
        put(Choice(shirt, 2))
        place([piece(shirt, 3000)] * 3, visit_id="somebody-else")
        cart.merge_into_account(actor=GUEST, visit=VISIT, account_id=account)
        assert lines(None, account) == [(shirt, 2)]


def test_what_was_bought_leaves_the_bag_and_what_came_since_stays(work):
    with work():
        shirt, coat = shelf("shirt", 3000), shelf("coat", 9000)
        put(Choice(shirt, 3), Choice(coat))
        put(Choice(shirt, 1), origin=LOOK)
        cart.take_out(
            visit=VISIT,
            account_id=None,
            bought=[Bought(shirt, 2, None, None), Bought(coat, 1, None, None)],
        )
        assert lines() == [(shirt, 1), (shirt, 1)]
