"""The code a host would like for the guests, told with the proposal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0137"
down_revision = "0136"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("code_wanted", sa.String(24), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("events", "code_wanted")
