"""Finance leaves an editor out of a payout run and says why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payouts", sa.Column("left_out_for", sa.String(500), nullable=True))
    op.create_check_constraint(
        op.f("ck_payouts_left_out"), "payouts", "left_out_for IS NULL OR status = 'cancelled'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_payouts_left_out"), "payouts", type_="check")
    op.drop_column("payouts", "left_out_for")
