"""Letters that hold a link which opens an account are for the mailbox alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail_messages", sa.Column("carries_key", sa.Boolean(), server_default="false", nullable=False)
    )
    op.execute(
        "UPDATE mail_messages SET carries_key = true "
        "WHERE text LIKE '%/account/reset/%' OR text LIKE '%/account/verify/%'"
    )


def downgrade() -> None:
    op.drop_column("mail_messages", "carries_key")
