"""Which host brought a file of guests: another host of the event does not read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0143"
down_revision = "0142"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guest_imports", sa.Column("editor_id", sa.BigInteger()))
    # Before an event was handed over, it was its host of then: the first who gave it away after the file came.
    op.execute(
        """
        UPDATE guest_imports SET editor_id = coalesce(
            (SELECT (audit_rows.before ->> 'editor_id')::bigint FROM audit_rows
                WHERE action = 'events.handed' AND subject_type = 'event'
                    AND subject_id = guest_imports.event_id AND audit_rows.at >= guest_imports.at
                ORDER BY audit_rows.at, audit_rows.id LIMIT 1),
            (SELECT editor_id FROM events WHERE events.id = guest_imports.event_id))
        WHERE NOT by_staff
        """
    )
    op.create_foreign_key(
        op.f("fk_guest_imports_editor_id_editors"), "guest_imports", "editors", ["editor_id"], ["id"]
    )
    op.create_index(op.f("ix_guest_imports_editor_id"), "guest_imports", ["editor_id"])
    op.drop_column("guest_imports", "by_staff")


def downgrade() -> None:
    op.add_column(
        "guest_imports", sa.Column("by_staff", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE guest_imports SET by_staff = (editor_id IS NULL)")
    op.alter_column("guest_imports", "by_staff", server_default=None)
    op.drop_column("guest_imports", "editor_id")
