"""Products that wait for their day, texts for search engines, and changes of many products."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SCHEDULED = sa.text("status = 'scheduled'")


def upgrade() -> None:
    for name, kind in (
        ("seo_title", sa.String(255)),
        ("seo_title_it", sa.String(255)),
        ("seo_description", sa.Text()),
        ("seo_description_it", sa.Text()),
    ):
        op.add_column("products", sa.Column(name, kind, nullable=True))
    # The first one was made with its prefix twice.
    op.drop_constraint(op.f("ck_products_ck_products_status"), "products")
    op.create_check_constraint(
        op.f("ck_products_status"), "products", "status IN ('draft', 'scheduled', 'active', 'archived')"
    )
    # What was given a day to come and shown all the same is shown: nothing leaves the shop by a migration.
    op.create_check_constraint(
        op.f("ck_products_scheduled"), "products", "status <> 'scheduled' OR published_at IS NOT NULL"
    )
    op.create_index("ix_products_scheduled", "products", ["published_at"], postgresql_where=SCHEDULED)
    op.create_table(
        "bulk_edits",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("change", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("refused", postgresql.JSONB(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Text(), nullable=True),
        sa.Column("taken_back_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('applied', 'taken_back')", name=op.f("ck_bulk_edits_status")),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_edits"),
    )
    op.create_index("ix_bulk_edits_applied_at", "bulk_edits", ["applied_at"])
    op.create_table(
        "bulk_edit_rows",
        sa.Column("edit_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edit_id"], ["bulk_edits.id"], name="fk_bulk_edit_rows_edit_id_bulk_edits"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_bulk_edit_rows_product_id_products"
        ),
        sa.PrimaryKeyConstraint("edit_id", "product_id", name="pk_bulk_edit_rows"),
    )


def downgrade() -> None:
    op.drop_table("bulk_edit_rows")
    op.drop_table("bulk_edits")
    op.drop_index("ix_products_scheduled", "products")
    op.drop_constraint(op.f("ck_products_scheduled"), "products")
    op.execute("UPDATE products SET status = 'draft' WHERE status = 'scheduled'")
    op.drop_constraint(op.f("ck_products_status"), "products")
    op.create_check_constraint(
        op.f("ck_products_ck_products_status"), "products", "status IN ('draft', 'active', 'archived')"
    )
    for name in ("seo_title", "seo_title_it", "seo_description", "seo_description_it"):
        op.drop_column("products", name)
