"""What is saved for later, and the price the owner of a bag was last told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cart_lines", sa.Column("noted_minor", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE cart_lines SET noted_minor = variants.price_minor "
        "FROM variants WHERE variants.id = cart_lines.variant_id"
    )
    op.alter_column("cart_lines", "noted_minor", nullable=False)
    op.create_table(
        "saved_pieces",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(36), nullable=True),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("origin_kind", sa.String(16), nullable=True),
        sa.Column("origin_ref", sa.String(120), nullable=True),
        sa.Column("origin_label", sa.String(200), nullable=True),
        sa.Column("origin_label_it", sa.String(200), nullable=True),
        sa.Column("noted_minor", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="ck_saved_pieces_one_owner"),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name="ck_saved_pieces_quantity_sensible"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_saved_pieces_account_id_accounts"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_saved_pieces_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_pieces"),
    )
    op.create_index(
        "uq_saved_pieces_owner_piece",
        "saved_pieces",
        ["account_id", "visit_id", "variant_id", "origin_kind", "origin_ref"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_saved_pieces_visit_id", "saved_pieces", ["visit_id"])


def downgrade() -> None:
    op.drop_table("saved_pieces")
    op.drop_column("cart_lines", "noted_minor")
