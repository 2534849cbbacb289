"""What shoppers and the shop write one another about an order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'answered', 'closed')", name="ck_conversations_status"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_conversations_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("order_id", name="uq_conversations_order_id"),
    )
    op.create_index(
        "ix_conversations_waiting", "conversations", ["since"], postgresql_where="status = 'waiting'"
    )
    op.create_table(
        "conversation_messages",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("form_key", sa.String(40), nullable=False),
        sa.Column("writer", sa.String(10), nullable=False),
        sa.Column("signed", sa.String(200), server_default="", nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("writer IN ('shopper', 'shop')", name="ck_conversation_messages_writer"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_messages_conversation_id_conversations",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_messages"),
        sa.UniqueConstraint("form_key", name="uq_conversation_messages_form_key"),
    )
    op.create_index("ix_conversation_messages_of", "conversation_messages", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("conversation_messages")
    op.drop_table("conversations")
