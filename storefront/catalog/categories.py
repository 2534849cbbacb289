"""The departments of the shop, a tree of two levels, and how the words of other shops' files are read as one.

A key that is not listed here is shown as it is written, at the top of the tree and with nothing beneath it: a
shop may sell what we did not think of. A piece may hang in a parent itself (its file said no more than
"Clothing"); whoever asks for a parent asks for what lies beneath it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask_babel import lazy_gettext as _l

from foundation import ids

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
    "bags": _l("Bags"),
    "accessories": _l("Accessories"),
    OTHER: _l("Everything else"),
}
PARENTS = {
    key: parent
    for parent, children in {
        "clothing": ("tops", "knitwear", "outerwear", "dresses", "skirts", "trousers"),
    }.items()
    for key in children
}
_ORDER = {key: number for number, key in enumerate(NAMES)}

# First hit wins: a "sweater dress" is a dress, a "shirt jacket" a jacket.
_SIGNS = (
    ("dresses", r"dress(es)?|gowns?|jumpsuits?|vestit[oi]|abit[oi]"),
    ("outerwear", r"outerwear|jackets?|coats?|blazers?|trench(es)?|parkas?|giacc[ah]e?|cappott[oi]|tuxedos?"),
    ("knitwear", r"knit(wear|s)?|sweaters?|jumpers?|cardigans?|pullovers?|maglieria|maglion[ei]"),
    ("skirts", r"skirts?|gonn[ae]"),
    ("trousers", r"trousers?|pants|jeans|shorts|leggings|pantalon[ei]"),
    ("shoes", r"shoes?|boots?|sneakers?|loafers?|heels?|sandals?|high[ -]tops?|scarp[ae]"),
    ("bags", r"bags?|handbags?|totes?|backpacks?|bors[ae]"),
    ("tops", r"tops?|shirts?|blouses?|t-?shirts?|tees?|camicett[ae]|camici[ae]|magliett[ae]"),
    ("accessories", r"accessories|scarf|scarves|belts?|hats?|jewel\w*|gloves?|sciarp[ae]|cintur[ae]"),
)
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


def category_of(*words: str) -> str:
    """The department that a taxonomy path, a type or a title points to, most telling text first.

    Words we do not know make a department of their own from the last step of the path.
    """
    for text in words:
        key = _pointed_to(text.rsplit(">", 1)[-1])
        if key is not None:
            return key
    for text in words[:-1]:
        own = ids.slug(text.rsplit(">", 1)[-1], limit=80)
        if own:
            return own
    return OTHER


# Types repeat from product to product, and a file may have a hundred thousand of them.
@lru_cache(maxsize=4096)
def _pointed_to(leaf: str) -> str | None:
    found = (key for key, pattern in _SIGNS if re.search(rf"\b({pattern})\b", leaf, re.IGNORECASE))
    return next(found, None)


def slot_of(category: str) -> str:
    """Where pieces of a department are worn, as a look sorts them."""
    return SLOTS.get(category, "extra")


def category_name(key: str) -> str:
    """The department in the reader's language."""
    name = NAMES.get(key)
    return str(name) if name is not None else key.replace("-", " ").capitalize()


def category_address(key: str) -> str:
    """The list of a department, with everything beneath it."""
    return f"/shop?category={quote(key)}"


def place(key: str) -> tuple[int, str]:
    """Sorts departments as the shop does, those we did not name behind them."""
    return _ORDER.get(key, len(_ORDER)), key


def way_to(key: str) -> tuple[str, ...]:
    """A department and, before it, the one it lies beneath."""
    return (PARENTS[key], key) if key in PARENTS else (key,)


def beneath(key: str) -> tuple[str, ...]:
    """A department and all that lie beneath it, in the order of the shop."""
    return (key, *(child for child, parent in PARENTS.items() if parent == key))


def path_name(key: str) -> str:
    """The department with the one it lies beneath: `Clothing > Dresses`."""
    return " > ".join(category_name(step) for step in way_to(key))


def with_parents(keys: Iterable[str]) -> list[str]:
    """These departments and those they lie beneath, each once, in the order of the shop."""
    return sorted({step for key in keys for step in way_to(key)}, key=place)


def narrowest(chosen: Sequence[str]) -> list[str]:
    """What a choice comes to: who chose a department and one beneath it means the one beneath it."""
    narrowed = {PARENTS[key] for key in chosen if key in PARENTS}
    return [key for key in chosen if key not in narrowed]


def reached(chosen: Sequence[str]) -> list[str]:
    """Every department whose pieces fit a choice."""
    return [key for choice in narrowest(chosen) for key in beneath(choice)]


def added_up(counts: Mapping[str, int]) -> dict[str, int]:
    """Pieces by department, those of a parent with all that lie beneath it."""
    return {key: sum(counts.get(below, 0) for below in beneath(key)) for key in with_parents(counts)}
