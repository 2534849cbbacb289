"""Style editors: applications, editors, looks with their pieces, share links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "editor_applications",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("city", sa.String(80), nullable=False),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("handle_wish", sa.String(30), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("applied_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(200), nullable=True),
        sa.Column("reply", sa.String(2000), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_editor_applications_account_id_accounts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_editor_applications"),
    )
    op.create_index(
        "uq_editor_applications_waiting",
        "editor_applications",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("status = 'applied'"),
    )
    op.create_index(
        "ix_editor_applications_status_applied_at", "editor_applications", ["status", "applied_at"]
    )
    op.create_table(
        "editors",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(30), nullable=False),
        sa.Column("handle_shape", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("city", sa.String(80), nullable=False),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("style", sa.String(120), nullable=False),
        sa.Column("portrait_key", sa.String(100), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("lead_since", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_editors_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_editors"),
        sa.UniqueConstraint("account_id", name="uq_editors_account_id"),
        sa.UniqueConstraint("handle", name="uq_editors_handle"),
        sa.UniqueConstraint("handle_shape", name="uq_editors_handle_shape"),
    )
    op.create_index(
        "uq_editors_lead",
        "editors",
        ["status"],
        unique=True,
        postgresql_where=sa.text("lead_since IS NOT NULL"),
    )
    op.create_table(
        "looks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("title_it", sa.String(80), nullable=True),
        sa.Column("story", sa.String(1000), nullable=False),
        sa.Column("story_it", sa.String(1000), nullable=True),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("picture_small_key", sa.String(100), nullable=True),
        sa.Column("picture_medium_key", sa.String(100), nullable=True),
        sa.Column("picture_large_key", sa.String(100), nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_looks_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
        sa.UniqueConstraint("slug", name="uq_looks_slug"),
    )
    op.create_index("ix_looks_editor_id_status", "looks", ["editor_id", "status"])
    op.create_index("ix_looks_status_published_at", "looks", ["status", "published_at"])
    op.create_table(
        "look_pieces",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("x", sa.BigInteger(), nullable=False),
        sa.Column("y", sa.BigInteger(), nullable=False),
        sa.Column("scale", sa.BigInteger(), nullable=False),
        sa.Column("rotation", sa.BigInteger(), nullable=False),
        sa.Column("layer", sa.BigInteger(), nullable=False),
        sa.Column("flip", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 9", name="ck_look_pieces_quantity"),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_look_pieces_look_id_looks", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_look_pieces_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_look_pieces"),
        sa.UniqueConstraint("look_id", "product_id", name="uq_look_pieces_look_id_product_id"),
    )
    op.create_index("ix_look_pieces_product_id", "look_pieces", ["product_id"])
    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(target = 'look') = (look_id IS NOT NULL) AND (target = 'product') = (product_id IS NOT NULL)",
            name="ck_links_target",
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_links_editor_id_editors"),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name="fk_links_look_id_looks"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_links_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("code", name="uq_links_code"),
        sa.UniqueConstraint(
            "editor_id",
            "target",
            "look_id",
            "product_id",
            name="uq_links_editor_id_target",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_links_look_id", "links", ["look_id"])
    op.create_index("ix_links_product_id", "links", ["product_id"])


def downgrade() -> None:
    for table in ("links", "look_pieces", "looks", "editors", "editor_applications"):
        op.drop_table(table)
