"""Finding products by words: in both languages, whatever the accents, endings and slips."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from foundation.db import db
from storefront.catalog.actions import archive_product
from storefront.catalog.queries import ProductFilters, ProductPage, Sort, find_products, product_list
from tests.storefront.shelf import CLERK, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
Search = Callable[..., ProductPage]


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
    def run(text: str = "", language: str = "en", page: int = 1, **filters: object) -> ProductPage:
        with app.test_request_context("/shop", headers={"Accept-Language": language}):
            found = product_list(ProductFilters(text=text, **filters), page)  # type: ignore[arg-type]
            db.session.expunge_all()
            return found

    return run


def handles(found: ProductPage) -> list[str]:
    return [row.product.handle for row in found.rows]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("denim jacket", "en", "corso-denim-jacket"),
        ("JACKETS", "en", "corso-denim-jacket"),
        ("jack", "en", "corso-denim-jacket"),
        ("jacket corso", "en", "corso-denim-jacket"),
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
    assert not found.guessed


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("jaket", "en", "corso-denim-jacket"),
        ("blousse", "en", "lina-blouse"),
        ("denmi jakcet", "en", "corso-denim-jacket"),
        ("loafrs", "en", "passo-loafers"),
        ("camiscetta", "it", "lina-blouse"),
        ("giaccca", "it", "corso-denim-jacket"),
        ("giacca", "en", "corso-denim-jacket"),
    ],
)
def test_slips_are_forgiven_and_the_page_can_say_so(
    search: Search, text: str, language: str, expected: str
) -> None:
    found = search(text, language)
    assert handles(found)[0] == expected
    assert found.guessed


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
    assert everything.counts["price"] == {"50-100": 2, "over-100": 1}
    assert everything.counts["size"] == {"S": 1, "M": 2, "L": 1, "40": 1}, "what is sold out is no size"
    medium = search(sizes=("M",))
    assert set(handles(medium)) == {"corso-denim-jacket", "lina-blouse"}
    assert medium.counts["category"] == {"outerwear": 1, "tops": 1}
    assert handles(search(sizes=("M",), categories=("tops", "shoes"))) == ["lina-blouse"]
    assert handles(search(sizes=("S",), categories=("tops",))) == []
    assert handles(search("passo", prices=("over-100",))) == ["passo-loafers"]
    assert handles(search("passo", prices=("under-50",))) == []


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


def test_a_search_takes_three_statements_at_most(
    app: Flask, shelf: None, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    with app.test_request_context("/shop"), statements() as seen:
        product_list(ProductFilters(text="jaket", sizes=("M",), sort=Sort.CHEAPEST))
    assert seen.count == 2  # type: ignore[attr-defined]
