"""Whose own address was lent for a letter: what an account waits for moves with its address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stock_notices", sa.Column("account_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(None, "stock_notices", "accounts", ["account_id"], ["id"])
    op.create_index(
        "ix_stock_notices_account_id",
        "stock_notices",
        ["account_id"],
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.execute(
        """
        UPDATE stock_notices SET account_id = accounts.id FROM accounts
        WHERE accounts.email = stock_notices.email AND accounts.closed_at IS NULL
          AND accounts.email_verified_at IS NOT NULL
        """
    )


def downgrade() -> None:
    op.drop_index("ix_stock_notices_account_id", "stock_notices")
    op.drop_column("stock_notices", "account_id")
