"""What Stripe tells after a payout: taken back in the Dashboard, refused by the editor's bank.

Goes: the moment a payout reached the bank. Stripe sends a balance to the bank, not one of our payouts, so
nothing ever knew it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payouts", sa.Column("reversed_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.drop_column("payouts", "settled_at")
    op.add_column("payees", sa.Column("bank_failure", sa.String(length=64), nullable=True))
    op.add_column("payees", sa.Column("bank_told_at", sa.TIMESTAMP(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("payees", "bank_told_at")
    op.drop_column("payees", "bank_failure")
    op.add_column("payouts", sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.drop_column("payouts", "reversed_minor")
