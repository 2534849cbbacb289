"""One product written by hand: made, changed, and written by two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation import clock
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.assortment import editing
from storefront.assortment.editing import create_product
from storefront.assortment.errors import NumbersTaken
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.queries import id_of_handle, product_by_id
from storefront.catalog.standing import archive_product
from tests.races import at_once, meeting
from tests.storefront.shelf import CLERK, draft, put_on_shelf

LIST, NEW = "/staff/products", "/staff/products/new"
INPUT = re.compile(r"<input[^>]*>")
AREA = re.compile(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', re.S)
PICKED = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.S)


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


@pytest.fixture
def jacket(work) -> int:
    with work():
        return put_on_shelf(title_it="Giacca di jeans", colour="Indigo", stock={"S": 3, "M": 2}).id


def typed(page: str, **more: Any) -> dict[str, Any]:
    """What the form of the product would send, with some of it written anew."""
    form = page[page.index("<form", page.index("desk-main")) :]
    values: dict[str, Any] = {}
    for tag in INPUT.findall(form[: form.index("</form>")]):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") not in ("checkbox", "radio") and "name" in said:
            values[said["name"]] = unescape(said.get("value", ""))
    values |= {name: unescape(words) for name, words in AREA.findall(form)}
    for found in PICKED.finditer(form):
        values[found[1]] = (re.findall(r'selected value="([^"]*)"', found[0]) or [""])[0]
    return values | more


def test_a_product_is_made_with_a_row_for_every_choice(clerk, work) -> None:
    first = {
        "title": "Ponte coat",
        "category": "outerwear",
        "option_1": "Size",
        "more_1": "S, M, s,",
        "option_2": "Colour",
    }
    first |= {"more_2": "Navy", "variants-0-values": "[]", "variants-0-price": "120", "add": "1"}
    page = clerk.post(NEW, data=first).text
    assert "S / Navy" in page and "M / Navy" in page and page.count('value="120"') == 2
    sent = typed(
        page, **{"variants-0-sku": "PONTE-S", "variants-1-price": "129,90", "variants-1-on_hand": "4"}
    )
    answer = clerk.post(NEW, data=sent, follow_redirects=True)
    assert "It is a draft now." in answer.text and "Ponte coat" in answer.text
    with work():
        coat = product_by_id(id_of_handle("ponte-coat") or 0)
        assert coat is not None and coat.status == ProductStatus.DRAFT and coat.slot == "outer"
        rows = [(one.label, one.sku, one.price_minor, one.on_hand, one.tracked) for one in coat.variants]
        assert rows == [("S / Navy", "PONTE-S", 12000, 0, True), ("M / Navy", "", 12990, 4, True)]
    assert clerk.get("/shop/ponte-coat").status_code == 404
    assert clerk.get(f"{LIST}/ponte-coat").status_code == 200


def test_a_product_of_one_size_needs_no_choice(clerk, work) -> None:
    page = clerk.get(NEW).text
    answer = clerk.post(
        NEW, data=typed(page, title="Sciarpa", category="accessories", **{"variants-0-price": "35"})
    )
    assert answer.status_code == 303
    with work():
        scarf = product_by_id(id_of_handle("sciarpa") or 0)
        assert (
            scarf is not None and [one.label for one in scarf.variants] == [""] and scarf.option_names == []
        )


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(clerk, jacket, work) -> None:
    page = clerk.get(f"{LIST}/{jacket}").text
    wrong = {"title": "", "care": "Wash cold", "variants-0-price": "cheap", "variants-1-compare_at": "10"}
    answer = clerk.post(f"{LIST}/{jacket}", data=typed(page, **wrong, **{"variants-1-grams": "-2"}))
    assert answer.status_code == 422
    for told in (
        "Every product needs a title.",
        "Write a price, such as 80 or 79.90.",
        "Write a whole number.",
    ):
        assert told in answer.text
    assert (
        "Wash cold" in answer.text
        and 'value="cheap"' in answer.text
        and "things need another look" in answer.text
    )
    with work():
        assert db.session.get_one(Product, jacket).title == "Corso denim jacket"


def test_words_and_prices_are_changed_and_a_price_needs_a_reason(clerk, jacket, work, client) -> None:
    page = clerk.get(f"{LIST}/{jacket}").text
    changed = {
        "description": "Washed once.\n\nCut in Turin.",
        "tags": "denim, Denim, spring",
        "seo_title": "Denim, washed",
    }
    changed |= {"variants-0-price": "75", "variants-0-compare_at": "80.00"}
    refused = clerk.post(f"{LIST}/{jacket}", data=typed(page, **changed))
    assert refused.status_code == 422 and "Say why, in a few words." in refused.text
    assert clerk.post(f"{LIST}/{jacket}", data=typed(refused.text, price_reason="Spring")).status_code == 303
    with work():
        saved = product_by_id(jacket)
        assert saved is not None and saved.description == "<p>Washed once.</p><p>Cut in Turin.</p>"
        assert saved.tags == ["denim", "spring"] and saved.seo_title == "Denim, washed"
        assert [(one.price_minor, one.compare_at_minor, one.on_hand) for one in saved.variants] == [
            (7500, 8000, 3),
            (8000, None, 2),
        ]
        reasons = text("SELECT reason FROM audit_rows WHERE action = 'catalog.save_product' ORDER BY id")
        assert db.session.scalars(reasons).all()[-1] == "Spring"
    assert "Washed once.\n\nCut in Turin." in clerk.get(f"{LIST}/{jacket}").text.replace("\r", "")


def test_variants_are_added_and_taken_out_of_sale(clerk, jacket, work) -> None:
    page = clerk.get(f"{LIST}/{jacket}").text
    page = clerk.post(f"{LIST}/{jacket}", data=typed(page, more_1="L, M", add="1")).text
    sent = typed(page, price_reason="A size more", **{"variants-2-on_hand": "6", "variants-0-gone": "y"})
    assert clerk.post(f"{LIST}/{jacket}", data=sent).status_code == 303
    with work():
        saved = product_by_id(jacket)
        assert saved is not None
        assert [(one.label, one.on_hand, one.price_minor) for one in saved.variants] == [
            ("M", 2, 8000),
            ("L", 6, 8000),
        ]
    page = clerk.get(f"{LIST}/{jacket}").text
    gone = {"variants-0-gone": "y", "variants-1-gone": "y"}
    answer = clerk.post(f"{LIST}/{jacket}", data=typed(page, price_reason="x", **gone))
    assert answer.status_code == 422 and "keep at least one variant" in answer.text


def test_an_article_number_of_another_product_is_named_with_its_owner(clerk, jacket, work) -> None:
    with work():
        blouse = put_on_shelf("lina-blouse", "Lina blouse").id
    page = clerk.get(f"{LIST}/{jacket}").text
    taken = typed(page, **{"variants-0-sku": "lina-blouse-S"})
    answer = clerk.post(f"{LIST}/{jacket}", data=taken)
    assert answer.status_code == 422 and "It is the number of Lina blouse." in answer.text
    twice = typed(page, **{"variants-0-sku": "A1", "variants-1-sku": "A1"})
    assert "S has this number, too." in clerk.post(f"{LIST}/{jacket}", data=twice).text
    with work():
        archive_product(actor=CLERK, product_id=blouse, reason="Its numbers are free")
    assert clerk.post(f"{LIST}/{jacket}", data=taken).status_code == 303
    again = {
        "title": "Other",
        "category": "tops",
        "handle": "corso-denim-jacket",
        "variants-0-values": "[]",
        "variants-0-price": "1",
    }
    assert "Another product has this handle." in clerk.post(NEW, data=again).text


@pytest.fixture
def made_twice(app, work) -> Callable[[], int]:
    """Two of staff make two products with one article number at once: how many of the two are made."""

    def run() -> int:
        def make(handle: str) -> Callable[[], int]:
            sized = draft(handle, handle, stock={"S": 1})
            one = sized.variants[0]
            same = [type(one)(price=one.price, option_values=["S"], sku="ONE-NUMBER")]
            return lambda: create_product(
                actor=CLERK,
                draft=type(sized)(handle=handle, title=handle, variants=same, option_names=["Size"]),
            )

        met = at_once(app, make("one"), make("two"))
        assert all(isinstance(error, NumbersTaken) for error in met)
        with work():
            return int(db.session.scalar(text("SELECT count(*) FROM variants WHERE sku = 'ONE-NUMBER'")) or 0)

    return run


def test_of_two_who_give_one_number_at_once_the_second_is_told(made_twice) -> None:
    assert made_twice() == 1


def test_without_taking_turns_two_products_have_it(made_twice, monkeypatch) -> None:
    """The twin."""
    monkeypatch.setattr(editing, "_IN_TURN", text("SELECT 1"))
    monkeypatch.setattr(editing, "owners_of_numbers", meeting(editing.owners_of_numbers))
    assert made_twice() == 2


def test_the_second_of_two_who_write_one_product_loses_nothing_and_is_told(clerk, jacket, work) -> None:
    mine = clerk.get(f"{LIST}/{jacket}").text
    theirs = typed(mine, care="Wash cold", title="Corso jacket", **{"variants-0-price": "70"})
    assert clerk.post(f"{LIST}/{jacket}", data=theirs | {"price_reason": "Spring"}).status_code == 303
    answer = clerk.post(f"{LIST}/{jacket}", data=typed(mine, title="Corso blouson", fabric="Denim"))
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "Somebody saved this product while you wrote." in page
    assert "you “Corso blouson”, they “Corso jacket”" in page and "S, Price" in page
    with work():
        assert db.session.get_one(Product, jacket).title == "Corso jacket"
    assert clerk.post(f"{LIST}/{jacket}", data=typed(answer.text)).status_code == 303
    with work():
        saved = product_by_id(jacket)
        assert saved is not None and (saved.title, saved.fabric, saved.care) == (
            "Corso blouson",
            "Denim",
            "Wash cold",
        )
        assert saved.variants[0].price_minor == 7000


def test_a_product_is_put_into_the_shop_on_a_day_now_and_out_again(clerk, jacket, work) -> None:
    room = f"{LIST}/{jacket}/standing"
    assert (
        "Choose a day and an hour to come." in clerk.post(room, data={"to": "scheduled", "reason": "x"}).text
    )
    assert "Choose where it goes." in clerk.post(room, data={"to": "", "reason": "x"}).text
    assert "Say why, in a few words." in clerk.post(room, data={"to": "draft", "reason": " "}).text
    day = (clock.now() + timedelta(days=2)).astimezone(ZoneInfo("Europe/Rome"))
    sent = {"to": "scheduled", "day": day.strftime("%Y-%m-%dT%H:%M"), "reason": "Spring"}
    page = clerk.post(room, data=sent, follow_redirects=True).text
    assert "waits for its day" in page and clerk.get("/shop/corso-denim-jacket").status_code == 404
    with work():
        at = db.session.get_one(Product, jacket).published_at
        assert at is not None and abs(at - day) < timedelta(minutes=1)
    assert clerk.post(room, data=sent | {"reason": "The same day"}).status_code == 303
    clerk.post(room, data={"to": "active", "reason": "Earlier"})
    assert clerk.get("/shop/corso-denim-jacket").status_code == 200
    clerk.post(room, data={"to": "archived", "reason": "Over"})
    assert clerk.post(room, data={"to": "archived", "reason": "Again"}).status_code == 409


def test_other_staff_stay_outside(desk_of, jacket) -> None:
    client = desk_of(Role.STORE)
    for path in (NEW, f"{LIST}/{jacket}", f"{LIST}/corso-denim-jacket"):
        assert client.get(path).status_code == 403
    assert client.post(f"{LIST}/{jacket}").status_code == client.post(NEW).status_code == 403
    assert client.post(f"{LIST}/{jacket}/standing").status_code == 403


def test_what_is_not_there_is_not_found(clerk) -> None:
    assert clerk.get(f"{LIST}/999999").status_code == clerk.get(f"{LIST}/no-such").status_code == 404
    assert clerk.post(f"{LIST}/999999", data={"title": "x"}).status_code == 404
