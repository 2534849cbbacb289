"""What may be asked of somebody who applies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

MOST_OPTIONS = 20
MOST_QUESTIONS = 30
LONGEST_LINK = 500
# How many people somebody reaches is never asked, in whatever words.
_AUDIENCE = re.compile(
    r"follow(?:er|ing)|subscriber|audience|reach on|seguac|iscritt[ie]|segu(?:ono|ito)|pubblico online",
    re.IGNORECASE,
)


def asks_for_an_audience(*texts: str) -> bool:
    """Whether a question wants to know how many people follow somebody."""
    return any(_AUDIENCE.search(text) for text in texts)


def lines_of(text: str) -> list[str]:
    """One option a line; empty lines and repetitions go."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def is_link(text: str) -> bool:
    """Whether it is an address of the web that a person can open; never a script or a file."""
    if len(text) > LONGEST_LINK or any(ord(sign) <= ord(" ") for sign in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not parts.username


def moved(order: Sequence[int], one: int, by: int) -> list[int]:
    """The order with `one` moved up (-1) or down (1); at an end it stays."""
    places = list(order)
    place = places.index(one)
    places.insert(max(0, min(len(places) - 1, place + by)), places.pop(place))
    return places
