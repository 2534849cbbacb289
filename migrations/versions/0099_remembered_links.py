"""Links that are remembered with consent: the clicks a cookie brought back to a later visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carried_clicks",
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("click_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agreed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "click_id", name="pk_carried_clicks"),
    )
    op.add_column("receipts", sa.Column("cookie_days", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("receipts", "cookie_days")
    op.drop_table("carried_clicks")
