"""Evenings online: without a room, with a link to join by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None

BOOKED = "'approved', 'live', 'closed'"


def upgrade() -> None:
    op.add_column("events", sa.Column("joining_url", sa.String(length=500), nullable=True))
    # That an event was announced before it was called off is told by its number from here on.
    op.execute(
        "UPDATE events SET sequence = 1 WHERE status = 'cancelled' AND room_id IS NOT NULL AND sequence = 0"
    )
    op.alter_column("event_time_suggestions", "room_id", existing_type=sa.BigInteger(), nullable=True)
    _has_a_room(f"status NOT IN ({BOOKED}) OR format = 'online' OR room_id IS NOT NULL")
    op.create_check_constraint(
        op.f("ck_events_online_has_no_room"), "events", "format <> 'online' OR room_id IS NULL"
    )
    op.create_check_constraint(
        op.f("ck_events_online_has_a_link"),
        "events",
        "format <> 'online' OR status NOT IN ('approved', 'live') OR joining_url IS NOT NULL",
    )
    op.create_check_constraint(
        op.f("ck_events_joining_url"),
        "events",
        "joining_url IS NULL OR (format = 'online' AND joining_url LIKE 'https://%')",
    )


def downgrade() -> None:
    """What is online cannot be without a room before: it goes, unless guests have it."""
    op.execute("DELETE FROM events WHERE format = 'online' AND status IN ('draft', 'proposed', 'cancelled')")
    op.execute("DELETE FROM event_time_suggestions WHERE room_id IS NULL")
    for name in ("joining_url", "online_has_a_link", "online_has_no_room"):
        op.drop_constraint(op.f(f"ck_events_{name}"), "events", type_="check")
    _has_a_room(f"status NOT IN ({BOOKED}) OR room_id IS NOT NULL")
    op.alter_column("event_time_suggestions", "room_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_column("events", "joining_url")


def _has_a_room(rule: str) -> None:
    op.drop_constraint(op.f("ck_events_has_a_room"), "events", type_="check")
    op.create_check_constraint(op.f("ck_events_has_a_room"), "events", rule)
