"""Product files: both dialects, everything that can be wrong with one, and what happens the second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db, unit_of_work
from storefront.catalog.models import Picture, Product, ProductStatus, Variant
from storefront.catalog.queries import product_page
from storefront.stock import actions as stock
from storefront.stock.models import StockMovement
from tests.storefront.shelf import written

HERE = Path(__file__).parent
OLDER_EXPORT = Path(__file__).parent / "data" / "older-export.csv"

OLD = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,\
Variant Compare At Price,Image Src,Image Position,Image Alt Text,Status
lina-blouse,Lina blouse,"<p>Soft. <script>alert(1)</script><a href=""https://elsewhere.example"">more</a></p>",\
Vetrina,Blouse,"silk, women",true,Size,S,LB-S,180,shopify,4,deny,50.00,65.00,\
https://pictures.example/1.jpg,1,Front,active
lina-blouse,,,,,,,,M,LB-M,185,shopify,0,continue,50.00,,https://pictures.example/2.jpg,2,Back,
lina-blouse,,,,,,,,,,,,,,,,https://pictures.example/3.jpg,3,Collar,
giro-tote,Giro tote,,Vetrina,Bag,,true,Title,Default Title,GT,400,,0,deny,45,,,,,active
"""
NEW = """\
Price,Option1 value,Option1 name,URL handle,Title,Description,Type,Status,Published on online store,\
Inventory tracker,Inventory quantity,Continue selling when out of stock,SKU,Product image URL,\
Image position,Color (product.metafields.shopify.color-pattern),Something of ours
189.00,38,Size,valle-trench,Valle trench,"Storm flap,
two lines.

And a second paragraph.",Coat,Active,TRUE,shopify,3,DENY,VT-38,https://pictures.example/t.jpg,1,Sand,x
189.00,40,,valle-trench,,,,,,shopify,2,DENY,VT-40,,,,y
30,,,,Porta shirt,,Shirt,Draft,FALSE,,,,PS,,,White,
"""


@contextmanager
def looking(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def bring_in(app: Flask, tmp_path: Path) -> Callable[..., Result]:
    """`bring_in(text)` writes the file and runs the command as an operator does."""

    def run(text: str | bytes, *options: str) -> Result:
        path = written(tmp_path, text)
        return app.test_cli_runner().invoke(args=["catalog", "import", str(path), *options])

    return run


def only(handle: str) -> Product:
    product = product_page(handle)
    assert product is not None
    return product


def test_the_older_dialect_groups_rows_by_handle(app: Flask, bring_in: Callable[..., Result]) -> None:
    result = bring_in(OLD)
    assert result.exit_code == 0, result.output
    assert "4 rows, 2 products: 2 new, 0 changed, 0 unchanged, 0 left out." in result.output
    with looking(app):
        blouse = only("lina-blouse")
        assert [
            (v.label, v.price_minor, v.compare_at_minor, v.on_hand, v.oversell) for v in blouse.variants
        ] == [
            ("S", 5000, 6500, 4, False),
            ("M", 5000, None, 0, True),
        ]
        assert [picture.alt for picture in blouse.pictures] == ["Front", "Back", "Collar"]
        assert (blouse.category, blouse.slot, blouse.tags) == ("tops", "top", ["silk", "women"])
        tote = only("giro-tote")
        assert (tote.category, tote.slot) == ("totes", "bag")
        assert tote.option_names == [] and tote.variants[0].option_values == []
        assert not tote.variants[0].tracked, "no tracker named means that nobody counts it"


def test_descriptions_lose_whatever_a_browser_could_run_or_follow(
    app: Flask, bring_in: Callable[..., Result]
) -> None:
    bring_in(OLD)
    with looking(app):
        assert only("lina-blouse").description == "<p>Soft. more</p>"


def test_the_current_dialect_is_read_in_any_order_of_columns(
    app: Flask, bring_in: Callable[..., Result]
) -> None:
    result = bring_in(NEW)
    assert result.exit_code == 0, result.output
    with looking(app):
        trench = only("valle-trench")
        assert [(v.label, v.on_hand) for v in trench.variants] == [("38", 3), ("40", 2)]
        assert trench.description == "<p>Storm flap,\ntwo lines.</p><p>And a second paragraph.</p>"
        assert (trench.colour, trench.category) == ("Sand", "outerwear")
        shirt = db.session.scalars(select(Product).where(Product.handle == "porta-shirt")).one()
        assert shirt.status == ProductStatus.DRAFT, (
            "its handle was made from the title, and it is not published"
        )


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: (text + "\n\n,,,,\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "UTF-16", "blank rows"],
)
def test_the_dress_of_a_file_does_not_matter(
    app: Flask, bring_in: Callable[..., Result], disguise: Callable[[str], bytes]
) -> None:
    result = bring_in(disguise(NEW))
    assert result.exit_code == 0, result.output
    with looking(app):
        assert only("valle-trench").title == "Valle trench"


def test_a_semicolon_file_with_decimal_commas_is_read(app: Flask, bring_in: Callable[..., Result]) -> None:
    assert bring_in("Handle;Title;Variant Price\nfilo;Filo belt;29,90\n").exit_code == 0
    with looking(app):
        assert only("filo").price_from_minor == 2990


def test_rows_of_one_handle_may_lie_apart(app: Flask, bring_in: Callable[..., Result]) -> None:
    head, first, *_ = "Handle,Title,Option1 Name,Option1 Value,Variant Price", "a,Alba,Size,S,59"
    text = "\n".join([head, first, "b,Borsa,Size,One,110", "a,,,M,59", ""])
    assert bring_in(text).exit_code == 0
    with looking(app):
        assert [variant.label for variant in only("a").variants] == ["S", "M"]


def test_bringing_the_same_file_twice_changes_nothing(app: Flask, bring_in: Callable[..., Result]) -> None:
    bring_in(OLD)
    with looking(app):
        before = db.session.scalars(select(Product.version).order_by(Product.id)).all()
        saved = select(func.count()).where(AuditRow.subject_type == "product")
        acts = db.session.scalar(saved)
    result = bring_in(OLD)
    assert "0 new, 0 changed, 2 unchanged, 0 left out." in result.output
    with looking(app):
        assert db.session.scalars(select(Product.version).order_by(Product.id)).all() == before
        assert db.session.scalar(saved) == acts
        assert db.session.scalar(select(func.count()).select_from(Variant)) == 3


def test_a_changed_file_updates_and_never_duplicates(app: Flask, bring_in: Callable[..., Result]) -> None:
    bring_in(OLD)
    with looking(app):
        before = {v.label: v.id for v in only("lina-blouse").variants}
    changed = (
        OLD.replace("deny,50.00,65.00", "deny,48.00,65.00")
        .replace(",M,LB-M", ",L,LB-L")
        .replace("/3.jpg", "/4.jpg")
    )
    assert "0 new, 1 changed, 1 unchanged" in bring_in(changed).output
    with looking(app):
        blouse = only("lina-blouse")
        assert [(v.label, v.price_minor) for v in blouse.variants] == [("S", 4800), ("L", 5000)]
        assert blouse.variants[0].id == before["S"], "orders point at it"
        gone = db.session.get_one(Variant, before["M"])
        assert gone.withdrawn_at is not None
        assert [p.source_url for p in blouse.pictures][-1] == "https://pictures.example/4.jpg"
        assert db.session.scalar(select(func.count()).select_from(Picture)) == 3
    bring_in(OLD)
    with looking(app):
        assert [v.id for v in only("lina-blouse").variants] == [before["S"], before["M"]]


def test_a_file_without_a_column_leaves_what_it_would_have_said(
    app: Flask, bring_in: Callable[..., Result]
) -> None:
    bring_in(OLD)
    bring_in("Handle,Title,Option1 Name,Option1 Value,Variant Price\nlina-blouse,Lina blouse,Size,S,50\n")
    with looking(app):
        blouse = only("lina-blouse")
        assert (blouse.variants[0].sku, blouse.variants[0].on_hand) == ("LB-S", 4)
        assert blouse.vendor == "Vetrina" and len(blouse.pictures) == 3


def test_a_figure_in_a_file_is_a_count_and_a_file_without_it_leaves_what_was_sold_since(
    app: Flask, bring_in: Callable[..., Result]
) -> None:
    bring_in(OLD)
    with app.app_context(), unit_of_work():
        small = only("lina-blouse").variants[0].id
        stock.sell(actor=Actor.system("tests"), order_id=1, wanted={small: 3})
    bring_in("Handle,Title,Option1 Name,Option1 Value,Variant Price\nlina-blouse,Lina blouse,Size,S,50\n")
    with looking(app):
        assert only("lina-blouse").variants[0].on_hand == 1
    bring_in(OLD)
    with looking(app):
        assert only("lina-blouse").variants[0].on_hand == 4
        moved = select(StockMovement.kind, StockMovement.quantity).where(StockMovement.variant_id == small)
        assert db.session.execute(moved.order_by(StockMovement.id)).all()[-2:] == [
            ("sold", -3),
            ("corrected", 3),
        ]


def test_a_dry_run_says_everything_and_keeps_nothing(app: Flask, bring_in: Callable[..., Result]) -> None:
    result = bring_in(OLD, "--dry-run")
    assert result.exit_code == 0
    assert "Nothing was kept (dry run). 4 rows, 2 products: 2 new" in result.output
    with looking(app):
        assert db.session.scalar(select(func.count()).select_from(Product)) == 0
        assert db.session.scalar(select(func.count()).select_from(AuditRow)) == 0


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("bad,Bad,Size,S,abc,,", "Variant Price", "“abc” is not a price"),
        ("bad,Bad,Size,S,,,", "Variant Price", "The price is missing."),
        ("bad,Bad,Size,S,-1,,", "Variant Price", "“-1” is not a price"),
        ("bad,Bad,Size,S,€10,,", "Variant Price", "“€10” is not a price"),
        ("bad,Bad,Size,S,10.005,,", "Variant Price", "is not a price in EUR"),
        ('bad,Bad,Size,S,"1,234",,', "Variant Price", "is not a price in EUR"),
        ("bad,Bad,Size,S,999999999999,,", "Variant Price", "higher than any price"),
        ("bad,Bad,Size,S,١٢,,", "Variant Price", "is not a price"),
        ("bad,,Size,S,10,,", "Title", "The title is missing."),
        ("bad,Bad,,S,10,,", "Option1 Name", "has a value and no name"),
        ("bad,Bad,Size,,10,,", "Option1 Value", "The value of this option is missing."),
        ("bad,Bad,Size,S,10,two,", "Variant Inventory Qty", "“two” is not a whole number."),
        ("bad,Bad,Size,S,10,1.5,", "Variant Inventory Qty", "is not a whole number."),
        ("bad,Bad,Size,S,10,1,ftp://x/y.jpg", "Image Src", "is not an address that begins with http"),
        ("bad,Bad,Size,S,10,1,//x/y.jpg", "Image Src", "is not an address"),
        ("a/b,Bad,Size,S,10,,", "Handle", "letters, digits and hyphens only"),
        (",,Size,S,10,,", "Handle", "The handle is missing."),
        ("bad,Bad,Size,S,10,1,,surplus", "Handle", "The row has 8 cells, the first row has 7."),
        ("bad,B\0ad,Size,S,10,,", "Handle", "zero byte"),
    ],
)
def test_a_bad_product_is_left_out_whole_and_the_others_go_in(
    app: Flask, bring_in: Callable[..., Result], cells: str, column: str, reason: str
) -> None:
    head = "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Image Src"
    result = bring_in("\n".join([head, "good,Good,Size,S,10,,", cells, "fine,Fine,Size,S,10,,", ""]))
    assert result.exit_code == 2, result.output
    assert f"row 3, column {column}" in result.output
    assert reason in result.output
    assert "2 new" in result.output and "1 left out." in result.output
    with looking(app):
        assert set(db.session.scalars(select(Product.handle))) == {"good", "fine"}


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("bad,,,S,10", "row 3, column Option1 Value (bad): Row 2 is the same variant."),
        ("bad,Other,,M,10", "row 3, column Title (bad): Row 2 has the same handle and another title."),
        ("bad,,,M,ten", "row 3, column Variant Price (bad): “ten” is not a price."),
        ("bad,,,M,", "row 3, column Variant Price (bad): The price is missing."),
    ],
)
def test_one_bad_row_leaves_out_all_rows_of_its_product(
    app: Flask, bring_in: Callable[..., Result], second: str, reason: str
) -> None:
    head = "Handle,Title,Option1 Name,Option1 Value,Variant Price"
    result = bring_in("\n".join([head, "bad,Bad,Size,S,10", second, "good,Good,Size,S,10", ""]))
    assert (result.exit_code, reason in result.output) == (2, True), result.output
    with looking(app):
        assert db.session.scalars(select(Product.handle)).all() == ["good"]


def test_a_product_that_turns_bad_keeps_what_it_was(app: Flask, bring_in: Callable[..., Result]) -> None:
    bring_in(OLD)
    result = bring_in(OLD.replace("deny,50.00,65.00", "deny,free,65.00"))
    assert result.exit_code == 2
    with looking(app):
        assert only("lina-blouse").variants[0].price_minor == 5000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "The file is empty."),
        (b"Name,Price\nx,1\n", "no column Title"),
        (b"Title,Price,Variant Price\nx,1,1\n", "Price and Variant Price mean the same"),
        (b"Title,Price\nCaff\xe8,1\n", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
    ],
)
def test_what_is_no_product_file_is_refused_as_a_whole(
    bring_in: Callable[..., Result], text: bytes, reason: str
) -> None:
    result = bring_in(text)
    assert result.exit_code == 2
    assert reason in result.output


def test_a_row_whose_quotes_are_broken_takes_its_product_with_it(
    app: Flask, bring_in: Callable[..., Result]
) -> None:
    text = 'Handle,Title,Variant Price\ngood,Good,10\nbad,Bad,10\nbad,"Bad"x,10\nfine,Fine,10\n'
    result = bring_in(text)
    assert result.exit_code == 2
    assert "row 4, column Handle (bad): The row cannot be read" in result.output
    with looking(app):
        assert set(db.session.scalars(select(Product.handle))) == {"good", "fine"}


def test_a_large_file_is_taken_in_with_few_statements(
    app: Flask, bring_in: Callable[..., Result], statements: Callable[..., object]
) -> None:
    rows = [
        f"piece-{n},Piece {n},Size,{size},{n % 90 + 10}.50"
        if size == "S"
        else f"piece-{n},,,{size},{n % 90 + 10}.50"
        for n in range(600)
        for size in "SML"
    ]
    text = "\n".join(["Handle,Title,Option1 Name,Option1 Value,Variant Price", *rows, ""])
    with statements() as seen:  # type: ignore[attr-defined]
        result = bring_in(text)
    assert "1800 rows, 600 products: 600 new" in result.output
    assert seen.count <= 3 * 12, seen.sql


def test_a_whole_export_of_the_older_dialect_comes_in(app: Flask, bring_in: Callable[..., Result]) -> None:
    result = bring_in(OLDER_EXPORT.read_bytes())
    assert (result.exit_code, "22 rows, 20 products: 20 new" in result.output) == (0, True), result.output
    with looking(app):
        assert db.session.scalar(select(func.count()).select_from(Variant)) == 22
