"""What each variant cost from when on, for the lowest price before a reduction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price_points",
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("compare_at_minor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_price_points_variant_id_variants"),
        sa.PrimaryKeyConstraint("variant_id", "began_at", name="pk_price_points"),
    )
    # What was cheaper before today nobody wrote down: history begins with the prices there are.
    op.execute(
        "INSERT INTO price_points (variant_id, began_at, price_minor, compare_at_minor) "
        "SELECT id, now(), price_minor, compare_at_minor FROM variants"
    )


def downgrade() -> None:
    op.drop_table("price_points")
