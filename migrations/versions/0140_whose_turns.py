"""Whose words a step of an event is told in; who stood at a door is in the audit and nowhere else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0139"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_turns", sa.Column("account_id", sa.BigInteger()))
    # The audit was written with each step, in the same transaction and a moment later.
    op.execute(
        """
        UPDATE event_turns SET account_id = (
            SELECT actor_account_id FROM audit_rows
            WHERE subject_type = 'event' AND subject_id = event_turns.event_id
                AND action = 'events.' || event_turns.step AND audit_rows.at >= event_turns.at
            ORDER BY audit_rows.at, audit_rows.id LIMIT 1)
        WHERE NOT by_staff
        """
    )
    op.create_foreign_key(
        op.f("fk_event_turns_account_id_accounts"), "event_turns", "accounts", ["account_id"], ["id"]
    )
    op.create_index(op.f("ix_event_turns_account_id"), "event_turns", ["account_id"])
    op.drop_column("scans", "by")
    op.drop_column("door_consents", "by")


def downgrade() -> None:
    for table in ("scans", "door_consents"):
        op.add_column(table, sa.Column("by", sa.String(200), nullable=False, server_default=""))
        op.alter_column(table, "by", server_default=None)
    op.drop_column("event_turns", "account_id")
