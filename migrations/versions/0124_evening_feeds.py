"""Addresses of calendars of evenings, one for each account that wants it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0124"
down_revision = "0123"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evening_feeds",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_evening_feeds_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_evening_feeds")),
        sa.UniqueConstraint("secret", name=op.f("uq_evening_feeds_secret")),
    )


def downgrade() -> None:
    op.drop_table("evening_feeds")
