"""What Google's shopping service asks of clothes beside the rest, read from a product's own words.

Rules: "Product data specification" (gender, age group, colour, size, image link) for Apparel & Accessories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Departments whose pieces are worn or carried: colour, gender and age are asked of all of them.
APPAREL = frozenset(
    {"tops", "knitwear", "outerwear", "dresses", "skirts", "trousers", "shoes", "bags", "accessories"}
)
# A size is asked of clothes and shoes; these words are the service's own for what comes in one.
SIZED, ONE_SIZE = APPAREL - {"bags", "accessories"}, "one size"

_FEMALE = r"wom[ae]n|womens|ladies|girls?|female|donn[ae]|femminile|bambin[ae]|ragazz[ae]"
_MALE = r"m[ae]n|mens|gentlemen|boys?|male|uomo|uomini|maschile|bambino|ragazz[oi]"
_AGES = (
    ("newborn", r"newborns?|neonat[oaie]"),
    ("infant", r"infants?|bab(?:y|ies)"),
    ("toddler", r"toddlers?"),
    ("kids", r"kids?|child(?:ren)?s?|girls?|boys?|junior|bambin[oaie]"),
)


def gender_of(words: Iterable[str]) -> str:
    """Whom a piece is for; "unisex" when its words name nobody, or both."""
    said = " ".join(words)
    female, male = _names(_FEMALE, said), _names(_MALE, said)
    return "unisex" if female == male else "female" if female else "male"


def age_group_of(words: Iterable[str]) -> str:
    """The youngest whom its words name; "adult" when they name nobody."""
    said = " ".join(words)
    return next((age for age, pattern in _AGES if _names(pattern, said)), "adult")


def lacking(*, category: str, picture: str, colour: str) -> str:
    """Why the service would refuse a piece, for whoever reads the feed; empty when it would not."""
    if not picture:
        return "no picture is ready"
    if category in APPAREL and not colour:
        return "no colour is said"
    return ""


def _names(pattern: str, said: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", said, re.IGNORECASE) is not None
