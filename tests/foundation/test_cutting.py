"""Cut-outs, measured: drawn garments photographed on paper, of which we know what is garment."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageFilter

from foundation.files.cutting import Doubt, NoCutOut, cut_out
from foundation.files.nearby import highest, lowest
from foundation.files.regions import regions_of
from foundation.files.surfaces import fit
from tests.foundation.studio import PAPERS, garment, kinds, overlap, photographed

KINDS = kinds()
GOOD = [
    ("jeans", "white", 0.97),
    ("denim-jacket", "beige", 0.97),
    ("tote", "grey", 0.97),
    ("shirt-dress", "grey", 0.97),
    ("biker", "white", 0.97),
    ("shoulder-bag", "beige", 0.97),
    # One looks through these into their own shade; thin as they are, a point of edge weighs more.
    ("sandals", "white", 0.94),
    ("heels", "grey", 0.95),
    ("belt", "grey", 0.95),
    ("earrings", "beige", 0.92),
]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize(("kind", "paper", "least"), GOOD)
def test_a_garment_on_plain_paper_is_cut_out_as_it_is(kind, paper, least):
    data, truth = photographed(garment(KINDS[kind]), PAPERS[paper])
    cut = cut_out(opened(data))
    assert overlap(cut.picture.getchannel("A"), truth) >= least
    for found, wanted in zip(cut.box, boxed(truth), strict=True):
        assert abs(found - wanted) <= 14  # a shade below the hem may stay


def boxed(mask: Image.Image) -> tuple[int, int, int, int]:
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    return left, top, right - left, bottom - top


def test_what_shows_through_between_the_handles_goes_too():
    bag = garment(KINDS["tote"])
    data, truth = photographed(bag, PAPERS["grey"])
    alpha = cut_out(opened(data)).picture.getchannel("A")
    left, top, wide, _tall = boxed(truth)
    between = (left + wide // 2, top + 60)
    assert truth.getpixel(between) == 0 and alpha.getpixel(between) == 0


def test_the_edge_is_soft_and_has_no_rim_of_the_paper():
    jeans = garment(KINDS["jeans"])
    data, _truth = photographed(jeans, PAPERS["white"], shadow=False)
    cut = cut_out(opened(data)).picture
    edge = [pixel for pixel in cut.get_flattened_data() if 40 < pixel[3] < 215]
    assert len(edge) > 200
    assert sum(min(pixel[:3]) > 200 for pixel in edge) / len(edge) < 0.03


def busy() -> Image.Image:
    """A room with things in it."""
    chance = random.Random(3)
    room = Image.new("RGB", (480, 600), (120, 110, 100))
    for _ in range(160):
        x, y = chance.randrange(480), chance.randrange(600)
        colour = tuple(chance.randrange(256) for _ in range(3))
        room.paste(colour, (x, y, x + chance.randrange(20, 120), y + chance.randrange(20, 120)))
    room.paste((20, 40, 160), (140, 150, 340, 450))
    return room


@pytest.mark.parametrize("kind", ["trench", "shorts"])
def test_a_sand_garment_on_beige_paper_is_left_alone(kind):
    data, _truth = photographed(garment(KINDS[kind]), PAPERS["beige"])
    with pytest.raises(NoCutOut) as told:
        cut_out(opened(data))
    assert told.value.doubt is Doubt.FAINT


def test_so_many_holes_are_the_pattern_of_the_cloth():
    paper = (240, 240, 240)
    squares = [(110 + 70 * x, 110 + 70 * y, 140 + 70 * x, 140 + 70 * y) for x in range(4) for y in range(5)]
    cloth = ((20, 40, 90), (90, 90, 400, 480))
    some, all_of_them = ([(paper, box) for box in squares[:many]] for many in (4, 20))
    assert cut_out(plain(paper, cloth, *some)).picture.getchannel("A").getpixel((125, 125)) == 0
    with pytest.raises(NoCutOut) as told:
        cut_out(plain(paper, cloth, *all_of_them))
    assert told.value.doubt is Doubt.FAINT


def plain(colour: tuple[int, int, int], *patches: tuple[tuple[int, int, int], tuple[int, int, int, int]]):
    picture = Image.new("RGB", (480, 600), colour)
    for patch, box in patches:
        picture.paste(patch, box)
    return picture


@pytest.mark.parametrize(
    ("picture", "doubt"),
    [
        pytest.param(busy(), Doubt.BUSY, id="a room"),
        pytest.param(plain((240, 240, 240)), Doubt.NOTHING_LEFT, id="only paper"),
        pytest.param(
            plain((240, 240, 240), ((90, 20, 20), (8, 8, 472, 592))), Doubt.BUSY, id="cloth up to the edge"
        ),
        pytest.param(
            plain(
                (240, 240, 240), ((229, 229, 229), (100, 100, 380, 500)), ((20, 20, 20), (200, 200, 300, 300))
            ),
            Doubt.FAINT,
            id="white on white",
        ),
    ],
)
def test_where_it_cannot_be_told_apart_nothing_is_cut(picture, doubt):
    with pytest.raises(NoCutOut) as told:
        cut_out(picture)
    assert told.value.doubt is doubt


def test_another_tolerance_decides_what_the_usual_one_leaves_open():
    picture = plain(
        (240, 240, 240), ((229, 229, 229), (100, 100, 380, 500)), ((20, 20, 20), (200, 200, 300, 300))
    )
    assert cut_out(picture, "careful").box[2:] == pytest.approx((280, 400), abs=12)
    assert cut_out(picture, "generous").box[2:] == pytest.approx((100, 100), abs=12)


def test_what_is_seen_through_already_is_its_own_cut_out():
    jacket = garment(KINDS["denim-jacket"])
    cut = cut_out(jacket)
    assert cut.picture is jacket
    with pytest.raises(NoCutOut):
        cut_out(Image.new("RGBA", (10, 10), (0, 0, 0, 0)))


def test_the_highest_and_the_lowest_nearby_are_those_that_sorting_would_find():
    rough = Image.frombytes("L", (37, 23), random.Random(5).randbytes(37 * 23))
    for reach in (1, 2, 3, 4, 7):
        square = 2 * reach + 1
        assert highest(rough, reach).tobytes() == rough.filter(ImageFilter.MaxFilter(square)).tobytes()
        assert lowest(rough, reach).tobytes() == rough.filter(ImageFilter.MinFilter(square)).tobytes()


def test_regions_hang_together_by_their_sides():
    mask = Image.new("L", (9, 7), 0)
    for box in ((1, 1, 3, 6), (1, 5, 6, 6), (5, 1, 6, 6), (7, 0, 9, 1), (4, 3, 5, 4)):
        mask.paste(255, box)
    found = sorted((region.area, region.touches_edge) for region in regions_of(mask))
    assert found == [(2, True), (18, False)]


def test_a_surface_follows_the_light_and_not_what_lies_on_it():
    points = [(x / 20, y / 20) for x in range(20) for y in range(20)]
    values = [200 - 30 * x + 12 * y + 5 * x * y for x, y in points]
    covered = [
        20.0 if 0.3 < x < 0.6 and y < 0.4 else value for (x, y), value in zip(points, values, strict=True)
    ]
    surface, share = fit(points, [covered])
    assert 0.85 < share < 0.98
    assert all(abs(surface.at(0, x, y) - value) < 1 for (x, y), value in zip(points, values, strict=True))
