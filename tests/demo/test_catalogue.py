"""The demo's products: whole, distinct, priced sanely and written in both languages."""

from __future__ import annotations

from collections import Counter

from demo.catalogue import BY_HANDLE, CATALOGUE, CATEGORIES, OCCASIONS
from demo.catalogue.model import check_digit
from demo.garments import KINDS, PALETTES, PATTERNS, WASHES, draw
from demo.story.shelves import department_of
from demo.story.voices import WORDS
from storefront.catalog.categories import NAMES, PARENTS, nearest

SIZES = [size for product in CATALOGUE for size in product.sizes]
ROLES = {"light", "soft", "mid", "main", "deep", "accent"}


def test_there_are_300_products_of_every_kind_on_every_shelf():
    assert len(CATALOGUE) == 300
    assert {p.drawn.kind for p in CATALOGUE} == set(KINDS)
    assert {p.category for p in CATALOGUE} == set(CATEGORIES)


def test_every_product_hangs_where_the_tree_of_departments_ends_and_somebody_can_speak_of_it():
    departments = {department_of(product) for product in CATALOGUE}
    assert departments <= set(NAMES) and departments.isdisjoint(PARENTS.values())
    assert {PARENTS[key] for key in departments} == set(PARENTS.values())
    spoken_of = {category for category, _language in WORDS}
    assert all(nearest(key, spoken_of) for key in departments)


def test_nothing_is_there_twice():
    for values in (
        [p.handle for p in CATALOGUE],
        [(p.title, p.colour[0]) for p in CATALOGUE],
        [(p.title_it, p.colour[1]) for p in CATALOGUE],
        [p.title for p in CATALOGUE if p.handle == p.family or not p.family],
        [p.drawn for p in CATALOGUE] + [drawn for p in CATALOGUE for _, drawn in p.shades],
        [p.story for p in CATALOGUE],
        [p.story_it for p in CATALOGUE],
        [size.sku for size in SIZES],
        [size.barcode for size in SIZES],
    ):
        assert [v for v, n in Counter(values).items() if n > 1] == []


def test_every_barcode_has_its_check_digit():
    assert check_digit("400638133393") == 1  # the worked example of the GS1 specification
    assert all(len(s.barcode) == 13 and int(s.barcode[-1]) == check_digit(s.barcode[:12]) for s in SIZES)


def test_every_product_is_whole():
    for product in CATALOGUE:
        _is_whole(product)


def _is_whole(product):
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
    assert 1 <= len(product.sizes) <= 15
    assert all(0 <= size.stock <= 80 for size in product.sizes)
    assert 10 <= product.weight_g <= 2500
    assert 0 < product.published_days_ago < 365
    assert product.occasions
    assert set(product.occasions) <= set(OCCASIONS)
    assert product.vendor
    for drawn in (product.drawn, *(look for _, look in product.shades)):
        assert drawn.palette in PALETTES
        assert drawn.pattern in PATTERNS
        assert drawn.tone in ROLES or drawn.tone in WASHES or drawn.tone.startswith("#")


def test_other_colours_of_a_piece_carry_its_name_its_kind_and_its_price_or_near():
    for product in CATALOGUE:
        if product.family:
            first = BY_HANDLE[product.family]
            assert (product.title, product.title_it) == (first.title, first.title_it)
            assert product.drawn.kind == first.drawn.kind
            assert product.labels == first.labels
    families = Counter(p.family for p in CATALOGUE if p.family)
    assert min(families.values()) >= 2


def test_other_colours_of_a_piece_are_cut_like_it():
    """As many marks on the drawing, so as many buttons and pockets, and the same proportions."""
    alike = [(product.drawn, look) for product in CATALOGUE for _, look in product.shades]
    alike += [
        (BY_HANDLE[one.family].drawn, one.drawn) for one in CATALOGUE if one.family not in ("", one.handle)
    ]
    assert len(alike) > 60
    drawn = [(_plain(first), _plain(other), other) for first, other in alike]
    assert [who for one, two, who in drawn if one.svg.count("<use") != two.svg.count("<use")] == []
    assert [who for one, two, who in drawn if abs(_slimness(one) / _slimness(two) - 1) > 0.08] == []


def _plain(look):
    return draw(look.kind, PALETTES[look.palette], look.pattern, look.seed, look.tone)


def _slimness(drawing):
    x0, y0, x1, y1 = drawing.box
    return (y1 - y0) / (x1 - x0)


def test_no_pattern_and_no_colour_is_on_a_kind_that_does_not_suit_it():
    for product in CATALOGUE:
        for drawn in (product.drawn, *(look for _, look in product.shades)):
            kind = KINDS[drawn.kind]
            assert drawn.pattern in kind.patterns, product.handle
            assert drawn.tone in kind.tones or drawn.tone not in ROLES, product.handle


def test_a_brand_s_shop_has_several_labels_reductions_news_and_colours_to_choose():
    assert len({p.vendor for p in CATALOGUE}) >= 5
    assert 30 <= sum(p.compare_at_minor is not None for p in CATALOGUE) <= 75
    assert 25 <= sum(p.published_days_ago <= 14 for p in CATALOGUE) <= 75
    chosen = [p for p in CATALOGUE if p.shades]
    assert sum(len(p.labels) > 1 for p in chosen) >= 3
    # The name of an option is the same in every language.
    assert all(p.colour[0].replace("É", "E").lower() in p.colour[1].replace("É", "E").lower() for p in chosen)


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
