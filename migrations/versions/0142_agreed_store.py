"""Which store said yes to an event: what it promised holds, wherever the event is moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0141"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("agreed_place_id", sa.BigInteger()))
    # Where one was moved to another store before this, nobody knows the first any more.
    op.execute(
        """
        UPDATE events SET agreed_place_id = place_id WHERE EXISTS (
            SELECT FROM event_turns WHERE event_id = events.id AND step IN ('approved', 'taken'))
        """
    )
    op.create_foreign_key(
        op.f("fk_events_agreed_place_id_places"), "events", "places", ["agreed_place_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("events", "agreed_place_id")
