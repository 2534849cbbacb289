"""Wish lists: of guests and accounts, joined at sign-in; and what was looked at last."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.standing import archive_product
from storefront.wishes import keeping
from storefront.wishes.actions import add_wish, forget_guests, join_account
from storefront.wishes.errors import TooManyWishes
from storefront.wishes.models import Wish
from storefront.wishes.queries import wish_list, wished_ids
from tests.editors.conftest import make_account
from tests.storefront.shelf import CLERK, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
GUEST = Actor.guest()


@pytest.fixture
def shelf(work: Work) -> dict[str, int]:
    with work():
        names = ("corso-denim-jacket", "lina-blouse", "passo-loafers")
        return {name: put_on_shelf(name, name.replace("-", " ").capitalize()).id for name in names}


def wish(client: FlaskClient, product_id: int, act: str = "add", **more: Any) -> Any:
    return client.post(f"/wishes/{act}", data={"product_id": product_id, "next": "/shop"}, **more)


def shown(client: FlaskClient) -> list[str]:
    return re.findall(r'<h2 class="name"><a href="/shop/([\w-]+)"', client.get("/wishes").text)


def test_a_heart_is_a_form_and_leads_back_to_its_page(client: FlaskClient, shelf: dict[str, int]) -> None:
    page = client.get("/shop").text
    assert f'name="product_id" value="{shelf["lina-blouse"]}"' in page
    assert page.count('class="heart"') == 3
    answer = wish(client, shelf["lina-blouse"])
    assert (answer.status_code, answer.location) == (303, "/shop")
    assert "On your wish list." in client.get("/shop").text
    wish(client, shelf["passo-loafers"])
    assert shown(client) == ["passo-loafers", "lina-blouse"]
    page = client.get("/shop").text
    assert page.count("/wishes/remove") == 4, "each heart says it twice: for the form and for htmx"
    wish(client, shelf["passo-loafers"], "remove")
    assert shown(client) == ["lina-blouse"]
    assert client.get("/shop/lina-blouse").text.count('formaction="/wishes/remove"') == 1


def test_a_heart_sent_by_script_brings_the_other_heart(client: FlaskClient, shelf: dict[str, int]) -> None:
    answer = client.post(
        "/wishes/add",
        data={"product_id": shelf["lina-blouse"], "title": 'Lina "x" <b>'},
        headers={"HX-Request": "true"},
    )
    assert 'aria-pressed="true"' in answer.text
    assert "/wishes/remove" in answer.text
    assert "<b>" not in answer.text


def test_a_wish_of_another_device_is_pressed_after_a_look_at_the_list(
    client_of: Callable[[int], FlaskClient], work: Work, shelf: dict[str, int]
) -> None:
    with work():
        account = make_account("Carla Neri")
    desk, phone = client_of(account), client_of(account)
    wish(desk, shelf["lina-blouse"])
    assert "/wishes/remove" not in phone.get("/shop").text, "a stranger to wishes is not asked about them"
    assert shown(phone) == ["lina-blouse"]
    assert phone.get("/shop/lina-blouse").text.count('formaction="/wishes/remove"') == 1
    wish(desk, shelf["lina-blouse"], "remove")
    assert shown(phone) == []


def test_what_left_the_shop_takes_no_place_on_a_full_list(
    client: FlaskClient, work: Work, shelf: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 1)
    wish(client, shelf["lina-blouse"])
    assert wish(client, shelf["passo-loafers"]).status_code == 409
    with work():
        archive_product(actor=CLERK, product_id=shelf["lina-blouse"], reason="gone for good")
    assert wish(client, shelf["passo-loafers"]).status_code == 303
    assert shown(client) == ["passo-loafers"]


def test_a_heart_never_leads_to_another_host(client: FlaskClient, shelf: dict[str, int]) -> None:
    answer = client.post(
        "/wishes/add", data={"product_id": shelf["lina-blouse"], "next": "https://evil.example/shop"}
    )
    assert answer.location == "/"


@pytest.mark.parametrize("number", ["", "abc", "-1", "0", "999999999", "9" * 30])
def test_what_is_not_in_the_shop_cannot_be_wished_for(
    client: FlaskClient, shelf: dict[str, int], number: str
) -> None:
    assert wish(client, number).status_code == 404
    assert shown(client) == []


def test_one_guest_does_not_see_the_wishes_of_another(
    app: Flask, client: FlaskClient, shelf: dict[str, int]
) -> None:
    wish(client, shelf["lina-blouse"])
    other = app.test_client()
    assert shown(other) == []
    assert "/wishes/remove" not in other.get("/shop").text


def test_at_sign_in_the_two_lists_become_one_and_keep_the_earlier_day(
    work: Work, account: int, shelf: dict[str, int], clock: Any
) -> None:
    with work():
        add_wish(actor=GUEST, visit="v1", account_id=None, product_id=shelf["lina-blouse"])
        clock.advance(days=1)
        add_wish(actor=GUEST, visit=None, account_id=account, product_id=shelf["lina-blouse"])
        add_wish(actor=GUEST, visit=None, account_id=account, product_id=shelf["corso-denim-jacket"])
        clock.advance(days=1)
        add_wish(actor=GUEST, visit="v1", account_id=None, product_id=shelf["passo-loafers"])
    with work():
        join_account(actor=GUEST, visit="v1", account_id=account)
        join_account(actor=GUEST, visit="v1", account_id=account)
    with work():
        handles = [row.handle for row in wish_list(None, account)]
        assert handles == ["passo-loafers", "corso-denim-jacket", "lina-blouse"]
        assert wish_list("v1", None) == []


def test_signing_in_by_the_page_brings_the_wishes_along_and_signing_out_leaves_them(
    app: Flask, work: Work, client: FlaskClient, shelf: dict[str, int]
) -> None:
    sign_up = {"email": "bea@example.test", "name": "Bea", "password": "a long enough one 7", "agree": "y"}
    wish(client, shelf["lina-blouse"])
    client.post("/account/sign-up", data=sign_up)
    assert shown(client) == ["lina-blouse"]
    with work():
        (kept,) = db.session.query(Wish).all()
        assert kept.visit_id is None
    client.post("/account/sign-out")
    assert shown(client) == []


def test_a_list_has_an_end_and_what_is_on_it_may_be_said_again(
    work: Work, shelf: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST", 1)
    with work():
        for _ in range(2):
            assert add_wish(actor=GUEST, visit="v", account_id=None, product_id=shelf["lina-blouse"]) == 1
        with pytest.raises(TooManyWishes):
            add_wish(actor=GUEST, visit="v", account_id=None, product_id=shelf["passo-loafers"])
        assert wished_ids("v", None) == {shelf["lina-blouse"]}


def test_what_left_the_shop_leaves_the_list_and_comes_back_with_it(
    client: FlaskClient, work: Work, shelf: dict[str, int]
) -> None:
    wish(client, shelf["lina-blouse"])
    with work():
        archive_product(actor=CLERK, product_id=shelf["lina-blouse"], reason="Last season")
    assert shown(client) == []


def test_pages_of_strangers_ask_nothing_about_wishes_and_others_one_thing(
    client: FlaskClient,
    shelf: dict[str, int],
    statements: Callable[[], AbstractContextManager[Any]],
) -> None:
    with statements() as seen:
        client.get("/shop")
        client.get("/shop/lina-blouse")
    assert not [sql for sql in seen.sql if "wishes" in sql]
    wish(client, shelf["lina-blouse"])
    client.get("/shop")
    with statements() as seen:
        client.get("/shop")
    assert len([sql for sql in seen.sql if "wishes" in sql]) == 1
    assert seen.count <= 4
    with statements() as seen:
        client.get("/shop/lina-blouse")
    assert seen.count <= 5


def test_guests_who_do_not_come_back_are_forgotten(
    work: Work, account: int, shelf: dict[str, int], clock: Any
) -> None:
    with work():
        add_wish(actor=GUEST, visit="v1", account_id=None, product_id=shelf["lina-blouse"])
        add_wish(actor=GUEST, visit=None, account_id=account, product_id=shelf["lina-blouse"])
    clock.advance(days=91)
    with work():
        forget_guests()
    with work():
        assert wished_ids("v1", None) == frozenset()
        assert wished_ids(None, account) == {shelf["lina-blouse"]}


def test_what_was_looked_at_is_shown_from_the_numbers_the_browser_brings(
    client: FlaskClient, work: Work, shelf: dict[str, int]
) -> None:
    asked = f"{shelf['passo-loafers']},{shelf['lina-blouse']},x,-3,{'9' * 40},{shelf['passo-loafers']}"
    page = client.get("/wishes/seen", query_string={"of": asked}).text
    assert re.findall(r'href="/shop/([\w-]+)"', page) == ["passo-loafers", "lina-blouse"]
    assert client.get("/wishes/seen").text.strip() == ""
    assert client.get("/wishes/seen?of=999999").text.strip() == ""
