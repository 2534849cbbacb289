"""Orders, their lines, and money given back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE order_numbers START WITH 10001")
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("review_reason", sa.String(length=20), nullable=True),
        sa.Column("delivery", sa.String(length=20), nullable=False),
        sa.Column("handover", sa.String(length=20), nullable=True),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("dispute", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("captured_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bps", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("province", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("checkout_began_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("placed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("paid_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("checked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("checkout_key", sa.String(length=120), nullable=False),
        sa.Column("checkout_request", postgresql.JSONB(), nullable=False),
        sa.Column("checkout_session_id", sa.String(length=120), nullable=True),
        sa.Column("payment_intent_id", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "(paid_at IS NULL) = (status <> 'paid')", name=op.f("ck_orders_paid_has_a_moment")
        ),
        sa.CheckConstraint("delivery IN ('door', 'pickup')", name=op.f("ck_orders_delivery")),
        sa.CheckConstraint("dispute IN ('none', 'open', 'won', 'lost')", name=op.f("ck_orders_dispute")),
        sa.CheckConstraint("handover IN ('delivered', 'handed_over')", name=op.f("ck_orders_handover")),
        sa.CheckConstraint("review_reason IN ('amount', 'stock')", name=op.f("ck_orders_review_reason")),
        sa.CheckConstraint(
            "status IN ('awaiting_payment', 'processing', 'paid', 'expired', 'cancelled', 'needs_review')",
            name=op.f("ck_orders_status"),
        ),
        sa.CheckConstraint(
            "(delivered_at IS NULL) = (handover IS NULL)", name=op.f("ck_orders_handover_has_a_moment")
        ),
        sa.CheckConstraint("captured_minor >= 0", name=op.f("ck_orders_captured_not_negative")),
        sa.CheckConstraint(
            "total_minor > 0 AND shipping_minor >= 0", name=op.f("ck_orders_amounts_sensible")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_orders_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("checkout_key", name="uq_orders_checkout_key"),
        sa.UniqueConstraint("checkout_session_id", name="uq_orders_checkout_session_id"),
        sa.UniqueConstraint("form_key", name="uq_orders_form_key"),
        sa.UniqueConstraint("number", name="uq_orders_number"),
        sa.UniqueConstraint("payment_intent_id", name="uq_orders_payment_intent_id"),
        sa.UniqueConstraint("token", name="uq_orders_token"),
    )
    op.create_index("ix_orders_account_id", "orders", ["account_id"])
    op.create_index("ix_orders_email", "orders", ["email"])
    op.create_index(
        "ix_orders_to_hand_over",
        "orders",
        ["paid_at"],
        postgresql_where=sa.text("status = 'paid' AND delivered_at IS NULL"),
    )
    op.create_index(
        "ix_orders_unsettled",
        "orders",
        ["expires_at"],
        postgresql_where=sa.text("status IN ('awaiting_payment', 'processing')"),
    )
    op.create_index("ix_orders_visit_id", "orders", ["visit_id"])
    op.create_table(
        "order_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("title_it", sa.String(length=255), nullable=True),
        sa.Column("options_label", sa.String(length=255), nullable=False),
        sa.Column("sku", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bps", sa.BigInteger(), nullable=False),
        sa.Column("origin_kind", sa.String(length=16), nullable=True),
        sa.Column("origin_ref", sa.String(length=120), nullable=True),
        sa.Column("origin_label", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "discount_minor BETWEEN 0 AND gross_minor", name=op.f("ck_order_lines_discount_within_gross")
        ),
        sa.CheckConstraint(
            "gross_minor = unit_price_minor * quantity",
            name=op.f("ck_order_lines_gross_is_price_times_quantity"),
        ),
        sa.CheckConstraint(
            "net_minor BETWEEN 0 AND gross_minor - discount_minor",
            name=op.f("ck_order_lines_net_within_paid"),
        ),
        sa.CheckConstraint(
            "quantity > 0 AND unit_price_minor >= 0", name=op.f("ck_order_lines_piece_sensible")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_lines_order_id_orders"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_order_lines_product_id_products"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_order_lines_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_order_lines"),
        sa.UniqueConstraint("order_id", "position", name="uq_order_lines_order_id_position"),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("stripe_refund_id", sa.String(length=120), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=True),
        sa.Column("requested_by", sa.String(length=200), nullable=False),
        sa.Column("requested_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('requested', 'pending', 'succeeded', 'failed', 'cancelled')",
            name=op.f("ck_refunds_status"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount_positive")),
        sa.CheckConstraint(
            "shipping_minor BETWEEN 0 AND amount_minor", name=op.f("ck_refunds_shipping_within_amount")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_refunds_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("idempotency_key", name="uq_refunds_idempotency_key"),
        sa.UniqueConstraint("stripe_refund_id", name="uq_refunds_stripe_refund_id"),
    )
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"])
    op.create_table(
        "refund_lines",
        sa.Column("refund_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("restock", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity >= 0 AND amount_minor >= 0", name=op.f("ck_refund_lines_part_sensible")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name="fk_refund_lines_order_line_id_order_lines"
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_refund_lines_refund_id_refunds"),
        sa.PrimaryKeyConstraint("refund_id", "order_line_id", name="pk_refund_lines"),
    )


def downgrade() -> None:
    op.drop_table("refund_lines")
    op.drop_table("refunds")
    op.drop_table("order_lines")
    op.drop_table("orders")
    op.execute("DROP SEQUENCE order_numbers")
