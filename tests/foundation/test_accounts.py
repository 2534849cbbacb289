"""People: sign up, in and out, prove an address, forget a password, confirm before money moves."""

from __future__ import annotations

import re
import runpy
import threading

import pyotp
import pytest
from argon2 import extract_parameters
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY
from sqlalchemy import select

from foundation import clock as shop_clock
from foundation.accounts import actions, passwords
from foundation.accounts.confirmation import note_confirmed, recently_confirmed
from foundation.accounts.errors import LinkExpired, WrongCode
from foundation.accounts.models import Account
from foundation.accounts.permissions import GRANTS, MOVES_MONEY, Permission, Role
from foundation.accounts.queries import account_by_email
from foundation.db import db, unit_of_work
from foundation.web.redirects import own_path
from tests.foundation.anna import ANNA, SYSTEM, letters, sign_in


def link_in(letter):
    return re.search(r"http://[^/]+(/account/\S+)", letter.text).group(1)


def test_a_person_signs_up_and_is_signed_in(client, app):
    answer = client.post("/account/sign-up", data=ANNA)
    assert answer.status_code == 303
    assert "Anna Rossi" in client.get("/account/").text
    (letter,) = letters(app)
    assert letter.recipient == ANNA["email"]


def test_an_address_belongs_to_one_account_however_it_is_capitalised(client, anna):
    answer = client.post("/account/sign-up", data=ANNA | {"email": "ANNA@example.test"})
    assert answer.status_code == 422
    assert "There is an account with this address already" in answer.text


def test_what_was_typed_stays_in_a_refused_form_but_for_the_password(client):
    answer = client.post("/account/sign-up", data=ANNA | {"email": "no address"})
    assert answer.status_code == 422
    assert 'value="Anna Rossi"' in answer.text
    assert "This does not look like an e-mail address." in answer.text
    assert ANNA["password"] not in answer.text


def test_the_pages_speak_italian(client):
    page = client.get("/account/sign-in", headers={"Accept-Language": "it"}).text
    assert 'lang="it"' in page
    assert "Sign in" not in page


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, anna):
    wrong = sign_in(client, password="something else")
    unknown = sign_in(client, {"email": "nobody@example.test", "password": "something else"})
    sentence = "E-mail and password do not match."
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_a_password_is_kept_as_dearly_as_is_advised_and_an_older_hash_is_made_anew(app, anna):
    outside_of_the_tests = runpy.run_path(passwords.__file__)["HASHER"]
    other = outside_of_the_tests.hash(anna["password"])
    assert extract_parameters(other) == RFC_9106_LOW_MEMORY
    with app.app_context(), unit_of_work():
        account = account_by_email(anna["email"])
        account.password_hash = other
        actions.check_credentials(email=anna["email"], password=anna["password"])
        assert extract_parameters(account.password_hash) == CHEAPEST
        assert actions.check_credentials(email=anna["email"], password=anna["password"]) is account


def test_the_eleventh_try_has_to_wait_and_a_refused_log_in_keeps_the_count(client, anna, clock):
    for _ in range(10):
        assert sign_in(client, password="guess after guess").status_code == 422
    assert sign_in(client).status_code == 429
    clock.advance(minutes=15)
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize(
    ("wish", "end"),
    [
        ("/studio?x=1", "/studio?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_nobody_is_sent_to_another_house_after_signing_in(wish, end):
    assert own_path(wish, "shop.example") == end


def test_the_reader_comes_back_to_the_page_that_asked(client, anna):
    asked = client.get("/account/")
    assert asked.status_code == 302
    answer = client.post(asked.headers["Location"], data=ANNA)
    assert answer.headers["Location"] == "/account/"


def test_a_part_of_a_page_that_needs_an_account_sends_the_whole_page_to_the_door(client):
    part = {"HX-Request": "true", "HX-Current-URL": "http://localhost/account?of=all"}
    answer = client.get("/account/", headers=part)
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["HX-Redirect"] == "/account/sign-in?next=/account?of%3Dall"
    abroad = client.get("/account/", headers=part | {"HX-Current-URL": "https://evil.example/x"})
    assert abroad.headers["HX-Redirect"] == "/account/sign-in?next=/"


def test_a_form_sent_without_an_account_comes_back_to_its_page_and_not_to_its_address(client):
    answer = client.post("/account/details", headers={"Referer": "http://localhost/account"})
    assert answer.headers["Location"].endswith("/account/sign-in?next=/account")


def test_an_error_takes_the_whole_page_whatever_part_was_asked_for(client):
    answer = client.get("/nowhere", headers={"HX-Request": "true"})
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reselect"]) == ("body", "body")


@pytest.mark.parametrize(
    ("roles", "landing"), [((), "/account/"), ((Role.STORE,), "/staff"), ((Role.FINANCE,), "/staff")]
)
def test_whoever_signs_in_lands_where_they_work(client, account, roles, landing):
    account("luca@example.test", *roles, password=ANNA["password"])
    luca = ANNA | {"email": "luca@example.test"}
    assert sign_in(client, luca).headers["Location"] == landing
    page = client.get("/account/").text
    assert ('href="/staff"' in page) == (landing == "/staff")
    assert sign_in(client, luca, next="/cart").headers["Location"] == "/cart"


def test_opening_the_mailed_link_proves_nothing_until_the_button_is_pressed(client, app, anna):
    path = link_in(letters(app)[0])
    assert client.get(path).status_code == 200
    with app.app_context():
        assert account_by_email(ANNA["email"]).email_verified_at is None
    client.post(path)
    client.post(path)
    with app.app_context():
        assert account_by_email(ANNA["email"]).email_verified_at is not None


def test_a_forged_link_is_refused(client, anna):
    assert client.post("/account/verify/forged.token").status_code == 410
    assert client.post("/account/reset/forged", data={"password": "another sentence"}).status_code == 410


def test_a_forgotten_password_is_replaced_once_and_ends_other_sessions(client, app, anna):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    client.post("/account/forgotten", data={"email": ANNA["email"]})
    path = link_in(letters(app)[-1])
    assert client.post(path, data={"password": "another sentence"}).status_code == 303
    assert elsewhere.get("/account/").status_code == 302
    assert client.post(path, data={"password": "a third sentence"}).status_code == 410
    assert sign_in(app.test_client(), password="another sentence").status_code == 303


def test_a_reset_link_that_was_used_or_is_too_old_says_so_at_once_and_asks_for_a_new_one(
    client, app, anna, monkeypatch
):
    client.post("/account/forgotten", data={"email": ANNA["email"]})
    path = link_in(letters(app)[-1])
    assert 'name="password"' in client.get(path).text
    client.post(path, data={"password": "another sentence"})
    used = app.test_client().get(path)
    assert used.status_code == 410
    assert "This link has done its work" in used.text
    assert 'action="/account/forgotten"' in used.text
    assert 'name="password"' not in used.text
    italian = app.test_client().get(path, headers={"Accept-Language": "it"})
    assert "Questo link ha già fatto il suo lavoro" in italian.text

    client.post("/account/forgotten", data={"email": ANNA["email"]})
    newest = link_in(letters(app)[-1])
    assert app.test_client().get(newest).status_code == 200
    monkeypatch.setattr(actions.links, "RESET_SECONDS", -1)
    assert app.test_client().get(newest).status_code == 410


def test_a_confirmation_link_that_proves_nothing_says_so_at_once(client, anna):
    answer = client.get("/account/verify/forged.token")
    assert answer.status_code == 410
    assert "This link is too old" in answer.text
    assert "Sign in, and ask for a new one" in answer.text


def use_twice_at_once(app):
    with app.app_context():
        token = actions.links.reset_token(account_by_email(ANNA["email"]))
    outcomes = []
    gate = threading.Barrier(2)

    def use(password):
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work():
                    actions.reset_password(token=token, password=password)
                outcomes.append("changed")
            except LinkExpired:
                outcomes.append("expired")

    threads = [threading.Thread(target=use, args=(f"sentence number {n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_a_reset_link_used_twice_at_once_changes_the_password_once(app, anna):
    assert use_twice_at_once(app) == ["changed", "expired"]


def test_without_the_lock_a_reset_link_changes_the_password_twice(app, anna, monkeypatch):
    """The twin: both find that the link still fits before either has changed anything."""
    both_have_found = threading.Barrier(2)

    def unlocked(model, ids):
        found = [actions.db.session.get(model, ids[0])]
        both_have_found.wait(timeout=10)
        return found

    monkeypatch.setattr(actions, "lock_rows", unlocked)
    assert use_twice_at_once(app) == ["changed", "changed"]


def test_an_unknown_address_gets_no_letter_and_the_same_answer(client, app):
    answer = client.post("/account/forgotten", data={"email": "nobody@example.test"})
    assert answer.status_code == 303
    assert letters(app) == []


def test_signing_out_everywhere_ends_every_session(client, app, anna):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    sign_in(client)
    answer = client.post("/account/sign-out-everywhere")
    assert answer.headers["Clear-Site-Data"] == '"storage"', "drafts kept in the browser go, too"
    assert client.get("/account/").status_code == 302
    assert elsewhere.get("/account/").status_code == 302


def test_changing_the_password_needs_the_present_one_and_keeps_this_session(client, anna):
    sign_in(client)
    new = {"password": "another sentence", "again": "another sentence"}
    assert client.post("/account/password", data=new | {"present": "wrong"}).status_code == 422
    assert client.post("/account/password", data=new | {"present": ANNA["password"]}).status_code == 303
    assert client.get("/account/").status_code == 200


def test_a_letter_is_written_in_the_language_of_whoever_gets_it(app, anna):
    (letter,) = letters(app)
    assert letter.language == "it"
    assert "Hello" not in letter.text
    assert letter.text.split("\n")[0] in letter.html


def test_a_one_time_code_opens_one_door_once(app, anna):
    with app.app_context():
        with unit_of_work():
            account = account_by_email(ANNA["email"])
            secret = actions.begin_second_factor(actor=SYSTEM, account=account)
        code = pyotp.TOTP(secret).at(shop_clock.machine())
        with unit_of_work():
            actions.use_second_factor(actor=SYSTEM, account=account_by_email(ANNA["email"]), code=code)
        with pytest.raises(WrongCode), unit_of_work():
            actions.use_second_factor(actor=SYSTEM, account=account_by_email(ANNA["email"]), code=code)


@pytest.mark.parametrize("code", ["", "000000", "12345", "à²³", "1" * 12])
def test_a_wrong_code_is_refused(app, anna, code):
    with app.app_context():
        with unit_of_work():
            actions.begin_second_factor(actor=SYSTEM, account=account_by_email(ANNA["email"]))
        with pytest.raises(WrongCode), unit_of_work():
            actions.use_second_factor(actor=SYSTEM, account=account_by_email(ANNA["email"]), code=code)


def test_only_owners_hold_every_permission_and_shoppers_none():
    assert GRANTS[Role.OWNER] == frozenset(Permission)
    assert all(GRANTS[role] < GRANTS[Role.OWNER] for role in Role if role is not Role.OWNER)
    assert frozenset({Permission.PAYOUTS_APPROVE}) <= MOVES_MONEY
    assert Permission.PAYOUTS_APPROVE not in GRANTS[Role.STORE]


def test_the_roles_of_an_account_are_its_permissions(app, anna):
    with app.app_context():
        with unit_of_work():
            account = account_by_email(ANNA["email"])
            actions.grant_role(actor=SYSTEM, account_id=account.id, role=Role.CATALOGUE, reason="hired")
        db.session.expire_all()
        account = account_by_email(ANNA["email"])
        assert account.permissions == GRANTS[Role.CATALOGUE]
        with unit_of_work():
            actions.withdraw_role(actor=SYSTEM, account_id=account.id, role=Role.CATALOGUE, reason="left")
        db.session.expire_all()
        assert account_by_email(ANNA["email"]).permissions == frozenset()


def test_the_staff_desk_is_closed_to_shoppers(client, anna):
    sign_in(client)
    assert client.get("/staff").status_code == 403
    assert client.get("/staff/jobs/").status_code == 403


def test_a_closed_account_opens_nothing(app, client, anna):
    with app.app_context(), unit_of_work():
        db.session.scalars(select(Account)).one().closed_at = shop_clock.now()
    assert sign_in(client).status_code == 422


def test_a_name_cannot_put_a_link_or_a_paragraph_into_a_letter_of_ours(app, client):
    name = "you won [Claim your prize](http://evil.example/x)\n\n# Now"
    client.post("/account/sign-up", data=ANNA | {"name": name})
    (letter,) = letters(app)
    assert 'href="http://evil.example' not in letter.html
    assert "you won [Claim your prize](http://evil.example/x) # Now" in letter.text
    assert letter.html.count("<h1") == 0


def test_a_confirmed_second_factor_is_not_handed_to_the_next_account(app, anna):
    with app.app_context(), unit_of_work():
        other = ANNA | {"email": "paola@example.test"}
        actions.sign_up(actor=SYSTEM, language="en", **other)
    with app.test_request_context():
        first, second = account_by_email(ANNA["email"]), account_by_email("paola@example.test")
        note_confirmed(first)
        assert recently_confirmed(first)
        assert not recently_confirmed(second)


def test_a_space_that_a_phone_adds_to_an_address_is_forgiven_and_a_name_of_spaces_is_not(client, anna):
    assert sign_in(client, ANNA | {"email": "anna@example.test "}).status_code == 303
    answer = client.post("/account/sign-up", data=ANNA | {"email": "new@example.test", "name": "   "})
    assert "What may we call you?" in answer.text
