"""Where an editor's money goes on to, and the pause after it changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payees", sa.Column("destination", sa.String(120), nullable=True))
    op.add_column("payees", sa.Column("paused_until", sa.TIMESTAMP(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("payees", "paused_until")
    op.drop_column("payees", "destination")
