"""What staff advise at a till earns nobody anything; a claim by an event keeps the name of the event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "till_lines", sa.Column("advised", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("claims", sa.Column("event", sa.String(200), nullable=True))
    op.add_column("claims", sa.Column("event_it", sa.String(200), nullable=True))


def downgrade() -> None:
    op.drop_column("claims", "event_it")
    op.drop_column("claims", "event")
    op.drop_column("till_lines", "advised")
