"""Parts of the shop that somebody above keeps (collections): a list can stay within one.

Until somebody registers, there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """A part by its key in the address, with its name in the reader's language and a page of its own.

    `condition` is SQL over a search document `d`, `by_hand` the same of the place somebody gave each product,
    empty for none; `values` are the parameters of both. `sort` is how its own page is sorted unless the
    reader says otherwise.
    """

    key: str
    name: str
    path: str
    condition: str
    by_hand: str = ""
    sort: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)


FindPart = Callable[[str], Part | None]


def _none(key: str) -> Part | None:
    return None


class _Port:
    find: FindPart = staticmethod(_none)


def keep_parts(find: FindPart) -> None:
    """Register who knows the parts that everybody may see, by their key."""
    _Port.find = staticmethod(find)


def part_named(key: str) -> Part | None:
    """The part of that key, or None when nobody shows one."""
    return _Port.find(key)
