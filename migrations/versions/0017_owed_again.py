"""What was taken back of a payout at Stripe and booked here: it is owed to the editor again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payouts", sa.Column("restored_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.create_check_constraint(
        op.f("ck_payouts_restored"), "payouts", "restored_minor BETWEEN 0 AND reversed_minor"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_payouts_restored"), "payouts", type_="check")
    op.drop_column("payouts", "restored_minor")
