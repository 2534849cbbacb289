"""A style editor says who they are in Italian too, as their looks do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editors", sa.Column("words_it", sa.String(2000), nullable=True))
    op.add_column("editors", sa.Column("style_it", sa.String(120), nullable=True))


def downgrade() -> None:
    op.drop_column("editors", "style_it")
    op.drop_column("editors", "words_it")
