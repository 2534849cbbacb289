"""Who finds an event and how one gets in, its address, and its hours kept: live, and closed."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None

SIGNS = "23456789abcdefghjkmnpqrstwxyz"
BEFORE = "'draft', 'proposed', 'approved', 'cancelled'"
BOOKED = "'approved', 'live', 'closed'"


def upgrade() -> None:
    op.add_column("events", sa.Column("slug", sa.String(length=100), nullable=True))
    events = sa.table("events", sa.column("id", sa.BigInteger), sa.column("slug", sa.String))
    connection = op.get_bind()
    for (event_id,) in connection.execute(sa.select(events.c.id)).all():
        secret = "".join(secrets.choice(SIGNS) for _ in range(10))
        connection.execute(events.update().where(events.c.id == event_id).values(slug=f"event-{secret}"))
    op.alter_column("events", "slug", nullable=False)
    op.create_unique_constraint(op.f("uq_events_slug"), "events", ["slug"])

    def plain(name: str, length: int, value: str) -> None:
        op.add_column(
            "events", sa.Column(name, sa.String(length=length), nullable=False, server_default=value)
        )

    plain("visibility", 8, "public")
    plain("admission", 4, "auto")
    plain("for_whom", 500, "")
    op.add_column("events", sa.Column("for_whom_it", sa.String(length=500), nullable=True))
    for name, value in (("most_party", "2"), ("sequence", "0")):
        op.add_column("events", sa.Column(name, sa.BigInteger(), nullable=False, server_default=value))
    for name in ("visibility", "admission", "most_party", "sequence"):
        op.alter_column("events", name, server_default=None)
    op.create_check_constraint(
        op.f("ck_events_visibility"), "events", "visibility IN ('public', 'link', 'invited')"
    )
    op.create_check_constraint(op.f("ck_events_admission"), "events", "admission IN ('auto', 'host')")
    op.create_check_constraint(op.f("ck_events_most_party"), "events", "most_party BETWEEN 1 AND 2")
    _states(f"'draft', 'proposed', {BOOKED}, 'cancelled'", BOOKED)
    op.create_index(
        "ix_events_ahead",
        "events",
        ["starts_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('approved', 'live')"),
    )


def downgrade() -> None:
    op.drop_index("ix_events_ahead", table_name="events")
    op.execute("UPDATE events SET status = 'approved' WHERE status IN ('live', 'closed')")
    op.execute("DELETE FROM event_turns WHERE step IN ('begun', 'closed')")
    _states(BEFORE, "'approved'")
    for name in ("visibility", "admission", "most_party"):
        op.drop_constraint(op.f(f"ck_events_{name}"), "events", type_="check")
    for name in ("sequence", "most_party", "for_whom_it", "for_whom", "admission", "visibility", "slug"):
        op.drop_column("events", name)


def _states(every: str, booked: str) -> None:
    op.drop_constraint(op.f("ck_events_status"), "events", type_="check")
    op.create_check_constraint(op.f("ck_events_status"), "events", f"status IN ({every})")
    op.drop_constraint(op.f("ck_events_has_a_room"), "events", type_="check")
    op.create_check_constraint(
        op.f("ck_events_has_a_room"), "events", f"status NOT IN ({booked}) OR room_id IS NOT NULL"
    )
    op.drop_constraint("ex_events_room", "events")
    op.execute(
        "ALTER TABLE events ADD CONSTRAINT ex_events_room EXCLUDE USING gist"
        f" (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status IN ({booked}))"
    )
