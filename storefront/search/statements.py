"""The SQL of the list, put together by what is asked for.

One statement brings the figures beside the list and the rows in it. What is ranked and what is counted is
bounded, so that a word that half of the shop has costs what a rare one costs: the newest of what fits are
taken, and where the bound was reached the figures say "at least".

A product that misses one kind of filter still counts for that kind's own figures: those say what choosing
something else of it would leave. So the counted set is what misses at most one.

The words are written into the statement and are no parameter: how common they are decides the plan, and a
plan made once for all words would be the wrong one for most. `quoted` makes them safe.
"""

from __future__ import annotations

from functools import lru_cache

from psycopg import sql

from storefront.search.facets import BY_NAME, FACETS
from storefront.search.filters import Sort

CONFIGURATIONS = {"en": "public.shop_english", "it": "public.shop_italian"}
# Ranked and counted, at most, when words were typed; counted, at most, when none were.
RANKED = 2_000
COUNTED = 20_000

_NEWEST = "d.published_at DESC, d.product_id DESC"
_ORDERS = {
    Sort.NEWEST: _NEWEST,
    Sort.CHEAPEST: "d.price_minor, d.product_id",
    Sort.DEAREST: "d.price_minor DESC, d.product_id DESC",
    Sort.WORN: f"d.worn_in DESC, {_NEWEST}",
}

_CARDS = """
    SELECT best.place, (to_jsonb(card) || jsonb_build_object('worn_in', document.worn_in))::text AS card
    FROM best JOIN search_documents document ON document.product_id = best.product_id
    CROSS JOIN LATERAL ({card}) card"""


def bound(query: str) -> int:
    """How many products are counted at most."""
    return RANKED if query else COUNTED


def quoted(text: str) -> str:
    """A literal of SQL, with `%` doubled for the driver."""
    return sql.Literal(text).as_string(None).replace("%", "%%")


def fits(query: str, language: str) -> str:
    """SQL that is true where a document has the words."""
    return f"d.words_{language} @@ {tsquery(query, language)}" if query else "true"


def tsquery(query: str, language: str) -> str:
    """The words as PostgreSQL reads them in a language."""
    return f"to_tsquery('{CONFIGURATIONS[language]}', {quoted(query)})"


@lru_cache(maxsize=512)
def listing(
    query: str,
    language: str,
    chosen: tuple[str, ...],
    order: Sort,
    card: str,
    *,
    size: int,
    skipped: int,
) -> str:
    """Rows of (sort, key, number, card): figures and the cards of one page.

    Parameters: the chosen facets' keys by name, and those of `card`, which is a SELECT of what a card shows
    of the product `best.product_id`.
    """
    words = fits(query, language)
    wanted = " AND ".join([words, *(BY_NAME[name].condition() for name in chosen)])
    return f"""
WITH fitting AS MATERIALIZED ({_fitting(words, chosen, bound(query))}),
best AS MATERIALIZED (
    SELECT ranked.product_id, row_number() OVER () AS place FROM ({_best(query, language, wanted, order)}
        LIMIT {size} OFFSET {skipped}) ranked),
cards AS MATERIALIZED (
    {_CARDS.format(card=card)})
{_figures(chosen)}
UNION ALL SELECT 'without', missed.name, count(*), NULL
    FROM fitting CROSS JOIN LATERAL (VALUES {_missed(chosen)}) AS missed (name, missing)
    WHERE missed.missing GROUP BY missed.name
UNION ALL SELECT 'total', '', CASE WHEN (SELECT count(*) FROM fitting) < {bound(query)}
        THEN (SELECT count(*) FROM fitting WHERE {_none_missing(chosen)})
        ELSE (SELECT count(*) FROM (SELECT FROM search_documents d WHERE d.listed AND {wanted}
              LIMIT {bound(query)}) counted) END, NULL
UNION ALL SELECT 'row', '', cards.place, cards.card FROM cards
"""


@lru_cache(maxsize=512)
def few(query: str, language: str, card: str, *, size: int) -> str:
    """Rows of (place, card): the best few for words that are still being typed."""
    best = _best(query, language, fits(query, language), Sort.FITTING)
    return f"""
WITH best AS MATERIALIZED (
    SELECT ranked.product_id, row_number() OVER () AS place FROM ({best} LIMIT {size}) ranked)
{_CARDS.format(card=card)}
"""


def _fitting(words: str, chosen: tuple[str, ...], most: int) -> str:
    keys = ", ".join(f"{facet.column} AS {facet.name}_key" for facet in FACETS)
    misses = "".join(f", ({BY_NAME[name].condition()}) IS NOT TRUE AS {name}_missing" for name in chosen)
    inner = f"""
    SELECT {keys}{misses} FROM search_documents d WHERE d.listed AND {words}"""
    if len(chosen) > 1:
        conditions = " + ".join(f"(({BY_NAME[name].condition()}) IS NOT TRUE)::int" for name in chosen)
        inner += f" AND {conditions} <= 1"
    return f"{inner} ORDER BY {_NEWEST} LIMIT {most}"


def _best(query: str, language: str, wanted: str, order: Sort) -> str:
    if order is not Sort.FITTING or not query:
        listed = _ORDERS.get(order, _NEWEST)
        return f"SELECT d.product_id FROM search_documents d WHERE d.listed AND {wanted} ORDER BY {listed}"
    # What is sold out everywhere stands behind what can be had, unless it fits much better.
    rank = f"ts_rank(d.words_{language}, {tsquery(query, language)})"
    return f"""
        SELECT d.product_id FROM (
            SELECT d.* FROM search_documents d WHERE d.listed AND {wanted}
            ORDER BY {_NEWEST} LIMIT {RANKED}) d
        ORDER BY {rank} * CASE WHEN d.in_stock THEN 1.0 ELSE 0.5 END DESC, {_NEWEST}"""


def _figures(chosen: tuple[str, ...]) -> str:
    parts = []
    for facet in FACETS:
        others = " AND ".join(f"NOT {name}_missing" for name in chosen if name != facet.name) or "true"
        source, key = "fitting", f"{facet.name}_key"
        if facet.several:
            source, key = f"fitting CROSS JOIN LATERAL unnest({key}) AS single (key)", "single.key"
        parts.append(
            f"SELECT '{facet.name}' AS sort, {key} AS key, count(*) AS number, NULL AS card FROM {source} "
            f"WHERE {others} AND {key} <> '' GROUP BY {key}"
        )
    return "\nUNION ALL ".join(parts)


def _missed(chosen: tuple[str, ...]) -> str:
    return ", ".join(f"('{name}', {name}_missing)" for name in chosen) or "('', false)"


def _none_missing(chosen: tuple[str, ...]) -> str:
    return " AND ".join(f"NOT {name}_missing" for name in chosen) or "true"
