"""The departments of the shop, a tree: their names, and what lies beneath what.

A key that is not listed here is shown as it is written, at the top of the tree and with nothing beneath it: a
shop may sell what we did not think of. A piece may hang in a parent itself (its file said no more than
"Clothing").

Two questions are asked of the tree, and only here. Whoever lists a department wants `beneath`: the department
and all under it. A rule that names departments (a tax, a voucher, a table of sizes) counts for a piece by
`nearest`: the one named that is closest above the piece. So a rule for a parent counts for what lies beneath
it, unless something beneath has one of its own. Why the tree is code: `docs/decisions/0028`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask_babel import lazy_gettext as _l

OTHER = "other"

# In the order of the shop: each parent, then what lies beneath it.
NAMES: dict[str, Any] = {
    "clothing": _l("Clothing"),
    "tops": _l("Tops and shirts"),
    "knitwear": _l("Knitwear"),
    "outerwear": _l("Jackets and coats"),
    "dresses": _l("Dresses"),
    "skirts": _l("Skirts"),
    "trousers": _l("Trousers and jeans"),
    "shoes": _l("Shoes"),
    "sneakers": _l("Sneakers"),
    "boots": _l("Boots"),
    "flats": _l("Loafers and flats"),
    "heels": _l("Heels"),
    "sandals": _l("Sandals"),
    "bags": _l("Bags"),
    "totes": _l("Totes and shoppers"),
    "shoulder-bags": _l("Shoulder bags"),
    "backpacks": _l("Backpacks"),
    "clutches": _l("Clutches"),
    "accessories": _l("Accessories"),
    "belts": _l("Belts"),
    "scarves": _l("Scarves"),
    "hats": _l("Hats and caps"),
    "gloves": _l("Gloves"),
    "jewellery": _l("Jewellery"),
    "watches": _l("Watches"),
    "sunglasses": _l("Sunglasses"),
    OTHER: _l("Everything else"),
}
PARENTS = {
    key: parent
    for parent, children in {
        "clothing": ("tops", "knitwear", "outerwear", "dresses", "skirts", "trousers"),
        "shoes": ("sneakers", "boots", "flats", "heels", "sandals"),
        "bags": ("totes", "shoulder-bags", "backpacks", "clutches"),
        "accessories": ("belts", "scarves", "hats", "gloves", "jewellery", "watches", "sunglasses"),
    }.items()
    for key in children
}
_ORDER = {key: number for number, key in enumerate(NAMES)}

SLOTS = {
    "dresses": "full",
    "outerwear": "outer",
    "knitwear": "top",
    "tops": "top",
    "skirts": "bottom",
    "trousers": "bottom",
    "shoes": "shoes",
    "bags": "bag",
}


def way_to(key: str) -> tuple[str, ...]:
    """A department and, before it, those it lies beneath, the widest first."""
    return (*way_to(PARENTS[key]), key) if key in PARENTS else (key,)


@lru_cache(maxsize=256)
def beneath(key: str) -> tuple[str, ...]:
    """A department and all that lie beneath it, in the order of the shop."""
    return (key, *(one for one in NAMES if one != key and key in way_to(one)))


def nearest(key: str, named: Container[str]) -> str | None:
    """Of some departments the one that counts for pieces of this one: itself, or the closest above it."""
    return next((step for step in reversed(way_to(key)) if step in named), None)


def slot_of(category: str) -> str:
    """Where pieces of a department are worn, as a look sorts them."""
    return SLOTS.get(nearest(category, SLOTS) or "", "extra")


def category_name(key: str) -> str:
    """The department in the reader's language."""
    name = NAMES.get(key)
    return str(name) if name is not None else key.replace("-", " ").capitalize()


def path_name(key: str) -> str:
    """The department with those it lies beneath: `Clothing > Dresses`."""
    return " > ".join(category_name(step) for step in way_to(key))


def category_address(key: str) -> str:
    """The list of a department, with everything beneath it."""
    return f"/shop?category={quote(key)}"


def place(key: str) -> tuple[int, str]:
    """Sorts departments as the shop does, those we did not name behind them."""
    return _ORDER.get(key, len(_ORDER)), key


def to_choose(in_use: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Every department staff may name, with its whole way: those we know, and what else is in use."""
    return [(key, path_name(key)) for key in sorted({*NAMES, *in_use}, key=place)]


def with_parents(keys: Iterable[str]) -> list[str]:
    """These departments and those they lie beneath, each once, in the order of the shop."""
    return sorted({step for key in keys for step in way_to(key)}, key=place)


def tops(keys: Iterable[str]) -> list[str]:
    """The departments at the top that these are or lie beneath, in the order of the shop."""
    return [key for key in with_parents(keys) if key not in PARENTS]


def narrowest(chosen: Sequence[str]) -> list[str]:
    """What a choice comes to: who chose a department and one beneath it means the one beneath it."""
    widened = {step for key in chosen for step in way_to(key)[:-1]}
    return [key for key in chosen if key not in widened]


def reached(chosen: Sequence[str]) -> list[str]:
    """Every department whose pieces fit a choice."""
    return [key for choice in narrowest(chosen) for key in beneath(choice)]


def added_up(counts: Mapping[str, int]) -> dict[str, int]:
    """Pieces by department, those of a parent with all that lie beneath it, in the order of the shop."""
    return {key: sum(counts.get(below, 0) for below in beneath(key)) for key in with_parents(counts)}
