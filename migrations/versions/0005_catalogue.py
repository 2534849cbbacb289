"""Products, variants, pictures, and the words they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# unaccent() and array_to_string() are only STABLE, because a dictionary might change; ours does not, and a
# generated column needs IMMUTABLE. The dictionary is named with its schema so that no search path can swap it.
PLAIN_LETTERS = """
CREATE FUNCTION plain_letters(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT public.unaccent('public.unaccent'::regdictionary, words) $$
"""
# The name weighs most, then what it is, then what is said about it.
PRODUCT_WORDS = """
CREATE FUNCTION product_words(language regconfig, name text, what text, tags text[], about text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT setweight(to_tsvector(language, public.plain_letters(name)), 'A')
       || setweight(to_tsvector(language, public.plain_letters(what || ' ' || array_to_string(tags, ' '))), 'B')
       || setweight(to_tsvector(language, public.plain_letters(about)), 'D') $$
"""
# Forgives slips of the finger, word by word. The threshold belongs to this one question, hence a function
# with a setting of its own.
GUESS_PRODUCTS = """
CREATE FUNCTION guess_products(words text, most integer) RETURNS TABLE (id bigint, nearness real)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.42 AS
$$ SELECT product.id, sum(word_similarity(word, product.search_names))
   FROM unnest(string_to_array(words, ' ')) AS word
   JOIN products product ON word <% product.search_names AND product.status = 'active'
   GROUP BY product.id ORDER BY 2 DESC, 1 DESC LIMIT most $$
"""


def upgrade() -> None:
    op.execute(PLAIN_LETTERS)
    op.execute(PRODUCT_WORDS)
    op.execute("CREATE SEQUENCE catalogue_versions")
    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(200), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("title_it", sa.String(255), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_it", sa.Text(), nullable=True),
        sa.Column("vendor", sa.String(255), nullable=False),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(255), nullable=False),
        sa.Column("slot", sa.String(20), nullable=False),
        sa.Column("colour", sa.String(120), nullable=False),
        sa.Column("colour_it", sa.String(120), nullable=True),
        sa.Column("fabric", sa.Text(), nullable=False),
        sa.Column("fabric_it", sa.Text(), nullable=True),
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("care_it", sa.Text(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("option_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("price_from_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_to_minor", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column(
            "search_en",
            postgresql.TSVECTOR(),
            sa.Computed(
                "product_words('english', title, colour || ' ' || kind || ' ' || category, tags, "
                "vendor || ' ' || fabric || ' ' || description)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "search_it",
            postgresql.TSVECTOR(),
            sa.Computed(
                "product_words('italian', coalesce(title_it, title), coalesce(colour_it, colour) || ' ' || kind "
                "|| ' ' || category, tags, vendor || ' ' || coalesce(fabric_it, fabric) || ' ' "
                "|| coalesce(description_it, description))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "search_names",
            sa.Text(),
            sa.Computed(
                "lower(plain_letters(title || ' ' || coalesce(title_it, '') || ' ' || colour || ' ' "
                "|| coalesce(colour_it, '') || ' ' || kind))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("status IN ('draft', 'active', 'archived')", name="ck_products_status"),
        sa.CheckConstraint(
            "price_from_minor >= 0 AND price_to_minor >= price_from_minor", name="ck_products_price_span"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("handle", name="uq_products_handle"),
    )
    active = sa.text("status = 'active'")
    op.create_index("ix_products_new", "products", ["published_at", "id"], postgresql_where=active)
    op.create_index("ix_products_category", "products", ["category", "published_at"], postgresql_where=active)
    op.create_index("ix_products_version", "products", ["version"])
    op.create_index("ix_products_search_en", "products", ["search_en"], postgresql_using="gin")
    op.create_index("ix_products_search_it", "products", ["search_it"], postgresql_using="gin")
    op.create_index(
        "ix_products_search_names",
        "products",
        ["search_names"],
        postgresql_using="gin",
        postgresql_ops={"search_names": "gin_trgm_ops"},
    )
    op.execute(GUESS_PRODUCTS)
    op.create_table(
        "variants",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.String(255), nullable=False),
        sa.Column("barcode", sa.String(255), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("option_values", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("compare_at_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("tracked", sa.Boolean(), nullable=False),
        sa.Column("oversell", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("price_minor >= 0", name="ck_variants_price"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_variants_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
        sa.UniqueConstraint("product_id", "option_values", name="uq_variants_product_id_option_values"),
    )
    op.create_index("ix_variants_sku", "variants", ["sku"], postgresql_where=sa.text("sku <> ''"))
    op.create_table(
        "pictures",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("alt_it", sa.Text(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("failure", sa.String(200), nullable=True),
        sa.Column("small_key", sa.String(80), nullable=True),
        sa.Column("medium_key", sa.String(80), nullable=True),
        sa.Column("large_key", sa.String(80), nullable=True),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("body_x", sa.BigInteger(), nullable=True),
        sa.Column("body_y", sa.BigInteger(), nullable=True),
        sa.Column("body_width", sa.BigInteger(), nullable=True),
        sa.Column("body_height", sa.BigInteger(), nullable=True),
        sa.Column("real_height_mm", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("status IN ('waiting', 'ready', 'failed')", name="ck_pictures_status"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_pictures_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sa.UniqueConstraint("product_id", "source_url", name="uq_pictures_product_id_source_url"),
    )
    op.create_index("ix_pictures_product_id", "pictures", ["product_id", "position"])


def downgrade() -> None:
    op.drop_table("pictures")
    op.drop_table("variants")
    op.execute("DROP FUNCTION guess_products(text, integer)")
    op.drop_table("products")
    op.execute("DROP SEQUENCE catalogue_versions")
    op.execute("DROP FUNCTION product_words(regconfig, text, text, text[], text)")
    op.execute("DROP FUNCTION plain_letters(text)")
