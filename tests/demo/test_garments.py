"""The drawings: the same arguments give the same picture, and every kind is drawn in all that suits it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from demo.garments import KINDS, PALETTES, WASHES, draw
from demo.garments.raster import raster

SLOTS = {"top", "outer", "bottom", "full", "shoes", "bag", "extra"}


def test_there_are_41_kinds_and_12_palettes_in_two_languages():
    assert len(KINDS) == 41
    assert len(PALETTES) == 12
    assert all(kind.en and kind.it and kind.slot in SLOTS for kind in KINDS.values())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_drawn_the_same_twice_and_stays_on_its_sheet(kind):
    for place, palette in enumerate(PALETTES.values()):
        patterns = KINDS[kind].patterns
        pattern = patterns[place % len(patterns)]
        once = draw(kind, palette, pattern, place)
        assert once == draw(kind, palette, pattern, place)
        x0, y0, x1, y1 = once.box
        assert 0 <= x0 < x1 <= 400
        assert 0 <= y0 < y1 <= 500
        assert once.cm_per_unit * (y1 - y0) == pytest.approx(KINDS[kind].cm)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_drawing_is_sound_xml_and_safe_under_a_strict_policy(kind):
    svg = draw(kind, PALETTES["olive"], KINDS[kind].patterns[-1], 3).svg
    ET.fromstring(svg)
    assert "<script" not in svg
    assert " style=" not in svg
    assert not re.search(r'href="(?!#)', svg)
    wanted = set(re.findall(r"url\(#(\w+)\)", svg)) | set(re.findall(r'href="#(\w+)"', svg))
    assert wanted <= set(re.findall(r'id="(\w+)"', svg)), "a reference leads nowhere"


def test_another_seed_and_another_tone_give_another_drawing():
    chalk = PALETTES["chalk"]
    first = draw("shirt", chalk, "plain", 1, "light").svg
    assert first != draw("shirt", chalk, "plain", 2, "light").svg
    assert first != draw("shirt", chalk, "plain", 1, "soft").svg


def test_a_tone_may_be_a_wash_or_a_colour_itself():
    for tone in (*WASHES, "#F6F3EC"):
        assert draw("jeans", PALETTES["denim"], "denim", 1, tone).svg


def test_an_unknown_kind_or_pattern_is_refused():
    with pytest.raises(KeyError):
        draw("cape", PALETTES["chalk"], "plain", 1)
    with pytest.raises(ValueError, match="stripes"):
        draw("tee", PALETTES["chalk"], "stripes", 1)


def test_a_rendered_drawing_is_transparent_around_and_fills_its_frame():
    image = raster(draw("tee", PALETTES["chalk"], "plain", 1, "main"), 80)
    assert image.size == (80, 100)
    alpha = image.getchannel("A")
    assert all(alpha.getpixel(corner) == 0 for corner in ((0, 0), (79, 0), (0, 99), (79, 99)))
    assert alpha.getpixel((40, 50)) == 255
