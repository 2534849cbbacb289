"""When an editor's account at Stripe was first asked for by its present key: keys are forgotten after a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payees", sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.execute("UPDATE payees SET asked_at = created_at")
    op.alter_column("payees", "asked_at", nullable=False)


def downgrade() -> None:
    op.drop_column("payees", "asked_at")
