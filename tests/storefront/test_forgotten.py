"""What the shop knows of a person: shown, carried away, and forgotten at their wish."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from foundation import clock as shop_clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.passwords import hash_password
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from foundation.privacy import actions as privacy
from foundation.privacy.jobs import forget_what_may_go_now_daily
from storefront.cart import actions as cart
from storefront.cart.models import CartLine
from storefront.cart.policy import Choice
from storefront.notices.models import StockNotice
from storefront.orders import actions as orders
from storefront.orders.models import Handover, Order
from storefront.orders.privacy import GUARANTEE
from storefront.reviews.models import Review, ReviewPicture
from storefront.wishes.actions import add_wish
from storefront.wishes.models import Wish
from tests.races import at_once, meeting, read_without_lock
from tests.storefront.goods import CONTACT, HOUSE, pay, piece, place, shelf
from tests.storefront.test_reviews import say

PASSWORD = "correct horse battery"
ANNA = "anna@example.test"


@pytest.fixture
def anna(account, work) -> int:
    """Anna, who proved her address."""
    with work():
        row = db.session.get_one(Account, account)
        row.email, row.name = ANNA, "Anna Moro"
        row.email_verified_at = shop_clock.now()
        row.password_hash = hash_password(PASSWORD)
    return account


def bought(account_id: int | None, *, what: str = "coat", deliver: bool = True) -> int:
    """A coat Anna bought, signed in or as a guest; the order's id."""
    coat = shelf(what, 9000, 50)
    contact = CONTACT._replace(
        email=ANNA, name="Anna Moro", phone="+39 011 123456", note="Ring twice.", gift_message="Auguri, Ada."
    )
    session = f"cs_{account_id}_{deliver}"
    placed = place([piece(coat, 9000)], account_id=account_id, session_id=session, contact=contact)
    pay(placed.order_id)
    if deliver:
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="courier")
        say(placed, height_cm=168, usual_size="M")
    return placed.order_id


def live(anna: int) -> None:
    """Everything a shopper leaves behind."""
    person = Actor.person(anna, "Anna Moro")
    bought(anna)
    sock, shirt = shelf("sock", 900), shelf("shirt", 3000, 0)
    cart.add_pieces(actor=person, visit=None, account_id=anna, choices=[Choice(sock)])
    product_id = db.session.scalar(text("SELECT product_id FROM variants WHERE id = :id"), {"id": sock})
    add_wish(actor=person, visit=None, account_id=anna, product_id=product_id)
    db.session.add(StockNotice(variant_id=shirt, email=ANNA, language="en", asked_at=shop_clock.now()))
    db.session.add(
        ReviewPicture(
            review_id=db.session.scalars(select(Review.id)).one(),
            position=1,
            small_key="a",
            medium_key="b",
            large_key="c",
            width=1,
            height=1,
        )
    )
    db.session.flush()


def forget_anna(client, password: str = PASSWORD):
    return client.post("/account/privacy/forget", data={"password": password})


def test_the_file_tells_everything_and_nothing_of_others(anna, client_of, work):
    with work():
        live(anna)
        other = CONTACT._replace(email="paola@example.test", name="Paola Neri")
        place([piece(shelf("dress", 7000), 7000)], contact=other)
    answer = client_of(anna).get("/account/privacy/data.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    file = answer.json
    assert file["account"][0]["email"] == ANNA
    assert [order["name"] for order in file["orders"]] == ["Anna Moro"]
    assert file["orders"][0]["note"] == "Ring twice."
    assert file["orders"][0]["gift_message"] == "Auguri, Ada."
    assert file["orders"][0]["pieces"][0]["piece"] == "Shirt"
    assert [len(file[name]) for name in ("bag", "wishes", "notices", "reviews")] == [1, 1, 1, 1]
    assert "Paola" not in answer.text
    page = client_of(anna).get("/account/privacy").text
    assert "Forget me" in page
    assert "two years of the legal guarantee" in page


def test_what_a_guest_bought_under_an_address_nobody_proved_is_told_to_nobody(anna, client_of, work):
    with work():
        bought(None)
    assert len(client_of(anna).get("/account/privacy/data.json").json["orders"]) == 1
    with work():
        db.session.get_one(Account, anna).email_verified_at = None
    assert client_of(anna).get("/account/privacy/data.json").json["orders"] == []


def test_what_was_sold_to_nobody_by_name_is_told_to_nobody_and_stays_so(anna, client_of, work):
    with work():
        order = db.session.get_one(Order, bought(None))
        order.email = order.name = ""
        db.session.get_one(Account, anna).email_verified_at = None
    assert client_of(anna).get("/account/privacy/data.json").json["orders"] == []
    assert forget_anna(client_of(anna)).status_code == 303
    with work():
        assert db.session.scalars(select(Order.account_id)).one() is None


def test_who_is_forgotten_leaves_nothing_but_what_the_law_wants(anna, client_of, client, work):
    with work():
        live(anna)
        bought(None, what="dress")
    owner = client_of(anna)
    answer = forget_anna(owner)
    assert answer.status_code == 303
    assert "we have forgotten you" in owner.get("/").text
    assert owner.get("/account/").status_code == 302, "nobody is signed in any more"
    with work():
        row = db.session.get_one(Account, anna)
        assert (row.email, row.name, row.password_hash) == (f"former-{anna}@invalid", "", "!")
        assert row.closed_at is not None
        for table in (CartLine, Wish, StockNotice, ReviewPicture):
            assert db.session.scalars(select(table)).all() == []
        for review in db.session.scalars(select(Review)):
            assert (review.signed, review.height_cm, review.account_id) == ("", None, None)
            assert "Warm" in review.words
        kept = db.session.scalars(select(Order)).all()
        assert {order.account_id for order in kept} == {anna}, "the guest's order goes the same way"
        assert {(order.name, order.phone) for order in kept} == {("Anna Moro", "")}
        labels = db.session.scalars(select(AuditRow.actor_label).where(AuditRow.actor_account_id == anna))
        assert set(labels) == {"former account"}
        (letter,) = db.session.scalars(select(Message).where(Message.recipient == ANNA))
        assert letter.subject == "Your account is closed"
    assert "Somebody who bought it" in client.get("/shop/coat").text
    assert "Anna" not in client.get("/shop/coat").text
    signed_in = client.post("/account/sign-in", data={"email": ANNA, "password": PASSWORD})
    assert signed_in.status_code == 422
    fresh = {"email": ANNA, "password": PASSWORD, "name": "Anna"}
    assert client.post("/account/sign-up", data=fresh).status_code == 303, "the address is free again"


def test_the_name_on_an_order_goes_when_the_guarantee_has_run_out(anna, client_of, work, clock):
    with work():
        bought(anna)
    forget_anna(client_of(anna))
    clock.advance(seconds=(GUARANTEE - timedelta(hours=1)).total_seconds())
    with work():
        forget_what_may_go_now_daily()
        assert db.session.scalars(select(Order.name)).one() == "Anna Moro"
    clock.advance(hours=2)
    with work():
        forget_what_may_go_now_daily()
    with work():
        order = db.session.scalars(select(Order)).one()
        assert (order.name, order.email, order.street) == ("", "", "")
        assert "email" not in order.checkout_request
        assert order.total_minor == 9000, "sums stay"


def test_nobody_loses_a_name_who_did_not_ask(anna, work, clock):
    with work():
        bought(anna)
    clock.advance(seconds=2 * GUARANTEE.total_seconds())
    with work():
        forget_what_may_go_now_daily()
        assert db.session.scalars(select(Order.name)).one() == "Anna Moro"


def test_what_is_open_is_said_and_nothing_happens(anna, client_of, work):
    with work():
        bought(anna, deliver=False)
    page = client_of(anna).get("/account/privacy").text
    assert "Not everything is over with V-" in page
    assert 'name="password"' not in page
    assert forget_anna(client_of(anna)).status_code == 409
    with work():
        assert db.session.get_one(Account, anna).closed_at is None


def test_a_wrong_password_forgets_nothing(anna, client_of, work):
    answer = forget_anna(client_of(anna), "wrong horse battery")
    assert answer.status_code == 422
    assert "That is not your present password." in answer.text
    assert forget_anna(client_of(anna), "").status_code == 422
    with work():
        assert db.session.get_one(Account, anna).closed_at is None


def test_who_works_here_hands_back_the_keys_first(anna, client_of, work):
    with work():
        db.session.add(
            RoleGrant(account_id=anna, role=Role.OWNER, granted_by="test", granted_at=shop_clock.now())
        )
    assert "You work in this shop." in client_of(anna).get("/account/privacy").text
    assert forget_anna(client_of(anna)).status_code == 409


def test_the_books_of_acts_take_no_other_change(anna, work):
    with work():
        bought(anna)
    for values in ({"actor_label": "somebody else"}, {"actor_label": "former account", "action": "x"}):
        with pytest.raises(Exception, match="append-only") as refused, work():
            db.session.execute(update(AuditRow).values(values))
        assert isinstance(refused.value.__cause__ or refused.value, Exception)
    with pytest.raises(Exception, match="append-only"), work():
        db.session.execute(text("DELETE FROM audit_rows"))


@pytest.fixture
def forgotten_twice(app, work, anna, monkeypatch):
    """The button is pressed in two windows, both with the right password: how often the books say so."""
    monkeypatch.setattr(privacy, "matches", meeting(privacy.matches))

    def run() -> int:
        def press() -> None:
            privacy.forget(account=db.session.get_one(Account, anna), password=PASSWORD)

        assert at_once(app, press, press) == []
        with work():
            acts = select(AuditRow.id).where(AuditRow.action == "privacy.forget")
            return len(db.session.scalars(acts).all())

    return run


def test_pressing_twice_at_once_forgets_once(forgotten_twice):
    assert forgotten_twice() == 1


def test_without_the_lock_it_would_be_forgotten_twice(forgotten_twice, monkeypatch):
    """The twin."""
    monkeypatch.setattr(privacy, "lock_rows", meeting(read_without_lock))
    assert forgotten_twice() == 2


def test_letters_to_an_address_nobody_proved_are_told_to_nobody(anna, client_of, work):
    with work():
        bought(None)
        db.session.get_one(Account, anna).email_verified_at = None
        assert db.session.scalars(select(Message.id).where(Message.recipient == ANNA)).all()
    assert client_of(anna).get("/account/privacy/data.json").json["letters"] == []
    assert "V-" not in client_of(anna).get("/account/messages").text
    assert forget_anna(client_of(anna)).status_code == 303
    with work():
        assert len(db.session.scalars(select(Message.id).where(Message.recipient == ANNA)).all()) > 1


def test_a_letter_that_opens_the_account_is_read_in_the_mailbox_alone(anna, client_of, client, work):
    client.post("/account/forgotten", data={"email": ANNA})
    with work():
        (letter,) = db.session.scalars(select(Message).where(Message.recipient == ANNA))
        assert "/account/reset/" in letter.text
    owner = client_of(anna)
    assert "/account/reset/" not in owner.get("/account/messages").text
    told = owner.get("/account/privacy/data.json")
    assert "/account/reset/" not in told.text
    assert len(told.json["letters"]) == 1
