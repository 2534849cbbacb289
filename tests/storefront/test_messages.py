"""What a shopper and the shop write one another about an order."""

import re

import pytest
from sqlalchemy import select

from foundation import ids
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db
from storefront.messages import actions
from storefront.messages.models import Conversation, ConversationMessage, Writer
from storefront.orders.models import Order
from tests.races import at_once
from tests.storefront.goods import CONTACT, pay, piece, place, shelf

MARTA = Actor.staff(1, "Marta Conti")


@pytest.fixture
def order(work) -> Order:
    """A paid order of Anna's, with its token and number at hand."""
    with work():
        placed = place([piece(shelf("coat", 9000), 9000)], contact=CONTACT._replace(language="it"))
        pay(placed.order_id)
        found = db.session.get_one(Order, placed.order_id)
        db.session.expunge(found)
    return found


@pytest.fixture
def carla(desk_of):
    """A member of staff who looks after orders."""
    return desk_of(Role.STORE)


def form_of(page: str) -> dict[str, str]:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert found
    return {"form_key": found[1]}


def write(client, order: Order, words: str):
    address = f"/orders/{order.token}/messages"
    return client.post(address, data=form_of(client.get(address).text) | {"words": words})


def test_a_question_waits_for_staff_and_the_answer_comes_by_letter(client, carla, order, outbox, work):
    assert "Write to us" in client.get(f"/orders/{order.token}").text
    assert write(client, order, "Does it come with a belt?").status_code == 303
    desk = carla.get("/staff/messages").text
    assert "Does it come with a belt?" in desk
    assert f"about {order.number}" in carla.get("/staff").text
    page = carla.get(f"/staff/messages/{order.number}").text
    answer = form_of(page) | {"words": "Yes, in the same cloth."}
    assert carla.post(f"/staff/messages/{order.number}", data=answer).status_code == 303
    assert "Does it come" not in carla.get("/staff/messages").text
    assert "Yes, in the same cloth." in carla.get("/staff/messages?status=answered").text
    letter = outbox(to=CONTACT.email)[-1]
    assert letter.subject == f"Una risposta sull’ordine {order.number}"
    assert "Yes, in the same cloth." in letter.text
    assert f"/orders/{order.token}/messages" in letter.text
    seen = client.get(f"/orders/{order.token}/messages").text
    assert "Yes, in the same cloth." in seen
    assert "Carla" in seen
    write(client, order, "Lovely, thank you.")
    with work():
        assert db.session.scalars(select(Conversation.status)).one() == "waiting"
        assert len(db.session.scalars(select(ConversationMessage)).all()) == 3


def test_what_needs_no_answer_is_closed_and_opens_when_the_shopper_writes_again(client, carla, order, work):
    assert carla.post(f"/staff/messages/{order.number}/close").status_code == 404
    write(client, order, "Thank you!")
    assert carla.post(f"/staff/messages/{order.number}/close").status_code == 303
    assert carla.post(f"/staff/messages/{order.number}/close").status_code == 409
    assert "Nobody waits" in carla.get("/staff/messages").text
    write(client, order, "One more thing.")
    with work():
        assert db.session.scalars(select(Conversation.status)).one() == "waiting"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Write something first."),
        ("   \n ", "Write something first."),
        ("x" * 2001, "Keep it under 2,000 characters."),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(client, order, work, words, said):
    answer = write(client, order, words)
    assert answer.status_code == 422
    assert said in answer.text
    assert words.strip() in answer.text
    with work():
        assert db.session.scalars(select(ConversationMessage)).all() == []


def test_what_is_typed_is_shown_as_typed_and_runs_nowhere(client, carla, order):
    write(client, order, "<script>alert(1)</script> مرحبا [x](javascript:1)")
    for page in (
        client.get(f"/orders/{order.token}/messages").text,
        carla.get(f"/staff/messages/{order.number}").text,
    ):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


def test_an_answer_cannot_put_a_link_of_its_own_into_the_letter_as_markup(carla, order, outbox):
    page = carla.get(f"/staff/messages/{order.number}").text
    words = "# Big\n\n<b>bold</b>"
    carla.post(f"/staff/messages/{order.number}", data=form_of(page) | {"words": words})
    letter = outbox(to=CONTACT.email)[-1]
    assert "<b>bold</b>" not in letter.html


def test_an_account_reads_its_messages_and_letters(account, client_of, client, work):
    with work():
        placed = place([piece(shelf("coat", 9000), 9000)], account_id=account)
        pay(placed.order_id)
        mine = db.session.get_one(Order, placed.order_id)
        actions.answer(actor=MARTA, order=mine, words="It is on its way.", form_key=ids.token())
        number = mine.number
    page = client_of(account).get("/account/messages").text
    assert number in page
    assert "It is on its way." in page
    assert 'href="/account/messages"' in client_of(account).get("/account/").text
    assert client.get("/account/messages").status_code == 302


@pytest.fixture
def sent_twice(app, work, order, outbox):
    """One answer is sent twice at once: how many messages and how many letters there are then."""

    def run() -> tuple[int, int]:
        key, before = ids.token(), len(outbox(to=CONTACT.email))

        def press() -> None:
            actions.answer(actor=MARTA, order=db.session.get_one(Order, order.id), words="Yes.", form_key=key)

        at_once(app, press, press)
        with work():
            written = db.session.scalars(select(ConversationMessage)).all()
        return len(written), len(outbox(to=CONTACT.email)) - before

    return run


def test_an_answer_sent_twice_at_once_is_one_message_and_one_letter(sent_twice):
    assert sent_twice() == (1, 1)


def test_without_the_key_of_the_form_it_would_be_two(sent_twice, monkeypatch):
    """The twin: each press has a key of its own, as if the form had none."""
    say = actions._say

    def say_anew(talk: Conversation, writer: Writer, signed: str, words: str, _key: str) -> bool:
        return say(talk, writer, signed, words, ids.token())

    monkeypatch.setattr(actions, "_say", say_anew)
    assert sent_twice() == (2, 2)


def test_a_shoppers_name_becomes_no_link_and_no_picture_in_our_letter(work, outbox):
    name = "[Claim-your-refund](https://evil.example) ![x](https://evil.example/x.png)"
    with work():
        contact = CONTACT._replace(name=name, email="eve@example.test")
        placed = place([piece(shelf("coat", 9000), 9000)], contact=contact)
        pay(placed.order_id)
        order = db.session.get_one(Order, placed.order_id)
        words = "First.\n\nSecond <b>bold</b>."
        actions.answer(actor=MARTA, order=order, words=words, form_key=ids.token())
    for letter in outbox(to="eve@example.test"):
        assert 'href="https://evil.example"' not in letter.html
        assert "<img" not in letter.html
    assert "First." in letter.html and "<p>Second" in letter.html
    assert "[Claim-your-refund](https://evil.example)" in letter.text


def test_nobody_writes_about_an_order_that_was_not_paid(client, work):
    with work():
        placed = place([piece(shelf("coat", 9000), 9000)], session_id="cs_unpaid")
        order = db.session.get_one(Order, placed.order_id)
        db.session.expunge(order)
    assert write(client, order, "Hello").status_code == 409
    with work():
        assert db.session.scalars(select(ConversationMessage)).all() == []


def test_staff_are_told_when_a_letter_would_reach_nobody(carla, order, work):
    page = carla.get(f"/staff/messages/{order.number}").text
    with work():
        db.session.get_one(Order, order.id).email = ""
    answer = carla.post(f"/staff/messages/{order.number}", data=form_of(page) | {"words": "Hello"})
    assert answer.status_code == 409
    assert "a letter reaches nobody" in answer.text


def test_a_list_asks_for_the_last_word_alone_however_much_was_said(work, order, carla, statements):
    with work():
        for number in range(30):
            actions.write_to_shop(
                actor=Actor.guest(), order=order, words=f"Word {number}", form_key=ids.token()
            )
    carla.get("/staff/messages")
    with statements() as seen:
        page = carla.get("/staff/messages").text
    assert "Word 29" in page and "Word 28" not in page
    asked = [one for one in seen.sql if "conversation_messages" in one]
    assert len(asked) == 1 and "max(" in asked[0]
