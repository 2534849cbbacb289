"""How the words of other shops' files are read as a department of ours."""

from __future__ import annotations

import re
from functools import lru_cache

from foundation import ids
from storefront.catalog.categories import OTHER, way_to

# First hit wins: a "sweater dress" is a dress, a "shirt jacket" a jacket, a "boot cut" pair of trousers. What
# lies beneath a department stands before it. In English and Italian.
_SIGNS = (
    ("dresses", r"dress(es)?(?! (shoes?|boots?|shirts?))|gowns?|jumpsuits?|vestit[oi]|abit[oi]"),
    ("outerwear", r"outerwear|jackets?|coats?|blazers?|trench(es)?|parkas?|giacc[ah]e?|cappott[oi]|tuxedos?"),
    ("knitwear", r"knit(wear|s)?|sweaters?|jumpers?|cardigans?|pullovers?|maglieria|maglion[ei]"),
    ("skirts", r"skirts?|gonn[ae]"),
    ("trousers", r"trousers?|pants|jeans|shorts|leggings|pantalon[ei]"),
    ("sandals", r"sandals?|slides|flip[ -]?flops?|sandal[oi]|infradito"),
    ("boots", r"boots?|booties|bootees|stival(i|e|etti|etto)"),
    ("sneakers", r"sneakers?|trainers?|high[ -]tops?|plimsolls?|(running|tennis) shoes?|da ginnastica"),
    (
        "flats",
        r"loafers?|flats|ballerinas?|ballet pumps|derb(y|ies)|oxfords?|brogues?|moccasins?|mules?|clogs?"
        r"|espadrilles?|slippers?|mocassin[oi]|ballerine|stringate|zoccol[oi]|pantofol[ae]",
    ),
    ("heels", r"heels?|pumps?|stilettos?|d[eé]collet[eé]|tacc(o|hi)"),
    ("shoes", r"shoes?|footwear|scarp[ae]|calzature"),
    ("backpacks", r"backpacks?|rucksacks?|zain[oi]"),
    ("clutches", r"clutch(es)?|evening bags?|pochettes?"),
    ("totes", r"totes?|shoppers?|shopping bags?"),
    (
        "shoulder-bags",
        r"shoulder[ -]bags?|cross-?body( bags?)?|satchels?|hobos?|tracoll[ae]|bors[ae] a spalla",
    ),
    ("bags", r"bags?|handbags?|bors[ae]"),
    ("tops", r"tops?|shirts?|blouses?|t-?shirts?|tees?|camicett[ae]|camici[ae]|magliett[ae]"),
    ("belts", r"belts?|cintur[ae]"),
    ("scarves", r"scarf|scarves|shawls?|stoles?|foulards?|sciarp[ae]|stol[ae]"),
    ("hats", r"hats?|caps?|beanies?|berets?|headwear|cappell[oi]|berrett[oi]"),
    ("gloves", r"gloves?|mittens?|guant[oi]"),
    ("watches", r"watch(es)?|orologi[o]?"),
    ("sunglasses", r"sunglasses|eyewear|occhiali"),
    (
        "jewellery",
        r"jewel\w*|earrings?|rings?|necklaces?|bracelets?|bangles?|pendants?|brooch(es)?"
        r"|gioiell[oi]|orecchin[oi]|anell[oi]|collan[ae]|braccial[ei]|ciondol[oi]|spill[ae]",
    ),
    ("accessories", r"accessories|accessori"),
)


# The top of the taxonomies that others use: everything is in it.
_SAYS_NOTHING = {"apparel & accessories", "apparel"}


def category_of(*words: str) -> str:
    """The department that a taxonomy path, a type or a title points to, most telling text first.

    Where one text says no more than a parent ("Shoes"), a later one may say which of what lies beneath it.
    Words we do not know make a department of their own from the last step of the path.
    """
    leaves = [text.rsplit(">", 1)[-1].strip() for text in words]
    leaves = ["" if leaf.lower() in _SAYS_NOTHING else leaf for leaf in leaves]
    found: str | None = None
    for leaf in leaves:
        key = _pointed_to(leaf)
        if key is not None and (found is None or found in way_to(key)):
            found = key
    if found is not None:
        return found
    for leaf in leaves[:-1]:
        own = ids.slug(leaf, limit=80)
        if own:
            return own
    return OTHER


# Types repeat from product to product, and a file may have a hundred thousand of them.
@lru_cache(maxsize=4096)
def _pointed_to(leaf: str) -> str | None:
    found = (key for key, pattern in _SIGNS if re.search(rf"\b({pattern})\b", leaf, re.IGNORECASE))
    return next(found, None)
