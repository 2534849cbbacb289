"""Who would collect an order in a store is told that it is shut, once, and staff see to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shut_notices",
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("for_good", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["fulfilments.order_id"], name=op.f("fk_shut_notices_order_id_fulfilments")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_shut_notices_place_id_places")),
        sa.PrimaryKeyConstraint("order_id", "place_id", "day", "for_good", name=op.f("pk_shut_notices")),
    )
    op.create_index(
        "ix_shut_notices_open",
        "shut_notices",
        ["told_at"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_shut_notices_open",
        table_name="shut_notices",
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.drop_table("shut_notices")
