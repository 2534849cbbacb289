"""Photos of evenings, who is on them, and since when they agree that everybody sees one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_photos",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("small_key", sa.String(length=80), nullable=False),
        sa.Column("large_key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
        sa.Column("nobody", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_photos_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_photos")),
    )
    op.create_index(op.f("ix_event_photos_event_id"), "event_photos", ["event_id"], unique=False)
    op.create_table(
        "portrayed",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("rsvp_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.String(length=22), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 2", name=op.f("ck_portrayed_place")),
        sa.ForeignKeyConstraint(
            ["rsvp_id"], ["rsvps.id"], name=op.f("fk_portrayed_rsvp_id_rsvps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portrayed")),
        sa.UniqueConstraint("rsvp_id", "place", name=op.f("uq_portrayed_rsvp_id_place")),
        sa.UniqueConstraint("secret", name=op.f("uq_portrayed_secret")),
    )
    op.create_table(
        "photo_people",
        sa.Column("photo_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("portrayed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agreed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["event_photos.id"],
            name=op.f("fk_photo_people_photo_id_event_photos"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["portrayed_id"],
            ["portrayed.id"],
            name=op.f("fk_photo_people_portrayed_id_portrayed"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photo_id", "portrayed_id", name=op.f("pk_photo_people")),
    )
    op.create_index(op.f("ix_photo_people_portrayed_id"), "photo_people", ["portrayed_id"], unique=False)


def downgrade() -> None:
    op.drop_table("photo_people")
    op.drop_table("portrayed")
    op.drop_table("event_photos")
