"""Pieces that become another size or colour, and refunds that know which pieces and which payment they give back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("CREATE SEQUENCE exchange_numbers START 1001")
    op.create_table(
        "exchanges",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("why_off", sa.String(10), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("title_it", sa.String(255), nullable=True),
        sa.Column("colour", sa.String(120), nullable=False),
        sa.Column("colour_it", sa.String(120), nullable=True),
        sa.Column("options_label", sa.String(255), nullable=False),
        sa.Column("sku", sa.String(255), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.Column("difference_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("disputed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("checkout_session_id", sa.String(120), nullable=True),
        sa.Column("payment_intent_id", sa.String(120), nullable=True),
        sa.Column("carrier", sa.String(20), server_default="", nullable=False),
        sa.Column("tracking", sa.String(60), server_default="", nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("kept_until", MOMENT, nullable=False),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "status IN ('unpaid', 'asked', 'approved', 'sent', 'done', 'off')", name="ck_exchanges_status"
        ),
        sa.CheckConstraint(
            "why_off IN ('gone', 'unpaid', 'kept', 'refused', 'money')", name="ck_exchanges_why_off"
        ),
        sa.CheckConstraint("quantity > 0", name="ck_exchanges_quantity_positive"),
        sa.CheckConstraint("worth_minor >= 0 AND paid_minor >= 0", name="ck_exchanges_amounts_sensible"),
        sa.CheckConstraint("difference_minor >= -worth_minor", name="ck_exchanges_difference_within_worth"),
        sa.CheckConstraint("(status = 'off') = (why_off IS NOT NULL)", name="ck_exchanges_off_has_a_reason"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_exchanges_order_id_orders"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name="fk_exchanges_order_line_id_order_lines"
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_exchanges_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_exchanges"),
        sa.UniqueConstraint("number", name="uq_exchanges_number"),
        sa.UniqueConstraint("checkout_session_id", name="uq_exchanges_checkout_session_id"),
        sa.UniqueConstraint("payment_intent_id", name="uq_exchanges_payment_intent_id"),
    )
    op.create_index("ix_exchanges_order_id", "exchanges", ["order_id"])
    op.create_index("ix_exchanges_order_line_id", "exchanges", ["order_line_id"])
    op.create_index(
        "ix_exchanges_open",
        "exchanges",
        ["status", "approved_at"],
        postgresql_where="status NOT IN ('done', 'off')",
    )
    op.add_column("refunds", sa.Column("payment_intent_id", sa.String(120), nullable=True))
    op.add_column(
        "refund_lines", sa.Column("of_exchange", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.drop_constraint("pk_refund_lines", "refund_lines", type_="primary")
    op.create_primary_key("pk_refund_lines", "refund_lines", ["refund_id", "order_line_id", "of_exchange"])
    op.add_column(
        "sendback_lines", sa.Column("of_exchange", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("sendback_lines", sa.Column("instead_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_sendback_lines_instead_id_exchanges", "sendback_lines", "exchanges", ["instead_id"], ["id"]
    )
    op.create_unique_constraint("uq_sendback_lines_instead_id", "sendback_lines", ["instead_id"])


def downgrade() -> None:
    # Without exchanges nobody knows of another payment: what went back of it is forgotten with them.
    op.execute("DELETE FROM refunds WHERE payment_intent_id IS NOT NULL")
    op.drop_column("refunds", "payment_intent_id")
    op.drop_column("sendback_lines", "instead_id")
    op.drop_column("sendback_lines", "of_exchange")
    op.execute(
        "UPDATE refund_lines line SET quantity = merged.quantity, amount_minor = merged.amount_minor, "
        "put_back = merged.put_back, of_exchange = 0 FROM (SELECT refund_id, order_line_id, "
        "min(of_exchange) AS first, sum(quantity) AS quantity, sum(amount_minor) AS amount_minor, "
        "sum(put_back) AS put_back FROM refund_lines GROUP BY refund_id, order_line_id) merged "
        "WHERE merged.refund_id = line.refund_id AND merged.order_line_id = line.order_line_id "
        "AND merged.first = line.of_exchange"
    )
    op.execute("DELETE FROM refund_lines WHERE of_exchange <> 0")
    op.drop_constraint("pk_refund_lines", "refund_lines", type_="primary")
    op.drop_column("refund_lines", "of_exchange")
    op.create_primary_key("pk_refund_lines", "refund_lines", ["refund_id", "order_line_id"])
    op.drop_table("exchanges")
    op.execute("DROP SEQUENCE exchange_numbers")
