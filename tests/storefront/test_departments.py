"""Departments are a tree: whoever asks for a parent gets what lies beneath it, on pages and in rules."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.catalog import categories, shopping
from storefront.catalog.signs import category_of
from storefront.promotions.policy import Line, Scope
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_voucher_policy import percent

ROOT = Path(__file__).resolve().parents[2]
HOST = "http://127.0.0.1:8000"
ITALIAN = {"Accept-Language": "it"}


@pytest.fixture
def shelf(work: Callable[[], AbstractContextManager[None]]) -> None:
    """Two tops, a coat, a piece that is only clothing, shoes, and a thing that no department is known for."""
    with work():
        put_on_shelf("lina", "Lina blouse", category="tops", stock={"M": 2})
        put_on_shelf("porta", "Porta shirt", category="tops", stock={"S": 2})
        put_on_shelf("nord", "Nord coat", category="outerwear", stock={"M": 2})
        put_on_shelf("kimono", "Kimono", category="clothing", stock={"M": 2})
        put_on_shelf("passo", "Passo loafers", category="flats", stock={"40": 2})
        put_on_shelf("vela", "Vela candle", category="home-scents", stock={"one": 2})


def shown(page: str) -> set[str]:
    return set(re.findall(r'href="/shop/([a-z-]+)"', page.split('class="products"', 1)[-1]))


def steps(page: str) -> list[tuple[str, int, str]]:
    """The departments to go on to: name, how many pieces, address; the one shown has no address here."""
    row = page.split('class="tabs', 1)[1].split("</nav>", 1)[0] if 'class="tabs' in page else ""
    found = re.findall(
        r'<a href="([^"]+)"( aria-current="page")?>([^<]+) <span class="num">(\d+)</span>', row
    )
    return [(name, int(number), "" if here else html.unescape(href)) for href, here, name, number in found]


def kinds(page: str) -> list[tuple[str, bool, int]]:
    """The choices of the department's filter: which, whether beneath another, how many pieces."""
    group = page.split('aria-label="Kind"', 1)[1].split("</details>", 1)[0]
    found = re.findall(
        r'(<div class="facet__beneath">)?<label[^>]*><input[^>]*value="([^"]+)"'
        r'.*?<span class="count num">(\d+)</span>',
        group,
    )
    return [(key, bool(inside), int(number)) for inside, key, number in found]


def crumbs(page: str) -> list[str]:
    way = page.split('class="crumbs', 1)[1].split("</nav>", 1)[0]
    return re.findall(r">([^<>]+)</(?:a|span)>", way)


def canonical(page: str) -> str:
    return re.findall(r'<link rel="canonical" href="([^"]+)">', page)[0]


def test_every_parent_is_a_department_at_the_top_and_stands_before_its_own() -> None:
    for key, parent in categories.PARENTS.items():
        assert key in categories.NAMES and parent in categories.NAMES
        assert parent not in categories.PARENTS
        assert categories.way_to(key) == (parent, key)
        assert categories.place(parent) < categories.place(key)
    order = list(categories.NAMES)
    for parent in set(categories.PARENTS.values()):
        start = order.index(parent)
        own = categories.beneath(parent)
        assert tuple(order[start : start + len(own)]) == own


def test_a_choice_reaches_what_lies_beneath_it_and_the_narrower_one_counts() -> None:
    assert categories.reached(["clothing"]) == list(categories.beneath("clothing"))
    assert categories.reached(["clothing", "tops"]) == ["tops"]
    assert categories.reached(["clothing", "tops", "hats"]) == ["tops", "hats"]
    assert categories.reached(["home-scents"]) == ["home-scents"]


def test_a_department_nobody_knows_is_a_leaf_at_the_top() -> None:
    key = category_of("Home > Home scents", "", "Vela")
    assert (key, categories.way_to(key), categories.beneath(key)) == (
        "home-scents",
        ("home-scents",),
        ("home-scents",),
    )
    assert categories.with_parents([key, "tops"]) == ["clothing", "tops", key]


def test_the_list_of_a_parent_has_everything_beneath_it(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop?category=clothing").text
    assert shown(page) == {"lina", "porta", "nord", "kimono"}
    assert "<h1>Clothing</h1>" in page
    assert shown(client.get("/shop?category=tops").text) == {"lina", "porta"}
    assert shown(client.get("/shop?category=clothing&category=tops").text) == {"lina", "porta"}
    assert shown(client.get("/shop?category=clothing&size=M").text) == {"lina", "nord", "kimono"}
    assert "<h1>Abbigliamento</h1>" in client.get("/shop?category=clothing", headers=ITALIAN).text


def test_a_parent_costs_no_more_statements_than_a_leaf(
    client: FlaskClient, shelf: None, statements: Any
) -> None:
    with statements() as asked:
        client.get("/shop?category=clothing")
    assert asked.count <= 4


def test_the_filter_shows_the_tree_with_numbers_that_add_up(client: FlaskClient, shelf: None) -> None:
    whole = [
        ("clothing", False, 4),
        ("tops", True, 2),
        ("outerwear", True, 1),
        ("shoes", False, 1),
        ("flats", True, 1),
        ("home-scents", False, 1),
    ]
    assert kinds(client.get("/shop").text) == whole
    assert kinds(client.get("/shop?category=tops").text) == whole
    assert kinds(client.get("/shop?size=M").text) == [
        ("clothing", False, 3),
        ("tops", True, 1),
        ("outerwear", True, 1),
    ]


def test_the_way_to_a_list_and_to_a_piece_leads_through_the_tree(client: FlaskClient, shelf: None) -> None:
    coats = client.get("/shop?category=outerwear").text
    assert crumbs(coats) == ["Home", "Shop", "Clothing", "Jackets and coats"]
    assert crumbs(client.get("/shop?category=clothing").text) == ["Home", "Shop", "Clothing"]
    assert crumbs(client.get("/shop?category=shoes&category=tops").text)[:2] == ["Home", "Shop"]
    assert crumbs(client.get("/shop").text) == ["Home", "New in"]
    assert crumbs(client.get("/shop/nord").text) == [
        *("Home", "Shop", "Clothing", "Jackets and coats"),
        "Nord coat",
    ]
    assert 'href="/shop?category=clothing"' in client.get("/shop/nord").text
    assert crumbs(client.get("/shop/vela").text) == ["Home", "Shop", "Home scents", "Vela candle"]
    said = re.findall(r'<script type="application/ld\+json">(.*?)</script>', coats, re.DOTALL)
    steps = json.loads(said[0])["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Home", f"{HOST}/"),
        ("Shop", f"{HOST}/shop"),
        ("Clothing", f"{HOST}/shop?category=clothing"),
        ("Jackets and coats", f"{HOST}/shop?category=outerwear"),
    ]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/shop", "/shop"),
        ("/shop?category=clothing", "/shop?category=clothing"),
        ("/shop?category=clothing&category=tops", "/shop?category=tops"),
        ("/shop?category=tops&size=M&sort=price", "/shop?category=tops"),
        ("/shop?category=tops&category=shoes", "/shop"),
        ("/shop?category=tops&q=blouse", "/shop"),
        ("/shop?sort=price", "/shop"),
    ],
)
def test_the_list_of_one_department_is_a_page_of_its_own(
    client: FlaskClient, shelf: None, address: str, own: str
) -> None:
    page = client.get(address).text
    assert canonical(page) == HOST + own
    about = re.findall(r'<meta name="description" content="([^"]+)">', page)[0]
    assert about.startswith("Every piece" if own == "/shop" else ("Clothing: ", "Tops and shirts: "))
    mark = "&amp;" if "?" in own else "?"
    assert f'hreflang="it" href="{HOST}{own}{mark}lang=it"' in page
    assert canonical(client.get(address, headers=ITALIAN).text) == f"{HOST}{own}{mark}lang=it"


def test_the_sitemap_names_departments_that_have_something(client: FlaskClient, shelf: None) -> None:
    told = client.get("/sitemaps/pages-0.xml").text
    for key in ("clothing", "tops", "outerwear", "shoes", "flats", "home-scents"):
        assert f"<loc>{HOST}/shop?category={key}</loc>" in told
        assert f"<loc>{HOST}/shop?category={key}&amp;lang=it</loc>" in told
    assert "category=bags" not in told and "category=boots" not in told


def test_staff_find_what_lies_beneath_a_parent(shelf: None, desk_of: Callable[[Role], FlaskClient]) -> None:
    page = desk_of(Role.CATALOGUE).get("/staff/products?category=clothing").text
    assert all(name in page for name in ("Lina blouse", "Nord coat", "Kimono"))
    assert "Passo loafers" not in page
    assert "Clothing &gt; Tops and shirts" in page


def test_a_list_offers_the_departments_to_go_on_to_and_keeps_what_was_asked(
    client: FlaskClient, shelf: None
) -> None:
    assert steps(client.get("/shop").text) == [
        ("Clothing", 4, "/shop?category=clothing"),
        ("Shoes", 1, "/shop?category=shoes"),
        ("Home scents", 1, "/shop?category=home-scents"),
    ]
    beneath = [
        ("Tops and shirts", 1, "/shop?category=tops&size=M&sort=price"),
        ("Jackets and coats", 1, "/shop?category=outerwear&size=M&sort=price"),
    ]
    assert steps(client.get("/shop?category=clothing&size=M&sort=price").text) == beneath
    beside = [("Tops and shirts", 2, ""), ("Jackets and coats", 1, "/shop?category=outerwear")]
    assert steps(client.get("/shop?category=tops").text) == beside
    assert steps(client.get("/shop?category=tops&category=shoes").text) == [], "from several, nowhere"
    assert steps(client.get("/shop?q=zzzzqq").text) == []
    italian = client.get("/shop?category=clothing", headers=ITALIAN).text
    assert [name for name, _number, _href in steps(italian)] == ["Top e camicie", "Giacche e cappotti"]


def test_of_many_departments_only_those_with_a_choice_are_unfolded(
    client: FlaskClient, work: Callable[[], AbstractContextManager[None]]
) -> None:
    with work():
        for key in categories.NAMES:
            if key in categories.PARENTS:
                put_on_shelf(f"a-{key}", f"A piece of {key}", category=key)
    top = [("clothing", 6), ("shoes", 5), ("bags", 4), ("accessories", 7)]
    assert kinds(client.get("/shop").text) == [(key, False, number) for key, number in top]
    shoes = [(key, True, 1) for key in categories.beneath("shoes")[1:]]
    for chosen in ("shoes", "boots"):
        unfolded = kinds(client.get(f"/shop?category={chosen}").text)
        assert unfolded == [("clothing", False, 6), ("shoes", False, 5), *shoes, *unfolded[-2:]]
        assert [key for key, _beneath, _number in unfolded[-2:]] == ["bags", "accessories"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("Apparel & Accessories > Shoes > Boots", "", "Neve"), "boots"),
        (("Apparel & Accessories > Shoes", "Ankle boots", "Neve"), "boots"),
        (("Shoes", "", "Passo loafers"), "flats"),
        (("Scarpe", "", "Décolleté Sera"), "heels"),
        (("Shoes", "", "Passo"), "shoes"),
        (("", "Dress shoes", "Passo"), "shoes"),
        (("", "Trainers", ""), "sneakers"),
        (("Clothing", "Jeans", ""), "trousers"),
        (("", "Boot cut jeans", ""), "trousers"),
        (("Apparel & Accessories", "", "Lina blouse"), "tops"),
        (("Apparel & Accessories", "", "Lina"), "other"),
        (("Clothing Accessories", "", "Felt hat"), "hats"),
        (("", "Borsa a spalla", ""), "shoulder-bags"),
        (("", "Shoulder bag", ""), "shoulder-bags"),
        (("", "shoulder-bag", ""), "shoulder-bags"),
        (("Bags", "", "Zaino Valle"), "backpacks"),
        (("", "Orecchini", ""), "jewellery"),
        (("", "Occhiali da sole", ""), "sunglasses"),
        (("Shoes", "Belt", ""), "shoes"),
    ],
    ids=str,
)
def test_words_of_a_file_are_read_as_the_narrowest_department_they_point_to(
    words: tuple[str, ...], key: str
) -> None:
    assert category_of(*words) == key


def test_every_department_is_found_by_its_words_and_by_those_above_it(app: Flask) -> None:
    """The tree stands in the code, the words a piece is found by in the database: they are held together."""
    asked = text("SELECT department_words(:key, 'en'), department_words(:key, 'it')")
    with app.app_context():
        words = {key: db.session.execute(asked, {"key": key}).one() for key in (*categories.NAMES, "scents")}
    assert words.pop("scents") == ("scents", "scents")
    del words[categories.OTHER]
    for key, (english, italian) in words.items():
        above = categories.way_to(key)[0]
        assert {*key.split("-"), above} <= set(english.split()) <= set(italian.split())
        assert set(words[above][1].split()) <= set(italian.split()) - set(english.split()) | {above}


def test_a_search_for_a_parent_finds_what_lies_beneath_it(client: FlaskClient, shelf: None) -> None:
    for found in ("shoes", "flats", "passo"):
        assert shown(client.get(f"/shop?q={found}").text) == {"passo"}
    assert shown(client.get("/shop?q=clothing").text) == {"lina", "porta", "nord", "kimono"}
    for found in ("scarpe", "shoes"):
        assert shown(client.get(f"/shop?q={found}", headers=ITALIAN).text) == {"passo"}


def test_only_departments_with_something_in_them_are_suggested(
    client: FlaskClient, shelf: None, statements: Any
) -> None:
    with statements() as asked:
        page = client.get("/search/suggestions?q=s").text
    assert "Shoes</span>" in page and "Sandals" not in page and "Sneakers" not in page
    assert asked.count <= 3, asked.sql
    page = client.get("/search/suggestions?q=fla").text
    assert 'data-href="/shop?category=flats"' in page and "Shoes &gt; Loafers and flats" in page


def test_a_rule_for_a_parent_counts_beneath_it_unless_there_is_a_nearer_one() -> None:
    assert categories.nearest("boots", {"shoes"}) == "shoes"
    assert categories.nearest("boots", {"shoes", "boots"}) == "boots"
    assert categories.nearest("shoes", {"boots"}) is None
    assert categories.nearest("home-scents", {"clothing", ""}) is None
    assert [categories.slot_of(key) for key in ("boots", "totes", "hats", "clothing")] == [
        *("shoes", "bag", "extra", "extra")
    ]


def test_staff_choose_from_the_whole_tree_wherever_a_rule_names_a_department(
    shelf: None, desk_of: Callable[[Role], FlaskClient]
) -> None:
    desk = desk_of(Role.OWNER)
    for page, option in (
        ("/staff/taxes", '<option value="boots">Shoes &gt; Boots</option>'),
        ("/staff/products/new", '<option value="boots">Shoes &gt; Boots</option>'),
        ("/staff/vouchers/new", '<div class="facet__beneath"><label class="check"><input type="checkbox"'),
    ):
        assert option in desk.get(page).text, page
    rate = {"country": "IT", "rate": "4", "valid_from": "2026-03-02"}
    for category in ("boots", "shoes", "clothing"):
        assert desk.post("/staff/taxes", data=rate | {"category": category}).status_code == 303
    rows = re.findall(r'data-label="Counts for"[^>]*>([^<]+)<', desk.get("/staff/taxes").text)
    assert [row.strip() for row in rows] == [
        *("Everything else, and delivery", "Clothing", "Shoes", "Shoes &gt; Boots")
    ]


def test_what_hung_in_a_parent_moves_beneath_it_by_type_and_name_and_back(app: Flask, work: Any) -> None:
    migration = next(
        step.module
        for step in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
        if step.path.endswith("_departments_beneath.py")
    )
    said = {
        "passo": ("shoes", "Passo", "Loafers", None, "flats"),
        "neve": ("shoes", "Neve ankle boots", "shoes", None, "boots"),
        "sera": ("shoes", "Sera", "", "Décolleté Sera", "heels"),
        "plain": ("shoes", "Plain", "", None, "shoes"),
        "giro": ("bags", "Giro", "shoulder-bag", None, "shoulder-bags"),
        "filo": ("accessories", "Belt Filo", "", None, "belts"),
        "boot": ("trousers", "Boot cut jeans", "Jeans", None, "trousers"),
    }
    with work():
        for handle, (category, title, kind, italian, _leaf) in said.items():
            put_on_shelf(handle, title, category=category, kind=kind, title_it=italian or "")
    hung = text("SELECT handle, category FROM products")
    with work():
        migration.move(db.session.connection())
        assert dict(db.session.execute(hung).all()) == {handle: one[4] for handle, one in said.items()}
        migration.move_back(db.session.connection())
        assert dict(db.session.execute(hung).all()) == {handle: one[0] for handle, one in said.items()}


def test_google_is_told_the_way_to_a_piece_in_our_tree_and_its_place_in_theirs() -> None:
    assert [shopping.taxonomy_of(key) for key in ("boots", "totes", "hats", "clothing", "scents")] == [
        *("187", "3032", "173", "1604", "")
    ]
    assert [shopping.is_worn(key) for key in ("boots", "hats", "scents")] == [True, True, False]
    assert [shopping.one_size_of(key) for key in ("boots", "hats")] == ["one size", ""]


def test_a_voucher_on_a_parent_covers_what_lies_beneath_it() -> None:
    voucher = percent(scope=Scope.CATEGORIES, categories=["clothing"])

    def line(category: str) -> Line:
        return Line(product_id=1, category=category, unit_minor=100, quantity=1)

    assert [voucher.covers(line(key)) for key in ("tops", "clothing", "shoes")] == [True, True, False]
    leaf = percent(scope=Scope.CATEGORIES, categories=["tops"])
    assert [leaf.covers(line(key)) for key in ("tops", "clothing", "dresses")] == [True, False, False]
    assert not leaf.covers(line("clothing")), "what is only said to be clothing may be anything"
