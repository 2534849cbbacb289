"""Wish lists of accounts and visits, and addresses lent for one letter about stock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wishes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(36), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="ck_wishes_one_owner"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_wishes_account_id_accounts"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_wishes_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_wishes"),
    )
    op.create_index(
        "uq_wishes_owner_product",
        "wishes",
        ["account_id", "visit_id", "product_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_wishes_visit_id", "wishes", ["visit_id"])
    op.create_index("ix_wishes_product_id", "wishes", ["product_id"])
    op.create_table(
        "stock_notices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_notices_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_notices"),
        sa.UniqueConstraint("variant_id", "email", name="uq_stock_notices_variant_id_email"),
    )
    op.create_index("ix_stock_notices_asked_at", "stock_notices", ["asked_at"])


def downgrade() -> None:
    op.drop_table("stock_notices")
    op.drop_table("wishes")
