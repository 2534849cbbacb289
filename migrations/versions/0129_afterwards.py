"""What guests say of an evening, and the look it leads to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0129"
down_revision = "0128"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_feedback",
        sa.Column("rsvp_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("welcome", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("welcome BETWEEN 1 AND 5", name=op.f("ck_event_feedback_welcome")),
        sa.CheckConstraint("found BETWEEN 1 AND 5", name=op.f("ck_event_feedback_found")),
        sa.CheckConstraint("again BETWEEN 1 AND 5", name=op.f("ck_event_feedback_again")),
        sa.ForeignKeyConstraint(
            ["rsvp_id"], ["rsvps.id"], name=op.f("fk_event_feedback_rsvp_id_rsvps"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_feedback_event_id_events")),
        sa.PrimaryKeyConstraint("rsvp_id", name=op.f("pk_event_feedback")),
    )
    op.create_index(op.f("ix_event_feedback_event_id"), "event_feedback", ["event_id"], unique=False)
    op.create_table(
        "evening_looks",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_evening_looks_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["look_id"], ["looks.id"], name=op.f("fk_evening_looks_look_id_looks")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_evening_looks")),
    )
    op.create_index(op.f("ix_evening_looks_look_id"), "evening_looks", ["look_id"], unique=False)


def downgrade() -> None:
    op.drop_table("evening_looks")
    op.drop_table("event_feedback")
