"""Stripe's messages and destinations, and the memory of its stand-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sandbox_control",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offset_seconds", sa.BigInteger(), nullable=False),
        sa.Column("delivery_mode", sa.String(length=12), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_sandbox_control_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_sandbox_control"),
    )
    op.create_table(
        "sandbox_deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("destination", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sandbox_deliveries"),
    )
    op.create_index("ix_sandbox_deliveries_due", "sandbox_deliveries", ["state", "due_at"], unique=False)
    op.create_index("ix_sandbox_deliveries_event", "sandbox_deliveries", ["event"], unique=False)
    op.create_table(
        "sandbox_movements",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("available_on", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sandbox_movements"),
        sa.UniqueConstraint("seq", name="uq_sandbox_movements_seq"),
    )
    op.create_index(
        "ix_sandbox_movements_account",
        "sandbox_movements",
        ["account", "currency", "available_on"],
        unique=False,
    )
    op.create_index("ix_sandbox_movements_source", "sandbox_movements", ["source"], unique=False)
    op.create_table(
        "sandbox_objects",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("grouping", sa.String(length=255), nullable=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hidden", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sandbox_objects"),
        sa.UniqueConstraint("seq", name="uq_sandbox_objects_seq"),
    )
    op.create_index("ix_sandbox_objects_grouping", "sandbox_objects", ["grouping"], unique=False)
    op.create_index(
        "ix_sandbox_objects_kind_seq", "sandbox_objects", ["kind", "account", "seq"], unique=False
    )
    op.create_index("ix_sandbox_objects_parent", "sandbox_objects", ["parent"], unique=False)
    op.create_table(
        "sandbox_replies",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sandbox_replies"),
    )
    op.create_table(
        "stripe_destinations",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("stripe_id", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_stripe_destinations"),
    )
    op.create_table(
        "stripe_events",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("event_type", sa.String(length=255), nullable=False),
        sa.Column("object_kind", sa.String(length=64), nullable=False),
        sa.Column("object_id", sa.String(length=255), nullable=False),
        sa.Column("account", sa.String(length=255), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("handled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stripe_events"),
        sa.UniqueConstraint("event_id", name="uq_stripe_events_event_id"),
    )
    op.create_index("ix_stripe_events_status", "stripe_events", ["status", "received_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_stripe_events_status", table_name="stripe_events")
    op.drop_table("stripe_events")
    op.drop_table("stripe_destinations")
    op.drop_table("sandbox_replies")
    op.drop_index("ix_sandbox_objects_parent", table_name="sandbox_objects")
    op.drop_index("ix_sandbox_objects_kind_seq", table_name="sandbox_objects")
    op.drop_index("ix_sandbox_objects_grouping", table_name="sandbox_objects")
    op.drop_table("sandbox_objects")
    op.drop_index("ix_sandbox_movements_source", table_name="sandbox_movements")
    op.drop_index("ix_sandbox_movements_account", table_name="sandbox_movements")
    op.drop_table("sandbox_movements")
    op.drop_index("ix_sandbox_deliveries_event", table_name="sandbox_deliveries")
    op.drop_index("ix_sandbox_deliveries_due", table_name="sandbox_deliveries")
    op.drop_table("sandbox_deliveries")
    op.drop_table("sandbox_control")
