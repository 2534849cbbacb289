"""A look may begin with a photograph."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("looks", sa.Column("photo_key", sa.String(100), nullable=True))


def downgrade() -> None:
    op.drop_column("looks", "photo_key")
