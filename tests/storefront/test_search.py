"""Finding products by words: in both languages, whatever the accents, endings and slips."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from foundation.db import db, unit_of_work
from foundation.money import Money
from storefront.catalog.models import Product, Variant
from storefront.catalog.standing import archive_product
from storefront.search import actions
from storefront.search import statements as statements_of_search
from storefront.search.actions import count_worn, refresh
from storefront.search.filters import Filters, Sort
from storefront.search.queries import Found, find, find_products
from storefront.stock.actions import put_back, sell
from storefront.stock.keeping import correct, receive
from tests.races import PATIENCE, until
from tests.storefront.shelf import CLERK, put_on_shelf
from tests.storefront.test_places import opened

Work = Callable[[], AbstractContextManager[None]]
Search = Callable[..., Found]


@pytest.fixture
def shelf(work: Work) -> None:
    with work():
        put_on_shelf(
            title_it="Giacca di jeans Corso",
            colour="Indigo",
            colour_it="Indaco",
            price=8000,
            tags=["denim days"],
        )
        put_on_shelf(
            "lina-blouse",
            "Lina blouse",
            title_it="Camicetta Lina più morbida",
            kind="Blouse",
            category="tops",
            colour="Ivory",
            price=5000,
            description="<p>For the office and for cafés.</p>",
            stock={"S": 0, "M": 2},
        )
        put_on_shelf(
            "passo-loafers", "Passo loafers", kind="Loafers", category="shoes", price=12000, stock={"40": 1}
        )


@pytest.fixture
def search(app: Flask, shelf: None) -> Search:
    def run(
        text: str = "",
        language: str = "en",
        page: int = 1,
        sort: Sort | None = None,
        **choices: tuple[str, ...],
    ) -> Found:
        with app.test_request_context("/shop", headers={"Accept-Language": language}):
            return find(Filters(text=text, choices=choices, sort=sort), page)

    return run


def handles(found: Found) -> list[str]:
    return [row.handle for row in found.rows]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("denim jacket", "en", "corso-denim-jacket"),
        ("JACKETS", "en", "corso-denim-jacket"),
        ("jack", "en", "corso-denim-jacket"),
        ("jacket corso", "en", "corso-denim-jacket"),
        ("jackets cor", "en", "corso-denim-jacket"),
        ("jack cor", "en", "corso-denim-jacket"),
        ("indigo", "en", "corso-denim-jacket"),
        ("cafe", "en", "lina-blouse"),
        ("cafés", "en", "lina-blouse"),
        ("office", "en", "lina-blouse"),
        ("giacche", "it", "corso-denim-jacket"),
        ("giacca", "it", "corso-denim-jacket"),
        ("indaco", "it", "corso-denim-jacket"),
        ("camicett", "it", "lina-blouse"),
        ("piu", "it", "lina-blouse"),
        ("più morbida", "it", "lina-blouse"),
        ("morbide", "it", "lina-blouse"),
        ("passo", "it", "passo-loafers"),
    ],
)
def test_words_are_found_in_the_readers_language(
    search: Search, text: str, language: str, expected: str
) -> None:
    found = search(text, language)
    assert handles(found) == [expected]
    assert found.reading.meant is None
    assert not found.reading.foreign


@pytest.mark.parametrize(
    ("text", "meant", "expected"),
    [
        ("jaket", "jacket", "corso-denim-jacket"),
        ("blousse", "blouse", "lina-blouse"),
        ("denmi jakcet", "denim jacket", "corso-denim-jacket"),
        ("loafrs", "loafers", "passo-loafers"),
        ("camiscetta", "camicetta", "lina-blouse"),
        ("giaccca", "giacca", "corso-denim-jacket"),
    ],
)
def test_slips_are_forgiven_and_the_page_can_say_so(
    search: Search, text: str, meant: str, expected: str
) -> None:
    found = search(text, "it" if meant in {"camicetta", "giacca"} else "en")
    assert handles(found)[0] == expected
    assert found.reading.meant == meant


@pytest.mark.parametrize(
    ("typed", "asked_for"),
    [
        ("jacket", "'jacket':*"),
        ("jackets corso", "'jackets' & 'corso':*"),
        ("jack corso", "'jack':* & 'corso':*"),
        ("jaket corso", "'jacket' & 'corso':*"),
    ],
)
def test_a_whole_word_with_more_after_it_stands_for_itself_alone(
    search: Search, typed: str, asked_for: str
) -> None:
    assert search(typed).reading.query == asked_for


def test_a_slip_that_shares_a_stem_is_told_and_the_words_can_be_had_as_typed(
    search: Search, client: FlaskClient
) -> None:
    found = search("giaca", "it")
    assert (handles(found), found.reading.meant) == (["corso-denim-jacket"], "giacca")
    page = client.get("/shop?q=jaket").text
    assert "Showing what fits “jacket”." in page
    assert 'href="/shop?q=jaket&amp;typed=jaket"' in page
    as_typed = client.get("/shop?q=jaket&typed=jaket").text
    assert "Showing what fits" not in as_typed
    assert "Corso denim jacket" not in as_typed
    assert 'name="typed" value="jaket"' in as_typed
    assert "Showing what fits" in client.get("/shop?q=jaket&typed=another").text


@pytest.mark.parametrize(
    "code", ["DJ-104 x", "dj-104 X", "dj 104x", "DJ104X", "4006381333931", "4-006381-333931"]
)
def test_a_number_finds_its_piece_first_however_it_is_typed(
    search: Search, work: Work, client: FlaskClient, code: str
) -> None:
    numbers = {"sku": "DJ-104-X", "barcode": "4006381333931"}
    with work():
        put_on_shelf("other", "DJ 104 X other", category="tops", price=100)
        corso = db.session.scalars(select(Product.id).where(Product.handle == "corso-denim-jacket")).one()
        one = select(Variant.id).where(Variant.product_id == corso).limit(1).scalar_subquery()
        db.session.execute(update(Variant).where(Variant.id == one).values(**numbers))
    found = search(code)
    assert handles(found)[0] == "corso-denim-jacket"
    assert len(set(handles(found))) == len(found.rows) == found.total
    assert found.reading.meant is None
    assert (
        f"The piece with the number “{code}” stands first."
        in client.get("/shop", query_string={"q": code}).text
    )
    assert "Corso denim jacket" in client.get("/search/suggestions", query_string={"q": code}).text
    assert handles(search(code, category=("shoes",))) == []


def test_a_part_of_a_number_and_the_number_of_a_draft_find_nothing(search: Search, work: Work) -> None:
    with work():
        hidden = put_on_shelf("hidden", "Hidden coat").id
        db.session.execute(update(Variant).where(Variant.product_id == hidden).values(sku="QQ-77-QQ"))
        archive_product(actor=CLERK, product_id=hidden, reason="A test")
    assert [search(code).total for code in ("QQ-77-QQ", "QQ-77", "--", "- -")] == [0, 0, 0, 0]


def test_a_word_of_the_other_language_is_read_in_that_language(search: Search) -> None:
    found = search("giacca", "en")
    assert handles(found) == ["corso-denim-jacket"]
    assert (found.reading.foreign, found.reading.language) == (True, "it")


def test_what_looks_like_no_word_of_the_shop_is_not_guessed_at(search: Search) -> None:
    found = search("umbrella")
    assert (found.total, found.reading.meant) == (0, None)


@pytest.mark.parametrize(
    "text", ["zzzzqq", "'); DROP TABLE products; --zzzz", "&|!:*<->", "\\", "%", "   \t "]
)
def test_words_that_fit_nothing_find_nothing_and_break_nothing(search: Search, text: str) -> None:
    found = search(text)
    assert (found.total, found.page, found.pages) in {(0, 1, 1), (3, 1, 1)}
    assert found.total == (0 if text.strip() else 3)


def test_the_name_weighs_more_than_the_description(search: Search, work: Work) -> None:
    with work():
        put_on_shelf(
            "belt", "Filo belt", kind="Belt", category="accessories", description="Goes with a blouse."
        )
    assert handles(search("blouse")) == ["lina-blouse", "belt"]


def test_filters_narrow_and_the_figures_beside_them_say_what_each_would_leave(search: Search) -> None:
    everything = search()
    assert everything.total == 3
    assert everything.counts["category"] == {"outerwear": 1, "tops": 1, "shoes": 1}
    assert everything.counts["price"] == {"50-100": 2, "100-200": 1}
    assert everything.counts["size"] == {"S": 1, "M": 2, "L": 1, "40": 1}, "what is sold out is no size"
    medium = search(size=("M",))
    assert set(handles(medium)) == {"corso-denim-jacket", "lina-blouse"}
    assert medium.counts["category"] == {"outerwear": 1, "tops": 1}
    assert handles(search(size=("M",), category=("tops", "shoes"))) == ["lina-blouse"]
    assert handles(search(size=("S",), category=("tops",))) == []
    assert handles(search("passo", price=("100-200",))) == ["passo-loafers"]
    assert handles(search("passo", price=("under-50",))) == []


def test_lists_sort_by_price_and_by_age(search: Search) -> None:
    assert handles(search(sort=Sort.CHEAPEST))[0] == "lina-blouse"
    assert handles(search(sort=Sort.DEAREST))[0] == "passo-loafers"
    assert handles(search(sort=Sort.NEWEST))[0] == "passo-loafers"


def test_a_page_that_does_not_exist_becomes_the_last_one(search: Search, work: Work) -> None:
    with work():
        for number in range(30):
            put_on_shelf(f"tee-{number:02}", f"Tee {number}", category="tops")
    assert (search().total, search().pages) == (33, 2)
    seen = handles(search()) + handles(search(page=2))
    assert len(set(seen)) == 33
    assert handles(search(page=99)) == handles(search(page=2))
    assert handles(search(page=-3)) == handles(search())


def test_what_is_archived_is_not_found(search: Search, app: Flask, work: Work) -> None:
    with work():
        product = put_on_shelf("lina-blouse", "Lina blouse", category="tops")
        archive_product(actor=CLERK, product_id=product.id, reason="Last season")
    assert search("blouse").total == 0
    assert search("blousse").total == 0
    with app.app_context():
        assert find_products("blouse") == []


def test_a_list_takes_one_statement_and_a_search_two_whatever_is_chosen(
    app: Flask, shelf: None, statements: Callable[..., AbstractContextManager[Any]]
) -> None:
    choices = {"size": ("M",), "colour": ("blue",), "price": ("50-100",), "stock": ("yes",)}
    with app.test_request_context("/shop"), statements() as seen:
        find(Filters(choices=choices, sort=Sort.CHEAPEST))
    assert seen.count == 1
    with app.test_request_context("/shop"), statements() as seen:
        find(Filters(text="jaket corso", choices=choices, sort=Sort.WORN))
    assert seen.count == 2


def test_the_pages_keep_to_their_statements(
    client: FlaskClient, shelf: None, statements: Callable[..., AbstractContextManager[Any]]
) -> None:
    most = {"/shop": 4, "/shop?size=M&sort=worn": 4, "/shop?q=jacket": 3, "/shop?q=jaket": 3}
    for address, number in most.items():
        with statements() as seen:
            assert client.get(address).status_code == 200
        assert seen.count <= number, seen.sql


def test_every_filter_narrows_and_its_own_choice_does_not_narrow_its_figures(
    search: Search, work: Work
) -> None:
    with work():
        put_on_shelf(
            "aria-tee",
            "Aria tee",
            category="tops",
            colour="Red",
            price=3000,
            vendor="Aria",
            stock={"M": 0},
        )
    cases: dict[str, tuple[str, set[str]]] = {
        "category": ("shoes", {"passo-loafers"}),
        "size": ("40", {"passo-loafers"}),
        "colour": ("blue", {"corso-denim-jacket"}),
        "price": ("under-50", {"aria-tee"}),
        "brand": ("Aria", {"aria-tee"}),
        "stock": ("yes", {"corso-denim-jacket", "lina-blouse", "passo-loafers"}),
    }
    everything = search()
    for name, (key, expected) in cases.items():
        found = search(**{name: (key,)})
        assert set(handles(found)) == expected, name
        assert found.counts[name] == everything.counts[name], name
        assert found.counts[name][key] == len(expected), name


def test_reduced_pieces_are_those_with_a_higher_price_before(search: Search, work: Work) -> None:
    with work():
        jacket = db.session.scalars(select(Product).where(Product.handle == "corso-denim-jacket")).one()
        db.session.execute(
            update(Variant).where(Variant.product_id == jacket.id).values(compare_at_minor=9900)
        )
        refresh([jacket.id])
    (row,) = search(sale=("yes",)).rows
    assert (row.handle, row.was) == ("corso-denim-jacket", Money(9900, "EUR"))


def test_filters_that_leave_nothing_say_what_each_of_them_takes_away(
    search: Search, client: FlaskClient
) -> None:
    found = search(category=("shoes",), size=("M",))
    assert (found.total, found.without) == (0, {"category": 2, "size": 1})
    page = client.get("/shop?category=shoes&size=M").text
    assert "Nothing on the rail for that" in page
    assert "Without “Shoes”: 2 pieces" in page
    assert "Without “Size M”: 1 piece" in page
    assert 'href="/shop?size=M"' in page


def test_words_that_no_piece_has_together_are_offered_alone(search: Search, client: FlaskClient) -> None:
    page = client.get("/shop?q=denim+loafers").text
    assert "Only “loafers”: 1 piece" in page
    assert "Only “denim”: 1 piece" in page


def test_the_address_holds_the_whole_state(client: FlaskClient, shelf: None) -> None:
    page = client.get("/shop?q=corso&size=M&size=L&stock=yes&sort=price").text
    assert 'href="/shop?q=corso&amp;size=L&amp;stock=yes&amp;sort=price"' in page
    assert page.count('name="size" value="M" checked') == 1
    assert '<input type="hidden" name="sort" value="price">' in page, (
        "one piece needs no order, the next list does"
    )
    assert '<option value="price" selected>' in client.get("/shop?stock=yes&sort=price").text


def test_what_makes_no_sense_in_the_address_is_passed_over(client: FlaskClient, shelf: None) -> None:
    for question in ("price=free", "colour=plaid", "sale=maybe", "stock=1", "sort=sideways", "page=-4"):
        page = client.get(f"/shop?{question}")
        assert page.status_code == 200
        assert "Corso denim jacket" in page.text, question


@pytest.mark.parametrize(
    "typed",
    [
        "blouse " * 1500,
        "x" * 10_000,
        "& | ! ( ) : * <-> \\ ' \" ; --",
        "blouse' OR '1'='1'; DROP TABLE products; --",
        "%' || (SELECT version()) || '%",
        "👗🧥 👟",
        "\ufdfa \u202e abc",
        "_ %%s %(query)s {0}",
    ],
)
def test_whatever_is_typed_there_is_a_page(client: FlaskClient, shelf: None, typed: str) -> None:
    answer = client.get("/shop", query_string={"q": typed})
    assert answer.status_code == 200
    assert len(answer.text) < 60_000
    assert client.get("/shop").text.count("card-product") >= 3


def test_a_null_byte_is_refused_with_a_page(client: FlaskClient, shelf: None) -> None:
    answer = client.get("/shop", query_string={"q": "blouse\0"})
    assert answer.status_code == 400
    assert "<h1" in answer.text


def test_the_last_piece_of_a_size_takes_the_size_out_of_the_filters_and_a_return_brings_it_back(
    search: Search, work: Work
) -> None:
    with work():
        (variant,) = db.session.scalars(
            select(Variant).join(Product).where(Product.handle == "passo-loafers")
        )
        sell(actor=CLERK, order_id=1, wanted={variant.id: 1})
    assert "40" not in search().counts["size"]
    assert search(stock=("yes",)).total == 2
    with work():
        put_back(actor=CLERK, variant_id=variant.id, quantity=1, reason="came back")
    assert search().counts["size"]["40"] == 1
    assert search(stock=("yes",)).total == 3


def test_a_change_is_found_at_once_and_one_that_is_rolled_back_never(
    search: Search, app: Flask, work: Work
) -> None:
    with work():
        put_on_shelf("lina-blouse", "Lina tunic", category="tops", kind="Tunic")
    assert search("tunic").total == 1
    assert search("blouse").total == 0
    with app.app_context():
        put_on_shelf("lina-blouse", "Lina kaftan", category="tops")
        db.session.rollback()
    assert search("kaftan").total == 0


def sizes_after_two_sales_side_by_side(app: Flask, work: Work, search: Search) -> set[str]:
    """The last S and the last M of one product are sold, the second sale before the first has committed."""
    with work():
        product = put_on_shelf("two-left", "Two left", stock={"S": 1, "M": 1, "L": 1})
        small, medium, _ = (variant.id for variant in product.variants)
    first_has_written, second_has_too = threading.Event(), threading.Event()

    def sell_medium() -> None:
        first_has_written.wait(PATIENCE)
        with app.app_context(), unit_of_work():
            sell(actor=CLERK, order_id=2, wanted={medium: 1})
        second_has_too.set()

    second = threading.Thread(target=sell_medium)
    second.start()
    with work():
        sell(actor=CLERK, order_id=1, wanted={small: 1})
        first_has_written.set()
        assert not until(second_has_too), "the second waits for the first"
    second.join(PATIENCE)
    return set(search(category=("outerwear",)).counts["size"]) & {"S", "M", "L"}


def test_two_sales_at_once_leave_the_filters_right(app: Flask, work: Work, search: Search) -> None:
    with work():
        archive_product(actor=CLERK, product_id=find_products("denim jacket")[0].id, reason="out of the way")
    assert sizes_after_two_sales_side_by_side(app, work, search) == {"L"}


def test_without_the_lock_the_second_sale_would_bring_back_what_the_first_took(
    app: Flask, work: Work, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the document is computed before the first sale can be seen, and written after it."""
    with work():
        archive_product(actor=CLERK, product_id=find_products("denim jacket")[0].id, reason="out of the way")
    monkeypatch.setattr(actions, "_LOCK", text("SELECT 1 WHERE CAST(:ids AS bigint[]) IS NULL"))
    assert sizes_after_two_sales_side_by_side(app, work, search) == {"S", "L"}


def test_a_store_is_a_filter_while_something_lies_there(
    search: Search, client: FlaskClient, work: Work
) -> None:
    with work():
        torino = opened("torino", name="Torino")
        variant = find_products("loafers")[0].variants[0]
        receive(actor=CLERK, place_id=torino, wanted={variant.id: 2}, reason="Delivered", batch="b1")
    key = str(torino)
    assert search().counts["store"] == {key: 1}
    assert handles(search(store=(key,))) == ["passo-loafers"]
    page = client.get(f"/shop?store={key}").text
    assert "In stock in Torino" in page
    with work():
        correct(actor=CLERK, variant_id=variant.id, place_id=torino, counted=0, reason="Counted")
    assert "store" not in search().counts
    assert search(store=(key,)).total == 0
    assert client.get("/shop?store=drop+table").status_code == 200


def test_the_most_worn_come_first(search: Search, work: Work) -> None:
    with work():
        ids = dict(db.session.execute(select(Product.handle, Product.id)).all())
        count_worn(ids.values(), lambda asked: {ids["lina-blouse"]: 3, ids["passo-loafers"]: 1})
    assert handles(search(sort=Sort.WORN)) == ["lina-blouse", "passo-loafers", "corso-denim-jacket"]
    assert search(sort=Sort.WORN).rows[0].worn_in == 3


def test_figures_stop_at_a_bound_and_say_so(
    search: Search, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements_of_search, "COUNTED", 2)
    monkeypatch.setattr(statements_of_search, "RANKED", 2)
    statements_of_search.listing.cache_clear()
    found = search()
    assert (found.total, found.bounded) == (2, True)
    assert len(found.rows) == 2
    assert "More than" in client.get("/shop").text
    statements_of_search.listing.cache_clear()
