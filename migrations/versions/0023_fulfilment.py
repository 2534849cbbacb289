"""The way of a paid order's pieces to its shopper, and when they came to each step of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fulfilments",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("place_id", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("carrier", sa.String(length=20), server_default="", nullable=False),
        sa.Column("tracking", sa.String(length=60), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'picking', 'packed', 'sent', 'ready', 'done', 'cancelled')",
            name=op.f("ck_fulfilments_status"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_fulfilments_order_id_orders")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_fulfilments_place_id_places")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_fulfilments")),
    )
    op.create_index(
        "ix_fulfilments_open",
        "fulfilments",
        ["place_id", "status", "order_id"],
        postgresql_where=sa.text("status NOT IN ('done', 'cancelled')"),
    )
    op.create_table(
        "fulfilment_steps",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["fulfilments.order_id"], name=op.f("fk_fulfilment_steps_order_id_fulfilments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fulfilment_steps")),
    )
    op.create_index("ix_fulfilment_steps_order_id", "fulfilment_steps", ["order_id"])
    # What was paid before this: with its shopper already, or waiting to be picked.
    op.execute(
        "INSERT INTO fulfilments (order_id, status)"
        " SELECT id, CASE WHEN delivered_at IS NULL THEN 'waiting' ELSE 'done' END"
        " FROM orders WHERE status = 'paid'"
    )
    op.execute(
        "INSERT INTO fulfilment_steps (order_id, status, at) SELECT id, 'waiting', paid_at"
        " FROM orders WHERE status = 'paid'"
    )


def downgrade() -> None:
    op.drop_table("fulfilment_steps")
    op.drop_table("fulfilments")
