"""Collections as shoppers and staff meet them: their pages, what they cost, what they refuse."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.collections import actions
from storefront.collections.models import Collection, CollectionStatus
from storefront.collections.policy import Field, Matches, Rule
from storefront.collections.queries import collection_by_id, pieces_of
from tests.storefront.hung import by_hand, by_rule
from tests.storefront.shelf import CLERK, picture_bytes, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shelf(work: Work, clock: Any) -> dict[str, int]:
    with work():
        jacket = put_on_shelf(tags=["winter"])
        blouse = put_on_shelf("lina-blouse", "Lina blouse", category="tops", kind="Blouse", price=5000)
        return {one.handle: one.id for one in (jacket, blouse)}


@pytest.fixture
def desk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


def page(client: FlaskClient, address: str, status: int = 200, language: str = "en") -> str:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.text[:400]
    return answer.text


def names(html: str) -> list[str]:
    return re.findall(r'class="name"><a href="/shop/([^"]+)"', html)


def test_its_page_says_what_it_is_about_and_shows_its_pieces(client: FlaskClient, work: Work, shelf: Any):
    with work():
        by_hand(
            [shelf["lina-blouse"], shelf["corso-denim-jacket"]],
            title_it="La sera",
            words="For the invitation.",
            words_it="Per l'invito.",
            seo_title="Evening wear",
            seo_description="Dresses for the evening.",
        )
    html = page(client, "/collections/evening")
    assert names(html) == ["lina-blouse", "corso-denim-jacket"]
    assert "<h1>Evening</h1>" in html and "For the invitation." in html
    assert "<title>Evening wear, " in html
    assert '<meta name="description" content="Dresses for the evening.">' in html
    assert re.search(r'<link rel="canonical" href="http://[^/]+/collections/evening', html)
    assert 'hreflang="it"' in html
    documents = [json.loads(one) for one in re.findall(r'ld\+json">(.*?)</script>', html)]
    assert [one["@type"] for one in documents] == ["BreadcrumbList", "ItemList"]
    assert documents[1]["itemListElement"][0]["url"].endswith("/shop/lina-blouse")
    italian = page(client, "/collections/evening", language="it")
    assert "<h1>La sera</h1>" in italian and "Per l&#39;invito." in italian


def test_filters_and_orders_of_the_list_work_on_its_page(client: FlaskClient, work: Work, shelf: Any) -> None:
    with work():
        by_hand([shelf["corso-denim-jacket"], shelf["lina-blouse"]])
        put_on_shelf("passo-loafers", "Passo loafers", category="shoes")
    assert names(page(client, "/collections/evening?sort=price")) == ["lina-blouse", "corso-denim-jacket"]
    filtered = page(client, "/collections/evening?category=tops")
    assert names(filtered) == ["lina-blouse"]
    assert 'href="/collections/evening"' in filtered
    assert names(page(client, "/collections/evening?q=jacket")) == ["corso-denim-jacket"]
    assert names(page(client, "/collections/evening?category=shoes")) == []
    assert "passo-loafers" not in page(client, "/collections/evening?sort=newest")


def test_the_list_of_the_shop_can_stay_within_a_collection(client: FlaskClient, work: Work, shelf: Any):
    with work():
        by_rule(Rule(Field.TAG, "winter"), title="Winter")
    html = page(client, "/shop?collection=winter")
    assert names(html) == ["corso-denim-jacket"]
    assert '<input type="hidden" name="collection" value="winter">' in html
    assert 'class="tag tag--on" href="/shop"' in html
    assert names(page(client, "/shop?collection=winter&q=blouse")) == []
    assert len(names(page(client, "/shop?collection=nobody-made-this"))) == 2
    with work():
        made = db.session.scalars(select(Collection)).one()
        actions.unpublish_collection(actor=CLERK, collection_id=made.id)
    assert len(names(page(client, "/shop?collection=winter"))) == 2


def test_what_is_kept_for_strangers_changes_with_it(client: FlaskClient, work: Work, shelf: Any) -> None:
    with work():
        made = by_hand([shelf["corso-denim-jacket"]]).id
    assert names(page(client, "/collections/evening")) == ["corso-denim-jacket"]
    with work():
        actions.add_pieces(actor=CLERK, collection_id=made, product_ids=[shelf["lina-blouse"]])
        draft = actions.CollectionDraft(title="Night", handle="evening", sort=actions.Order.HAND)
        actions.change_collection(actor=CLERK, collection_id=made, draft=draft)
    html = page(client, "/collections/evening")
    assert names(html) == ["corso-denim-jacket", "lina-blouse"]
    assert "<h1>Night</h1>" in html


def test_drafts_and_unknown_ones_are_not_found(client: FlaskClient, work: Work, shelf: Any) -> None:
    with work():
        by_hand(list(shelf.values()), on_web=False)
    page(client, "/collections/evening", 404)
    page(client, "/collections/nothing", 404)
    assert "Evening" not in page(client, "/collections")
    assert "No collection yet" in page(client, "/collections")


def test_an_empty_one_says_so_and_is_not_for_search_engines(client: FlaskClient, work: Work) -> None:
    with work():
        by_rule(Rule(Field.ON_SALE), title="Reduced")
    html = page(client, "/collections/reduced")
    assert "Nothing hangs here just now" in html
    assert 'content="noindex"' in html


def test_the_home_page_has_a_band_of_those_that_were_put_there(client: FlaskClient, work: Work, shelf: Any):
    assert "All collections" not in page(client, "/")
    with work():
        for place, title in ((2, "Second"), (1, "First"), (None, "Hidden")):
            by_hand(list(shelf.values()), title, home_place=place)
    html = page(client, "/")
    band = html[html.index('id="collections"') :]
    assert band.index("/collections/first") < band.index("/collections/second")
    assert "/collections/hidden" not in html
    assert page(client, "/collections").count("card-collection") == 3


def test_the_sitemap_names_those_on_the_web(client: FlaskClient, work: Work, shelf: Any) -> None:
    with work():
        by_hand(list(shelf.values()))
        by_hand(list(shelf.values()), "Draft", on_web=False)
    (part,) = re.findall(r"/sitemaps/collections-\d+[.]xml", page(client, "/sitemap.xml"))
    html = page(client, part)
    assert "/collections/evening" in html and "/collections/draft" not in html
    assert re.search(r"/collections[<?]", page(client, "/sitemaps/pages-0.xml"))


def test_its_page_costs_two_statements_at_any_size(client: FlaskClient, work: Work, statements: Any) -> None:
    for few in (1, 40):
        with work():
            made = [put_on_shelf(f"piece-{few}-{number}", f"Piece {number}").id for number in range(few)]
            by_hand(made, f"Hand {few}")
            rules = [Rule(Field.PRICE_TO, number=9000 + number) for number in range(10)]
            by_rule(*rules, Rule(Field.TAG, "x"), title=f"Rule {few}", matches=Matches.ANY)
        for address in (f"/collections/hand-{few}?category=outerwear&sort=price", f"/collections/rule-{few}"):
            with statements() as seen:
                page(client, address)
            assert seen.count == 2, seen.sql
        with statements() as seen:
            page(client, "/collections")
        assert seen.count == 1, seen.sql


# What staff do.


def test_staff_make_one_by_hand_from_title_to_web(
    desk: FlaskClient, client: FlaskClient, work: Work, shelf: Any
):
    made = desk.post(
        "/staff/collections/new", data={"title": "Evening", "title_it": "La sera", "kind": "hand"}
    )
    assert made.status_code == 303
    place = made.headers["Location"]
    assert "Lina blouse" in page(desk, f"{place}?q=blouse")
    for handle in ("lina-blouse", "corso-denim-jacket"):
        assert desk.post(f"{place}/pieces", data={"product_id": shelf[handle]}).status_code == 303
    desk.post(f"{place}/pieces/{shelf['corso-denim-jacket']}/move", data={"to": "earlier"})
    assert "2 products now." in page(desk, place)
    page(client, "/collections/evening", 404)
    assert desk.post(f"{place}/publish").status_code == 303
    assert names(page(client, "/collections/evening")) == ["corso-denim-jacket", "lina-blouse"]
    desk.post(f"{place}/pieces/order", data={"product_id": [shelf["lina-blouse"], "junk", "9" * 30]})
    assert names(page(client, "/collections/evening")) == ["lina-blouse", "corso-denim-jacket"]
    desk.post(f"{place}/pieces/{shelf['lina-blouse']}/remove")
    assert names(page(client, "/collections/evening")) == ["corso-denim-jacket"]
    assert "Put a collection on the web" in page(desk, place)


def sent(**changed: Any) -> dict[str, Any]:
    """The form of a collection by rule as a browser sends it."""
    rules = {
        "rules-0-field": "price_to",
        "rules-0-amount": "60",
        "rules-1-field": "",
        "rules-1-words": "left over from another field",
    }
    form = {"title": "Cheap", "handle": "cheap", "fits": "all", "sort": "price", **rules}
    return form | changed


def test_staff_make_one_by_rule_and_see_ahead_what_it_finds(
    desk: FlaskClient, work: Work, shelf: Any
) -> None:
    place = desk.post("/staff/collections/new", data={"title": "Cheap", "kind": "rule"}).headers["Location"]
    assert "No piece fits now." in page(desk, place)
    ahead = desk.post(f"{place}/preview", data=sent())
    assert "1 product now." in ahead.text and names(ahead.text) == ["lina-blouse"]
    number = int(place.rpartition("/")[2])
    with work():
        assert collection_by_id(number).rules == []
    assert desk.post(f"{place}/publish", follow_redirects=True).text.count("Write at least one rule") == 1
    assert desk.post(place, data=sent(**{"rules-1-field": "in_stock"})).status_code == 303
    with work():
        kept = [row.rule for row in collection_by_id(number).rules]
        assert kept == [Rule(Field.PRICE_TO, number=6000), Rule(Field.IN_STOCK)]
    html = page(desk, place)
    assert 'value="60"' in html and "up to €60.00, in stock" in page(desk, "/staff/collections")


def test_days_are_meant_on_the_clock_of_the_shop(desk: FlaskClient, work: Work, shelf: Any) -> None:
    place = desk.post("/staff/collections/new", data={"title": "Cheap", "kind": "rule"}).headers["Location"]
    days = {"first_day": "2026-07-01", "last_day": "2026-07-31"}
    assert desk.post(place, data=sent(**days)).status_code == 303
    with work():
        found = collection_by_id(int(place.rpartition("/")[2]))
        assert found.starts_at is not None and found.starts_at.isoformat() == "2026-06-30T22:00:00+00:00"
        assert found.ends_at is not None and found.ends_at.isoformat() == "2026-07-31T22:00:00+00:00"
    html = page(desk, place)
    assert 'value="2026-07-01"' in html and 'value="2026-07-31"' in html


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "Write what it is called."),
        ({"handle": "Not An Address"}, "Small letters, numbers and hyphens"),
        ({"handle": "taken"}, "Another collection has that address"),
        ({"rules-0-amount": "cheap"}, '<a href="#rules-0-amount">Price: Write an amount'),
        ({"rules-0-amount": ""}, "Say what it is compared with."),
        ({"rules-0-amount": "-5"}, "Write an amount"),
        ({"rules-0-field": "tag"}, "Say what it is compared with."),
        ({"rules-0-field": "newer_than", "rules-0-number": "99999"}, "Say what it is compared with."),
        ({"rules-0-field": "newer_than", "rules-0-number": "many"}, "Write a whole number."),
        ({"rules-0-field": "weather", "rules-0-words": "rain"}, "Choose one from the list."),
        ({"rules-0-field": "tag", "rules-0-words": "a\x07b"}, "Please write it in one line."),
        ({"sort": "hand"}, "Choose one from the list."),
        ({"home_place": "0"}, "Write a whole number."),
        ({"first_day": "2026-07-02", "last_day": "2026-07-01"}, "The last day comes before the first."),
        ({"first_day": "0001-01-01"}, "Write a day between the years 2000 and 2099."),
        ({"last_day": "9999-12-31"}, 'value="9999-12-31"'),
        ({"words": "x" * 1001}, "That is too long."),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field_and_kept_as_typed(
    desk: FlaskClient, work: Work, shelf: Any, changed: dict[str, str], told: str
) -> None:
    with work():
        actions.make_collection(actor=CLERK, title="Taken", kind=actions.Kind.HAND)
        made = by_rule(Rule(Field.IN_STOCK), title="Cheap").id
    answer = desk.post(f"/staff/collections/{made}", data=sent(**changed))
    assert answer.status_code == 422
    assert told in answer.text
    with work():
        assert [row.rule for row in collection_by_id(made).rules] == [Rule(Field.IN_STOCK)]


def test_archiving_can_be_undone_from_the_list(
    desk: FlaskClient, client: FlaskClient, work: Work, shelf: Any
):
    with work():
        made = by_hand(list(shelf.values())).id
    gone = desk.post(f"/staff/collections/{made}/archive", follow_redirects=True).text
    assert "Evening is archived." in gone and f"/staff/collections/{made}/restore" in gone
    page(client, "/collections/evening", 404)
    assert ">Evening<" not in page(desk, "/staff/collections")
    assert ">Evening<" in page(desk, "/staff/collections?state=archived")
    desk.post(f"/staff/collections/{made}/restore", data={"to": "published"})
    page(client, "/collections/evening")
    desk.post(f"/staff/collections/{made}/archive")
    desk.post(f"/staff/collections/{made}/restore", data={"to": "sold"})
    with work():
        assert collection_by_id(made).status == CollectionStatus.DRAFT


def test_its_picture_is_a_pieces_or_one_that_was_brought_in(
    desk: FlaskClient, work: Work, shelf: Any
) -> None:
    with work():
        made = by_hand(list(shelf.values())).id
    address = f"/staff/collections/{made}/picture"
    desk.post(address, data={"product_id": shelf["lina-blouse"]})
    with work():
        assert collection_by_id(made).picture_product_id == shelf["lina-blouse"]
    bad = desk.post(address, data={"picture": (io.BytesIO(b"<svg onload=alert(1)>"), "x.svg")})
    assert bad.status_code == 422 and "x.svg is no picture we can read" in bad.text
    good = desk.post(address, data={"picture": (io.BytesIO(picture_bytes()), "x.png")})
    assert good.status_code == 303
    with work():
        found = collection_by_id(made)
        assert found.picture_product_id is None and found.picture_width == 900
    assert "/media/" in page(desk, f"/staff/collections/{made}")
    assert "/media/" in page(desk, "/collections")


def test_only_who_keeps_the_catalogue_makes_collections(
    client: FlaskClient, desk_of: Callable[[Role], FlaskClient], work: Work, shelf: Any
) -> None:
    with work():
        made = by_hand(list(shelf.values())).id
    finance = desk_of(Role.FINANCE)
    assert finance.get("/staff/collections").status_code == 403
    assert finance.post(f"/staff/collections/{made}/pieces", data={"product_id": 1}).status_code == 403
    assert client.get("/staff/collections").status_code in {302, 303}
    with work():
        assert pieces_of(made) == list(shelf.values())


def test_pieces_nobody_knows_do_not_come_in(desk: FlaskClient, work: Work, shelf: Any) -> None:
    with work():
        made = by_hand([]).id
    sent_ids = ["999999", "junk", "-1", "9" * 40, str(shelf["lina-blouse"])]
    assert desk.post(f"/staff/collections/{made}/pieces", data={"product_id": sent_ids}).status_code == 303
    with work():
        assert pieces_of(made) == [shelf["lina-blouse"]]
