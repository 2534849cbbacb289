"""The pages of the catalogue: what they say in both languages, and what they cost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation.db import db
from foundation.money import Money
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import ProductStatus
from storefront.catalog.standing import archive_product
from tests.storefront.shelf import CLERK, address_of, draft, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
ITALIAN = {"Accept-Language": "it"}


@pytest.fixture
def shelf(work: Work) -> None:
    with work():
        put_on_shelf(
            title_it="Giacca di jeans Corso",
            colour="Indigo",
            colour_it="Indaco",
            description="Twelve-ounce denim </script><script>alert(1)</script> from Puglia.",
            description_it="Denim pesante dalla Puglia.",
            fabric="99% cotton, 1% elastane",
            fabric_it="99% cotone, 1% elastan",
            care="Wash at 30.",
            care_it="Lavare a 30 gradi.",
            stock={"S": 9, "M": 2, "L": 0},
            pictures=[address_of("front")],
        )
        put_on_shelf("corso-sand", title_it="Giacca di jeans Corso", colour="Sand", colour_it="Sabbia")
        for number in range(6):
            put_on_shelf(f"coat-{number}", f"Nord coat {number}", kind="Coat", price=24900)


def rows_written(app: Flask) -> dict[str, int]:
    """How many rows each table ever took in, changed or lost."""
    with app.app_context():
        db.session.execute(text("SELECT pg_stat_force_next_flush()"))
        names = db.session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        return {
            name: db.session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names
        }


def test_the_product_page_says_what_is_left_in_english(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop/corso-denim-jacket").text
    assert '<h1 class="size-4">Corso denim jacket</h1>' in page
    assert "€80.00" in page
    assert "Last ones: M (2)" in page
    assert "Only 2 left in M" in page
    assert "99% cotton, 1% elastane" in page and "Wash at 30." in page
    assert re.search(r"disabled[^>]*><span>L<", page), "L is sold out and cannot be chosen"
    assert 'action="/cart/add"' in page and 'name="variant_id"' in page


def test_the_product_page_speaks_italian(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop/corso-denim-jacket", headers=ITALIAN).text
    assert "Giacca di jeans Corso" in page and "indaco" in page
    assert "80,00\xa0€" in page
    assert "Denim pesante dalla Puglia." in page and "99% cotone" in page
    for english in (
        "Add to bag",
        "Last ones",
        "Colour",
        "On the same rail",
        "VAT included",
        "Jackets and coats",
    ):
        assert english not in page


def test_other_colours_of_the_same_piece_are_swatches(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop/corso-denim-jacket").text
    assert 'class="swatch" href="/shop/corso-sand"' in page
    assert page.count('class="card-product"') == 4


def test_machines_can_read_the_product(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop/corso-denim-jacket").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["name"]) == ("ProductGroup", "Corso denim jacket")
    offers = [variant["offers"] for variant in data["hasVariant"]]
    assert [(offer["price"], offer["availability"].rsplit("/", 1)[1]) for offer in offers] == [
        ("80.00", "InStock"),
        ("80.00", "InStock"),
        ("80.00", "OutOfStock"),
    ]
    assert 'property="product:price:amount" content="80.00"' in page
    assert re.search(r'rel="canonical" href="http[^"]+/shop/corso-denim-jacket"', page)
    assert "alert(1)" not in page


def test_a_kept_page_follows_stock_price_and_language(client: FlaskClient, shelf: None, work: Work) -> None:
    address = "/shop/corso-denim-jacket"
    assert "Last ones: M (2)" in client.get(address).text
    with work():
        db.session.execute(text("UPDATE variants SET on_hand = 1 WHERE sku = 'corso-denim-jacket-M'"))
    assert "Last ones: M (1)" in client.get(address).text
    with work():
        save_product(actor=CLERK, draft=draft(price=7500, stock={"S": 9, "M": 9, "L": 9}))
    page = client.get(address).text
    assert "€75.00" in page and "Last ones" not in page
    with work():
        save_product(actor=CLERK, draft=draft("coat-0", "Renamed coat", kind="Denim jacket"))
    assert "Renamed coat" in client.get(address).text, "related pieces are not kept longer than they are true"


def test_nobody_gets_anothers_token(app: Flask, shelf: None) -> None:
    def token(browser: FlaskClient) -> str:
        found = re.search(r'<input type="hidden" name="csrf_token" value="([^"]+)">', browser.get(path).text)
        assert found
        return found[1]

    path = "/shop/corso-denim-jacket"
    one, two = app.test_client(), app.test_client()
    assert token(one) != token(two)
    assert "<!--token-->" not in one.get(path).text


def test_a_piece_without_choices_needs_none(client: FlaskClient, work: Work) -> None:
    with work():
        save_product(
            actor=CLERK,
            draft=ProductDraft(
                handle="tote", title="Giro tote", variants=[VariantDraft(price=Money(4500, "EUR"), on_hand=2)]
            ),
        )
    page = client.get("/shop/tote").text
    assert re.search(r'type="hidden" name="variant_id" value="\d+"', page)
    assert "Only 2 left" in page


def test_what_is_gone_says_so_and_leads_on(client: FlaskClient, work: Work) -> None:
    with work():
        put_on_shelf(stock={"S": 0, "M": 0})
    page = client.get("/shop/corso-denim-jacket").text
    assert "Nothing of it is left just now." in page
    assert "/cart/add" not in page
    assert "Sold out" in client.get("/shop").text


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.ARCHIVED])
def test_what_is_not_in_the_shop_is_not_found(client: FlaskClient, work: Work, status: ProductStatus) -> None:
    with work():
        put_on_shelf(status=status)
    assert client.get("/shop/corso-denim-jacket").status_code == 404
    assert "Corso" not in client.get("/shop").text


@pytest.mark.parametrize(
    "address",
    [
        "/shop?page=0",
        "/shop?page=-1",
        "/shop?page=99999999999999999999",
        "/shop?page=x",
        "/shop?sort=nonsense",
        "/shop?category=nothing&size=none&price=free",
        "/shop?q=" + "a" * 5000,
        "/shop?q=%F0%9F%A7%A5",
        "/shop?" + "&".join(f"size={n}" for n in range(200)),
    ],
)
def test_senseless_questions_get_a_page(client: FlaskClient, shelf: None, address: str) -> None:
    assert client.get(address).status_code == 200


def test_an_empty_list_says_what_to_do_next(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop?q=zzzzqq").text
    assert "Nothing on the rail for that" in page
    assert 'href="/shop?category=clothing"' in page
    assert "Niente sullo stender" in client.get("/shop?q=zzzzqq", headers=ITALIAN).text


def test_a_filter_can_be_taken_off_by_its_own_link(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop?q=jacket&category=outerwear&size=M&sort=price").text
    assert 'href="/shop?q=jacket&amp;size=M&amp;sort=price"' in page
    assert 'href="/shop?category=outerwear&amp;size=M&amp;sort=price"' in page


def test_home_shows_what_is_new_without_any_look(client: FlaskClient, shelf: None) -> None:
    page = client.get("/").text
    assert "Dressed by people you know" in page
    assert page.count('class="card-product"') == 8
    assert "Vestiti da chi conosci" in client.get("/", headers=ITALIAN).text


def test_an_empty_shop_is_still_a_page(client: FlaskClient) -> None:
    assert "The rails are still empty" in client.get("/").text
    assert "Nothing on the rail for that" in client.get("/shop").text


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 5),
        ("/shop", 4),
        ("/shop?q=jacket&size=M", 4),
        ("/shop?q=jaket", 4),
        ("/shop/corso-denim-jacket", 5),
    ],
)
def test_pages_keep_to_their_statements(
    client: FlaskClient,
    shelf: None,
    statements: Callable[..., AbstractContextManager[Any]],
    address: str,
    most: int,
) -> None:
    with statements() as cold:
        assert client.get(address).status_code == 200
    with statements() as warm:
        client.get(address)
    assert cold.count <= most, cold.sql
    assert warm.count <= cold.count


@pytest.mark.parametrize("address", ["/", "/shop", "/shop?q=jacket", "/shop/corso-denim-jacket"])
def test_looking_leaves_no_rows(app: Flask, client: FlaskClient, shelf: None, address: str) -> None:
    before = rows_written(app)
    client.get(address)
    assert rows_written(app) == before


def test_archiving_takes_the_product_out_and_writes_down_why(
    client: FlaskClient, work: Work, app: Flask
) -> None:
    with work():
        product = put_on_shelf()
        archive_product(actor=CLERK, product_id=product.id, reason="Last season")
    assert client.get("/shop/corso-denim-jacket").status_code == 404
    with app.app_context():
        row = db.session.execute(
            text("SELECT reason, before, after FROM audit_rows WHERE action = 'catalog.archive_product'")
        ).one()
        assert tuple(row) == ("Last season", {"status": "active"}, {"status": "archived"})


def test_the_page_of_a_stranger_is_kept_and_nobody_elses(
    app: Flask, shelf: None, statements: Callable[..., AbstractContextManager[Any]]
) -> None:
    stranger, reader = app.test_client(), app.test_client()
    with reader.session_transaction() as session:
        session["credit"] = {"name": "Giulia Ferri", "handle": "giulia", "look": None, "click": None}
    stranger.get("/shop/corso-denim-jacket")
    assert "Giulia Ferri" in reader.get("/shop/corso-denim-jacket").text
    with statements() as seen:
        page = stranger.get("/shop/corso-denim-jacket").text
    assert seen.count == 1, seen.sql
    assert "Giulia Ferri" not in page and "token-" not in page
    assert 'data-theme="dark"' not in page
    stranger.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in stranger.get("/shop/corso-denim-jacket").text
