"""A product that waits for its day is nowhere, and then everywhere, without anybody touching it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from foundation import clock
from foundation.db import db
from storefront.cart.policy import Choice
from storefront.catalog.actions import save_product
from storefront.catalog.jobs import publish_due
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.neighbours import newest, related_products
from storefront.catalog.policy import shown_status
from tests.storefront.shelf import CLERK, draft, hang, put_on_shelf
from tests.storefront.test_cart import put

WHERE = ("/", "/shop", "/shop?q=linen", "/sitemap-products-1.xml", "/new.atom", "/feeds/google.xml")


@pytest.fixture
def day() -> datetime:
    return clock.now() + timedelta(hours=3)


@pytest.fixture
def skirt(work, day: datetime) -> int:
    """A linen skirt that comes in three hours; its shirt hangs there already."""
    with work():
        put_on_shelf("shirt", "Porta shirt", category="tops")
        skirt = put_on_shelf("linen-skirt", "Linen skirt", category="tops", colour="Ecru", published_at=day)
        hang(skirt.id)
        return skirt.id


@pytest.fixture
def its_day(work, monkeypatch, day: datetime) -> Callable[[], None]:
    """The day comes, and the minute's job with it."""

    def come() -> None:
        monkeypatch.setattr(clock, "now", lambda: day + timedelta(seconds=30))
        with work():
            publish_due()

    return come


def places_with(client: FlaskClient) -> set[str]:
    found = set()
    for path in (*WHERE, "/shop/shirt"):
        answer = client.get(path)
        if answer.status_code == 200 and ("Linen skirt" in answer.text or "/shop/linen-skirt" in answer.text):
            found.add(path)
    return found


def test_before_its_day_it_is_shown_nowhere_and_after_it_everywhere(client, skirt, its_day, work) -> None:
    assert places_with(client) == set()
    assert client.get("/shop/linen-skirt").status_code == 404
    with work():
        assert db.session.get_one(Product, skirt).status == ProductStatus.SCHEDULED
    its_day()
    assert client.get("/shop/linen-skirt").status_code == 200
    assert {"/", "/shop", "/shop/shirt", "/new.atom", "/feeds/google.xml"} <= places_with(client)
    with work():
        acts = text("SELECT action FROM audit_rows WHERE subject_id = :id ORDER BY id")
        assert db.session.scalars(acts, {"id": skirt}).all()[-1] == "catalog.publish_product"


def test_it_cannot_be_bought_before(skirt, work, its_day) -> None:
    with work():
        variant = db.session.scalar(
            text("SELECT min(id) FROM variants WHERE product_id = :id"), {"id": skirt}
        )
        assert put(Choice(variant)).refused
    its_day()
    with work():
        assert not put(Choice(variant)).refused


def test_before_the_day_the_job_puts_nothing_out(skirt, work) -> None:
    with work():
        publish_due()
        assert db.session.get_one(Product, skirt).status == ProductStatus.SCHEDULED


def test_a_day_that_was_moved_is_waited_for_and_one_put_back_to_today_is_there(skirt, work, day) -> None:
    with work():
        later = draft("linen-skirt", "Linen skirt", published_at=day + timedelta(days=1))
        assert save_product(actor=CLERK, draft=later).status == ProductStatus.SCHEDULED
        again = draft("linen-skirt", "Linen skirt", status=ProductStatus.ACTIVE)
        assert save_product(actor=CLERK, draft=again).status == ProductStatus.SCHEDULED
        today = draft("linen-skirt", "Linen skirt", published_at=clock.now())
        assert save_product(actor=CLERK, draft=today).status == ProductStatus.ACTIVE
        assert {entry.product.id for entry in newest(9)} >= {skirt}


def test_what_is_in_the_shop_and_given_a_day_to_come_leaves_it_and_says_so(work, day) -> None:
    with work():
        coat = put_on_shelf("coat", "Coat")
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
        save_product(actor=CLERK, draft=draft("coat", "Coat", published_at=day))
        status = text("SELECT status FROM products WHERE id = :id")
        assert db.session.scalar(status, {"id": coat.id}) == ProductStatus.SCHEDULED
        assert not related_products(coat)


@pytest.mark.parametrize(
    ("status", "ahead", "shown"),
    [
        ("active", 1, "scheduled"),
        ("scheduled", -1, "active"),
        ("draft", 1, "draft"),
        ("archived", -1, "archived"),
    ],
)
def test_the_day_decides_only_for_what_is_to_be_shown(status, ahead, shown) -> None:
    now = clock.now()
    assert shown_status(status, now + timedelta(hours=ahead), now) == shown


def test_search_engines_are_told_what_was_written_for_them(client, work) -> None:
    with work():
        put_on_shelf(
            seo_title="A denim jacket from Turin",
            seo_title_it="Una giacca di jeans da Torino",
            seo_description="Cut in Turin, washed once.",
        )
    page = client.get("/shop/corso-denim-jacket").text
    assert "<title>A denim jacket from Turin, " in page and '"Cut in Turin, washed once."' in page
    assert 'og:title" content="A denim jacket from Turin"' in page and "<h1" in page
    assert "<title>Una giacca di jeans da Torino" in client.get("/shop/corso-denim-jacket?lang=it").text
