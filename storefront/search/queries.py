from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select, text

from foundation import settings
from foundation.db import db
from foundation.i18n import LANGUAGES, reader_language
from storefront.catalog.categories import beneath
from storefront.catalog.codes import coded
from storefront.catalog.listed import ListedProduct, listed_product
from storefront.catalog.models import Product
from storefront.catalog.queries import card_statement, products_by_ids
from storefront.search import policy, statements
from storefront.search.facets import BY_NAME, FACETS, border_values
from storefront.search.filters import Filters, Sort
from storefront.search.models import Miss, Synonym
from storefront.search.policy import Heard, Reading

PAGE_SIZE = 24
STAFF_PAGE_SIZE = 50
LAST_PAGE = 1000
# A shop that gives everything one number has none: so many products of a number are put first.
MOST_CODED = 12
_NAMED_BY_ROWS = frozenset(facet.name for facet in FACETS if facet.label)

_HEARD = text(
    f"""
    SELECT said.word, stem.lexeme IS NULL OR said.word ~ '[0-9]' OR here.found OR begun.found AS known,
        coalesce(abroad.found, false) AS foreign_word,
        near.words AS near,
        (SELECT array_agg(v.word) FROM search_vocabulary v
         WHERE v.language = :language AND v.word = ANY(near.words) AND v.named) AS named,
        coalesce(begun.found, false) AS begun, whole.found AS whole,
        NULL AS term, NULL AS other, NULL::bigint AS product_id
    FROM (SELECT word, lower(plain_letters(word)) AS plain, place
          FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS typed (word, place)) said
    CROSS JOIN LATERAL (
        SELECT (tsvector_to_array(to_tsvector(CAST(:configuration AS regconfig), said.word)))[1] AS lexeme
    ) stem
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT FROM search_vocabulary v WHERE v.language = :language AND v.lexeme = stem.lexeme
    ) AS found) whole
    CROSS JOIN LATERAL (SELECT whole.found OR EXISTS (
        SELECT FROM search_vocabulary v WHERE v.language = :language AND v.word LIKE said.plain || '%'
    ) AS found) here
    LEFT JOIN LATERAL (SELECT EXISTS (
        SELECT FROM search_vocabulary v WHERE v.language = :language AND v.lexeme LIKE stem.lexeme || '%'
    ) AS found) begun ON NOT here.found
    LEFT JOIN LATERAL (SELECT EXISTS (
        SELECT FROM search_vocabulary v WHERE v.language = :other AND v.word LIKE said.plain || '%'
    ) OR EXISTS (
        SELECT FROM search_vocabulary v WHERE v.language = :other AND v.lexeme LIKE
            (tsvector_to_array(to_tsvector(CAST(:other_configuration AS regconfig), said.word)))[1] || '%'
    ) AS found) abroad ON NOT (here.found OR begun.found)
    LEFT JOIN LATERAL (SELECT nearest_words(:language, said.plain, 24) AS words
    ) near ON stem.lexeme IS NOT NULL AND NOT here.found AND said.word !~ '[0-9]'
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, s.term, s.other, NULL FROM search_synonyms s
    WHERE s.language = :language AND (s.term = ANY(:terms) OR s.other = ANY(:terms))
    UNION ALL
    (SELECT DISTINCT NULL, NULL::bool, NULL::bool, NULL::text[], NULL::text[], NULL::bool, NULL::bool,
        NULL, NULL, coded.product_id
     FROM ({coded("CAST(:code AS text)")}) coded
     JOIN search_documents d ON d.product_id = coded.product_id AND d.listed
     ORDER BY coded.product_id LIMIT {MOST_CODED})
    """
)


@dataclass(frozen=True)
class Found:
    """One page of the list.

    `counts` says for each facet what choosing a key would leave, each without regard to its own choices;
    `without` how many more there were without a facet's choices.
    `labels` names keys that only the database knows. `bounded`: there are at least as many.
    `key` changes with everything the page shows of the catalogue.
    """

    reading: Reading
    cards: tuple[str, ...]
    total: int
    bounded: bool
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    labels: Mapping[str, Mapping[str, str]]
    key: tuple[Any, ...]

    @property
    def rows(self) -> list[ListedProduct]:
        """The products of the page."""
        return [listed_product(orjson.loads(card)) for card in self.cards]


def find(filters: Filters, page: int = 1, *, page_size: int = PAGE_SIZE) -> Found:
    """One page of the shop: one statement for a list, two when words were typed, whatever its size."""
    reading = read(filters.text, as_typed=filters.as_typed)
    if filters.text.strip() and not reading.query:
        return Found(reading, (), 0, False, 1, 1, {}, {}, {}, (reading,))
    found = _page(filters, reading, max(1, page), page_size)
    if not found.cards and found.total:
        found = _page(filters, reading, found.pages, page_size)
    return found


def read(typed: str, *, as_typed: bool = False) -> Reading:
    """What is looked for by what was typed, in the reader's language; nothing is asked when nothing was.

    `as_typed`: no word is taken for a slip of another.
    """
    language = reader_language()
    words = policy.typed_words(typed)
    if not words:
        return Reading(language, "")
    other = next(code for code in LANGUAGES if code != language)
    terms = set(policy.runs(words))
    values = {
        "words": words,
        "terms": list(terms),
        "code": typed if policy.may_be_code(typed) else None,
        "language": language,
        "other": other,
        "configuration": statements.CONFIGURATIONS[language],
        "other_configuration": statements.CONFIGURATIONS[other],
    }
    heard, synonyms, numbered = [], dict[str, set[str]](), []
    rows = db.session.execute(_HEARD, values)
    for word, known, foreign, near, named, begun, whole, term, same, product_id in rows:
        if word is not None:
            alike = tuple(near or ()), frozenset(named or ())
            heard.append(Heard(word, known, foreign, *alike, begun, whole))
            continue
        if product_id is not None:
            numbered.append(product_id)
            continue
        for one, another in ((term, same), (same, term)):
            if one in terms:
                synonyms.setdefault(one, set()).add(another)
    return policy.read(heard, synonyms, language, other, coded=tuple(sorted(numbered)), as_typed=as_typed)


def best_few(reading: Reading, number: int) -> list[ListedProduct]:
    """The few products that fit best what was typed so far; none for nothing."""
    return few_and_departments(reading, number, ())[0]


def few_and_departments(
    reading: Reading, number: int, departments: Sequence[str]
) -> tuple[list[ListedProduct], list[str]]:
    """Those, and of some departments the ones with something in them or beneath; one statement."""
    if not reading.query:
        return [], []
    card, card_values = card_statement("best.product_id")
    sql = statements.few(reading.query, reading.language, card, size=number, coded=reading.coded)
    values = {**card_values(), **border_values(settings.current().currency)}
    values["asked"] = list({one for key in departments for one in beneath(key)})
    rows = sorted((row[0], row[1]) for row in db.session.connection().exec_driver_sql(sql, values))
    hung = {key for place, key in rows if not place}
    return (
        [listed_product(orjson.loads(shown)) for place, shown in rows if place],
        [key for key in departments if not hung.isdisjoint(beneath(key))],
    )


def find_products(typed: str, limit: int = 20) -> Sequence[Product]:
    """Products of the shop by words, variants and cover loaded, best first; the newest for no words."""
    filters = Filters(text=" ".join(typed.split()))
    found = find(filters, page_size=limit)
    return products_by_ids(row.id for row in found.rows)


def synonyms_of(language: str) -> Sequence[Synonym]:
    """What staff wrote, by the alphabet."""
    statement = select(Synonym).where(Synonym.language == language).order_by(Synonym.term, Synonym.other)
    return db.session.scalars(statement).all()


def misses(page: int = 1) -> tuple[Sequence[Miss], bool]:
    """What was looked for in vain, what was asked most often first; and whether there are more pages."""
    statement = (
        select(Miss)
        .order_by(Miss.times.desc(), Miss.last_at.desc(), Miss.id.desc())
        .limit(STAFF_PAGE_SIZE + 1)
        .offset((max(page, 1) - 1) * STAFF_PAGE_SIZE)
    )
    rows = db.session.scalars(statement).all()
    return rows[:STAFF_PAGE_SIZE], len(rows) > STAFF_PAGE_SIZE


def _page(filters: Filters, reading: Reading, page: int, page_size: int) -> Found:
    card, card_values = card_statement("best.product_id")
    chosen, part = filters.chosen, filters.part
    order = filters.order
    last = LAST_PAGE if order is not Sort.FITTING else statements.RANKED // page_size
    skipped = (min(page, last) - 1) * page_size
    sql = statements.listing(
        reading.query,
        reading.language,
        tuple(chosen),
        order,
        card,
        size=page_size,
        skipped=skipped,
        coded=reading.coded,
        within=part.condition if part is not None else "true",
        by_hand=part.by_hand if part is not None else "",
    )
    values = {**card_values(), **{name: BY_NAME[name].reach(keys) for name, keys in chosen.items()}}
    values |= border_values(settings.current().currency)
    values |= part.values if part is not None else {}
    cards: list[tuple[int, str]] = []
    counts: dict[str, dict[str, int]] = {}
    labels: dict[str, dict[str, str]] = {}
    for sort, key, number, shown in db.session.connection().exec_driver_sql(sql, values):
        if sort == "row":
            cards.append((number, shown))
            continue
        if shown is not None:
            labels.setdefault(sort, {})[key] = shown
        if shown is not None or sort not in _NAMED_BY_ROWS:
            counts.setdefault(sort, {})[key] = number
    total = counts.pop("total")[""]
    pages = max(1, min(-(-total // page_size), last))
    without = counts.pop("without", {})
    in_order = tuple(shown for _, shown in sorted(cards))
    return Found(
        reading=reading,
        cards=in_order,
        total=total,
        bounded=total >= statements.bound(reading.query),
        page=min(page, pages),
        pages=pages,
        counts=counts,
        without=without,
        labels=labels,
        key=(
            reading,
            part,
            in_order,
            total,
            tuple((sort, tuple(sorted(keys.items()))) for sort, keys in sorted(counts.items())),
            tuple(sorted(without.items())),
            tuple((sort, tuple(sorted(names.items()))) for sort, names in sorted(labels.items())),
        ),
    )
