"""Composed pictures of looks as AVIF beside WebP."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "looks", sa.Column("picture_avif_keys", ARRAY(sa.String(80)), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("looks", "picture_avif_keys")
