"""Which pieces a refund has put on the shelf, and when Stripe was last asked about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refunds", sa.Column("looked_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("refund_lines", sa.Column("put_back", sa.BigInteger(), nullable=False, server_default="0"))
    # Until now a piece was put back the moment its refund was written down.
    op.execute("UPDATE refund_lines SET put_back = quantity WHERE restock")
    op.create_check_constraint(
        op.f("ck_refund_lines_put_back_within_quantity"), "refund_lines", "put_back BETWEEN 0 AND quantity"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_refund_lines_put_back_within_quantity"), "refund_lines")
    op.drop_column("refund_lines", "put_back")
    op.drop_column("refunds", "looked_at")
