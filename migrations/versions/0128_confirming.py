"""Seats that nobody confirms the day before may go on, where an event said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0128"
down_revision = "0127"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "events",
        sa.Column("confirm_required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("rsvps", sa.Column("released_at", sa.TIMESTAMP(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("rsvps", "released_at")
    op.drop_column("events", "confirm_required")
