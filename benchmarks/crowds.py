"""Shops of ten thousand and of a million products, made by a handful of statements.

Every product is put together from the same few words, so that a word has the same share of either shop:
"linen" is in half of the products, "jacket" in a seventh, "saffron" in one of a thousand. What the action of
the catalogue would write row by row is written set by set: the rows are the same.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import psycopg

SMALL, LARGE = 10_000, 1_000_000
# A word of half the shop, one of a seventh, a rare one, two together, and one that is typed wrongly.
WORDS = ("linen", "jacket", "saffron", "linen trench", "safron")

# The texts of a thousand pieces, brought to their stems once; each product takes one of them.
_PATTERNS = """
CREATE TEMP TABLE patterns AS
SELECT n AS number,
    (ARRAY['tops','knitwear','outerwear','dresses','skirts','trousers','shoes','bags','accessories'])
        [1 + n % 9] AS category,
    (ARRAY['Vetrina','Aria','Corso','Nord','Sera','Duna','Porta'])[1 + n % 7] AS vendor,
    (ARRAY['black','white','neutral','grey','brown','blue','green','yellow','red','pink'])
        [1 + n % 10] AS colour,
    CASE WHEN n % 2 = 0 THEN 'linen' ELSE 'wool' END AS fabric,
    weighed_words('public.shop_english',
        concat_ws(' ', 'Piece', CASE WHEN n = 7 THEN 'saffron' END,
            (ARRAY['jacket','blouse','trench','shirt','skirt','coat','tee'])[1 + n % 7],
            (ARRAY['tall','short','wide','slim','plain'])[1 + n % 5]),
        (ARRAY['black','white','sand','grey','chestnut','navy','olive'])[1 + n % 7],
        concat_ws(' ', CASE WHEN n % 2 = 0 THEN 'linen' ELSE 'wool' END,
            'cut from a dense cloth that was washed once before it was sewn and keeps its shape')) AS words
FROM generate_series(0, 999) AS n
"""
_PRODUCTS = """
INSERT INTO products (id, handle, title, description, vendor, category, kind, slot, colour, fabric, care,
    tags, option_names, status, currency, price_from_minor, price_to_minor, published_at, created_at,
    updated_at, version)
SELECT 1000000 + n, 'piece-' || n, 'Piece ' || n, '', pattern.vendor, pattern.category, 'piece', 'top',
    pattern.colour, pattern.fabric, '', '{}', '{Size}', 'active', 'EUR', price, price, at, at, at, n
FROM generate_series(0, %(number)s - 1) AS n
JOIN patterns pattern ON pattern.number = n %% 1000
CROSS JOIN LATERAL (SELECT 2000 + (n::bigint * 7919 %% 30000) AS price,
                           timestamptz '2020-01-01' + n * interval '1 second' AS at) own
"""
_VARIANTS = """
INSERT INTO variants (id, product_id, sku, barcode, position, option_values, price_minor, currency, grams,
    on_hand, tracked, oversell)
SELECT 1000000 + n, 1000000 + n, '', '', 1, '{M}', 2000 + (n::bigint * 7919 %% 30000), 'EUR', 300,
    5, true, false
FROM generate_series(0, %(number)s - 1) AS n
"""
_DOCUMENTS = """
INSERT INTO search_documents (product_id, listed, published_at, category, brand, colours, sizes, price_minor,
    on_sale, in_stock, worn_in, words_en, words_it)
SELECT product.id, true, product.published_at, product.category, product.vendor, ARRAY[product.colour],
    CASE n %% 3 WHEN 0 THEN ARRAY['S', 'M'] WHEN 1 THEN ARRAY['M', 'L'] ELSE ARRAY['M'] END,
    product.price_from_minor, n %% 9 = 0, n %% 20 <> 0, n %% 13, pattern.words, ''
FROM products product
CROSS JOIN LATERAL (SELECT product.id - 1000000 AS n) numbered
JOIN patterns pattern ON pattern.number = numbered.n %% 1000
WHERE product.id >= 1000000
"""
_VOCABULARY = """
INSERT INTO search_vocabulary (language, word, lexeme, named)
SELECT 'en', word, (tsvector_to_array(to_tsvector('public.shop_english', word)))[1], true
FROM unnest(ARRAY['linen','wool','saffron','jacket','blouse','trench','shirt','skirt','coat','piece']) AS word
ON CONFLICT DO NOTHING
"""
# Indexes are dropped before and built after: on a million rows that is a third of the time.
_INDEXES = """
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid IN ('search_documents'::regclass, 'products'::regclass, 'variants'::regclass)
  AND NOT indisunique
"""


def another(url: str, name: str) -> str:
    """A copy of the database of `url`, which nobody may have open; gives back its address."""
    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{name_of(url)}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def name_of(url: str) -> str:
    """What the database of an address is called."""
    return urlsplit(url).path[1:]


def fill_with(url: str, number: int) -> None:
    """Put `number` products into the shop of the database, on top of what is there; analysed at the end."""
    with psycopg.connect(url) as connection:
        indexes = connection.execute(_INDEXES).fetchall()
        for drop, _ in indexes:
            connection.execute(drop)
        connection.execute(_PATTERNS)
        for statement in (_PRODUCTS, _VARIANTS, _DOCUMENTS):
            connection.execute(statement, {"number": number})
        connection.execute(_VOCABULARY)
        for _, create in indexes:
            connection.execute(create)
        connection.commit()
        connection.autocommit = True
        for table in ("products", "variants", "search_documents", "search_vocabulary"):
            connection.execute(f"VACUUM (ANALYZE) {table}")
