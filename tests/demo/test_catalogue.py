"""The demo's products: whole, distinct, priced sanely and written in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from demo.catalogue import BY_HANDLE, CATALOGUE, CATEGORIES, OCCASIONS
from demo.catalogue.model import check_digit
from demo.garments import KINDS, PALETTES, PATTERNS, WASHES

SIZES = [size for product in CATALOGUE for size in product.sizes]
ROLES = {"light", "soft", "mid", "main", "deep", "accent"}


def test_there_are_at_least_120_products_of_every_kind_on_every_shelf():
    assert len(CATALOGUE) >= 120
    assert {p.drawn.kind for p in CATALOGUE} == set(KINDS)
    assert {p.category for p in CATALOGUE} == set(CATEGORIES)


def test_nothing_is_there_twice():
    for values in (
        [p.handle for p in CATALOGUE],
        [p.title for p in CATALOGUE],
        [p.title_it for p in CATALOGUE],
        [p.drawn for p in CATALOGUE],
        [p.story for p in CATALOGUE],
        [size.sku for size in SIZES],
        [size.barcode for size in SIZES],
    ):
        assert [v for v, n in Counter(values).items() if n > 1] == []


def test_every_barcode_has_its_check_digit():
    assert check_digit("400638133393") == 1  # the worked example of the GS1 specification
    assert all(len(s.barcode) == 13 and int(s.barcode[-1]) == check_digit(s.barcode[:12]) for s in SIZES)


@pytest.mark.parametrize("product", CATALOGUE, ids=lambda p: p.handle)
def test_a_product_is_whole(product):
    english = (product.title, product.story, product.colour[0], product.cloth.en, product.cloth.care_en)
    italian = (product.title_it, product.story_it, product.colour[1], product.cloth.it, product.cloth.care_it)
    assert all(text.strip() for text in (*english, *italian))
    assert product.title != product.title_it
    assert product.story != product.story_it
    assert 30 <= len(product.story) <= 220
    assert product.story.endswith((".", "?", "!"))
    assert product.story_it.endswith((".", "?", "!"))
    assert 1500 <= product.price_minor <= 40_000
    assert product.price_minor % 100 == 0
    if product.compare_at_minor is not None:
        assert product.price_minor < product.compare_at_minor <= product.price_minor * 1.4
    assert 1 <= len(product.sizes) <= 8
    assert all(0 <= size.stock <= 80 for size in product.sizes)
    assert 10 <= product.weight_g <= 2500
    assert 0 < product.published_days_ago < 365
    assert product.occasions
    assert set(product.occasions) <= set(OCCASIONS)
    drawn = product.drawn
    assert drawn.palette in PALETTES
    assert drawn.pattern in PATTERNS
    assert drawn.tone in ROLES or drawn.tone in WASHES or drawn.tone.startswith("#")
    if product.family:
        assert BY_HANDLE[product.family].drawn.kind == drawn.kind


def test_the_pieces_of_the_worked_example_cost_what_it_says_and_are_in_stock():
    for handle, price in (("corso-denim-jacket", 8000), ("lina-blouse", 5000), ("porta-shirt", 3000)):
        assert BY_HANDLE[handle].price_minor == price
        assert all(size.stock >= 10 for size in BY_HANDLE[handle].sizes)


def test_some_sizes_are_gone_and_some_nearly_but_most_are_there():
    gone = sum(size.stock == 0 for size in SIZES) / len(SIZES)
    low = sum(0 < size.stock <= 3 for size in SIZES) / len(SIZES)
    assert 0.05 < gone < 0.2
    assert 0.05 < low < 0.25


def test_the_stock_is_the_same_every_time():
    again = [size for product in CATALOGUE for size in product.sizes]
    assert again == SIZES
