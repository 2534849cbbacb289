"""What is noticed of sales and editors, the cases staff decide on, and what of a payment can be compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('flagged', 'held')")


def upgrade() -> None:
    op.create_table(
        "signal_cases",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.String(20), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("held_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(200), nullable=True),
        sa.Column("reply", sa.String(1000), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (status IN ('flagged', 'held'))", name=op.f("ck_signal_cases_decided")
        ),
        sa.CheckConstraint("status <> 'held' OR held_at IS NOT NULL", name=op.f("ck_signal_cases_held")),
        sa.CheckConstraint(
            "(order_id IS NULL) = (order_number IS NULL)", name=op.f("ck_signal_cases_order_named")
        ),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_signal_cases_editor_id_editors"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_signal_cases_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_signal_cases"),
    )
    op.create_index(
        "uq_signal_cases_open",
        "signal_cases",
        ["editor_id", "order_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=OPEN,
    )
    op.create_index("ix_signal_cases_editor_id", "signal_cases", ["editor_id"])
    op.create_index("ix_signal_cases_order_id", "signal_cases", ["order_id"])
    op.create_table(
        "signals",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["signal_cases.id"], name="fk_signals_case_id_signal_cases"),
        sa.PrimaryKeyConstraint("case_id", "kind", name="pk_signals"),
    )
    op.create_table(
        "looked_sales",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("card", sa.LargeBinary(16), nullable=True),
        sa.Column("mail", sa.LargeBinary(16), nullable=True),
        sa.Column("looked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_looked_sales_order_id_orders"),
        sa.PrimaryKeyConstraint("order_id", name="pk_looked_sales"),
    )
    op.create_index(
        "ix_looked_sales_card", "looked_sales", ["card"], postgresql_where=sa.text("card IS NOT NULL")
    )
    op.create_index("ix_receipts_decided_at", "receipts", ["decided_at"])


def downgrade() -> None:
    op.drop_index("ix_receipts_decided_at", table_name="receipts")
    op.drop_table("looked_sales")
    op.drop_table("signals")
    op.drop_table("signal_cases")
