"""From what is typed or scanned to a piece."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from storefront.catalog.naming import title_and_colour
from storefront.search.queries import best_few, read
from storefront.till.queries import FOUND, Rung, pieces_at, variants_at, variants_of_code
from storefront.till.showing import here_words, piece_of

SHORTEST = 2


def one_of_code(code: str) -> int | None:
    """The one variant with this number; None for none, and for several."""
    found = variants_of_code(code)
    return found[0] if len(found) == 1 else None


def found_at(place_id: int, words: str) -> list[dict[str, Any]]:
    """Products that fit, each with its sizes and how many of each hang in this store."""
    if len(words) < SHORTEST:
        return []
    numbered = variants_of_code(words)
    if numbered:
        return _products(variants_at(place_id, numbered))
    listed = best_few(read(words), FOUND)
    return _products(pieces_at(place_id, [product.id for product in listed])) if listed else []


def _products(pieces: list[Rung]) -> list[dict[str, Any]]:
    found = []
    for _product, members in groupby(pieces, key=lambda piece: piece.product_id):
        sizes = list(members)
        found.append(
            piece_of(sizes[0])
            | {
                "title": title_and_colour(sizes[0]),
                "sizes": [
                    {
                        "variant": one.variant_id,
                        "label": one.options_label,
                        "here": one.here,
                        "words": here_words(one),
                        "elsewhere": piece_of(one)["elsewhere"],
                    }
                    for one in sizes
                ],
            }
        )
    return found
