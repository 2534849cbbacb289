"""The turns of the schedule, one for each period; for which country and currency a payee was set up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheduled_runs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_runs.id"], name=op.f("fk_scheduled_runs_run_id_payout_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_runs")),
        sa.UniqueConstraint("period", "currency", name=op.f("uq_scheduled_runs_period_currency")),
    )
    op.add_column("payees", sa.Column("country", sa.String(2)))
    op.add_column("payees", sa.Column("currency", sa.String(3)))


def downgrade() -> None:
    op.drop_column("payees", "currency")
    op.drop_column("payees", "country")
    op.drop_table("scheduled_runs")
