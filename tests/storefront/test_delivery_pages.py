"""Delivery and pick-up at the checkout: what is offered, comes to, is frozen, and is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from foundation import payments
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.addresses.postcodes import SHAPES
from storefront.delivery import actions
from storefront.delivery.actions import MethodDraft
from storefront.delivery.models import DeliveryMethod
from storefront.fulfilment.models import Fulfilment
from storefront.orders.models import Order, OrderLine, OrderStatus
from storefront.places import actions as places
from storefront.promotions.models import Voucher
from storefront.stock.queries import available
from tests.storefront.goods import HOUSE, shelf
from tests.storefront.test_checkout import ANNA, Shopper, choose, hidden, only_order
from tests.storefront.test_movements import bring
from tests.storefront.test_places import draft, opened
from tests.storefront.vouchers import voucher

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna(app, clock) -> Shopper:
    clock.freeze(MONDAY)
    return Shopper(app)


@pytest.fixture
def goods(work):
    with work():
        return {"shirt": shelf("shirt", 3000, 2, grams=300), "coat": shelf("coat", 9000, 1, grams=1800)}


@pytest.fixture
def torino(work, goods) -> int:
    with work():
        place = opened(pickup=True)
        bring(goods["shirt"], 3, place)
        return place


def costs(**changed: object) -> None:
    db.session.query(DeliveryMethod).update(changed)


def last_order() -> Order:
    return db.session.query(Order).order_by(Order.id.desc()).first()


def test_what_was_told_about_delivery_is_frozen_on_the_order(anna, goods, work):
    with work():
        costs(price_minor=490)
    anna.add(goods["shirt"])
    page = anna.client.get("/checkout").text
    assert "Arrives between Wednesday 25 November and Thursday 26 November" in page
    assert "€34.90" in page
    assert anna.order().status_code == 303
    with work():
        costs(price_minor=990, name="Snail", days_to=9)
        order = last_order()
        assert (order.total_minor, order.shipping_minor, order.tax_bps) == (3490, 490, 2200)
        assert (order.delivery_name, order.delivery_name_it) == ("Courier", "Corriere")
        assert order.delivery_zone == "Italy"
        assert (order.promised_from, order.promised_to) == (date(2026, 11, 25), date(2026, 11, 26))
        assert order.place_id == 1 and order.ready_at is None


def test_choosing_another_way_without_scripts_shows_the_new_sum_before_it_is_paid(anna, goods, work):
    with work():
        zone = db.session.query(DeliveryMethod.zone_id).order_by(DeliveryMethod.id).first()[0]
        quick = actions.save_method(
            actor=HOUSE,
            zone_id=zone,
            draft=MethodDraft(name="Express", price_minor=1290, standard=False, position=2, days_to=1),
        ).id
    anna.add(goods["shirt"])
    told = anna.order(delivery=str(quick))
    assert told.status_code == 409 and "The sum or the day has changed" in told.text
    assert "Order and pay €42.90" in told.text and 'value="Via Po 1"' in told.text
    with work():
        assert db.session.query(Order).count() == 0
    assert anna.order(**choose(anna, str(quick))).status_code == 303
    with work():
        order = last_order()
        assert (order.total_minor, order.delivery_name, order.delivery_back_minor) == (4290, "Express", 0)
        assert order.promised_from == order.promised_to == date(2026, 11, 25)


def test_the_cut_off_passing_between_page_and_payment_is_told_not_slipped_in(anna, goods, clock, work):
    anna.add(goods["shirt"])
    form = ANNA | anna.form()
    clock.freeze(datetime(2026, 11, 23, 13, 1, tzinfo=UTC))
    told = anna.client.post("/checkout", data=form)
    assert told.status_code == 409 and "Thursday 26 November and Friday 27 November" in told.text
    assert anna.client.post("/checkout", data=form | hidden(told.text)).status_code == 303


def test_free_from_a_sum_is_measured_after_vouchers(anna, goods, work):
    with work():
        costs(price_minor=490, free_from_minor=9000)
        voucher("TEN", percent_bps=1000)
    anna.add(goods["coat"])
    assert "Order and pay €90.00" in anna.client.get("/checkout").text
    anna.client.post("/cart/vouchers", data={"voucher": "ten"})
    assert "Order and pay €85.90" in anna.client.get("/checkout").text


def test_a_bag_pays_by_its_weight_and_is_refused_when_too_heavy(anna, goods, work):
    with work():
        for method in db.session.query(DeliveryMethod):
            draft_ = MethodDraft(name="Courier", bands=[(1000, 700), (2000, 1100)])
            actions.save_method(actor=HOUSE, method_id=method.id, draft=draft_)
    anna.add(goods["shirt"])
    assert "Order and pay €37.00" in anna.client.get("/checkout").text
    anna.add(goods["coat"])
    page = anna.client.get("/checkout").text
    assert "Your bag is too heavy for it." in page and "Order and pay" not in page
    refused = anna.order()
    assert refused.status_code == 409 and "We no longer offer the delivery" in refused.text


def test_a_country_we_do_not_deliver_to_is_told_before_payment_and_pick_up_stays(anna, goods, torino, work):
    anna.add(goods["shirt"])
    told = anna.order(country="BR", first="Ana", note="Ring twice")
    assert told.status_code == 409
    assert "We do not deliver to that country yet" in told.text
    assert 'value="Ana"' in told.text and "Ring twice" in told.text
    assert "Pick up in Torino, Via Lagrange" in told.text
    italian = anna.client.post(
        "/checkout", data=ANNA | anna.form() | {"country": "BR"}, headers={"Accept-Language": "it"}
    )
    assert "Non consegniamo ancora in quel paese" in italian.text
    with work():
        assert db.session.query(Order).count() == 0
    form = choose(anna, f"store-{torino}", country="BR")
    assert anna.order(**form).status_code == 303
    with work():
        assert last_order().place_id == torino


def test_a_country_without_a_tax_is_taxed_as_ours_and_one_with_its_own_by_that(anna, goods, work, app):
    with work():
        for country, bps in (("DE", 1900), ("CH", 0)):
            actions.add_tax_rate(
                actor=HOUSE, country=country, category="", bps=bps, valid_from=date(2026, 1, 1)
            )
        actions.add_tax_rate(
            actor=HOUSE, country="DE", category="shirts", bps=700, valid_from=date(2026, 11, 23)
        )
        actions.add_tax_rate(actor=HOUSE, country="DE", category="", bps=2500, valid_from=date(2026, 11, 24))
        costs(price_minor=490)
        other = {country: shelf(f"shirt-{country}", 3000, 2) for country in ("FR", "DE", "CH")}
    expected = {"FR": (2200, 2200), "DE": (700, 1900), "CH": (0, 0)}
    for country, (line_bps, delivery_bps) in expected.items():
        buyer = Shopper(app)
        buyer.add(other[country])
        there = {"country": country, "postcode": SHAPES[country].example}
        assert buyer.order(**choose(buyer, "door", **there)).status_code == 303
        with work():
            order = last_order()
            line = db.session.query(OrderLine).filter_by(order_id=order.id).one()
            assert (line.tax_bps, order.tax_bps, order.total_minor) == (line_bps, delivery_bps, 3490)
            page = buyer.client.get(f"/orders/{order.token}").text
        if country == "DE":
            assert "Of which 19% VAT" in page and "€0.78" in page
            assert "Of which 7% VAT" in page and "€1.96" in page


def test_a_rate_of_a_parent_is_frozen_on_what_lies_beneath_it_until_that_has_its_own(app, clock, work):
    with work():
        for category, bps, day in (("shoes", 1000, 1), ("boots", 400, 24)):
            actions.add_tax_rate(
                actor=HOUSE, country="IT", category=category, bps=bps, valid_from=date(2026, 11, day)
            )
        pieces = {key: shelf(f"a-{key}", 3050, 4, category=key) for key in ("boots", "shoes", "hats")}
    for day, of_boots in ((23, 1000), (24, 400)):
        clock.freeze(MONDAY.replace(day=day))
        buyer = Shopper(app)
        for variant in pieces.values():
            buyer.add(variant)
        assert buyer.order(**choose(buyer, "door")).status_code == 303
        with work():
            order = last_order()
            lines = db.session.query(OrderLine).filter_by(order_id=order.id)
            taxed = {line.category: (line.tax_bps, line.net_minor) for line in lines}
            net = {1000: 2773, 400: 2933, 2200: 2500}
            assert taxed == {
                "boots": (of_boots, net[of_boots]),
                "shoes": (1000, net[1000]),
                "hats": (2200, net[2200]),
            }


def test_a_store_gives_from_its_own_shelf_and_says_when(anna, goods, torino, work, run_jobs, outbox):
    with work():
        actions.set_pickup(actor=HOUSE, place_id=torino, fee_minor=200, ready_after=60)
    anna.add(goods["shirt"], 2)
    page = anna.client.get("/checkout").text
    assert "Pick up in Torino, Via Lagrange" in page and "All your pieces hang there." in page
    form = choose(anna, f"store-{torino}")
    answer = anna.order(**form, street="", postcode="", city="")
    assert answer.status_code == 303
    with work():
        order = last_order()
        assert (order.delivery, order.place_id, order.street) == ("pickup", torino, "")
        assert (order.total_minor, order.shipping_minor) == (6200, 200)
        assert order.ready_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
        assert available([goods["shirt"]], place_id=torino) == {goods["shirt"]: 1}
        assert available([goods["shirt"]]) == {goods["shirt"]: 2}
    anna.pay(answer.location)
    anna.come_back(answer.location)
    run_jobs()
    with work():
        order = last_order()
        assert order.status == OrderStatus.PAID
        assert db.session.get(Fulfilment, order.id).place_id == torino
        assert available([goods["shirt"]], place_id=torino) == {goods["shirt"]: 1}
        assert available([goods["shirt"]]) == {goods["shirt"]: 2}
        letter = latest_messages()[0].text
        assert "You pick it up at Torino, Via Lagrange" in letter and "11:00" in letter
        page = anna.client.get(f"/orders/{order.token}").text
    assert "Via Lagrange 12" in page and "Lies ready from 23 November, 11:00 on." in page


def test_what_a_store_has_not_got_is_left_out_and_told(anna, goods, torino, work):
    anna.add(goods["shirt"])
    anna.add(goods["coat"])
    page = anna.client.get("/checkout").text
    assert "1 of 2 pieces hang there; the others stay in your bag." in page
    told = anna.order(delivery=f"store-{torino}")
    assert told.status_code == 409 and "Not in that store" in told.text
    form = hidden(told.text)
    assert anna.order(**form, delivery=f"store-{torino}").status_code == 303
    with work():
        assert last_order().total_minor == 3000


def close_torino(torino: int) -> None:
    places.close_store(actor=HOUSE, place_id=torino, reason="The lease ended")


def pause_torino(torino: int) -> None:
    places.change_place(actor=HOUSE, place_id=torino, draft=draft(pickup=False))


@pytest.mark.parametrize("happens", [close_torino, pause_torino])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Orders cannot be picked up in that store any more"), ("it", "Gli ordini non si ritirano più")],
)
def test_a_store_that_closes_between_choice_and_payment_is_told(
    anna, goods, torino, work, happens, language, words
):
    anna.add(goods["shirt"])
    form = ANNA | {"note": "On Friday"} | choose(anna, f"store-{torino}")
    with work():
        happens(torino)
    told = anna.client.post("/checkout", data=form, headers={"Accept-Language": language})
    assert told.status_code == 409 and words in told.text and "On Friday" in told.text
    assert f'value="store-{torino}"' not in told.text
    with work():
        assert db.session.query(Order).count() == 0
        assert available([goods["shirt"]], place_id=torino) == {goods["shirt"]: 3}
    assert anna.order().status_code == 303


def test_everything_chosen_survives_a_declined_card(anna, goods, torino, work):
    with work():
        voucher("TEN", percent_bps=1000)
    anna.add(goods["shirt"])
    anna.client.post("/cart/vouchers", data={"voucher": "ten"})
    more = {"note": "Ring at “Rossi”", "gift_message": "Auguri!\nAnna", "phone": "+39 011 1"}
    answer = anna.order(**choose(anna, f"store-{torino}"), **more)
    assert answer.status_code == 303
    back = anna.client.get("/checkout").text
    assert re.search(rf'value="store-{torino}" checked', back)
    for kept in ("TEN", "Ring at “Rossi”", "Auguri!", 'value="+39 011 1"', 'value="Moro"', ANNA["email"]):
        assert kept in back
    assert "Order and pay €27.00" in back


@pytest.mark.parametrize("problem", [payments.PaymentsUnreachable, lambda: payments.PaymentsProblem("boom")])
def test_a_silent_or_broken_stripe_loses_nothing_that_was_chosen(
    anna, goods, torino, monkeypatch, work, problem
):
    anna.add(goods["shirt"])
    form = choose(anna, f"store-{torino}")

    def broken(**request):
        raise problem()

    monkeypatch.setattr(payments, "start_checkout", broken)
    told = anna.order(**form, note="Ring twice")
    assert told.status_code >= 400 and "nothing was charged" in told.text
    assert re.search(rf'value="store-{torino}" checked', told.text) and "Ring twice" in told.text
    with work():
        assert available([goods["shirt"]], place_id=torino) == {goods["shirt"]: 3}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The sum is without it now."), ("it", "Ora il totale è senza.")]
)
def test_a_voucher_that_ends_during_the_checkout_is_told_and_the_delivery_stays(
    anna, goods, torino, work, language, words
):
    with work():
        voucher("TEN", percent_bps=1000)
    anna.add(goods["shirt"])
    anna.client.post("/cart/vouchers", data={"voucher": "ten"})
    form = ANNA | choose(anna, f"store-{torino}")
    with work():
        db.session.query(Voucher).update({"ends_at": MONDAY})
    told = anna.client.post("/checkout", data=form, headers={"Accept-Language": language})
    assert told.status_code == 409 and words in told.text
    assert re.search(rf'value="store-{torino}" checked', told.text)


@pytest.mark.parametrize(
    "name", ["D’Angelo \"Il 'Rosso'\" <b>", "محمد بن عبد الله", "שרה כהן", "Żółć 李小龍"]
)
def test_a_name_with_quotes_or_written_from_the_right_stands_everywhere_as_it_was_typed(
    anna, goods, work, run_jobs, name, desk_of
):
    anna.add(goods["shirt"])
    answer = anna.order(first=name, street=f"Via {name} 1", note=name, gift_message=name)
    assert answer.status_code == 303
    anna.pay(answer.location)
    anna.come_back(answer.location)
    run_jobs()
    with work():
        order = last_order()
        assert order.street == f"Via {name} 1" and order.name == f"{name} Moro"
        number, token, order_id = order.number, order.token, order.id
        assert len(latest_messages()) == 1
    page = anna.client.get(f"/orders/{token}").text
    assert "<b>" not in page.replace("<body", "") and 'dir="auto"' in page
    desk = desk_of("owner")
    assert desk.get(f"/staff/orders/{number}").status_code == 200
    paper = desk.get(f"/staff/packing/slips.pdf?order={order_id}")
    assert paper.status_code == 200 and paper.data.startswith(b"%PDF")


def test_placing_an_order_to_be_picked_up_takes_few_statements(anna, goods, torino, statements):
    anna.add(goods["shirt"])
    form = ANNA | choose(anna, f"store-{torino}")
    with statements() as seen:
        assert anna.client.post("/checkout", data=form).status_code == 303
    ours = [sql for sql in seen.sql if "sandbox_" not in sql]
    assert len(ours) <= 12, "\n".join(ours)


def test_pressing_twice_for_a_store_is_one_order_and_one_page(anna, goods, torino, work):
    anna.add(goods["shirt"])
    form = ANNA | choose(anna, f"store-{torino}")
    first, second = (anna.client.post("/checkout", data=form) for _ in range(2))
    assert first.location == second.location
    with work():
        only_order()
