"""The painter: after it a piece has a large picture, a close-up and an outfit, told in both languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demo import easel, painter
from demo.catalogue import BY_HANDLE, CATALOGUE
from demo.closeups import CLOSE_UPS, SHEET_HEIGHT, SHEET_WIDTH
from demo.garments import KINDS, PALETTES, draw
from demo.outfits import worn_with
from demo.story import shelves
from foundation.actors import Actor
from storefront.catalog.queries import product_page

HOUSE = Actor.system("test")
BELT = BY_HANDLE["perno-belt"]  # three colours of three sizes


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything at a fraction of its size: the same work in little time."""
    monkeypatch.setattr(easel, "RENDERED", 200)
    monkeypatch.setattr(easel, "FRONT_WIDTHS", (30, 60, 120))
    monkeypatch.setattr(easel, "OUTFIT_WIDTHS", (30, 60, 100))
    monkeypatch.setattr(painter, "FRONT_WIDTHS", (30, 60, 120))
    monkeypatch.setattr(painter, "opening_widths", lambda _: (20, 40))


def test_a_piece_gets_a_large_picture_a_close_up_its_colours_and_an_outfit_once(
    work: Callable[[], Any], clock: Any, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "CATALOGUE", (BELT,))
    opening = shelves.render_all([BELT.drawn], tmp_path, widths=(20, 40), workers=1)
    with work():
        drawings = {BELT.handle: shelves.front(BELT, opening[BELT.drawn])}
        shelves.fill(actor=HOUSE, today=clock.now, drawings=drawings)
        before = product_page(BELT.handle)
        assert before is not None
        assert (before.pictures[0].width, len(before.pictures)) == (40, 1)
    works = [easel.paint(drawn, tmp_path) for drawn in (BELT.drawn, *(look for _, look in BELT.shades))]
    for _ in range(2):
        with work():
            painter.hang(BELT, works, tmp_path)
    with work():
        page = product_page(BELT.handle)
        assert page is not None
        assert page.pictures[0].width == 120
        assert [one.alt for one in page.pictures][:4] == [
            "Perno belt, cognac",
            "Perno belt, cognac: the buckle up close",
            "Perno belt, bordeaux",
            "Perno belt, navy",
        ]
        assert page.pictures[4].alt.startswith("Perno belt, cognac, worn with ")
        assert (page.pictures[4].alt_it or "").startswith("Cintura Perno, cognac, insieme a ")
        assert len(page.pictures) == 5
        assert len({one.large_key for one in page.pictures}) == 5
        assert page.option_names == ["Colour", "Size"]
        assert [one.option_values for one in page.variants][:4] == [
            ["Cognac", "75"],
            ["Cognac", "85"],
            ["Cognac", "95"],
            ["Bordeaux", "75"],
        ]


def test_the_painter_begins_with_what_the_tour_shows_and_leaves_nothing_out() -> None:
    order = painter.in_order()
    assert len(order) == len(set(order)) == len(CATALOGUE)
    assert order[0].handle == "corso-denim-jacket"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_close_up_stays_on_the_sheet_and_shows_the_piece(kind: str) -> None:
    box = draw(kind, PALETTES["chalk"], KINDS[kind].patterns[0], 1, "soft").box
    left, top, right, bottom = CLOSE_UPS[kind].window(box)
    assert 0 <= left < right <= SHEET_WIDTH
    assert 0 <= top < bottom <= SHEET_HEIGHT
    assert left < box[2] and right > box[0] and top < box[3] and bottom > box[1]


def test_an_outfit_is_of_three_or_four_different_pieces_and_never_two_for_one_place() -> None:
    for product in CATALOGUE:
        outfit = [product, *worn_with(product)]
        assert 2 < len(outfit) <= 4, product.handle
        assert len({one.handle for one in outfit}) == len(outfit), product.handle
        places = [one.slot for one in outfit if one.slot != "extra"]
        assert len(set(places)) == len(places), product.handle
        assert worn_with(product) == tuple(outfit[1:]), product.handle
