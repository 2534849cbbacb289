"""What a run has left to send, found without walking over what has gone out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_payouts_open_of_run",
        "payouts",
        ["run_id", "id"],
        postgresql_where=sa.text(
            "status IN ('prepared', 'approved', 'sending', 'blocked', 'paused', 'failed')"
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_payouts_open_of_run", "payouts")
