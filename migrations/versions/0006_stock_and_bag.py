"""Promises of pieces to orders, and the bags they come from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cart_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("origin_kind", sa.String(length=16), nullable=True),
        sa.Column("origin_ref", sa.String(length=120), nullable=True),
        sa.Column("origin_label", sa.String(length=200), nullable=True),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name=op.f("ck_cart_lines_one_owner")),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name=op.f("ck_cart_lines_quantity_sensible")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_cart_lines_account_id_accounts"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_cart_lines_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_cart_lines"),
    )
    op.create_index("ix_cart_lines_visit_id", "cart_lines", ["visit_id"])
    op.create_index(
        "uq_cart_lines_owner_piece",
        "cart_lines",
        ["account_id", "visit_id", "variant_id", "origin_kind", "origin_ref"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "reservations",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservations_quantity_positive")),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_reservations_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
        sa.UniqueConstraint("order_id", "variant_id", name="uq_reservations_order_id_variant_id"),
    )
    op.create_index("ix_reservations_variant_id_expires_at", "reservations", ["variant_id", "expires_at"])


def downgrade() -> None:
    op.drop_table("reservations")
    op.drop_table("cart_lines")
