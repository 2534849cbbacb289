"""The pages on which an account keeps its addresses."""

from __future__ import annotations

import re

from foundation.accounts.models import Account
from foundation.accounts.passwords import hash_password
from foundation.db import db
from storefront.addresses.actions import MOST
from storefront.addresses.models import Address
from storefront.addresses.queries import addresses_of
from tests.editors.conftest import make_account
from tests.storefront.test_addresses import kept, names

TYPED = {
    "first": "Anna",
    "last": "Moro",
    "street": "Via Po 1",
    "postcode": "10123",
    "city": "Torino",
    "country": "IT",
}
MINE = "/account/addresses"


def seen_in(page: str) -> str:
    return str(re.findall(r'name="seen"[^>]*value="([^"]*)"', page)[0])


def test_an_address_is_kept_changed_and_made_the_first_on_its_pages(account, client_of, work):
    browser = client_of(account)
    assert "No address yet" in browser.get(MINE).text
    assert browser.post(f"{MINE}/new", data=TYPED).location == MINE
    page = browser.get(MINE).text
    assert "Your address is kept." in page
    assert page.count("First at the checkout") == 1
    other = TYPED | {"street": "Via Roma 2", "first_choice": "y"}
    browser.post(f"{MINE}/new", data=other)
    with work():
        assert names(account) == [("Via Roma 2", True), ("Via Po 1", False)]
        first = next(one.id for one in addresses_of(account) if one.street == "Via Po 1")
    browser.post(f"{MINE}/{first}/first")
    form = browser.get(f"{MINE}/{first}").text
    assert 'value="Via Po 1"' in form
    assert browser.post(f"{MINE}/{first}", data=TYPED | {"city": "Asti", "seen": seen_in(form)}).location
    with work():
        kept_now = addresses_of(account)
        assert [(one.city, one.is_default) for one in kept_now] == [("Asti", True), ("Torino", False)]


def test_words_from_right_to_left_and_quotes_are_kept_as_they_are(account, client_of, work):
    words = {"first": "ليلى", "last": 'd\'Arc "la Pucelle"', "street": "شارع ١٢ <b>", "country": "FR"}
    browser = client_of(account)
    assert browser.post(f"{MINE}/new", data=TYPED | words).status_code == 303
    page = browser.get(MINE).text
    assert (
        '<address dir="auto"><strong>ليلى d&#39;Arc &#34;la Pucelle&#34;</strong><br>شارع ١٢ &lt;b&gt;'
        in page
    )
    assert "France" in page
    assert "Francia" in browser.get(MINE, headers={"Accept-Language": "it"}).text


def test_wrong_words_are_told_beside_their_fields_and_everything_typed_is_kept(account, client_of, work):
    browser = client_of(account)
    wrong = TYPED | {"street": "", "phone": "call me", "country": "XX", "city": "Asti"}
    answer = browser.post(f"{MINE}/new", data=wrong)
    assert answer.status_code == 422
    for told in ("Write the street and number.", "Write digits, such as", "Choose a country from the list."):
        assert told in answer.text
    assert 'value="Asti"' in answer.text
    assert 'value="call me"' in answer.text
    with work():
        assert names(account) == []


def test_what_was_taken_away_can_be_kept_again_and_comes_first_as_before(account, client_of, work):
    with work():
        first, _other = kept(account, phone="+39 1"), kept(account, street="Via Roma 2")
    browser = client_of(account)
    page = browser.post(MINE, data={"remove": first}).text
    assert "Via Po 1 is taken away." in page
    with work():
        assert names(account) == [("Via Roma 2", True)]
    assert "is taken away" not in browser.get(MINE).text
    assert browser.post(MINE, data={"remove": first}).location == MINE, "twice is once"
    toast = page[page.index('class="toast"') :].partition("</form>")[0]
    fields_again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', toast))
    assert browser.post(f"{MINE}/new", data=fields_again).status_code == 303
    with work():
        assert names(account) == [("Via Po 1", True), ("Via Roma 2", False)]
        assert addresses_of(account)[0].phone == "+39 1"


def test_two_who_change_one_address_are_told_and_nothing_typed_is_lost(account, client_of, work):
    with work():
        one = kept(account)
    here, there = client_of(account), client_of(account)
    seen = seen_in(here.get(f"{MINE}/{one}").text)
    assert there.post(f"{MINE}/{one}", data=TYPED | {"city": "Asti", "seen": seen}).status_code == 303
    answer = here.post(f"{MINE}/{one}", data=TYPED | {"street": "Via Po 3", "seen": seen})
    assert answer.status_code == 409
    assert "This address was changed meanwhile" in answer.text
    assert "10123 Asti" in answer.text, "what the other wrote"
    assert 'value="Via Po 3"' in answer.text, "what was typed here"
    with work():
        assert [(row.street, row.city) for row in addresses_of(account)] == [("Via Po 1", "Asti")]
    again = TYPED | {"street": "Via Po 3", "seen": seen_in(answer.text)}
    assert here.post(f"{MINE}/{one}", data=again).status_code == 303
    assert here.post(f"{MINE}/{one}", data=again).status_code == 303, "pressing twice is changing once"
    with work():
        assert [(row.street, row.city) for row in addresses_of(account)] == [("Via Po 3", "Torino")]


def test_who_changes_what_was_taken_away_meanwhile_can_keep_it_again(account, client_of, work):
    with work():
        one = kept(account)
    browser = client_of(account)
    seen = seen_in(browser.get(f"{MINE}/{one}").text)
    browser.post(MINE, data={"remove": one})
    answer = browser.post(f"{MINE}/{one}", data=TYPED | {"street": "Via Po 3", "seen": seen})
    assert answer.status_code == 409
    assert "taken away meanwhile" in answer.text
    assert f'action="{MINE}/new"' in answer.text
    assert 'value="Via Po 3"' in answer.text
    assert browser.get(f"{MINE}/{one}").status_code == 404


def test_a_full_list_says_so_before_and_after_typing(account, client_of, work):
    with work():
        for number in range(MOST):
            kept(account, street=f"Via {number}")
    browser = client_of(account)
    page = browser.get(MINE).text
    assert f"You keep {MOST} addresses, as many as we can keep for you." in page
    assert f'href="{MINE}/new"' not in page
    answer = browser.post(f"{MINE}/new", data=TYPED | {"street": "Via Nuova 9"})
    assert answer.status_code == 409
    assert "Take one away first." in answer.text
    assert 'value="Via Nuova 9"' in answer.text
    with work():
        assert len(addresses_of(account)) == MOST


def test_nobody_opens_or_changes_the_address_of_somebody_else(account, client, client_of, work):
    with work():
        one, other = kept(account), make_account("Paola Neri")
    stranger = client_of(other)
    assert stranger.get(f"{MINE}/{one}").status_code == 404
    stranger.post(f"{MINE}/{one}", data=TYPED | {"street": "Via Mia 1"})
    stranger.post(MINE, data={"remove": one})
    stranger.post(f"{MINE}/{one}/first")
    with work():
        assert names(account) == [("Via Po 1", True)]
    assert client.get(MINE).status_code == 302


def test_the_list_needs_as_many_statements_for_twenty_as_for_one(account, client_of, work, statements):
    with work():
        kept(account)
    browser = client_of(account)
    browser.get(MINE)
    with statements() as few:
        browser.get(MINE)
    with work():
        for number in range(MOST - 1):
            kept(account, street=f"Via {number}")
    with statements() as many:
        browser.get(MINE)
    assert many.count == few.count <= 2


def test_kept_addresses_are_in_the_file_of_their_owner_and_forgotten_at_once(client_of, work):
    password = "una frase molto lunga"
    with work():
        owner = make_account("Anna Moro")
        db.session.get_one(Account, owner).password_hash = hash_password(password)
        kept(owner)
    browser = client_of(owner)
    assert browser.get("/account/privacy/data.json").json["addresses"][0]["street"] == "Via Po 1"
    assert browser.post("/account/privacy/forget", data={"password": password}).status_code == 303
    with work():
        assert db.session.query(Address).count() == 0
