"""Missing sales, and decisions that correct one beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

CURRENT = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.add_column("receipts", sa.Column("replaces_id", sa.BigInteger(), nullable=True))
    op.add_column("receipts", sa.Column("replaced_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("receipts", sa.Column("decided_by", sa.String(200), nullable=True))
    op.drop_constraint("uq_receipts_order_id", "receipts", type_="unique")
    op.drop_constraint("uq_receipts_order_number", "receipts", type_="unique")
    op.create_foreign_key("fk_receipts_replaces_id_receipts", "receipts", "receipts", ["replaces_id"], ["id"])
    op.create_unique_constraint("uq_receipts_replaces_id", "receipts", ["replaces_id"])
    op.create_check_constraint(
        op.f("ck_receipts_corrected_by"), "receipts", "(replaces_id IS NULL) = (decided_by IS NULL)"
    )
    op.drop_constraint("uq_commissions_order_line_id_editor_id", "commissions", type_="unique")
    op.create_unique_constraint(
        "uq_commissions_order_line_id_editor_id_receipt_id",
        "commissions",
        ["order_line_id", "editor_id", "receipt_id"],
    )
    first = sa.text("replaces_id IS NULL")
    op.create_index("uq_receipts_first", "receipts", ["order_id"], unique=True, postgresql_where=first)
    op.create_index("uq_receipts_current", "receipts", ["order_id"], unique=True, postgresql_where=CURRENT)
    op.create_index("uq_receipts_number", "receipts", ["order_number"], unique=True, postgresql_where=CURRENT)
    op.create_table(
        "missing_sales",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_number", sa.String(20), nullable=False),
        sa.Column("came_by", sa.String(16), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("file_key", sa.String(100), nullable=True),
        sa.Column("file_name", sa.String(200), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(200), nullable=True),
        sa.Column("reply", sa.String(1000), nullable=True),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f("ck_missing_sales_decided")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_missing_sales_editor_id_editors"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_missing_sales_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_missing_sales"),
        sa.UniqueConstraint("editor_id", "order_id", name="uq_missing_sales_editor_id_order_id"),
    )
    op.create_index(
        "ix_missing_sales_open", "missing_sales", ["due_at"], postgresql_where=sa.text("status = 'open'")
    )
    op.create_index("ix_missing_sales_order_id", "missing_sales", ["order_id"])


def downgrade() -> None:
    """Corrected decisions cannot be told apart before: only the first one of each order is kept."""
    op.drop_table("missing_sales")
    for index in ("uq_receipts_number", "uq_receipts_current", "uq_receipts_first"):
        op.drop_index(index, "receipts")
    op.execute(
        """
        UPDATE commissions c SET receipt_id = first.id FROM receipts first, receipts r
        WHERE r.id = c.receipt_id AND r.replaces_id IS NOT NULL
          AND first.order_id = r.order_id AND first.replaces_id IS NULL
        """
    )
    later = "SELECT id FROM receipts WHERE replaces_id IS NOT NULL"
    op.execute(f"DELETE FROM claims WHERE receipt_id IN ({later})")
    op.drop_constraint("fk_receipts_replaces_id_receipts", "receipts", type_="foreignkey")
    op.execute("DELETE FROM receipts WHERE replaces_id IS NOT NULL")
    op.drop_constraint("uq_commissions_order_line_id_editor_id_receipt_id", "commissions", type_="unique")
    op.create_unique_constraint(
        "uq_commissions_order_line_id_editor_id", "commissions", ["order_line_id", "editor_id"]
    )
    op.drop_constraint(op.f("ck_receipts_corrected_by"), "receipts", type_="check")
    op.drop_constraint("uq_receipts_replaces_id", "receipts", type_="unique")
    op.create_unique_constraint("uq_receipts_order_number", "receipts", ["order_number"])
    op.create_unique_constraint("uq_receipts_order_id", "receipts", ["order_id"])
    for column in ("decided_by", "replaced_at", "replaces_id"):
        op.drop_column("receipts", column)
