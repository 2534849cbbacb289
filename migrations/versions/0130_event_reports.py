"""Which orders are told of with which event, and figures of events that are final."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0130"
down_revision = "0129"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_orders",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(5), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("counted_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("basis IN ('code', 'visit', 'week')", name=op.f("ck_event_orders_basis")),
        sa.CheckConstraint("net_minor >= 0", name=op.f("ck_event_orders_net")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_orders_event_id_events")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_event_orders_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_event_orders")),
    )
    op.create_index("ix_event_orders_event_id", "event_orders", ["event_id"])
    op.create_table(
        "event_reports",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("frozen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_reports_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_reports")),
    )


def downgrade() -> None:
    op.drop_table("event_reports")
    op.drop_table("event_orders")
