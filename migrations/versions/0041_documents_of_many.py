"""Documents of many products at once: colours are looked at once for each wording, words once for each text.

An import writes a thousand documents in one statement. Most of its time went into looking for words and colours
that the batch has many times over.
"""

from __future__ import annotations

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

WRITE_DOCUMENTS = """
CREATE OR REPLACE FUNCTION write_search_documents(products bigint[]) RETURNS void LANGUAGE sql AS
$$
WITH shelf AS MATERIALIZED (
    SELECT product.id, shelf.*, concat_ws(' ', product.colour, product.colour_it, shelf.colours) AS named
    FROM products product
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(variant.there), false) AS in_stock,
            coalesce(bool_or(variant.compare_at_minor > variant.price_minor), false) AS on_sale,
            coalesce(array_agg(DISTINCT choice.value) FILTER (WHERE variant.there
                AND lower(choice.name) IN ('size', 'taglia', 'sizes', 'misura', 'shoe size', 'numero')), '{}')
                AS sizes,
            string_agg(DISTINCT choice.value, ' ') FILTER (WHERE lower(choice.name)
                IN ('color', 'colour', 'colore')) AS colours
        FROM (SELECT *, (on_hand > 0 OR oversell OR NOT tracked) AS there FROM variants
              WHERE variants.product_id = product.id AND variants.withdrawn_at IS NULL) variant
        LEFT JOIN LATERAL unnest(product.option_names, variant.option_values) AS choice (name, value) ON true
    ) shelf
    WHERE product.id = ANY(products)),
family AS MATERIALIZED (
    SELECT said.named, colour_families(said.named) AS names FROM (SELECT DISTINCT named FROM shelf) said)
INSERT INTO search_documents AS document (product_id, listed, published_at, category, brand, colours, sizes,
    price_minor, on_sale, in_stock, worn_in, words_en, words_it)
SELECT product.id, product.status = 'active', product.published_at, product.category, product.vendor,
    family.names,
    shelf.sizes, product.price_from_minor, shelf.on_sale, shelf.in_stock, 0,
    weighed_words('public.shop_english', product.title,
        concat_ws(' ', product.colour, shelf.colours, product.kind, product.category,
                  array_to_string(product.tags, ' ')),
        concat_ws(' ', product.vendor, product.fabric, product.description)),
    weighed_words('public.shop_italian', coalesce(product.title_it, product.title),
        concat_ws(' ', coalesce(product.colour_it, product.colour), shelf.colours, product.kind,
                  product.category, array_to_string(product.tags, ' ')),
        concat_ws(' ', product.vendor, coalesce(product.fabric_it, product.fabric),
                  coalesce(product.description_it, product.description)))
FROM products product
JOIN shelf ON shelf.id = product.id JOIN family ON family.named = shelf.named
ORDER BY product.id
ON CONFLICT (product_id) DO UPDATE SET (listed, published_at, category, brand, colours, sizes, price_minor,
    on_sale, in_stock, words_en, words_it) = ROW(excluded.listed, excluded.published_at, excluded.category,
    excluded.brand, excluded.colours, excluded.sizes, excluded.price_minor, excluded.on_sale,
    excluded.in_stock, excluded.words_en, excluded.words_it)
WHERE ROW(document.listed, document.published_at, document.category, document.brand, document.colours,
          document.sizes, document.price_minor, document.on_sale, document.in_stock, document.words_en,
          document.words_it)
    IS DISTINCT FROM ROW(excluded.listed, excluded.published_at, excluded.category, excluded.brand,
          excluded.colours, excluded.sizes, excluded.price_minor, excluded.on_sale, excluded.in_stock,
          excluded.words_en, excluded.words_it);

WITH text AS MATERIALIZED (
    SELECT DISTINCT side.named, side.en = side.it AS alike, spoken.language, spoken.said
    FROM products product
    CROSS JOIN LATERAL (VALUES
        (true,
         concat_ws(' ', product.title, product.colour, product.kind, product.category, product.vendor),
         concat_ws(' ', coalesce(product.title_it, product.title), coalesce(product.colour_it, product.colour),
                   product.kind, product.category, product.vendor)),
        (false,
         concat_ws(' ', array_to_string(product.tags, ' '), product.fabric, left(product.description, 20000)),
         concat_ws(' ', array_to_string(product.tags, ' '), coalesce(product.fabric_it, product.fabric),
                   left(coalesce(product.description_it, product.description), 20000)))
    ) AS side (named, en, it)
    CROSS JOIN LATERAL (VALUES ('en', side.en), ('it', side.it)) AS spoken (language, said)
    WHERE product.id = ANY(products) AND product.status = 'active'
      AND (spoken.language = 'en' OR side.en <> side.it)),
token AS MATERIALIZED (
    SELECT DISTINCT text.named, text.alike, text.language, piece.token
    FROM text CROSS JOIN LATERAL ts_parse('default', text.said) AS piece
    WHERE piece.tokid NOT IN (12, 13)),
word AS MATERIALIZED (
    SELECT language.name AS language, said.word, bool_or(token.named) AS named
    FROM token CROSS JOIN LATERAL split_words(token.token) AS said (word)
    CROSS JOIN LATERAL unnest(CASE WHEN token.alike THEN '{en,it}'::text[] ELSE ARRAY[token.language] END)
        AS language (name)
    GROUP BY language.name, said.word),
fresh AS MATERIALIZED (
    SELECT word.* FROM word WHERE NOT EXISTS (
        SELECT FROM search_vocabulary already WHERE already.language = word.language
          AND already.word = word.word AND (already.named OR NOT word.named)))
INSERT INTO search_vocabulary AS known (language, word, lexeme, named)
SELECT stemmed.language, stemmed.word, stemmed.lexeme, stemmed.named
FROM (SELECT fresh.*, (tsvector_to_array(to_tsvector(CASE language WHEN 'it'
             THEN 'public.shop_italian'::regconfig ELSE 'public.shop_english'::regconfig END, word)))[1] AS lexeme
      FROM fresh) stemmed
WHERE stemmed.lexeme IS NOT NULL ORDER BY stemmed.language, stemmed.word
ON CONFLICT (language, word) DO UPDATE SET named = true WHERE excluded.named AND NOT known.named;
$$
"""

BEFORE = """
CREATE OR REPLACE FUNCTION write_search_documents(products bigint[]) RETURNS void LANGUAGE sql AS
$$
INSERT INTO search_documents AS document (product_id, listed, published_at, category, brand, colours, sizes,
    price_minor, on_sale, in_stock, worn_in, words_en, words_it)
SELECT product.id, product.status = 'active', product.published_at, product.category, product.vendor,
    colour_families(concat_ws(' ', product.colour, product.colour_it, shelf.colours)),
    shelf.sizes, product.price_from_minor, shelf.on_sale, shelf.in_stock, 0,
    weighed_words('public.shop_english', product.title,
        concat_ws(' ', product.colour, shelf.colours, product.kind, product.category,
                  array_to_string(product.tags, ' ')),
        concat_ws(' ', product.vendor, product.fabric, product.description)),
    weighed_words('public.shop_italian', coalesce(product.title_it, product.title),
        concat_ws(' ', coalesce(product.colour_it, product.colour), shelf.colours, product.kind,
                  product.category, array_to_string(product.tags, ' ')),
        concat_ws(' ', product.vendor, coalesce(product.fabric_it, product.fabric),
                  coalesce(product.description_it, product.description)))
FROM products product
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(variant.there), false) AS in_stock,
        coalesce(bool_or(variant.compare_at_minor > variant.price_minor), false) AS on_sale,
        coalesce(array_agg(DISTINCT choice.value) FILTER (WHERE variant.there
            AND lower(choice.name) IN ('size', 'taglia', 'sizes', 'misura', 'shoe size', 'numero')), '{}')
            AS sizes,
        string_agg(DISTINCT choice.value, ' ') FILTER (WHERE lower(choice.name)
            IN ('color', 'colour', 'colore')) AS colours
    FROM (SELECT *, (on_hand > 0 OR oversell OR NOT tracked) AS there FROM variants
          WHERE variants.product_id = product.id AND variants.withdrawn_at IS NULL) variant
    LEFT JOIN LATERAL unnest(product.option_names, variant.option_values) AS choice (name, value) ON true
) shelf
WHERE product.id = ANY(products) ORDER BY product.id
ON CONFLICT (product_id) DO UPDATE SET (listed, published_at, category, brand, colours, sizes, price_minor,
    on_sale, in_stock, words_en, words_it) = ROW(excluded.listed, excluded.published_at, excluded.category,
    excluded.brand, excluded.colours, excluded.sizes, excluded.price_minor, excluded.on_sale,
    excluded.in_stock, excluded.words_en, excluded.words_it)
WHERE ROW(document.listed, document.published_at, document.category, document.brand, document.colours,
          document.sizes, document.price_minor, document.on_sale, document.in_stock, document.words_en,
          document.words_it)
    IS DISTINCT FROM ROW(excluded.listed, excluded.published_at, excluded.category, excluded.brand,
          excluded.colours, excluded.sizes, excluded.price_minor, excluded.on_sale, excluded.in_stock,
          excluded.words_en, excluded.words_it);

INSERT INTO search_vocabulary AS known (language, word, lexeme, named)
SELECT spoken.language, spoken.word, spoken.lexeme, bool_or(spoken.named)
FROM (
    SELECT side.language, said.word, side.named,
           (tsvector_to_array(to_tsvector(side.configuration, said.word)))[1] AS lexeme
    FROM products product
    CROSS JOIN LATERAL (VALUES
        ('en', 'public.shop_english'::regconfig, true,
         concat_ws(' ', product.title, product.colour, product.kind, product.category, product.vendor)),
        ('en', 'public.shop_english'::regconfig, false,
         concat_ws(' ', array_to_string(product.tags, ' '), product.fabric, left(product.description, 20000))),
        ('it', 'public.shop_italian'::regconfig, true,
         concat_ws(' ', coalesce(product.title_it, product.title), coalesce(product.colour_it, product.colour),
                   product.kind, product.category, product.vendor)),
        ('it', 'public.shop_italian'::regconfig, false,
         concat_ws(' ', array_to_string(product.tags, ' '), coalesce(product.fabric_it, product.fabric),
                   left(coalesce(product.description_it, product.description), 20000)))
    ) AS side (language, configuration, named, said)
    CROSS JOIN LATERAL split_words(side.said) AS said (word)
    WHERE product.id = ANY(products) AND product.status = 'active'
) spoken
WHERE spoken.lexeme IS NOT NULL AND NOT EXISTS (
    SELECT FROM search_vocabulary already WHERE already.language = spoken.language
      AND already.word = spoken.word AND (already.named OR NOT spoken.named))
GROUP BY spoken.language, spoken.word, spoken.lexeme ORDER BY spoken.language, spoken.word
ON CONFLICT (language, word) DO UPDATE SET named = true WHERE excluded.named AND NOT known.named;
$$
"""


def upgrade() -> None:
    op.execute(WRITE_DOCUMENTS)


def downgrade() -> None:
    op.execute(BEFORE)
