"""What the shop is searched by: one document a product, the words the shop knows, synonyms, and what was missed.

The words move here from `products`, where every change of a price wrote both word lists anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Accents are folded before a word is brought to its stem. Two languages, two configurations of our own.
CONFIGURATIONS = (("shop_english", "english"), ("shop_italian", "italian"))

# The name weighs most, then what it is, then what is said about it.
WEIGHED_WORDS = """
CREATE FUNCTION weighed_words(language regconfig, name text, what text, about text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT setweight(to_tsvector(language, name), 'A')
       || setweight(to_tsvector(language, what), 'B')
       || setweight(to_tsvector(language, left(about, 20000)), 'D') $$
"""

# Sixty names of colours are no filter; a dozen families are. A colour in two families is in both.
COLOUR_FAMILIES = """
CREATE FUNCTION colour_families(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce(array_agg(DISTINCT family.name), '{}')
   FROM (VALUES
     ('black', '\\m(black|ink|nero|nera|inchiostro)\\M'),
     ('white', '\\m(white|ivory|milk|pearl|bianco|bianca|avorio|latte|perla)\\M'),
     ('neutral', '\\m(beige|camel|cream|ecru|natural|oat|sand|straw|champagne|butter|nude|khaki|cammello|crema|naturale|avena|sabbia|paglia|burro)\\M'),
     ('grey', '\\m(gr[ae]y|charcoal|stone|mist|silver|steel|grigi[oa]?|antracite|pietra|argento|acciaio)\\M'),
     ('blue', '\\m(blue?|navy|indigo|midnight|sky|teal|petrol|denim|azzurr[oa]|indaco|mezzanotte|petrolio)\\M'),
     ('green', '\\m(green|greenhouse|olive|sage|moss|mint|meadow|garden|forest|leaf|verde|oliva|salvia|muschio|menta|prato|giardino)\\M'),
     ('yellow', '\\m(yellow|mustard|honey|primrose|amber|giall[oa]|senape|miele|primula|ambra)\\M'),
     ('orange', '\\m(orange|rust|terracotta|coral|peach|ember|vermilion|arancio(ne)?|ruggine|corallo|pesca|brace|vermiglio)\\M'),
     ('red', '\\m(red|bordeaux|burgundy|oxblood|cherry|garnet|berry|vermilion|ross[oa]|ciliegia|granato|bacca)\\M'),
     ('pink', '\\m(pink|rose|powder|blush|fuchsia|ros[ae]|cipria|fucsia)\\M'),
     ('violet', '\\m(purple|violet|lilac|lavender|wisteria|plum|viola|lilla|lavanda|glicine|prugna)\\M'),
     ('brown', '\\m(brown|chestnut|cognac|caramel|tan|hazel|tortoise|chocolate|marrone|castagna|caramello|cuoio|nocciola|tartaruga)\\M'),
     ('metal', '\\m(gold|golden|brass|bronze|oro|dorat[oa]|ottone|bronzo)\\M'),
     ('pattern', '\\m(check|tartan|stripe[sd]?|pinstripe|dots|gingham|tweed|floral|flower|print(ed)?|righ?[ae]|quadri|gessato|scozzese|pois|vichy|aiuola|fiori|stampa)\\M')
   ) AS family (name, pattern)
   WHERE lower(public.plain_letters(words)) ~ family.pattern $$
"""

SPLIT_WORDS = """
CREATE FUNCTION split_words(words text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT DISTINCT word
   FROM regexp_split_to_table(
       lower(public.plain_letters(regexp_replace(words, '<[^>]*>', ' ', 'g'))), '[^[:alnum:]]+') AS word
   WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]' $$
"""

# Slips of the finger. The threshold belongs to this one question, hence a function with a setting of its own.
NEAREST_WORDS = """
CREATE FUNCTION nearest_words(of_language text, typed text, most integer) RETURNS text[]
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.2 AS
$$ SELECT array_agg(near.word) FROM (
       SELECT v.word FROM search_vocabulary v WHERE v.language = of_language AND v.word % typed
       ORDER BY similarity(v.word, typed) DESC, v.named DESC, v.word LIMIT most) near $$
"""

# The documents of some products, as they are now. Whoever calls holds their locks (see search/actions.py).
WRITE_DOCUMENTS = """
CREATE FUNCTION write_search_documents(products bigint[]) RETURNS void LANGUAGE sql AS
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

OLD_WORDS = """
CREATE FUNCTION product_words(language regconfig, name text, what text, tags text[], about text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT setweight(to_tsvector(language, public.plain_letters(name)), 'A')
       || setweight(to_tsvector(language, public.plain_letters(what || ' ' || array_to_string(tags, ' '))), 'B')
       || setweight(to_tsvector(language, public.plain_letters(about)), 'D') $$
"""
OLD_GUESS = """
CREATE FUNCTION guess_products(words text, most integer) RETURNS TABLE (id bigint, nearness real)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.42 AS
$$ SELECT product.id, sum(word_similarity(word, product.search_names))
   FROM unnest(string_to_array(words, ' ')) AS word
   JOIN products product ON word <% product.search_names AND product.status = 'active'
   GROUP BY product.id ORDER BY 2 DESC, 1 DESC LIMIT most $$
"""


def upgrade() -> None:
    for name, copied in CONFIGURATIONS:
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION public.{name} (COPY = pg_catalog.{copied})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION public.{name} ALTER MAPPING FOR "
            f"word, hword, hword_part, asciiword, asciihword, hword_asciipart "
            f"WITH public.unaccent, {copied}_stem"
        )
    for function in (WEIGHED_WORDS, COLOUR_FAMILIES, SPLIT_WORDS):
        op.execute(function)
    op.create_table(
        "search_documents",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("brand", sa.String(255), nullable=False),
        sa.Column("colours", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("sizes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("worn_in", sa.BigInteger(), nullable=False),
        sa.Column("words_en", postgresql.TSVECTOR(), nullable=False),
        sa.Column("words_it", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_search_documents_product_id_products"
        ),
        sa.PrimaryKeyConstraint("product_id", name="pk_search_documents"),
    )
    listed = sa.text("listed")
    for name, columns in (
        ("new", ["published_at", "product_id"]),
        ("price", ["price_minor", "product_id"]),
        ("worn", ["worn_in", "published_at", "product_id"]),
        ("category", ["category", "published_at", "product_id"]),
        ("brand", ["brand", "published_at", "product_id"]),
    ):
        op.create_index(f"ix_search_documents_{name}", "search_documents", columns, postgresql_where=listed)
    for language in ("en", "it"):
        op.create_index(
            f"ix_search_documents_words_{language}",
            "search_documents",
            [f"words_{language}"],
            postgresql_using="gin",
        )
    op.create_table(
        "search_vocabulary",
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("lexeme", sa.String(40), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("language", "word", name="pk_search_vocabulary"),
    )
    for column in ("word", "lexeme"):
        op.create_index(
            f"ix_search_vocabulary_{column}",
            "search_vocabulary",
            ["language", column],
            postgresql_ops={column: "varchar_pattern_ops"},
        )
    op.create_index(
        "ix_search_vocabulary_letters",
        "search_vocabulary",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "search_synonyms",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("term", sa.String(60), nullable=False),
        sa.Column("other", sa.String(60), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("term < other", name="ck_search_synonyms_in_order"),
        sa.CheckConstraint("language IN ('en', 'it')", name="ck_search_synonyms_language"),
        sa.PrimaryKeyConstraint("id", name="pk_search_synonyms"),
        sa.UniqueConstraint("language", "term", "other", name="uq_search_synonyms_language_term_other"),
    )
    op.create_index("ix_search_synonyms_other", "search_synonyms", ["language", "other"])
    op.create_table(
        "search_misses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("last_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("shown_instead", sa.String(80), nullable=True),
        sa.CheckConstraint("times > 0", name="ck_search_misses_times"),
        sa.PrimaryKeyConstraint("id", name="pk_search_misses"),
        sa.UniqueConstraint("language", "words", name="uq_search_misses_language_words"),
    )
    op.create_index("ix_search_misses_last", "search_misses", ["last_at"])
    op.execute(NEAREST_WORDS)
    op.execute(WRITE_DOCUMENTS)
    op.execute("SELECT write_search_documents(array(SELECT id FROM products))")
    op.execute(
        """
        UPDATE search_documents document SET worn_in = worn.looks FROM (
            SELECT piece.product_id, count(*) AS looks FROM look_pieces piece
            JOIN looks look ON look.id = piece.look_id AND look.status = 'published' GROUP BY 1) worn
        WHERE worn.product_id = document.product_id
        """
    )
    op.execute("DROP FUNCTION guess_products(text, integer)")
    for column in ("search_names", "search_it", "search_en"):
        op.drop_index(f"ix_products_{column}", "products")
        op.drop_column("products", column)
    op.execute("DROP FUNCTION product_words(regconfig, text, text, text[], text)")


def downgrade() -> None:
    op.execute(OLD_WORDS)
    computed = (
        (
            "search_en",
            postgresql.TSVECTOR(),
            "product_words('english', title, colour || ' ' || kind || ' ' || category, tags, "
            "vendor || ' ' || fabric || ' ' || description)",
        ),
        (
            "search_it",
            postgresql.TSVECTOR(),
            "product_words('italian', coalesce(title_it, title), coalesce(colour_it, colour) || ' ' || kind "
            "|| ' ' || category, tags, vendor || ' ' || coalesce(fabric_it, fabric) || ' ' "
            "|| coalesce(description_it, description))",
        ),
        (
            "search_names",
            sa.Text(),
            "lower(plain_letters(title || ' ' || coalesce(title_it, '') || ' ' || colour || ' ' "
            "|| coalesce(colour_it, '') || ' ' || kind))",
        ),
    )
    for name, kind, expression in computed:
        op.add_column(
            "products", sa.Column(name, kind, sa.Computed(expression, persisted=True), nullable=False)
        )
        trigrams = {name: "gin_trgm_ops"} if name == "search_names" else {}
        op.create_index(
            f"ix_products_{name}", "products", [name], postgresql_using="gin", postgresql_ops=trigrams
        )
    op.execute(OLD_GUESS)
    op.execute("DROP FUNCTION write_search_documents(bigint[])")
    op.execute("DROP FUNCTION nearest_words(text, text, integer)")
    for table in ("search_misses", "search_synonyms", "search_vocabulary", "search_documents"):
        op.drop_table(table)
    op.execute("DROP FUNCTION split_words(text)")
    op.execute("DROP FUNCTION colour_families(text)")
    op.execute("DROP FUNCTION weighed_words(regconfig, text, text, text)")
    for name, _ in CONFIGURATIONS:
        op.execute(f"DROP TEXT SEARCH CONFIGURATION public.{name}")
