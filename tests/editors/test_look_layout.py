"""Where pieces lie before anybody moves them, and the picture made of them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from editors.looks.canvas.layout import bounds, lay_out
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH, Piece, Placement
from editors.looks.painting.picture import PlacedPicture, compose

TOP = Piece("top", 380, 340, 660)
OUTER = Piece("outer", 340, 560, 1080)
JACKET = Piece("outer", 400, 380, 700)
BOTTOM = Piece("bottom", 200, 560, 1040)
FULL = Piece("full", 260, 560, 1180)
SHOES = Piece("shoes", 440, 300, 240)
BAG = Piece("bag", 400, 420, 300)
GLASSES = Piece("extra", 420, 150, 55)

pieces = st.builds(
    Piece,
    slot=st.sampled_from(["top", "outer", "bottom", "full", "shoes", "bag", "extra"]),
    box_width=st.integers(40, 700),
    box_height=st.integers(40, 860),
    real_height_mm=st.integers(30, 1600),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(pieces, min_size=1, max_size=12))
def test_whatever_the_pieces_are_the_look_stays_on_the_canvas_and_lies_the_same_twice(some):
    placed = lay_out(some)
    assert placed == lay_out(some)
    assert len(placed) == len(some)
    assert sorted(p.layer for p in placed) == list(range(len(some)))
    for piece, placement in zip(some, placed, strict=True):
        left, top, wide, tall = bounds(piece, placement)
        assert left >= -2
        assert top >= -2
        assert left + wide <= CANVAS_WIDTH + 2
        assert top + tall <= CANVAS_HEIGHT + 2
        assert placement.scale > 0
        assert abs(placement.rotation) <= 100


def test_no_pieces_make_an_empty_look():
    assert lay_out([]) == []


def test_a_top_lies_above_its_bottom_and_over_its_waist():
    bottom, top = lay_out([BOTTOM, TOP])
    assert top.y < bottom.y
    assert top.layer > bottom.layer
    low_of_top = bounds(TOP, top)[1] + bounds(TOP, top)[3]
    assert low_of_top > bounds(BOTTOM, bottom)[1]


def test_clothes_keep_their_true_proportion():
    scales = {p.scale for p in lay_out([OUTER, TOP, BOTTOM])}
    assert len(scales) == 1


def test_shoes_stand_at_the_foot_and_small_things_are_drawn_larger_than_life():
    placed = lay_out([OUTER, TOP, BOTTOM, SHOES, BAG, GLASSES])
    clothes, shoes, glasses = placed[0], placed[3], placed[5]
    assert shoes.y > 0.8 * CANVAS_HEIGHT * 10
    assert shoes.scale > clothes.scale
    assert 1.4 < glasses.scale / clothes.scale < 4


def test_a_long_coat_lies_under_the_top_and_a_jacket_over_it():
    coat, top, _ = lay_out([OUTER, TOP, BOTTOM])
    assert coat.layer < top.layer
    jacket, top, _ = lay_out([JACKET, TOP, BOTTOM])
    assert jacket.layer > top.layer


@pytest.mark.parametrize(
    "some",
    [
        [TOP],
        [GLASSES],
        [TOP, TOP],
        [GLASSES, BAG, SHOES],
        [FULL, SHOES, BAG],
        [OUTER, TOP, BOTTOM, SHOES, BAG, GLASSES, GLASSES],
    ],
    ids=["one piece", "one small thing", "two shirts", "only accessories", "a dress", "seven pieces"],
)
def test_a_look_uses_the_canvas_well(some):
    rects = [bounds(piece, p) for piece, p in zip(some, lay_out(some), strict=True)]
    wide = max(r[0] + r[2] for r in rects) - min(r[0] for r in rects)
    tall = max(r[1] + r[3] for r in rects) - min(r[1] for r in rects)
    assert max(wide / CANVAS_WIDTH, tall / CANVAS_HEIGHT) > 0.65


def test_two_accessories_never_hide_each_other():
    some = [OUTER, TOP, BOTTOM, SHOES, BAG, GLASSES]
    placed = lay_out(some)
    small = [bounds(some[i], placed[i]) for i in (3, 4, 5)]
    for i, a in enumerate(small):
        for b in small[i + 1 :]:
            wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
            tall = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
            common = max(0, wide) * max(0, tall)
            assert common < 0.15 * min(a[2] * a[3], b[2] * b[3])


@pytest.fixture()
def placed_pictures(tmp_path):
    made = []
    some = [Piece("top", 200, 240, 660), Piece("bottom", 120, 300, 1040)]
    for number, (piece, placement) in enumerate(zip(some, lay_out(some), strict=True)):
        image = Image.new("RGBA", (280, 350), (0, 0, 0, 0))
        width, height = round(piece.box_width), round(piece.box_height)
        ImageDraw.Draw(image).rectangle((20, 20, 19 + width, 19 + height), fill=(180, 60, 40, 255))
        path = tmp_path / f"piece-{number}.webp"
        image.save(path, "WEBP", lossless=True)
        made.append(
            PlacedPicture(
                path.name, path.read_bytes(), (20, 20, width, height), piece.real_height_mm, placement
            )
        )
    return made


def test_a_look_is_composed_with_alpha_where_its_pieces_lie(placed_pictures):
    look = compose(placed_pictures, 360)
    assert look.size == (360, 480)
    for piece in placed_pictures:
        x, y = round(piece.placement.x / 20), round(piece.placement.y / 20)
        red, green, blue, alpha = look.getpixel((x, y))
        assert alpha == 255
        assert red > 150 > green > blue
    assert look.getpixel((1, 1))[3] == 0


def test_a_shadow_falls_below_a_piece(placed_pictures):
    look = compose(placed_pictures, 360)
    left, top, wide, tall = bounds(Piece("bottom", 120, 300, 1040), placed_pictures[1].placement)
    below = look.getpixel((round((left + wide / 2) / 2), round((top + tall) / 2) + 5))
    assert 0 < below[3] < 140


def test_the_order_of_pieces_does_not_change_what_lies_on_top(placed_pictures):
    assert compose(placed_pictures, 180).tobytes() == compose(placed_pictures[::-1], 180).tobytes()


@pytest.mark.parametrize("rotation", [0, 450, 900])
def test_however_large_a_piece_is_no_picture_of_it_is_much_larger_than_the_sheet(
    placed_pictures, rotation, monkeypatch
):
    made = []
    derived = Image.Image._new
    monkeypatch.setattr(
        Image.Image, "_new", lambda *picture: made.append(picture[1].size) or derived(*picture)
    )
    huge = vars(placed_pictures[0]) | {
        "real_height_mm": 1300,
        "placement": Placement(7200, 9600, 8000, rotation, 0),
    }
    look = compose([PlacedPicture(**huge)], 360)
    assert look.size == (360, 480)
    assert len(made) > 4
    assert max(wide * tall for wide, tall in made) < 2 * 360 * 480


def test_a_piece_lies_as_it_is_turned_and_mirrored():
    picture = Image.new("RGBA", (100, 100), "blue")
    picture.paste("red", (0, 0, 50, 50))
    data = io.BytesIO()
    picture.save(data, "PNG")

    def corners(rotation: int, flip: bool, scale: int) -> str:
        piece = PlacedPicture(
            "key", data.getvalue(), (0, 0, 100, 100), 500, Placement(3600, 4800, scale, rotation, 0), flip
        )
        look, away = compose([piece], 720), round(15 * scale / 1000)
        red = look.getchannel("R").tobytes()
        places = ((360 + x * away, 480 + y * away) for y in (-1, 1) for x in (-1, 1))
        return "".join("r" if red[y * look.width + x] > 128 else "b" for x, y in places)

    for scale in (200, 3000):
        assert corners(0, False, scale) == "rbbb"
        assert corners(0, True, scale) == "brbb"
        assert corners(900, False, scale) == "brbb", "clockwise"
        assert corners(-900, True, scale) == "rbbb"
        assert corners(1800, False, scale) == "bbbr"
