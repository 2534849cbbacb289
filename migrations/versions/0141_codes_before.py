"""A code of an event that was replaced stays the event's: orders hold it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_perks", sa.Column("replaced_at", sa.TIMESTAMP(timezone=True)))
    op.drop_constraint("pk_event_perks", "event_perks", type_="primary")
    op.drop_constraint("uq_event_perks_voucher_id", "event_perks", type_="unique")
    op.create_primary_key("pk_event_perks", "event_perks", ["voucher_id"])
    op.create_index(
        "uq_event_perks_event_id",
        "event_perks",
        ["event_id"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_event_perks_event_id", "event_perks", ["event_id"])


def downgrade() -> None:
    op.execute("DELETE FROM event_perks WHERE replaced_at IS NOT NULL")
    op.drop_index("ix_event_perks_event_id", "event_perks")
    op.drop_index("uq_event_perks_event_id", "event_perks")
    op.drop_constraint("pk_event_perks", "event_perks", type_="primary")
    op.create_unique_constraint("uq_event_perks_voucher_id", "event_perks", ["voucher_id"])
    op.create_primary_key("pk_event_perks", "event_perks", ["event_id"])
    op.drop_column("event_perks", "replaced_at")
