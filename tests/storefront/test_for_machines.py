"""What search engines, feed readers and shopping services are given: addresses, languages, feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation import streams
from foundation.db import db
from foundation.money import Money
from foundation.web import queries
from storefront.catalog.actions import save_product
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.policy import gtin_of
from storefront.catalog.standing import archive_product
from tests.storefront.shelf import CLERK, hang, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
HOST = "http://127.0.0.1:8000"
PATH = "/shop/corso-denim-jacket"
ITALIAN = {"Accept-Language": "it"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def jacket(work: Work) -> int:
    with work():
        return put_on_shelf(
            title_it="Giacca di jeans Corso",
            colour="Indigo",
            colour_it="Indaco",
            vendor="Corso & figli",
            description="Denim <b>from</b> Puglia.",
            description_it="Denim dalla Puglia.",
            stock={"S": 9, "L": 0},
        ).id


def documents(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {document["@type"]: document for document in map(json.loads, found)}


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


def canonical(page: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    assert found
    return found[1]


def test_a_language_in_the_address_is_honoured_and_sets_nothing(client: FlaskClient, jacket: int) -> None:
    answer = client.get(f"{PATH}?lang=it", headers={"Accept-Language": "en"})
    assert '<html lang="it"' in answer.text and "Giacca di jeans Corso" in answer.text
    assert not [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("language=")]
    assert '<html lang="en"' in client.get(PATH, headers={"Accept-Language": "en"}).text


def test_a_language_in_the_address_beats_the_cookie_and_nonsense_does_not(
    client: FlaskClient, jacket: int
) -> None:
    client.set_cookie("language", "it")
    assert '<html lang="en"' in client.get(f"{PATH}?lang=en").text
    assert '<html lang="it"' in client.get(f"{PATH}?lang=xx").text


def test_whoever_chooses_a_language_is_not_sent_back_to_the_other(client: FlaskClient, jacket: int) -> None:
    page = client.get(f"{PATH}?lang=it").text
    assert f'name="next" value="{PATH}"' in page and "?lang=it" not in page.partition("<body")[2]
    assert 'value="/shop?q=jacket"' in client.get("/shop?q=jacket&lang=it").text


def test_every_language_names_itself_and_the_others(client: FlaskClient, jacket: int) -> None:
    everywhere = {"en": f"{HOST}{PATH}", "it": f"{HOST}{PATH}?lang=it", "x-default": f"{HOST}{PATH}"}
    for address, headers, own in (
        (PATH, {}, f"{HOST}{PATH}"),
        (f"{PATH}?lang=en", ITALIAN, f"{HOST}{PATH}"),
        (f"{PATH}?lang=it", {}, f"{HOST}{PATH}?lang=it"),
        (PATH, ITALIAN, f"{HOST}{PATH}?lang=it"),
    ):
        page = client.get(address, headers=headers).text
        assert (canonical(page), alternates(page)) == (own, everywhere)


def test_the_page_in_a_language_is_kept_and_asks_no_more(
    client: FlaskClient, jacket: int, statements: Any
) -> None:
    client.get(f"{PATH}?lang=it")
    with statements() as asked:
        page = client.get(f"{PATH}?lang=it").text
    assert asked.count == 1 and "Giacca" in page
    assert "Giacca" not in client.get(PATH).text


def test_a_product_with_sizes_is_a_group_of_variants(client: FlaskClient, jacket: int) -> None:
    group = documents(client.get(f"{PATH}?lang=it").text)["ProductGroup"]
    assert group["productGroupID"] == "corso-denim-jacket"
    assert group["variesBy"] == ["https://schema.org/size"]
    assert group["brand"]["name"] == "Corso & figli"
    offers = [variant.pop("offers") for variant in group["hasVariant"]]
    assert group["hasVariant"][0] == {
        "@type": "Product",
        "name": "Giacca di jeans Corso, S",
        "sku": "corso-denim-jacket-S",
        "size": "S",
        "color": "Indaco",
    }
    assert [offer["availability"].rsplit("/", 1)[1] for offer in offers] == ["InStock", "OutOfStock"]
    assert {offer["price"] for offer in offers} == {"80.00"}
    assert {offer["url"] for offer in offers} == {f"{HOST}{PATH}?lang=it"}


def test_a_product_without_choices_is_one_product(client: FlaskClient, work: Work) -> None:
    with work():
        variant = VariantDraft(price=Money(4500, "EUR"), on_hand=2, sku="T-1", barcode="4006381333931")
        save_product(actor=CLERK, draft=ProductDraft(handle="tote", title="Giro tote", variants=[variant]))
    product = documents(client.get("/shop/tote").text)["Product"]
    assert (product["name"], product["gtin"]) == ("Giro tote", "4006381333931")
    assert product["offers"]["price"] == "45.00" and "hasVariant" not in product


def test_the_way_to_a_page_is_said_to_machines_as_it_is_shown(client: FlaskClient, jacket: int) -> None:
    page = client.get(PATH).text
    steps = documents(page)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", f"{HOST}/"),
        (2, "Shop", f"{HOST}/shop"),
        (3, "Clothing", f"{HOST}/shop?category=clothing"),
        (4, "Jackets and coats", f"{HOST}/shop?category=outerwear"),
        (5, "Corso denim jacket", f"{HOST}{PATH}"),
    ]
    crumbs = page.split('class="crumbs', 1)[1].split("</nav>", 1)[0]
    assert [step["name"] in crumbs for step in steps] == [True] * 5


def test_a_shared_link_shows_the_piece(client: FlaskClient, jacket: int, work: Work) -> None:
    with work():
        hang(jacket, "A jacket on a hanger")
    page = client.get(PATH).text
    said = dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', page))
    assert said["og:type"] == "product" and said["og:title"] == "Corso denim jacket, indigo"
    assert said["og:image"] == f"{HOST}/media/{'b' * 40}.webp"
    assert said["og:image:alt"] == "A jacket on a hanger"
    assert (said["og:locale"], said["og:locale:alternate"]) == ("en_GB", "it_IT")


def test_the_sitemap_leads_to_every_page_in_every_language(
    client: FlaskClient, jacket: int, work: Work
) -> None:
    with work():
        put_on_shelf("coat", "Nord coat")
        archived = put_on_shelf("old", "Old coat").id
        archive_product(actor=CLERK, product_id=archived, reason="sold out for good")
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    parts = [part.findtext(f"{SITEMAP}loc", "") for part in index]
    assert [part.rpartition("/")[2].partition("-")[0] for part in parts] == ["pages", "products"]
    found = []
    for part in parts:
        for page in ElementTree.fromstring(client.get(part.removeprefix(HOST)).data):
            found.append(page.findtext(f"{SITEMAP}loc", ""))
            assert len(page.findall("{http://www.w3.org/1999/xhtml}link")) == 3
    assert {f"{HOST}{PATH}", f"{HOST}{PATH}?lang=it", f"{HOST}/shop/coat", f"{HOST}/", f"{HOST}/shop"} <= set(
        found
    )
    assert not [address for address in found if "old" in address]
    assert len(found) == len(set(found))


def test_the_sitemap_is_cut_by_ranges_of_keys(
    client: FlaskClient, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "KEYS_A_PART", 2)
    with work():
        ids = [put_on_shelf(f"coat-{number}", f"Coat {number}").id for number in range(5)]
    index = client.get("/sitemap.xml").text
    numbers = sorted({number // 2 for number in ids})
    assert [int(n) for n in re.findall(r"/products-(\d+)\.xml", index)] == numbers
    pages = [client.get(f"/sitemaps/products-{number}.xml").text for number in numbers]
    assert sum(page.count("<url>") for page in pages) == 2 * len(ids)


@pytest.mark.parametrize("path", ["/sitemaps/nobody-0.xml", "/sitemaps/pages-1.xml"])
def test_a_part_that_is_none_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_robots_are_led_to_the_sitemap_and_kept_from_what_is_somebodys_own(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *" and lines[-1] == f"Sitemap: {HOST}/sitemap.xml"
    assert {"Disallow: /staff", "Disallow: /cart/", "Disallow: /checkout", "Disallow: /account"} <= set(lines)
    assert not [line for line in lines if line in ("Disallow: /", "Disallow: /shop")]


def test_new_pieces_are_a_feed_in_the_language_of_its_address(client: FlaskClient, jacket: int) -> None:
    answer = client.get("/new.atom?lang=it")
    feed = ElementTree.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Giacca di jeans Corso, indaco"
    assert entry.findtext(f"{ATOM}id") == f"{HOST}{PATH}", "the same piece whatever the language"
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.get("href") == f"{HOST}{PATH}?lang=it"
    assert "Denim dalla Puglia." in entry.findtext(f"{ATOM}content", "")
    assert 'href="/new.atom"' in client.get("/").text


def test_an_empty_shop_has_an_empty_feed(client: FlaskClient) -> None:
    feed = ElementTree.fromstring(client.get("/new.atom").data)
    assert feed.findtext(f"{ATOM}updated") and not feed.findall(f"{ATOM}entry")


def test_what_xml_cannot_say_is_left_out(client: FlaskClient, work: Work) -> None:
    with work():
        odd = put_on_shelf(
            "odd", 'A "coat" <of>\x0b & ]]> more', description="It\x01 is \U0001f9e5 warm.", colour="Odd"
        )
        hang(odd.id)
    for path in ("/feeds/google.xml", "/new.atom"):
        text_of = "".join(ElementTree.fromstring(client.get(path).data).itertext())
        assert 'A "coat" <of> & ]]> more' in text_of and "\U0001f9e5" in text_of


def test_the_feed_is_one_statement_for_many_variants(
    client: FlaskClient, work: Work, statements: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work():
        for number in range(7):
            hang(put_on_shelf(f"coat-{number}", f"Coat {number}", colour="Black").id)
    with statements() as asked:
        whole = client.get("/feeds/google.xml").text
    assert (whole.count("<item>"), asked.count) == (21, 1)
    monkeypatch.setattr(streams, "ROWS", 4)
    with statements() as asked:
        assert client.get("/feeds/google.xml").text == whole, "each variant once, in the same order"
    assert asked.count == 6


@pytest.mark.parametrize("path", ["/feeds/google.xml", "/sitemaps/products-{part}.xml"])
def test_whoever_reads_slowly_holds_no_connection(
    app: Flask, client: FlaskClient, work: Work, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "ROWS", 2)
    monkeypatch.setattr(streams, "BYTES", 1)
    with work():
        ids = [put_on_shelf(f"coat-{number}", f"Coat {number}").id for number in range(3)]
    path = path.format(part=ids[0] // queries.KEYS_A_PART)
    with app.app_context():
        before = db.engine.pool.checkedout()  # type: ignore[attr-defined]
        answer = client.get(path, buffered=False)
        blocks = answer.iter_encoded()
        assert next(block for block in blocks if b"coat-0" in block), "and the reader stops here"
        assert db.engine.pool.checkedout() == before  # type: ignore[attr-defined]
        answer.close()


@pytest.mark.parametrize(
    ("barcode", "good"),
    [
        ("4006381333931", True),
        ("4006381333932", False),
        ("036000291452", True),
        ("96385074", True),
        ("12345", False),
        ("SHOP-7", False),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", False),
    ],
)
def test_only_real_world_wide_numbers_are_told(barcode: str, good: bool) -> None:
    assert bool(gtin_of(barcode)) is good
