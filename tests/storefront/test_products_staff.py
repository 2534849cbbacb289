"""The list of products at the desk, and acts on many of them: looked at first, done once, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money
from storefront.assortment import actions
from storefront.assortment.actions import apply_change, take_back
from storefront.assortment.errors import NothingChanged, TooLateToTakeBack
from storefront.assortment.models import BulkEdit, BulkStatus
from storefront.assortment.policy import BulkChange, Kind, Rule, Why, ended, new_price
from storefront.catalog.actions import save_product
from storefront.catalog.changing import Locked, Price, terms_of
from storefront.catalog.drafts import VariantDraft
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.queries import product_by_id, products_by_ids
from storefront.catalog.standing import archive_product
from tests.races import at_once, meeting
from tests.storefront.shelf import CLERK, draft, put_on_shelf

HOUSE = Actor.system("test")
LIST, BULK = "/staff/products", "/staff/products/bulk"
TEN_LESS = BulkChange(Kind.PRICE, rule=Rule.LESS_PERCENT, figure=1000, keep_old=True)


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


@pytest.fixture
def three(work) -> dict[str, int]:
    """A jacket in the shop, a blouse in Italian too and reduced, a coat that nobody can buy."""
    with work():
        jacket = put_on_shelf(vendor="Nordica", tags=["denim"], stock={"S": 1, "M": 0})
        blouse = put_on_shelf(
            "lina-blouse", "Lina blouse", title_it="Camicetta Lina", category="tops", vendor="Porta"
        )
        coat = put_on_shelf("old-coat", "Old coat", price=20000, tags=["wool"])
        archive_product(actor=CLERK, product_id=coat.id, reason="Last season")
        return {"jacket": jacket.id, "blouse": blouse.id, "coat": coat.id}


def names_of(page: str) -> set[str]:
    return {name for name in ("Corso denim jacket", "Lina blouse", "Old coat") if f"{name}</a>" in page}


def prices(product_id: int) -> set[tuple[int, int | None]]:
    product = product_by_id(product_id)
    assert product is not None
    return {(one.price_minor, one.compare_at_minor) for one in product.variants}


def version(product_id: int) -> int:
    found = db.session.scalar(text("SELECT version FROM products WHERE id = :id"), {"id": product_id})
    return int(found or 0)


def change(what: BulkChange, *ids: int, **more: int) -> BulkEdit:
    seen = {one: more.get("version", version(one)) for one in ids}
    return apply_change(actor=HOUSE, change=what, versions=seen, reason="A test")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=archived", {"Old coat"}),
        ("category=tops", {"Lina blouse"}),
        ("vendor=Nordica", {"Corso denim jacket"}),
        ("tag=wool", {"Old coat"}),
        ("lacks=low", {"Corso denim jacket"}),
        ("lacks=italian", {"Corso denim jacket", "Old coat"}),
        ("lacks=italian&status=active", {"Corso denim jacket"}),
        ("lacks=picture", {"Corso denim jacket", "Lina blouse", "Old coat"}),
        ("lacks=sale", set()),
        ("q=camicetta", {"Lina blouse"}),
        ("q=old-coat-M", {"Old coat"}),
        ("status=nonsense&sort=nonsense", {"Corso denim jacket", "Lina blouse", "Old coat"}),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(clerk, three, asked, found) -> None:
    page = clerk.get(f"{LIST}?{asked}").text
    assert names_of(page) == found
    assert found or "No product has that" in page


def test_what_is_reduced_is_found_with_both_prices(clerk, three, work) -> None:
    with work():
        change(TEN_LESS, three["blouse"])
    page = clerk.get(f"{LIST}?lacks=sale").text
    assert names_of(page) == {"Lina blouse"} and "72.00" in page and "80.00" in page


def test_the_list_is_sorted_as_asked(clerk, three) -> None:
    page = clerk.get(f"{LIST}?sort=dear").text
    assert page.index("Old coat</a>") < page.index("Corso denim jacket</a>")
    page = clerk.get(f"{LIST}?sort=name").text
    assert page.index("Corso denim jacket</a>") < page.index("Lina blouse</a>") < page.index("Old coat</a>")


def test_the_list_asks_as_much_for_a_page_of_fifty_as_for_one(clerk, three, work, statements) -> None:
    with statements() as few:
        assert clerk.get(LIST).status_code == 200
    with work():
        for number in range(60):
            put_on_shelf(f"piece-{number}", f"Piece {number}")
    with statements() as many:
        page = clerk.get(LIST).text
    assert "63 products" in page and page.count('name="product"') == 50
    assert many.count == few.count <= 6
    assert clerk.get(f"{LIST}?page=3").status_code == 404


def test_a_price_change_is_looked_at_and_then_done_with_a_reason(clerk, three, work) -> None:
    asked = {
        "kind": "price",
        "rule": "less_percent",
        "figure": "10",
        "ending": "90",
        "keep_old": "y",
        "look": "1",
        "product": [three["jacket"], three["blouse"]],
    }
    page = clerk.post(BULK, data=asked).text
    assert "€80.00" in page and "€71.90" in page and "Change 2 products" in page
    with work():
        assert prices(three["jacket"]) == {(8000, None)}
    seen = re.findall(r'name="seen" value="([0-9-]+)"', page)
    again = {key: value for key, value in asked.items() if key not in ("product", "look")} | {"seen": seen}
    refused = clerk.post(f"{BULK}/apply", data=again | {"reason": " "})
    assert refused.status_code == 422 and "Say why, in a few words." in refused.text
    done = clerk.post(f"{BULK}/apply", data=again | {"reason": "Winter sale"}, follow_redirects=True)
    assert "Winter sale" in done.text and "10 % less, ending in .90" in done.text
    with work():
        assert prices(three["jacket"]) == prices(three["blouse"]) == {(7190, 8000)}
        audit = db.session.execute(
            text("SELECT subject_id, reason, after FROM audit_rows WHERE action = 'assortment.change'")
        ).all()
        assert {(row.subject_id, row.reason) for row in audit} == {
            (three["jacket"], "Winter sale"),
            (three["blouse"], "Winter sale"),
        }
        assert {tuple(pair) for row in audit for pair in row.after["prices"].values()} == {(7190, 8000)}
        points = "SELECT count(*) FROM price_points WHERE price_minor = 7190 AND compare_at_minor = 8000"
        assert db.session.scalar(text(points)) == 5
        span = db.session.get_one(Product, three["jacket"])
        assert (span.price_from_minor, span.price_to_minor) == (7190, 7190)
        told = db.session.scalars(
            text("SELECT args->>'product_id' FROM procrastinate_jobs WHERE args->>'change' = 'price'")
        ).all()
        assert set(map(int, told)) <= {three["jacket"], three["blouse"]}
    assert "71.90" in clerk.get("/shop/lina-blouse").text


def test_what_is_wrong_is_said_beside_its_field_and_the_choice_is_kept(clerk, three) -> None:
    asked = {"kind": "price", "rule": "less", "figure": "much", "look": "1", "product": three["jacket"]}
    page = clerk.post(BULK, data=asked)
    assert page.status_code == 422 and "Write an amount, such as 15 or 7.50." in page.text
    assert f'name="product" value="{three["jacket"]}"' in page.text and 'value="much"' in page.text
    assert "Choose a product first." in clerk.post(BULK, data={"kind": "publish"}).text
    assert clerk.post(BULK, data={"product": three["jacket"]}).status_code == 400
    tag = clerk.post(BULK, data={"kind": "tag", "tag": "a, b", "look": "1", "product": three["jacket"]})
    assert "Write one tag, without commas." in tag.text


def test_all_that_the_list_found_is_changed_and_not_the_ticked_ones_alone(clerk, three) -> None:
    page = clerk.post(BULK, data={"kind": "archive", "whole": "1", "status": "active"}).text
    assert "2 products are chosen." in page and "Old coat" not in page


def test_who_was_changed_after_the_look_is_left_alone_and_the_others_are_not(clerk, three, work) -> None:
    with work():
        seen = {three["jacket"]: version(three["jacket"]), three["blouse"]: version(three["blouse"])}
        put_on_shelf(vendor="Nordica", fabric="Linen")
        edit = apply_change(actor=HOUSE, change=TEN_LESS, versions=seen, reason="Winter sale")
        assert edit.refused == [[three["jacket"], "Corso denim jacket", Why.CHANGED]]
        assert prices(three["jacket"]) == {(8000, None)} and prices(three["blouse"]) == {(7200, 8000)}
        number = edit.id
    page = clerk.get(f"{BULK}/{number}").text
    assert "Corso denim jacket" in page and "Somebody changed it after you looked at it." in page


def test_nothing_is_done_when_nobody_is_left_to_change(clerk, three, work) -> None:
    with work(), pytest.raises(NothingChanged):
        change(TEN_LESS, three["jacket"], version=1)
    data = {"kind": "publish", "seen": f"{three['jacket']}-{10**9}", "reason": "x"}
    answer = clerk.post(f"{BULK}/apply", data=data)
    assert answer.status_code == 409 and "Nothing was changed" in answer.text
    with work():
        assert db.session.scalar(text("SELECT count(*) FROM bulk_edits")) == 0


def test_products_go_and_come_and_keep_their_tags_and_departments(three, work, client) -> None:
    with work():
        change(BulkChange(Kind.ARCHIVE), three["jacket"], three["blouse"])
    assert client.get("/shop/lina-blouse").status_code == 404
    with work():
        told = db.session.scalars(text("SELECT after->>'status' FROM audit_rows WHERE action LIKE 'assort%'"))
        assert set(told) == {"archived"}
        change(BulkChange(Kind.PUBLISH), three["blouse"], three["coat"])
        change(BulkChange(Kind.TAG, word="sale"), three["coat"])
        change(BulkChange(Kind.UNTAG, word="WOOL"), three["coat"])
        change(BulkChange(Kind.CATEGORY, word="dresses"), three["coat"])
    assert client.get("/shop/lina-blouse").status_code == 200
    with work():
        coat = db.session.get_one(Product, three["coat"])
        assert (coat.status, coat.tags, coat.category, coat.slot) == ("active", ["sale"], "dresses", "full")
    assert "Old coat" in client.get("/shop?category=dresses").text


def test_an_act_is_taken_back_except_where_somebody_went_on(clerk, three, work) -> None:
    with work():
        number = change(TEN_LESS, three["jacket"], three["blouse"]).id
        change(BulkChange(Kind.TAG, word="sale"), three["blouse"])
    assert "it would stay as it is" in clerk.get(f"{BULK}/{number}").text
    assert clerk.post(f"{BULK}/{number}/take-back", data={"reason": ""}).status_code == 422
    data = {"reason": "The wrong week"}
    page = clerk.post(f"{BULK}/{number}/take-back", data=data, follow_redirects=True).text
    assert "Taken back by Carla" in page and "changed since, so not taken back" in page
    with work():
        assert prices(three["jacket"]) == {(8000, None)} and prices(three["blouse"]) == {(7200, 8000)}
    again = clerk.post(f"{BULK}/{number}/take-back", data=data)
    assert again.status_code == 409 and "This has moved on in the meantime" in again.text
    assert "taken back" in clerk.get(BULK).text
    assert clerk.get(f"{BULK}/999999").status_code == 404


def test_after_a_day_it_stays(clerk, three, work, clock) -> None:
    with work():
        number = change(TEN_LESS, three["jacket"]).id
    clock.advance(days=1, seconds=1)
    late = clerk.post(f"{BULK}/{number}/take-back", data={"reason": "Too late"})
    assert late.status_code == 409 and "more than a day has passed" in late.text
    with work():
        edit = db.session.get_one(BulkEdit, number)
        assert (edit.status, edit.taken_back_at) == (BulkStatus.APPLIED, None)
        assert prices(three["jacket"]) == {(7200, 8000)}
    with work(), pytest.raises(TooLateToTakeBack):
        take_back(actor=HOUSE, edit_id=number, reason="Too late")


@pytest.fixture
def reduced_twice(app, work, three) -> Callable[[], tuple[int, int]]:
    """Two of staff take 10 off the jacket at once, both having looked at it: how many were refused, and what
    it costs then."""

    def run() -> tuple[int, int]:
        with work():
            seen = {three["jacket"]: version(three["jacket"])}

        def reduce() -> None:
            less = BulkChange(Kind.PRICE, rule=Rule.LESS, figure=1000)
            apply_change(actor=HOUSE, change=less, versions=seen, reason="Sale")

        refused = at_once(app, reduce, reduce)
        assert all(isinstance(error, NothingChanged) for error in refused)
        with work():
            ((price, _),) = prices(three["jacket"])
        return len(refused), price

    return run


def test_of_two_who_change_one_product_at_once_the_second_is_told(reduced_twice) -> None:
    assert reduced_twice() == (1, 7000)


def test_without_the_lock_both_are_told_that_it_is_done(reduced_twice, monkeypatch) -> None:
    """The twin: the second would be told of a reduction that never was."""

    def read(ids) -> list[Locked]:
        found = products_by_ids(ids)
        return [Locked(one.id, one.name, one.version, terms_of(one, one.variants)) for one in found]

    monkeypatch.setattr(actions, "lock_products", meeting(read))
    assert reduced_twice() == (0, 7000)


@pytest.mark.parametrize(
    ("minor", "ending", "becomes"),
    [
        *((7340, 90, 7290), (7341, 90, 7390), (7200, 90, 7190), (7250, 0, 7200)),
        *((7251, 0, 7300), (123, None, 123), (39, 90, -10)),
    ],
)
def test_a_price_ends_as_asked_at_the_nearest(minor, ending, becomes) -> None:
    assert ended(minor, ending) == becomes


@pytest.mark.parametrize(
    ("rule", "figure", "price", "becomes"),
    [
        (Rule.LESS, 1000, Price(900, None), Why.FREE),
        (Rule.LESS_PERCENT, 1, Price(1000, None), Why.NOT_CHEAPER),
        (Rule.MORE_PERCENT, 1, Price(1000, None), Why.NOT_DEARER),
        (Rule.SET, 10**12, Price(1000, None), Why.TOO_HIGH),
        (Rule.BACK, 0, Price(1000, None), Why.NOT_REDUCED),
        (Rule.BACK, 0, Price(1000, 1500), Price(1500, None)),
        (Rule.LESS_PERCENT, 1250, Price(1000, None), Price(875, 1000)),
        (Rule.LESS_PERCENT, 1250, Price(1000, 1200), Price(875, 1200)),
        (Rule.MORE, 500, Price(1000, 1200), Price(1500, None)),
        (Rule.SET, 1100, Price(1000, None), Price(1100, None)),
    ],
)
def test_a_new_price_follows_or_is_refused(rule, figure, price, becomes) -> None:
    assert new_price(BulkChange(Kind.PRICE, rule=rule, figure=figure, keep_old=True), price) == becomes


def test_of_a_product_with_one_reduced_size_that_size_goes_back(three, work) -> None:
    with work():
        sizes = [
            VariantDraft(price=Money(6000, "EUR"), compare_at=Money(8000, "EUR"), option_values=["S"]),
            VariantDraft(price=Money(8000, "EUR"), option_values=["M"]),
        ]
        saved = put_on_shelf("skirt", "Skirt")
        save_product(actor=CLERK, draft=replace(draft("skirt", "Skirt"), variants=sizes))
        change(BulkChange(Kind.PRICE, rule=Rule.BACK), saved.id)
        assert prices(saved.id) == {(8000, None)}


def test_other_staff_stay_outside(desk_of, three) -> None:
    client = desk_of(Role.FINANCE)
    for answer in (client.get(LIST), client.get(BULK), client.post(BULK), client.post(f"{BULK}/apply")):
        assert answer.status_code == 403


def test_a_withdrawn_product_is_announced_once(three, work) -> None:
    with work():
        change(BulkChange(Kind.WITHDRAW), three["jacket"])
        assert db.session.get_one(Product, three["jacket"]).status == ProductStatus.DRAFT
        assert db.session.scalar(text("SELECT count(*) FROM variants WHERE price_minor < 0")) == 0
        assert db.session.query(Variant).count() > 0
