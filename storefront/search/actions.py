from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from storefront.search import policy, statements
from storefront.search.errors import NoSuchSynonym, NotATerm, SameTerm, SynonymExists
from storefront.search.models import Miss, Synonym
from storefront.search.policy import Reading

# What a single word is counted up to, when it is said what each of several words alone would find.
ALONE = 100
KEPT_DAYS = 180

# Whoever sells the last piece changes a document without holding its product: a statement of its own waits
# for the lock, and the next one reads what the other has committed.
_LOCK = text(
    "SELECT product_id FROM search_documents WHERE product_id = ANY(:ids) ORDER BY product_id FOR UPDATE"
)
_WRITE = text("SELECT write_search_documents(:ids)")
_PRODUCTS_OF = text("SELECT DISTINCT product_id FROM variants WHERE id = ANY(:variants) ORDER BY product_id")
_STORES = text(
    """
    UPDATE search_documents document SET stores = there.stores FROM (
        SELECT variant.product_id, coalesce(array_agg(DISTINCT CAST(level.place_id AS text))
            FILTER (WHERE level.on_hand > 0), '{}') AS stores
        FROM variants variant LEFT JOIN stock_levels level ON level.variant_id = variant.id
        WHERE variant.product_id = ANY(:ids) AND variant.withdrawn_at IS NULL
        GROUP BY variant.product_id) there
    WHERE there.product_id = document.product_id AND document.stores <> there.stores
    """
)
_WORN = text(
    """
    UPDATE search_documents document SET worn_in = worn.looks
    FROM unnest(CAST(:ids AS bigint[]), CAST(:looks AS bigint[])) AS worn (id, looks)
    WHERE document.product_id = worn.id AND document.worn_in <> worn.looks
    """
)
_PRUNE_WORDS = text(
    """
    DELETE FROM search_vocabulary word WHERE NOT EXISTS (
        SELECT FROM search_documents d WHERE d.listed AND
            CASE word.language WHEN 'it' THEN d.words_it @@ CAST(quote_literal(word.lexeme) AS tsquery)
                 ELSE d.words_en @@ CAST(quote_literal(word.lexeme) AS tsquery) END)
    """
)


def refresh(product_ids: Iterable[int]) -> None:
    """Write the documents of products that changed, in the transaction that changed them; two statements.

    What is found is what the transaction leaves behind. Not audited: the change itself is.
    """
    values = {"ids": sorted(set(product_ids))}
    if values["ids"]:
        db.session.execute(_LOCK, values)
        db.session.execute(_WRITE, values)


def refresh_stores(variant_ids: Iterable[int]) -> None:
    """Note in which stores the products of these variants lie, in the transaction that moved them."""
    values = {"variants": sorted(set(variant_ids))}
    ids = list(db.session.execute(_PRODUCTS_OF, values).scalars())
    if ids:
        db.session.execute(_LOCK, {"ids": ids})
        db.session.execute(_STORES, {"ids": ids})


def count_worn(product_ids: Iterable[int], count: Callable[[Sequence[int]], Mapping[int, int]]) -> None:
    """Note in how many published looks products are worn; whoever keeps the looks says so at each change.

    `count` is asked under the lock of the documents, so that two looks published at once both count.
    """
    ids = sorted(set(product_ids))
    if ids:
        db.session.execute(_LOCK, {"ids": ids})
        looks = count(ids)
        db.session.execute(_WORN, {"ids": ids, "looks": [looks.get(id_, 0) for id_ in ids]})


def add_synonym(*, actor: Actor, language: str, term: str, other: str) -> Synonym:
    """From now on either term finds what the other does. Raises `NotATerm`, `SameTerm`, `SynonymExists`."""
    one, another = policy.term_of(term), policy.term_of(other)
    if not one or not another:
        raise NotATerm()
    if one == another:
        raise SameTerm()
    first, second = sorted((one, another))
    made = db.session.scalars(
        insert(Synonym)
        .values(language=language, term=first, other=second, made_by=actor.label[:120], made_at=clock.now())
        .on_conflict_do_nothing()
        .returning(Synonym)
    ).one_or_none()
    if made is None:
        raise SynonymExists()
    pair = {"language": language, "terms": [first, second]}
    record(actor=actor, action="search.add_synonym", subject=("synonym", made.id), after=pair)
    return made


def remove_synonym(*, actor: Actor, synonym_id: int) -> tuple[str, str]:
    """The two terms are two things again; gives them back. Raises `NoSuchSynonym`."""
    gone = db.session.execute(
        delete(Synonym)
        .where(Synonym.id == synonym_id)
        .returning(Synonym.language, Synonym.term, Synonym.other)
    ).one_or_none()
    if gone is None:
        raise NoSuchSynonym()
    language, term, other = gone
    pair = {"language": language, "terms": [term, other]}
    record(actor=actor, action="search.remove_synonym", subject=("synonym", synonym_id), before=pair)
    return term, other


def note_miss(reading: Reading, *, shown: bool) -> dict[str, int]:
    """Note that no piece had the words, and say how many pieces each of several words alone would find.

    One statement does both. The counts stop at `ALONE`. Nobody is named, so there is nothing to audit.
    """
    words = " ".join(reading.words)[:80]
    alone = _alone(reading)
    now = clock.now()
    values = {
        "language": reading.language,
        "words": words,
        "instead": reading.meant[:80] if shown and reading.meant else None,
        "now": now,
    }
    sql = f"""
        WITH noted AS (
            INSERT INTO search_misses AS miss (language, words, times, first_at, last_at, shown_instead)
            VALUES (%(language)s, %(words)s, 1, %(now)s, %(now)s, %(instead)s)
            ON CONFLICT (language, words) DO UPDATE
                SET times = miss.times + 1, last_at = excluded.last_at, shown_instead = excluded.shown_instead
            RETURNING 1)
        SELECT NULL AS word, 0 AS number FROM noted {alone}
    """
    rows = db.session.connection().exec_driver_sql(sql, values)
    return {word: number for word, number in rows if word is not None and number}


def forget_miss(*, actor: Actor, miss_id: int) -> None:
    """Staff have seen to it: the words leave the list until somebody asks again."""
    gone = db.session.execute(
        delete(Miss).where(Miss.id == miss_id).returning(Miss.words, Miss.times)
    ).one_or_none()
    if gone is not None:
        before = {"words": gone[0], "times": gone[1]}
        record(actor=actor, action="search.forget_miss", subject=("miss", miss_id), before=before)


def tidy() -> None:
    """Every night: words that no product has any more, and what nobody looked for in half a year."""
    db.session.execute(_PRUNE_WORDS)
    db.session.execute(delete(Miss).where(Miss.last_at < clock.now() - timedelta(days=KEPT_DAYS)))


def _alone(reading: Reading) -> str:
    words: Sequence[str] = reading.words if len(reading.words) > 1 else ()
    fits = {word: statements.fits(f"'{word}':*", reading.language) for word in words}
    return "".join(
        f" UNION ALL SELECT {statements.quoted(word)}, (SELECT count(*) FROM ("
        f"SELECT FROM search_documents d WHERE d.listed AND {condition} LIMIT {ALONE}) counted)"
        for word, condition in fits.items()
    )
