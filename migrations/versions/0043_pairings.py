"""Which pieces go with which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pairings",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 12", name=op.f("ck_pairings_place")),
        sa.CheckConstraint("product_id <> other_id", name=op.f("ck_pairings_two_pieces")),
        sa.ForeignKeyConstraint(["other_id"], ["products.id"], name=op.f("fk_pairings_other_id_products")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_pairings_product_id_products")
        ),
        sa.PrimaryKeyConstraint("product_id", "other_id", name=op.f("pk_pairings")),
    )
    op.create_index("ix_pairings_other_id", "pairings", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_pairings_other_id", table_name="pairings")
    op.drop_table("pairings")
