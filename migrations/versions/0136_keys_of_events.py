"""Room for the longest address of an event where its bonus or reward is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0136"
down_revision = "0135"
branch_labels = None
depends_on = None

TABLES = ("bonuses", "awards", "host_rewards")


def upgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "event", type_=sa.String(100), existing_type=sa.String(80))


def downgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "event", type_=sa.String(80), existing_type=sa.String(100))
