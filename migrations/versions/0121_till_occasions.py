"""At which event a basket is sold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("till_baskets", sa.Column("occasion_ref", sa.String(length=120), nullable=True))
    op.add_column(
        "till_baskets",
        sa.Column("occasion_name", sa.String(length=200), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("till_baskets", "occasion_name")
    op.drop_column("till_baskets", "occasion_ref")
