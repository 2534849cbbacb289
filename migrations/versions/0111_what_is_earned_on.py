"""What a refund takes off what is earned on a line, and how much of an order a bank asks back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("disputed_minor", sa.BigInteger()))
    op.add_column("refund_lines", sa.Column("counted_pieces", sa.BigInteger(), server_default="0"))
    op.add_column("refund_lines", sa.Column("counted_minor", sa.BigInteger()))
    # What was booked before stands as it was booked: by the money that went back.
    op.execute("UPDATE refund_lines SET counted_minor = amount_minor")
    op.execute(
        "UPDATE commissions SET refunded_minor = paid_minor FROM orders "
        "WHERE orders.id = commissions.order_id AND orders.dispute = 'lost'"
    )
    op.alter_column("refund_lines", "counted_pieces", nullable=False, server_default=None)
    op.alter_column("refund_lines", "counted_minor", nullable=False)
    op.create_check_constraint(
        op.f("ck_refund_lines_counted_within_quantity"),
        "refund_lines",
        "counted_pieces BETWEEN 0 AND quantity",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_refund_lines_counted_within_quantity"), "refund_lines")
    op.drop_column("refund_lines", "counted_minor")
    op.drop_column("refund_lines", "counted_pieces")
    op.drop_column("orders", "disputed_minor")
