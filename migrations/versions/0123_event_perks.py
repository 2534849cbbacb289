"""The code that guests of an event have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0123"
down_revision = "0122"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_perks",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("percent_bps", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent_bps BETWEEN 100 AND 5000", name=op.f("ck_event_perks_percent")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_perks_event_id_events")),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_event_perks_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_perks")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_event_perks_voucher_id")),
    )


def downgrade() -> None:
    op.drop_table("event_perks")
