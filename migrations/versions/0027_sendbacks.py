"""What shoppers send back, line by line and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE sendback_numbers START WITH 1001")
    op.create_table(
        "sendbacks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=5), nullable=False),
        sa.Column("words", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reply", sa.String(length=300), server_default="", nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("refund_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status IN ('asked', 'received', 'settled', 'refused', 'cancelled')",
            name=op.f("ck_sendbacks_status"),
        ),
        sa.CheckConstraint("way IN ('store', 'ship')", name=op.f("ck_sendbacks_way")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_sendbacks_order_id_orders")),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_sendbacks_refund_id_refunds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendbacks")),
        sa.UniqueConstraint("number", name=op.f("uq_sendbacks_number")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_sendbacks_refund_id")),
    )
    op.create_index("ix_sendbacks_order_id", "sendbacks", ["order_id"])
    op.create_index(
        "ix_sendbacks_open",
        "sendbacks",
        ["asked_at"],
        postgresql_where=sa.text("status IN ('asked', 'received')"),
    )
    op.create_table(
        "sendback_lines",
        sa.Column("sendback_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=True),
        sa.Column("restock", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "why IN ('too_small', 'too_large', 'other_than_shown', 'faulty', 'wrong_piece', 'changed_mind')",
            name=op.f("ck_sendback_lines_why"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sendback_lines_quantity_positive")),
        sa.CheckConstraint(
            "accepted BETWEEN 0 AND quantity", name=op.f("ck_sendback_lines_accepted_within_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["sendback_id"], ["sendbacks.id"], name=op.f("fk_sendback_lines_sendback_id_sendbacks")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name=op.f("fk_sendback_lines_order_line_id_order_lines")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_sendback_lines_product_id_products")
        ),
        sa.PrimaryKeyConstraint("sendback_id", "order_line_id", name=op.f("pk_sendback_lines")),
    )
    op.create_index(
        "ix_sendback_lines_fit",
        "sendback_lines",
        ["product_id"],
        postgresql_where=sa.text("why IN ('too_small', 'too_large')"),
    )


def downgrade() -> None:
    op.drop_table("sendback_lines")
    op.drop_table("sendbacks")
    op.execute("DROP SEQUENCE sendback_numbers")
