"""Collections: what they say, their rules, the pieces picked by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_it", sa.String(length=120), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_it", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("matches", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("home_place", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("seo_title", sa.String(length=120), nullable=True),
        sa.Column("seo_title_it", sa.String(length=120), nullable=True),
        sa.Column("seo_description", sa.String(length=300), nullable=True),
        sa.Column("seo_description_it", sa.String(length=300), nullable=True),
        sa.Column("picture_product_id", sa.BigInteger(), nullable=True),
        sa.Column("picture_small_key", sa.String(length=80), nullable=True),
        sa.Column("picture_medium_key", sa.String(length=80), nullable=True),
        sa.Column("picture_large_key", sa.String(length=80), nullable=True),
        sa.Column("picture_width", sa.BigInteger(), nullable=True),
        sa.Column("picture_height", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'hand' OR sort <> 'hand'", name=op.f("ck_collections_sorted_by_hand")),
        sa.CheckConstraint("kind IN ('hand', 'rule')", name=op.f("ck_collections_kind")),
        sa.CheckConstraint("matches IN ('all', 'any')", name=op.f("ck_collections_matches")),
        sa.CheckConstraint(
            "sort IN ('hand', 'newest', 'price', '-price', 'worn')", name=op.f("ck_collections_sort")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'archived')", name=op.f("ck_collections_status")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_collections_ends_after_start")),
        sa.CheckConstraint("home_place > 0", name=op.f("ck_collections_home_place")),
        sa.CheckConstraint(
            "num_nonnulls(picture_small_key, picture_medium_key, picture_large_key, picture_width, picture_height) IN (0, 5)",
            name=op.f("ck_collections_whole_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["picture_product_id"], ["products.id"], name=op.f("fk_collections_picture_product_id_products")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("handle", name=op.f("uq_collections_handle")),
    )
    op.create_index(
        "ix_collections_home_place",
        "collections",
        ["home_place", "id"],
        unique=False,
        postgresql_where="status = 'published' AND home_place IS NOT NULL",
    )
    op.create_index(
        "ix_collections_title",
        "collections",
        ["title", "id"],
        unique=False,
        postgresql_where="status = 'published'",
    )
    op.create_table(
        "collection_pieces",
        sa.Column("collection_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("fk_collection_pieces_collection_id_collections")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_collection_pieces_product_id_products")
        ),
        sa.PrimaryKeyConstraint("collection_id", "product_id", name=op.f("pk_collection_pieces")),
    )
    op.create_index("ix_collection_pieces_product_id", "collection_pieces", ["product_id"], unique=False)
    op.create_index("ix_products_tags", "products", ["tags"], unique=False, postgresql_using="gin")
    op.create_table(
        "collection_rules",
        sa.Column("collection_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=255), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "field IN ('tag', 'category', 'type', 'vendor', 'price_from', 'price_to', 'in_stock', 'left_at_most', 'newer_than', 'on_sale')",
            name=op.f("ck_collection_rules_field"),
        ),
        sa.CheckConstraint("num_nonnulls(words, number) <= 1", name=op.f("ck_collection_rules_one_value")),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name=op.f("fk_collection_rules_collection_id_collections")
        ),
        sa.PrimaryKeyConstraint("collection_id", "position", name=op.f("pk_collection_rules")),
    )


def downgrade() -> None:
    op.drop_index("ix_products_tags", table_name="products", postgresql_using="gin")
    op.drop_table("collection_rules")
    op.drop_index("ix_collection_pieces_product_id", table_name="collection_pieces")
    op.drop_table("collection_pieces")
    op.drop_index("ix_collections_title", table_name="collections", postgresql_where="status = 'published'")
    op.drop_index(
        "ix_collections_home_place",
        table_name="collections",
        postgresql_where="status = 'published' AND home_place IS NOT NULL",
    )
    op.drop_table("collections")
