"""What editors take instead of a payout: store credit and gifts to causes, and what became of either."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "causes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_it", sa.String(120), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("words_it", sa.String(500), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("name <> '' AND words <> ''", name=op.f("ck_causes_said")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_causes")),
        sa.UniqueConstraint("name", name=op.f("uq_causes_name")),
    )
    op.create_table(
        "turned_payables",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus_minor", sa.BigInteger(), nullable=False),
        sa.Column("cause_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0 AND bonus_minor >= 0", name=op.f("ck_turned_payables_amounts")),
        sa.CheckConstraint("kind IN ('credit', 'donation')", name=op.f("ck_turned_payables_kind")),
        sa.CheckConstraint(
            "(kind = 'donation') = (cause_id IS NOT NULL)", name=op.f("ck_turned_payables_cause")
        ),
        sa.CheckConstraint("kind = 'credit' OR bonus_minor = 0", name=op.f("ck_turned_payables_bonus")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_turned_payables_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(["cause_id"], ["causes.id"], name=op.f("fk_turned_payables_cause_id_causes")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_turned_payables_entry_id_ledger_entries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turned_payables")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_turned_payables_entry_id")),
    )
    op.create_index("ix_turned_payables_editor_id_at", "turned_payables", ["editor_id", "at"])
    op.create_index(
        "ix_turned_payables_cause_id",
        "turned_payables",
        ["cause_id"],
        postgresql_where=sa.text("cause_id IS NOT NULL"),
    )
    op.create_table(
        "cause_payments",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("cause_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("paid_by", sa.String(200), nullable=False),
        sa.Column("paid_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0 AND reference <> ''", name=op.f("ck_cause_payments_said")),
        sa.ForeignKeyConstraint(["cause_id"], ["causes.id"], name=op.f("fk_cause_payments_cause_id_causes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause_payments")),
    )
    op.create_index("ix_cause_payments_cause_id", "cause_payments", ["cause_id"])
    op.create_table(
        "spent_credit",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_spent_credit_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_spent_credit_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_spent_credit")),
    )


def downgrade() -> None:
    for table in ("spent_credit", "cause_payments", "turned_payables", "causes"):
        op.drop_table(table)
