import re

import pytest

from foundation import clock
from foundation.accounts.actions import sign_up
from foundation.accounts.models import RoleGrant
from foundation.accounts.queries import account_by_email
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.orders.models import Delivery, Dispute, Refund
from storefront.orders.queries import order_by_number, sale
from storefront.stock import actions as stock
from tests.storefront.goods import HOUSE, LOOK, on_hand, order_now, pay, piece, place, shelf

PASSWORD = "correct horse battery"


@pytest.fixture
def staff(app, work):
    """A way to sign in with roles."""

    def sign_in(*roles: str):
        email = f"{'-'.join(roles) or 'nobody'}@demo.test"
        with work():
            sign_up(actor=HOUSE, email=email, name="Paola", password=PASSWORD, language="en")
            account = account_by_email(email)
            assert account is not None
            for role in roles:
                db.session.add(
                    RoleGrant(account_id=account.id, role=role, granted_by="test", granted_at=clock.now())
                )
        client = app.test_client()
        client.post("/account/sign-in", data={"email": email, "password": PASSWORD})
        return client

    return sign_in


@pytest.fixture
def paid(work):
    with work():
        shirt = shelf("shirt", 3000, 5)
        placed = place([piece(shirt, 3000, 2, LOOK)], session_id="cs_1", delivery=Delivery.PICKUP)
        pay(placed.order_id)
    return placed


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def test_the_list_shows_what_waits_and_finds_by_name_number_and_address(staff, paid, run_jobs):
    run_jobs()
    store = staff("store")
    assert paid.number in page(store, "/staff/orders")
    for words in ("Moro", paid.number.lower(), "anna@"):
        assert paid.number in page(store, f"/staff/orders?q={words}")
    assert "No order has that" in page(store, "/staff/orders?q=100%25_")
    for shelf_name in ("review", "waiting", "done", "ended", "nonsense"):
        page(store, f"/staff/orders?state={shelf_name}&page=0")
    assert paid.number in page(store, "/staff")
    assert "Waits to be picked" in page(store, "/staff/orders") and ">Pick<" in page(store, "/staff")


def test_handing_over_needs_a_note_and_writes_to_the_shopper(staff, paid, work, clock):
    store = staff("store")
    path = f"/staff/orders/{paid.number}/hand-over"
    refused = store.post(path, data={"reason": " "})
    assert refused.status_code == 422
    assert store.post(path, data={"reason": "Anna, in person"}).status_code == 303
    assert store.post(path, data={"reason": "again"}).status_code == 409
    with work():
        assert order_now(paid.order_id).handover == "handed_over"
        assert latest_messages()[0].subject == f"Order {paid.number} is with you"
    assert "Anna, in person" in page(store, f"/staff/orders/{paid.number}")


def test_lines_are_given_back_with_what_was_typed_kept_when_it_cannot_be(staff, paid, work, run_jobs):
    store = staff("store")
    with work():
        line = sale(paid.order_id).lines[0]
    path = f"/staff/orders/{paid.number}/refund"
    name = f"line-{line.line_id}"
    assert name in page(store, path)
    for typed, status in (("3", 409), ("-1", 422), ("many", 422), ("0", 400), ("9" * 30, 422)):
        answer = store.post(path, data={name: typed, "reason": "does not fit", "restock": "y"})
        assert answer.status_code == status, typed
        assert "does not fit" in answer.get_data(as_text=True)
    assert store.post(path, data={name: "1", "reason": ""}).status_code == 422
    made = store.post(path, data={name: "1", "reason": "does not fit", "restock": "y"})
    assert made.status_code == 303
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.amount_minor, refund.requested_by) == (3000, "Paola")
        assert on_hand(line.variant_id) == 3, "nothing hangs on the rail before Stripe has taken it"
    assert "does not fit" in page(store, f"/staff/orders/{paid.number}")


def test_pressing_twice_gives_back_once_and_a_fresh_page_gives_back_more(staff, paid, work):
    store = staff("store")
    with work():
        name = f"line-{sale(paid.order_id).lines[0].line_id}"
    path = f"/staff/orders/{paid.number}/refund"

    def key() -> str:
        (found,) = re.findall(r'name="form_key"[^>]*value="([^"]+)"', page(store, path))
        return str(found)

    first = {"form_key": key(), name: "1", "reason": "does not fit"}
    for _ in range(2):
        assert store.post(path, data=first).status_code == 303
    with work():
        assert db.session.query(Refund).count() == 1
    assert store.post(path, data=first | {"form_key": key()}).status_code == 303
    with work():
        assert db.session.query(Refund).count() == 2


def test_a_post_without_the_pages_key_pressed_twice_is_one_refund_as_well(staff, paid, work):
    store = staff("store")
    with work():
        name = f"line-{sale(paid.order_id).lines[0].line_id}"
    for _ in range(2):
        typed = {name: "1", "reason": "does not fit"}
        assert store.post(f"/staff/orders/{paid.number}/refund", data=typed).status_code == 303
    with work():
        assert db.session.query(Refund).count() == 1


@pytest.mark.parametrize(
    ("state", "why"),
    [(Dispute.OPEN, "until it decides"), (Dispute.LOST, "there is nothing left to give back")],
)
def test_giving_back_is_not_offered_for_a_payment_the_bank_disputes(staff, paid, work, state, why):
    store, path = staff("store"), f"/staff/orders/{paid.number}"
    assert "Give money back" in page(store, path)
    with work():
        order_by_number(paid.number).dispute = state
    shown = page(store, path)
    assert "Give money back" not in shown
    assert why in shown


def test_an_order_that_needs_a_look_says_why_and_can_be_accepted(staff, work):
    store = staff("store")
    with work():
        shirt = shelf("shirt", 3000, 1)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        stock.put_back(actor=HOUSE, variant_id=shirt, quantity=-1, reason="counted")
        pay(placed.order_id)
    assert "Look for them first" in page(store, f"/staff/orders/{placed.number}")
    assert "Needs a look" in page(store, "/staff")
    path = f"/staff/orders/{placed.number}/accept"
    assert store.post(path, data={"reason": "found it"}).status_code == 409
    with work():
        stock.put_back(actor=HOUSE, variant_id=shirt, quantity=1, reason="behind the curtain")
    assert store.post(path, data={"reason": "found it"}).status_code == 303
    with work():
        assert order_now(placed.order_id).status == "paid"


def test_everybody_does_what_their_role_allows_and_no_more(app, staff, paid):
    finance, catalogue, shopper = staff("finance"), staff("catalogue"), staff()
    assert "Give money back" in page(finance, f"/staff/orders/{paid.number}")
    assert finance.post(f"/staff/orders/{paid.number}/hand-over", data={"reason": "x"}).status_code == 403
    for client in (catalogue, shopper):
        assert client.get("/staff/orders").status_code == 403
        assert client.get(f"/staff/orders/{paid.number}/refund").status_code == 403
        assert client.post(f"/staff/orders/{paid.number}/refund").status_code == 403
    assert app.test_client().get(f"/staff/orders/{paid.number}").status_code == 302
    assert finance.get("/staff/orders/V-0").status_code == 404


def test_a_dashboard_word_for_each_language(staff, paid):
    store = staff("store")
    store.set_cookie("language", "it")
    html = page(store, "/staff/orders")
    assert "Da consegnare" in html and "Ordini" in html
    assert "Camicia" in page(store, f"/staff/orders/{paid.number}")
