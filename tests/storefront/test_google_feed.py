"""What Google's shopping service fetches: an item for each variant, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from xml.etree import ElementTree

from flask.testing import FlaskClient
from sqlalchemy import text

from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.money import Money
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.standing import archive_product
from tests.storefront.shelf import CLERK, hang, put_on_shelf
from tests.storefront.test_for_machines import HOST, PATH, jacket

__all__ = ["jacket"]
Work = Callable[[], AbstractContextManager[None]]
GOOGLE = "{http://base.google.com/ns/1.0}"


def items_of(client: FlaskClient) -> list[dict[str, str]]:
    """What Google's service reads."""
    root = ElementTree.fromstring(client.get("/feeds/google.xml").data)
    return [
        {field.tag.removeprefix(GOOGLE): field.text or "" for field in item}
        for item in root.findall("channel/item")
    ]


def test_google_gets_one_item_for_each_variant(client: FlaskClient, jacket: int, work: Work) -> None:
    with work():
        hang(jacket)
        db.session.execute(text("UPDATE variants SET compare_at_minor = 9900, grams = 700"))
        archive_product(actor=CLERK, product_id=put_on_shelf("old", "Old coat").id, reason="gone")
    items = items_of(client)
    assert [item["size"] for item in items] == ["S", "L"]
    small = items[0]
    assert small["item_group_id"] == "corso-denim-jacket" and small["link"] == f"{HOST}{PATH}"
    assert (small["title"], small["description"]) == ("Corso denim jacket, indigo, S", "Denim from Puglia.")
    assert (small["price"], small["sale_price"]) == ("99.00 EUR", "80.00 EUR")
    assert [item["availability"] for item in items] == ["in_stock", "out_of_stock"]
    assert (small["product_type"], small["google_product_category"]) == (
        *("Clothing > Jackets and coats", "203"),
    )
    assert (small["brand"], small["mpn"]) == ("Corso & figli", "corso-denim-jacket-S")
    assert small["shipping_weight"] == "700 g" and small["image_link"] == f"{HOST}/media/{'c' * 40}.webp"
    assert (small["color"], small["gender"], small["age_group"]) == ("Indigo", "unisex", "adult")


def test_google_is_told_whom_clothes_are_for(client: FlaskClient, work: Work) -> None:
    one_size = VariantDraft(price=Money(8000, "EUR"))
    with work():
        for handle, title, said in (
            ("coat", "Coat", {"tags": ["women", "sale"]}),
            ("cape", "Baby blue cape", {"tags": ["Bambini"], "colour": "Sky"}),
            ("belt", "Men’s belt", {"category": "accessories"}),
            ("vase", "Vase", {"category": "home", "colour": ""}),
        ):
            more = {"category": "outerwear", "colour": "Black"} | said
            hang(
                save_product(
                    actor=CLERK, draft=ProductDraft(handle=handle, title=title, variants=[one_size], **more)
                ).id
            )
    asked = ("gender", "age_group", "size", "color")
    assert [[item.get(name) for name in asked] for item in items_of(client)] == [
        ["female", "adult", "one size", "Black"],
        ["unisex", "kids", "one size", "Sky"],
        ["male", "adult", None, "Black"],
        [None, None, None, None],
    ]


def test_what_google_would_refuse_is_left_out_with_the_reason(
    client: FlaskClient, jacket: int, work: Work
) -> None:
    with work():
        hang(put_on_shelf("plain--coat", "Plain coat", stock={"S": 1}).id)
    assert items_of(client) == []
    told = re.findall(r"<!-- left out: (.*?) \(\d+\): (.*?) -->", client.get("/feeds/google.xml").text)
    assert told == [
        *[("corso-denim-jacket", "no picture is ready")] * 2,
        ("plain-coat", "no colour is said"),
    ]


def test_staff_read_what_google_is_not_told_of_and_why(
    client: FlaskClient, jacket: int, work: Work, desk_of: Callable[[Role], FlaskClient]
) -> None:
    clerk = desk_of(Role.CATALOGUE)
    in_colours = VariantDraft(price=Money(8000, "EUR"), option_values=["Red"])
    with work():
        bare = put_on_shelf("bare", "Bare coat").id
        hang(put_on_shelf("plain", "Plain coat").id)
        hang(put_on_shelf("vase", "Vase", category="home").id)
        draft = ProductDraft(
            handle="scarf", title="Scarf", category="scarves", option_names=["Colore"], variants=[in_colours]
        )
        hang(save_product(actor=CLERK, draft=draft).id)
        archive_product(actor=CLERK, product_id=put_on_shelf("old", "Old coat").id, reason="gone")
    told = client.get("/feeds/google.xml").text
    assert set(re.findall(r"<!-- left out: (\S+) ", told)) == {
        "corso-denim-jacket",
        "bare",
        "plain",
    }
    page = clerk.get("/staff/products/feed").text
    assert "Bare coat" in page and "No picture of it is ready." in page
    assert f"/staff/products/{bare}/pictures" in page
    assert "Plain coat" in page and "Its colour is not said" in page
    assert "Vase" not in page and "Scarf" not in page and "Old coat" not in page
    assert "2 products" in page and "3 products" in page and f"{HOST}/feeds/google.xml?lang=it" in page
    assert clerk.get("/staff/products/feed?page=2").status_code == 404
    assert desk_of(Role.FINANCE).get("/staff/products/feed").status_code == 403
    with work():
        for product_id in (jacket, bare):
            hang(product_id)
        db.session.execute(text("UPDATE products SET colour = 'Blue'"))
    assert "Nothing is left out" in clerk.get("/staff/products/feed").text
