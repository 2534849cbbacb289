"""The demo's photograph: the same each time, and every garment where the look says it is."""

from __future__ import annotations

from PIL import Image

from demo.hallway import TALL, WIDE, Spot, middle_of, photograph

SPOTS = (Spot("coat", 300, 200, 400, 800), Spot("boots", 800, 1340, 300, 200, stands=True))
GARMENTS = {"coat": Image.new("RGBA", (200, 400), "#b01030"), "boots": Image.new("RGBA", (90, 60), "#1030b0")}


def test_each_garment_is_where_it_is_pointed_at():
    taken = photograph(SPOTS, GARMENTS)
    assert taken.size == (WIDE, TALL) and WIDE * 4 == TALL * 3
    for spot, (strong, weak) in zip(SPOTS, ((0, 2), (2, 0)), strict=True):
        across, down = middle_of(spot, GARMENTS[spot.handle])
        seen = taken.getpixel((round(across * WIDE), round(down * TALL)))
        assert isinstance(seen, tuple) and seen[strong] > 2 * seen[weak]


def test_it_is_the_same_each_time():
    assert photograph(SPOTS, GARMENTS).tobytes() == photograph(SPOTS, GARMENTS).tobytes()
