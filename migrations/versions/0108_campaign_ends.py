"""Campaigns that stop before their last day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_ends",
        sa.Column("card_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["rate_cards.id"], name="fk_campaign_ends_card_id_rate_cards"),
        sa.PrimaryKeyConstraint("card_id", name="pk_campaign_ends"),
    )


def downgrade() -> None:
    op.drop_table("campaign_ends")
