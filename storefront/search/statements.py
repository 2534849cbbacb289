"""The SQL of the list, put together by what is asked for.

One statement brings the figures beside the list and the rows in it. What is ranked and what is counted is
bounded, so that a word that half of the shop has costs what a rare one costs. Where the bound was reached the
figures say "at least".

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
COUNTED = 12_000
# Of so many of the newest products it is seen how common the words are.
TRIED = 200

Coded = tuple[int, ...]

_COLUMNS = ("product_id", "published_at", "price_minor", "in_stock", "worn_in")

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


def fits_or_coded(query: str, language: str, coded: Coded) -> str:
    """The same, true as well of the products whose number was typed."""
    return f"({fits(query, language)} OR {_is_coded(coded)})" if coded else fits(query, language)


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
    coded: Coded = (),
    within: str = "true",
    by_hand: str = "",
) -> str:
    """Rows of (sort, key, number, card): figures and the cards of one page.

    Parameters: the chosen facets' keys by name, and those of `card`, which is a SELECT of what a card shows
    of the product `best.product_id`, and those of `within`: what every product of the list has to be, and
    `by_hand`, where somebody put it.
    """
    most = bound(query)
    wanted = " AND ".join(["true", *(BY_NAME[name].condition() for name in chosen)])
    near = "true"
    if len(chosen) > 1:
        misses = " + ".join(f"(({BY_NAME[name].condition()}) IS NOT TRUE)::int" for name in chosen)
        near = f"{misses} <= 1"
    # Everything was looked at: then the page is taken from it, whatever its order.
    whole = f"(SELECT count(*) FROM hits) < {most}"
    rank = _rank(query, language, coded) if order is Sort.FITTING and query else _order(order, by_hand)
    limit = f"LIMIT {size} OFFSET {skipped}"
    total = f"(SELECT count(*) FROM hits WHERE {_none_missing(chosen)})"
    if chosen:
        total = f"""CASE WHEN {whole} THEN {total} ELSE (SELECT count(*) FROM (
            SELECT FROM search_documents d
            WHERE d.listed AND {within} AND {fits_or_coded(query, language, coded)} AND {wanted}
            LIMIT {most}) counted) END"""
    return f"""
WITH hits AS MATERIALIZED ({_hits(query, language, near, chosen, coded, within)}),
best AS MATERIALIZED (
    SELECT ranked.product_id, row_number() OVER () AS place FROM (
        (SELECT d.product_id FROM hits d
         WHERE {_none_missing(chosen)} AND ({"true" if _all_in_hits(query, chosen, order) else whole})
         ORDER BY {rank} {limit})
        {_beyond(query, language, wanted, order, chosen, whole, limit, coded, within)}) ranked),
cards AS MATERIALIZED (
    {_CARDS.format(card=card)})
{_figures(chosen)}
{_lost(chosen)}
UNION ALL SELECT 'total', '', {total}, NULL
UNION ALL SELECT 'row', '', cards.place, cards.card FROM cards
"""


@lru_cache(maxsize=512)
def few(query: str, language: str, card: str, *, size: int, coded: Coded = ()) -> str:
    """Rows of (place, card): the best few for words that are still being typed; and, in place 0, those of the
    departments of the parameter `asked` in which something hangs.
    """
    return f"""
WITH hits AS MATERIALIZED ({_hits(query, language, "true", (), coded)}),
best AS MATERIALIZED (
    SELECT ranked.product_id, row_number() OVER () AS place FROM (
        SELECT d.product_id FROM hits d ORDER BY {_rank(query, language, coded)} LIMIT {size}) ranked)
{_CARDS.format(card=card)}
UNION ALL SELECT 0, asked.key FROM unnest(CAST(%(asked)s AS text[])) AS asked (key)
WHERE EXISTS (SELECT FROM search_documents d WHERE d.listed AND d.category = asked.key)
"""


def _hits(
    query: str, language: str, near: str, chosen: tuple[str, ...], coded: Coded, within: str = "true"
) -> str:
    """The bounded set: the newest of what fits. How it is found depends on how common the words are, and that
    is tried on the newest products: a tenth of them, and walking through the newest soon has enough; fewer,
    and the index of words names them all. The planner's own guess for the beginning of a word is too far off.
    The few products whose number was typed are fetched by themselves, and by nothing else.
    """
    columns = ", ".join([*(f"d.{name}" for name in _COLUMNS), _keys(chosen)])
    if not query:
        return f"""
    SELECT {columns} FROM search_documents d WHERE d.listed AND {within} AND {near}
    ORDER BY {_NEWEST} LIMIT {COUNTED}"""
    words = f"words_{language}"
    others = f"NOT {_is_coded(coded)}" if coded else "true"
    numbered = f"""
    UNION ALL
    (SELECT {columns}, d.{words} FROM search_documents d
     WHERE {_is_coded(coded)} AND d.listed AND {within} AND {near})"""
    common = f"""(SELECT count(*) FROM (
            SELECT d.{words} FROM search_documents d WHERE d.listed ORDER BY {_NEWEST} LIMIT {TRIED}) d
        WHERE {fits(query, language)}) >= {TRIED // 10}"""
    return f"""
    (SELECT {columns}, d.{words} FROM search_documents d
     WHERE {common} AND d.listed AND {fits(query, language)} AND {within} AND {near} AND {others}
     ORDER BY {_NEWEST} LIMIT {RANKED})
    UNION ALL
    (SELECT {columns}, d.{words}
     FROM documents_by_words({tsquery(query, language)}, '{language}', {RANKED}) d
     WHERE NOT {common} AND {within} AND {others}){numbered if coded else ""}"""


def _keys(chosen: tuple[str, ...]) -> str:
    keys = ", ".join(f"{facet.column} AS {facet.name}_key" for facet in FACETS)
    return keys + "".join(f", ({BY_NAME[name].condition()}) IS NOT TRUE AS {name}_missing" for name in chosen)


def _all_in_hits(query: str, chosen: tuple[str, ...], order: Sort) -> bool:
    """Whether the page is among the hits even where these were bounded: they are ranked, and nothing else."""
    return not chosen and (order is Sort.NEWEST if not query else order is Sort.FITTING)


def _beyond(
    query: str,
    language: str,
    wanted: str,
    order: Sort,
    chosen: tuple[str, ...],
    whole: str,
    limit: str,
    coded: Coded,
    within: str,
) -> str:
    """The page where the hits are not all there is: the first in its order by the index of that order."""
    if _all_in_hits(query, chosen, order):
        return ""
    source = f"""SELECT d.* FROM search_documents d
        WHERE d.listed AND {within} AND {fits_or_coded(query, language, coded)} AND {wanted}"""
    ranked = _ORDERS.get(order, _NEWEST)
    if order is Sort.FITTING and query:
        source = f"SELECT d.* FROM ({source} ORDER BY {_NEWEST} LIMIT {RANKED}) d"
        ranked = _rank(query, language, coded)
    return f"""UNION ALL (SELECT d.product_id FROM ({source}) d WHERE NOT ({whole})
         ORDER BY {ranked} {limit})"""


def _order(order: Sort, by_hand: str) -> str:
    """What nobody put anywhere would stand at the end; there is no such piece in what was put by hand."""
    return f"{by_hand}, d.product_id" if order is Sort.HAND and by_hand else _ORDERS.get(order, _NEWEST)


def _is_coded(coded: Coded) -> str:
    return f"d.product_id IN ({', '.join(str(int(one)) for one in coded)})"


def _rank(query: str, language: str, coded: Coded) -> str:
    """What is sold out everywhere stands behind what can be had, unless it fits much better. Before all
    stands what has the number that was typed.
    """
    first = f"{_is_coded(coded)} DESC, " if coded else ""
    rank = f"ts_rank(d.words_{language}, {tsquery(query, language)})"
    return f"{first}{rank} * CASE WHEN d.in_stock THEN 1.0 ELSE 0.5 END DESC, {_NEWEST}"


def _figures(chosen: tuple[str, ...]) -> str:
    """For each facet its keys and their numbers, as if nothing of it were chosen."""
    parts = []
    for facet in FACETS:
        key = f"{facet.name}_key"
        others = _none_missing(tuple(name for name in chosen if name != facet.name))
        source = f"SELECT {key}, count(*) AS number FROM hits WHERE {others} GROUP BY {key}"
        if facet.several:  # few arrays are different: count those, and take them apart after
            source = f"""SELECT single.key AS {key}, CAST(sum(number) AS bigint) AS number
                FROM ({source}) tally CROSS JOIN LATERAL unnest({key}) AS single (key) GROUP BY single.key"""
        label = f"({facet.label})" if facet.label else "NULL"
        parts.append(
            f"SELECT '{facet.name}' AS sort, {key} AS key, number, {label} AS card "
            f"FROM ({source}) tally WHERE {key} <> ''"
        )
    return "\nUNION ALL ".join(parts)


def _lost(chosen: tuple[str, ...]) -> str:
    """For each facet with a choice, how many more there were without it."""
    parts = ""
    for name in chosen:
        others = _none_missing(tuple(other for other in chosen if other != name))
        parts += f"""
UNION ALL SELECT 'without', '{name}', count(*), NULL FROM hits
    WHERE {name}_missing AND {others} HAVING count(*) > 0"""
    return parts


def _none_missing(chosen: tuple[str, ...]) -> str:
    return " AND ".join(f"NOT {name}_missing" for name in chosen) or "true"
