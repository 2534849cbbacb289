"""What a postcode looks like, by country.

The formats are those the postal services hand in to the Universal Postal Union (UPU), published in its
"Postal addressing systems in member countries". Only the shape is looked at, never whether the code is given
out. A country that is not in the table is free: its postcodes are taken as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Shape(NamedTuple):
    """A pattern the whole code fits, in capitals; and a code to show as an example."""

    pattern: re.Pattern[str]
    example: str


def _digits(count: int, example: str, *, prefix: str = "") -> Shape:
    """So many digits, with or without the country's sign before them."""
    sign = rf"(?:{prefix}[- ]?)?" if prefix else ""
    return Shape(re.compile(rf"{sign}[0-9]{{{count}}}"), example)


def _shape(pattern: str, example: str) -> Shape:
    return Shape(re.compile(pattern), example)


SHAPES: Mapping[str, Shape] = {
    "AT": _digits(4, "1010", prefix="A"),
    "BE": _digits(4, "1000", prefix="B"),
    "BG": _digits(4, "1000"),
    "CH": _digits(4, "8001", prefix="CH"),
    "CY": _digits(4, "1010"),
    "CZ": _shape(r"[0-9]{3} ?[0-9]{2}", "110 00"),
    "DE": _digits(5, "10115", prefix="D"),
    "DK": _digits(4, "1050", prefix="DK"),
    "EE": _digits(5, "10111"),
    "ES": _shape(r"(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", "28013"),
    "FI": _digits(5, "00100", prefix="FI"),
    "FR": _digits(5, "75001", prefix="F"),
    "GB": _shape(r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?|GIR) ?[0-9][A-Z]{2}", "SW1A 1AA"),
    "GR": _shape(r"[0-9]{3} ?[0-9]{2}", "105 57"),
    "HR": _digits(5, "10000", prefix="HR"),
    "HU": _digits(4, "1051"),
    "IE": _shape(r"[A-Z][0-9][0-9W] ?[0-9A-Z]{4}", "D02 AF30"),
    "IT": _digits(5, "10123", prefix="I"),
    "LI": _digits(4, "9490"),
    "LT": _digits(5, "01100", prefix="LT"),
    "LU": _digits(4, "1009", prefix="L"),
    "LV": _digits(4, "LV-1050", prefix="LV"),
    "MC": _shape(r"980[0-9]{2}", "98000"),
    "MT": _shape(r"[A-Z]{3} ?[0-9]{4}", "VLT 1117"),
    "NL": _shape(r"[1-9][0-9]{3} ?[A-Z]{2}", "1012 AB"),
    "NO": _digits(4, "0150"),
    "PL": _shape(r"[0-9]{2}[- ]?[0-9]{3}", "00-001"),
    "PT": _shape(r"[0-9]{4}[- ]?[0-9]{3}", "1000-001"),
    "RO": _digits(6, "010011"),
    "SE": _shape(r"(?:SE[- ]?)?[0-9]{3} ?[0-9]{2}", "111 20"),
    "SI": _digits(4, "1000", prefix="SI"),
    "SK": _shape(r"[0-9]{3} ?[0-9]{2}", "811 01"),
    "SM": _shape(r"4789[0-9]", "47890"),
    "US": _shape(r"[0-9]{5}(?:-[0-9]{4})?", "10001"),
    "VA": _shape(r"00120", "00120"),
}


def example_unless_fits(country: str, postcode: str) -> str | None:
    """How a postcode of the country looks, when this one does not; None when it fits, or may be any."""
    shape = SHAPES.get(country)
    if shape is None or shape.pattern.fullmatch(postcode.strip().upper()):
        return None
    return shape.example
