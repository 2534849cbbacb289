"""Payouts an editor asks for before the next run, and runs of one editor alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0117"
down_revision = "0116"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payout_runs", sa.Column("editor_id", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_payout_runs_editor_id_editors"), "payout_runs", "editors", ["editor_id"], ["id"]
    )
    op.drop_index("uq_payout_runs_prepared", table_name="payout_runs")
    op.create_index(
        "uq_payout_runs_prepared",
        "payout_runs",
        ["currency"],
        unique=True,
        postgresql_where=sa.text("status = 'prepared' AND editor_id IS NULL"),
    )
    op.create_table(
        "early_payouts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("asked_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("answered_by", sa.String(200)),
        sa.Column("reply", sa.String(500)),
        sa.Column("run_id", sa.BigInteger()),
        sa.CheckConstraint("asked_minor > 0", name=op.f("ck_early_payouts_amount")),
        sa.CheckConstraint(
            "(status = 'asked') = (answered_at IS NULL)", name=op.f("ck_early_payouts_answer")
        ),
        sa.CheckConstraint("(status = 'accepted') = (run_id IS NOT NULL)", name=op.f("ck_early_payouts_run")),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_early_payouts_editor_id_editors")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_runs.id"], name=op.f("fk_early_payouts_run_id_payout_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_payouts")),
    )
    op.create_index(
        "uq_early_payouts_asked",
        "early_payouts",
        ["editor_id"],
        unique=True,
        postgresql_where=sa.text("status = 'asked'"),
    )
    op.create_index("ix_early_payouts_editor_id", "early_payouts", ["editor_id", "id"])


def downgrade() -> None:
    op.drop_table("early_payouts")
    op.drop_index("uq_payout_runs_prepared", table_name="payout_runs")
    op.drop_column("payout_runs", "editor_id")
    op.create_index(
        "uq_payout_runs_prepared",
        "payout_runs",
        ["currency"],
        unique=True,
        postgresql_where=sa.text("status = 'prepared'"),
    )
