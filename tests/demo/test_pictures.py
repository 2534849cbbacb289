"""Rendered pictures: made once, kept by what they show, with the garment's box and its real height."""

from __future__ import annotations

import pytest
from PIL import Image

from demo.catalogue import BY_HANDLE
from demo.garments import KINDS
from demo.pictures import key_of, render_all

DRAWN = [BY_HANDLE[handle].drawn for handle in ("piazza-tee", "quarto-watch")]
WIDTHS = (60, 120)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    told: list[tuple[int, int]] = []
    first = render_all(DRAWN, folder, widths=WIDTHS, progress=lambda done, total: told.append((done, total)))
    return folder, first, told


def test_each_drawing_becomes_webp_with_alpha_in_every_width(made):
    _, pictures, _ = made
    for picture in pictures.values():
        for width, path in picture.files.items():
            with Image.open(path) as image:
                assert image.format == "WEBP"
                assert image.mode == "RGBA"
                assert image.size == (width, width * 5 // 4)


def test_the_box_lies_in_the_largest_picture_and_the_height_is_real(made):
    _, pictures, _ = made
    for drawn, picture in pictures.items():
        x, y, w, h = picture.box
        assert (picture.width, picture.height) == (120, 150)
        assert 0 <= x < x + w <= picture.width
        assert 0 <= y < y + h <= picture.height
        assert picture.height_mm == pytest.approx(KINDS[drawn.kind].cm * 10, rel=0.12)


def test_progress_is_told_from_nothing_to_all(made):
    _, _, told = made
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_second_run_renders_nothing_and_a_lost_file_is_made_again(made):
    folder, pictures, _ = made
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert render_all(DRAWN, folder, widths=WIDTHS) == pictures
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    lost = pictures[DRAWN[0]].files[60]
    kept = lost.read_bytes()
    lost.unlink()
    render_all(DRAWN, folder, widths=WIDTHS, workers=1)
    assert lost.read_bytes() == kept


def test_the_key_changes_with_the_drawing_and_with_nothing_else():
    assert key_of(DRAWN[0]) == key_of(DRAWN[0])
    assert key_of(DRAWN[0]) != key_of(DRAWN[1])
