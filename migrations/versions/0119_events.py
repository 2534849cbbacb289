"""Events of editors in the rooms of the stores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0119"
down_revision = "0118"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_rooms",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_it", sa.String(length=80), nullable=True),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("access", sa.String(length=500), server_default="", nullable=False),
        sa.Column("access_it", sa.String(length=500), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("seats BETWEEN 1 AND 500", name=op.f("ck_event_rooms_seats")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_event_rooms_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_rooms")),
        sa.UniqueConstraint("place_id", "name", name=op.f("uq_event_rooms_place_id_name")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_it", sa.String(length=120), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_it", sa.Text(), nullable=True),
        sa.Column("happens", sa.Text(), server_default="", nullable=False),
        sa.Column("happens_it", sa.Text(), nullable=True),
        sa.Column("needs", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("message", sa.String(length=2000), server_default="", nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("room_id"), "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("status = 'approved'"),
            using="gist",
            name="ex_events_room",
        ),
        sa.CheckConstraint("status <> 'approved' OR room_id IS NOT NULL", name=op.f("ck_events_has_a_room")),
        sa.CheckConstraint(
            "status IN ('draft', 'proposed', 'approved', 'cancelled')", name=op.f("ck_events_status")
        ),
        sa.CheckConstraint("capacity BETWEEN 1 AND 500", name=op.f("ck_events_capacity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_events_editor_id_editors")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_events_place_id_places")),
        sa.ForeignKeyConstraint(["room_id"], ["event_rooms.id"], name=op.f("fk_events_room_id_event_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_editor_id_starts_at", "events", ["editor_id", "starts_at"], unique=False)
    op.create_index("ix_events_place_id_starts_at", "events", ["place_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_events_room_id"), "events", ["room_id"], unique=False)
    op.create_table(
        "event_looks",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_looks_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name=op.f("fk_event_looks_look_id_looks")),
        sa.PrimaryKeyConstraint("event_id", "look_id", name=op.f("pk_event_looks")),
    )
    op.create_table(
        "event_time_suggestions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_event_time_suggestions_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_event_time_suggestions_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["event_rooms.id"], name=op.f("fk_event_time_suggestions_room_id_event_rooms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_time_suggestions")),
    )
    op.create_index(
        "uq_event_time_suggestions_open",
        "event_time_suggestions",
        ["event_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "event_turns",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=1000), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_turns_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_turns")),
    )
    op.create_index(op.f("ix_event_turns_event_id"), "event_turns", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_event_turns_event_id"), table_name="event_turns")
    op.drop_table("event_turns")
    op.drop_index(
        "uq_event_time_suggestions_open",
        table_name="event_time_suggestions",
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_table("event_time_suggestions")
    op.drop_table("event_looks")
    op.drop_index(op.f("ix_events_room_id"), table_name="events")
    op.drop_index("ix_events_place_id_starts_at", table_name="events")
    op.drop_index("ix_events_editor_id_starts_at", table_name="events")
    op.drop_table("events")
    op.drop_table("event_rooms")
