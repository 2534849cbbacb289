"""Guests of events: seats counted in people, the waiting list, letters that were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0122"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("seats_taken", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("events", "seats_taken", server_default=None)
    op.create_check_constraint(op.f("ck_events_seats"), "events", "seats_taken BETWEEN 0 AND capacity")
    op.create_table(
        "rsvps",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=6), nullable=False),
        sa.Column("party", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("plus_one", sa.String(length=80), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("needs", sa.String(length=500), server_default="", nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("secret", sa.String(length=22), nullable=False),
        sa.Column("queue_number", sa.BigInteger(), nullable=True),
        sa.Column("passed_over", sa.BigInteger(), nullable=False),
        sa.Column("offered_until", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("open_to_all", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'going', 'waitlisted', 'offered', 'declined', 'cancelled')",
            name=op.f("ck_rsvps_status"),
        ),
        sa.CheckConstraint("source IN ('web', 'staff', 'host', 'import')", name=op.f("ck_rsvps_source")),
        sa.CheckConstraint("party BETWEEN 1 AND 2", name=op.f("ck_rsvps_party")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_rsvps_email_in_small_letters")),
        sa.CheckConstraint(
            "status <> 'offered' OR offered_until IS NOT NULL", name=op.f("ck_rsvps_offers_end")
        ),
        sa.CheckConstraint(
            "status NOT IN ('waitlisted', 'offered') OR queue_number IS NOT NULL",
            name=op.f("ck_rsvps_waits_somewhere"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_rsvps_account_id_accounts")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_rsvps_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rsvps")),
        sa.UniqueConstraint("event_id", "email", name=op.f("uq_rsvps_event_id_email")),
        sa.UniqueConstraint("secret", name=op.f("uq_rsvps_secret")),
    )
    op.create_index(
        "ix_rsvps_waiting",
        "rsvps",
        ["event_id", "queue_number"],
        unique=False,
        postgresql_where=sa.text("status IN ('waitlisted', 'offered')"),
    )
    op.create_index(
        "ix_rsvps_account_id",
        "rsvps",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "ix_rsvps_email", "rsvps", ["email"], unique=False, postgresql_where=sa.text("email IS NOT NULL")
    )
    op.create_table(
        "rsvp_letters",
        sa.Column("rsvp_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rsvp_id"], ["rsvps.id"], name=op.f("fk_rsvp_letters_rsvp_id_rsvps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rsvp_id", "kind", "about", name=op.f("pk_rsvp_letters")),
    )


def downgrade() -> None:
    op.drop_table("rsvp_letters")
    op.drop_table("rsvps")
    op.drop_constraint(op.f("ck_events_seats"), "events", type_="check")
    op.drop_column("events", "seats_taken")
