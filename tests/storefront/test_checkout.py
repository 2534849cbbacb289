import re
import threading
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from foundation import payments
from foundation.accounts.actions import sign_up
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.payments.setup import ensure_destinations
from storefront.addresses.postcodes import SHAPES
from storefront.checkout import steps
from storefront.checkout.jobs import follow_payments
from storefront.delivery.actions import MethodDraft, add_tax_rate, save_method, save_zone
from storefront.orders.models import Order, OrderStatus
from storefront.stock import actions as stock
from storefront.stock.queries import available
from stripe_sandbox import shopper
from stripe_sandbox.store import opened
from tests.storefront.goods import HOUSE, on_hand, order_now, piece, place, shelf
from tests.storefront.test_movements import bring
from tests.storefront.test_places import opened as opened_store

PASSWORD = "correct horse battery"
ANNA = {
    "email": "anna@example.test",
    "delivery": "door",
    "first": "Anna",
    "last": "Moro",
    "street": "Via Po 1",
    "postcode": "10123",
    "city": "Torino",
    "province": "",
    "country": "IT",
    "phone": "",
}


class Shopper:
    """Somebody with a browser."""

    def __init__(self, app):
        self.app = app
        self.client: FlaskClient = app.test_client()

    def add(self, variant_id: int, quantity: object = 1):
        return self.client.post("/cart/add", data={"variant_id": variant_id, "quantity": quantity})

    def form(self) -> dict[str, str]:
        html = self.client.get("/checkout").get_data(as_text=True)
        return hidden(html)

    def order(self, **changed: str):
        return self.client.post("/checkout", data=ANNA | self.form() | changed)

    def pay(self, url: str, how: str = "card") -> None:
        with self.app.app_context(), opened() as store:
            shopper.pay(store, session_of(url), how, "anna@example.test", "Anna Moro")

    def come_back(self, url: str):
        return self.client.get(f"/checkout/return?session_id={session_of(url)}")

    def bag(self) -> str:
        return self.client.get("/cart").get_data(as_text=True)


def hidden(html: str) -> dict[str, str]:
    found = {}
    for name in ("token", "seen"):
        match = re.search(rf'name="{name}"[^>]*value="([^"]+)"', html)
        found[name] = match.group(1) if match else ""
    return found


def session_of(url: str) -> str:
    return url.rsplit("/", 1)[-1]


@pytest.fixture
def stripe_calls_back(app) -> None:
    """Stripe knows where to send its messages."""
    with app.app_context():
        ensure_destinations(base_url="http://127.0.0.1:8000")


@pytest.fixture
def anna(app) -> Shopper:
    return Shopper(app)


@pytest.fixture
def goods(work):
    with work():
        return {"shirt": shelf("shirt", 3000, 2), "coat": shelf("coat", 9000, 1)}


def choose(shopper: Shopper, delivery: str, **changed: str) -> dict[str, str]:
    """Choose another way without scripts, by "Update the sum": what the form carries then."""
    form = ANNA | shopper.form() | {"delivery": delivery, "update": "1"} | changed
    answer = shopper.client.post("/checkout", data=form)
    assert answer.status_code == 200
    return hidden(answer.text) | {"delivery": delivery} | changed


def only_order() -> Order:
    return db.session.query(Order).one()


def test_from_the_bag_to_paid_as_a_guest(anna, goods, work, run_jobs, stripe_calls_back):
    assert anna.add(goods["shirt"], 2).location == "/cart"
    answer = anna.order()
    assert answer.status_code == 303
    with work():
        order = only_order()
        assert (order.status, order.total_minor, order.email) == ("awaiting_payment", 6000, ANNA["email"])
        assert order.checkout_session_id == session_of(answer.location)
        assert available([goods["shirt"]]) == {goods["shirt"]: 0}
    assert "Shirt" in anna.bag()
    anna.pay(answer.location)
    back = anna.come_back(answer.location)
    assert back.location.startswith("/orders/")
    page = anna.client.get(back.location)
    assert "Thank you, Anna" in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "private, no-store"
    with work():
        assert only_order().status == OrderStatus.PAID
        assert on_hand(goods["shirt"]) == 0
    assert "Your bag is empty" in anna.bag()
    run_jobs()
    with work():
        assert only_order().status == OrderStatus.PAID
        assert len(latest_messages()) == 1


def test_the_webhook_alone_is_enough_and_may_come_first(anna, goods, work, run_jobs, stripe_calls_back):
    anna.add(goods["shirt"])
    url = anna.order().location
    anna.pay(url)
    run_jobs()
    with work():
        paid_at = only_order().paid_at
        assert paid_at is not None
    assert anna.come_back(url).location.startswith("/orders/")
    run_jobs()
    with work():
        assert only_order().paid_at == paid_at
        assert on_hand(goods["shirt"]) == 1


def test_placing_an_order_takes_few_statements(anna, goods, statements):
    for name in goods:
        anna.add(goods[name])
    form = ANNA | anna.form()
    with statements() as seen:
        answer = anna.client.post("/checkout", data=form)
    assert answer.status_code == 303
    ours = [sql for sql in seen.sql if "sandbox_" not in sql]
    assert len(ours) <= 12, "\n".join(ours)


def test_the_same_form_twice_is_one_order_and_one_page(anna, goods, work):
    anna.add(goods["coat"])
    form = ANNA | anna.form()
    first, second = (anna.client.post("/checkout", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with work():
        assert db.session.query(Order).count() == 1


def test_two_presses_at_the_same_moment_are_one_order(app, anna, goods, work):
    anna.add(goods["coat"])
    form = ANNA | anna.form()
    cookie = anna.client.get_cookie("session")
    gate, places = threading.Barrier(2), []

    def press() -> None:
        twin = app.test_client()
        twin.set_cookie("session", cookie.value)
        gate.wait()
        places.append(twin.post("/checkout", data=form).location)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(places)) == 1 and None not in places
    with work():
        assert db.session.query(Order).count() == 1


def test_a_declined_card_keeps_the_bag_and_the_next_try_does_not_meet_itself(anna, goods, work):
    anna.add(goods["coat"])
    url = anna.order().location
    anna.pay(url, "declined")
    assert "Sold out" not in anna.bag()
    again = anna.order()
    assert again.status_code == 303 and again.location != url
    with work():
        states = [order.status for order in db.session.query(Order).order_by(Order.id)]
        assert states == [OrderStatus.CANCELLED, OrderStatus.AWAITING_PAYMENT]
    anna.pay(again.location)
    assert anna.come_back(again.location).location.startswith("/orders/")
    late = anna.come_back(url).get_data(as_text=True)
    assert "nothing was charged" in late


def test_who_pays_in_another_window_and_presses_again_is_led_to_the_paid_order(anna, goods, work):
    anna.add(goods["coat"])
    url = anna.order().location
    form = ANNA | anna.form()
    anna.pay(url)
    answer = anna.client.post("/checkout", data=form)
    assert answer.location.startswith("/orders/")
    with work():
        assert only_order().status == OrderStatus.PAID


def test_the_second_buyer_of_the_last_piece_is_told_before_paying_and_keeps_the_rest(app, anna, goods, work):
    ben = Shopper(app)
    for person in (anna, ben):
        person.add(goods["coat"])
        person.add(goods["shirt"])
    bens_form = ANNA | ben.form()
    assert anna.order().status_code == 303
    late = ben.client.post("/checkout", data=bens_form)
    assert late.status_code == 409
    html = late.get_data(as_text=True)
    assert "Sold out" in html and "30.00" in html
    rest = ben.client.post("/checkout", data=ANNA | hidden(html))
    assert rest.status_code == 303
    with work():
        assert sorted(order.total_minor for order in db.session.query(Order)) == [3000, 12000]


def test_two_buyers_who_press_together_for_one_coat(app, goods, work):
    buyers = [Shopper(app) for _ in range(2)]
    forms = []
    for buyer in buyers:
        buyer.add(goods["coat"])
        forms.append(ANNA | buyer.form())
    gate, answers = threading.Barrier(2), []

    def press(buyer: Shopper, form: dict[str, str]) -> None:
        gate.wait()
        answers.append(buyer.client.post("/checkout", data=form).status_code)

    threads = [threading.Thread(target=press, args=pair) for pair in zip(buyers, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]


def test_a_price_that_changed_is_shown_before_it_is_charged(anna, goods, work):
    anna.add(goods["shirt"])
    form = ANNA | anna.form()
    with work():
        shelf("shirt", 3500, 2)
    answer = anna.client.post("/checkout", data=form)
    assert answer.status_code == 409
    html = answer.get_data(as_text=True)
    assert "has changed" in html and "35.00" in html
    assert anna.client.post("/checkout", data=ANNA | hidden(html)).status_code == 303


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "many", "", "1.5", "９"])
def test_a_quantity_that_makes_no_sense_is_said_beside_the_piece(anna, goods, quantity):
    anna.add(goods["shirt"], 2)
    line = re.search(r"/cart/lines/(\d+)\"", anna.bag()).group(1)
    answer = anna.client.post(f"/cart/lines/{line}", data={"quantity": quantity})
    assert answer.status_code == 422
    assert "whole number from 1 to 99" in answer.get_data(as_text=True)
    assert 'value="2"' in anna.bag()
    assert anna.add(goods["shirt"], quantity).status_code == 422


def test_what_was_taken_out_can_be_put_back_once(anna, goods):
    anna.add(goods["shirt"], 2)
    line = re.search(r"/cart/lines/(\d+)\"", anna.bag()).group(1)
    anna.client.post(f"/cart/lines/{line}/remove")
    assert "out of your bag" in anna.bag()
    assert "out of your bag" not in anna.bag()
    anna.add(goods["shirt"])
    line = re.search(r"/cart/lines/(\d+)\"", anna.bag()).group(1)
    anna.client.post(f"/cart/lines/{line}/remove")
    anna.bag()
    anna.client.post("/cart/undo")
    assert "Shirt" in anna.bag()


def test_what_is_missing_is_named_and_what_was_typed_is_kept(anna, goods, work):
    anna.add(goods["shirt"])
    answer = anna.order(email="anna", street="", first="<Anna>")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "does not look like an e-mail" in html and "Write the street and number." in html
    assert "&lt;Anna&gt;" in html
    with work():
        assert db.session.query(Order).count() == 0
        torino = opened_store(pickup=True)
        bring(goods["shirt"], 1, torino)
    page = choose(anna, f"store-{torino}")
    assert anna.order(**page, street="", postcode="", city="").status_code == 303


def test_when_stripe_does_not_answer_nothing_is_promised_and_the_bag_is_kept(anna, goods, work, monkeypatch):
    def silent(**request):
        raise payments.PaymentsUnreachable()

    anna.add(goods["coat"])
    monkeypatch.setattr(payments, "start_checkout", silent)
    answer = anna.order()
    assert answer.status_code == 503
    html = answer.get_data(as_text=True)
    assert "nothing was charged" in html and "Via Po 1" in html
    with work():
        assert only_order().status == OrderStatus.CANCELLED
        assert available([goods["coat"]]) == {goods["coat"]: 1}
    monkeypatch.undo()
    assert anna.client.post("/checkout", data=ANNA | hidden(html)).status_code == 303


def killed(*args, **named):
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", ["start", "_keep"])
def test_a_process_that_dies_on_the_way_loses_nothing(anna, goods, work, monkeypatch, clock, app, where):
    """Before Stripe was asked, and after it answered: the job closes what nobody was shown."""
    anna.add(goods["coat"])
    monkeypatch.setattr(steps, where, killed)
    with pytest.raises(KeyboardInterrupt):
        anna.order()
    monkeypatch.undo()
    with work():
        assert only_order().checkout_session_id is None
    clock.advance(minutes=4)
    with app.app_context():
        follow_payments()
    with work():
        assert only_order().status == OrderStatus.CANCELLED
        assert available([goods["coat"]]) == {goods["coat"]: 1}
    assert anna.order().status_code == 303


def test_pressing_again_after_the_process_died_goes_on_with_the_same_order(anna, goods, work, monkeypatch):
    monkeypatch.setattr(steps, "PATIENCE_SECONDS", 0.0)
    anna.add(goods["coat"])
    form = ANNA | anna.form()
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            anna.client.post("/checkout", data=form)
    answer = anna.client.post("/checkout", data=form)
    assert answer.status_code == 303
    with work():
        assert only_order().checkout_session_id == session_of(answer.location)


def test_the_job_asks_stripe_before_it_releases_anything(anna, goods, work, clock, app):
    anna.add(goods["coat"])
    url = anna.order().location
    anna.pay(url)
    clock.advance(minutes=32)
    with app.app_context():
        follow_payments()
    with work():
        assert only_order().status == OrderStatus.PAID


def test_a_page_nobody_paid_expires_with_the_job_or_without(anna, goods, work, clock, app):
    anna.add(goods["coat"])
    anna.order()
    clock.advance(minutes=42)
    with work():
        assert available([goods["coat"]]) == {goods["coat"]: 1}
    with app.app_context():
        follow_payments()
    with work():
        assert only_order().status == OrderStatus.EXPIRED
    assert "Coat" in anna.bag()


@pytest.mark.parametrize(
    ("how", "end"), [("later", OrderStatus.PAID), ("later_fails", OrderStatus.CANCELLED)]
)
def test_money_that_takes_days_is_waited_for(anna, goods, work, run_jobs, stripe_calls_back, how, end):
    anna.add(goods["coat"])
    url = anna.order().location
    anna.pay(url, how)
    back = anna.come_back(url)
    assert "on its way" in anna.client.get(back.location).get_data(as_text=True)
    with work():
        assert only_order().status == OrderStatus.PROCESSING
        intent = payments_intent()
    with anna.app.app_context(), opened() as store:
        shopper.settle(store, intent, how == "later")
    run_jobs()
    with work():
        assert only_order().status == end


def payments_intent() -> str:
    return only_order().payment_intent_id


def test_an_unknown_session_is_not_found(anna, goods):
    assert anna.client.get("/checkout/return?session_id=cs_nobody").status_code == 404
    assert anna.client.get("/checkout/return").status_code == 404
    assert anna.client.get("/orders/nobody").status_code == 404


def test_the_pages_speak_italian(anna, goods):
    anna.client.set_cookie("language", "it")
    assert "La borsa è vuota" in anna.bag()
    anna.add(goods["coat"])
    html = anna.client.get("/checkout").get_data(as_text=True)
    assert "Coat it" in html and "Ordina e paga" in html


def test_signing_in_brings_the_bag_along_and_signing_out_leaves_it_there(anna, goods, work):
    with work():
        sign_up(actor=HOUSE, email="anna@example.test", name="Anna Moro", password=PASSWORD, language="en")
    anna.add(goods["coat"])
    anna.client.post("/account/sign-in", data={"email": "anna@example.test", "password": PASSWORD})
    html = anna.client.get("/checkout").get_data(as_text=True)
    assert "Coat" in html and 'value="anna@example.test"' in html and 'value="Moro"' in html
    answer = anna.order()
    anna.pay(answer.location)
    anna.come_back(answer.location)
    with work():
        assert only_order().account_id is not None
    anna.add(goods["shirt"])
    anna.client.post("/account/sign-out")
    assert "Your bag is empty" in anna.bag()


def test_a_shelf_counted_down_while_paying_waits_for_a_person(anna, goods, work):
    anna.add(goods["coat"])
    url = anna.order().location
    with work():
        stock.put_back(actor=HOUSE, variant_id=goods["coat"], quantity=-1, reason="counted")
    anna.pay(url)
    back = anna.come_back(url)
    assert "We are looking at your order" in anna.client.get(back.location).get_data(as_text=True)
    with work():
        assert order_now(only_order().id).status == OrderStatus.NEEDS_REVIEW
        place([piece(goods["shirt"], 3000)])


@pytest.mark.parametrize("own", ["US", "CH"])
def test_a_shop_names_its_own_country_first_and_those_it_delivers_to_before_the_others(
    app, anna, goods, work, monkeypatch, own
):
    settings = replace(app.extensions["vetrina.settings"], country=own)
    monkeypatch.setitem(app.extensions, "vetrina.settings", settings)
    with work():
        add_tax_rate(actor=HOUSE, country=own, category="", bps=0, valid_from=date(2026, 1, 1))
        if own == "US":
            zone = save_zone(actor=HOUSE, name="Home", countries=["US"])
            save_method(actor=HOUSE, zone_id=zone.id, draft=MethodDraft(name="Post"))
    anna.add(goods["shirt"])
    page = anna.client.get("/checkout").text
    delivered, others = page.split("Only picked up in a store")
    codes = re.compile(r'<option[^>]* value="([A-Z]{2})"')
    assert codes.findall(delivered)[0] == own
    assert {"IT", "SM", "GB"} <= set(codes.findall(delivered))
    assert "BR" in codes.findall(others) and "IT" not in codes.findall(others)
    assert anna.order(country="QQ").status_code == 422
    assert anna.order(country=own, postcode=SHAPES[own].example).status_code == 303
