"""The few pieces an applicant chooses, carried in the form itself: nothing is stored before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from editors.membership.policy import MOST_OUTFIT_PIECES
from storefront.catalog.models import Product
from storefront.catalog.neighbours import newest
from storefront.catalog.queries import products_by_ids
from storefront.search.queries import find_products

FOUND_AT_ONCE = 8
# What hangs there before anything is searched for: one row of the page at a desk.
OFFERED = 6


@dataclass(frozen=True)
class Outfit:
    """Chosen pieces in order, what was searched for, and what that found: the newest when nothing was."""

    pieces: Sequence[Product]
    query: str
    found: Sequence[Product]

    @property
    def full(self) -> bool:
        return len(self.pieces) >= MOST_OUTFIT_PIECES

    @property
    def ids(self) -> list[int]:
        return [piece.id for piece in self.pieces]


def outfit_of(form: MultiDict[str, str]) -> Outfit:
    """Read the outfit a form carries: its `piece` values, then what its `add` or `drop` button did."""
    chosen = [int(value) for value in form.getlist("piece") if _is_id(value)]
    added, dropped = form.get("add", ""), form.get("drop", "")
    if _is_id(added):
        chosen.append(int(added))
    if _is_id(dropped):
        chosen = [one for one in chosen if one != int(dropped)]
    query = form.get("q", "").strip()[:80]
    pieces = products_by_ids(list(dict.fromkeys(chosen))[:MOST_OUTFIT_PIECES])
    taken = {piece.id for piece in pieces}
    if query:
        offered = find_products(query, FOUND_AT_ONCE)
    else:
        offered = products_by_ids([row.product.id for row in newest(OFFERED + MOST_OUTFIT_PIECES)])
    found = [one for one in offered if one.id not in taken][: FOUND_AT_ONCE if query else OFFERED]
    return Outfit(pieces, query, found)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19
