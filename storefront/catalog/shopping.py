"""What Google's shopping service asks of clothes beside the rest, read from a product's own words.

Rules: "Product data specification" (gender, age group, colour, size, image link) for Apparel & Accessories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from storefront.catalog.categories import nearest

# Departments whose pieces are worn or carried: colour, gender and age are asked of all of them.
APPAREL = frozenset({"clothing", "shoes", "bags", "accessories"})
# A size is asked of clothes and shoes; these words are the service's own for what comes in one.
SIZED, ONE_SIZE = frozenset({"clothing", "shoes"}), "one size"
# The service's own tree ("Google product taxonomy"), within Apparel & Accessories but for backpacks. A number
# is read in every language.
_TAXONOMY = {
    "clothing": 1604,
    "tops": 212,
    "knitwear": 212,
    "outerwear": 203,
    "dresses": 2271,
    "skirts": 1581,
    "trousers": 204,
    "shoes": 187,
    "bags": 3032,
    "backpacks": 100,
    "accessories": 167,
    "belts": 169,
    "scarves": 177,
    "hats": 173,
    "gloves": 170,
    "jewellery": 188,
    "watches": 201,
    "sunglasses": 178,
}


class Lack(StrEnum):
    """Why the service would refuse a piece, in the words that stand in the feed."""

    PICTURE = "no picture is ready"
    COLOUR = "no colour is said"


_FEMALE = r"wom[ae]n|womens|ladies|girls?|female|donn[ae]|femminile|bambin[ae]|ragazz[ae]"
_MALE = r"m[ae]n|mens|gentlemen|boys?|male|uomo|uomini|maschile|bambino|ragazz[oi]"
_AGES = (
    ("newborn", r"newborns?|neonat[oaie]"),
    ("infant", r"infants?|bab(?:y|ies)"),
    ("toddler", r"toddlers?"),
    ("kids", r"kids?|child(?:ren)?s?|girls?|boys?|junior|bambin[oaie]"),
)


def is_worn(category: str) -> bool:
    """Whether pieces of a department are clothes, shoes, or what goes with them."""
    return nearest(category, APPAREL) is not None


def one_size_of(category: str) -> str:
    """What stands for the size of a piece that comes in one, where a size is asked for."""
    return ONE_SIZE if nearest(category, SIZED) is not None else ""


def taxonomy_of(category: str) -> str:
    """The number of a department in the service's own tree; empty for what we do not know."""
    return str(_TAXONOMY.get(nearest(category, _TAXONOMY) or "", ""))


def gender_of(words: Iterable[str]) -> str:
    """Whom a piece is for; "unisex" when its words name nobody, or both."""
    said = " ".join(words)
    female, male = _names(_FEMALE, said), _names(_MALE, said)
    return "unisex" if female == male else "female" if female else "male"


def age_group_of(words: Iterable[str]) -> str:
    """The youngest whom its words name; "adult" when they name nobody."""
    said = " ".join(words)
    return next((age for age, pattern in _AGES if _names(pattern, said)), "adult")


def lacking(*, category: str, picture: str, colour: str) -> Lack | None:
    """Why the service would refuse a piece; None when it would not."""
    if not picture:
        return Lack.PICTURE
    return Lack.COLOUR if is_worn(category) and not colour else None


def _names(pattern: str, said: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", said, re.IGNORECASE) is not None
