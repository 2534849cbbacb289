"""Approvals of payout runs as rows: by whom, of which amounts, and until when they counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

_DIGEST = """
    SELECT encode(sha256(convert_to(coalesce(
        string_agg(id || ':' || editor_id || ':' || amount_minor || currency, ',' ORDER BY id), ''), 'UTF8')), 'hex')
        AS digest, coalesce(sum(amount_minor), 0)::bigint AS amount_minor
    FROM payouts WHERE payouts.run_id = payout_runs.id AND payouts.status <> 'cancelled'
"""


def upgrade() -> None:
    op.add_column("payout_runs", sa.Column("approved_minor", sa.BigInteger()))
    op.add_column("payout_runs", sa.Column("alone_minor", sa.BigInteger()))
    op.alter_column("payout_runs", "prepared_by_id", nullable=True)
    op.drop_constraint(op.f("ck_payout_runs_four_eyes"), "payout_runs", type_="check")
    op.create_check_constraint(
        op.f("ck_payout_runs_four_eyes"),
        "payout_runs",
        "approved_by_id IS NULL OR approved_by_id <> prepared_by_id"
        " OR coalesce(approved_minor <= alone_minor, false)",
    )
    op.add_column("payouts", sa.Column("approved_minor", sa.BigInteger()))
    op.add_column("payouts", sa.Column("approved_destination", sa.String(120)))
    op.create_table(
        "payout_approvals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("voided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_payout_approvals_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_runs.id"], name=op.f("fk_payout_approvals_run_id_payout_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_approvals")),
    )
    op.create_index("ix_payout_approvals_run_id", "payout_approvals", ["run_id"])
    op.create_index(
        "uq_payout_approvals_standing",
        "payout_approvals",
        ["run_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "payout_changes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("before_minor", sa.BigInteger(), nullable=False),
        sa.Column("after_minor", sa.BigInteger(), nullable=False),
        sa.Column("voids", sa.Boolean(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("before_minor > 0 AND after_minor >= 0", name=op.f("ck_payout_changes_amounts")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_changes_payout_id_payouts")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_runs.id"], name=op.f("fk_payout_changes_run_id_payout_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_changes")),
    )
    op.create_index("ix_payout_changes_run_id", "payout_changes", ["run_id", "id"])
    _keep_what_was_approved()
    op.create_check_constraint(
        op.f("ck_payouts_approved"),
        "payouts",
        "status NOT IN ('approved', 'sending') OR coalesce(approved_minor = amount_minor, false)",
    )


def _keep_what_was_approved() -> None:
    """Runs that were approved before stay approved as they stand."""
    op.execute(
        "INSERT INTO payout_approvals (run_id, account_id, digest, amount_minor, at) "
        f"SELECT payout_runs.id, approved_by_id, made.digest, made.amount_minor, approved_at "
        f"FROM payout_runs CROSS JOIN LATERAL ({_DIGEST}) made WHERE approved_by_id IS NOT NULL"
    )
    op.execute(
        "UPDATE payout_runs SET approved_minor = payout_approvals.amount_minor "
        "FROM payout_approvals WHERE payout_approvals.run_id = payout_runs.id"
    )
    op.execute(
        "UPDATE payouts SET approved_minor = payouts.amount_minor, approved_destination = payees.destination "
        "FROM payout_runs run, payouts mine LEFT JOIN payees ON payees.editor_id = mine.editor_id "
        "WHERE payouts.id = mine.id AND run.id = mine.run_id AND run.approved_by_id IS NOT NULL "
        "AND mine.status <> 'cancelled'"
    )


def downgrade() -> None:
    op.drop_table("payout_changes")
    op.drop_table("payout_approvals")
    op.drop_constraint(op.f("ck_payouts_approved"), "payouts", type_="check")
    op.drop_column("payouts", "approved_destination")
    op.drop_column("payouts", "approved_minor")
    op.drop_constraint(op.f("ck_payout_runs_four_eyes"), "payout_runs", type_="check")
    op.drop_column("payout_runs", "alone_minor")
    op.drop_column("payout_runs", "approved_minor")
    # Who approved what they had prepared is not known to the older rule: the run keeps its state alone.
    op.execute(
        "UPDATE payout_runs SET approved_by_id = NULL, approved_at = NULL WHERE approved_by_id = prepared_by_id"
    )
    op.create_check_constraint(
        op.f("ck_payout_runs_four_eyes"),
        "payout_runs",
        "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
    )
