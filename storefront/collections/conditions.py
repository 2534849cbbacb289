"""Which products a collection has, as SQL over a search document `d`: one vocabulary, read in two ways.

A list reads the rules of one collection as parameters of its own statement. A bag asks of a few products and
several collections at once; there the rules are read from their rows. Both are made of `_FITS`.

Membership is never stored: what costs less, runs out or grows old is in or out at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation import clock
from storefront.catalog.categories import NAMES, PARENTS, beneath
from storefront.collections.policy import Field, Kind, Matches, Rule

# `left`: what lies there, promised to an order or not, as everywhere in the list. What nobody counts, or may
# be sold below zero, is never among the last.
_FITS: dict[Field, str] = {
    Field.TAG: "EXISTS (SELECT FROM products p WHERE p.id = d.product_id"
    " AND p.tags @> ARRAY[CAST({words} AS text)])",
    Field.CATEGORY: "d.category = ANY(CAST({words} AS text[]))",
    Field.TYPE: "EXISTS (SELECT FROM products p WHERE p.id = d.product_id AND p.kind = {words})",
    Field.VENDOR: "d.brand = {words}",
    Field.PRICE_FROM: "d.price_minor >= {number}",
    Field.PRICE_TO: "d.price_minor <= {number}",
    Field.IN_STOCK: "d.in_stock",
    Field.LEFT_AT_MOST: "(SELECT sum(greatest(v.on_hand, 0)) <= {number} AND bool_and(v.tracked AND NOT"
    " v.oversell) FROM variants v WHERE v.product_id = d.product_id AND v.withdrawn_at IS NULL)",
    Field.NEWER_THAN: "d.published_at > CAST({now} AS timestamptz)"
    " - make_interval(days => CAST({number} AS int))",
    Field.ON_SALE: "d.on_sale",
}
_PICKED = (
    "EXISTS (SELECT FROM collection_pieces cp WHERE cp.collection_id = {id} AND cp.product_id = d.product_id)"
)
_PLACE = (
    "(SELECT cp.position FROM collection_pieces cp"
    " WHERE cp.collection_id = {id} AND cp.product_id = d.product_id)"
)


@dataclass(frozen=True, slots=True)
class Membership:
    """SQL that is true of the documents of one collection, the order staff gave it, and its parameters."""

    condition: str
    by_hand: str
    values: Mapping[str, Any]


def members(kind: Kind, collection_id: int | None, matches: Matches, rules: Sequence[Rule]) -> Membership:
    """Who belongs to a collection, or to one that is only being thought of: without rules, nobody."""
    if kind == Kind.HAND:
        named = {"id": "%(collection_id)s"}
        return Membership(
            _PICKED.format(**named), _PLACE.format(**named), {"collection_id": collection_id or 0}
        )
    fits: list[str] = []
    values: dict[str, Any] = {"collection_now": clock.now()}
    for number, rule in enumerate(rules):
        names = {"words": f"collection_words_{number}", "number": f"collection_number_{number}"}
        fits.append(
            _FITS[rule.field].format(
                now="%(collection_now)s", **{name: f"%({key})s" for name, key in names.items()}
            )
        )
        words = list(beneath(rule.words or "")) if rule.field == Field.CATEGORY else rule.words
        values |= {names["words"]: words, names["number"]: rule.number}
    joined = f" {'OR' if matches == Matches.ANY else 'AND'} ".join(f"({fit})" for fit in fits)
    return Membership(f"({joined})" if fits else "false", "", values)


def which() -> str:
    """SQL of the pairs (collection, product) that belong together, of the parameters `collections` and
    `products` (ids) at the moment `now`. What is archived has nothing."""
    cases = " ".join(
        f"WHEN '{field}' THEN {fits.format(words=_words(field), number='r.number', now=':now')}"
        for field, fits in _FITS.items()
    )
    return f"""
        SELECT c.id, d.product_id FROM collections c
        JOIN search_documents d ON d.product_id = ANY(CAST(:products AS bigint[]))
        WHERE c.id = ANY(CAST(:collections AS bigint[])) AND c.status <> 'archived' AND d.listed
          AND CASE c.kind WHEN '{Kind.HAND}' THEN {_PICKED.format(id="c.id")} ELSE (
            SELECT CASE c.matches WHEN '{Matches.ANY}' THEN bool_or(one.fits) ELSE bool_and(one.fits) END
            FROM (SELECT CASE r.field {cases} END AS fits
                  FROM collection_rules r WHERE r.collection_id = c.id) one) END
    """


def _words(field: Field) -> str:
    """SQL of what a rule row is compared with: of a department, that and all that lie beneath it."""
    if field != Field.CATEGORY:
        return "r.words"
    whens = (f"WHEN '{key}' THEN '{{{','.join(beneath(key))}}}'" for key in NAMES if key in PARENTS.values())
    return f"CASE r.words {' '.join(whens)} ELSE ARRAY[r.words] END"
