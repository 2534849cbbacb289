"""The tabs above a list: one for each part of it, each an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Part = TypeVar("Part")


def tabs(
    words: Mapping[Part, str],
    current: Part,
    address: Callable[[Part], str],
    counts: Mapping[Part, int] | None = None,
) -> list[dict[str, Any]]:
    """Values for the macro of the tabs; with `counts` each says how many rows it leads to."""
    return [
        {"label": word, "href": address(part), "current": part == current}
        | ({"count": counts[part]} if counts is not None else {})
        for part, word in words.items()
    ]
