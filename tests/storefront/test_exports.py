"""Products written as a file: what Shopify's columns say, and that reading the file again changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from foundation.accounts.permissions import Role
from foundation.db import db, unit_of_work
from foundation.money import Money
from storefront.catalog.actions import attach_picture, save_product, save_products
from storefront.catalog.drafts import PictureDraft, ProductDraft, VariantDraft
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.standing import archive_product
from storefront.sheets.actions import Taken, take_in
from storefront.sheets.carrying import batches
from storefront.sheets.exporting import HEADER, product_sheet
from storefront.sheets.product_file import ProductFile
from tests.storefront.shelf import CLERK, address_of, draft, put_on_shelf

KEY = f"{'a1' * 20}.webp"


def sheet(app: Flask) -> str:
    with app.app_context():
        return "".join(product_sheet())


def take(app: Flask, content: str) -> Taken:
    """Bring a file in, as one batch."""
    with app.app_context(), unit_of_work():
        file = ProductFile(lambda: io.BytesIO(content.encode()), currency="EUR")
        whole = Taken()
        for batch in batches(file.products()):
            taken = take_in(actor=CLERK, file=file, batch=batch)
            assert taken.refused == [], [str(one) for refusals in taken.refused for one in refusals]
            for outcome, number in taken.counts.items():
                whole.counts[outcome] += number
        return whole


def empty_the_shop(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(text("TRUNCATE products CASCADE"))


def full_product() -> ProductDraft:
    """A product that has something in every column."""
    return ProductDraft(
        handle="lina-blouse",
        title="Lina blouse",
        title_it="Camicetta Lina",
        description="<p>Falls softly,\nand creases.</p>",
        description_it="<p>Cade morbida.</p>",
        vendor="Vetrina",
        category="tops",
        kind="Blouse",
        slot="top",
        colour="Ivory",
        colour_it="Avorio",
        fabric="100 % silk",
        fabric_it="100 % seta",
        care="Steam helps.",
        care_it="Il vapore aiuta.",
        seo_title="Silk blouse",
        seo_title_it="Camicetta di seta",
        seo_description="A blouse.",
        seo_description_it="Una camicetta.",
        tags=["silk", "women"],
        status=ProductStatus.ACTIVE,
        published_at=datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC),
        option_names=["Size", "Colour"],
        variants=[
            VariantDraft(
                price=Money(5000, "EUR"),
                option_values=[size, "Ivory"],
                compare_at=Money(6550, "EUR") if size == "S" else None,
                sku=f"LB-{size}",
                barcode="8001234567890" if size == "S" else "",
                grams=180,
                on_hand=-2 if size == "S" else 4,
                tracked=True,
                oversell=size == "S",
            )
            for size in "SM"
        ],
        pictures=[address_of("front"), address_of("back"), address_of("collar")],
    )


def fill(work: Callable[[], Any]) -> None:
    with work():
        own = save_product(actor=CLERK, draft=full_product())
        attach_picture(
            actor=CLERK,
            product_id=own.id,
            rendition=PictureDraft(
                small_key=KEY, medium_key=KEY, large_key=KEY, width=8, height=9, alt="Own"
            ),
        )
        plain = [VariantDraft(price=Money(4500, "EUR"))]
        save_product(actor=CLERK, draft=ProductDraft(handle="giro-tote", title="Giro tote", variants=plain))
        put_on_shelf("to-come", published_at=datetime(2099, 1, 1, tzinfo=UTC))
        put_on_shelf("not-yet", status=ProductStatus.DRAFT)
        gone = put_on_shelf("gone", title="=SUM(A1)", colour="+39", vendor="@house", fabric="-1")
        archive_product(actor=CLERK, product_id=gone.id, reason="The season is over")


def test_a_file_has_shopifys_columns_and_ours_behind_them(app: Flask, work: Callable[[], Any]) -> None:
    fill(work)
    rows = list(csv.DictReader(io.StringIO(sheet(app))))
    blouse = [row for row in rows if row["URL handle"] == "lina-blouse"]
    first, second, third, fourth = blouse
    assert list(first) == list(HEADER)
    assert HEADER[:2] == ("Title", "URL handle") and "Option3 Linked To" in HEADER
    assert (first["Title"], second["Title"], first["Status"]) == ("Lina blouse", "", "active")
    assert (first["Price"], first["Compare-at price"], second["Compare-at price"]) == ("50.00", "65.50", "")
    assert (first["Option1 name"], first["Option1 value"], second["Option1 name"]) == ("Size", "S", "")
    assert (first["Inventory quantity"], first["Continue selling when out of stock"]) == ("-2", "CONTINUE")
    assert (third["Price"], third["Image position"]) == ("", "3"), "a third picture and no third variant"
    assert fourth["Product image URL"].endswith(f"/{KEY}")
    assert first["Title in Italian (product.metafields.vetrina.title_it)"] == "Camicetta Lina"
    assert first["SEO title"] == "Silk blouse"
    assert first["SEO description"] == "A blouse."
    assert first["SEO title in Italian (product.metafields.vetrina.seo_title_it)"] == "Camicetta di seta"
    said = first["SEO description in Italian (product.metafields.vetrina.seo_description_it)"]
    assert said == "Una camicetta."
    (tote,) = (row for row in rows if row["URL handle"] == "giro-tote")
    assert (tote["Option1 name"], tote["Option1 value"]) == ("Title", "Default Title")
    (gone,) = (row for row in rows if row["URL handle"] == "gone" and row["Title"])
    assert (gone["Title"], gone["Vendor"], gone["Status"]) == ("'=SUM(A1)", "'@house", "archived")


def test_what_was_written_comes_in_again_unchanged(app: Flask, work: Callable[[], Any]) -> None:
    fill(work)
    with app.app_context():
        versions = db.session.scalars(select(Product.version).order_by(Product.id)).all()
    written = sheet(app)
    for _ in range(2):
        assert {str(k): v for k, v in take(app, written).counts.items()} == {
            "new": 0,
            "changed": 0,
            "unchanged": 5,
        }
    with app.app_context():
        assert db.session.scalars(select(Product.version).order_by(Product.id)).all() == versions
    assert sheet(app) == written


def test_an_empty_shop_that_reads_the_file_writes_the_same_bytes(app: Flask, work: Callable[[], Any]) -> None:
    fill(work)
    written = sheet(app)
    empty_the_shop(app)
    take(app, written)
    assert sheet(app) == written


def test_what_waits_for_its_day_goes_out_with_the_day_and_waits_for_it_in_another_shop(
    app: Flask, work: Callable[[], Any]
) -> None:
    fill(work)
    written = sheet(app)
    day = "Published at (product.metafields.vetrina.published_at)"
    waiting = next(row for row in csv.DictReader(io.StringIO(written)) if row["URL handle"] == "to-come")
    assert (waiting["Status"], waiting["Published on online store"]) == ("active", "TRUE")
    assert waiting[day] == "2099-01-01T00:00:00+00:00"
    empty_the_shop(app)
    take(app, written)
    with app.app_context():
        product = db.session.scalars(select(Product).where(Product.handle == "to-come")).one()
        assert (product.status, product.published_at) == (
            ProductStatus.SCHEDULED,
            datetime(2099, 1, 1, tzinfo=UTC),
        )
        blouse = db.session.scalars(select(Product).where(Product.handle == "lina-blouse")).one()
        assert (blouse.seo_title, blouse.seo_title_it) == ("Silk blouse", "Camicetta di seta")
        assert (blouse.seo_description, blouse.seo_description_it) == ("A blouse.", "Una camicetta.")


def test_staff_take_out_what_the_list_shows(
    app: Flask, work: Callable[[], Any], desk_of: Callable[[Role], FlaskClient], client: FlaskClient
) -> None:
    fill(work)
    clerk = desk_of(Role.CATALOGUE)
    answer = clerk.get("/staff/products/export?status=draft")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="products-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["URL handle"] for row in rows} == {"not-yet"}
    assert clerk.get("/staff/products/export").text == sheet(app)
    assert "All as a file" in clerk.get("/staff/products").text
    assert "These as a file" in clerk.get("/staff/products?status=draft").text
    assert client.get("/staff/products/export").status_code == 302


def test_the_command_writes_the_same_file(app: Flask, work: Callable[[], Any], tmp_path: Any) -> None:
    fill(work)
    path = tmp_path / "products.csv"
    assert app.test_cli_runner().invoke(args=["catalog", "export", str(path)]).exit_code == 0
    assert path.read_bytes().decode() == sheet(app)
    result = app.test_cli_runner().invoke(args=["catalog", "import", str(path)])
    assert "0 new, 0 changed, 5 unchanged, 0 left out." in result.output


def test_few_statements_whatever_the_number_of_products(
    app: Flask, work: Callable[[], Any], statements: Any
) -> None:
    with work():
        save_products(actor=CLERK, drafts=[draft(f"piece-{n}") for n in range(40)])
    with statements() as seen:
        sheet(app)
    assert seen.count == 1


# What people and machines put into texts; outer spaces are nobody's, forms and files drop them.
NASTY = st.text(
    st.one_of(
        st.sampled_from("=+-@'\",;\t\r\n|&<>%_\\ "),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=30,
).map(str.strip)
WORDS = NASTY.filter(bool)


@settings(max_examples=25)
@given(
    titles=st.lists(WORDS, min_size=1, max_size=3),
    texts=st.lists(NASTY, min_size=4, max_size=4),
    sizes=st.lists(WORDS, min_size=1, max_size=3, unique=True),
    price=st.integers(0, 9_999_999_999),
)
def test_nasty_texts_go_out_and_in_and_out_again_the_same(
    app: Flask, titles: list[str], texts: list[str], sizes: list[str], price: int
) -> None:
    empty_the_shop(app)
    with app.app_context(), unit_of_work():
        save_products(
            actor=CLERK,
            drafts=[
                ProductDraft(
                    handle=f"piece-{number}",
                    title=title,
                    title_it=texts[0],
                    vendor=texts[1],
                    description=texts[2],
                    colour=texts[3],
                    care=texts[1],
                    tags=[tag for tag in (texts[0].replace(",", "").strip(),) if tag],
                    category="tops",
                    slot="top",
                    option_names=[texts[3] or "Size"],
                    variants=[
                        VariantDraft(
                            price=Money(price, "EUR"),
                            option_values=[size],
                            sku=f"{number}{size}",
                            on_hand=number,
                        )
                        for size in sizes
                    ],
                )
                for number, title in enumerate(titles)
            ],
        )
    written = sheet(app)
    again = take(app, written).counts
    assert sum(again.values()) == len(titles) and list(again.values())[:2] == [0, 0]
    empty_the_shop(app)
    take(app, written)
    assert sheet(app) == written
