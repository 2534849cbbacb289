"""What fits the words somebody typed, as a common table expression for the lists that need it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import REGCONFIG

from foundation.i18n import reader_language
from storefront.catalog.models import Product, ProductStatus

# A word that half of the shop contains is ranked among this many at most (performance notes, lever 7).
CANDIDATES = 2000
GUESSES = 120
WORDS = 8


def searched_words(text: str) -> list[str]:
    """What we look for in what was typed: letters and digits, eight words at most."""
    return re.findall(r"[^\W_]+", text.lower())[:WORDS]


def found(text: str) -> Any:
    """Ids of active products that fit the words, with `nearness` and `guessed`; None when nothing was typed.

    Words are read in the reader's language, accents and endings do not matter, and the beginning of a word
    is enough. When nothing fits, what looks like the words is given instead (`guessed`).
    """
    words = searched_words(text)
    if not words:
        return None if not text.strip() else _nothing()
    column, language = (
        (Product.search_it, "italian") if reader_language() == "it" else (Product.search_en, "english")
    )
    query = func.to_tsquery(
        cast(literal(language), REGCONFIG),
        func.plain_letters(" & ".join(f"'{word}':*" for word in words)),
    )
    exact = (
        select(Product.id, func.ts_rank(column, query).label("nearness"), literal(False).label("guessed"))
        .where(Product.status == ProductStatus.ACTIVE, column.op("@@")(query))
        .limit(CANDIDATES)
        .cte("exact")
        .prefix_with("MATERIALIZED")
    )
    typed = func.lower(func.plain_letters(" ".join(words)))
    near = func.guess_products(typed, GUESSES).table_valued("id", "nearness", name="near")
    guess = select(near.c.id, near.c.nearness, literal(True)).where(~exists(select(exact.c.id)))
    return select(exact.c.id, exact.c.nearness, exact.c.guessed).union_all(guess).cte("found")


def _nothing() -> Any:
    nobody = select(Product.id, literal(0.0).label("nearness"), literal(False).label("guessed"))
    return nobody.where(literal(False)).cte("found")
