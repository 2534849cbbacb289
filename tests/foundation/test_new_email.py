"""The address of an account changes: asked for with the password, proved by the link, told to the old one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from foundation.accounts import actions, links, new_email
from foundation.accounts.errors import AddressTaken, LinkExpired
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_email
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import MailStatus, Message
from tests.foundation.anna import ANNA, SYSTEM, letters, sign_in
from tests.races import at_once, meeting, read_without_lock

NEW = "anna.rossi@example.test"


def ask(client, email=NEW, proof=ANNA["password"]):
    return client.post("/account/email", data={"email": email, "proof": proof})


def newest_link(app):
    found = (re.search(r"http://[^/]+(/account/email/\S+)", one.text) for one in reversed(letters(app)))
    return next(one.group(1) for one in found if one)


def test_it_changes_once_the_link_is_opened_and_the_old_address_is_told(client, app, anna, work):
    sign_in(client)
    elsewhere = app.test_client()
    sign_in(elsewhere)
    with work():
        account_by_email(ANNA["email"]).email_verified_at = account_by_email(ANNA["email"]).created_at
        db.session.query(Message).update({"status": MailStatus.SENT})
    page = client.get("/account/details").text
    assert ANNA["email"] in page and page.count('id="present"') == 1
    answer = ask(client, " Anna.Rossi@example.test ")
    assert answer.status_code == 303
    assert f"We wrote to {NEW.replace('anna.rossi', 'Anna.Rossi')}" in client.get(answer.location).text
    path = newest_link(app)
    with work():
        assert account_by_email(ANNA["email"]) is not None, "nothing changes before the link is used"
        assert letters(app)[-1].recipient == NEW and letters(app)[-1].carries_key
    reader = app.test_client()
    assert "Is this your new address?" in reader.get(path).text
    italian = reader.get(path, headers={"Accept-Language": "it"}).text
    assert "È questo il tuo nuovo indirizzo?" in italian
    answer = client.post(path)
    assert NEW in client.get(answer.location).text, "whoever opened it stays signed in"
    assert elsewhere.get("/account/details").status_code == 302, "everybody else is signed out"
    with work():
        account = account_by_email(NEW)
        assert account_by_email(ANNA["email"]) is None and account.email_verified_at is not None
        last = letters(app)[-1]
        assert last.recipient == ANNA["email"] and NEW not in last.text
        sent = db.session.scalars(select(Message.recipient).where(Message.status == MailStatus.SENT)).all()
        assert set(sent) == {NEW}, "letters of the account are told and forgotten with it"
        acts = db.session.scalars(select(AuditRow).where(AuditRow.action.like("accounts.%_email"))).all()
        assert {one.action for one in acts} >= {"accounts.request_email", "accounts.change_email"}
        assert all(NEW not in f"{one.before}{one.after}{one.reason}" for one in acts)
    assert client.get(path).status_code == 410 and client.post(path).status_code == 410
    assert sign_in(app.test_client(), ANNA | {"email": NEW}).status_code == 303
    assert sign_in(app.test_client()).status_code == 422


def test_an_address_with_an_account_answers_as_a_free_one_and_only_its_owner_is_told(
    clock, client, app, anna, work
):
    with work():
        actions.sign_up(
            actor=SYSTEM, language="en", name="Carla", email="carla@example.test", password="una frase lunga"
        )
    sign_in(client)
    said = []
    for email in ("carla@example.test", "nobody@example.test"):
        answer = ask(client, email)
        said.append(
            (answer.status_code, answer.location, client.get(answer.location).text.replace(email, ""))
        )
    strip = re.compile(r'value="[^"]*"')
    assert said[0][:2] == said[1][:2]
    assert strip.sub("", said[0][2]) == strip.sub("", said[1][2])
    to_carla = letters(app)[-2]
    assert to_carla.recipient == "carla@example.test"
    assert "belongs to one already" in to_carla.text and "/account/email/" not in to_carla.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"proof": "something else"}, "That is not your present password."),
        ({"email": ANNA["email"].upper()}, "That is your address already."),
        ({"email": "anna@test"}, "This does not look like an e-mail address."),
        ({"proof": ""}, "Type your present password."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(client, app, anna, typed, told):
    sign_in(client)
    answer = ask(client, **({"email": NEW} | typed))
    assert answer.status_code == 422 and told in answer.text
    assert len(letters(app)) == 1


def test_a_link_dies_with_the_password_and_an_address_taken_meanwhile_is_said(client, app, anna, work):
    sign_in(client)
    ask(client)
    path = newest_link(app)
    with work():
        actions.sign_up(actor=SYSTEM, language="en", name="Carla", email=NEW, password="una frase lunga")
    assert "There is an account with this address already" in client.get(client.post(path).location).text
    with work():
        assert account_by_email(ANNA["email"]) is not None
        account = account_by_email(ANNA["email"])
        actions.change_password(
            actor=SYSTEM, account=account, present=ANNA["password"], new="another sentence"
        )
    assert client.get(path).status_code == 410


@pytest.fixture
def opened_twice(app, anna, work):
    """One link in two windows at once: the errors, and the letters to the old address."""

    def run():
        with work():
            token = links.email_token(account_by_email(ANNA["email"]), NEW)

        def change():
            new_email.change_email(token=token)

        met = at_once(app, change, change)
        with work():
            old = select(func.count(Message.id)).where(Message.recipient == ANNA["email"])
            return [type(error) for error in met], db.session.scalar(old) - 1

    return run


def test_opened_twice_at_once_it_changes_once(opened_twice):
    assert opened_twice() == ([LinkExpired], 1)


def test_without_the_lock_it_changes_twice(opened_twice, monkeypatch):
    """The twin."""
    monkeypatch.setattr(new_email, "lock_rows", meeting(read_without_lock))
    assert opened_twice() == ([], 2)


def test_two_accounts_that_want_one_address_at_once_do_not_both_get_it(app, anna, work):
    with work():
        carla = actions.sign_up(
            actor=SYSTEM, language="en", name="Carla", email="carla@example.test", password="una frase lunga"
        )
        tokens = [links.email_token(one, NEW) for one in (carla, account_by_email(ANNA["email"]))]
    met = at_once(app, *(lambda token=token: new_email.change_email(token=token) for token in tokens))
    assert [type(error) for error in met] == [AddressTaken]
    with work():
        assert db.session.scalar(select(func.count(Account.id)).where(Account.email == NEW)) == 1
