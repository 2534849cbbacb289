"""Sales that wait until somebody has looked at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

TABLE = "commission_holds"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_number", sa.String(20), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("held_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("held_by", sa.String(200), nullable=False),
        sa.Column("released_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(200), nullable=True),
        sa.Column("released_for", sa.String(500), nullable=True),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_by IS NULL)", name=op.f("ck_commission_holds_released")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_commission_holds_order_id_orders"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_commission_holds_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_commission_holds"),
    )
    op.create_index(
        "uq_commission_holds_open",
        TABLE,
        ["order_id", "editor_id", "source"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index("ix_commission_holds_order_id", TABLE, ["order_id"])
    op.create_index("ix_commission_holds_editor_id", TABLE, ["editor_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
