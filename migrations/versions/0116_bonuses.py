"""Fixed bonuses, what was earned by them, and which entries of the books are theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0116"
down_revision = "0115"
branch_labels = None
depends_on = None

WHEN = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bonuses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_it", sa.String(80), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("goal", sa.String(8), nullable=True),
        sa.Column("goal_count", sa.BigInteger(), nullable=True),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("whom", sa.String(8), nullable=False),
        sa.Column("whom_id", sa.BigInteger(), nullable=True),
        sa.Column("begins_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=False),
        sa.Column("until", WHEN, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("end_reason", sa.String(300), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_bonuses_amount")),
        sa.CheckConstraint("(kind = 'challenge') = (goal IS NOT NULL)", name=op.f("ck_bonuses_goal")),
        sa.CheckConstraint(
            "(goal IS NULL) = (goal_count IS NULL) AND goal_count > 0", name=op.f("ck_bonuses_goal_count")
        ),
        sa.CheckConstraint("(whom = 'all') = (whom_id IS NULL)", name=op.f("ck_bonuses_whom")),
        sa.CheckConstraint("(kind = 'event') = (event <> '')", name=op.f("ck_bonuses_event")),
        sa.CheckConstraint("begins_at <= ends_at AND ends_at <= until", name=op.f("ck_bonuses_span")),
        sa.PrimaryKeyConstraint("id", name="pk_bonuses"),
    )
    op.create_index("ix_bonuses_ends_at", "bonuses", ["ends_at"])
    op.create_table(
        "awards",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("bonus_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.String(20), nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_it", sa.String(80), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reversed_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("earned_at", WHEN, nullable=False),
        sa.Column("due_at", WHEN, nullable=True),
        sa.Column("matured_at", WHEN, nullable=True),
        sa.Column("paid_at", WHEN, nullable=True),
        sa.CheckConstraint("reversed_minor IN (0, amount_minor)", name=op.f("ck_awards_reversal")),
        sa.ForeignKeyConstraint(["bonus_id"], ["bonuses.id"], name="fk_awards_bonus_id_bonuses"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_awards_editor_id_editors"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_awards_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_awards"),
        sa.UniqueConstraint("bonus_id", "editor_id", name="uq_awards_bonus_id_editor_id"),
    )
    op.create_index("ix_awards_editor_id", "awards", ["editor_id"])
    op.create_index("ix_awards_earned_at", "awards", ["earned_at"])
    op.create_index("ix_awards_due_at", "awards", ["due_at"], postgresql_where=sa.text("status = 'pending'"))
    op.create_table(
        "award_entries",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("award_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name="fk_award_entries_award_id_awards"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name="fk_award_entries_entry_id_ledger_entries"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_award_entries"),
    )
    op.create_index("ix_award_entries_award_id", "award_entries", ["award_id"])


def downgrade() -> None:
    op.drop_table("award_entries")
    op.drop_table("awards")
    op.drop_table("bonuses")
