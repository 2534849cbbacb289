"""A voucher in the bag, at the checkout, at Stripe, on the order, and on the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.delivery.models import DeliveryMethod
from storefront.orders.models import Order
from storefront.orders.queries import sale
from storefront.promotions import actions
from storefront.promotions.models import Voucher
from storefront.promotions.policy import Kind
from storefront.returns.actions import request_refund
from tests.storefront.goods import HOUSE, on_hand, shelf
from tests.storefront.test_checkout import ANNA, PASSWORD, Shopper, choose, only_order
from tests.storefront.test_movements import bring
from tests.storefront.test_places import opened
from tests.storefront.vouchers import uses, voucher


@pytest.fixture
def anna(app) -> Shopper:
    return Shopper(app)


@pytest.fixture
def goods(work):
    with work():
        return {"shirt": shelf("shirt", 3333, 3), "coat": shelf("coat", 9000, 1)}


def use(shopper: Shopper, code: str):
    return shopper.client.post("/cart/vouchers", data={"voucher": code})


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def text_of(answer) -> str:
    return words(answer.get_data(as_text=True))


def test_a_code_in_any_letter_case_makes_the_bag_cheaper_line_by_line(anna, goods, work):
    with work():
        voucher()
    anna.add(goods["shirt"], 3)
    anna.add(goods["coat"])
    assert use(anna, " sPring10 ").location == "/cart"
    bag = words(anna.bag())
    assert "Voucher SPRING10 -€19.00" in bag.replace("−", "-")
    assert "Without vouchers: €99.99 €89.99" in bag
    assert "Sum, VAT included €170.99" in bag
    assert "SPRING10 10% off" in bag


def test_a_wrong_code_is_told_beside_the_field_and_kept(anna, goods):
    anna.add(goods["coat"])
    answer = use(anna, "sprnig10")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "We do not know the code SPRNIG10." in page and 'value="sprnig10"' in page
    assert "<details open>" in page


def test_what_is_missing_to_its_minimum_is_said(anna, goods, work):
    with work():
        voucher("BIG", minimum_minor=10_000)
    anna.add(goods["coat"])
    use(anna, "big")
    assert "BIG counts from €100.00 on: €10.00 more." in words(anna.bag())
    anna.add(goods["shirt"])
    assert "Voucher BIG" in words(anna.bag())


def test_another_that_does_not_go_with_it_takes_its_place_and_says_so(anna, goods, work):
    with work():
        voucher("ONE")
        voucher("TWO", kind=Kind.AMOUNT, amount_minor=500)
    anna.add(goods["coat"])
    use(anna, "one")
    use(anna, "two")
    bag = words(anna.bag())
    assert "TWO counts now instead of ONE" in bag
    assert "Voucher TWO" in bag and "Voucher ONE" not in bag


def test_taking_it_away_makes_the_bag_cost_what_it_did(anna, goods, work):
    with work():
        number = voucher()
    anna.add(goods["coat"])
    use(anna, "spring10")
    anna.client.post(f"/cart/vouchers/{number}/remove")
    assert "SPRING10" not in anna.bag()


def test_the_whole_way_to_stripe_the_order_the_letter_and_the_desk(anna, goods, work, desk_of, run_jobs):
    with work():
        voucher()
    anna.add(goods["shirt"], 3)
    anna.add(goods["coat"])
    use(anna, "spring10")
    assert "To pay €170.99" in words(anna.client.get("/checkout").get_data(as_text=True))
    url = anna.order().location
    with work():
        order = only_order()
        lines = order.checkout_request["lines"]
        assert sum(line["unit_minor"] * line["quantity"] for line in lines) == order.total_minor == 17099
        assert {(line["unit_minor"], line["quantity"]) for line in lines} == {(3000, 2), (2999, 1), (8100, 1)}
        assert all("With voucher SPRING10" in line["description"] for line in lines)
    anna.pay(url)
    address = anna.come_back(url).location
    page = text_of(anna.client.get(address))
    assert "Voucher SPRING10 -€19.00" in page.replace("−", "-") and "Pieces €189.99" in page
    with work():
        assert "SPRING10: -€19.00" in latest_messages()[0].text.replace("−", "-")
        number = only_order().number
    desk = text_of(desk_of(Role.STORE).get(f"/staff/orders/{number}"))
    assert "Voucher SPRING10 -€19.00" in desk.replace("−", "-")
    assert "SPRING10" not in anna.bag()
    with work():
        assert uses() == 1


def test_pieces_sent_back_give_back_what_was_paid_and_the_rest_keep_their_share(anna, goods, work):
    with work():
        voucher()
    anna.add(goods["shirt"], 3)
    use(anna, "spring10")
    url = anna.order().location
    anna.pay(url)
    anna.come_back(url)
    given_back = []
    for many in (1, 2):
        with work():
            sold = sale(only_order().id)
            refund = request_refund(
                actor=HOUSE,
                order_id=sold.order_id,
                chosen={sold.lines[0].line_id: many},
                with_delivery=False,
                restock=False,
                reason="It does not fit",
            )
            given_back.append(refund.amount_minor)
    assert given_back == [3000, 5999]
    with work():
        assert only_order().captured_minor == 8999
        assert sale(only_order().id).lines[0].discount_minor == 1000


def test_a_declined_card_keeps_the_voucher_and_its_last_use(anna, goods, work):
    with work():
        voucher(total_limit=1, person_limit=1)
    anna.add(goods["coat"])
    use(anna, "spring10")
    url = anna.order().location
    anna.pay(url, "declined")
    assert "To pay €81.00" in words(anna.client.get("/checkout?back=x").get_data(as_text=True))
    again = anna.order()
    assert again.status_code == 303 and again.location != url
    with work():
        assert uses() == 1


def test_it_is_typed_and_taken_away_at_the_checkout_with_all_that_was_typed_kept(anna, goods, work):
    with work():
        number = voucher()
    anna.add(goods["coat"])
    typed = ANNA | anna.form() | {"city": "Ivrea"}
    page = anna.client.post("/checkout", data=typed | {"voucher": "spring10"})
    html = page.get_data(as_text=True)
    assert page.status_code == 200 and 'value="Ivrea"' in html and "To pay €81.00" in words(html)
    page = anna.client.post("/checkout", data=typed | {"drop_voucher": str(number)})
    assert "To pay €90.00" in text_of(page) and 'value="Ivrea"' in page.get_data(as_text=True)
    wrong = anna.client.post("/checkout", data=typed | {"voucher": "nothing"})
    assert wrong.status_code == 422 and "We do not know the code NOTHING" in text_of(wrong)
    with work():
        assert db.session.query(Order).count() == 0


def test_one_that_ended_during_the_checkout_is_told_and_the_form_kept(anna, goods, work, clock):
    with work():
        voucher(ends_at=clock.now + timedelta(minutes=10))
    anna.add(goods["coat"])
    use(anna, "spring10")
    form = ANNA | anna.form() | {"city": "Ivrea"}
    clock.advance(minutes=10)
    answer = anna.client.post("/checkout", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "SPRING10 has expired" in page
    assert 'value="Ivrea"' in page and "To pay €90.00" in words(page)
    with work():
        assert db.session.query(Order).count() == 0
    assert anna.order().status_code == 303


def test_one_used_up_during_the_checkout_is_told_and_nothing_is_promised(anna, app, goods, work):
    with work():
        voucher(total_limit=1)
    bea = Shopper(app)
    for shopper, piece in ((anna, "coat"), (bea, "shirt")):
        shopper.add(goods[piece])
        use(shopper, "spring10")
    form = ANNA | anna.form()
    assert bea.order(email="bea@example.test").status_code == 303
    answer = anna.client.post("/checkout", data=form)
    assert answer.status_code == 409 and "SPRING10 has been used up." in answer.get_data(as_text=True)
    with work():
        assert db.session.query(Order).count() == 1
        assert on_hand(goods["coat"]) == 1 and uses() == 1


def test_one_paused_meanwhile_counts_for_nobody(anna, goods, work):
    with work():
        number = voucher()
    anna.add(goods["coat"])
    use(anna, "spring10")
    with work():
        actions.pause_voucher(actor=HOUSE, voucher_id=number, reason="test")
    answer = anna.order()
    assert answer.status_code == 409 and "We do not know the code SPRING10" in answer.get_data(as_text=True)


def test_one_for_a_first_order_is_refused_to_who_ordered_before(anna, goods, work):
    with work():
        voucher("HELLO", first_order=True)
    anna.add(goods["shirt"])
    url = anna.order().location
    anna.pay(url)
    anna.come_back(url)
    anna.add(goods["coat"])
    use(anna, "hello")
    answer = anna.order(email="ANNA@example.test")
    assert answer.status_code == 409 and "is for a first order" in answer.get_data(as_text=True)
    assert anna.order(email="anna@example.test").status_code == 303


def test_free_delivery_stands_on_the_order_to_the_cent(anna, goods, work):
    with work():
        voucher("FREE", kind=Kind.DELIVERY)
        db.session.query(DeliveryMethod).update({"price_minor": 690})
        torino = opened(pickup=True)
        bring(goods["coat"], 1, torino)
    anna.add(goods["coat"])
    use(anna, "free")
    page = words(anna.client.get("/checkout").get_data(as_text=True)).replace("−", "-")
    assert "Courier €6.90 Voucher FREE -€6.90 To pay €90.00" in page
    assert anna.order().status_code == 303
    with work():
        order = only_order()
        assert (order.total_minor, order.shipping_minor, order.shipping_off_minor) == (9000, 0, 690)
    assert anna.order(**choose(anna, f"store-{torino}")).status_code == 303
    with work():
        last = db.session.query(Order).order_by(Order.id.desc()).first()
        assert (last.voucher_codes, last.total_minor) == ([], 9000)
        assert uses("FREE") == 0


def test_signing_in_brings_the_voucher_along(anna, goods, work, account, client_of):
    with work():
        voucher()
    anna.add(goods["coat"])
    use(anna, "spring10")
    anna.client.post(
        "/account/sign-up", data={"email": "new@example.test", "name": "New", "password": PASSWORD}
    )
    assert "Voucher SPRING10" in words(anna.bag())


def test_placing_an_order_with_a_voucher_stays_within_its_statements(anna, goods, work, statements):
    with work():
        voucher()
    for name in goods:
        anna.add(goods[name])
    use(anna, "spring10")
    form = ANNA | anna.form()
    with statements() as seen:
        answer = anna.client.post("/checkout", data=form)
    assert answer.status_code == 303
    ours = [sql for sql in seen.sql if "sandbox_" not in sql]
    assert len(ours) <= 12, "\n".join(ours)


def test_staff_make_a_voucher_pause_it_and_let_it_count_again(desk_of, goods, work):
    desk = desk_of(Role.FINANCE)
    form = {
        "code": "spring-15",
        "way": "typed",
        "kind": "percent",
        "percent": "12,5",
        "scope": "products",
        "handles": "coat\nshirt",
        "last_day": "2026-12-31",
        "total_limit": "50",
        "reason": "For the newsletter",
    }
    made = desk.post("/staff/vouchers/new", data=form)
    assert made.status_code == 303
    with work():
        found = db.session.query(Voucher).one()
        assert (found.code, found.percent_bps, len(found.product_ids)) == ("SPRING-15", 1250, 2)
        assert found.ends_at.isoformat() == "2026-12-31T23:00:00+00:00"
    page = text_of(desk.get(made.location))
    assert "12.5% off" in page and "Coat and Shirt" in page and "0 of 50" in page
    assert "SPRING-15" in text_of(desk.get("/staff/vouchers?q=ring"))
    assert desk.post(f"{made.location}/pause", data={"reason": ""}).status_code == 422
    assert desk.post(f"{made.location}/pause", data={"reason": "A mistake"}).status_code == 303
    assert "Paused" in text_of(desk.get(made.location))
    assert desk.post(f"{made.location}/resume", data={"reason": "No mistake"}).status_code == 303
    with work():
        acts = [row.action for row in db.session.query(AuditRow).filter_by(subject_type="voucher")]
        assert sorted(acts) == ["promotions.make", "promotions.pause", "promotions.resume"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": "spring 10%"}, "Letters, digits and dashes only."),
        ({"percent": "110"}, "Write a percentage from 1 to 100"),
        ({"percent": ""}, "Write a percentage from 1 to 100"),
        ({"kind": "amount"}, "Write an amount"),
        ({"kind": "pieces", "buy": "2"}, "Write a whole number."),
        ({"scope": "products", "handles": "hat"}, "We do not know hat."),
        ({"scope": "categories"}, "Choose at least one."),
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "The last day comes before the first."),
        ({"code": "TAKEN"}, "There is a voucher with this code already."),
        ({"reason": ""}, "Say it in a few words"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(desk_of, goods, work, changed, told):
    with work():
        voucher("TAKEN")
    form = {
        "code": "NEW",
        "way": "typed",
        "kind": "percent",
        "percent": "10",
        "scope": "everything",
        "reason": "A test",
    }
    answer = desk_of(Role.FINANCE).post("/staff/vouchers/new", data=form | changed)
    assert answer.status_code == 422 and told in text_of(answer)
    with work():
        assert db.session.query(Voucher).count() == 1


def test_only_who_may_keeps_vouchers(desk_of):
    assert desk_of(Role.STORE).get("/staff/vouchers").status_code == 403


def test_somebody_signed_in_pays_with_a_voucher_at_the_door_and_in_a_store(
    app, goods, work, account, client_of
):
    with work():
        voucher()
        torino = opened(pickup=True)
        bring(goods["shirt"], 1, torino)
    shopper = Shopper(app)
    shopper.client = client_of(account)
    shopper.add(goods["shirt"])
    use(shopper, "SPRING10")
    for way in ({}, {"street": "", "postcode": "", "city": ""}):
        chosen = choose(shopper, f"store-{torino}") if way else {}
        answer = shopper.order(**chosen, **way)
        assert answer.status_code == 303 and "/pay/" in answer.location, way
    with work():
        assert {order.total_minor for order in db.session.query(Order)} == {3000}
